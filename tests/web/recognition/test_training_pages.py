"""Pages of school-run training: declare, approve, meet, key in, convert, enter, review; the inspection folder."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import recognising
from xingtan.domains.credits.models import EntryState
from xingtan.domains.recognition import api as room
from xingtan.domains.recognition.models import Attendance, Claim, Document, Meeting, Training
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import open_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")
YEAR = "?year=2026"


@pytest.fixture
def cast(db):
    return recognising.build()


def client(actor, language="en"):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = language
    return made


def pdf(name="方案.pdf", content=recognising.PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def declared(cast, **more):
    # The pages ask the clock of the day; the training lies around it.
    year = cast.year
    first = min(max(recognising.FIRST, year.first_on), year.last_on)
    form = {
        "way": "school_training", "title": "语文组磨课", "ground": "规划第三条", "planned": "6", "first_on": first, "last_on": recognising.LAST,
        "people": [cast.lin_teacher.pk, cast.ma.pk], "proof-plan": pdf(), **more,
    }  # fmt: skip
    return client(cast.chen).post(reverse("bureau:training_new") + YEAR, {key: value for key, value in form.items() if value != ""})


def test_a_training_walks_from_the_declaration_to_the_review(cast):
    assert declared(cast).status_code == 302
    one = Training.everywhere.get()
    zhou, chen = client(cast.zhou), client(cast.chen)
    assert zhou.get(reverse("bureau:trainings") + YEAR).context["may_decide"]
    decided = zhou.post(reverse("bureau:trainings_decide") + YEAR, {"ids": [one.public_id], "outcome": "approved"})
    assert (decided.status_code, Training.everywhere.get().state) == (302, "approved")
    there = {"on": recognising.DAY, "begins": "09:00", "ends": "11:00", "topic": "同课异构"}
    assert chen.post(reverse("bureau:training_meeting", args=[one.public_id]), there).status_code == 302
    meeting = Meeting.objects.get()
    minutes = {f"minutes-{cast.lin_teacher.pk}": "120", f"minutes-{cast.ma.pk}": ""}
    assert chen.post(reverse("bureau:meeting", args=[meeting.public_id]), minutes).status_code == 302
    assert chen.post(reverse("bureau:training_convert", args=[one.public_id])).status_code == 302
    recognising.told(Claim.everywhere.all())
    entered = chen.post(reverse("provider:enter_now"), {"year": "2026", "all": "1"})
    assert (entered.status_code, EntryState.everywhere.get().state) == (302, "entered")
    page = client(cast.he).get(reverse("school:entries") + YEAR)
    assert "语文组磨课" in page.content.decode()
    shown = chen.get(reverse("bureau:training", args=[one.public_id]))
    assert (shown.status_code, shown.context["people"][0]["centi"] + shown.context["people"][1]["centi"]) == (200, 2_00)


@pytest.mark.parametrize(
    ("more", "status", "says"),
    [
        ({"proof-plan": ""}, 422, "Hand in this document: "),
        ({"proof-plan": pdf("virus.exe")}, 422, "hand in PDF"),
        ({"proof-plan": pdf(content=b"MZ")}, 409, ""),
        ({"people": []}, 422, "Nobody is named"),
        ({"planned": "0"}, 422, ""),
    ],
)
def test_a_declaration_that_is_wrong_says_so(cast, more, status, says):
    answer = declared(cast, **more)
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert not Training.everywhere.exists()


def test_every_fault_of_a_declaration_is_told_at_once_beside_its_field(cast):
    address = reverse("bureau:training_new") + YEAR
    form = client(cast.chen).get(address).content.decode()
    span = f'min="{cast.year.first_on.isoformat()}" max="{cast.year.last_on.isoformat()}"'
    assert form.count(span) == 2
    assert 'name="proof-plan" multiple accept=".pdf,.png,.jpg,.jpeg,.xlsx" required' in form
    answer = declared(cast, first_on=cast.year.first_on - timedelta(days=1), people=[], **{"proof-plan": ""})
    text = answer.content.decode()
    assert (answer.status_code, Training.everywhere.exists()) == (422, False)
    assert list(answer.context["form"].errors) == ["first_on"]
    assert all(said in text for said in ("lie within the training year", "Nobody is named", "Hand in this document: "))
    swapped = declared(cast, first_on=recognising.LAST, last_on=recognising.FIRST)
    assert (swapped.status_code, list(swapped.context["form"].errors)) == (422, ["last_on"])


def test_attendance_by_file_and_names_that_mean_nobody(cast):
    one = recognising.approved(cast)
    meeting = recognising.meet(cast, one)
    address = reverse("bureau:meeting_file", args=[meeting.public_id])
    good = f"姓名,分钟\n{cast.lin_teacher.name},90\n{cast.ma.name},\n".encode()
    chen = client(cast.chen)
    bad = chen.post(address, {"file": SimpleUploadedFile("签到.csv", good + "路人甲,10\n".encode())})
    assert (bad.status_code, Attendance.objects.count()) == (422, 0)
    assert "路人甲" in bad.content.decode()
    assert chen.post(address, {"file": SimpleUploadedFile("签到.csv", good)}).status_code == 302
    assert sorted(Attendance.objects.values_list("minutes", "presence")) == [(90, "file"), (120, "file")]


def test_who_was_elsewhere_is_named(cast):
    one, other = recognising.approved(cast), recognising.approved(cast, title="数学组")
    recognising.attend(cast, recognising.meet(cast, one), {cast.lin_teacher: 60})
    clash = recognising.meet(cast, other, hours=(10, 12))
    answer = client(cast.chen).post(reverse("bureau:meeting", args=[clash.public_id]), {f"minutes-{cast.lin_teacher.pk}": "60"})
    assert (answer.status_code, cast.lin_teacher.name in answer.content.decode()) == (409, True)


def test_sign_in_sheets_are_printed(cast):
    one = recognising.approved(cast)
    recognising.meet(cast, one)
    answer = client(cast.chen).get(reverse("bureau:training_sheets", args=[one.public_id]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"


def test_the_list_is_filtered_exported_and_empty(cast):
    recognising.declare(cast)
    page = client(cast.zhou).get(reverse("bureau:trainings") + YEAR + "&q=语文&state=declared&sort=-first")
    assert page.context["list"].total == 1
    assert client(cast.zhou).get(reverse("bureau:trainings") + YEAR + "&q=没有").context["list"].total == 0
    exported = client(cast.zhou).get(reverse("bureau:trainings") + YEAR + "&export=xlsx")
    assert len(b"".join(exported.streaming_content)) > 1000
    assert client(cast.stranger).get(reverse("bureau:training", args=[Training.everywhere.get().public_id])).status_code == 404


def test_one_click_packs_the_folder_with_what_is_missing(cast):
    one = recognising.approved(cast)
    recognising.attend(cast, recognising.meet(cast, one), {cast.lin_teacher: 60})
    room.add_papers(
        actor=cast.chen, training_id=one.pk, papers=[("photograph", recognising.paper(cast, name="照片.pdf"))], now=recognising.NOW
    )
    answer = client(cast.zhou).post(reverse("bureau:training_folder", args=[one.public_id]))
    assert answer.status_code == 302
    done = run_job(Job.everywhere.get().pk)
    assert (done.state, done.result["missing"]) == ("done", 6)
    with open_file(StoredFile.everywhere.get(public_id=done.result["file"])) as source, zipfile.ZipFile(BytesIO(source.read())) as archive:
        names = archive.namelist()
        index = archive.read("目录.html").decode()
    assert names[:2] == ["目录.html", "检查表.xlsx"]
    assert {"02-方案/方案.pdf", "03-名单/名单.xlsx", "05-签到/签到.xlsx", "06-照片/照片.pdf", "12-操作记录/操作记录.xlsx"} <= set(names)
    assert "缺少：通知、材料、成果与学时、简报、经费、评价" in index
    assert Document.objects.filter(training=one, code="folder").count() == 1
    assert b"Download" in client(cast.zhou).get(reverse("public:job", args=[done.public_id])).content


def test_a_projects_folder_holds_its_roster_and_offers(cast):
    answer = client(cast.zhou).post(reverse("bureau:project_folder", args=[cast.project.public_id]))
    assert answer.status_code == 302
    done = run_job(Job.everywhere.get().pk)
    assert done.state == "done", done.result
    with open_file(StoredFile.everywhere.get(public_id=done.result["file"])) as source, zipfile.ZipFile(BytesIO(source.read())) as archive:
        assert {"02-方案/课程与工作坊.xlsx", "03-名单/名单.xlsx"} <= set(archive.namelist())


def test_the_day_of_check_in(cast):
    one = recognising.approved(cast, last_on=recognising.LAST + timedelta(days=1))
    recognising.meet(cast, one)
    page = client(cast.lin).post(reverse("trainee:check_in"), {"code": "222222"})
    assert page.status_code == 409
