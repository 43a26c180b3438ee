"""Batches of hours from earlier years, and what each teacher says to the own ones."""

from __future__ import annotations

from django.db import models

from xingtan.domains.papers.states import Answer, BatchState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class OpeningBatch(models.Model):
    """A workbook of earlier hours with its source and scan; its lines are those entered at `stands_since`.  pii: none (the files hold names); kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=60)
    source = models.CharField(max_length=120)
    workbook = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    job_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in BatchState])
    handed_in_at = models.DateTimeField()
    stands_since = models.DateTimeField(null=True, help_text="the moment at which its lines were entered")
    answer_by = models.DateField(help_text="until this day the teachers confirm or object")
    differences = models.JSONField(default=list, help_text="school, year, rows, claimed: where the rows do not add up to the old total")
    line_count = models.PositiveIntegerField(default=0)
    centi = models.PositiveBigIntegerField(default=0)

    objects = Gate["OpeningBatch"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [models.Index(fields=["organisation", "-handed_in_at"], name="opening_batch_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="stands") | models.Q(stands_since__isnull=False), name="opening_batch_stands_since"
            )
        ]


class OpeningAnswer(models.Model):
    """What a teacher says to the hours of a batch, and what the office answered to an objection.  pii: words that the teacher wrote; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    batch = models.ForeignKey(OpeningBatch, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Answer], default=Answer.WAITING.value)
    said_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=400, blank=True)
    wanted = models.JSONField(default=dict, help_text="entry's public id to the hours, in hundredths, that the teacher says are right")
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, help_text="by when the office answers the objection")
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_words = models.CharField(max_length=400, blank=True)

    objects = Gate["OpeningAnswer"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [
            models.Index(fields=["teacher", "state"], name="opening_answer_teacher"),
            models.Index(fields=["school", "state"], name="opening_answer_school"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "teacher"], name="opening_answer_once_a_batch"),
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(said_at__isnull=False), name="opening_answer_said_has_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["kept", "mended"]) | (models.Q(decided_at__isnull=False) & ~models.Q(decided_words="")),
                name="opening_answer_decided_has_words",
            ),
        ]
