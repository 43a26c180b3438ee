from __future__ import annotations

import sys

import pytest

from tools import check


@pytest.fixture
def two_checks(monkeypatch):
    """One check that is clean and one that fails, in stead of the real ones."""
    good = [sys.executable, "-c", "print('all fine')"]
    bad = [sys.executable, "-c", "import sys; print('line 7 is wrong'); sys.exit(1)"]
    monkeypatch.setattr(check, "CHECKS", {"bad": bad, "good": good})


def test_every_check_runs_and_what_failed_is_shown_at_the_end(two_checks, capsys):
    assert check.main([]) == 1
    said = capsys.readouterr().out
    assert "ok     good" in said
    assert said.index("FAILED bad") < said.index("line 7 is wrong") < said.index("1 checks clean, 1 failed: bad")


def test_a_check_may_be_run_alone(two_checks, capsys):
    assert check.main(["good"]) == 0
    assert "1 checks clean" in capsys.readouterr().out


def test_a_check_that_is_not_there_is_named(two_checks):
    with pytest.raises(SystemExit, match="no such check: ugly; there are bad, good"):
        check.main(["ugly"])


def test_no_knob_of_a_site_reaches_a_check(monkeypatch):
    monkeypatch.setenv("XINGTAN_DATABASE_URL", "postgresql://somewhere/real")
    given = check.environment("/tmp/home")
    assert given["XINGTAN_HOME"] == "/tmp/home"
    assert "XINGTAN_DATABASE_URL" not in given
