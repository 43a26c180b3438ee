"""What the hallway brings, and long work in the background."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from xingtan.domains.recognition import api as recognition
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind
from xingtan.foundation.people.roles import Actor

from .actions.evidence import confirmed_parts, keep_activities, keep_studied, keep_work, studied_records, studied_units
from .actions.opening import import_opening

IMPORT_OPENING_JOB = "credits.import_opening"


def take_learned(payload: Mapping[str, Any], now: datetime) -> None:
    """`learning.recognisable`: the seconds that were learned or delivered are evidence."""
    reports = studied_units(payload["rows"]) if "rows" in payload else studied_records(payload["delivered"])
    if reports:
        keep_studied(reports, now=now)


def take_confirmed(payload: Mapping[str, Any], now: datetime) -> None:
    """`workshops.confirmed` and `recognition.recognised`: parts that were confirmed and claims that were recognised are evidence."""
    keep_activities(recognition.earned(payload["claims"]) if "claims" in payload else confirmed_parts(payload["participations"]), now=now)


def take_marked(payload: Mapping[str, Any], now: datetime) -> None:
    """`assessment.marked`: quizzes and assignments are evidence of work."""
    keep_work(payload.get("attempts", ()), payload.get("submissions", ()), now=now)


@job_kind(IMPORT_OPENING_JOB)
def _import_opening(job: Job, actor: Actor) -> Mapping[str, Any]:
    return import_opening(actor=actor, job=job, now=timezone.now())
