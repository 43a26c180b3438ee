"""Another system's OneRoster service, asked over HTTP: here the other system is a Xingtan, too."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.serving import served
from xingtan.connectors.oneroster import NotTold, RosterService, pull
from xingtan.core.oneroster import HEADINGS, roster_table

pytestmark = [pytest.mark.race]
AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def other(own_database):
    """Another system with a county's register, its address, and the county's key."""
    enrolling, calling = import_module("tests.enrolling"), import_module("tests.calling")
    cast = enrolling.build()
    cast.more = enrolling.teachers(cast.second, 5, staff_number="JX7", title="first")
    cast.key = calling.token_of(cast.zhou, now=datetime.now(UTC))
    with served(WSGIHandler()) as address:
        cast.address = address
        yield cast


def service(other, *, secret="", limit=2):
    base = f"{other.address}/ims/oneroster"
    return RosterService(f"{base}/rostering/v1p2", f"{base}/token", "county", secret or other.key, limit=limit)


def rows_of(path):
    with roster_table(path) as (_headings, rows):
        return [dict(zip(HEADINGS, row, strict=True)) for _line, row in rows]


def test_a_register_comes_over_whole_and_page_by_page(other, tmp_path):
    path = tmp_path / "pulled.zip"
    with path.open("wb") as file:
        told = pull(service(other), file, at=AT)
    assert told.people == 6
    found = rows_of(path)
    teacher = import_module("xingtan.domains.teachers.models").Teacher
    assert {row["name"] for row in found} == set(teacher.everywhere.within(other.county.scope).values_list("name", flat=True))
    assert {row["school"] for row in found} == {other.school.name, other.second.name}
    assert {row["county"] for row in found} == {other.county.name}
    assert {row["number"] for row in found} == {""}
    assert {(row["staff_number"], row["title"]) for row in found if row["school"] == other.second.name} == {("JX7", "first")}


def test_only_what_changed_and_who_left(other, tmp_path):
    teacher = import_module("xingtan.domains.teachers.models").Teacher
    teacher.everywhere.filter(pk=other.more[0].pk).update(status="left", registered_at=datetime(2026, 11, 20, tzinfo=UTC))
    path = tmp_path / "pulled.zip"
    with path.open("wb") as file:
        told = pull(service(other), file, at=AT, since=datetime(2026, 11, 19, tzinfo=UTC))
    assert told.people == 1
    (gone,) = rows_of(path)
    assert (gone["name"], gone["status"]) == (other.more[0].name, "left")


def test_a_wrong_key_and_a_silent_service_are_told_without_the_secret(other, tmp_path):
    with (tmp_path / "x.zip").open("wb") as file, pytest.raises(NotTold, match="401") as refused:
        pull(service(other, secret="xt_wrong"), file, at=AT)
    assert "xt_wrong" not in str(refused.value)
    other.address = "http://127.0.0.1:9"
    with pytest.raises(NotTold, match="ConnectionError"):
        list(service(other).rows("orgs"))


def test_the_commands_write_a_bundle_or_no_file(other, tmp_path, monkeypatch, capsys):
    main = import_module("xingtan.cli").main
    path, base = tmp_path / "told.zip", f"{other.address}/ims/oneroster"
    monkeypatch.setenv("ONEROSTER_SECRET", other.key)
    where = ["--address", f"{base}/rostering/v1p2", "--token-address", f"{base}/token"]
    assert main(["oneroster", "pull", str(path), *where]) == 0
    assert len(rows_of(path)) == 6
    path.unlink()
    monkeypatch.setenv("ONEROSTER_SECRET", "xt_wrong")
    assert main(["oneroster", "pull", str(path), *where]) == 2
    assert main(["oneroster", "export", str(path), "--within", "999999"]) == 2
    assert list(tmp_path.iterdir()) == []
    assert main(["oneroster", "export", str(path), "--within", other.county.code]) == 0
    assert len(rows_of(path)) == 6
    assert "6 people" in capsys.readouterr().out
