"""Opening entries: hours from before Xingtan, reconciled per school and year to the hundredth, or refused as a whole."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from xingtan.core.determination import HourFact, recognise
from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact
from xingtan.domains.credits.access import IMPORT_OPENING
from xingtan.domains.credits.models import CreditEntry, OpeningTotal
from xingtan.domains.credits.openings import BATCH as BATCH_COLUMN
from xingtan.domains.credits.openings import (
    COMPONENT,
    HEADINGS,
    NAME,
    NUMBER,
    SCHOOL,
    SOURCE,
    YEAR,
    Key,
    OpeningRow,
    opening_rows,
    opening_totals,
)
from xingtan.domains.credits.queries.people import Person, people_of
from xingtan.domains.credits.queries.standing import openings_of
from xingtan.domains.credits.states import EntryKind, State
from xingtan.domains.credits.words import problem_sentence
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import chunks_of, keep_file, readable
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import tell_progress
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import counties_of

from .entering import write_entries


class Opened(NamedTuple):
    """What an import did: new lines, lines that already stood, schools and hours."""

    entered: int
    already: int
    schools: int
    centi: int


class Around(NamedTuple):
    """What the rows are judged by: years, their policies, schools by name, teachers by number."""

    years: Mapping[int, policies.TrainingYear]
    rules: Mapping[int, Policy]
    components: Mapping[int, Mapping[str, str]]
    schools: Mapping[str, Organisation]
    people: Mapping[str, teachers.Teacher]


def import_opening(*, actor: Actor, job: Job, now: datetime) -> Mapping[str, Any]:
    """The job's workbook stands in the ledger, or nothing of it; what is refused is named row by row in the job's report."""
    if job.input_file is None:
        raise Refused("opening_sheet_missing", sheet="1")
    with readable(job.input_file) as path:
        rows, totals = list(opening_rows(path)), opening_totals(path)
    around = _around(actor, rows)
    _judge(rows, around)
    faults = sum(1 for row in rows if row.problems)
    if faults:
        _report(job, rows, actor, now)
        raise Refused("opening_has_problems", count=faults)
    done = import_rows(actor=actor, rows=rows, totals=totals, job_id=job.pk, now=now, tell=lambda at: tell_progress(job, at, len(rows)))
    return {"entered": done.entered, "already": done.already, "schools": done.schools, "hours": format_hours_exact(done.centi)}


@atomic
def import_rows(
    *,
    actor: Actor,
    rows: Sequence[OpeningRow],
    totals: Mapping[Key, int],
    job_id: int,
    now: datetime,
    tell: Callable[[int], None] = lambda _at: None,
) -> Opened:
    """Faultless rows stand as verified opening entries; rows that stood before change nothing. Refused when a school's total differs."""
    require(actor, IMPORT_OPENING)
    if not rows:
        raise Refused("opening_empty")
    around = _around(actor, rows)
    _reconcile(rows, totals)
    lines = [_line(row, around, actor, now) for row in rows]
    fresh = _unknown(lines)
    _complete(fresh, around)
    made = write_entries(fresh, state=State.VERIFIED, actor=actor, now=now)
    tell(len(rows))
    _keep_totals(totals, around, job_id)
    if made:
        record(actor, "credits.opened", "credit_entry", [line.pk for line in made], now=now)
    return Opened(len(made), len(lines) - len(made), len({name for name, _ in totals}), sum(row.centi for row in rows))


def _complete(lines: Sequence[CreditEntry], around: Around) -> None:
    """Every line has its county and what is recognised of it."""
    counties = counties_of({line.school_id for line in lines})
    by_year: dict[int, list[CreditEntry]] = defaultdict(list)
    for line in lines:
        line.county_id = counties[line.school_id]
        by_year[line.training_year_id].append(line)
    for year in sorted(by_year):
        _recognise(by_year[year], around, year)


def _around(actor: Actor, rows: Iterable[OpeningRow]) -> Around:
    wanted = list(rows)
    years = {year.year: year for year in policies.years_for(actor.scope).filter(year__in={row.year for row in wanted})}
    rules = {year: policies.policy_of(found) for year, found in years.items()}
    labels = {
        year: {word: one.code for one in policy.components for word in (one.label.zh, one.label.en, one.code)}
        for year, policy in rules.items()
    }
    schools = {school.name: school for school in teachers.schools_in(actor.scope)}
    people = teachers.teachers_by_number({row.cells[NUMBER] for row in wanted}, actor.scope)
    # A line that mends one names its teacher by `@` and the public id: nobody opens a number for it.
    named = [row.cells[NUMBER][1:] for row in wanted if row.cells[NUMBER].startswith("@")]
    people |= {f"@{one.public_id}": one for one in teachers.teachers_in(actor.scope).filter(public_id__in=named)} if named else {}
    return Around(years, rules, labels, schools, people)


def _judge(rows: Sequence[OpeningRow], around: Around) -> None:
    """Every row knows what is wrong with it."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        cells = row.cells
        teacher = around.people.get(cells[NUMBER])
        if teacher is None:
            row.problems.append((NUMBER, "opening_teacher_unknown"))
        elif teachers.normal_name(cells[NAME]) != teacher.name:
            row.problems.append((NAME, "opening_name_differs"))
        if cells[SCHOOL] and cells[SCHOOL] not in around.schools:
            row.problems.append((SCHOOL, "opening_school_unknown"))
        year = around.years.get(row.year)
        if row.year and (year is None or year.state == policies.YearState.CLOSED):
            row.problems.append((YEAR, "opening_year_not_open"))
        elif year is not None and cells[COMPONENT] not in around.components[row.year]:
            row.problems.append((COMPONENT, "opening_component_unknown"))
        key = tuple(cells[name] for name in (NUMBER, YEAR, COMPONENT, SOURCE, BATCH_COLUMN))
        if key in seen:
            row.problems.append((NUMBER, "opening_row_twice"))
        seen.add(key)


def _reconcile(rows: Sequence[OpeningRow], totals: Mapping[Key, int]) -> None:
    """Nothing changed; raises `Refused` with school, year and difference for the first total that the rows do not add up to."""
    sums: Counter[Key] = Counter()
    for row in rows:
        sums[row.cells[SCHOOL], row.year] += row.centi
    for school, year in sorted(sums.keys() | totals.keys()):
        has, claimed = sums[school, year], totals.get((school, year), 0)
        if has != claimed:
            raise Refused(
                "opening_total_differs",
                school=school,
                year=year,
                rows=format_hours_exact(has),
                claimed=format_hours_exact(claimed),
                difference=format_hours_exact(has - claimed),
            )


def _line(row: OpeningRow, around: Around, actor: Actor, now: datetime) -> CreditEntry:
    year, teacher = around.years[row.year], around.people[row.cells[NUMBER]]
    school = around.schools[row.cells[SCHOOL]]
    component = around.components[row.year][row.cells[COMPONENT]]
    named = hashlib.sha256(f"{row.cells[SOURCE]}|{row.cells[BATCH_COLUMN]}".encode()).hexdigest()[:16]
    return CreditEntry(
        source=f"opening:{year.pk}:{teacher.pk}:{component}:{named}",
        teacher_id=teacher.pk,
        training_year=year,
        school_id=school.pk,
        provider_id=school.pk,
        kind=EntryKind.OPENING.value,
        component=component,
        title=row.cells[SOURCE][:200],
        learned_centi=row.centi,
        recognised_centi=row.centi,
        happened_on=year.last_on,
        entered_at=now,
        entered_by_id=actor.account_id,
        reason=row.cells[BATCH_COLUMN][:200],
        pack_digest=year.pack.digest,
    )


def _unknown(lines: Sequence[CreditEntry]) -> list[CreditEntry]:
    """The lines that do not stand yet; refused when one stands with other hours."""
    known = dict(CreditEntry.everywhere.filter(source__among=[line.source for line in lines]).values_list("source", "learned_centi"))
    for line in lines:
        if known.get(line.source, line.learned_centi) != line.learned_centi:
            raise Refused("opening_differs", year=line.training_year.year, hours=format_hours_exact(known[line.source]))
    return [line for line in lines if line.source not in known]


def _recognise(lines: Sequence[CreditEntry], around: Around, training_year_id: int) -> None:
    """Each line's recognised hours are what the caps leave beside what already stands."""
    year = next(one for one in around.years.values() if one.pk == training_year_id)
    policy = around.rules[year.year]
    people = people_of({line.teacher_id for line in lines}, year.pk, policy)
    facts: dict[int, list[HourFact]] = defaultdict(list)
    for place, one in enumerate(openings_of(people, year.pk)):
        facts[one.teacher_id].append(HourFact(f"o{place}", one.component, one.recognised, one.on, verified=True))
    by_teacher: dict[int, list[CreditEntry]] = defaultdict(list)
    for line in lines:
        by_teacher[line.teacher_id].append(line)
        facts[line.teacher_id].append(HourFact(line.source, line.component, line.learned_centi, line.happened_on))
    for pk, own in by_teacher.items():
        person: Person = people[pk]
        counted = recognise(
            policy, person.item, facts[pk], is_new_hire=person.is_new_hire(policy, year.year), first_year=person.is_first_year(year.year)
        )
        for line in own:
            line.recognised_centi = counted.by_fact[line.source]


def _keep_totals(totals: Mapping[Key, int], around: Around, job_id: int) -> None:
    rows = [
        OpeningTotal(
            job_id=job_id, school=around.schools[school], training_year=around.years[year], claimed_centi=centi, entered_centi=centi
        )
        for (school, year), centi in totals.items()
    ]
    OpeningTotal.everywhere.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)


def _report(job: Job, rows: Sequence[OpeningRow], actor: Actor, now: datetime) -> None:
    """The job has a workbook with the rows to mend first, each with its problems in words."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as place:
        book = xlsxwriter.Workbook(place.name, {"constant_memory": True, "strings_to_formulas": False})
        sheet, bad = book.add_worksheet(), book.add_format({"bg_color": "#f6d5cf"})
        for column, heading in enumerate((*HEADINGS, "问题")):
            sheet.write(0, column, heading)
        ordered = sorted(rows, key=lambda row: not row.problems)
        for at, row in enumerate(ordered, start=1):
            wrong = {column for column, _ in row.problems}
            for place_of, heading in enumerate(HEADINGS):
                sheet.write_string(at, place_of, row.cells[heading], bad if heading in wrong else None)
            sheet.write_string(at, len(HEADINGS), "；".join(problem_sentence(column, code) for column, code in row.problems))
        book.close()
        with Path(place.name).open("rb") as made:
            report = keep_file(
                chunks_of(made), kind="credits.opening_report", name=f"opening-{job.public_id}.xlsx", media_type=XLSX, actor=actor, now=now
            )
    Job.everywhere.filter(pk=job.pk).update(report_file=report)
