"""What a file really is, read from its bytes: a film's length, a document's pages, captions, questions."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from xingtan.foundation.refusal import Refused

FATHERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
MOST_BOXES = 10_000
MOST_UNPACKED = 8 << 20
CUE = re.compile(r"^(?:\d+:)?\d\d:\d\d\.\d{3} --> (?:\d+:)?\d\d:\d\d\.\d{3}", re.MULTILINE)
PAGES = re.compile(rb"/Type\s*/Pages\b")
COUNT = re.compile(rb"/Count\s+(\d+)")
STREAM = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


def video_seconds(path: Path, name: str) -> int:
    """Whole seconds of an MP4 with H.264 video, floored and at least 1; raises `Refused("video_unreadable")`."""
    seconds, has_h264 = 0.0, False
    try:
        with path.open("rb") as film:
            for kind, size in _boxes(film, 0, path.stat().st_size):
                if kind == b"mvhd":
                    seconds = _duration(film.read(min(size, 64)))
                if kind == b"stsd":
                    has_h264 = has_h264 or b"avc1" in film.read(min(size, 4096))
    except (struct.error, ZeroDivisionError, ValueError):
        raise Refused("video_unreadable", name=name) from None
    if seconds <= 0 or not has_h264:
        raise Refused("video_unreadable", name=name)
    return max(int(seconds), 1)


def _boxes(film: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Each box with its payload's size, the file standing at the payload; boxes that hold boxes are entered."""
    at, seen = start, 0
    while at + 8 <= end:
        seen += 1
        if seen > MOST_BOXES:
            raise ValueError("too many boxes")
        film.seek(at)
        size, kind = struct.unpack(">I4s", film.read(8))
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", film.read(8))[0], 16
        size = size or end - at
        if size < head or at + size > end:
            raise ValueError("a box is longer than its file")
        yield kind, size - head
        if kind in FATHERS:
            yield from _boxes(film, at + head, at + size)
        at += size


def _duration(mvhd: bytes) -> float:
    """Seconds that a movie's header tells."""
    scale, units = struct.unpack(">IQ", mvhd[20:32]) if mvhd[0] == 1 else struct.unpack(">II", mvhd[12:20])
    return float(units / scale)


def document_pages(path: Path, name: str) -> int:
    """Pages of a PDF, from the root of its page tree; raises `Refused("document_unreadable")`."""
    raw = path.read_bytes()
    counts = [
        int(count.group(1)) for text in _texts(raw) for at in PAGES.finditer(text) if (count := COUNT.search(*_around(text, at.start())))
    ]
    if not raw.startswith(b"%PDF-") or not counts or max(counts) < 1:
        raise Refused("document_unreadable", name=name)
    return max(counts)


def _around(text: bytes, at: int) -> tuple[bytes, int, int]:
    """The object round this place, as arguments of a search."""
    opens, closes = text.rfind(b"<<", 0, at), text.find(b">>", at)
    return text, max(opens, 0), closes if closes >= 0 else len(text)


def _texts(raw: bytes) -> Iterator[bytes]:
    """The plain part of a PDF and its compressed object streams, each unpacked to 8 MiB at most."""
    yield raw
    for head in STREAM.finditer(raw):
        try:
            yield zlib.decompressobj().decompress(raw[head.end() :], MOST_UNPACKED)
        except zlib.error:
            continue


def check_captions(path: Path, name: str) -> None:
    """The file is WebVTT in UTF-8 with at least one cue; raises `Refused("captions_unreadable")`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.startswith("WEBVTT") or not CUE.search(text):
        raise Refused("captions_unreadable", name=name)


def read_questions(raw: bytes, name: str) -> list[dict[str, Any]]:
    """The list of questions in a JSON file; raises `Refused("quiz_unreadable")`."""
    try:
        given = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        given = None
    questions = given.get("questions") if isinstance(given, dict) else given
    if not isinstance(questions, list) or not all(isinstance(question, dict) for question in questions):
        raise Refused("quiz_unreadable", name=name)
    return questions
