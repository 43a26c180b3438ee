"""Verdicts of a year and a cycle, and the runs that made them."""

from __future__ import annotations

from django.db import models

from xingtan.core.verdicts import Verdict
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import CorrectionReason, CorrectionState, RunKind


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


class YearClosing(models.Model):
    """The closing of a year: who, when, with which notice and runs, what was so then, how many of each verdict; never changed.  pii: none; kept: forever"""

    owner = "organisation"

    training_year = models.OneToOneField("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    trial = models.ForeignKey(DeterminationRun, null=True, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(DeterminationRun, null=True, on_delete=models.PROTECT, related_name="+")
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
    before = models.ForeignKey(Determination, on_delete=models.PROTECT, related_name="+")
    moves = models.JSONField(default=dict, help_text="what it was seen to move before it was done")
    proposed_at = models.DateTimeField()
    proposed_by_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in CorrectionState], default=CorrectionState.PROPOSED.value)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    after = models.ForeignKey(Determination, null=True, on_delete=models.PROTECT, related_name="+")

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
