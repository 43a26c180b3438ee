"""What a workbook of nominations would bring, row by row: good, warned, refused with reasons, or there already from a cut-off import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from xingtan.domains.admissions.api import Application, Around, Look, Way, Wish, classes_of, is_for_rural, looks, standing_of
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor

from .reading import Typed

SHOWN = 200
KEPT_REFUSED = 5_000
NAMES_APART = "、,，;；"


class Good(NamedTuple):
    """A row to write: its number in the file, the wish, why."""

    place: int
    wish: Wish
    reason: str


class Bad(NamedTuple):
    """A row that is refused: as it was typed, with the codes of its reasons and what stands against the person."""

    typed: Typed
    problems: tuple[str, ...]
    look: Look | None = None


@dataclass
class Plan:
    """All rows of a file as counts, with those to write, the first refused ones, and some of each kind to be shown."""

    good: list[Good] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    warned: list[tuple[Typed, Look]] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)

    @property
    def refused(self) -> int:
        """How many rows are refused."""
        return self.tally["refused"]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are good, of these warned, refused, there already."""
        return {name: self.tally[name] for name in ("good", "warned", "refused", "there")}


def rooms_of(project_id: int) -> dict[int, int]:
    """How many more each class or course with a limit takes; none where it was cancelled."""
    limited = [(one.limit, one.taken) for one in classes_of(project_id) if one.limit]
    return {
        limit.pk: 0 if limit.cancelled_at else (limit.most or 0) - there
        for limit, there in limited
        if limit.cancelled_at or limit.most is not None
    }


def finds_room(rooms: dict[int, int], choice_id: int | None) -> bool:
    """True where the class has room or no limit; one place fewer is left in it."""
    if choice_id not in rooms:
        return True
    rooms[choice_id] -= 1
    return rooms[choice_id] >= 0


class Planner:
    """Takes rows portion by portion; the questions it asks do not grow with a portion's rows."""

    def __init__(self, actor: Actor, found: Around, way: Way, now: datetime, batch_id: int | None) -> None:
        self.actor, self.found, self.way, self.now, self.batch_id = actor, found, way, now, batch_id
        self.plan, self.seen, self.rooms = Plan(), set[int](), rooms_of(found.project.pk)
        self.offers = {offer.title: offer for offer in projects.offers_of([found.project.pk])[found.project.pk]}
        self.categories = {name: str(one["code"]) for one in found.project.categories for name in (one["code"], one.get("label", ""))}

    def take(self, rows: Sequence[Typed]) -> None:
        """The rows are judged; what they would do stands in the plan."""
        people = teachers.teachers_by_number({row.number for row in rows if row.number}, self.actor.scope)
        offers = {people[row.number].pk: self.offers.get(row.class_title) for row in rows if row.number in people}
        seen = looks(self.found.project, list(offers), self.now, offers, is_sent=True)
        standing = standing_of(self.found.project.pk, list(offers))
        for row in rows:
            teacher = people.get(row.number)
            self._judge(row, teacher, standing.get(teacher.pk) if teacher else None, seen.get(teacher.pk) if teacher else None)

    def _judge(self, row: Typed, teacher: teachers.Teacher | None, stands: Application | None, look: Look | None) -> None:
        if teacher is not None and stands is not None and stands.batch_id == self.batch_id is not None:
            self.seen.add(teacher.pk)
            self.plan.tally["there"] += 1
            return
        problems = [*self._problems(row, teacher, stands), *self._unmet(look)]
        if not problems and row.class_title and not finds_room(self.rooms, self.offers[row.class_title].pk):
            problems = ["nominee_class_full"]
        if problems or teacher is None:
            self.plan.tally["refused"] += 1
            if len(self.plan.bad) < KEPT_REFUSED:
                self.plan.bad.append(Bad(row, tuple(problems), look))
            return
        self.seen.add(teacher.pk)
        self.plan.tally["good"] += 1
        if look is not None and look.codes:
            self.plan.tally["warned"] += 1
            if len(self.plan.warned) < SHOWN:
                self.plan.warned.append((row, look))
        self.plan.good.append(Good(row.place, self._wish(row, teacher.pk), row.reason[:200]))

    def _problems(self, row: Typed, teacher: teachers.Teacher | None, stands: Application | None) -> list[str]:
        if teacher is None:
            return ["nominee_unknown"]
        checks = {
            "nominee_name_differs": teachers.normal_name(row.name) != teacher.name,
            "nominee_twice": teacher.pk in self.seen,
            "nominee_stands": stands is not None,
            "nominee_class_unknown": bool(row.class_title) and row.class_title not in self.offers,
            "nominee_category_unknown": bool(row.category) and row.category not in self.categories,
            "nominee_not_rural": is_for_rural(self.categories.get(row.category, "")) and not teacher.school.is_rural,
            "nominee_plan_unknown": any(title not in self.offers for title in titles(row.plan)),
            "nominee_elsewhere": not teacher.school.path.startswith(self.found.project.organiser.path),
        }
        return [code for code, is_wrong in checks.items() if is_wrong]

    def _unmet(self, look: Look | None) -> list[str]:
        return ["nominee_conditions"] if self.way is not Way.NATIONAL and look is not None and look.blocking else []

    def _wish(self, row: Typed, teacher_id: int) -> Wish:
        choice = self.offers[row.class_title].pk if row.class_title else None
        plan = tuple(self.offers[title].pk for title in titles(row.plan))
        return Wish(teacher_id, choice, self.categories.get(row.category, ""), plan)


def titles(text: str) -> list[str]:
    """The titles in a cell, apart by 、 or a comma."""
    for mark in NAMES_APART:
        text = text.replace(mark, "\n")
    return [one.strip() for one in text.splitlines() if one.strip()]
