"""Asking for a late entry: the teacher is found by part of the name or its sound, and a closed year leads on to its correction."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import enrolling
from tests.domains.reviews.test_late import AFTER
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews

SAID = {
    "year": "2026", "component": "course", "title": "县级集中培训", "hours": "8", "on": "2026-12-01", "reason_code": "mistake",
    "reason": "漏登了",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_that_hour(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AFTER)


@pytest.fixture
def ask(cast, as_actor):
    def act(**said):
        document = SimpleUploadedFile("a.pdf", b"%PDF-1.4 ", "application/pdf")
        return as_actor(cast.chen).post(reverse("bureau:late_ask"), {**SAID, "document": document, **said})

    return act


@pytest.mark.parametrize("typed", ["知微", "lin zhiwei", "lzw"])
def test_a_part_of_the_name_or_its_sound_is_enough(cast, ask, typed):
    cast.lin_teacher.name = "林知微"
    cast.lin_teacher.name_pinyin, cast.lin_teacher.name_initials = "lin zhiwei", "lzw"
    cast.lin_teacher.save()
    enrolling.register.index_people([cast.lin_teacher.pk])
    answer = ask(teacher=typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert reviews.LateEntry.everywhere.get().teacher == cast.lin_teacher


def test_of_several_one_is_chosen_and_strangers_are_nobody(cast, ask):
    one, two = enrolling.teachers(cast.school, 2)
    again = ask(teacher="教师")
    assert again.status_code == 422
    shown = again.content.decode()
    assert shown.count('name="teacher_id"') >= 2
    assert "Several teachers fit" in shown
    assert ask(teacher="教师", teacher_id=two.public_id).status_code == 302
    assert reviews.LateEntry.everywhere.get().teacher == two
    [far] = enrolling.teachers(cast.second, 1)
    for said in ({"teacher": far.name}, {"teacher": one.name, "teacher_id": far.public_id}, {"teacher": ""}):
        assert ask(**said).status_code == 422
    assert reviews.LateEntry.everywhere.count() == 1


def test_who_fits_is_told_while_one_types(cast, as_actor):
    place = reverse("bureau:teachers_found")
    own, strange = as_actor(cast.chen), as_actor(cast.stranger)
    assert cast.lin_teacher.public_id in own.get(place, {"teacher": cast.lin_teacher.name}).content.decode()
    assert "Nobody of your branch" in strange.get(place, {"teacher": cast.lin_teacher.name}).content.decode()
    assert own.get(place).content.decode().strip() == ""
    assert as_actor(cast.lin).get(place, {"teacher": "林"}).status_code == 403


def test_hours_of_a_closed_year_lead_on_to_its_correction(cast, ask, as_actor):
    policies.TrainingYear.everywhere.filter(pk=cast.year.pk).update(state=policies.YearState.CLOSED)
    assert "closed: the province decides" in as_actor(cast.chen).get(reverse("bureau:late_ask")).content.decode()
    ask(teacher=cast.lin_teacher.name)
    one = reviews.LateEntry.everywhere.get()
    officer, place = as_actor(cast.mei), reverse("bureau:late_entry", args=[one.public_id])
    assert "its verdict changes by a correction" in officer.get(place).content.decode()
    answer = officer.post(reverse("bureau:late_decide", args=[one.public_id]), {"outcome": "granted"})
    way = reverse("bureau:correction_new", args=[cast.lin_teacher.public_id, 2026])
    assert answer["Location"] == way
    assert way in officer.get(place).content.decode()
    assert way not in as_actor(cast.chen).get(place).content.decode()
    assert credits_room.CreditEntry.everywhere.get().recognised_centi == 8_00
