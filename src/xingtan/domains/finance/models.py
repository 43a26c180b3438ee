"""Bills of schools."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import Charge, State


class Bill(models.Model):
    """What a school owes for a set of confirmed teachers.  pii: none; kept: ten years"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80, unique=True, help_text="the event it was made from, so that it is made once")
    state = models.CharField(max_length=6, choices=[(s.value, s.value) for s in State], default=State.DUE.value)
    amount_fen = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    due_on = models.DateField()
    paid_at = models.DateTimeField(null=True)
    paid_by_id = models.BigIntegerField(null=True)
    transfer_reference = models.CharField(max_length=60, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = Gate["Bill"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="paid", paid_at__isnull=False) | (~models.Q(state="paid") & models.Q(paid_at=None)),
                name="bill_paid_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="void", voided_at__isnull=False) | (~models.Q(state="void") & models.Q(voided_at=None)),
                name="bill_void_has_time",
            ),
            models.CheckConstraint(condition=~models.Q(state="paid", transfer_reference=""), name="bill_paid_has_reference"),
        ]
        indexes = [models.Index(fields=["school", "training_year", "state"], name="bill_school_state")]

    def __str__(self) -> str:
        return self.number


class BillLine(models.Model):
    """One teacher's charge on a bill.  pii: none; kept: ten years"""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="+")
    selection = models.ForeignKey("enrolment.CourseSelection", on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    charge = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Charge])
    hours_centi = models.PositiveIntegerField(default=0)
    amount_fen = models.PositiveIntegerField()
    is_live = models.BooleanField(default=True, help_text="false on a void bill")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["selection", "charge"], condition=models.Q(is_live=True), name="bill_line_once_per_charge"),
        ]
        indexes = [models.Index(fields=["teacher", "charge"], name="bill_line_teacher_charge")]
