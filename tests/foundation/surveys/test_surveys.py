"""Asked once, answered once, counted without names: each refusal beside the success that it bounds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import asking, enrolling
from tests.asking import DAY, NOW, actors, answer, drafted, opened, values_of
from xingtan.domains.plans import api as plans
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused
from xingtan.foundation.surveys import api as surveys
from xingtan.foundation.surveys.models import AnswerDraft, Answered, Response

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(db):
    return asking.build()


def refused(act):
    with pytest.raises(Refused) as why:
        act()
    return why.value.code


def test_answers_stand_without_the_person_and_only_once(cast):
    survey, [one, *_others] = opened(cast.zhou), actors(cast)
    surveys.keep_draft(actor=one, survey=survey, values=values_of(survey, scale=2), now=NOW)
    assert surveys.draft_of(one, survey) == values_of(survey, scale=2)
    answer(survey, one)
    assert refused(lambda: answer(survey, one)) == "survey_answered"
    assert refused(lambda: surveys.keep_draft(actor=one, survey=survey, values={}, now=NOW)) == "survey_answered"
    response = Response.objects.get()
    assert (response.account_id, response.organisation_id, response.traits) == (
        None,
        cast.school.pk,
        {"stage": "primary", "subject": "chinese"},
    )
    assert Answered.objects.get().account_id == one.account_id
    assert not AnswerDraft.objects.exists()
    line = AuditLine.objects.get(act="surveys.answered")
    assert (line.subject_ids, line.detail) == ([survey.pk], {})
    assert surveys.surveys_for(one, plans.traits_of(one), DAY) == []
    assert [done.survey for done in surveys.answered_by(one)] == [survey]


def test_names_stand_only_where_that_was_said_beforehand(cast):
    survey, [one, *_others] = opened(cast.zhou, is_anonymous=False), actors(cast)
    answer(survey, one)
    assert Response.objects.get().account_id == one.account_id


def test_four_answers_show_nothing_and_five_do(cast):
    survey, people = opened(cast.zhou), actors(cast)
    for one in people[:4]:
        answer(survey, one, text="路远")
    assert surveys.results(survey, cast.zhou.scope) == []
    answer(survey, people[4], first=[1], scale=5, number=0, text="没有时间")
    [whole] = surveys.results(survey, cast.zhou.scope)
    assert whole.people == 5
    told = [(tally.counts, tally.mean_centi) for tally in whole.tallies[:4]]
    assert told == [({0: 4, 2: 4, 1: 1}, None), ({1: 5}, None), ({4: 4, 5: 1}, 420), ({3: 4, 0: 1}, 240)]
    assert sorted(surveys.texts_of(whole.tallies[4].question, cast.zhou.scope)) == ["没有时间", *["路远"] * 4]
    assert surveys.results(survey, cast.strange.scope) == []
    assert surveys.results(survey, cast.chen.scope)[0].people == 5


def test_small_parts_stand_together_and_are_never_the_rest_of_a_sum(cast):
    survey = opened(cast.zhou)
    junior = enrolling.teachers(cast.second, 5, stage="junior")
    [senior] = enrolling.teachers(cast.second, 1, stage="senior")
    for one in actors(cast, [*cast.people, *junior, senior]):
        answer(survey, one)
    assert [(part.key, part.people) for part in surveys.results(survey, cast.zhou.scope, "stage")] == [("primary", 6), (None, 6)]
    parts = surveys.results(survey, cast.zhou.scope, surveys.REGION)
    assert [(part.key, part.people) for part in parts] == [(cast.school.path, 6), (cast.second.path, 6)]
    assert [part.tallies[1].counts for part in parts] == [{1: 6}, {1: 6}]
    assert surveys.answered_by_region(survey, cast.zhou.scope) == {cast.school.path: 6, cast.second.path: 6}


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"first": []}, 1), ({"first": [3]}, 1), ({"one": 2}, 1), ({"scale": 6, "number": "many"}, 2), ({"text": "x" * 1001}, 1)],
)
def test_what_is_no_answer_is_refused_and_a_missing_word_is_none(cast, changed, why):
    survey, [one, *_others] = opened(cast.zhou), actors(cast)
    assert len(surveys.mistakes(surveys.questions_of(survey), values_of(survey, **changed))) == why
    assert refused(lambda: answer(survey, one, **changed)) == "survey_incomplete"
    answer(survey, one, text="")


def test_who_is_asked_and_when(cast):
    survey = opened(cast.zhou, traits={"subject": ["mathematics"]}, opens_on=DAY + timedelta(days=1))
    [maths] = actors(cast, enrolling.teachers(cast.school, 1, subject="mathematics"))
    [chinese, *_others] = actors(cast)
    tomorrow = DAY + timedelta(days=1)
    assert surveys.surveys_for(maths, plans.traits_of(maths), DAY) == []
    assert surveys.surveys_for(maths, plans.traits_of(maths), tomorrow) == [survey]
    assert refused(lambda: answer(survey, maths)) == "survey_not_open"
    answer(survey, maths, now=NOW + timedelta(days=1))
    with pytest.raises(NotInScope):
        surveys.survey_to_answer(chinese, survey.public_id, plans.traits_of(chinese))
    [far] = actors(cast, enrolling.teachers(cast.elsewhere, 1, subject="mathematics"))
    assert surveys.surveys_for(far, plans.traits_of(far), tomorrow) == []
    assert list(plans.asked_of(survey, DAY)) == [maths.account_id]


def test_reminding_reaches_who_has_not_answered_once_a_day(cast):
    survey, people = opened(cast.zhou, roles=["teacher", "school_clerk"]), actors(cast)
    answer(survey, people[0])
    asked = plans.asked_of(survey, DAY)
    assert cast.chen.account_id in asked
    assert surveys.remind(actor=cast.zhou, survey_id=survey.pk, account_ids=asked, now=NOW) == len(asked) - 1
    assert people[0].account_id not in Message.objects.filter(code="survey_asked").values_list("account_id", flat=True)
    assert refused(lambda: surveys.remind(actor=cast.zhou, survey_id=survey.pk, account_ids=asked, now=NOW)) == "survey_reminded"


def test_only_a_draft_of_the_own_office_is_changed(cast):
    draft = drafted(cast.zhou)
    for who, kind in ((cast.mei, NotInScope), (cast.chen, NotInScope), (cast.he, NotAllowed)):
        with pytest.raises(kind):
            surveys.open_survey(actor=who, survey_id=draft.pk, now=NOW)
    changed = surveys.change_survey(
        actor=cast.zhou, survey_id=draft.pk, wanted=asking.wanted(title="新题"), questions=asking.QUESTIONS[:1], now=NOW
    )
    assert (changed.title, len(surveys.questions_of(changed))) == ("新题", 1)
    surveys.open_survey(actor=cast.zhou, survey_id=draft.pk, now=NOW)
    change = {"survey_id": draft.pk, "wanted": asking.wanted(), "questions": [], "now": NOW}
    assert refused(lambda: surveys.change_survey(actor=cast.zhou, **change)) == "survey_not_draft"
    copied = surveys.copy_survey(actor=cast.zhou, survey=draft, opens_on=DAY, closes_on=DAY, now=NOW)
    assert [one.text for one in surveys.questions_of(copied)] == ["需要哪些内容"]


@pytest.mark.parametrize(
    ("question", "why"),
    [(("one", "只有一项", ["是"]), "survey_options_too_few"), (("many", "重复", ["甲", "甲"]), "survey_options_too_few"),
     (("text", "多余", ["甲"]), "survey_options_not_needed"), (("one", "太多", [str(n) for n in range(31)]), "survey_options_too_many")],
)  # fmt: skip
def test_a_question_has_the_options_that_its_kind_needs(cast, question, why):
    assert refused(lambda: drafted(cast.zhou, questions=[surveys.Asking(*question)])) == why


def test_what_a_survey_needs_before_it_opens(cast):
    assert refused(lambda: drafted(cast.zhou, roles=[])) == "survey_asks_nobody"
    assert refused(lambda: drafted(cast.zhou, closes_on=DAY - timedelta(days=1))) == "survey_days_backwards"
    empty = drafted(cast.zhou, questions=[])
    assert refused(lambda: surveys.open_survey(actor=cast.zhou, survey_id=empty.pk, now=NOW)) == "survey_without_questions"
    late = drafted(cast.zhou)
    assert refused(lambda: surveys.open_survey(actor=cast.zhou, survey_id=late.pk, now=NOW + timedelta(days=9))) == "survey_over"
    clerks = opened(cast.chen)
    assert [one.pk for one in surveys.surveys_seen(cast.zhou.scope)] == [clerks.pk, late.pk, empty.pk]
    assert [one.pk for one in surveys.surveys_seen(enrolling.actor_of(Role.SCHOOL_REVIEWER, cast.second).scope)] == []
