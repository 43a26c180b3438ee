"""Experts against trainees, office by office: 1 : 500 for the province, 1 : 30 for each county."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Count

from xingtan.domains.registers.models import PoolMember
from xingtan.domains.registers.rules import COUNTY_EXPERT_PER, PROVINCIAL_EXPERT_PER, Ratio
from xingtan.domains.registers.states import PoolState, Team
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.models import Kind, Organisation

from .lists import holds_today
from .places import COUNTIES


class Row(NamedTuple):
    """An office, what its ratio asks for, and how many of each team its pool holds."""

    office: Organisation
    ratio: Ratio
    teams: dict[str, int]


def ratios_in(scope: Scope, today: date) -> list[Row]:
    """The province's and the counties' rows of the branch, by the tree; trainees are the teachers in post below each."""
    offices = Organisation.objects.within(scope).filter(kind__in=[Kind.PROVINCE, *COUNTIES], closed_on=None).order_by("path")
    trainees, held = _trainees(scope), _held(scope, today)
    return [_row(office, trainees.get(office.path, 0), held.get(office.pk, {})) for office in offices]


def _row(office: Organisation, trainees: int, teams: dict[str, int]) -> Row:
    per = PROVINCIAL_EXPERT_PER if office.kind == Kind.PROVINCE else COUNTY_EXPERT_PER
    return Row(office, Ratio(trainees, per, teams.get(Team.EXPERTS.value, 0)), teams)


def _trainees(scope: Scope) -> dict[str, int]:
    """Teachers in post under each path of the branch, counted once by school and added up along the path."""
    by_school = teachers.teachers_in_post(scope).order_by().values_list("school__path").annotate(n=Count("pk"))
    found: dict[str, int] = {}
    for path, count in by_school:
        for end in range(STEP, len(path) + 1, STEP):
            found[path[:end]] = found.get(path[:end], 0) + count
    return found


def _held(scope: Scope, today: date) -> dict[int, dict[str, int]]:
    rows = PoolMember.objects.within(scope).filter(holds_today(today), state=PoolState.APPROVED.value)
    found: dict[int, dict[str, int]] = {}
    for office, team, count in rows.order_by().values_list("office_id", "team").annotate(n=Count("pk")):
        found.setdefault(office, {})[team] = count
    return found
