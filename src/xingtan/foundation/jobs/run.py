"""Starting a job, telling its progress, running it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from django.utils import timezone
from django_tasks import task

from xingtan.foundation.db import atomic, on_commit
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.people.roles import Actor, Own, Role
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.branch import Scope

from . import progress
from .models import Job, State

LOG = logging.getLogger(__name__)
Work: TypeAlias = Callable[[Job, Actor], Mapping[str, Any]]
_KINDS: dict[str, Work] = {}


def job_kind(name: str) -> Callable[[Work], Work]:
    """The function does the work of this kind of job; what it returns is the job's result."""

    def known(work: Work) -> Work:
        _KINDS[name] = work
        return work

    return known


@atomic
def start_job(*, actor: Actor, kind: str, params: Mapping[str, Any], file: StoredFile | None = None, now: datetime) -> Job:
    """The job waits in the queue and begins once this transaction is kept."""
    job = Job.everywhere.create(
        kind=kind,
        organisation_id=actor.organisation_id,
        account_id=actor.account_id,
        actor=_pack(actor),
        params=dict(params),
        input_file=file,
        created_at=now,
    )
    on_commit(lambda: run_job_task.enqueue(job.pk))
    return job


def tell_progress(job: Job, done: int, total: int) -> None:
    """Whoever looks at the job sees how far it is, even from within the transaction that does the work."""
    job.done_count, job.total_count = done, total
    progress.note(job.public_id, done, total)


def run_job(job_id: int) -> Job:
    """The job has run to its end: done with a result, refused with a code, or failed; it runs once, however often it is offered."""
    if not Job.everywhere.filter(pk=job_id, state__in=[State.QUEUED, State.RUNNING]).update(state=State.RUNNING, started_at=timezone.now()):
        return Job.everywhere.get(pk=job_id)
    job = Job.everywhere.get(pk=job_id)
    try:
        result, state = dict(_KINDS[job.kind](job, unpack_actor(job.actor))), State.DONE
    except Refused as refused:
        result, state = {"refusal": refused.code, "params": dict(refused.params)}, State.REFUSED
    except Exception as fault:
        LOG.exception("job %s (%s) failed", job.pk, job.kind)
        result, state = {"fault": type(fault).__name__}, State.FAILED
    progress.forget(job.public_id)
    counts = {"done_count": job.done_count, "total_count": job.total_count}
    Job.everywhere.filter(pk=job_id).update(state=state, result=result, finished_at=timezone.now(), **counts)
    job.refresh_from_db()
    return job


@task()
def run_job_task(job_id: int) -> None:
    """The queue's way to `run_job`."""
    run_job(job_id)


def _pack(actor: Actor) -> dict[str, Any]:
    return {
        "account_id": actor.account_id,
        "role": actor.role.value,
        "organisation_id": actor.organisation_id,
        "first": actor.scope.first,
        "beyond": actor.scope.beyond,
        "deputy_for": actor.deputy_for_id,
        "own": [actor.own.role.value, actor.own.organisation_id] if actor.own else None,
    }


def unpack_actor(packed: Mapping[str, Any]) -> Actor:
    """The actor who started the job, with the branch held then, and for whom."""
    own = packed.get("own")
    return Actor(
        account_id=packed["account_id"],
        role=Role(packed["role"]),
        organisation_id=packed["organisation_id"],
        scope=Scope(first=packed["first"], beyond=packed["beyond"]),
        deputy_for_id=packed.get("deputy_for"),
        own=Own(Role(own[0]), own[1]) if own else None,
    )
