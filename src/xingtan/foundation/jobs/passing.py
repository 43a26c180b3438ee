"""Jobs and their files that pass from one person of an office to another."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile

from .models import Job


def jobs_of(account_id: int, organisation_ids: Collection[int]) -> QuerySet[Job]:
    """The jobs that this person started for these offices."""
    return Job.everywhere.filter(account_id=account_id, organisation_id__in=organisation_ids)


@atomic
def pass_jobs(*, holder_id: int, successor_id: int, organisation_ids: Collection[int]) -> int:
    """The results of these offices' jobs open for the successor, with the files handed in and given back; returns how many jobs."""
    files = StoredFile.everywhere.filter(account_id=holder_id, organisation_id__in=organisation_ids)
    files.update(account_id=successor_id)
    return jobs_of(holder_id, organisation_ids).update(account_id=successor_id)
