"""A teacher's record of a year: every hour down to its evidence, every step of its chain, and the verdict with its reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from xingtan.core.calendar import WindowKind
from xingtan.core.determination import CycleVerdict, YearFacts, YearVerdict, determine_cycle, determine_year, recognise
from xingtan.core.determination.facts import OFFSET
from xingtan.core.policy import Policy, Rule
from xingtan.core.units import Converted, hours_centi
from xingtan.domains.courses import api as courses
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination.models import Determination
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account
from xingtan.foundation.scope.models import Organisation

from .determinations import CYCLE, determination_of, past_years
from .facts import facts_of_year


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step in the life of an entry: done by whom and when, waiting, or sent back with its reason."""

    step: str
    at: datetime | None = None
    office: str = ""
    person: str = ""
    is_returned: bool = False
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntryView:
    """A ledger line with its state and chain."""

    entry: credits_room.CreditEntry
    state: credits_room.State
    chain: tuple[ChainStep, ...]


@dataclass
class Row:
    """One activity: what was learned, what is recognised of it, and the lines that stand for it."""

    title: str
    title_en: str
    provider: str
    on: date
    component: str
    kind: str
    learned_centi: int
    recognised_centi: int
    evidence: credits_room.Evidence | None = None
    entries: list[EntryView] = field(default_factory=list)
    items: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def state(self) -> credits_room.State | None:
        """Where its least advanced standing line is; the newest line's state when none stands; None before anything was entered."""
        standing = [one.state for one in self.entries if one.state in credits_room.STANDING]
        if standing:
            return min(standing, key=credits_room.STANDING.index)
        return self.entries[-1].state if self.entries else None


@dataclass(frozen=True, slots=True)
class Section:
    """One component's rows, the clause it stands on, and the seconds that its hours were made of once."""

    component: str
    rule: Rule
    rows: tuple[Row, ...]
    studied: Converted


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that the record page shows."""

    teacher: teachers.Teacher
    training_year: policies.TrainingYear
    policy: Policy
    item: int | None
    amounts: credits_room.Amounts
    sections: tuple[Section, ...]
    work: tuple[credits_room.Evidence, ...]
    facts: YearFacts
    verdict: YearVerdict
    otherwise: YearVerdict | None
    study_closes_on: date | None
    cycle: CycleVerdict
    determination: Determination | None
    cycle_determination: Determination | None


def record_of(teacher_id: int, training_year_id: int, day: date) -> Record:
    """The teacher's record of the year, computed from the facts of this moment, in a fixed number of queries."""
    year = policies.TrainingYear.everywhere.select_related("pack", "organisation").get(pk=training_year_id)
    policy = policies.policy_of(year)
    people = credits_room.people_of([teacher_id], year.pk, policy)
    person = people[teacher_id]
    held, stands = credits_room.held_of(year.pk, people)[teacher_id], credits_room.stands_of(people, year.pk)
    _, facts = next(facts_of_year(year, people, day))
    verdict = determine_year(policy, facts)
    study = policies.windows_of(year).get(WindowKind.STUDY)
    standing = [*past_years(year, people).get(teacher_id, ()), verdict]
    counted = recognise(
        policy,
        person.item,
        credits_room.hour_facts(held, stands),
        is_new_hire=person.is_new_hire(policy, year.year),
        first_year=person.is_first_year(year.year),
    ).by_fact
    rows = _rows(teacher_id, year.pk, counted, policy)
    return Record(
        teacher=teachers.teachers_by_id([teacher_id])[teacher_id],
        training_year=year,
        policy=policy,
        item=person.item,
        amounts=credits_room.amounts_from(year, person, held, stands),
        sections=_sections(policy, rows),
        work=tuple(one for one in held.evidence if one.kind not in credits_room.WITH_HOURS),
        facts=facts,
        verdict=verdict,
        otherwise=None if facts.study_closed else determine_year(policy, replace(facts, study_closed=True)),
        study_closes_on=study.closes_on if study else None,
        cycle=determine_cycle(
            policy, standing, person.is_new_hire(policy, year.year), years_on_roster=person.years_on_roster(policy, year.year)
        ),
        determination=determination_of(teacher_id, year.pk),
        cycle_determination=determination_of(teacher_id, year.pk, span=CYCLE),
    )


def _sections(policy: Policy, rows: Sequence[Row]) -> tuple[Section, ...]:
    answer = []
    for one in policy.components:
        own = tuple(row for row in rows if row.component == one.code)
        seconds = sum(row.evidence.learned_s for row in own if row.evidence and row.kind == credits_room.EvidenceKind.LEARNED)
        answer.append(Section(one.code, one, own, hours_centi(seconds, policy.seconds_per_hour)))
    duties = tuple(row for row in rows if row.component == OFFSET)
    if duties and policy.offset is not None:
        answer.append(Section(OFFSET, policy.offset, duties, hours_centi(0, policy.seconds_per_hour)))
    return tuple(answer)


def _rows(teacher_id: int, training_year_id: int, counted: Mapping[str, int], policy: Policy) -> list[Row]:
    evidence = credits_room.Evidence.everywhere.filter(
        teacher_id__among=teachers.whose([teacher_id]), training_year_id=training_year_id, kind__in=credits_room.WITH_HOURS
    )
    views = _entries(teacher_id, training_year_id, policy)
    rows = []
    for one in evidence.select_related("provider").order_by("happened_on", "pk"):
        recognised = counted.get(f"v{one.pk}", 0) + counted.get(f"e{one.pk}", 0)
        row = Row(one.title, one.title_en, str(one.provider), one.happened_on, one.component, one.kind, one.learned_centi, recognised, one)
        row.entries = [view for view in views if view.entry.evidence_id == one.pk and view.entry.kind != credits_room.EntryKind.CORRECTION]
        rows.append(row)
    for view in views:
        entry = view.entry
        if entry.evidence_id is None and entry.kind != credits_room.EntryKind.CORRECTION:
            stands = view.state in credits_room.STANDING
            row = Row(entry.title, entry.title_en, str(entry.provider), entry.happened_on, entry.component, entry.kind, 0, 0)
            row.learned_centi, row.recognised_centi = (entry.learned_centi, entry.recognised_centi) if stands else (0, 0)
            row.entries = [view]
            rows.append(row)
    _name_units(rows)
    return rows


def _name_units(rows: Iterable[Row]) -> None:
    """Studied rows say how long was learned of which unit."""
    wanted = {int(pk) for row in rows if row.evidence for pk in row.evidence.detail.get("units", {})}
    units = courses.units_by_id(wanted) if wanted else {}
    for row in rows:
        if row.evidence:
            studied = row.evidence.detail.get("units", {})
            row.items = [(units[int(pk)].title, units[int(pk)].title_en, seconds) for pk, seconds in studied.items() if int(pk) in units]


def _entries(teacher_id: int, training_year_id: int, policy: Policy) -> list[EntryView]:
    """The teacher's lines of the year with their chains, in five queries."""
    states = credits_room.EntryState.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), training_year_id=training_year_id)
    states = states.select_related("entry__provider", "entry__school", "entry__county")
    rows = list(states.order_by("pk"))
    decisions: dict[int, list[credits_room.ReviewDecision]] = defaultdict(list)
    for one in credits_room.ReviewDecision.objects.filter(entry_id__among=[row.pk for row in rows]).order_by("pk"):
        decisions[one.entry_id].append(one)
    named = {one.account_id for own in decisions.values() for one in own} | {row.entered_by_id for row in rows}
    people = dict(Account.objects.filter(pk__in=[pk for pk in named if pk]).values_list("pk", "name"))
    office_ids = {one.organisation_id for own in decisions.values() for one in own if one.organisation_id}
    offices = {pk: str(one) for pk, one in Organisation.everywhere.in_bulk(office_ids).items()}
    steps = credits_room.steps_of(policy)

    def viewed(row: credits_room.EntryState) -> EntryView:
        state = credits_room.State(row.state)
        ahead = credits_room.steps_ahead(steps, state)
        return EntryView(row.entry, state, _chain(row.entry, decisions[row.pk], people, offices, ahead))

    return [viewed(row) for row in rows]


def _chain(
    entry: credits_room.CreditEntry,
    decisions: Sequence[credits_room.ReviewDecision],
    people: Mapping[int, str],
    offices: Mapping[int, str],
    ahead: Sequence[credits_room.Step],
) -> tuple[ChainStep, ...]:
    office = str(entry.county if entry.kind == credits_room.EntryKind.OPENING else entry.provider)
    steps = [ChainStep("enter", entry.entered_at, office, people.get(entry.entered_by_id or 0, ""))]
    if entry.kind == credits_room.EntryKind.OPENING:
        return tuple(steps)
    steps += [
        ChainStep(
            "reopened" if one.outcome == credits_room.Outcome.REOPENED else one.step,
            one.decided_at,
            offices.get(one.organisation_id or 0, ""),
            people.get(one.account_id or 0, ""),
            one.outcome == credits_room.Outcome.RETURNED,
            one.reason_code,
            one.reason,
        )
        for one in decisions
    ]
    if ahead:
        steps += [ChainStep(step.value, office=_who_has_it(step, entry)) for step in ahead]
    return tuple(steps)


def _who_has_it(step: credits_room.Step, entry: credits_room.CreditEntry) -> str:
    return str(entry.school if step in (credits_room.Step.REVIEW, credits_room.Step.REPORT) else entry.county)
