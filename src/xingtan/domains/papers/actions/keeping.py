"""The archive: a sealed paper's PDF is kept as a file with its digest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from xingtan.domains.papers.models import PaperState, PaperStep
from xingtan.domains.papers.printing import papers_pdf
from xingtan.domains.papers.states import State, Step
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import tell_progress
from xingtan.foundation.people.roles import OPERATOR

KIND, PDF = "papers.sealed", "application/pdf"


def archive(paper_ids: Collection[int], *, job: Job | None = None, now: datetime) -> int:
    """Every sealed paper of these has its PDF in the archive; those that have it already are left alone. Returns how many were kept."""
    done = set(PaperStep.objects.filter(paper_id__in=paper_ids, step=Step.ARCHIVED).values_list("paper_id", flat=True))
    rows = PaperState.everywhere.filter(pk__in=set(paper_ids) - done, state=State.SEALED).select_related("paper__printing")
    wanted = list(rows.order_by("pk"))
    for place, row in enumerate(wanted, start=1):
        _keep(row, papers_pdf([row.paper]), now)
        if job is not None:
            tell_progress(job, place, len(wanted))
    return len(wanted)


@atomic
def _keep(row: PaperState, made: bytes, now: datetime) -> None:
    """The file is named after the digest of the content it shows, never after the person."""
    if not PaperStep.objects.filter(paper_id=row.pk, step=Step.ARCHIVED).exists():
        name = f"{row.paper.digest}.pdf"
        file = keep_file([made], kind=KIND, name=name, media_type=PDF, actor=OPERATOR, now=now)
        PaperStep.objects.create(paper_id=row.pk, step=Step.ARCHIVED, at=now, file=file)


def archived_file(paper_id: int) -> StoredFile | None:
    """The archived PDF of the paper, or None before it was archived."""
    step = PaperStep.objects.filter(paper_id=paper_id, step=Step.ARCHIVED).select_related("file").first()
    return step.file if step else None
