"""Background work as people see it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from . import progress


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class Job(models.Model):
    """A long act: who started it, how far it is, what came of it, the workbook to mend.  pii: none (files apart); kept: one year"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=60)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(null=True)
    actor = models.JSONField()
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    input_file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    report_file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = Gate["Job"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.CheckConstraint(condition=models.Q(done_count__gte=0), name="job_counts_up")]

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> Self:  # noqa: ANN401 -- Django's signature
        """The row as it stands; of a running job, how far it says it is."""
        job = super().from_db(db, field_names, values, **more)
        is_whole = {"public_id", "state", "done_count"} <= set(field_names)
        if is_whole and job.state == State.RUNNING and (told := progress.noted(job.public_id)):
            job.done_count, job.total_count = told
        return job

    @property
    def percent(self) -> int:
        """How much of the work is done, 0 to 100; 100 only when it is done."""
        return 100 if self.state == State.DONE else min(99, self.done_count * 100 // max(1, self.total_count))

    @property
    def is_over(self) -> bool:
        """True when nothing more will happen to it."""
        return self.state in (State.DONE, State.REFUSED, State.FAILED)
