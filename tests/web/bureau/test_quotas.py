"""The pages of seats: the board, sharing out by hand, by rule and by workbook, giving back, the trail."""

from __future__ import annotations

import contextlib
import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.bureau_cast import make_cast, officer
from xingtan.domains.projects.models import Project
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role


@pytest.fixture
def cast(db):
    cast = make_cast()
    cast.city_officer = officer(cast.city, Role.CITY_OFFICER, "cheng")
    now = timezone.now()
    cast.project = Project.everywhere.create(
        training_year=cast.year, organiser=cast.province, title="骨干面授", tier="province", kind="face_to_face", state="published",
        opens_on=now.date(), closes_on=now.date() + timedelta(days=9), made_at=now, has_seats=True,
        categories=[{"code": "rural", "label": "乡村教师", "label_en": "Rural", "seats": 4, "is_reserved": True}],
    )  # fmt: skip
    return cast


def browser(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def exported(client, address):
    with contextlib.closing(client.get(address)) as answer:
        return b"".join(answer.streaming_content).startswith(b"PK")


def held(cast, office, category=""):
    return Quota.everywhere.get(project=cast.project, organisation=office, category=category)


def granted(cast, seats=10):
    top = quotas.grant(actor=cast.mei, project_id=cast.project.pk, seats=seats, now=timezone.now())
    quotas.share_out(actor=cast.mei, quota_id=top.pk, targets={cast.city.pk: 8}, now=timezone.now())
    return top


def test_the_organiser_grants_seats_and_a_wrong_number_comes_back(cast):
    mei, board = browser(cast.mei), f"/bureau/quotas/{cast.project.public_id}/"
    assert 'value="4"' in mei.get(board).content.decode()
    assert mei.post(f"{board}grant/", {"category": "rural", "seats": "6"}).status_code == 302
    assert held(cast, cast.province, "rural").held == 6
    assert held(cast, cast.province, "rural").is_reserved
    assert mei.post(f"{board}grant/", {"category": "rural", "seats": "-1"}).status_code == 422


def test_shared_out_by_hand_with_every_fault_beside_its_field(cast):
    granted(cast)
    cheng, share = browser(cast.city_officer), f"/bureau/quotas/seats/{held(cast, cast.city).public_id}/share/"
    page = cheng.get(share).content.decode()
    assert "青原区" in page
    assert "吉州区" in page
    fields = {f"n_{cast.county.public_id}": "5", f"n_{cast.strange.public_id}": "3", "way": "hand", "reason": "按需求"}
    assert cheng.post(share, fields).status_code == 302
    assert (held(cast, cast.county).held, held(cast, cast.city).free) == (5, 0)
    refused = cheng.post(share, fields | {f"n_{cast.county.public_id}": "9"})
    assert refused.status_code == 409
    assert held(cast, cast.county).held == 5
    board = cheng.get(f"/bureau/quotas/{cast.project.public_id}/").content.decode()
    assert "x-quota-given" in board
    assert "吉州区" in board


def test_a_rule_proposes_and_nothing_is_kept_before_it_is_sent(cast):
    granted(cast)
    page = browser(cast.city_officer).get(f"/bureau/quotas/seats/{held(cast, cast.city).public_id}/share/?rule=equal&total=7")
    assert 'value="4"' in page.content.decode()
    assert "1/2" in page.content.decode()
    assert not Quota.everywhere.filter(organisation=cast.county).exists()


def test_a_workbook_fills_the_fields_and_tells_rows_to_mend(cast):
    granted(cast)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(
            [["地址", "单位", "名额"], [cast.county.public_id, "", 5], ["", "不存在的县", 2], ["", "吉州区", "三"]]
        ):
            sheet.write_row(number, 0, row)
    given = SimpleUploadedFile("seats.xlsx", file.getvalue())
    address = f"/bureau/quotas/seats/{held(cast, cast.city).public_id}/share/"
    page = browser(cast.city_officer).post(f"{address}workbook/", {"file": given}).content.decode()
    assert 'value="5"' in page
    assert page.count("<li>") >= 2
    assert not Quota.everywhere.filter(organisation=cast.county).exists()
    wrong = browser(cast.city_officer).post(f"{address}workbook/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04broken")})
    assert wrong.status_code == 422


def test_seats_go_back_with_a_reason_and_the_trail_tells_it(cast):
    granted(cast)
    cheng, trail = browser(cast.city_officer), f"/bureau/quotas/seats/{held(cast, cast.city).public_id}/"
    assert cheng.post(f"{trail}give-back/", {"seats": "9"}).status_code == 409
    assert cheng.post(f"{trail}give-back/", {"seats": "3", "reason": "报名不足"}).status_code == 302
    assert "报名不足" in cheng.get(trail).content.decode()
    assert held(cast, cast.province).free == 5
    assert exported(cheng, f"{trail}?export=xlsx")


def test_others_find_neither_quota_nor_form(cast):
    granted(cast)
    address = f"/bureau/quotas/seats/{held(cast, cast.city).public_id}/"
    assert browser(cast.wu).get(address).status_code == 404
    assert browser(cast.mei).get(f"{address}share/").status_code == 404
    assert browser(cast.supervisor).get(address).status_code == 200
    assert browser(cast.clerk).get("/bureau/quotas/").status_code == 200
    assert browser(cast.mei).get("/bureau/quotas/?export=x&q=面授&sort=-title").status_code == 200
    assert exported(browser(cast.mei), f"/bureau/quotas/{cast.project.public_id}/?export=xlsx")
