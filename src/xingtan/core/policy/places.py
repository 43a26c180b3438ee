"""Where each field of a TOML text stands: tomllib keeps no lines, and an error without its line is no help."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

Path = tuple[str | int, ...]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_PLAIN = re.compile(r"[^,\]}\n#]*")
_STRINGS = tuple(
    re.compile(pattern, re.DOTALL) for pattern in (r'"""(?:\\.|[^\\])*?"""(?!")', r"'''.*?'''(?!')", r'"(?:\\.|[^"\\\n])*"', r"'[^'\n]*'")
)


class Places:
    """The line of every table, field and element of a text that tomllib has accepted; lines count from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._read()

    def find(self, path: Sequence[str | int]) -> tuple[int, int]:
        """How much of the path stands in this text, and the line of the longest part that does (1 for none of it)."""
        for depth in range(len(path), 0, -1):
            line = self._lines.get(tuple(path[:depth]))
            if line is not None:
                return depth, line
        return 0, 1

    def _read(self) -> None:
        at = self._skip(0)
        table: Path = ()
        while at < len(self._text):
            if self._text.startswith("[[", at):
                at, table = self._header(at + 2, is_array=True)
            elif self._text[at] == "[":
                at, table = self._header(at + 1, is_array=False)
            else:
                at = self._pair(at, table)
            at = self._skip(at)

    def _skip(self, at: int) -> int:
        match = _BLANK.match(self._text, at)
        return match.end() if match else at

    def _note(self, path: Path, at: int) -> None:
        self._lines.setdefault(path, bisect_right(self._starts, at))

    def _header(self, at: int, *, is_array: bool) -> tuple[int, Path]:
        keys, end = self._keys(at)
        path: Path = ()
        for key in keys[:-1]:
            path = self._latest((*path, key))
        path = (*path, keys[-1])
        if is_array:
            number = self._counts.get(path, 0)
            self._counts[path] = number + 1
            self._note(path, at)
            path = (*path, number)
        self._note(path, at)
        return end + (2 if is_array else 1), path

    def _latest(self, path: Path) -> Path:
        """The path, with the number of the last element when it is an array of tables."""
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _keys(self, at: int) -> tuple[list[str], int]:
        keys: list[str] = []
        while True:
            at = self._space(at)
            end = self._string(at) if self._text[at] in "\"'" else self._bare(at)
            keys.append(self._text[at:end].strip("\"'"))
            at = self._space(end)
            if self._text[at : at + 1] != ".":
                return keys, at
            at += 1

    def _space(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def _bare(self, at: int) -> int:
        match = _BARE.match(self._text, at)
        return match.end() if match else at + 1

    def _string(self, at: int) -> int:
        for pattern in _STRINGS:
            match = pattern.match(self._text, at)
            if match:
                return match.end()
        return at + 1

    def _pair(self, at: int, table: Path) -> int:
        keys, end = self._keys(at)
        for depth in range(1, len(keys) + 1):
            self._note((*table, *keys[:depth]), at)
        return self._value(self._space(end + 1), (*table, *keys))

    def _value(self, at: int, path: Path) -> int:
        first = self._text[at : at + 1]
        if first in {'"', "'"}:
            return self._string(at)
        if first == "[":
            return self._array(at, path)
        if first == "{":
            return self._inline(at, path)
        match = _PLAIN.match(self._text, at)
        return match.end() if match and match.end() > at else at + 1

    def _array(self, at: int, path: Path) -> int:
        at, number = self._skip(at + 1), 0
        while self._text[at : at + 1] not in {"]", ""}:
            self._note((*path, number), at)
            at = self._skip(self._value(at, (*path, number)))
            if self._text[at : at + 1] == ",":
                at = self._skip(at + 1)
            number += 1
        return at + 1

    def _inline(self, at: int, path: Path) -> int:
        at = self._skip(at + 1)
        while self._text[at : at + 1] not in {"}", ""}:
            at = self._skip(self._pair(at, path))
            if self._text[at : at + 1] == ",":
                at = self._skip(at + 1)
        return at + 1
