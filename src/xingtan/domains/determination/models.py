"""Verdicts of a year and a cycle, and the runs that made them."""

from __future__ import annotations

from django.db import models

from xingtan.core.verdicts import Verdict
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class DeterminationRun(models.Model):
    """One act of determining a branch's verdicts of a year.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(null=True)
    ran_at = models.DateTimeField()
    counts = models.JSONField(default=dict, help_text="teachers per verdict")
    pack_digest = models.CharField(max_length=64)

    objects = Gate["DeterminationRun"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"


class Determination(models.Model):
    """A teacher's verdict of a year or a cycle with everything that decided it; a newer one replaces it, an examined one stays.  pii: none; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    run = models.ForeignKey(DeterminationRun, on_delete=models.PROTECT, related_name="+")
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
            models.CheckConstraint(condition=models.Q(verified_centi__lte=models.F("recognised_centi")), name="verified_is_recognised"),
        ]
        indexes = [models.Index(fields=["training_year", "span", "is_current", "verdict"], name="determination_verdict")]
