"""Rows that the addresses of earlier hours name."""

from __future__ import annotations

from datetime import timedelta

from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.papers.models import OpeningAnswer, OpeningBatch
from xingtan.foundation.files.store import keep_file


class Openings:
    """A batch of the county that stands without lines, and Lin's answer to it, which waits."""

    def __init__(self, world) -> None:
        county, day = cast.actor("county"), NOW.date()
        scan = keep_file([b"%PDF-1.4"], kind="papers.opening_scan", name="scan.pdf", media_type="application/pdf", actor=county, now=NOW)
        times = {"handed_in_at": NOW, "stands_since": NOW, "answer_by": day + timedelta(days=30)}
        names = {
            "organisation_id": county.organisation_id,
            "title": "matrix",
            "source": "matrix",
            "workbook": scan,
            "scan": scan,
            "state": "stands",
        }
        self.batch = OpeningBatch.everywhere.create(**times, **names)
        self.answer = OpeningAnswer.everywhere.create(batch=self.batch, teacher=world.lin, school=world.school)

    def words(self, name: str, login: str) -> dict[str, object] | None:
        if name in ("bureau:opening_decide", "trainee:opening_say"):
            return {"pid": self.answer.public_id}
        return {"pid": self.batch.public_id} if name.startswith("bureau:opening_") and name not in TOGETHER else None


TOGETHER = ("bureau:opening_import", "bureau:opening_template")
