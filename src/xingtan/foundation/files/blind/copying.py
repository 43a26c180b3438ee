"""One door for every kind of document: what it is, is told from its bytes, never from its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import NamedTuple

from .cleaned import CannotBlind, Cleaned
from .office import office_cleaned
from .pdf import pdf_cleaned
from .pictures import jpeg_cleaned, png_cleaned

KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
LEAST = 2
GONE = "〔…〕"
__all__ = ["KINDS", "Blinded", "CannotBlind", "blinded", "masked", "names_in"]


class Blinded(NamedTuple):
    """The copy, what was taken out (codes), which names still stand in its text, and whether pictures in it want a look."""

    content: bytes
    removed: tuple[str, ...]
    found: tuple[str, ...]
    has_pictures: bool


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text)).casefold()


def names_in(text: str, names: Collection[str]) -> tuple[str, ...]:
    """Those of the names that stand in the text, whatever its spaces, widths and cases; names of one letter are not looked for."""
    inside = _squeezed(text)
    return tuple(sorted({name for name in names if len(name.strip()) >= LEAST and _squeezed(name) in inside}))


def masked(text: str, names: Collection[str]) -> str:
    """The text with every one of the names blanked out, the longest first."""
    for name in sorted({name.strip() for name in names if len(name.strip()) >= LEAST}, key=len, reverse=True):
        loose = r"\s*".join(re.escape(letter) for letter in re.sub(r"\s+", "", name))
        text = re.sub(loose, GONE, text, flags=re.IGNORECASE)
    return text


def _cleaned(raw: bytes) -> Cleaned:
    if raw.startswith(b"%PDF-"):
        return pdf_cleaned(raw)
    if raw.startswith(b"PK\x03\x04"):
        return office_cleaned(raw)
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return Cleaned(*png_cleaned(raw), "", has_pictures=True)
    if raw.startswith(b"\xff\xd8\xff"):
        return Cleaned(*jpeg_cleaned(raw), "", has_pictures=True)
    raise CannotBlind("blind_kind")


def blinded(raw: bytes, names: Collection[str]) -> Blinded:
    """A copy without metadata, and which of the names its text still holds; raises `CannotBlind` with the code of the reason."""
    done = _cleaned(raw)
    return Blinded(done.content, tuple(sorted(set(done.removed))), names_in(done.text, names), done.has_pictures)
