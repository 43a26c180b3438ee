"""What the hallway brings, and inspection folders in the background."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from xingtan.domains.projects import api as projects
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind, tell_progress
from xingtan.foundation.people.roles import Actor, require

from .access import SEE_TRAININGS
from .actions.duties import follow_duties
from .filing import FOLDER, sections_of_project, sections_of_training
from .models import Document
from .packing import pack
from .queries.trainings import training_in
from .states import TrainingState
from .words import TRAINING_STATES

__all__ = ["PROJECT_FOLDER_JOB", "TRAINING_FOLDER_JOB", "follow_duties"]

TRAINING_FOLDER_JOB = "recognition.training_folder"
PROJECT_FOLDER_JOB = "recognition.project_folder"
FOLDER_KIND = "recognition.folder"


@job_kind(TRAINING_FOLDER_JOB)
def _training_folder(job: Job, actor: Actor) -> Mapping[str, Any]:
    require(actor, SEE_TRAININGS)
    one = training_in(actor.scope, job.params["training"])
    facts = [
        ("学校", str(one.school.name)),
        ("学年", str(one.training_year.year)),
        ("时间", f"{one.first_on} – {one.last_on}"),
        ("依据", one.ground),
        ("状态", str(TRAINING_STATES[TrainingState(one.state)])),
    ]
    sections = sections_of_training(one)
    file = _kept(one.title, pack(one.title, facts, sections, lambda done, total: tell_progress(job, done, total)), actor)
    _hang(actor, one.pk, file)
    return _told(file, [section.is_there for section in sections])


@atomic
def _hang(actor: Actor, training_id: int, file: StoredFile) -> None:
    now = timezone.now()
    Document.objects.create(training_id=training_id, code=FOLDER, file=file, added_at=now, added_by_id=actor.account_id)
    record(actor, "recognition.folder_made", "training", [training_id], now=now)


@job_kind(PROJECT_FOLDER_JOB)
def _project_folder(job: Job, actor: Actor) -> Mapping[str, Any]:
    require(actor, SEE_TRAININGS)
    one = projects.project_in(actor.scope, job.params["project"])
    sections = sections_of_project(one, actor.scope, job.params.get("accounts", ()), ())
    facts = [("主办", str(one.organiser.name)), ("学年", str(one.training_year.year)), ("时间", f"{one.opens_on} – {one.closes_on}")]
    file = _kept(one.title, pack(one.title, facts, sections, lambda done, total: tell_progress(job, done, total)), actor)
    record(actor, "recognition.folder_made", "project", [one.pk], now=timezone.now())
    return _told(file, [section.is_there for section in sections])


def _kept(title: str, chunks: Iterable[bytes], actor: Actor) -> StoredFile:
    name = f"{title}-检查档案.zip"
    return keep_file(chunks, kind=FOLDER_KIND, name=name, media_type="application/zip", actor=actor, now=timezone.now())


def _told(file: StoredFile, there: list[bool]) -> dict[str, Any]:
    return {"file": file.public_id, "sections": sum(there), "missing": len(there) - sum(there)}
