"""Notices, who signed and read them, objections and their trail."""

from __future__ import annotations

from datetime import date

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .rules import Days
from .states import OPEN, DecisionReason, NoticeState, ObjectionState, Stage, StepKind, WithdrawalReason

STANDING = sorted(state.value for state in OPEN)


class Notice(models.Model):
    """Something posted for days by an office: a kind, the row that it is about and the row that it shows.  pii: none (ids and days); kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(help_text="the row that the notice is about, by the kind: a training year")
    shown_id = models.BigIntegerField(help_text="the row whose state is posted, by the kind: a run of determination")
    edition = models.PositiveSmallIntegerField(help_text="the how-manieth notice about the same subject")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField()
    closes_on = models.DateField()
    objections_until = models.DateField()
    answer_days = models.PositiveSmallIntegerField(default=15)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in NoticeState], default=NoticeState.PUBLISHED.value)
    published_at = models.DateTimeField()
    published_by_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)
    withdrawal_reason = models.CharField(max_length=10, blank=True, choices=[(r.value, r.value) for r in WithdrawalReason])

    objects = Gate["Notice"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], condition=models.Q(state="published"), name="notice_one_published"),
            models.UniqueConstraint(fields=["kind", "subject_id", "edition"], name="notice_edition_once"),
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("closes_on")) & models.Q(closes_on__lte=models.F("objections_until")),
                name="notice_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(state="published", withdrawn_at=None) | (~models.Q(state="published") & ~models.Q(withdrawal_reason="")),
                name="notice_withdrawn_with_reason",
            ),
        ]

    @property
    def days(self) -> Days:
        """Its days."""
        return Days(self.opens_on, self.closes_on, self.objections_until, self.answer_days)

    def stage(self, day: date) -> Stage:
        """Where the day lies to it; a withdrawn one is over."""
        return self.days.stage(day) if self.state == NoticeState.PUBLISHED else Stage.OVER


class NoticeSignature(models.Model):
    """An office that has to sign that it posted the notice, and when it did.  pii: none; kept: ten years"""

    owner = "organisation"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by_id = models.BigIntegerField(null=True)

    objects = Gate["NoticeSignature"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["notice", "organisation"], name="notice_signed_once")]


class NoticeReader(models.Model):
    """That a person has opened what a notice says of them.  pii: none (account ids); kept: ten years"""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "account_id"], name="notice_read_once")]


class Objection(models.Model):
    """What someone holds against a notice, on whose behalf, who handles it and what was decided.  pii: what the objector wrote and the answer; kept: ten years"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="of whom it concerns")
    concern_id = models.BigIntegerField(help_text="whom it concerns, by the notice's kind: a teacher")
    concern_name = models.CharField(max_length=80)
    account_id = models.BigIntegerField(help_text="the account of whom it concerns, who is told every step")
    claim = models.JSONField(default=dict, help_text="what the notice said then, as codes: the verdict")
    text = models.TextField(max_length=2000)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    filed_by_id = models.BigIntegerField()
    is_by_office = models.BooleanField(default=False, help_text="filed by an office for the person, which everyone who sees it sees")
    filed_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ObjectionState], default=ObjectionState.FILED.value)
    handler = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(
        "scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+", help_text="whose word is awaited"
    )
    decided_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in DecisionReason])
    answer = models.TextField(max_length=2000, blank=True)
    effect = models.JSONField(default=dict, help_text="what followed when it was upheld: the new run, verdict before and after")

    objects = Gate["Objection"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="objection_number_once"),
            models.UniqueConstraint(fields=["notice", "concern_id"], condition=models.Q(state__in=STANDING), name="objection_one_open"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["upheld", "not_upheld"])
                | (models.Q(decided_at__isnull=False) & ~models.Q(reason_code="") & models.Q(handler__isnull=False)),
                name="objection_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="referred") | models.Q(asked__isnull=False), name="objection_referred_to_someone"
            ),
        ]
        indexes = [models.Index(fields=["notice", "state", "due_on"], name="objection_queue")]

    @property
    def is_open(self) -> bool:
        """True while it is not decided or withdrawn."""
        return self.state in STANDING

    def is_overdue(self, day: date) -> bool:
        """True when its answer is late."""
        return self.is_open and day > self.due_on


class ObjectionStep(models.Model):
    """One step in the trail of an objection; never changed afterwards.  pii: words of offices to the person; kept: ten years"""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in StepKind])
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    to_account_id = models.BigIntegerField(null=True)
    to_organisation_id = models.BigIntegerField(null=True)
    words = models.TextField(max_length=2000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["objection", "id"], name="objection_trail")]
