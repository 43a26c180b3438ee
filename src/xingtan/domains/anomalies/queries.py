"""Reading cases: of a branch, of a school as far as it may see, of a teacher."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from xingtan.domains.courses import api as courses
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.people.roles import OPERATOR, SCHOOL, Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.gate import ScopedQuerySet
from xingtan.foundation.scope.models import Kind as Place
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import ancestors

from .models import Aside, Case, Concern, Deed, Trace
from .rules import Limits
from .states import ASIDE, State

TABS: Mapping[str, Collection[State]] = {
    "look": (State.FOUND, State.ANSWERED),
    "asked": (State.ASKED,),
    "appeal": (State.APPEALED,),
    "aside": (State.SET_ASIDE, State.CONFIRMED),
    "stands": (State.STANDS, State.LIFTED),
}


def limits() -> Limits:
    """From where on something is shown: the readings of the house, with what this site sets otherwise."""
    return Limits(**settings.ANOMALY_LIMITS)


class Filters(NamedTuple):
    """What of the queue is wanted; empty fields want everything."""

    tab: str = ""
    kind: str = ""
    sureness: str = ""
    q: str = ""
    school: str = ""


def concerns_seen(actor: Actor) -> ScopedQuerySet[Concern]:
    """The concerns that this actor may see: all of the branch for an office, for a school only what was told to its own teachers."""
    found = Concern.objects.within(actor.scope)
    return found.filter(is_told=True) if actor.role in SCHOOL else found


def cases_seen(actor: Actor, filters: Filters = Filters()) -> QuerySet[Case]:  # noqa: B008 -- an immutable tuple
    """The cases in which the actor sees at least one concern, with year and county, those that were found last first."""
    inside = concerns_seen(actor).filter(case=OuterRef("pk"))
    if filters.tab in TABS:
        inside = inside.filter(state__in=[one.value for one in TABS[filters.tab]])
    if filters.school:
        inside = inside.filter(school__public_id=filters.school)
    if filters.q:
        inside = inside.filter(_named(filters.q))
    found = Case.everywhere.filter(Exists(inside)).select_related("training_year__pack", "county")
    wanted = {"kind": filters.kind, "sureness": filters.sureness}
    return found.filter(**{name: value for name, value in wanted.items() if value}).order_by("-found_at", "-pk")


def _named(text: str) -> Q:
    found = Q(teacher__name__contains=text) | Q(school__name__contains=text)
    plain = text.lower().replace(" ", "")
    if plain.isascii() and plain.isalpha():
        found |= Q(teacher__name_pinyin__startswith=plain) | Q(teacher__name_initials__startswith=plain)
    return found


def with_concerns(cases: Iterable[Case], actor: Actor) -> dict[int, list[Concern]]:
    """What the actor sees of each of these cases, teachers and schools beside, in one query."""
    ids = [one.pk for one in cases]
    found: dict[int, list[Concern]] = {pk: [] for pk in ids}
    rows = concerns_seen(actor).filter(case__in=ids).select_related("teacher", "school").order_by("case", "teacher__name_pinyin", "pk")
    for one in rows:
        found[one.case_id].append(one)
    return found


def case_seen(actor: Actor, public_id: str) -> Case:
    """The case with this address as far as the actor sees any of it; `NotInScope` where there is none."""
    found = cases_seen(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def tab_counts(actor: Actor) -> dict[str, int]:
    """How many cases have somebody in each tab's states."""
    rows = concerns_seen(actor).order_by().values("state").annotate(n=Count("case", distinct=True)).values_list("state", "n")
    by_state = {State(state): n for state, n in rows}
    return {name: sum(by_state.get(state, 0) for state in states) for name, states in TABS.items()}


def facets(actor: Actor, tab: str) -> tuple[dict[str, int], dict[str, int]]:
    """Of a tab how many cases there are of each kind, and of each sureness."""
    rows = cases_seen(actor, Filters(tab=tab)).order_by().values_list("kind", "sureness").annotate(n=Count("pk"))
    kinds: dict[str, int] = {}
    sureness: dict[str, int] = {}
    for kind, sure, count in rows:
        kinds[kind] = kinds.get(kind, 0) + count
        sureness[sure] = sureness.get(sure, 0) + count
    return kinds, sureness


def traces_of(concerns: Collection[Concern], most: int | None = None) -> dict[int, list[Trace]]:
    """The evidence of each of these concerns, by day, with the unit; at most so many rows together."""
    rows = (
        Trace.objects.filter(concern__in=[one.pk for one in concerns]).select_related("unit__course").order_by("local_on", "from_at", "pk")
    )
    found: dict[int, list[Trace]] = {one.pk: [] for one in concerns}
    for one in rows[:most] if most else rows:
        found[one.concern_id].append(one)
    return found


def asides_of(concerns: Collection[Concern]) -> dict[int, list[Aside]]:
    """What is set aside for each of these concerns, with the unit."""
    found: dict[int, list[Aside]] = {one.pk: [] for one in concerns}
    for one in Aside.objects.filter(concern__in=list(found), seconds__gt=0).select_related("unit").order_by("local_on", "unit"):
        found[one.concern_id].append(one)
    return found


def deeds_of(concerns: Collection[Concern]) -> list[Deed]:
    """Every act in the life of these concerns, the earliest first, with teacher and office."""
    rows = Deed.objects.filter(concern__in=[one.pk for one in concerns])
    return list(rows.select_related("concern__teacher", "organisation").order_by("pk"))


def own_concerns(teacher_id: int) -> QuerySet[Concern]:
    """What a teacher was told about the own study, the latest first."""
    rows = Concern.everywhere.filter(teacher_id=teacher_id, is_told=True).select_related("case__training_year", "appeal_to", "decided_for")
    found: QuerySet[Concern] = rows.order_by("-changed_at", "-pk")
    return found


def own_concern(teacher_id: int, public_id: str) -> Concern:
    """The teacher's part of the case with this address, once told; `NotInScope` otherwise."""
    found = own_concerns(teacher_id).filter(case__public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def waiting_cases(actor: Actor) -> int:
    """How many cases wait for somebody of the actor's office: to look at, or an appeal to decide."""
    look = concerns_seen(actor).filter(state__in=[one.value for one in TABS["look"]])
    appeals = Concern.everywhere.filter(state=State.APPEALED.value, appeal_to_id=actor.organisation_id or 0)
    if actor.role in SCHOOL:
        return 0
    return look.order_by().values("case").distinct().count() + appeals.order_by().values("case").distinct().count()


def aside_elsewhere(concerns: Collection[Concern]) -> dict[tuple[int, int, date], int]:
    """Seconds of (teacher, unit, day) that other concerns of these teachers have set aside."""
    mine = [one.pk for one in concerns]
    rows = Aside.objects.filter(concern__teacher__in=[one.teacher_id for one in concerns], concern__state__in=[s.value for s in ASIDE])
    grouped = rows.exclude(concern__in=mine).order_by().values("concern__teacher_id", "unit_id", "local_on").annotate(s=Sum("seconds"))
    return {(one["concern__teacher_id"], one["unit_id"], one["local_on"]): one["s"] for one in grouped}


def office_above(organisation_id: int) -> Organisation:
    """The office to which an appeal against this one's decision goes: the next higher level, or itself where there is none."""
    chain = ancestors(Organisation.everywhere.get(pk=organisation_id))
    offices = [one for one in chain[:-1] if one.kind in (Place.CITY, Place.PROVINCE)]
    return offices[-1] if offices else chain[-1]


def years_of(keys: Collection[tuple[int, int | None, date]]) -> dict[tuple[int, int | None, date], int]:
    """The training year to which each (teacher, unit, day) belongs: the latest open one in which the unit's course was chosen, else the day's."""
    years = list(policies.open_years_for(OPERATOR.scope))
    chosen = _years_of_courses({(teacher_id, unit_id) for teacher_id, unit_id, _on in keys if unit_id}, years)
    everywhen = list(policies.years_for(OPERATOR.scope))
    found: dict[tuple[int, int | None, date], int] = {}
    for key in keys:
        by_day = next((one.pk for one in everywhen if one.first_on <= key[2] <= one.last_on), years[0].pk if years else None)
        year_id = chosen.get((key[0], key[1] or 0), by_day)
        if year_id is not None:
            found[key] = year_id
    return found


def _years_of_courses(pairs: Collection[tuple[int, int]], years: Iterable[policies.TrainingYear]) -> dict[tuple[int, int], int]:
    units = courses.units_by_id({unit_id for _teacher, unit_id in pairs})
    answer: dict[tuple[int, int], int] = {}
    for year in reversed(list(years)):
        chosen = enrolment.standing_choices({teacher_id for teacher_id, _unit in pairs}, year.pk)
        offers = enrolment.chosen_offers([pk for _teacher, pk, _item in chosen])
        course_ids = projects.course_ids_of({offer_id for ids in offers.values() for offer_id in ids})
        held = {(teacher_id, course_ids[offer_id]) for teacher_id, pk, _item in chosen for offer_id in offers.get(pk, ())}
        for teacher_id, unit_id in pairs:
            if unit_id in units and (teacher_id, units[unit_id].course_id) in held:
                answer[teacher_id, unit_id] = year.pk
    return answer
