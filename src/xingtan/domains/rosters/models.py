"""Imports as batches that can go on and be undone, and how an office reads headings that are not ours."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import BatchState


class RosterBatch(models.Model):
    """An import of a file: what it did and how far it is; its portions know what stood before.  pii: none (the file apart); kept: ten years"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    good_only = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in BatchState], default=BatchState.WRITING.value)
    to_write = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    school_ids = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    undone_by_id = models.BigIntegerField(null=True)
    undo_reason = models.CharField(max_length=200, blank=True)

    objects = Gate["RosterBatch"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [models.Index(fields=["organisation", "begun_at"], name="roster_batch_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "digest"], condition=models.Q(state=BatchState.WRITING.value), name="roster_batch_written_once"
            ),
        ]


class RosterPortion(models.Model):
    """Rows of a batch that were written in one transaction: who is new, and of who changed what stood before.  pii: names before a change, encrypted phones; kept: one year"""

    batch = models.ForeignKey(RosterBatch, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    new_ids = models.JSONField(default=list)
    new_account_ids = models.JSONField(default=list)
    changed_ids = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="roster_portion_once")]


class HeadingSet(models.Model):
    """How an office reads a row of headings that are not ours: heading to column, "" for one to leave alone.  pii: none; kept: forever"""

    owner = "organisation"

    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=32)
    columns = models.JSONField()
    account_id = models.BigIntegerField(null=True)
    told_at = models.DateTimeField()

    objects = Gate["HeadingSet"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="heading_set_once_an_office")]
