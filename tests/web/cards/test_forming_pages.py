from __future__ import annotations

from importlib import import_module

import pytest

from xingtan.domains.workshops import api as workshops
from xingtan.domains.workshops.models import Cohort, CohortMember, FormingSeat


@pytest.fixture
def cast(db):
    forming = import_module("tests.forming")
    return forming.build()


@pytest.fixture
def mei(cast, as_actor):
    return as_actor(cast.mei)


def url(cast, end=""):
    return f"/bureau/projects/{cast.seated.public_id}/classes/forming/{end}"


RULE = {"keys": ["county"], "least": 2, "most": 6, "per_tutor": 12}


def test_a_draft_is_made_looked_at_adjusted_and_arranged(cast, mei):
    assert mei.get(url(cast)).status_code == 200
    assert mei.post(url(cast), {**RULE, "least": 9}).status_code == 409
    assert mei.post(url(cast), RULE).status_code == 302
    draft = workshops.draft_of(cast.mei.scope, cast.seated.pk)
    assert mei.get(url(cast)).content.count(b"/classes/forming/1/") == 1
    page = mei.get(url(cast, "1/"))
    assert page.content.count(b'name="ids"') == 6
    one = FormingSeat.objects.filter(forming=draft, number=1).select_related("teacher").first()
    mei.post(url(cast, "move/"), {"ids": [one.teacher.public_id], "to": 2, "version": draft.version})
    assert FormingSeat.objects.get(pk=one.pk).number == 2
    mei.post(url(cast, "move/"), {"ids": [one.teacher.public_id], "to": 1, "version": draft.version})
    assert FormingSeat.objects.get(pk=one.pk).number == 2  # the page was stale
    tutor = cast.tutors[0].pk
    assert mei.post(url(cast, "2/"), {"title": "二班", "tutor": tutor, "host": tutor}).status_code == 302
    assert mei.post(url(cast, "1/"), {"title": "二班", "tutor": "", "host": ""}).status_code == 409
    assert mei.post(url(cast, "arrange/")).url.endswith("/classes/")
    assert Cohort.everywhere.filter(project=cast.seated).count() == 3
    assert CohortMember.objects.filter(cohort__project=cast.seated).count() == 16
    assert "二班" in mei.get(f"/bureau/projects/{cast.seated.public_id}/classes/").content.decode()


def test_a_draft_is_given_up_and_then_there_is_none_to_move_in(cast, mei):
    mei.post(url(cast), RULE)
    assert mei.post(url(cast, "drop/")).status_code == 302
    assert mei.post(url(cast, "move/"), {"ids": [], "to": 1}).status_code == 404
    assert mei.get(url(cast, "1/")).status_code == 404


def test_classes_of_the_province_are_not_formed_by_a_county(cast, as_actor):
    assert as_actor(cast.zhou).get(url(cast)).status_code == 404
    assert as_actor(cast.chen).get(url(cast)).status_code == 403
