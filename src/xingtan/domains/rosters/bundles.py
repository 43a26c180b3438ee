"""The register of a branch as a OneRoster bundle, for systems beside ours."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.utils import timezone

from xingtan.core.oneroster import OrgRow, PersonRow, write_bundle
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.scope.models import Kind, Organisation

from .access import IMPORT_ROSTER
from .columns import word_for

EXPORT = "rosters.export_bundle"
ZIP = "application/zip"
CHUNK = 2_000
ORG_TYPES = {
    Kind.PROVINCE: "state", Kind.CITY: "local", Kind.COUNTY: "district", Kind.ZONE: "district", Kind.SCHOOL: "school",
    Kind.TEACHING_POINT: "school", Kind.PROVIDER: "department",
}  # fmt: skip
WORDED = ("stage", "subject", "position", "title", "honour", "status")
PRINCIPALS = frozenset({teachers.Position.PRINCIPAL, teachers.Position.KINDERGARTEN_HEAD})


def export_bundle(file: IO[bytes], *, actor: Actor, now: datetime, number_reason: str = "") -> int:
    """The file is a bundle of the branch's organisations and of everyone in its register; returns how many people, and stands in the audit log.

    Identity numbers leave only with a reason, which is audited, and only at the operator's command line.
    """
    require(actor, IMPORT_ROSTER)
    orgs = Organisation.objects.within(actor.scope).select_related("parent").order_by("path")
    numbers = teachers.open_numbers(actor=actor, reason=number_reason, now=now) if number_reason else {}
    count = write_bundle(file, orgs=map(_org, orgs), people=lambda: _people(actor, numbers), at=now, with_numbers=bool(numbers))
    detail = {"format": "oneroster", "numbers": bool(numbers)}
    record(actor, "rosters.exported", "organisation", [actor.organisation_id or 0], now=now, detail=detail | {"people": count})
    return count


def _org(one: Organisation) -> OrgRow:
    return OrgRow(one.public_id, one.name, ORG_TYPES[Kind(one.kind)], one.code, one.parent.public_id if one.parent else "")


def _people(actor: Actor, numbers: Mapping[int, str]) -> Iterator[PersonRow]:
    rows = teachers.Teacher.objects.within(actor.scope).exclude(status="merged").select_related("school").order_by("pk")
    for one in rows.iterator(chunk_size=CHUNK):
        words = {key: word_for(key, getattr(one, key)) for key in WORDED}
        beside = words | {"name": one.name, "hired_on": one.hired_on.isoformat()}
        if one.pk in numbers:
            beside |= {"number": numbers[one.pk], "identity_kind": word_for("identity_kind", one.identity_kind)}
        is_in_post = one.status == teachers.Status.IN_POST
        is_head = one.position in PRINCIPALS
        yield PersonRow(one.public_id, one.name, one.gender, one.school.public_id, is_head, is_in_post, "", one.staff_number, beside)


@job_kind(EXPORT)
def export_job(job: Job, actor: Actor) -> dict[str, Any]:
    """The bundle is the job's report."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "oneroster.zip"
        with place.open("wb") as file:
            count = export_bundle(file, actor=actor, now=timezone.now())
        with place.open("rb") as file:
            kept = keep_file(chunks_of(file), kind="roster.bundle", name="oneroster.zip", media_type=ZIP, actor=actor, now=timezone.now())
    Job.everywhere.filter(pk=job.pk).update(report_file=kept)
    return {"people": count}
