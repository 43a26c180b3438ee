"""Each row of a file resolved to the claim it is, or told what is wrong with it; the number of queries does not grow with the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from xingtan.core.calendar import ordinal_of
from xingtan.core.policy import Policy
from xingtan.core.policy.kinds import TermColumn
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.models import Organisation

from .models import Claim
from .reading import Typed
from .rules import MOST_NUMBER, day_of, moment_of, whole_seconds
from .states import Field, Problem, Unit

MOST_MEDIA = 10**9


class Said(NamedTuple):
    """One claim as it is delivered, its teacher and offer already found; `first_on` None: since the first day of the offer's year."""

    number: str
    teacher_id: int | None
    offer_id: int | None
    seconds: int
    first_on: date | None
    last_on: date
    from_at: int = 0
    until_at: int = 0
    mode: str = ""
    media_s: int = 0
    replaces: str = ""
    is_trainee: bool = True
    activity: str = ""
    said_at: int = 0


class Chosen(NamedTuple):
    """An offer of the provider that a teacher chose, by the words a file may name it with."""

    offer_id: int
    names: frozenset[str]
    first_on: date
    last_on: date
    is_closed: bool
    modes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file as typed, and either the claim it is or what is wrong with it."""

    typed: Typed
    said: Said | None = None
    problems: tuple[Problem, ...] = ()


class Clock(NamedTuple):
    """In what the file counts time, and the day of today as an ordinal."""

    unit: Unit
    today: int


def resolve(rows: Sequence[Typed], *, provider: Organisation, unit: Unit, today: date) -> list[Line]:
    """Every row with its claim or its problems; nothing is changed."""
    branch = Scope.of(provider.path[:STEP])
    people = teachers.teachers_by_number({row[Field.IDENTITY] for row in rows if row[Field.IDENTITY]}, branch)
    chosen = _chosen((teacher.pk for teacher in people.values()), provider.pk)
    times = Counter(row[Field.NUMBER] for row in rows)
    clock = Clock(unit, today.toordinal())
    found = []
    for row in rows:
        teacher = people.get(row[Field.IDENTITY])
        line = _line(row, teacher, chosen.get(teacher.pk, ()) if teacher else (), clock)
        twice = (Problem.NUMBER_TWICE,) if times[row[Field.NUMBER]] > 1 else ()
        found.append(Line(row, None, (*twice, *line.problems)) if twice else line)
    return _held_against(found, provider.pk)


def _chosen(teacher_ids: Iterable[int], provider_id: int) -> dict[int, list[Chosen]]:
    """The provider's offers that these teachers chose, with the days of their year."""
    rows = enrolment.ChosenOffer.objects.filter(selection__teacher_id__among=list(teacher_ids), offer__provider_id=provider_id)
    rows = rows.exclude(selection__state=enrolment.State.WITHDRAWN)
    year = "selection__training_year__"
    names = ("offer__title", "offer__course__title", "offer__course__code")
    fields = ("selection__teacher_id", "offer_id", *names, f"{year}first_on", f"{year}last_on", f"{year}state", f"{year}id")
    chosen = list(rows.values_list(*fields))
    modes = {pk: _modes(policy) for pk, policy in policies.policies_of({row[-1] for row in chosen}).items()}
    words: dict[tuple[str, ...], frozenset[str]] = {}
    found: dict[int, list[Chosen]] = {}
    for teacher_id, offer_id, *called, first_on, last_on, state, year_id in chosen:
        named = words.setdefault(tuple(called), frozenset(name for name in called if name))
        is_closed = state == policies.YearState.CLOSED
        found.setdefault(teacher_id, []).append(Chosen(offer_id, named, first_on, last_on, is_closed, modes[year_id]))
    return found


def _modes(policy: Policy) -> dict[str, str]:
    """The words that a file may use for how it was studied, and their codes in the pack."""
    terms = [one for one in policy.terms if one.column is TermColumn.MODE]
    return {word: one.code for one in terms for word in (one.code, one.label.zh, one.label.en)} | {"": ""}


class _When(NamedTuple):
    """When a row says it happened, and how long; None for what can not be read."""

    seconds: int | None
    first_on: date | None
    last_on: date | None
    from_at: int
    until_at: int
    is_right: bool


def _when(row: Typed, unit: Unit) -> _When:
    begin, end = row[Field.BEGIN], row[Field.END]
    seconds = whole_seconds(row[Field.SECONDS], unit) if row[Field.SECONDS] else None
    if not begin and not end:
        first_on = day_of(row[Field.FIRST]) if row[Field.FIRST] else None
        last_on = day_of(row[Field.DAY])
        is_right = not row[Field.FIRST] or bool(first_on and last_on and first_on <= last_on)
        return _When(seconds, first_on, last_on, 0, 0, is_right)
    from_at, until_at = moment_of(begin) or 0, moment_of(end) or 0
    if not end and from_at and seconds:
        until_at = from_at + seconds
    if not row[Field.SECONDS] and from_at and until_at:
        seconds = until_at - from_at
    is_right = 0 < from_at < until_at
    day = date.fromordinal(ordinal_of(from_at)) if is_right else day_of(row[Field.DAY])
    return _When(seconds, day, day, from_at, until_at, is_right)


def _line(row: Typed, teacher: teachers.Teacher | None, chosen: Sequence[Chosen], clock: Clock) -> Line:
    when = _when(row, clock.unit)
    offer = _offer(chosen, row[Field.TITLE], when.last_on)
    media = whole_seconds(row[Field.MEDIA], Unit.SECONDS) if row[Field.MEDIA] else 0
    mode = offer.modes.get(row[Field.MODE]) if offer else None
    found = tuple(_problems(row, teacher, chosen, offer, when, clock))
    if found or not (teacher and offer and when.last_on):
        return Line(row, None, found)
    if mode is None or media is None:
        return Line(row, None, (Problem.MODE_UNKNOWN if mode is None else Problem.SECONDS_WRONG,))
    first_on = when.first_on or offer.first_on
    said = Said(
        row[Field.NUMBER], teacher.pk, offer.offer_id, when.seconds or 0, first_on, when.last_on, when.from_at, when.until_at,
        mode, media, row[Field.REPLACES],
    )  # fmt: skip
    return Line(row, said)


def _problems(
    row: Typed, teacher: teachers.Teacher | None, chosen: Sequence[Chosen], offer: Chosen | None, when: _When, clock: Clock
) -> Iterable[Problem]:
    if not 0 < len(row[Field.NUMBER]) <= MOST_NUMBER:
        yield Problem.NUMBER_MISSING
    if not (teacher and chosen):
        yield Problem.NOT_A_TRAINEE
    elif teachers.normal_name(row[Field.NAME]) != teacher.name:
        yield Problem.NAME_DIFFERS
    elif when.last_on and offer is None:
        yield Problem.OFFER_UNKNOWN
    elif offer and offer.is_closed:
        yield Problem.YEAR_CLOSED
    if when.seconds is None or (when.seconds == 0 and not row[Field.REPLACES]):
        yield Problem.SECONDS_WRONG
    if when.last_on is None or when.last_on.toordinal() > clock.today:
        yield Problem.DAY_WRONG
    if not when.is_right:
        yield Problem.TIMES_WRONG


def _offer(chosen: Sequence[Chosen], title: str, day: date | None) -> Chosen | None:
    """The chosen offer that the row names, of the year in which its day lies."""
    return next((one for one in chosen if day and title in one.names and one.first_on <= day <= one.last_on), None)


def _held_against(lines: list[Line], provider_id: int) -> list[Line]:
    """The lines held against what was delivered before: other figures under a known number, corrections of nothing."""
    said = [line.said for line in lines if line.said]
    known = known_claims(provider_id, {one.number for one in said} | {one.replaces for one in said if one.replaces})
    here = {one.number for one in said}
    wanted = Counter(one.replaces for one in said if one.replaces)
    found = []
    for line in lines:
        problem = _against(line.said, known, here, wanted) if line.said else None
        found.append(Line(line.typed, None, (problem,)) if problem else line)
    return found


def _against(said: Said, known: Mapping[str, Known], here: Collection[str], wanted: Counter[str]) -> Problem | None:
    if said.number in known:
        return None if known[said.number].said == said else Problem.RECORD_DIFFERS
    if not said.replaces:
        return None
    if said.replaces == said.number or (said.replaces not in known and said.replaces not in here):
        return Problem.REPLACED_UNKNOWN
    is_replaced = said.replaces in known and known[said.replaces].is_replaced
    return Problem.REPLACED_BEFORE if is_replaced or wanted[said.replaces] > 1 else None


class Known(NamedTuple):
    """A claim that stands: its id, what it said, and whether another took its place."""

    pk: int
    said: Said
    is_replaced: bool


SAID_FIELDS = ("number", "teacher_id", "offer_id", "seconds", "first_on", "last_on", "from_at", "until_at", "mode", "media_s")


def known_claims(provider_id: int, numbers: Collection[str]) -> dict[str, Known]:
    """The provider's claims of these numbers as they stand."""
    rows = Claim.everywhere.filter(provider_id=provider_id, number__among=numbers)
    found: list[tuple[Any, ...]] = list(rows.values_list("pk", *SAID_FIELDS, "replaces__number", "is_trainee", "activity"))
    replaced = set(Claim.everywhere.filter(replaces__among=[row[0] for row in found]).values_list("replaces_id", flat=True))
    return {row[1]: Known(row[0], Said._make((*row[1:11], row[11] or "", *row[12:], 0)), row[0] in replaced) for row in found}
