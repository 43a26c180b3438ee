"""What a trial found is kept with the draft; the trial itself is made by the room `determination`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xingtan.domains.policies.access import WRITE_DRAFTS
from xingtan.domains.policies.models import DraftTrial, TrainingYear
from xingtan.domains.policies.queries.drafts import draft_by_id
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused


@atomic
def keep_trial(*, actor: Actor, pid: str, training_year: TrainingYear, now: datetime) -> DraftTrial:
    """A trial of the draft's latest sound text on this year has begun."""
    require(actor, WRITE_DRAFTS)
    draft = draft_by_id(actor, pid)
    if not draft.valid_text:
        raise Refused("draft_never_sound")
    trial = DraftTrial.objects.create(
        draft=draft,
        training_year=training_year,
        revision=draft.valid_revision,
        text=draft.valid_text,
        started_at=now,
        started_by_id=actor.account_id,
    )
    detail = {"year": training_year.year, "revision": trial.revision}
    record(actor, "policies.draft_tried", "policy_draft", [draft.pk], now=now, detail=detail)
    return trial


@atomic
def name_job(*, trial_id: int, job: str) -> None:
    """The trial's row names the job that makes it."""
    DraftTrial.objects.filter(pk=trial_id).update(job_public_id=job)


@atomic
def finish_trial(*, trial_id: int, found: Mapping[str, Any], now: datetime) -> None:
    """The trial's row says what it found."""
    DraftTrial.objects.filter(pk=trial_id).update(found=dict(found), finished_at=now)
