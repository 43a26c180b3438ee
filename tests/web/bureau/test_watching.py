"""Pages of anomalies and of the live view: what each role sees and does, out of scope is not there, queries do not grow."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import anomalous, crediting, enrolling
from xingtan.domains.anomalies.models import Concern
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.learning.models import UnitProgress
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")
WORDS = "同一台设备上午十点三人同时在学。"


@pytest.fixture
def cast():
    made = anomalous.build()
    supervision.follow_selections({"selections": list(CourseSelection.everywhere.values_list("pk", flat=True))}, timezone.now())
    return made


@pytest.fixture
def case(cast):
    return anomalous.shared(cast)


def client(actor):
    found = Client()
    found.force_login(Account.objects.get(pk=actor.account_id))
    return found


def page(actor, path):
    answer = client(actor).get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def workbook(actor, path):
    return b"".join(client(actor).get(path).streaming_content)


def ids(case, *teachers):
    return [one.pk for one in Concern.everywhere.filter(case=case) if not teachers or one.teacher_id in {who.pk for who in teachers}]


def test_the_queue_shows_a_case_its_people_and_its_evidence(cast, case):
    shown = page(cast.zhou, "/bureau/anomalies/")
    assert cast.lin_teacher.name in shown
    assert '<svg class="x-an-strip"' in shown
    assert page(cast.zhou, f"/bureau/anomalies/?panel=1&entry={case.public_id}").count("x-an-evidence") == 1
    assert cast.lin_teacher.name not in page(cast.zhou, "/bureau/anomalies/?q=nobody")
    assert cast.lin_teacher.name not in page(cast.chen, "/bureau/anomalies/")
    assert workbook(cast.zhou, "/bureau/anomalies/?export=xlsx")


def test_out_of_the_branch_a_case_is_not_there(cast, case):
    assert client(cast.stranger).get(f"/bureau/anomalies/{case.public_id}/").status_code == 404
    assert client(cast.chen).get(f"/bureau/anomalies/{case.public_id}/").status_code == 404
    assert client(cast.lin).get(f"/my/questions/{case.public_id}/").status_code == 404
    assert (
        client(cast.stranger)
        .post("/bureau/anomalies/decide/", {"ids": case.public_id, "outcome": "let_stand", "reason_code": "technical"})
        .status_code
        == 404
    )


def test_a_decision_without_its_reason_comes_back_with_the_sentence(cast, case):
    answer = client(cast.zhou).post("/bureau/anomalies/decide/", {"ids": case.public_id, "outcome": "set_aside"})
    assert (answer.status_code, Concern.everywhere.filter(state="found").count()) == (409, 3)
    assert client(cast.supervisor).post("/bureau/anomalies/decide/", {"ids": case.public_id}).status_code == 403


def test_the_county_asks_the_teacher_answers_the_county_decides_the_city_hears_the_appeal(cast, case):
    county, lin, city = client(cast.zhou), client(cast.lin), client(cast.city_officer)
    asked = {"one": case.public_id, "concerns": ids(case, cast.lin_teacher), "outcome": "ask", "words": "请说明当天的情况。"}
    assert county.post("/bureau/anomalies/decide/", asked).status_code == 302
    own = page(cast.lin, f"/my/questions/{case.public_id}/")
    assert "请说明当天的情况。" in own
    assert cast.colleagues[1].name not in own
    assert lin.post(f"/my/questions/{case.public_id}/answer/", {"words": "x"}).status_code == 422
    assert lin.post(f"/my/questions/{case.public_id}/answer/", {"words": "当天在机房集中学习。"}).status_code == 302
    aside = asked | {"outcome": "set_aside", "reason_code": "by_others", "words": WORDS}
    assert county.post("/bureau/anomalies/decide/", aside).status_code == 302
    assert lin.post(f"/my/questions/{case.public_id}/appeal/", {"words": "我本人在学习。"}).status_code == 302
    address = f"/bureau/anomalies/{case.public_id}/appeals/{ids(case, cast.lin_teacher)[0]}/"
    decided = {"outcome": "accept", "words": "证据不足，予以恢复。"}
    assert county.post(address, decided).status_code == 403
    assert "/appeals/" in page(cast.city_officer, f"/bureau/anomalies/{case.public_id}/")
    assert city.post(address, decided).status_code == 302
    assert Concern.everywhere.get(pk=ids(case, cast.lin_teacher)[0]).state == "lifted"
    assert cast.lin_teacher.name in page(cast.chen, "/bureau/anomalies/?tab=stands")
    assert "证据不足，予以恢复。" in page(cast.lin, f"/my/questions/{case.public_id}/")
    assert case.public_id in page(cast.lin, "/my/questions/")


def live(cast):
    return f"/bureau/live/{cast.project.public_id}/"


def test_the_live_view_opens_for_each_in_the_own_part(cast):
    for actor in (cast.mei, cast.zhou, cast.chen, cast.staff, cast.supervisor):
        assert "x-live-svg" in page(actor, live(cast))
    assert cast.others[0].name not in page(cast.chen, f"{live(cast)}?state=")
    assert client(enrolling.actor_of("provider_staff", cast.second)).get(live(cast)).status_code == 404
    assert client(cast.zhou).get(f"{live(cast)}?branch={cast.elsewhere.public_id}").status_code == 404
    assert workbook(cast.zhou, f"{live(cast)}?export=xlsx")
    assert client(cast.zhou).get("/bureau/live/").status_code == 302


def test_refreshing_brings_the_figures_alone_and_can_be_stopped(cast):
    assert "hx-trigger" in page(cast.zhou, live(cast))
    assert "hx-trigger" not in page(cast.zhou, f"{live(cast)}?still=1")
    part = client(cast.zhou).get(live(cast), headers={"HX-Request": "true", "HX-Target": "live-figures"}).content.decode()
    assert ("<html" in part, "x-stats" in part) == (False, True)


def test_who_studies_now_is_shown(cast):
    anomalous.study(cast, cast.lin_teacher, anomalous.ON, 8, 60)
    UnitProgress.objects.update(changed_at=int(timezone.now().timestamp()) - 30)
    supervision.refresh(cast.project.pk, [cast.lin_teacher.pk], timezone.now())
    assert cast.lin_teacher.name in page(cast.zhou, f"{live(cast)}?state=now")


def test_the_ticked_are_reminded_and_a_stranger_is_not_there(cast):
    school = client(cast.chen)
    assert school.post(f"{live(cast)}remind/", {"ids": cast.lin_teacher.public_id}).status_code == 302
    assert school.post(f"{live(cast)}remind/", {"ids": cast.far.public_id}).status_code == 404
    assert school.post(f"{live(cast)}remind/", {}).status_code == 409
    assert client(cast.supervisor).post(f"{live(cast)}remind/", {"ids": cast.lin_teacher.public_id}).status_code == 403


def test_pages_ask_as_often_for_many_as_for_few(cast, case):
    def queries(path):
        who = client(cast.mei)
        who.get(path)
        with CaptureQueriesContext(connection) as counted:
            assert who.get(path).status_code == 200
        return len(counted)

    paths = (live(cast), f"{live(cast)}?state=&by=class", "/bureau/anomalies/")
    few = [queries(path) for path in paths]
    more = enrolling.teachers(cast.school, 45)
    crediting.register(cast, more)
    supervision.refresh(cast.project.pk, [one.pk for one in more], timezone.now())
    for device in ("e", "f", "g"):
        for teacher in more[:12]:
            anomalous.study(cast, teacher, anomalous.ON + anomalous.timedelta(days=1), 9, 60, device=device * 32)
    anomalous.anomalies.look(timezone.now())
    assert [queries(path) for path in paths] == few
