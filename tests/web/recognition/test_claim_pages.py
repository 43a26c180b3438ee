"""Pages of claims: the teacher declares with documents, sees the cap before, the school decides; a platform's file is previewed and mended."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import recognising
from xingtan.domains.recognition.models import Claim
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")
YEAR = "?year=2026"
LESSON = {"title": "公开课《荷花》", "organiser": "区教研室", "happened_on": "2026-11-18", "amount": "2"}


@pytest.fixture
def cast(db):
    made = recognising.build()
    box = import_module("xingtan.domains.teachers.queries").NUMBER_BOX
    Teacher.everywhere.filter(pk=made.lin_teacher.pk).update(number_index=box.index("NUMBERLIN"))
    return made


def client(actor, language="en"):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = language
    return made


def pdf(name="证明.pdf", content=recognising.PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def declare(cast, way="open_lesson", **more):
    address = reverse("trainee:claim_new") + f"{YEAR}&way={way}"
    return client(cast.lin).post(address, {**LESSON, "proof-certificate": pdf(), **more})


def test_a_teacher_declares_and_the_school_recognises(cast):
    kinds = client(cast.lin).get(reverse("trainee:claim_new") + YEAR)
    assert {one.code for one, *_ in kinds.context["ways"]} == {"open_lesson", "paper", "contest", "elsewhere"}
    form = client(cast.lin).get(reverse("trainee:claim_new") + YEAR + "&way=open_lesson")
    assert b"At most 6.00 hours a year count" in form.content
    assert declare(cast).status_code == 302
    made = Claim.everywhere.get()
    page = client(cast.chen).get(reverse("bureau:claim", args=[made.public_id]))
    assert (page.context["outlook"].counts, page.context["may_decide"]) == (2_00, True)
    assert not client(cast.supervisor).get(reverse("bureau:claim", args=[made.public_id])).context["may_decide"]
    done = client(cast.chen).post(reverse("bureau:claims_decide") + YEAR, {"ids": [made.public_id], "outcome": "recognised"})
    assert (done.status_code, Claim.everywhere.get().state) == (302, "recognised")
    mine = client(cast.lin, "zh-hans").get(reverse("trainee:claims"))
    assert "公开课《荷花》" in mine.content.decode()
    file_id = page.context["documents"][0][1].file.public_id
    assert client(cast.lin).get(reverse("public:file", args=[file_id])).status_code == 200
    other = recognising.enrolling.actor_of("teacher", cast.school, cast.ma)
    assert client(other).get(reverse("public:file", args=[file_id])).status_code == 404
    assert client(other).get(reverse("trainee:claim", args=[made.public_id])).status_code == 404


@pytest.mark.parametrize(
    ("more", "status"),
    [({"amount": "0"}, 422), ({"amount": "21"}, 409), ({"happened_on": "2025-01-01"}, 409), ({"proof-certificate": pdf("x.exe")}, 422)],
)
def test_what_is_wrong_keeps_the_form(cast, more, status):
    answer = declare(cast, **more)
    assert (answer.status_code, Claim.everywhere.exists()) == (status, False)
    assert "公开课《荷花》" in answer.content.decode()


def test_the_list_is_filtered_and_exported(cast):
    recognising.claim(cast)
    recognising.claim(cast, way="contest", title="区教学竞赛")
    zhou = client(cast.zhou)
    assert zhou.get(reverse("bureau:claims") + YEAR + "&way=contest&sort=name").context["list"].total == 1
    assert len(b"".join(zhou.get(reverse("bureau:claims") + YEAR + "&export=xlsx").streaming_content)) > 1000
    assert client(cast.chen).get(reverse("bureau:claims") + YEAR + "&state=claimed").context["list"].total == 2


def platform_file(rows):
    head = "证件号码,姓名,课程名称,学时,完成日期,证书编号\n"
    return SimpleUploadedFile("平台.csv", (head + "\n".join(rows) + "\n").encode())


def test_a_platforms_file_is_previewed_mended_and_brought_in_once(cast):
    name, chen = cast.lin_teacher.name, client(cast.chen)
    good = f"NUMBERLIN,{name},师德专题,12.5,2026-11-01,NP-1"
    rows = [
        good,
        f"NUMBERLIN,{name},再来一次,十,2026-11-01,NP-2",
        "NOBODY,路人甲,专题,2,2026-11-01,NP-3",
        f"NUMBERLIN,{name},太早,2,2025-01-01,NP-4",
    ]
    sent = chen.post(reverse("bureau:platform") + YEAR, {"file": platform_file(rows)})
    assert sent.status_code == 302
    pid = sent.url.split("/")[-2]
    page = chen.get(sent.url)
    assert (page.context["new_count"], page.context["wrong_count"]) == (1, 3)
    mended = chen.get(reverse("bureau:platform_mend", args=[pid]) + YEAR)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(mended.streaming_content))).get_sheet_by_index(0).to_python()
    assert len(book) >= 4
    for _time in range(2):
        assert chen.post(reverse("bureau:platform_commit", args=[pid]) + YEAR).status_code == 302
    assert [(one.amount_centi, one.worth_centi, one.state) for one in Claim.everywhere.all()] == [(12_50, 12_50, "recognised")]
    again = chen.post(reverse("bureau:platform") + YEAR, {"file": platform_file([f"NUMBERLIN,{name},师德专题,99,2026-11-01,NP-1"])})
    assert again.status_code == 302
    assert chen.get(again.url).context["wrong_count"] == 1
    assert chen.post(reverse("bureau:platform") + YEAR, {"file": SimpleUploadedFile("x.csv", b"a,b\n")}).status_code == 422
    assert client(cast.zhou).get(reverse("bureau:platform_preview", args=[pid]) + YEAR).status_code == 404
