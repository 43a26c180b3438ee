"""What a cleaning of one kind answers, and how it says no."""

from __future__ import annotations

from typing import NamedTuple


class CannotBlind(Exception):
    """No anonymised copy can be made; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Cleaned(NamedTuple):
    """The bytes without metadata, codes of what was taken out, the text that a reader sees, and whether it holds pictures."""

    content: bytes
    removed: tuple[str, ...]
    text: str
    has_pictures: bool = False
