"""What was known of many people at a moment: verdicts, lines of the ledger, facts of the register; a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from xingtan.core.policy import Policy
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.eligibility.rules import Standing
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.scope.models import Organisation

KINDS = (
    teachers.FactKind.SCHOOL,
    teachers.FactKind.STAGE,
    teachers.FactKind.SUBJECT,
    teachers.FactKind.TITLE,
    teachers.FactKind.STATUS,
    teachers.FactKind.HIRED_ON,
)
YEAR, CYCLE = "year", "cycle"


class Profile(NamedTuple):
    """Where a teacher worked, and as what, on the day as it was known."""

    school: Organisation
    stage: str
    subject: str
    title: str
    status: str
    hired_on: date


class YearKnown(NamedTuple):
    """One training year of a person: what was determined by the moment, and the lines that were not verified by it."""

    year: policies.TrainingYear
    standing: Standing
    verdict: determination_room.KnownVerdict | None
    entries: tuple[credits_room.KnownEntry, ...]


class CycleKnown(NamedTuple):
    """One cycle of a person as its last determined year left it."""

    year: policies.TrainingYear
    standing: Standing
    verdict: determination_room.KnownVerdict | None


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that was known of one person."""

    teacher: teachers.Teacher
    profile: Profile
    years: tuple[YearKnown, ...]
    cycles: tuple[CycleKnown, ...]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Years and cycles as the rules take them."""
        return (*(one.standing for one in self.years), *(one.standing for one in self.cycles))


def known_of(teacher_ids: Collection[int], on: date, known_at: datetime) -> Iterator[Known]:
    """Each of these teachers on that day, as known by that moment, in the order of their ids."""
    people = teachers.teachers_by_id(teacher_ids)
    profiles = _profiles(people, on, known_at)
    years = _years(profiles, on, known_at)
    verdicts = determination_room.verdicts_known(people, known_at)
    entries = credits_room.unverified_entries(people, known_at)
    for pk, teacher in people.items():
        profile = profiles[pk]
        own = [
            _year(year, verdicts.get((pk, year.pk, YEAR)), tuple(entries.get((pk, year.pk), ())), on)
            for year in years[profile.school.pk]
            if year.year >= _first_year(policies.policy_of(year), profile.hired_on)
        ]
        yield Known(teacher, profile, tuple(own), tuple(_cycles(own, pk, verdicts, on)))


@lru_cache(maxsize=4096)
def _first_year(policy: Policy, hired_on: date) -> int:
    """The training year from which on a teacher who was hired that day owes anything."""
    return credits_room.first_training_year(policy, hired_on)


def _profiles(people: dict[int, teachers.Teacher], on: date, known_at: datetime) -> dict[int, Profile]:
    facts = teachers.facts_known(people, KINDS, on, known_at)
    told = {pk: {kind: facts.get(pk, {}).get(kind, "") for kind in KINDS} for pk in people}
    wanted = {int(one[teachers.FactKind.SCHOOL]) for one in told.values() if one[teachers.FactKind.SCHOOL]}
    schools = Organisation.everywhere.in_bulk(sorted(wanted))
    return {pk: _profile(teacher, told[pk], schools) for pk, teacher in people.items()}


def _profile(teacher: teachers.Teacher, told: dict[teachers.FactKind, str], schools: dict[int, Organisation]) -> Profile:
    school = schools.get(int(told[teachers.FactKind.SCHOOL] or 0), teacher.school)
    hired = told[teachers.FactKind.HIRED_ON]
    return Profile(
        school=school,
        stage=told[teachers.FactKind.STAGE] or teacher.stage,
        subject=told[teachers.FactKind.SUBJECT] or teacher.subject,
        title=told[teachers.FactKind.TITLE] or teacher.title,
        status=told[teachers.FactKind.STATUS] or teacher.status,
        hired_on=date.fromisoformat(hired) if hired else teacher.hired_on,
    )


def _years(profiles: dict[int, Profile], on: date, known_at: datetime) -> dict[int, list[policies.TrainingYear]]:
    """Per school the training years that had begun by the day and were opened by the moment, the earliest first."""
    rows = policies.years_for(OPERATOR.scope).filter(first_on__lte=on, opened_at__lte=known_at).order_by("year", "pk")
    known = list(rows)
    schools = {profile.school.pk: profile.school.path for profile in profiles.values()}
    return {pk: [year for year in known if path.startswith(year.organisation.path)] for pk, path in schools.items()}


def _year(
    year: policies.TrainingYear, verdict: determination_room.KnownVerdict | None, entries: tuple[credits_room.KnownEntry, ...], on: date
) -> YearKnown:
    policy = policies.policy_by_digest(verdict.pack_digest) if verdict else policies.policy_of(year)
    is_final = verdict is not None and verdict.examined_at is not None
    said = verdict.verdict if verdict else None
    return YearKnown(year, Standing(year.year, False, policy, said, is_final, is_final or year.last_on < on), verdict, entries)


def _cycles(
    own: list[YearKnown], teacher_id: int, verdicts: dict[tuple[int, int, str], determination_room.KnownVerdict], on: date
) -> Iterator[CycleKnown]:
    """Each cycle with the verdict of its latest determined year; final when the cycle is over and each of its years is final."""
    by_cycle: dict[int, list[YearKnown]] = {}
    for one in own:
        by_cycle.setdefault(one.year.cycle_first, []).append(one)
    for first, rows in by_cycle.items():
        last = rows[-1]
        found = [row for one in rows if (row := verdicts.get((teacher_id, one.year.pk, CYCLE)))]
        verdict = found[-1] if found else None
        is_due = last.year.year == last.year.cycle_last and last.year.last_on < on
        is_final = is_due and all(one.standing.is_final for one in rows)
        policy = last.standing.policy
        said = verdict.verdict if verdict else None
        yield CycleKnown(last.year, Standing(first, True, policy, said, is_final, is_due), verdict)
