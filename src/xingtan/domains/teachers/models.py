"""Teachers, their dated facts, and what later rooms found of them."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from xingtan.core.verdicts import Verdict
from xingtan.foundation.db import public_id
from xingtan.foundation.keys import Box, open_box
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import (
    FactKind,
    Gender,
    Honour,
    IdentityKind,
    Position,
    Stage,
    Status,
    Subject,
    Title,
)

NUMBER_BOX = open_box("teachers.number")
LAST4_BOX = open_box("teachers.last4")
PHONE_BOX = open_box("teachers.phone")
FACT_BOX = open_box("teachers.fact")


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class Teacher(models.Model):
    """A teacher of the register, with today's facts; history stands in `TeacherFact`.  pii: name, encrypted number and phone, keyed indexes; kept: until erased"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    account = models.OneToOneField("people.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    name_pinyin = models.CharField(max_length=160, db_index=True)
    name_initials = models.CharField(max_length=20, db_index=True)
    identity_kind = models.CharField(max_length=10, choices=_choices(IdentityKind), default=IdentityKind.RESIDENT.value)
    number_closed = models.CharField(max_length=160)
    number_index = models.CharField(max_length=32, unique=True)
    last4_index = models.CharField(max_length=32, db_index=True)
    phone_closed = models.CharField(max_length=160, blank=True)
    phone_index = models.CharField(max_length=32, blank=True, db_index=True)
    staff_number = models.CharField(max_length=40, blank=True, db_index=True)
    gender = models.CharField(max_length=8, choices=_choices(Gender))
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=14, choices=_choices(Stage))
    subject = models.CharField(max_length=20, choices=_choices(Subject))
    position = models.CharField(max_length=20, choices=_choices(Position), default=Position.TEACHER.value)
    title = models.CharField(max_length=10, choices=_choices(Title), default="", blank=True)
    honour = models.CharField(max_length=16, choices=_choices(Honour), default="", blank=True)
    status = models.CharField(max_length=10, choices=_choices(Status), default=Status.IN_POST.value)
    hired_on = models.DateField()
    registered_at = models.DateTimeField()

    objects = Gate["Teacher"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [models.Index(fields=["school", "status"], name="teacher_school_status")]

    def __str__(self) -> str:
        return self.name


class TeacherFact(models.Model):
    """A fact that holds from a day to a day, who entered it and when.  pii: name and phone as facts are encrypted; kept: until erased"""

    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=_choices(FactKind))
    value = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    entered_at = models.DateTimeField()
    entered_by_id = models.BigIntegerField(null=True)
    job_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["teacher", "kind"], condition=models.Q(to_on=None), name="fact_one_open_per_kind"),
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="fact_ends_after_it_begins"
            ),
        ]


class TeacherStanding(models.Model):
    """A year's verdict that `credits` left with the teacher, so that earlier rooms may know it.  pii: none; kept: forever"""

    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=20, choices=_choices(Verdict))
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["teacher", "year"], name="standing_once_a_year")]


class TeacherToken(models.Model):
    """An end of a name, of its pinyin or of its initials, beside the path of the school: what a search walks; rebuildable.  pii: name; kept: until erased"""

    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    token = models.CharField(max_length=80)
    path = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["token", "path", "teacher"], name="teacher_token_in_branch")]


class Merge(models.Model):
    """Two rows of the register that are one person: lines keep the id they were written with and are read through this.  pii: none; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    merged = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    merged_at = models.DateTimeField()
    merged_by_id = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict, help_text="what ending the merge restores: status and roles")
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=models.Q(ended_at=None), name="merge_once_at_a_time"),
            models.CheckConstraint(condition=~models.Q(merged=models.F("into")), name="merge_of_two"),
        ]


class ToldApart(models.Model):
    """Two records that look like one person and are two, as somebody looked into.  pii: none; kept: forever"""

    first = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    told_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="told_apart_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="told_apart_in_order"),
        ]


# Table, column, its box, and which rows hold a closed value: what `xingtan rotate-keys` closes anew.
CLOSED_COLUMNS: tuple[tuple[type[models.Model], str, Box, models.Q], ...] = (
    (Teacher, "number_closed", NUMBER_BOX, models.Q()),
    (Teacher, "phone_closed", PHONE_BOX, models.Q()),
    (TeacherFact, "value", FACT_BOX, models.Q(kind__in=[FactKind.NAME, FactKind.PHONE])),
)
