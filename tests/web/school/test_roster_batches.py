"""The pages of imports: foreign headings explained once, a half written import gone on with, one undone."""

from __future__ import annotations

import pytest

from tests.rostering import LATER, NOW, row, write
from tests.web.school.test_roster_pages import cast, finished, page, registered, sent  # noqa: F401 -- fixtures
from xingtan.domains.rosters import api as rosters
from xingtan.domains.rosters.models import HeadingSet
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.sign_in import activate, activation_code

pytestmark = pytest.mark.django_db(databases="__all__")
FOREIGN = {
    "name": "员工", "number": "证号", "gender": "男/女", "school": "校名", "stage": "层次", "subject": "科目", "hired_on": "参加日期",
    "staff_number": "工资号",
}  # fmt: skip


def send(client, tmp_path, people, headings):
    with write(tmp_path / "sent.xlsx", people, headings).open("rb") as file:
        return client.post("/school/roster/import/", {"file": file})["Location"]


def explained(client, look):
    headings = client.get(look + "columns/").context["rows"]
    by_name = {name: key for key, name in FOREIGN.items()}
    return client.post(look + "columns/", {f"column-{one['at']}": by_name[one["heading"]] for one in headings})


def test_foreign_headings_are_said_once_and_remembered(cast, page, tmp_path):  # noqa: F811 -- fixtures
    client = page(cast.chen)
    look = send(client, tmp_path, [row(2)], FOREIGN)
    finished()
    assert "columns/" in client.get(look).content.decode()
    again = explained(client, look)
    assert again.status_code == 302
    assert finished().result["new"] == 1
    assert client.get(again["Location"]).context["writes"] == 1
    mixed = dict(sorted(FOREIGN.items()))
    send(client, tmp_path, [row(4)], mixed)
    assert finished().result["new"] == 1
    assert HeadingSet.everywhere.get().organisation_id == cast.school.pk


def test_one_column_is_not_named_twice_and_other_sets_are_proposed_what_was_said(cast, page, tmp_path):  # noqa: F811 -- fixtures
    client = page(cast.chen)
    look = send(client, tmp_path, [row(2)], FOREIGN)
    finished()
    rows = client.get(look + "columns/").context["rows"]
    assert client.post(look + "columns/", {f"column-{one['at']}": "name" for one in rows}).status_code == 409
    explained(client, look)
    finished()
    look = send(client, tmp_path, [row(2)], {key: name for key, name in FOREIGN.items() if key != "staff_number"})
    finished()
    proposed = {one["heading"]: one["chosen"] for one in client.get(look + "columns/").context["rows"] if one["is_proposed"]}
    assert proposed == {name: key for key, name in FOREIGN.items() if key != "staff_number"}


def test_another_offices_headings_are_not_ours(cast, page, tmp_path):  # noqa: F811 -- fixtures
    client = page(cast.chen)
    look = send(client, tmp_path, [row(2)], FOREIGN)
    finished()
    explained(client, look)
    assert page(cast.wu).get(look.replace("/school/", "/bureau/") + "columns/").status_code == 404
    headings = list(FOREIGN.values())
    assert rosters.headings_told(cast.wu, headings) == {}
    assert rosters.headings_told(cast.chen, headings)["校名"] == "school"


def test_an_import_is_undone_from_its_page(cast, page, registered):  # noqa: F811 -- fixtures
    batch = registered([row(2), row(4)], cast.chen).batch
    client, place = page(cast.zhou), f"/bureau/roster/imports/{batch.public_id}/"
    assert client.get("/bureau/roster/imports/").context["rows"][0]["written"].new == 2
    assert client.get(place).context["obstacles"] == []
    assert client.post(place + "undo/", {"reason": ""}).status_code == 409
    assert client.post(place + "undo/", {"reason": "交错了文件"})["Location"] == place
    assert finished().result == {"batch": batch.public_id}
    assert not Teacher.everywhere.exists()
    shown = client.get(place).content.decode()
    assert "交错了文件" in shown


def test_who_stands_in_the_way_is_named_and_nothing_is_undone(cast, page, registered):  # noqa: F811 -- fixtures
    batch = registered([row(2), row(4, name="何其")], cast.chen).batch
    activate(identity="19900000002", code=activation_code(Account.objects.get(name="林知微")), password="xing-tan-2026", now=LATER)
    client, place = page(cast.chen), f"/school/roster/imports/{batch.public_id}/"
    assert [person.name for person, _why in client.get(place).context["obstacles"]] == ["林知微"]
    client.post(place + "undo/", {"reason": "试"})
    assert finished().result["refusal"] == "batch_in_use"
    assert Teacher.everywhere.count() == 2
    assert client.get(place).context["refusal"]


def test_a_half_written_import_goes_on(cast, page, tmp_path):  # noqa: F811 -- fixtures
    client = page(cast.chen)
    look = sent(client, tmp_path, [row(2), row(4)])["Location"]
    finished()
    file = Job.everywhere.get().input_file
    told = {"organisation": cast.school, "file": file, "digest": file.sha256, "begun_at": NOW, "moved_at": NOW, "file_name": file.name}
    batch = rosters.RosterBatch.everywhere.create(**told)
    place = f"/school/roster/imports/{batch.public_id}/"
    assert "go-on/" in client.get(place).content.decode()
    assert client.post(place + "go-on/").status_code == 302
    assert finished().result["batch"] == batch.public_id
    batch.refresh_from_db()
    assert (batch.state, Teacher.everywhere.count()) == ("written", 2)
    assert client.post(place + "go-on/").status_code == 409
    assert client.get(look).status_code == 200


def test_a_strangers_import_does_not_exist(cast, page, registered):  # noqa: F811 -- fixtures
    batch = registered([row(2)], cast.chen).batch
    for name in ("", "undo/", "go-on/"):
        client, place = page(cast.wu), f"/bureau/roster/imports/{batch.public_id}/{name}"
        assert (client.post(place, {"reason": "x"}) if name else client.get(place)).status_code == 404
    assert page(cast.wu).get("/bureau/roster/imports/").context["rows"] == []
