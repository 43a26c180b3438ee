"""What no file of this repository may hold."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("src", "tests", "tools", "bench", "docs", "requirements", ".ci")
NOT_OURS = {"vendor", "fonts", "LC_MESSAGES", "__pycache__", "node_modules"}
TEXT = {".py", ".md", ".toml", ".html", ".css", ".js", ".po", ".in", ".lock", ".json", ".csv", ".typ", ".sql", ""}
AT_THE_TOP = {"Makefile", "LICENSE", ".gitignore", ".npmrc"}
HOST = re.compile(r"://[\w.-]*(?:registry|hosted|packages|npm|pypi|debian)[\w.-]*", re.IGNORECASE)
PLACE = re.compile(r"(?<![\w./-])/(?:root|home/\w+|Users/\w+)/")
LARGEST = 256 * 1024


def our_files():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts):
                yield path
    yield from sorted(path for path in ROOT.iterdir() if path.is_file() and (path.suffix in TEXT - {""} or path.name in AT_THE_TOP))


def problems_in(text):
    return [found.group() for pattern in (HOST, PLACE) for found in pattern.finditer(text)]


@pytest.mark.parametrize("text", ["see https://www.example.org/", "var/home/x", "python -m pip install", "a /rooted tree", "src/root/"])
def test_an_innocent_line_passes(text):
    assert problems_in(text) == []


@pytest.mark.parametrize(
    "text", ["https://" + "registry.example.org/a", "http://x." + "pypi.example/simple", "/ro" + "ot/x", "cd /ho" + "me/lin/xingtan"]
)
def test_an_address_of_a_package_index_or_of_a_machine_is_found(text):
    assert len(problems_in(text)) == 1


def test_no_file_names_a_package_index_or_a_place_on_someones_machine():
    texts = ((path, path.read_text(encoding="utf-8")) for path in our_files() if path.suffix in TEXT)
    assert {str(path.relative_to(ROOT)): found for path, text in texts if (found := problems_in(text))} == {}


def test_no_file_is_large():
    large = {str(path.relative_to(ROOT)): path.stat().st_size for path in our_files() if path.stat().st_size > LARGEST}
    assert {name for name in large if not name.endswith(".lock")} == set()


def test_the_first_command_can_be_run():
    assert os.access(ROOT / ".ci/run", os.X_OK)
