"""Making a kit in the background, as a file to download."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind, tell_progress
from xingtan.foundation.people.roles import Actor

from .actions.making import register_kit, write_folder, zip_place

MAKE_JOB = "kits.make"


def zip_folder(folder: Path, place: Path) -> Path:
    """The folder as one file; films and documents are stored as they are."""
    fresh = place.with_suffix(".new")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.parent.chmod(0o700)
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED, allowZip64=True) as out:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                out.write(file, f"{place.stem[:8]}/{file.relative_to(folder)}")
    fresh.replace(place)
    return place


@job_kind(MAKE_JOB)
def _make(job: Job, actor: Actor) -> Mapping[str, Any]:
    made = register_kit(actor=actor, group_id=int(job.params["group"]), now=timezone.now())
    place = zip_place(made.kit)
    folder = place.with_suffix("")
    write_folder(made, folder, lambda done, total: tell_progress(job, done, total))
    zip_folder(folder, place)
    shutil.rmtree(folder)
    return {"files": len(made.files), "number": made.kit.number}
