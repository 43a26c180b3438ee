"""Digests of lines, roots of blocks and the proof that a line stands in its block; no Django here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

LEAF, NODE = b"\x00", b"\x01"
EMPTY = "0" * 64


def moment(at: datetime) -> str:
    """The moment as a digest covers it: in UTC, whatever zone the database or the caller prefers."""
    return at.astimezone(UTC).isoformat()


def canonical(content: Mapping[str, object]) -> str:
    """The content as the one JSON text that a digest covers."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def text_digest(text: str) -> str:
    """The SHA-256 of a content's canonical text."""
    return hashlib.sha256(LEAF + text.encode()).hexdigest()


def line_digest(content: Mapping[str, object]) -> str:
    """The SHA-256 of a line's content (surrogate ids and whole numbers, never personal data), in canonical JSON."""
    return text_digest(canonical(content))


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [_join(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def merkle_root(digests: Sequence[str]) -> str:
    """The root over the lines' digests in order; an odd one out moves up unchanged, so no two lists share a root."""
    level = [bytes.fromhex(digest) for digest in digests]
    if not level:
        return EMPTY
    while len(level) > 1:
        level = _above(level)
    return level[0].hex()


def merkle_path(digests: Sequence[str], place: int) -> list[tuple[str, str]]:
    """The neighbours (`left`/`right`, digest) from the line at `place` up to the root."""
    return _path(_levels(digests), place)


def merkle_paths(digests: Sequence[str]) -> list[list[tuple[str, str]]]:
    """The path of every line, in order; the tree is built once."""
    levels = _levels(digests)
    return [_path(levels, place) for place in range(len(digests))]


def _levels(digests: Sequence[str]) -> list[list[bytes]]:
    levels = [[bytes.fromhex(digest) for digest in digests]]
    while len(levels[-1]) > 1:
        levels.append(_above(levels[-1]))
    return levels


def _path(levels: Sequence[Sequence[bytes]], place: int) -> list[tuple[str, str]]:
    path: list[tuple[str, str]] = []
    for level in levels[:-1]:
        neighbour = place ^ 1
        if neighbour < len(level):
            path.append(("left" if neighbour < place else "right", level[neighbour].hex()))
        place //= 2
    return path


def root_from_path(digest: str, path: Sequence[tuple[str, str]]) -> str:
    """The root that the digest and its neighbours lead to; equal to the block's root when the line stands in it."""
    here = bytes.fromhex(digest)
    for side, neighbour in path:
        other = bytes.fromhex(neighbour)
        here = _join(other, here) if side == "left" else _join(here, other)
    return here.hex()


def block_digest(content: Mapping[str, object]) -> str:
    """The SHA-256 of a block's head, which names the block before it."""
    return line_digest(content)
