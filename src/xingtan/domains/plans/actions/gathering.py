"""What the units below send people to comes up into the office's own plan, and an accepted plan becomes projects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from django.utils import translation

from xingtan.domains.plans.access import WRITE_PLANS
from xingtan.domains.plans.models import Plan, PlanLine
from xingtan.domains.plans.rules import refuse_writing
from xingtan.domains.plans.states import PEOPLE, Category, PlanState, Way
from xingtan.domains.plans.words import CATEGORY_LABELS
from xingtan.domains.projects import api as projects
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import held_lines, own

Key: TypeAlias = tuple[str, str, str, str]
TIERS = {"province": "province", "city": "city", "county": "county", "zone": "county", "school": "school"}


class Became(NamedTuple):
    """A line and the project that it becomes: its kind and its days."""

    line_id: int
    kind: str
    opens_on: date
    closes_on: date


@atomic
def gather(*, actor: Actor, plan_id: int, now: datetime) -> Plan:
    """The plan has one line for each area, stage, subject and category to which accepted plans below send people, with all their heads.

    Gathering again brings these lines up to date and leaves the others; a line that is a project keeps its numbers.
    """
    require(actor, WRITE_PLANS)
    plan = own(actor, plan_id)
    if why := refuse_writing(PlanState(plan.state)):
        raise Refused(why)
    sources = _sources(plan)
    if not sources:
        raise Refused("plan_nothing_below")
    lines = held_lines(plan)
    standing = {_key(line): line for line in lines if line.is_gathered}
    place = max((line.position for line in lines), default=0)
    for key, parts in sources.items():
        place += key not in standing
        _gather_into(standing.get(key) or PlanLine(plan=plan, position=place, is_gathered=True), parts)
    plan.changed_at, plan.version = now, plan.version + 1
    plan.save(update_fields=["changed_at", "version"])
    record(actor, "plans.gathered", "plan", [plan.pk], now=now, detail={"lines": len(sources), "of": sum(map(len, sources.values()))})
    return plan


def _sources(plan: Plan) -> dict[Key, list[PlanLine]]:
    found: dict[Key, list[PlanLine]] = defaultdict(list)
    below = {
        "plan__organisation__parent_id": plan.organisation_id,
        "plan__training_year_id": plan.training_year_id,
        "plan__term": plan.term,
    }
    rows = PlanLine.objects.filter(**below, plan__state=PlanState.ACCEPTED, way=Way.SEND, accepted_count__gt=0)
    for line in rows.order_by("plan__organisation__path", "position"):
        found[_key(line)].append(line)
    return found


def _key(line: PlanLine) -> Key:
    return line.area, line.stage, line.subject, line.category


def _gather_into(line: PlanLine, parts: Sequence[PlanLine]) -> None:
    if line.project_id is None:
        line.area, line.stage, line.subject, line.category = _key(parts[0])
        line.what = line.what or Counter(part.what for part in parts).most_common(1)[0][0]
        line.head_count = sum(part.accepted_count or 0 for part in parts)
        line.budget_fen = sum(part.accepted_fen or 0 for part in parts)
        line.hours_centi = max(part.hours_centi for part in parts)
        line.save()
    PlanLine.objects.filter(pk__in=[part.pk for part in parts]).update(gathered_into=line)


@atomic
def make_projects(*, actor: Actor, plan_id: int, wanted: Sequence[Became], now: datetime) -> list[projects.Project]:
    """Each named line of the accepted plan that the office runs itself is a project draft of the office; one that is already stays that one.

    A draft begins as its kind's template lays it out, with one category of seats: as many as heads were accepted.
    """
    require(actor, projects.PUBLISH)
    plan = own(actor, plan_id)
    if plan.state != PlanState.ACCEPTED:
        raise Refused("plan_not_accepted")
    lines = {line.pk: line for line in held_lines(plan)}
    made = []
    for one in wanted:
        line = lines.get(one.line_id)
        if line is None:
            raise NotInScope
        if line.project_id is None:
            made.append(_became(actor, plan, line, one, now))
    record(actor, "plans.became_projects", "plan", [plan.pk], now=now, detail={"projects": [one.pk for one in made]})
    return made


def _became(actor: Actor, plan: Plan, line: PlanLine, one: Became, now: datetime) -> projects.Project:
    if line.way != Way.RUN:
        raise Refused("plan_line_not_run", what=line.what)
    project = projects.draft_from_template(
        actor=actor, training_year_id=plan.training_year_id, title=line.what, tier=TIERS[plan.organisation.kind], kind=one.kind,
        opens_on=one.opens_on, closes_on=one.closes_on, summary=line.target, categories=_category(line, one.kind), now=now,
    )  # fmt: skip
    line.project = project
    line.save(update_fields=["project"])
    return project


def _category(line: PlanLine, kind: str) -> list[projects.Category]:
    """The category of seats that the line stands for, with as many seats as heads were accepted; none where the kind has no seats."""
    template = projects.templates()[projects.ProjectKind(kind)]
    if not template.has_seats:
        return []
    known = next((one.plain() for one in template.categories if one.code == line.category), None)
    with translation.override("en"):
        in_english = str(CATEGORY_LABELS[Category(line.category)])
    with translation.override("zh-hans"):
        label = str(CATEGORY_LABELS[Category(line.category)])
    code, is_reserved = line.category or PEOPLE, line.category == Category.RURAL
    usual = projects.Category(code=code, label=label, label_en=in_english, seats=0, is_reserved=is_reserved)
    return [projects.Category(**{**(known or usual), "seats": line.accepted_count or 0})]
