"""The page about the calculator is true: its commands are run as they stand there, and say what stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = "docs/examples/determine"
BLOCK = re.compile(r"```(sh|text|csv)\n(.*?)```", re.DOTALL)
PROGRAM = ".venv/bin/xingtan"
PAGES = ("docs/determine.md", "docs/determine.zh.md")


def blocks(page):
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


@pytest.fixture
def clone(tmp_path):
    """A folder with the examples, as the commands find them in a clone; no settings, no home, no keys."""
    shutil.copytree(ROOT / EXAMPLES, tmp_path / EXAMPLES)
    return tmp_path


def run(command, folder):
    words = shlex.split(command)
    assert words[0] == PROGRAM
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XINGTAN_", "DJANGO_"))}
    environment = kept | {"HOME": str(folder / "nobody"), "PYTHONPATH": str(ROOT / "src"), "PYTHONSAFEPATH": "1"}
    program = [sys.executable, "-c", "import sys; from xingtan.cli import main; sys.exit(main())"]
    done = subprocess.run([*program, *words[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("page", PAGES)
def test_every_command_says_what_the_page_says(page, clone):
    found = [block for block in blocks(page) if block[0] != "csv"]
    pairs = [(command.strip(), found[place + 1][1]) for place, (kind, command) in enumerate(found) if kind == "sh" and PROGRAM in command]
    assert len(pairs) == 3
    for command, says in pairs:
        code, out, err = run(command, clone)
        assert out + err == says
        assert code == (2 if "mistaken" in command else 0)
    shown = (clone / "verdicts.csv").read_text(encoding="utf-8")
    tables = [text for kind, text in blocks(page) if kind == "csv"]
    assert tables == [
        (ROOT / EXAMPLES / f"{name}.csv").read_text(encoding="utf-8") for name in ("teachers", "facts", "activities", "results")
    ] + [shown]
    assert not (clone / "nobody").exists()


def test_both_languages_show_the_same_commands_and_tables():
    assert blocks(PAGES[0]) == blocks(PAGES[1])


def test_nothing_is_left_beside_the_verdicts(clone):
    command = next(text for kind, text in blocks(PAGES[0]) if kind == "sh" and PROGRAM in text)
    run(command, clone)
    assert sorted(path.name for path in clone.iterdir()) == ["docs", "verdicts.csv"]
