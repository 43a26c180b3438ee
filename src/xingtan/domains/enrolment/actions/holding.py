"""Fetching selections, checking the branch and locking them, in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.db.models import F

from xingtan.domains.enrolment.around import YearRules, year_rules
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.enrolment.rules import Why
from xingtan.domains.enrolment.states import State
from xingtan.domains.policies import api as policies
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused


def refuse(why: Why | None) -> None:
    """Nothing happened; raises when there is a reason against."""
    if why is not None:
        raise Refused(why.code, **why.params)


def hold(actor: Actor, selection_ids: Iterable[int]) -> list[CourseSelection]:
    """The selections, locked, with their teachers and schools; `NotInScope` when one is unknown or outside the actor's branch."""
    wanted = set(selection_ids)
    found = CourseSelection.objects.within(actor.scope).filter(pk__in=wanted).select_for_update(of=("self",))
    held = list(found.select_related("teacher", "school").order_by("pk"))
    if len(held) != len(wanted):
        raise NotInScope
    return held


def refuse_stale(held: Sequence[CourseSelection], versions: Mapping[int, int] | None) -> None:
    """Nothing happened; raises when a selection is not the version that the page showed."""
    if versions and any(versions.get(one.pk, one.version) != one.version for one in held):
        raise Refused("stale")


def by_year(held: Iterable[CourseSelection]) -> list[tuple[YearRules, list[CourseSelection]]]:
    """The selections per training year, each with the year's rules."""
    ordered = sorted(held, key=lambda one: one.training_year_id)
    groups = {pk: list(some) for pk, some in groupby(ordered, key=lambda one: one.training_year_id)}
    years = policies.TrainingYear.everywhere.select_related("pack").in_bulk(list(groups))
    return [(year_rules(years[pk]), some) for pk, some in groups.items()]


def move(selections: Sequence[CourseSelection], state: State, **values: object) -> None:
    """The selections stand in the state, each one version later, in one statement."""
    ids = [one.pk for one in selections]
    CourseSelection.everywhere.filter(pk__in=ids).update(state=state.value, version=F("version") + 1, **values)
