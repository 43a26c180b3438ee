"""A draft tried on a year: who would have another verdict, why, where; and nothing is changed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.demo_county import (
    NOW,
    a_small_county,  # noqa: F401 -- a fixture
)
from xingtan.config.demo import cast
from xingtan.domains.determination import api as determination_room
from xingtan.domains.determination.models import Determination
from xingtan.domains.policies import api as policies
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
MORE = (("workshop = 22_00", "workshop = 26_00"), ("required_centi = 360_00", "required_centi = 380_00"), ("= 410_00", "= 430_00"))


@pytest.fixture
def province(county, db):
    return cast.actor("province")


def year_before(province):
    return policies.years_for(province)[1]


def begun(province, *changes):
    draft = policies.start_from_pack(actor=province, pack_id=year_before(province).pack_id, now=NOW)
    text = draft.text
    for old, new in changes:
        text = text.replace(old, new)
    return policies.save_draft(actor=province, pid=draft.public_id, text=text, revision=1, now=NOW)


def tried(province, draft):
    year = year_before(province)
    trial = determination_room.try_draft(actor=province, pid=draft.public_id, training_year_id=year.pk, now=NOW)
    job = run_job(Job.everywhere.get(public_id=trial.job_public_id).pk)
    assert job.state == "done", job.result
    return policies.trial_by_id(province, trial.public_id).found


def verdicts():
    return list(Determination.everywhere.order_by("pk").values_list("pk", "verdict", "is_current", "pack_digest"))


def test_the_same_rules_change_nothing(province):
    found = tried(province, begun(province, ("# ", "#  ")))
    assert found["teachers"] > 100
    assert (found["changed"], found["moves"], found["causes"], found["people"], found["places"]) == (0, [], [], [], {})
    assert found["before"] == found["after"]


def test_more_hours_are_stricter_and_every_count_adds_up(province):
    before = verdicts()
    found = tried(province, begun(province, *MORE))
    assert found["changed"] == found["sides"]["stricter"] > 0
    assert sum(move["n"] for move in found["moves"]) == found["changed"] == len(found["people"])
    assert sum(found["before"].values()) == sum(found["after"].values()) == found["teachers"]
    assert {cause["table"] for cause in found["causes"]} == {"item"}
    assert found["causes"][0]["n"] == found["changed"]
    assert max(found["places"].values()) <= found["changed"]
    assert verdicts() == before


def test_fewer_hours_are_milder(province):
    less = (("course = 50_00", "course = 40_00"), ("required_centi = 360_00", "required_centi = 310_00"), ("= 410_00", "= 360_00"))
    found = tried(province, begun(province, *less))
    assert found["changed"] == found["sides"]["milder"]


def test_a_draft_with_mistakes_is_tried_as_it_last_was_without(province):
    draft = begun(province, *MORE)
    broken = policies.save_draft(actor=province, pid=draft.public_id, text=draft.text + "x = \n", revision=draft.revision, now=NOW)
    assert tried(province, broken)["changed"] > 0
    assert policies.trials_of(broken)[0].revision == draft.revision


def test_a_text_that_was_never_sound_is_not_tried(province):
    draft = policies.start_from_text(actor=province, text="code = ", name="x.toml", now=NOW)
    with pytest.raises(Refused, match="draft_never_sound"):
        determination_room.try_draft(actor=province, pid=draft.public_id, training_year_id=year_before(province).pk, now=NOW)


def test_only_the_province_tries(province):
    draft = begun(province, *MORE)
    with pytest.raises(NotAllowed):
        determination_room.try_draft(actor=cast.actor("county"), pid=draft.public_id, training_year_id=year_before(province).pk, now=NOW)


def test_the_page_says_who_why_and_where(province):
    draft = begun(province, *MORE)
    browser = Client()
    browser.force_login(Account.objects.get(login="province"))
    address = reverse("bureau:draft_try", args=[draft.public_id])
    assert browser.post(address, {"year": year_before(province).pk}).status_code == 302
    run_job(Job.everywhere.order_by("-pk")[0].pk)
    page = browser.get(reverse("bureau:draft", args=[draft.public_id]))
    text = page.content.decode()
    assert "人结论会改变" in text
    assert "青原区" in text
    result = page.context["result"]
    assert result["causes"][0]["row"].before == "22.00 学时"
    assert result["moves"][0].before == "合格"
    everybody = browser.get(reverse("bureau:trial", args=[page.context["trial"].public_id]))
    assert everybody.context["page_rows"].total == result["changed"]
    assert browser.post(address, {"year": "9999999"}).status_code == 404
