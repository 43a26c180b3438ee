"""Rows that the addresses of roster imports name."""

from __future__ import annotations

from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.rosters.api import RosterBatch


class Rosters:
    """An import that each asker's own office handed in, long written."""

    def __init__(self, world) -> None:
        self.world = world

    def words(self, name: str, login: str) -> dict[str, object] | None:
        _face, _colon, name = name.partition(":")
        if name == "roster_columns":
            return {"pid": self.world.job_of(login).public_id}
        if name in {"roster_batch", "roster_go_on", "roster_undo"}:
            return {"pid": self.batch_of(login).public_id}
        return None

    def batch_of(self, login: str) -> RosterBatch:
        """A batch of the asker's office; a teacher, who has none, asks for the school's."""
        actor = cast.actor("clerk" if login == "teacher" else login)
        told = {"state": "written", "begun_at": NOW, "moved_at": NOW, "file_name": "名册.xlsx"}
        return RosterBatch.everywhere.get_or_create(organisation_id=actor.organisation_id, digest="0" * 64, defaults=told)[0]
