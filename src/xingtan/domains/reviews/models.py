"""Batches with their samples, requests for late entries, appeals and their trail."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import AppealAct, AppealState, BatchState, LateReason, LateState


class ReviewBatch(models.Model):
    """Entries that pass a step together or not at all, with the seed that drew their sample.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="the office")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=16)
    filters = models.JSONField(default=dict)
    entry_ids = models.JSONField(default=list, help_text="in order of the key")
    entry_count = models.PositiveIntegerField()
    centi = models.BigIntegerField(help_text="recognised hours of all of them")
    seed = models.CharField(max_length=32)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in BatchState], default=BatchState.DRAWN.value)
    drawn_at = models.DateTimeField()
    drawn_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    objects = Gate["ReviewBatch"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.CheckConstraint(condition=models.Q(entry_count__gt=0), name="review_batch_has_entries")]
        indexes = [models.Index(fields=["organisation", "training_year", "state"], name="review_batch_office")]


class BatchSample(models.Model):
    """An entry of a batch whose evidence its reviewer opens before the batch passes, and when it was.  pii: none; kept: forever"""

    batch = models.ForeignKey(ReviewBatch, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey("credits.CreditEntry", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    opened_at = models.DateTimeField(null=True)
    opened_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "entry"], name="batch_sample_once")]


class EvidenceLook(models.Model):
    """That a reviewer was shown an entry's evidence, by a page or an answer of the API.  pii: none; kept: two years"""

    entry = models.ForeignKey("credits.CreditEntry", on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "account_id"], name="evidence_look_once")]


class PassedUnopened(models.Model):
    """An entry that an office passed by itself, whose evidence the reviewer never opened; as many as need a sample at most.  pii: none; kept: two years"""

    entry = models.ForeignKey("credits.CreditEntry", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="the office")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "training_year", "step", "at"], name="passed_unopened_office")]


class LateEntry(models.Model):
    """A school's request to enter hours after their year's window, decided one level higher.  pii: words of the school; kept: ten years"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="at the time of asking")
    office = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="which decides")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    component = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    centi = models.PositiveIntegerField()
    happened_on = models.DateField()
    reason_code = models.CharField(max_length=16, choices=[(r.value, r.value) for r in LateReason])
    reason = models.CharField(max_length=400)
    document = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in LateState], default=LateState.ASKED.value)
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=400, blank=True)
    entry = models.ForeignKey("credits.CreditEntry", null=True, on_delete=models.PROTECT, related_name="+")

    objects = Gate["LateEntry"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "training_year", "title", "happened_on"],
                condition=models.Q(state__in=["asked", "granted"]),
                name="late_entry_once_while_it_stands",
            ),
            models.CheckConstraint(condition=models.Q(centi__gt=0), name="late_entry_has_hours"),
        ]
        indexes = [models.Index(fields=["office", "state"], name="late_entry_office")]


class Appeal(models.Model):
    """A teacher's appeal about an entry or a refused late entry, with the day of its answer.  pii: words of the teacher; kept: ten years"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="at the time of filing")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey("credits.CreditEntry", null=True, on_delete=models.PROTECT, related_name="+")
    late_entry = models.ForeignKey(LateEntry, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="which answers")
    words = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in AppealState], default=AppealState.FILED.value)
    filed_at = models.DateTimeField()
    answer_by = models.DateField()
    decided_at = models.DateTimeField(null=True)
    is_carried_up = models.BooleanField(default=False)

    objects = Gate["Appeal"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(entry=None) ^ models.Q(late_entry=None), name="appeal_is_about_one_thing"),
            models.UniqueConstraint(fields=["entry"], condition=models.Q(state="filed"), name="appeal_once_while_open"),
        ]
        indexes = [models.Index(fields=["office", "state"], name="appeal_office")]


class AppealStep(models.Model):
    """One step of an appeal's trail; never changed.  pii: words; kept: ten years"""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=[(a.value, a.value) for a in AppealAct])
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000, blank=True)
