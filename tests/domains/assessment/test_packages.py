"""What packages report: judged, kept per attempt, noticed from two devices, told to the hallway once."""

from __future__ import annotations

import pytest

from tests import enrolling, studying
from xingtan.config.demo import packages as demo
from xingtan.domains.assessment import api as assessment
from xingtan.domains.assessment.models import PackageState, QuizAttempt
from xingtan.domains.assessment.packages import cmi5
from xingtan.domains.assessment.packages.rules import Outcome, claimed_seconds, outcome_of
from xingtan.domains.courses import api as courses
from xingtan.domains.courses.models import Unit
from xingtan.foundation.events.models import Event
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

NOW = enrolling.LATER
SCO = {"key": "one", "kind": "sco", "mastery": "80", "move_on": ""}


def old(status, raw=None, **points):
    score = {"raw": raw, **points} if raw is not None else {}
    return {"cmi": {"core": {"lesson_status": status, "score": score}}}


def new(completion, success="unknown", **score):
    return {"cmi": {"completion_status": completion, "success_status": success, "score": score}}


def h5p(**result):
    return {"result": result}


@pytest.mark.parametrize(
    ("standard", "kept", "outcome"),
    [
        ("scorm12", {}, Outcome(False, False, None)),
        ("scorm12", old("incomplete", "90"), Outcome(False, False, 90)),
        ("scorm12", old("completed"), Outcome(True, True, None)),
        ("scorm12", old("completed", "79"), Outcome(True, False, 79)),
        ("scorm12", old("passed", "79"), Outcome(True, False, 79)),
        ("scorm12", old("failed", "80"), Outcome(True, True, 80)),
        ("scorm12", old("passed", "4", max="5", min="0"), Outcome(True, False, 80)),
        ("scorm12", old("passed", "NaN"), Outcome(True, True, None)),
        ("scorm12", old("passed", "1e999999"), Outcome(True, True, None)),
        ("scorm12", {"cmi": ["nonsense"]}, Outcome(False, False, None)),
        ("scorm2004", new("completed"), Outcome(True, True, None)),
        ("scorm2004", new("completed", "failed", scaled="0.5"), Outcome(True, False, 50)),
        ("scorm2004", new("incomplete", "passed", scaled="0.95"), Outcome(True, True, 95)),
        ("scorm2004", new("completed", "passed", scaled="-1"), Outcome(True, False, 0)),
        ("scorm2004", new("completed", "unknown", raw="3", max="4"), Outcome(True, True, 75)),
        ("h5p", h5p(completion=True, success=True, score={"raw": 3, "max": 4, "scaled": 0.75}), Outcome(True, True, 75)),
        ("h5p", h5p(completion=True, score={"raw": 0, "max": 0, "scaled": 0}), Outcome(True, True, None)),
        ("h5p", h5p(success=False, score={"raw": 1, "max": 4}), Outcome(True, False, 25)),
    ],
)  # fmt: skip
def test_what_one_item_amounts_to(standard, kept, outcome):
    item = SCO | {"mastery": "80" if standard == "scorm12" else ""}
    assert outcome_of([item], {"one": kept}, standard=standard, pass_score=60) == outcome


@pytest.mark.parametrize(
    ("move_on", "said", "is_complete"),
    [
        ("Passed", {"completed": True}, False),
        ("Passed", {"passed": True}, True),
        ("Completed", {"passed": True}, False),
        ("CompletedAndPassed", {"completed": True}, False),
        ("CompletedAndPassed", {"completed": True, "passed": True}, True),
        ("CompletedOrPassed", {"passed": True}, True),
        ("NotApplicable", {"launched": True}, True),
    ],
)
def test_a_units_move_on_decides(move_on, said, is_complete):
    item = SCO | {"kind": "au", "move_on": move_on}
    assert outcome_of([item], {"one": {"cmi5": said}}, standard="cmi5", pass_score=0).is_complete is is_complete


def test_every_item_has_to_be_done_and_headings_are_none():
    items = [SCO, SCO | {"key": "two", "kind": "asset"}, {"key": "h", "kind": "heading"}]
    assert not outcome_of(items, {"one": old("passed", "90")}, standard="scorm12", pass_score=0).is_complete
    kept = {"one": old("passed", "90"), "two": {"viewed": True}}
    assert outcome_of(items, kept, standard="scorm12", pass_score=0) == Outcome(True, True, 90)


@pytest.mark.parametrize(("said", "seconds"), [("12", 12), (-5, 0), ("x", 0), (10**12, 0), (999_999, 360_000), (True, 0)])
def test_a_claim_is_bounded(said, seconds):
    assert claimed_seconds(said) == seconds


def test_only_statements_that_cmi5_defines_judge():
    def said(verb, *, category=cmi5.CATEGORY, activity="a", scaled=None):
        result = {"score": {"scaled": scaled}} if scaled is not None else {}
        context = {"contextActivities": {"category": [{"id": category}]}, "extensions": {f"{cmi5.EXTENSION}sessionid": verb[:1]}}
        return {"verb": {"id": cmi5.VERBS[verb]}, "object": {"id": activity}, "context": context, "result": result}

    statements = [
        said("launched"),
        said("passed", scaled=0.5),
        said("passed", scaled=0.4),
        said("completed", category="other"),
        said("failed", activity="b"),
    ]
    assert cmi5.amount(statements, "a") == {"launched": True, "passed": True, "scaled": 0.5}
    assert cmi5.open_sessions([said("launched"), said("initialized"), said("initialized")], "a") == ["l", "i"]
    assert cmi5.open_sessions([said("terminated"), said("initialized", activity="b")], "a") == []


@pytest.fixture
def cast(db):
    cast = studying.build()
    course = demo.add_package_course(actor=cast.staff, provider_id=cast.provider.pk, now=NOW)
    for place, unit in enumerate(Unit.objects.filter(course=course).order_by("place"), 20):
        unit.course_id, unit.place = cast.offers["A"].course_id, place
        unit.save()
    units = Unit.objects.filter(course_id=cast.offers["A"].course_id, kind=courses.UnitKind.PACKAGE).select_related("package")
    cast.packages = {unit.package.standard: unit for unit in units}
    return cast


def keep(cast, *contents, standard="scorm12", base=0, attempt=1, is_forced=False, actor=None):
    keys = [item["key"] for item in cast.packages[standard].package.facts["items"]]
    items = {key: {"base": base, "content": content} for key, content in zip(keys, contents, strict=False)}
    report = assessment.Report(attempt, items, claimed_s=90, is_forced=is_forced)
    return assessment.keep_items(actor=actor or cast.lin, unit_id=cast.packages[standard].pk, report=report, now=NOW)


def told():
    return [
        payload["attempts"] for payload in Event.objects.filter(name="assessment.marked").order_by("pk").values_list("payload", flat=True)
    ]


def test_a_package_that_is_passed_counts_like_a_quiz_once(cast):
    state = keep(cast, old("passed", "100"))
    assert (state.is_complete, state.is_passed, told()) == (False, False, [])
    state = keep(cast, old("passed", "100"), old("passed", "90"))
    assert (state.is_complete, state.is_passed, state.score, state.claimed_s) == (True, True, 95, 90)
    (attempt,) = QuizAttempt.everywhere.filter(unit=cast.packages["scorm12"])
    assert (attempt.score, attempt.is_passed, told()) == (95, True, [[attempt.pk]])
    keep(cast, old("passed", "100"), old("passed", "90"))
    assert told() == [[attempt.pk]]
    assert assessment.best_attempts(cast.lin_teacher.pk, [attempt.unit_id])[attempt.unit_id] == attempt


def test_a_required_package_is_required_work(cast):
    unit = cast.packages["h5p"]
    Unit.objects.filter(pk=unit.pk).update(is_required=True)
    assert unit.pk in courses.required_work([unit.course_id])[unit.course_id][0]


def test_two_devices_notice_each_other(cast):
    keep(cast, old("incomplete"))
    with pytest.raises(Refused) as refused:
        keep(cast, old("passed", "100"))
    assert refused.value.code == "package_moved_on"
    assert keep(cast, old("passed", "100"), base=1).items["one"]["version"] == 2
    assert keep(cast, old("failed", "0"), is_forced=True).items["one"]["version"] == 3


def test_an_attempt_follows_a_complete_one_and_what_was_passed_stays(cast):
    keep(cast, old("passed", "100"), old("passed", "100"))
    again = assessment.begin_again(actor=cast.lin, unit_id=cast.packages["scorm12"].pk, now=NOW)
    assert (again.attempt, again.items) == (2, {})
    assert assessment.begin_again(actor=cast.lin, unit_id=again.unit_id, now=NOW) == again
    keep(cast, old("failed", "0"), old("failed", "0"), attempt=2)
    assert [state.is_passed for state in assessment.package_states(cast.lin_teacher.pk, again.unit_id)] == [False, True]
    assert assessment.best_attempts(cast.lin_teacher.pk, [again.unit_id])[again.unit_id].is_passed
    with pytest.raises(Refused):
        keep(cast, old("passed", "100"), attempt=1)
    with pytest.raises(Refused):
        keep(cast, old("passed", "100"), attempt=9)


@pytest.mark.parametrize(
    "items", [{"nobody": {"content": {}}}, {"one": []}, {"one": {"content": "x"}}, {"one": {"content": {"state": "x" * 300_000}}}]
)
def test_a_report_that_does_not_fit_is_refused(cast, items):
    report = assessment.Report(1, items)
    with pytest.raises(Refused):
        assessment.keep_items(actor=cast.lin, unit_id=cast.packages["scorm12"].pk, report=report, now=NOW)
    assert not PackageState.everywhere.exists()


def test_only_what_belongs_to_a_report_is_kept_and_cmi5_not_at_all(cast):
    state = keep(cast, {**h5p(completion=True), "cmi5": {"passed": True}, "evil": 1}, standard="h5p")
    assert set(state.items["content"]["content"]) == {"result"}
    with pytest.raises(Refused):
        keep(cast, {"cmi5": {"passed": True}}, standard="cmi5")


def test_a_stranger_reports_nothing(cast):
    stranger = enrolling.actor_of(Role.TEACHER, cast.elsewhere, enrolling.teachers(cast.elsewhere, 1)[0])
    for actor, why in ((cast.wu, NotAllowed), (stranger, NotInScope)):
        with pytest.raises(why):
            keep(cast, old("passed", "100"), actor=actor)
    assert not PackageState.everywhere.exists()
