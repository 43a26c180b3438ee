"""What a bid is made of, packed into one envelope before it is sealed, and unpacked after it was opened."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple

MOST_FILES = 10
MOST_BYTES = 40 << 20
TEXTS = ("plan", "courses", "team", "record")
MOST_LETTERS = 8000


class Attached(NamedTuple):
    """A document by its name, with its bytes."""

    name: str
    content: bytes


class Offered(NamedTuple):
    """A bid as it was written: texts by part, the people of the team by name, the price in fen, the documents."""

    texts: Mapping[str, str]
    people: Sequence[str]
    price_fen: int
    files: Sequence[Attached]


def packed(offered: Offered) -> bytes:
    """The whole bid as one piece."""
    said = {
        "texts": dict(offered.texts), "people": list(offered.people), "price_fen": offered.price_fen,
        "files": [one.name for one in offered.files],
    }  # fmt: skip
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_STORED) as book:
        book.writestr("bid.json", json.dumps(said, ensure_ascii=False))
        for number, one in enumerate(offered.files):
            book.writestr(str(number), one.content)
    return place.getvalue()


def unpacked(envelope: bytes) -> Offered:
    """The bid again."""
    with zipfile.ZipFile(io.BytesIO(envelope)) as book:
        said = json.loads(book.read("bid.json"))
        files = [Attached(name, book.read(str(number))) for number, name in enumerate(said["files"])]
    return Offered(said["texts"], said["people"], said["price_fen"], files)


def refuse_offered(offered: Offered, ceiling_fen: int | None) -> str | None:
    """Why this is no bid: nothing about the plan or the courses, no price or one above the ceiling, too much, or too large."""
    if not offered.texts.get("plan", "").strip() or not offered.texts.get("courses", "").strip():
        return "bid_says_nothing"
    if offered.price_fen < 1 or (ceiling_fen is not None and offered.price_fen > ceiling_fen):
        return "bid_price"
    if any(len(text) > MOST_LETTERS for text in offered.texts.values()) or len(offered.people) > 100:
        return "bid_too_long"
    too_large = sum(len(one.content) for one in offered.files) > MOST_BYTES or len(offered.files) > MOST_FILES
    return "bid_too_large" if too_large else None
