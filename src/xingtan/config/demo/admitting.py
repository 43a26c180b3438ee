"""Applications in every state: a round to decide, people placed, nominated, in line, replaced, deferred, declined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from xingtan.domains.admissions import api as admissions
from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas
from xingtan.domains.teachers import api as teachers

from . import cast
from .clock import Clock

YOUNG = timedelta(days=9 * 365)
CATEGORY = "subject"


def fill(clock: Clock, made: Mapping[str, projects.Project]) -> None:
    """The county's project has a round that is over and undecided; the city's has people of Lin's school in several states."""
    _county(clock, made["county"])
    _backbone(clock, made["backbone"])


def _seats(login: str, project: projects.Project, seats: int, clock: Clock) -> None:
    if not quotas.totals_of(project.pk, CATEGORY)["held"]:
        quotas.grant(actor=cast.actor(login), project_id=project.pk, category=CATEGORY, seats=seats, now=clock.ago(3))


def _county(clock: Clock, project: projects.Project) -> None:
    county = cast.actor("county")
    _seats("county", project, 5, clock)
    span = admissions.Span(clock.ago(3), clock.ago(1), None)
    admissions.plan_round(actor=county, project_id=project.pk, planned=admissions.Planned(span), now=clock.ago(4))
    young = teachers.teachers_in_post(county.scope).filter(hired_on__gt=(clock.now - YOUNG).date()).exclude(name="林知微")
    people = list(young.order_by("pk")[:16])
    own = admissions.Own(category=CATEGORY)
    rows = [admissions.apply(actor=cast.acting_as(one), project_id=project.pk, own=own, now=clock.ago(2)) for one in people[:8]]
    admissions.approve(actor=county, ids=[row.pk for row in rows[:5]], now=clock.ago(1))
    admissions.decline(actor=county, ids=[rows[5].pk], reason="今年已参加同类培训", now=clock.ago(1))
    admissions.send_back(actor=county, ids=[rows[6].pk], reason="请补充课例", now=clock.ago(1))
    wishes = [admissions.Wish(one.pk, None, CATEGORY) for one in people[8:15]]
    admissions.nominate(
        actor=county, project_id=project.pk, wishes=wishes, way=admissions.Way.PLACEMENT, reason="县级研修计划", now=clock.ago(1)
    )


def _backbone(clock: Clock, project: projects.Project) -> None:
    clerk, county = cast.actor("clerk"), cast.actor("county")
    _seats("city", project, 600, clock)
    here = list(teachers.teachers_in_post(clerk.scope).order_by("pk")[:12])
    lin = next((one for one in here if one.name == "林知微"), here[0])
    people = [lin, *(one for one in here if one.pk != lin.pk)]
    wishes = [admissions.Wish(one.pk, None, CATEGORY) for one in people[:6]]
    rows = admissions.nominate(actor=clerk, project_id=project.pk, wishes=wishes, reason="校级骨干", now=clock.ago(80))
    admissions.approve(actor=county, ids=[row.pk for row in rows[:5]], now=clock.ago(75))
    if len(people) > 6:
        admissions.substitute(actor=clerk, pairs={rows[1].pk: people[6].pk}, reason="产假", now=clock.ago(65))
    admissions.defer(actor=county, ids=[rows[2].pk], reason="支教一年", now=clock.ago(64))
    admissions.withdraw(actor=county, ids=[rows[3].pk], reason="岗位调整", now=clock.ago(62))
