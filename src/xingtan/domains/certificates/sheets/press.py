"""The press: a program of its own that sets one sheet with typst, so that no page-serving process ever loads fonts or the typesetter.

`python -m xingtan.domains.certificates.sheets.press SHEET FONTS < data.json > sheet.pdf`; exit code 3 with the characters on standard
error when no font has them. No Django here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .glyphs import missing

HERE = Path(__file__).resolve().parent
SPARE_FONTS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/truetype/noto"), Path("/usr/local/share/fonts"))
FONT_FILES = ("*.ttf", "*.otf", "*.ttc")
NO_GLYPH = 3


def files_of(folder: Path) -> list[Path]:
    """The fonts in a folder."""
    return sorted(file for kind in FONT_FILES for file in folder.rglob(kind)) if folder.is_dir() else []


def texts_of(data: Any) -> Iterator[str]:  # noqa: ANN401 -- whatever JSON holds
    """Every text in the data but pictures."""
    if isinstance(data, str):
        yield "" if data.startswith("<svg") else data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_of(value)


def fonts_for(text: str, house: Path) -> tuple[list[Path], str]:
    """The font folders that this text needs (the house's own first), and the characters that no font has."""
    left = missing(text, [file for file in files_of(house) if "Regular" in file.name])
    folders = [house]
    for folder in SPARE_FONTS:
        if not left:
            break
        rest = missing(left, files_of(folder))
        if rest != left:
            folders.append(folder)
        left = rest
    return folders, left


def press(sheet: str, house: Path, source: str) -> bytes:
    """The sheet as a PDF with its fonts inside; LookupError names characters that no font has."""
    folders, left = fonts_for("".join(texts_of(json.loads(source))), house)
    if left:
        raise LookupError(left)
    import typst  # noqa: PLC0415 -- only this program sets type, and only after the characters are known to be there

    compiler = typst.Compiler(
        str(HERE / f"{sheet}.typ"), root=str(HERE), font_paths=[str(folder) for folder in folders], ignore_system_fonts=True
    )
    issued = datetime(2020, 1, 1, tzinfo=UTC)  # the same page gives the same bytes, whenever it is printed
    made = compiler.compile(format="pdf", sys_inputs={"data": source}, timestamp=issued)
    if not isinstance(made, bytes):
        raise TypeError("the sheet has no pages")
    return made


def main() -> int:
    """Set what stands on standard input."""
    sheet, house = sys.argv[1:3]
    try:
        made = press(sheet, Path(house), sys.stdin.buffer.read().decode())
    except LookupError as fault:
        sys.stderr.write(str(fault.args[0]))
        return NO_GLYPH
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
