"""Pages of admission: offices decide ticked rows, nominate with reasons shown, run rounds; teachers apply and follow their trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import admitting
from tests.admitting import NOW, known, nominate, states, write
from tests.enrolling import actor_of
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.models import AdmissionTerms, Application, Round
from xingtan.domains.nominations import api as nominations
from xingtan.domains.projects.models import Project
from xingtan.domains.quotas.models import Quota
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role

pytestmark = pytest.mark.django_db(databases="__all__")


def book(who, address):
    """The bytes of the page's workbook."""
    return b"".join(who.get(f"{address}?export=xlsx").streaming_content)


@pytest.fixture
def cast(db):
    made = admitting.build()
    Project.everywhere.filter(pk=made.seated.pk).update(opens_on="2026-01-01", closes_on="2099-12-31", starts_on=None, ends_on=None)
    return made


def client(actor):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = "en"
    return made


def page(cast, name, *more):
    return reverse(f"bureau:{name}", args=[cast.seated.public_id, *more])


def test_the_list_of_projects_counts_what_waits(cast):
    nominate(cast, cast.people[:2])
    shown = client(cast.zhou).get(reverse("bureau:admissions") + "?sort=-title&q=语文")
    assert [(row[0].pk, *row[3:]) for row in shown.context["rows"]] == [(cast.seated.pk, 2, 0, 0)]
    assert book(client(cast.zhou), reverse("bureau:admissions"))
    assert b"x-empty" in client(cast.zhou).get(reverse("bureau:admissions") + "?q=nothing").content


def test_ticked_applications_are_approved_or_declined_with_a_reason(cast):
    rows = nominate(cast, cast.people[:3])
    officer, ids = client(cast.zhou), [row.public_id for row in rows]
    assert officer.get(page(cast, "applications") + "?state=school_approved&way=nomination&sort=name").status_code == 200
    assert officer.post(page(cast, "applications_act"), {"act": "approve"}).status_code == 422
    assert officer.post(page(cast, "applications_act"), {"ids": ids[:1], "act": "decline"}).status_code == 409
    assert officer.post(page(cast, "applications_act"), {"ids": ids[:1], "act": "decline", "reason": "名额"}).status_code == 302
    assert officer.post(page(cast, "applications_act"), {"ids": ids[1:], "act": "approve"}).status_code == 302
    assert states(rows) == ["declined", "admitted", "admitted"]
    assert client(cast.stranger).post(page(cast, "applications_act"), {"ids": ids[1:], "act": "approve"}).status_code == 404
    assert book(officer, page(cast, "applications"))


def test_a_clerk_sees_why_somebody_does_not_suit_and_nominates_the_others(cast):
    Project.everywhere.filter(pk=cast.seated.pk).update(conditions={"subjects": ["chinese"]})
    sports = cast.people[0]
    type(sports).everywhere.filter(pk=sports.pk).update(subject="sports")
    clerk = client(cast.chen)
    shown = clerk.get(page(cast, "nominate")).content.decode()
    assert "The project is for" in shown
    sent = {"ids": [sports.public_id, cast.people[1].public_id], "way": "nomination", "reason": "骨干"}
    refused = clerk.post(page(cast, "nominate_send"), sent)
    assert refused.status_code == 409
    assert "骨干" in refused.content.decode()
    assert f'value="{sports.public_id}" data-tick aria-label="{sports.name}" checked' in refused.content.decode()
    done = clerk.post(page(cast, "nominate_send"), {**sent, "ids": sent["ids"][1:], "choice": cast.classes["red"].public_id})
    assert done.status_code == 302
    [row] = Application.everywhere.all()
    assert (row.teacher_id, row.choice_id, row.state) == (cast.people[1].pk, cast.classes["red"].pk, "school_approved")


def test_one_application_shows_its_trail_and_is_changed_and_replaced(cast):
    [row] = nominate(cast, cast.people[:1], actor=cast.zhou, choice="red")
    officer, here = client(cast.zhou), reverse("bureau:application", args=[row.public_id])
    assert "Seat given" in officer.get(here).content.decode()
    blue = cast.classes["blue"]
    assert officer.post(reverse("bureau:application_change", args=[row.public_id]), {"choice": blue.pk}).status_code == 302
    instead = reverse("bureau:application_substitute", args=[row.public_id])
    wrong = officer.post(instead, {"number": "36080319900101001X", "reason": "病"})
    assert wrong.status_code == 422
    assert "36080319900101001X" in wrong.content.decode()


def test_rounds_are_planned_trimmed_and_decided(cast):
    head = client(cast.mei)
    soon, late = (timezone.now() + timedelta(days=n) for n in (1, 3))
    told = {"opens_at": f"{soon:%Y-%m-%dT%H:%M}", "closes_at": f"{late:%Y-%m-%dT%H:%M}"}
    backwards = head.post(page(cast, "round_plan"), {"opens_at": told["closes_at"], "closes_at": told["opens_at"]})
    assert backwards.status_code == 409
    assert head.post(page(cast, "round_plan"), told).status_code == 302
    found = Round.everywhere.get()
    assert head.get(page(cast, "rounds")).status_code == 200
    assert head.post(page(cast, "round_decide", found.public_id), {"act": "decide"}).status_code == 409
    long_ago = timezone.now() - timedelta(days=9)
    Round.everywhere.update(opens_at=long_ago, closes_at=long_ago + timedelta(days=1))
    assert head.post(page(cast, "round_decide", found.public_id), {"act": "decide"}).status_code == 302
    assert Round.everywhere.get().state == "decided"
    assert client(cast.zhou).post(page(cast, "round_plan"), told).status_code == 404


def test_limits_terms_and_a_cancelled_class(cast):
    head, red = client(cast.mei), cast.classes["red"].public_id
    assert head.post(page(cast, "class_limits", red), {"most": 1, "least": 5}).status_code == 409
    assert head.post(page(cast, "class_limits", red), {"most": 9, "least": 5}).status_code == 302
    assert head.post(page(cast, "class_cancel", red), {"reason": ""}).status_code == 422
    assert head.post(page(cast, "class_cancel", red), {"reason": "人少"}).status_code == 302
    terms = {
        "steps": "school,county",
        "trimming": ["rural", "arrived"],
        "keeps_line": "on",
        "offer_hours": 24,
        "change_until": "2026-12-01T08:00",
    }
    assert head.post(page(cast, "admission_terms"), terms).status_code == 302
    kept = AdmissionTerms.everywhere.get()
    assert (kept.steps, kept.trimming, kept.offer_hours) == (["school", "county"], ["rural", "arrived"], 24)
    assert kept.change_until == datetime.fromisoformat("2026-12-01T08:00+08:00")


def test_a_teacher_applies_keeps_a_draft_follows_and_withdraws(cast):
    lin = client(cast.lin)
    assert "You may apply" in lin.get(reverse("trainee:open_projects")).content.decode()
    assert lin.get(reverse("trainee:open_project", args=[cast.seated.public_id])).status_code == 200
    apply = reverse("trainee:apply", args=[cast.seated.public_id])
    red = cast.classes["red"].pk
    assert lin.post(apply, {"choice": red, "act": "draft"}).status_code == 302
    assert lin.post(apply, {"choice": "999999"}).status_code == 422
    assert lin.post(apply, {"choice": red, "act": "apply"}).status_code == 302
    row = Application.everywhere.get()
    here = reverse("trainee:application", args=[row.public_id])
    assert "Handed in" in lin.get(here).content.decode()
    assert lin.get(reverse("trainee:applications")).status_code == 200
    assert lin.post(reverse("trainee:application_accept", args=[row.public_id])).status_code == 409
    assert lin.post(reverse("trainee:application_withdraw", args=[row.public_id]), {"reason": "忙"}).status_code == 302
    assert states([row]) == ["withdrawn"]
    other = actor_of(Role.TEACHER, cast.school, cast.people[0])
    assert client(other).get(here).status_code == 404


def test_a_teacher_changes_class_until_the_date(cast):
    [row] = nominate(cast, [cast.lin_teacher], actor=cast.zhou, choice="red")
    lin, blue = client(cast.lin), cast.classes["blue"].pk
    here, change = (reverse(f"trainee:{name}", args=[row.public_id]) for name in ("application", "application_change"))
    assert "Another class" in lin.get(here).content.decode()
    admissions.set_limit(actor=cast.mei, offer_id=blue, most=0, least=0, now=NOW)
    full = lin.post(change, {"choice": blue})
    assert (full.status_code, "so many have seats" in full.content.decode()) == (409, True)
    admissions.set_limit(actor=cast.mei, offer_id=blue, most=1, least=0, now=NOW)
    assert lin.post(change, {"choice": "999999"}).status_code == 422
    assert lin.post(change, {"choice": blue}).status_code == 302
    row.refresh_from_db()
    assert (row.choice_id, row.state) == (blue, "admitted")
    terms = admissions.Terms(change_until=datetime(2020, 1, 1, tzinfo=UTC))
    admissions.set_terms(actor=cast.mei, project_id=cast.seated.pk, terms=terms, now=NOW)
    assert "Another class" not in lin.get(here).content.decode()
    assert lin.post(change, {"choice": cast.classes["red"].pk}).status_code == 409
    other = actor_of(Role.TEACHER, cast.school, cast.people[0])
    assert client(other).post(change, {"choice": blue}).status_code == 404


def test_who_does_not_meet_the_conditions_reads_why(cast):
    Project.everywhere.filter(pk=cast.seated.pk).update(conditions={"subjects": ["english"]})
    lin = client(cast.lin)
    assert "Not for you now" in lin.get(reverse("trainee:open_projects")).content.decode()
    refused = lin.post(reverse("trainee:apply", args=[cast.seated.public_id]), {"act": "apply"})
    assert refused.status_code == 409
    assert not Application.everywhere.exists()


def test_the_workbook_page_keeps_looks_at_and_shows(cast, tmp_path):
    clerk = client(cast.chen)
    assert b'type="file"' in clerk.get(page(cast, "nominations")).content
    Project.everywhere.filter(pk=cast.seated.pk).update(ways=["own"])
    shut = clerk.get(page(cast, "nominations")).content
    assert b"does not take people in this way" in shut
    assert b'type="file"' not in shut
    Project.everywhere.filter(pk=cast.seated.pk).update(ways=cast.seated.ways)
    assert book(clerk, page(cast, "nominations_template"))
    assert clerk.post(page(cast, "nominations"), {}).status_code == 422
    numbers = known(cast.people)
    rows = [(numbers[one.pk], one.name, "", "", "") for one in cast.people[:2]] + [("x", "无名", "", "", "")]
    with write(tmp_path / "n.xlsx", rows).open("rb") as file:
        sent = clerk.post(page(cast, "nominations"), {"file": file, "way": "nomination"})
    assert sent.status_code == 302
    assert clerk.get(sent.url).status_code == 200
    assert client(cast.zhou).get(sent.url).status_code == 404
    assert nominations.batches_in(cast.chen.scope, cast.seated.pk).count() == 0


def test_a_clerk_is_offered_the_categories_that_hold_seats(cast):
    Project.everywhere.filter(pk=cast.seated.pk).update(
        categories=[{"code": "rural", "label": "乡村教师"}, {"code": "head", "label": "班主任"}]
    )
    shown = client(cast.chen).get(page(cast, "nominate"))
    before = Quota.everywhere.filter(project=cast.seated)
    assert before.exists()
    assert [code for code, _word in shown.context["categories"]] == [""]
    before.update(category="head")
    assert client(cast.chen).get(page(cast, "nominate")).context["categories"] == [("head", "班主任")]


def test_a_clash_names_the_other_project_and_is_kept_in_words(cast):
    nominate(cast, cast.people[:1], actor=cast.zhou)
    days = {"starts_on": "2027-01-05", "ends_on": "2027-01-09"}
    Project.everywhere.filter(pk=cast.seated.pk).update(**days, title="先报的培训")
    other = Project.everywhere.get(pk=cast.seated.pk)
    other.pk, other.public_id, other.title = None, Project._meta.get_field("public_id").get_default(), "后来的培训"
    other.save()
    clerk, person = client(cast.chen), cast.people[0]
    there = clerk.get(reverse("bureau:nominate", args=[other.public_id])).content.decode()
    assert "at the same time as “先报的培训”, from 2027-01-05 to 2027-01-09" in there
    sent = {"ids": [person.public_id], "way": "nomination", "reason": "骨干"}
    assert clerk.post(reverse("bureau:nominate_send", args=[other.public_id]), sent).status_code == 302
    row = Application.everywhere.get(project=other)
    assert "clash" in row.warnings
    shown = clerk.get(reverse("bureau:application", args=[row.public_id])).content.decode()
    assert "Another project takes place at the same time." in shown
