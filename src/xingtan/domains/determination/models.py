"""Verdicts of a year and a cycle, and the runs that made them."""

from __future__ import annotations

from django.db import models

from xingtan.core.verdicts import Verdict
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import RunKind


class DeterminationRun(models.Model):
    """One act of determining a branch's verdicts of a year; of one year, a later run has a higher id.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in RunKind], default=RunKind.TRIAL.value)
    number = models.PositiveIntegerField(null=True, help_text="of a trial: the how-manieth of the branch and year")
    account_id = models.BigIntegerField(null=True)
    ran_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict, help_text="teachers per verdict")
    pack_digest = models.CharField(max_length=64)

    objects = Gate["DeterminationRun"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["training_year", "organisation", "number"], name="determination_run_number_once"),
            models.CheckConstraint(
                condition=models.Q(number=None) | models.Q(kind=RunKind.TRIAL.value, number__gte=1),
                name="determination_run_trial_has_number",
            ),
        ]

    @property
    def seconds(self) -> int:
        """How long it took, in whole seconds; 0 where that is not known."""
        return int((self.finished_at - self.ran_at).total_seconds()) if self.finished_at else 0


class Determination(models.Model):
    """A teacher's verdict of a year or a cycle with everything that decided it; it held from the run that made it until the run that replaced it.  pii: none; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    run = models.ForeignKey(DeterminationRun, on_delete=models.PROTECT, related_name="+", help_text="since which run it held")
    until_run = models.ForeignKey(
        DeterminationRun, null=True, on_delete=models.PROTECT, related_name="+", help_text="the run that put another in its place"
    )
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    span = models.CharField(max_length=6, choices=[("year", "year"), ("cycle", "cycle")])
    item = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=20, choices=[(v.value, v.value) for v in Verdict])
    route = models.PositiveSmallIntegerField(default=0)
    required_centi = models.PositiveIntegerField()
    learned_centi = models.PositiveIntegerField()
    recognised_centi = models.PositiveIntegerField()
    verified_centi = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    tree = models.JSONField(default=dict)
    numbers = models.JSONField(default=dict)
    pack_digest = models.CharField(max_length=64)
    determined_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    examined_at = models.DateTimeField(null=True)
    examined_by_id = models.BigIntegerField(null=True)

    objects = Gate["Determination"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "training_year", "span"], condition=models.Q(is_current=True), name="determination_one_current"
            ),
            models.CheckConstraint(
                condition=models.Q(until_run=None) | models.Q(is_current=False, until_run__gt=models.F("run")),
                name="determination_held_a_while",
            ),
            models.CheckConstraint(condition=models.Q(verified_centi__lte=models.F("recognised_centi")), name="verified_is_recognised"),
        ]
        indexes = [models.Index(fields=["training_year", "span", "is_current", "verdict"], name="determination_verdict")]
