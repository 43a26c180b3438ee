"""Rows that the addresses of other ways to earn hours name."""

from __future__ import annotations

from tests.county.matrix_recognition import FILES, HELD, MEETINGS, ROWS
from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.recognition import api as room
from xingtan.foundation.files.store import keep_file


def acting(login: str):
    """The person with this sign-in name; the teacher is Lin."""
    return cast.teacher_actor("林知微") if login == "teacher" else cast.actor(login)


class Recognition:
    """A training of Lin's school with a meeting, and a claim of Lin's that waits."""

    def __init__(self, world) -> None:
        self.world = world
        clerk, year, lin = cast.actor("clerk"), world.year, world.lin
        day = max(year.first_on, min(year.last_on, NOW.date()))
        paper = self.paper("clerk", "recognition")
        declared = room.Declared("school_training", "matrix", "matrix", 2_00, year.first_on, year.last_on, [lin.pk])
        self.training = room.declare(actor=clerk, training_year_id=year.pk, declared=declared, papers=[("plan", paper)], now=NOW)
        room.decide_trainings(actor=cast.actor("county"), ids=[self.training.pk], is_approved=True, now=NOW)
        self.meeting = room.add_meeting(actor=clerk, training_id=self.training.pk, span=room.Span(day, 540, 600), now=NOW)
        claimed = room.Claimed("open_lesson", "matrix", day, 1_00, "matrix")
        papers = [("certificate", self.paper("teacher", "recognition"))]
        self.claim = room.claim(actor=acting("teacher"), training_year_id=year.pk, claimed=claimed, papers=papers, now=NOW)

    def paper(self, login, kind):
        return keep_file([b"%PDF-1.4"], kind=kind, name="a.pdf", media_type="application/pdf", actor=acting(login), now=NOW)

    def words(self, name: str, login: str) -> dict[str, object] | None:
        _face, _colon, what = name.partition(":")
        if name not in ROWS:
            return None
        if what == "project_folder":
            return {"pid": self.world.project.public_id}
        if what.startswith("training") and what in ("training", "training_sheets", "training_folder", *HELD):
            return {"pid": self.training.public_id}
        if what in MEETINGS:
            return {"pid": self.meeting.public_id}
        if what in ("claim", "claim_withdraw"):
            return {"pid": self.claim.public_id}
        if what in FILES:
            head = ",".join(room.HEADINGS).encode() + b"\n"
            actor = acting(login)
            file = keep_file([head], kind="recognition.platform", name="a.csv", media_type="text/csv", actor=actor, now=NOW)
            return {"pid": file.public_id}
        return None
