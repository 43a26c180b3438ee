"""What a page of a certificate is made of: final verdicts with the verified hours behind them, for thousands at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination.models import Determination
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers

from .determinations import YEAR


class PageLine(NamedTuple):
    """The verified hours of one activity, in hundredths; all its ledger lines together."""

    component: str
    title: str
    title_en: str
    provider: str
    provider_en: str
    on: date
    learned: int
    recognised: int


class PastVerdict(NamedTuple):
    """Another year of the same cycle with its final verdict."""

    year: int
    verdict: str
    recognised: int


class PageFacts(NamedTuple):
    """A final verdict, what was verified for it, and the other years of its cycle."""

    determination: Determination
    lines: tuple[PageLine, ...]
    past: tuple[PastVerdict, ...]


def facts_for_pages(determination_ids: Collection[int]) -> list[PageFacts]:
    """The year verdicts among these that are final and current, each with its lines, in the order of their ids and in a fixed number of queries."""
    found = Determination.everywhere.filter(pk__among=determination_ids, span=YEAR, is_current=True, examined_at__isnull=False)
    rows = list(found.defer("tree", "reasons").order_by("pk"))
    years = policies.TrainingYear.everywhere.in_bulk({row.training_year_id for row in rows})
    for row in rows:  # a join would make the same year anew for every row
        row.training_year = years[row.training_year_id]
    heads = teachers.heads_of({row.teacher_id for row in rows})
    persons = teachers.whose(set(heads.values()))
    lines, past = _lines(rows, persons), _past(rows, persons)
    return [
        PageFacts(
            row,
            tuple(lines.get((heads[row.teacher_id], row.training_year_id), {}).values()),
            tuple(sorted(one for one in past[heads[row.teacher_id], row.training_year.cycle_first] if one.year != row.training_year.year)),
        )
        for row in rows
    ]


def _lines(rows: Iterable[Determination], persons: Mapping[int, int]) -> dict[tuple[int, int], dict[tuple[str, int], PageLine]]:
    """Per person and year the verified activities, the earliest first; corrections are lines of state reversed and left out."""
    states = credits_room.EntryState.everywhere.filter(
        teacher_id__among=persons, training_year_id__in={row.training_year_id for row in rows}, state=credits_room.State.VERIFIED
    )
    entry = ("entry__title", "entry__title_en", "entry__provider__name", "entry__provider__name_en")
    fields = ("teacher_id", "training_year_id", "entry__evidence_id", "entry_id", "component", *entry)
    found: dict[tuple[int, int], dict[tuple[str, int], PageLine]] = defaultdict(dict)
    amounts = ("happened_on", "learned_centi", "recognised_centi")
    for teacher, year, evidence, pk, *rest in states.order_by("happened_on", "entry_id").values_list(*fields, *amounts):
        own, key = found[persons[teacher], year], ("evidence", evidence) if evidence else ("entry", pk)
        line = PageLine(*rest)
        before = own.get(key)
        own[key] = (
            line
            if before is None
            else before._replace(learned=before.learned + line.learned, recognised=before.recognised + line.recognised)
        )
    return found


def _past(rows: Collection[Determination], persons: Mapping[int, int]) -> dict[tuple[int, int], set[PastVerdict]]:
    """Per person and first year of the cycle its final verdicts."""
    found: dict[tuple[int, int], set[PastVerdict]] = defaultdict(set)
    others = Determination.everywhere.filter(
        teacher_id__among=persons,
        training_year__cycle_first__in={row.training_year.cycle_first for row in rows},
        training_year__organisation_id__in={row.training_year.organisation_id for row in rows},
        span=YEAR,
        is_current=True,
        examined_at__isnull=False,
    )
    fields = ("teacher_id", "training_year__cycle_first", "training_year__year", "verdict", "recognised_centi", "numbers__by_exam")
    for teacher, cycle_first, year, verdict, recognised, by_exam in others.values_list(*fields):
        found[persons[teacher], cycle_first].add(PastVerdict(year, verdict, recognised + (by_exam or 0)))
    return found
