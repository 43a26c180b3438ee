"""Study groups and kits on the county's, the school's and the teacher's pages."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import kitting
from xingtan.domains.kits import api as kits
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(db):
    return kitting.build()


@pytest.fixture
def zhou(client, cast):
    client.force_login(Account.objects.get(pk=cast.zhou.account_id))
    return client


def test_the_county_grants_a_group_on_the_page(zhou, cast):
    given = {
        "name": "西塘教学点", "place": "青山小学", "people": f"{cast.lin_teacher.name}\n{cast.mao.name}", "leader": cast.mao.name, "weekdays": ["5"],
        "from_at": "09:00", "to_at": "11:30", "first_on": "2026-11-21", "last_on": "2026-12-19", "mode": "township",
    }  # fmt: skip
    answer = zhou.post(reverse("bureau:group_new") + "?year=2026", given)
    made = kits.StudyGroup.everywhere.get(name="西塘教学点")
    assert answer["Location"] == reverse("bureau:group", args=[made.public_id])
    assert (made.place_id, made.leader_id, len(kits.times_of(made))) == (cast.second.pk, cast.mao.pk, 5)
    assert "西塘教学点" in zhou.get(reverse("bureau:groups") + "?year=2026").content.decode()


@pytest.mark.parametrize(("changed", "status"), [({"people": "没有这个人"}, 422), ({"to_at": "08:00"}, 409), ({"weekdays": []}, 422)])
def test_a_form_with_a_mistake_says_so(zhou, cast, changed, status):
    given = {
        "name": "西塘教学点", "place": "西塘", "people": cast.mao.name, "leader": cast.mao.name, "weekdays": ["5"], "from_at": "09:00",
        "to_at": "11:30", "first_on": "2026-11-21", "last_on": "2026-12-19", "mode": "township",
    }  # fmt: skip
    assert zhou.post(reverse("bureau:group_new") + "?year=2026", given | changed).status_code == status
    assert kits.StudyGroup.everywhere.count() == 1


def test_a_kit_is_made_downloaded_and_its_file_gone_once_it_was_heard_of(zhou, cast, django_capture_on_commit_callbacks):
    zhou.post(reverse("bureau:kit_make", args=[cast.group.public_id]))
    run_job(Job.everywhere.get().pk)
    kit = kits.Kit.everywhere.get()
    answer = zhou.get(reverse("bureau:kit_download", args=[kit.uuid]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        names = [name.partition("/")[2] for name in packed.namelist()]
    assert {"manifest.json", "home/keys/kit.pem"} <= set(names)
    kits.forget_zip(kit)
    assert zhou.get(reverse("bureau:kit_download", args=[kit.uuid])).status_code == 409
    assert zhou.get(reverse("bureau:kit", args=[kit.uuid])).status_code == 200


def test_a_stick_a_fork_and_a_withdrawal_on_the_pages(zhou, cast):
    laptop = kitting.make(cast)
    laptop.session(kitting.BEGIN, [(cast.lin_teacher, 0, None)], [(cast.units[0], 0, 24)])
    other = laptop.copy()
    laptop.session(kitting.BEGIN + 600, [(cast.mao, 0, None)], [(cast.units[2], 0, 30)], session="s2")
    other.session(kitting.BEGIN + 900, [(cast.mao, 0, None)], [(cast.units[2], 0, 40)], session="s3")
    for one in (laptop, other):
        file = SimpleUploadedFile("kit.xtk", "\n".join(kits.file_lines(one, one.uuid)).encode())
        assert zhou.post(reverse("bureau:kit_receive"), {"file": file}).status_code == 302
    page = reverse("bureau:kit", args=[laptop.uuid])
    assert zhou.get(page).context["forks"][0]["is_decided"] is False
    fork = kits.forks_of(kits.Kit.everywhere.get())[0]
    decide = reverse("bureau:kit_fork", args=[laptop.uuid])
    assert zhou.post(decide, {"previous": fork.fork.previous, "ways": [], "reason": "x"}).status_code == 409
    assert zhou.post(decide, {"previous": fork.fork.previous, "ways": list(fork.fork.ways), "reason": "两地都学"}).status_code == 302
    assert zhou.get(page).context["forks"][0]["is_decided"] is True
    assert zhou.get(reverse("bureau:group", args=[cast.group.public_id])).context["meetings"][0]["came"] == [cast.mao.name]
    assert zhou.post(reverse("bureau:kit_withdraw", args=[laptop.uuid]), {"reason": "丢失"}).status_code == 302
    file = SimpleUploadedFile("kit.xtk", b"nothing of a kit")
    assert zhou.post(reverse("bureau:kit_receive"), {"file": file}).status_code == 302


def test_a_sheet_is_keyed_in(zhou, cast):
    time = kits.times_of(cast.group)[0]
    page = reverse("bureau:group_sheet", args=[cast.group.public_id, time.pk])
    assert zhou.get(page).status_code == 200
    there = {f"there-{cast.mao.pk}": "1", f"from-{cast.mao.pk}": "09:00", f"to-{cast.mao.pk}": "12:00"}
    film = {"unit-film-0": str(cast.units[0].pk), "from-film-0": "09:10", "to-film-0": "09:11", "at-film-0": "0"}
    assert zhou.post(page, there | film).status_code == 409
    assert zhou.post(page, there | film | {"from-film-0": "soon"}).status_code == 422
    scan = SimpleUploadedFile("sheet.pdf", b"%PDF-1.4 signed", content_type="application/pdf")
    assert zhou.post(page, there | film | {"scan": scan}).status_code == 302
    assert kits.hours_of(cast.group)[cast.mao.pk].seconds == 24


def test_a_school_and_a_teacher_see_their_group(client, cast):
    client.force_login(Account.objects.get(pk=cast.chen.account_id))
    assert len(client.get(reverse("bureau:groups") + "?year=2026").context["rows"]) == 1
    assert client.get(reverse("bureau:group", args=[cast.group.public_id])).status_code == 200
    book = client.get(reverse("bureau:group", args=[cast.group.public_id]) + "?export=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(book.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [cast.lin_teacher.name, cast.mao.name]
    client.force_login(Account.objects.get(pk=cast.lin.account_id))
    assert cast.group.name in client.get(reverse("trainee:group")).content.decode()
    client.force_login(Account.objects.get(pk=cast.wu.account_id))
    assert client.get(reverse("bureau:group", args=[cast.group.public_id])).status_code == 404
