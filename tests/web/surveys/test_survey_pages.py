"""An office writes, opens and reads a survey; a teacher answers it once, keeping what is typed meanwhile."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import asking, enrolling
from xingtan.domains.plans import api as plans
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.people.models import Account
from xingtan.foundation.surveys import api as surveys
from xingtan.foundation.surveys.models import Response

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(db):
    return asking.build()


def client(actor):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = "en"
    return made


def page(name, survey=None):
    return reverse(name if ":" in name else f"bureau:{name}", args=[survey.public_id] if survey else [])


def form(**values):
    today = timezone.localdate()
    days = {"opens_on": today.isoformat(), "closes_on": (today + timedelta(days=7)).isoformat()}
    rows = {"q1-text": "哪种形式", "q1-kind": "one", "q1-options": "面授\n线上", "q1-is_required": "on", "q2-text": "", "q2-kind": "one"}
    return {"title": "需求调研", "purpose": "needs", "roles": ["teacher"], **days, **rows, **values}


def opened(cast, actor=None):
    today = timezone.localdate()
    made = asking.drafted(actor or cast.zhou, opens_on=today, closes_on=today)
    return surveys.open_survey(actor=actor or cast.zhou, survey_id=made.pk, now=timezone.now())


def typed(survey, **values):
    keys = [question.pk for question in surveys.questions_of(survey)]
    said = dict(zip(("first", "one", "scale", "number", "text"), (["0", "2"], "1", "4", "3", ""), strict=True)) | values
    return {f"q{pk}": value for pk, value in zip(keys, said.values(), strict=True)}


def answer_all(survey, people):
    for one in people:
        values = asking.values_of(survey, text="路远")
        surveys.answer(actor=one, survey=survey, values=values, traits=plans.traits_of(one), now=timezone.now())


def test_a_county_writes_changes_and_opens_a_survey(cast):
    zhou = client(cast.zhou)
    assert b"x-empty" in zhou.get(page("surveys")).content
    assert zhou.get(page("survey_new")).content.count(b'class="x-ask"') == 7
    sent = zhou.post(page("survey_new"), form())
    [made] = surveys.surveys_in(cast.zhou.scope)
    assert sent.url == page("survey", made)
    assert [(one.text, one.options) for one in surveys.questions_of(made)] == [("哪种形式", ["面授", "线上"])]
    wrong = zhou.post(page("survey_change", made), form(**{"q1-options": "面授", "title": "改题"}))
    assert (wrong.status_code, "改题" in wrong.content.decode()) == (409, True)
    assert zhou.post(page("survey_change", made), form(title="")).status_code == 422
    assert zhou.post(page("survey_change", made), form(title="改题", stage=["primary"])).status_code == 302
    assert zhou.post(page("survey_open", made), follow=True).context["survey"].state == "open"
    assert client(cast.mei).get(page("survey_change", made)).status_code == 404
    assert client(cast.chen).get(page("survey", made)).status_code == 200


def test_a_teacher_keeps_a_draft_and_hands_in_once(cast):
    survey, [one, *_others] = opened(cast), asking.actors(cast)
    teacher = client(one)
    assert survey.title in teacher.get(page("public:surveys")).content.decode()
    kept = teacher.post(page("public:survey_draft", survey), typed(survey, scale="2"), headers={"Accept": "application/json"})
    assert "at" in kept.json()
    assert b'value="2" checked' in teacher.get(page("public:survey", survey)).content
    wrong = teacher.post(page("public:survey", survey), typed(survey, number="three"))
    assert (wrong.status_code, wrong.content.count(b'class="x-error"')) == (422, 1)
    assert b'value="three"' in wrong.content
    assert teacher.post(page("public:survey", survey), typed(survey)).url == page("public:surveys")
    assert teacher.post(page("public:survey", survey), typed(survey)).status_code == 409
    assert b"You have answered" in teacher.get(page("public:survey", survey)).content
    assert Response.objects.get().account_id is None
    assert client(cast.zhou).get(page("public:survey", survey)).status_code == 404


def test_results_are_shown_from_five_answers_on_and_split(cast):
    survey, people, zhou = opened(cast), asking.actors(cast), client(cast.zhou)
    answer_all(survey, people[:4])
    assert b"so that nobody is found out" in zhou.get(page("survey", survey)).content
    answer_all(survey, people[4:])
    shown = zhou.get(page("survey", survey))
    assert [card["people"] for card in shown.context["cards"]][1] == 6
    assert "路远" in shown.content.decode()
    split = zhou.get(page("survey", survey) + "?split=region")
    assert split.context["cards"][2]["rows"] == [("青禾实验小学", 6, [0, 0, 0, 6, 0], "4.00")]
    book = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(zhou.get(page("survey", survey) + "?export=xlsx&split=stage").streaming_content))
    )
    rows = book.get_sheet_by_index(0).to_python()
    assert [str(cell).removesuffix(".0") for cell in rows[1][:5]] == ["需要哪些内容", "Primary", "6", "师德", "6"]
    listed = zhou.get(page("surveys") + "?q=需求&state=open&sort=-opens")
    assert [row["answered"] for row in listed.context["rows"]] == [6]
    assert client(cast.wu).get(page("survey", survey)).status_code == 404


def test_reminding_runs_in_the_background(cast):
    survey, people = opened(cast), asking.actors(cast)
    sent = client(cast.zhou).post(page("survey_remind", survey))
    assert sent.url.startswith("/job/")
    job = run_job(Job.everywhere.get(kind=plans.REMIND_JOB).pk)
    assert job.result == {"people": len(people) + 1}
    assert Message.objects.filter(code="survey_asked", link=page("public:survey", survey)).count() == len(people) + 1


def test_closing_opening_again_copying_and_cancelling(cast):
    survey, zhou = opened(cast), client(cast.zhou)
    assert zhou.post(page("survey_close", survey), follow=True).context["survey"].state == "closed"
    assert zhou.post(page("survey_reopen", survey), follow=True).context["survey"].closes_on > timezone.localdate()
    copied = zhou.post(page("survey_copy", survey), follow=True)
    assert len(copied.context["rows"]) == len(asking.QUESTIONS) + 2
    draft = copied.context["survey"]
    assert zhou.post(page("survey_cancel", draft), follow=True).context["survey"].state == "cancelled"
    assert b"in another state" in zhou.post(page("survey_open", draft), follow=True).content
    assert timezone.now() > enrolling.NOW
