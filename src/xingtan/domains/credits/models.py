"""Evidence, the ledger of hours with its review decisions, and the state of each entry."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from xingtan.core.calendar import WindowKind
from xingtan.foundation.db import public_id
from xingtan.foundation.ledger.digests import moment
from xingtan.foundation.ledger.models import LedgerLine
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import EntryKind, EvidenceKind, Outcome, State, Step


class Evidence(models.Model):
    """What an earlier room reported of one teacher, year and activity, as it stands now; entries are made from it.  pii: none; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    source = models.CharField(max_length=120, unique=True, help_text="learning:unit:7:teacher:9 and the like")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey("projects.Offer", null=True, on_delete=models.PROTECT, related_name="+")
    component = models.CharField(max_length=20)
    part = models.CharField(max_length=20, blank=True, help_text="the component's part that these hours also belong to")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in EvidenceKind])
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    learned_s = models.PositiveIntegerField(default=0)
    learned_centi = models.PositiveIntegerField(default=0, help_text="its share of the bucket's hours, which are floored once")
    is_passed = models.BooleanField(default=True, help_text="for work: whether it was marked as passed")
    is_required = models.BooleanField(default=False, help_text="for work: whether the year asks for it")
    happened_on = models.DateField()
    detail = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="since a reversal it counts no more")

    objects = Gate["Evidence"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [
            models.Index(fields=["teacher", "training_year"], name="evidence_teacher_year"),
            models.Index(fields=["provider", "training_year"], name="evidence_provider_year"),
        ]


class CreditEntry(LedgerLine):
    """A line of the ledger of hours: given, or (negative) taken back, in hundredths; append-only.  pii: none; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in EntryKind])
    component = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    learned_centi = models.IntegerField()
    recognised_centi = models.IntegerField()
    happened_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    pack_digest = models.CharField(max_length=64)

    objects = Gate["CreditEntry"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=~models.Q(learned_centi=0, recognised_centi=0), name="credit_entry_moves_something"),
            models.CheckConstraint(
                condition=models.Q(kind="correction") | models.Q(learned_centi__gte=0, recognised_centi__gte=0),
                name="credit_entry_takes_back_only_by_correction",
            ),
        ]
        indexes = [models.Index(fields=["teacher", "training_year"], name="credit_entry_teacher_year")]

    def content(self) -> Mapping[str, object]:
        """Everything that counts, in ids and whole numbers."""
        return {
            "source": self.source,
            "teacher": self.teacher_id,
            "year": self.training_year_id,
            "school": self.school_id,
            "county": self.county_id,
            "provider": self.provider_id,
            "evidence": self.evidence_id,
            "corrects": self.corrects_id,
            "kind": str(self.kind),
            "component": self.component,
            "learned": self.learned_centi,
            "recognised": self.recognised_centi,
            "happened_on": self.happened_on.isoformat(),
            "entered_at": moment(self.entered_at),
            "entered_by": self.entered_by_id,
            "pack": self.pack_digest,
        }


class ReviewDecision(LedgerLine):
    """One step's decision on one entry; append-only.  pii: none (reasons are codes and short office words); kept: forever"""

    entry = models.ForeignKey(CreditEntry, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=16, choices=[(s.value, s.value) for s in Step])
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    reason_code = models.CharField(max_length=24, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["entry", "decided_at"], name="review_decision_entry"),
            models.Index(fields=["organisation_id", "step", "decided_at"], name="review_decision_office"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="passed") | ~models.Q(reason_code=""), name="review_decision_returned_with_reason"
            ),
        ]

    def content(self) -> Mapping[str, object]:
        """Everything that counts."""
        return {
            "source": self.source,
            "entry": self.entry_id,
            "step": str(self.step),
            "outcome": str(self.outcome),
            "reason": [self.reason_code, self.reason],
            "decided_at": moment(self.decided_at),
            "account": self.account_id,
            "organisation": self.organisation_id,
        }


class EntryState(models.Model):
    """Where an entry stands today: a projection of the ledger, kept in the same transaction and rebuildable.  pii: none; kept: forever"""

    owner = "school"

    entry = models.OneToOneField(CreditEntry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in State])
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    component = models.CharField(max_length=20)
    kind = models.CharField(max_length=12)
    learned_centi = models.IntegerField()
    recognised_centi = models.IntegerField()
    happened_on = models.DateField()
    entered_by_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    changed_by_id = models.BigIntegerField(null=True)

    objects = Gate["EntryState"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [
            models.Index(fields=["county", "training_year", "state", "entry"], name="entry_state_county"),
            models.Index(fields=["school", "training_year", "state", "entry"], name="entry_state_school"),
            models.Index(fields=["teacher", "training_year"], name="entry_state_teacher"),
        ]


class WindowExtension(models.Model):
    """More days of one of the year's windows for one county; the last day given holds.  pii: none (reason is office words); kept: forever"""

    owner = "county"

    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in WindowKind])
    until_on = models.DateField()
    reason = models.CharField(max_length=400)
    given_at = models.DateTimeField()
    given_by_id = models.BigIntegerField(null=True)

    objects = Gate["WindowExtension"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="window_extension_with_reason")]
        indexes = [models.Index(fields=["training_year", "county"], name="window_extension_county")]


class OpeningTotal(models.Model):
    """What the old system says a school's hours of a year were, and what came in: equal, or the import is refused.  pii: none; kept: forever"""

    owner = "school"

    job_id = models.BigIntegerField()
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    claimed_centi = models.PositiveIntegerField()
    entered_centi = models.PositiveIntegerField()

    objects = Gate["OpeningTotal"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["job_id", "school", "training_year"], name="opening_total_once"),
            models.CheckConstraint(condition=models.Q(claimed_centi=models.F("entered_centi")), name="opening_total_reconciled"),
        ]
