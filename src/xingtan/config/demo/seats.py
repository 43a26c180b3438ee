"""Seats on their way down: one project that is open now, from the province to Lin's school; one with seats that are overdue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xingtan.core.calendar import local_day
from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas

from . import cast
from .clock import Clock

WAY_DOWN = ("province", "city", "county", "clerk")


def fill(clock: Clock, made: Mapping[str, projects.Project]) -> None:
    """Some seats stay on every level, so that the board has bars of all colours."""
    soon, over = local_day(clock.now) + (local_day(clock.now) - local_day(clock.ago(9))), local_day(clock.ago(2))
    _down(clock, made["it"], str(made["it"].categories[0]["code"]) if made["it"].categories else "", (240, 120, 60, 8), soon)
    _down(clock, made["principals"], "rural", (30, 12, 6, 1), over)


def _down(clock: Clock, project: projects.Project, category: str, numbers: tuple[int, ...], return_by: date) -> None:
    """The numbers level by level, the first at the top; nothing where the project has its seats already."""
    if quotas.totals_of(project.pk, category)["held"]:
        return
    quota = quotas.grant(actor=cast.actor(WAY_DOWN[0]), project_id=project.pk, category=category, seats=numbers[0], now=clock.ago(6))
    for giver, taker, seats in zip(WAY_DOWN, WAY_DOWN[1:], numbers[1:], strict=False):
        office = cast.actor(taker).organisation_id or 0
        quotas.share_out(
            actor=cast.actor(giver), quota_id=quota.pk, targets={office: seats}, return_by=return_by, reason="按上报需求", now=clock.ago(6)
        )
        quota = next(one for one in quotas.below([quota.pk]) if one.organisation_id == office)
