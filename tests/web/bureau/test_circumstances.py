"""Pages of circumstances and results: a school proposes, the county grants, a list is pasted, a file is imported, the record tells it."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import crediting, enrolling
from xingtan.domains.assessment.models import ExamResult
from xingtan.domains.circumstances.models import Circumstance
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")
LEAVE = {"what": "leave:maternity", "from_on": "2026-11-10", "to_on": "2027-04-20", "ground": "产假审批表"}
YEAR = "?year=2026"


@pytest.fixture
def cast(db):
    made = crediting.build()
    made.more = enrolling.teachers(made.school, 3)
    box = import_module("xingtan.domains.teachers.queries").NUMBER_BOX
    Teacher.everywhere.filter(pk=made.lin_teacher.pk).update(number_index=box.index("NUMBERLIN"))
    return made


def client(actor, language="en"):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = language
    return made


def exported(response):
    """The rows of a workbook that was answered, headings first; it closes when it is read to its end."""
    return CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()


def add(cast, actor, **more):
    return client(actor).post(reverse("bureau:circumstances_add") + YEAR, {**LEAVE, "people": cast.lin_teacher.name, **more})


def test_a_school_proposes_the_county_grants_and_the_record_defers(cast):
    assert add(cast, cast.chen).status_code == 302
    row = Circumstance.everywhere.get()
    page = client(cast.zhou).get(reverse("bureau:circumstances") + YEAR)
    assert page.context["may_grant"]
    assert b"Maternity leave" in page.content
    assert not client(cast.chen).get(reverse("bureau:circumstances") + YEAR).context["may_grant"]
    decided = client(cast.zhou).post(reverse("bureau:circumstances_decide") + YEAR, {"ids": [row.public_id], "outcome": "granted"})
    assert (decided.status_code, Circumstance.everywhere.get().state) == (302, "granted")
    for address in (reverse("trainee:record"), reverse("trainee:home")):
        assert client(cast.lin).get(address).status_code == 200
    record = client(cast.lin).get(reverse("trainee:record")).content.decode()
    assert "Deferred" in record
    assert "Maternity leave" in record


def test_a_refusal_without_a_reason_comes_back_with_the_sentence(cast):
    add(cast, cast.chen)
    row = Circumstance.everywhere.get()
    answer = client(cast.zhou).post(reverse("bureau:circumstances_decide") + YEAR, {"ids": [row.public_id], "outcome": "refused"})
    assert (answer.status_code, Circumstance.everywhere.get().state) == (409, "proposed")
    assert b"Say why" in answer.content


def test_lines_that_name_nobody_are_shown_first_and_the_others_recorded_on_demand(cast):
    lines = f"{cast.lin_teacher.name}\n谁也不是\n{cast.more[0].name}"
    answer = add(cast, cast.zhou, people=lines)
    assert (answer.status_code, answer.context["found"], Circumstance.everywhere.count()) == (422, 2, 0)
    assert add(cast, cast.zhou, people=lines, found_only="1").status_code == 302
    assert Circumstance.everywhere.filter(state="granted").count() == 2
    again = add(cast, cast.zhou, people=lines, what="leave:sick")
    assert [text for text, _ in again.context["problems"]] == ["谁也不是", cast.lin_teacher.name, cast.more[0].name]


def test_a_whole_school_has_the_village_grant(cast):
    village = {"what": "village", "from_on": "2026-07-01", "to_on": "2027-06-30", "people": "", "school": cast.school.name}
    assert add(cast, cast.zhou, **village).status_code == 302
    assert Circumstance.everywhere.filter(name="village").count() == 4
    assert add(cast, cast.zhou, **village).status_code == 302
    assert Circumstance.everywhere.count() == 4
    assert add(cast, cast.zhou, **village | {"school": cast.elsewhere.name}).status_code == 409
    assert add(cast, cast.zhou, people="", school="").status_code == 409


def test_a_document_is_kept_and_read_by_those_it_concerns(cast):
    paper = SimpleUploadedFile("批复.pdf", b"%PDF-1.4 paper", content_type="application/pdf")
    assert add(cast, cast.chen, document=paper).status_code == 302
    address = reverse("public:file", args=[Circumstance.everywhere.get().document.public_id])
    found = {name: client(getattr(cast, name)).get(address) for name in ("chen", "zhou", "lin", "wu", "stranger")}
    assert {b"".join(one.streaming_content) for one in found.values() if one.streaming} == {b"%PDF-1.4 paper"}
    assert {name: answer.status_code for name, answer in found.items()} == {
        "chen": 200,
        "zhou": 200,
        "lin": 200,
        "wu": 404,
        "stranger": 404,
    }
    bad = SimpleUploadedFile("批复.exe", b"MZ", content_type="application/pdf")
    assert add(cast, cast.chen, document=bad, people=cast.more[0].name).status_code == 422


def test_one_ends_earlier_and_is_withdrawn(cast):
    add(cast, cast.zhou)
    pid = Circumstance.everywhere.get().public_id
    office = client(cast.zhou)
    assert office.get(reverse("bureau:circumstance", args=[pid])).status_code == 200
    assert office.post(reverse("bureau:circumstance_end", args=[pid]), {"last_on": "2027-09-01", "reason": "返岗"}).status_code == 409
    assert office.post(reverse("bureau:circumstance_end", args=[pid]), {"last_on": "2027-01-05", "reason": "返岗"}).status_code == 302
    assert client(cast.chen).post(reverse("bureau:circumstance_withdraw", args=[pid]), {"reason": "误"}).status_code == 409
    assert office.post(reverse("bureau:circumstance_withdraw", args=[pid]), {"reason": ""}).status_code == 422
    assert office.post(reverse("bureau:circumstance_withdraw", args=[pid]), {"reason": "误登"}).status_code == 302
    assert client(cast.stranger).get(reverse("bureau:circumstance", args=[pid])).status_code == 404


def test_the_list_is_filtered_exported_and_asks_no_more_for_more_rows(cast):
    office = client(cast.zhou)
    add(cast, cast.zhou)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            office.get(reverse("bureau:circumstances") + YEAR)
        return len(seen)

    cost()
    one = cost()
    add(cast, cast.zhou, people="\n".join(each.name for each in cast.more))
    assert cost() <= one
    for query, n in (("&what=leave", 4), ("&what=leave:sick", 0), ("&state=refused", 0), (f"&q={cast.lin_teacher.name}", 1)):
        assert office.get(reverse("bureau:circumstances") + YEAR + query).context["list"].total == n
    assert len(exported(office.get(reverse("bureau:circumstances") + YEAR + "&export=xlsx&sort=-from"))) == 5


def test_results_are_entered_imported_and_corrected(cast):
    office, sheet = client(cast.mei), reverse("bureau:results") + YEAR
    one = {"person": cast.lin_teacher.name, "test": "exam", "state": "final", "score": "58.5", "sitting": "1"}
    assert office.post(reverse("bureau:results_enter") + YEAR, one).status_code == 302
    assert office.post(reverse("bureau:results_enter") + YEAR, one | {"score": "61"}).status_code == 409
    assert office.post(reverse("bureau:results_enter") + YEAR, one | {"person": "谁也不是"}).status_code == 422
    content = f"身份证件号码,姓名,成绩\nNUMBERLIN,{cast.lin_teacher.name},61\nNOBODY,谁,70\n".encode()
    sent = office.post(reverse("bureau:results_upload") + YEAR, {"file": SimpleUploadedFile("成绩.csv", content), "test": "exam"})
    preview = office.get(sent["Location"])
    assert (preview.context["changed_count"], preview.context["wrong_count"]) == (1, 1)
    mend, commit = (sent["Location"].replace("/?", f"/{tail}?") for tail in ("mend.xlsx", "enter/"))
    assert exported(office.get(mend))[1][0] == "NOBODY"
    assert office.post(commit).status_code == 409
    assert office.post(commit, {"reason": "复核"}).status_code == 302
    assert ExamResult.everywhere.get(superseded_at=None).score_centi == 61_00
    assert "61.00" in client(cast.lin).get(reverse("trainee:record")).content.decode()
    assert office.get(sheet + "&test=exam").context["list"].total == 1
    assert client(cast.chen).get(sheet).context["form"] is None
    assert client(cast.stranger).get(sheet).context["list"].total == 0


def test_a_file_that_is_none_is_refused_on_the_form(cast):
    file = SimpleUploadedFile("成绩.csv", b"a,b\n1,2\n")
    answer = client(cast.mei).post(reverse("bureau:results_upload") + YEAR, {"file": file, "test": "exam"})
    assert answer.status_code == 422
    assert "身份证件号码" in answer.content.decode()
