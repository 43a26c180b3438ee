"""Moves that two sides agree on, and posts elsewhere."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import SecondPostKind, TransferState


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class Transfer(models.Model):
    """A teacher asked for or offered to another school; carried out once both sides agreed.  pii: none; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    from_school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    to_school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    effective_on = models.DateField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=_choices(TransferState), default=TransferState.WAITING.value)
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["teacher"], condition=models.Q(state="waiting"), name="transfer_one_waiting"),
            models.CheckConstraint(condition=~models.Q(from_school=models.F("to_school")), name="transfer_to_another_school"),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="transfer_waiting")]


class SecondPost(models.Model):
    """Teaching elsewhere than the post, from a day to a day: exchange, secondment, aid teaching, or lessons at a second school.  pii: none; kept: forever"""

    owner = "teacher__school"

    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=_choices(SecondPostKind))
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    entered_at = models.DateTimeField()
    entered_by_id = models.BigIntegerField(null=True)

    objects = Gate["SecondPost"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["teacher", "school"], condition=models.Q(to_on=None), name="second_post_once_open"),
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="second_post_ends_after_it_begins"
            ),
        ]
