"""Rows that the addresses of admissions name: the county's project with its round, Lin's application, a workbook of each who hands in."""

from __future__ import annotations

from tests.county.matrix_admissions import BOOKS, DECIDING, MINE, NOMINATING, ONE, ROWS, SEEN
from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.admissions import api as admissions
from xingtan.domains.nominations import api as nominations
from xingtan.domains.projects import api as projects
from xingtan.foundation.jobs.run import start_job

PROJECT = {*SEEN, *NOMINATING, *BOOKS, *DECIDING, "open_project", "apply"}


class Admissions:
    """The county's project of the demonstration's year, and Lin's place in the city's."""

    def __init__(self, world) -> None:
        self.project = projects.projects_for(cast.actor("county").scope, q="青年教师课堂教学研修").get()
        self.round = admissions.rounds_of(self.project.pk)[0]
        self.mine = admissions.own_applications(world.lin.pk)[0]

    def words(self, name: str, login: str) -> dict[str, object] | None:
        face, _colon, what = name.partition(":")
        if name not in ROWS or what in ("admissions", "open_projects", "applications" if face == "trainee" else ""):
            return None
        if what in (ONE if face == "bureau" else MINE):
            return {"pid": self.mine.public_id}
        return {"pid": self.project.public_id, **self.more(what, login)}

    def more(self, what: str, login: str) -> dict[str, object]:
        if what == "round_decide":
            return {"number": self.round.public_id}
        if what.startswith("class_"):
            return {"offer": "zzzzzzzzzzzz"}
        if what == "nominations_take_back":
            return {"batch": "zzzzzzzzzzzz"}
        if what in BOOKS:
            actor = cast.teacher_actor("林知微") if login == "teacher" else cast.actor(login)
            return {"job": start_job(actor=actor, kind=nominations.PREVIEW, params={"project": self.project.pk}, now=NOW).public_id}
        return {}
