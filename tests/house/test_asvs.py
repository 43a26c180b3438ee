"""The walked standard names what there is."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w./*-]+/[\w./*-]+|test_\w+\.py)`")
STATES = {"held", "part", "not held", "n/a"}


def test_every_file_that_the_walk_names_is_there():
    places = [ROOT, ROOT / "src/xingtan"]
    gone = []
    for name in NAMED.findall(PAGE):
        pattern = f"tests/**/{name}" if name.startswith("test_") else name
        if not any(list(place.glob(pattern)) for place in places):
            gone.append(name)
    assert gone == []


def test_every_chapter_is_walked_and_every_row_has_one_state():
    assert re.findall(r"^## V(\d+) ", PAGE, re.MULTILINE) == [str(number) for number in range(1, 15)]
    rows = [line.split("|") for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    assert {row[2].strip() for row in rows} <= STATES
    assert all(row[3].strip() for row in rows)
