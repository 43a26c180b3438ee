"""Circumstances of teachers, and every step in their life."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import STANDING, Act, State


class Circumstance(models.Model):
    """A dated fact of a teacher that a determination asks for, named as the pack of its year names it.  pii: ground (health and family may show in it); kept: ten years"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="at the time of recording")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=40, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, help_text="the last day; none: it goes on")
    hours_centi = models.PositiveIntegerField(default=0, help_text="for a duty that offsets: hours of a year, in hundredths")
    ground = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    reason = models.CharField(max_length=300, blank=True, help_text="of the last step")
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    objects = Gate["Circumstance"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="circumstance_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["teacher", "name", "value", "from_on"],
                condition=models.Q(state__in=[one.value for one in STANDING]),
                name="circumstance_once_while_it_stands",
            ),
        ]
        indexes = [models.Index(fields=["school", "state"], name="circumstance_school_state")]


class CircumstanceStep(models.Model):
    """One step in the life of a circumstance; never changed.  pii: reason; kept: ten years"""

    circumstance = models.ForeignKey(Circumstance, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Act])
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    to_on = models.DateField(null=True, help_text="the last day as it was after this step")
