"""Papers as they were printed, every step of each, and where each stands today."""

from __future__ import annotations

from django.db import models

from xingtan.domains.papers.states import Kind, Reason, State, Step
from xingtan.foundation.db import public_id
from xingtan.foundation.ledger.digests import moment
from xingtan.foundation.scope.gate import Everywhere, Gate


class Printing(models.Model):
    """Papers that one act printed together, one number each.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Kind])
    purpose = models.CharField(max_length=80, blank=True)
    from_on = models.DateField()
    to_on = models.DateField()
    training_year = models.ForeignKey("policies.TrainingYear", null=True, on_delete=models.PROTECT, related_name="+")
    paper_count = models.PositiveIntegerField()
    printed_at = models.DateTimeField()

    objects = Gate["Printing"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [models.Index(fields=["organisation", "-printed_at"], name="printing_newest")]
        constraints = [models.CheckConstraint(condition=models.Q(from_on__lte=models.F("to_on")), name="printing_days_in_order")]


class Paper(models.Model):
    """A sheet as it was printed: number, code and content; the database refuses to change it.  pii: name and masked number inside `content`; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    printing = models.ForeignKey(Printing, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True, help_text="XP-2026-0803-0000018: year, county, serial with its check digit")
    check_code = models.CharField(max_length=9, unique=True)
    teacher = models.ForeignKey("teachers.Teacher", null=True, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = Gate["Paper"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["printing", "teacher"], name="paper_once_a_printing")]
        indexes = [models.Index(fields=["teacher", "printing"], name="paper_teacher")]


class PaperStep(models.Model):
    """One act on a paper; append-only.  pii: none (reasons are codes and short office words); kept: forever"""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Step])
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, blank=True, choices=[(one.value, one.value) for one in Reason])
    words = models.CharField(max_length=200, blank=True)
    seal_mark = models.CharField(max_length=60, blank=True, help_text="which seal the office set, as it is called there")
    differences = models.JSONField(default=list, help_text="what differed from the register when the office decided")
    signature = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["paper", "id"], name="paper_step_order")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(step="sealed") | ~models.Q(seal_mark=""), name="paper_step_sealed_has_mark"),
            models.CheckConstraint(
                condition=~models.Q(step__in=["refused", "revoked"]) | ~models.Q(reason=""), name="paper_step_has_reason"
            ),
        ]

    def message(self, paper: Paper) -> bytes:
        """What the seal's signature covers."""
        return f"xingtan sealed paper\n{paper.number}\n{paper.digest}\n{self.organisation_id}\n{self.seal_mark}\n{moment(self.at)}".encode()


class PaperState(models.Model):
    """Where a paper stands today: made from its steps in the same transaction.  pii: none; kept: forever"""

    owner = "school"

    paper = models.OneToOneField(Paper, primary_key=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State])
    teacher = models.ForeignKey("teachers.Teacher", null=True, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    changed_at = models.DateTimeField()
    due_on = models.DateField(null=True, help_text="by when whoever has it answers")

    objects = Gate["PaperState"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="submitted", due_on__isnull=False) | (~models.Q(state="submitted") & models.Q(due_on=None)),
                name="paper_state_clock_runs_at_the_office",
            )
        ]
        indexes = [models.Index(fields=["school", "state"], name="paper_state_school")]
