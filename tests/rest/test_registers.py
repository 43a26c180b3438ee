"""The registers through the API: the branch's rows, their words, and nobody's contact."""

from __future__ import annotations

import pytest

from tests import enrolling
from xingtan.domains.registers import api as door
from xingtan.foundation.people.roles import VISITOR

NOW = enrolling.NOW
DAY = NOW.date()
PATHS = ["/registers/pool", "/registers/cadres", "/registers/providers", "/registers/offices", "/registers/members"]


@pytest.fixture
def rows(cast):
    person = door.Nomination("罗正行", "进修学校", "experts", "指导", "正高级", DAY, None)
    nominated = door.nominate(actor=cast.chen, office_id=cast.county.pk, wanted=person, now=NOW)
    door.decide_nominations(actor=cast.zhou, ids=[nominated.pk], is_approved=True, reason="", now=NOW)
    door.appoint(actor=cast.chen, teacher_id=cast.lin_teacher.pk, post=door.Post("deputy", DAY), now=NOW)
    kept = door.Kept("36-77", "信息技术", "李", "admitted", "", None)
    door.keep_provider(actor=cast.zhou, provider_id=cast.provider.pk, kept=kept, now=NOW)
    office = {"organisation_id": cast.county.pk, "kind": "leadership", "name": "领导小组", "project": "", "from_on": DAY}
    made = door.found_office(actor=cast.zhou, now=NOW, **office)
    door.seat(actor=cast.zhou, pid=made.public_id, name="甲", post="局长", duty="head", from_on=DAY, now=NOW)
    told = {"name": "新星学校", "contact": "王", "phone": "13800000009", "words": "民办", "address": "a"}
    door.apply_for_school(actor=VISITOR, county_id=cast.county.pk, now=NOW, **told)


@pytest.mark.parametrize("path", PATHS)
def test_a_county_reads_its_own_row_and_a_stranger_none(cast, call, rows, path):
    [row] = call(cast.zhou).rows(path)
    assert not {"contact", "phone"} & set(row)
    assert call(cast.stranger).rows(path) == []


def test_ratios_by_office(cast, call, rows):
    [county] = call(cast.zhou).get("/registers/ratios").json()
    assert (county["per"], county["held"], county["needed"], county["missing"]) == (30, 1, 1, 0)
    assert county["teams"] == {"experts": 1}


def test_people_of_an_office_and_states(cast, call, rows):
    caller = call(cast.zhou)
    assert caller.rows("/registers/offices")[0]["people"][0]["duty"] == "head"
    assert caller.rows("/registers/pool", state="nominated") == []
    assert caller.rows("/registers/members", state="applied")[0]["name"] == "新星学校"
