"""A cmi5 unit over the site's own record store: launched, its token given once, what it said read back and judged."""

from __future__ import annotations

import json
from types import SimpleNamespace
from urllib.parse import parse_qs
from uuid import uuid4

import pytest

from tests import enrolling, studying
from xingtan.config.demo import packages as demo
from xingtan.domains.assessment import api as assessment
from xingtan.domains.assessment.models import PackageState, QuizAttempt
from xingtan.domains.assessment.packages import cmi5
from xingtan.domains.courses import api as courses
from xingtan.domains.courses.models import Unit
from xingtan.domains.statements import api as statements
from xingtan.domains.statements import taking
from xingtan.domains.statements.models import Statement
from xingtan.domains.statements.storing import settle
from xingtan.foundation.events.models import Event
from xingtan.foundation.refusal import NotInScope

NOW = enrolling.LATER
PLACE = assessment.Place("http://localhost/xapi/", "http://localhost/content/x/~/fetch/", "http://127.0.0.1/my/study/")


pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(monkeypatch):
    """Lin with a package of each standard; the record store settles each post within the test's own transaction."""
    monkeypatch.setattr(taking.COMMITTER, "submit", lambda post: settle([post])[0])
    cast = studying.build()
    course = demo.add_package_course(actor=cast.staff, provider_id=cast.provider.pk, now=NOW)
    for place, unit in enumerate(Unit.objects.filter(course=course).order_by("place"), 20):
        unit.course_id, unit.place = cast.offers["A"].course_id, place
        unit.save()
    units = Unit.objects.filter(kind=courses.UnitKind.PACKAGE).select_related("package")
    cast.packages = {unit.package.standard: unit for unit in units}
    return cast


def launch(cast):
    """The launch as the unit sees it, and who speaks with its token."""
    unit = cast.packages["cmi5"]
    key = unit.package.facts["items"][0]["key"]
    query = assessment.launch_unit(actor=cast.lin, unit_id=unit.pk, item=key, place=PLACE, now=NOW)
    given = {name: values[0] for name, values in parse_qs(query).items()}
    token = assessment.token_of_fetch(given["fetch"].removeprefix(PLACE.fetch), NOW)
    sender = statements.authenticate(f"Basic {token}", NOW.timestamp())
    return SimpleNamespace(unit=unit, given=given, sender=sender)


def say(one, verb, **result):
    """The unit writes a statement that cmi5 defines."""
    told = json.loads(data_of(one).content)
    context = told["contextTemplate"] | {"registration": one.given["registration"]}
    context["contextActivities"] = {**context["contextActivities"], "category": [{"id": cmi5.CATEGORY}]}
    statement = {
        "id": str(uuid4()),
        "actor": json.loads(one.given["actor"]),
        "verb": {"id": cmi5.VERBS[verb]},
        "object": {"id": one.given["activityId"]},
        "context": context,
        "result": result,
    }
    body = json.dumps(statement).encode()
    statements.receive(statements.Received(one.sender, statements.Version.V1, "POST", None, "application/json", body))


def data_of(one):
    agent = statements.identity(json.loads(one.given["actor"]))
    shelf = statements.Shelf(statements.DocumentKind.STATE, 0, one.given["activityId"], agent)
    return statements.document_at(statements.Place(shelf, cmi5.LAUNCH_DATA, one.sender.registration))


def verbs():
    found = Statement.objects.order_by("id").values_list("content", flat=True)
    return [json.loads(text)["verb"]["id"].rpartition("/")[2] for text in found]


def refreshed(cast, unit):
    return assessment.refresh_launched(teacher_id=cast.lin_teacher.pk, unit_id=unit.pk, now=NOW)


def test_a_launch_stands_in_the_record_store_and_its_token_is_given_once(cast):
    one = launch(cast)
    assert verbs() == ["launched"]
    assert one.given["endpoint"] == PLACE.store
    told = json.loads(bytes(data_of(one).content))
    assert (told["moveOn"], told["masteryScore"], told["launchMode"]) == ("CompletedAndPassed", 0.8, "Normal")
    assert told["returnURL"] == PLACE.back
    assert assessment.token_of_fetch(one.given["fetch"].removeprefix(PLACE.fetch), NOW) is None
    assert assessment.token_of_fetch("nonsense", NOW) is None


def test_what_the_unit_says_is_judged_once(cast):
    one = launch(cast)
    say(one, "initialized")
    assert refreshed(cast, one.unit).is_complete is False
    say(one, "completed")
    say(one, "passed", success=True, score={"scaled": 0.85})
    state = refreshed(cast, one.unit)
    assert (state.is_complete, state.is_passed, state.score) == (True, True, 85)
    assert refreshed(cast, one.unit).version == state.version
    assert QuizAttempt.everywhere.get(unit=one.unit).score == 85
    assert verbs() == ["launched", "initialized", "completed", "passed", "satisfied"]


def test_a_session_that_never_ended_is_given_up_at_the_next_launch(cast):
    say(launch(cast), "initialized")
    one = launch(cast)
    say(one, "terminated")
    launch(cast)
    assert verbs() == ["launched", "initialized", "abandoned", "launched", "terminated", "launched"]


def test_only_a_unit_of_the_package_is_launched(cast):
    with pytest.raises(NotInScope):
        assessment.launch_unit(actor=cast.lin, unit_id=cast.packages["cmi5"].pk, item="other", place=PLACE, now=NOW)


def test_what_scorm_reports_stands_in_the_record_store_once(cast):
    content = {"cmi": {"core": {"lesson_status": "passed", "score": {"raw": "90"}}}}
    report = assessment.Report(1, {"one": {"base": 0, "content": content}})
    for _ in range(2):
        assessment.keep_items(actor=cast.lin, unit_id=cast.packages["scorm12"].pk, report=report, now=NOW)
    (event,) = Event.objects.filter(name="assessment.package_reported")
    assert (event.payload["state"], len(event.payload["results"])) == (PackageState.everywhere.get().pk, 1)
    for _ in range(2):
        assessment.state_reported(event.payload, NOW)
        assert verbs() == ["passed"]
