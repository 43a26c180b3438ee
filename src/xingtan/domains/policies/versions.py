"""Versions of a pack: the one after this, and a text under one that is free."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VERSION = re.compile(r"^(.*?)(\d+)$")


def next_version(version: str) -> str:
    """The version after this one: its last number is one more."""
    found = _VERSION.match(version)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"{version}.1"


def newer(text: str, version: str, taken: Sequence[str]) -> str:
    """The text under a version that is not taken; the same text when its version stands where it cannot be found."""
    new = version
    while new in taken:
        new = next_version(new)
    return re.sub(rf'(?m)^(\s*version\s*=\s*)"{re.escape(version)}"', rf'\g<1>"{new}"', text, count=1)
