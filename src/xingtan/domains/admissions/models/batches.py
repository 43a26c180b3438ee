"""Bulk nominations as batches that go on after a cut and are undone as a whole."""

from __future__ import annotations

from django.db import models

from xingtan.domains.admissions.states import BatchState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class NominationBatch(models.Model):
    """One workbook of nominations: what it did and how far it is.  pii: none (the file apart); kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(null=True)
    way = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    good_only = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in BatchState], default=BatchState.WRITING.value)
    to_write = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    undo_reason = models.CharField(max_length=200, blank=True)

    objects = Gate["NominationBatch"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [models.Index(fields=["organisation", "begun_at"], name="nomination_batch_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "project", "digest"],
                condition=models.Q(state=BatchState.WRITING.value),
                name="nomination_batch_written_once",
            ),
        ]


class NominationPortion(models.Model):
    """Rows of a batch that were written in one transaction.  pii: none; kept: forever"""

    batch = models.ForeignKey(NominationBatch, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    first_row = models.PositiveIntegerField()
    last_row = models.PositiveIntegerField()
    written = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="nomination_portion_once")]
