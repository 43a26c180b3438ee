"""Closed years, their archives, and corrections of their verdicts."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import CorrectionReason, CorrectionState


class YearClosing(models.Model):
    """The closing of a year: who, when, with which notice and runs, what was so then, how many of each verdict; never changed.  pii: none; kept: forever"""

    owner = "organisation"

    training_year = models.OneToOneField("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    trial = models.ForeignKey("determination.DeterminationRun", null=True, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey("determination.DeterminationRun", null=True, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey("notices.Notice", null=True, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict, help_text="teachers per verdict")
    conditions = models.JSONField(default=list, help_text="what was so when it was closed")
    pack_digest = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    closed_by_id = models.BigIntegerField(null=True)

    objects = Gate["YearClosing"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"


class ClosingFile(models.Model):
    """One table of a closed year as a Parquet file, with the digest of its bytes; never changed.  pii: none (surrogate ids in the file); kept: forever"""

    closing = models.ForeignKey(YearClosing, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=20)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["closing", "table"], name="closing_file_once_a_table")]


class Correction(models.Model):
    """A final verdict of a closed year put right: proposed with its reason by one officer, done by another.  pii: what the proposer wrote; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=[(r.value, r.value) for r in CorrectionReason])
    words = models.CharField(max_length=400)
    before = models.ForeignKey("determination.Determination", on_delete=models.PROTECT, related_name="+")
    moves = models.JSONField(default=dict, help_text="what it was seen to move before it was done")
    proposed_at = models.DateTimeField()
    proposed_by_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in CorrectionState], default=CorrectionState.PROPOSED.value)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    after = models.ForeignKey("determination.Determination", null=True, on_delete=models.PROTECT, related_name="+")

    objects = Gate["Correction"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["training_year", "teacher"], condition=models.Q(state="proposed"), name="correction_one_proposed"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | (models.Q(after__isnull=False, decided_by_id__isnull=False) & ~models.Q(decided_by_id=models.F("proposed_by_id"))),
                name="correction_done_by_two",
            ),
        ]
