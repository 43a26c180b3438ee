"""Research extracts in the background."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from xingtan.domains.policies import api as policies
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind, tell_progress
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope

from .research.extract import write_extract

RESEARCH_JOB = "supervision.research"


@job_kind(RESEARCH_JOB)
def research_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The job's result names a bundle with the table and its manifest."""
    now = timezone.now()
    year = next((one for one in policies.years_for(actor) if one.pk == job.params["year_id"]), None)
    if year is None:
        raise NotInScope
    with tempfile.TemporaryDirectory() as folder:
        made = write_extract(
            actor=actor,
            training_year=year,
            k=int(job.params["k"]),
            folder=Path(folder),
            now=now,
            tell=lambda a, b: tell_progress(job, a, b),
        )
        bundle = Path(folder) / "research.zip"
        with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
            for place in (made.table, made.table.with_name("manifest.json")):
                archive.write(place, place.name)
        with bundle.open("rb") as source:
            name = f"research-{year.year}-k{made.manifest['k']}.zip"
            kept = keep_file(chunks_of(source), kind="research", name=name, media_type="application/zip", actor=actor, now=now)
    return {"rows": made.manifest["rows"], "left_out": made.manifest["left_out"], "k": made.manifest["k"], "file": kept.public_id}
