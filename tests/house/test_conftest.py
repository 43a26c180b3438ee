"""The rules that tests/conftest.py lays on every run, tried on small runs of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARKED = """
import pytest

@pytest.mark.sqlite
def test_on_sqlite(): pass

@pytest.mark.postgres
def test_on_postgres(): pass

@pytest.mark.sqlite
@pytest.mark.postgres
def test_on_both_by_name(): pass

def test_on_both(): pass
"""


def pytest_run(folder, *options, ci=""):
    """Exit code and output of pytest over the folder, under our conftest."""
    environment = os.environ | {
        "CI": ci,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT)]),
    }
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "-v", *options, str(folder)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("database", "runs", "left_out"), [("sqlite", "test_on_sqlite", "test_on_postgres"), ("postgres", "test_on_postgres", "test_on_sqlite")]
)
def test_what_holds_on_the_other_database_only_is_left_out(checkout, database, runs, left_out):
    code, said = pytest_run(
        checkout({"test_a.py": MARKED, "pytest.ini": "[pytest]\nmarkers =\n sqlite\n postgres\n"}), f"--database={database}"
    )
    assert code == 0, said
    assert f"::{runs} PASSED" in said
    assert f"::{left_out} " not in said
    assert "3 passed, 1 deselected" in said


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_skipped_test_fails_the_run_under_ci(checkout, ci, code):
    root = checkout({"test_a.py": "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no reason is good enough')\n"})
    ended, said = pytest_run(root, ci=ci)
    assert ended == code, said
    assert ("which CI=true does not allow" in said) is bool(ci)
