"""`xingtan determine` over the database: carried out, only tried, and tried under another pack."""

from __future__ import annotations

from importlib import import_module

import pytest

from xingtan.domains.determination.models import Determination, DeterminationRun


@pytest.fixture
def cast(db):
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.closing").build()


@pytest.fixture
def said(capsys):
    """Exit code and texts of the command with these words."""
    main = import_module("xingtan.cli").main

    def act(*words):
        code = main(["determine", *words])
        return code, *capsys.readouterr()

    return act


def rows():
    return DeterminationRun.everywhere.count(), Determination.everywhere.count()


def test_a_year_is_determined_and_counted_with_its_cycle(cast, said):
    code, out, err = said("--year", str(cast.year.year), "--cycle")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == str(cast.year.year)
    assert "cycle" in out
    assert rows()[0] == 1
    assert rows()[1] > 0


def test_a_dry_run_says_who_would_change_and_writes_nothing(cast, said):
    assert said("--year", str(cast.year.year))[0] == 0
    stood = rows()
    code, out, _ = said("--year", str(cast.year.year), "--dry-run")
    assert code == 0
    assert "0 of" in out
    assert "nothing was written" in out
    assert rows() == stood


def test_a_dry_run_names_people_by_their_public_number_only(cast, said):
    said("--year", str(cast.year.year))
    code, out, _ = said("--year", str(cast.year.year), "--dry-run", "--policy", "zibo-2011")
    assert code == 0
    assert cast.lin_teacher.public_id in out
    assert cast.lin_teacher.name not in out


def test_another_pack_is_tried_beside_the_years_own_and_never_adopted(cast, said):
    stood = rows()
    code, out, _ = said("--year", str(cast.year.year), "--policy", "dawa-2008", "--dry-run")
    assert code == 0
    titles = [line for line in out.splitlines() if line.startswith(f"{cast.year.year} ")]
    assert [title.split()[1] for title in titles] == [cast.year.pack.code, "dawa-2008"]
    assert rows() == stood
    code, _, err = said("--year", str(cast.year.year), "--policy", "dawa-2008")
    assert code == 2
    assert f"is bound to {cast.year.pack.code}" in err
    assert rows() == stood


def test_the_years_own_pack_may_be_named(cast, said):
    assert said("--year", str(cast.year.year), "--policy", cast.year.pack.code)[0] == 0
    assert rows()[0] == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "say which training year"),
        (("--year", "1999"), "1999: there is no such"),
        (("--year", "2026", "--within", "nowhere"), "nowhere: there is no such"),
        (("--year", "2026", "--engine", "spark"), "--engine spark is for tables"),
        (("--year", "2026", "--policy", "nothing", "--dry-run"), "nothing: there is no such pack"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(cast, said, words, says):
    code, out, err = said(*words)
    assert (code, out) == (2, "")
    assert says in err
    assert rows() == (0, 0)
