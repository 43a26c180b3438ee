"""Where a clause stands in its document, so that a page can show it there."""

from __future__ import annotations

import re
from typing import NamedTuple

_PART = re.compile(r"^[一二三四五六七八九十]+、.*$", re.MULTILINE)
_SECTION = re.compile(r"\s*([((][一二三四五六七八九十]+[))])")
_SHORT = 30


class ClausePlace(NamedTuple):
    """A clause's first and last character, the head of the part above it and the number its own paragraph begins with (each may be empty)."""

    start: int
    end: int
    part: str
    section: str


def find_clause(text: str, clause: str) -> ClausePlace | None:
    """The clause's first place in the document; None when it does not stand there word for word, or is empty."""
    start = text.find(clause)
    if start < 0 or not clause:
        return None
    parts = [match for match in _PART.finditer(text, 0, start + 1) if len(match[0]) <= _SHORT]
    section = _SECTION.match(text, text.rfind("\n", 0, start) + 1)
    return ClausePlace(start, start + len(clause), parts[-1][0].strip() if parts else "", section[1] if section else "")
