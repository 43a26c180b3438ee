"""Reading packs, years and windows. A year belongs to a province and holds for everyone below it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from django.db.models import Q, QuerySet

from xingtan.core.calendar import Position, Window, WindowKind
from xingtan.core.policy import Policy, bundled, policy_digest, read_policy
from xingtan.domains.policies.models import PolicyPack, TrainingYear, YearWindow
from xingtan.domains.policies.states import YearState
from xingtan.foundation.db import Prepared
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.models import Organisation

Where: TypeAlias = Actor | Scope | Organisation | str | int


def packs() -> QuerySet[PolicyPack]:
    """The adopted packs, the latest first."""
    return PolicyPack.objects.order_by("-adopted_at", "-pk")


def pack_by_id(pack_id: int) -> PolicyPack:
    """The adopted pack; `NotInScope` where there is none."""
    pack = PolicyPack.objects.filter(pk=pack_id).first()
    if pack is None:
        raise NotInScope
    return pack


def waiting_packs() -> list[tuple[str, str]]:
    """Code and text of the packs that come with the program and were not adopted yet."""
    known = set(PolicyPack.objects.values_list("digest", flat=True))
    return [(code, text) for code, text in bundled().items() if policy_digest(text) not in known]


def policy_of_pack(pack: PolicyPack) -> Policy:
    """The rules that an adopted pack says, read from the words that were adopted."""
    return _read(pack.digest)


def policy_by_digest(digest: str) -> Policy:
    """The rules with this digest; `PolicyPack.DoesNotExist` when they were never adopted."""
    return _read(digest)


def policy_of(training_year: TrainingYear) -> Policy:
    """The rules that the year is bound to."""
    return _read(training_year.pack.digest)


# A digest names its words exactly, so a text once read never needs to be read again.
@lru_cache(maxsize=64)
def _read(digest: str) -> Policy:
    pack = PolicyPack.objects.get(digest=digest)
    policy = read_policy(pack.text, f"{pack.code}.toml", pack.parents)
    if policy.digest != digest:
        raise RuntimeError(f"pack {pack.pk} does not have the words it was adopted with")
    return policy


def policies_of(training_year_ids: Iterable[int]) -> dict[int, Policy]:
    """The rules of each of these years, by the year's id."""
    rows = TrainingYear.everywhere.filter(pk__in=set(training_year_ids)).values_list("pk", "pack__digest")
    return {pk: _read(digest) for pk, digest in rows}


def first_days(training_year_ids: Iterable[int]) -> dict[int, date]:
    """The first day of each of these years, by the year's id."""
    return dict(TrainingYear.everywhere.filter(pk__in=set(training_year_ids)).values_list("pk", "first_on"))


def years_for(where: Where) -> QuerySet[TrainingYear]:
    """The years that hold there, open and closed, the latest first: those of the province above and of any province inside."""
    return _holding(_scope(where)).select_related("pack", "organisation").order_by("-year", "pk")


def years_of_packs(where: Where, pack_ids: Collection[int]) -> dict[int, list[int]]:
    """The training years that hold there and are bound to each of these packs, the earliest first."""
    found: dict[int, list[int]] = {}
    for pack_id, year in years_for(where).filter(pack__in=pack_ids).order_by("year").values_list("pack_id", "year"):
        found.setdefault(pack_id, []).append(year)
    return found


def open_years_for(where: Where) -> QuerySet[TrainingYear]:
    """The years that hold there and are not closed, the latest first."""
    return years_for(where).filter(state=YearState.OPEN)


def current_year_for(where: Where) -> TrainingYear | None:
    """The latest open year that holds there, or None."""
    return open_years_for(where).first()


def year_for(where: Where, year: int) -> TrainingYear:
    """The training year of this name that holds there; `NotInScope` where there is none."""
    found = years_for(where).filter(year=year).first()
    if found is None:
        raise NotInScope
    return found


def year_by_id(where: Where, training_year_id: int) -> TrainingYear:
    """The training year with this id, if it holds there; `NotInScope` otherwise."""
    found = years_for(where).filter(pk=training_year_id).first()
    if found is None:
        raise NotInScope
    return found


def windows_of(training_year: TrainingYear) -> dict[WindowKind, Window]:
    """The year's windows by kind, in the order of their first days."""
    return windows_by_year([training_year.pk]).get(training_year.pk, {})


_windows: Prepared[tuple[int, str, date, date]] = Prepared(
    lambda years: (
        YearWindow.objects.filter(training_year__among=years)
        .order_by("opens_on", "closes_on", "pk")
        .values_list("training_year_id", "kind", "opens_on", "closes_on")
    ),
    "many",
)


def windows_by_year(training_year_ids: Collection[int]) -> Mapping[int, dict[WindowKind, Window]]:
    """The windows of several years, by the year's id, in one query."""
    found: dict[int, dict[WindowKind, Window]] = {pk: {} for pk in training_year_ids}
    for year_id, name, opens_on, closes_on in _windows(training_year_ids):
        kind = WindowKind(name)
        found[year_id][kind] = Window(kind, opens_on, closes_on)
    return found


def window_state(training_year: TrainingYear, kind: WindowKind, day: date) -> Position:
    """Where the day lies to the year's window of this kind; after it, when the year has none or is closed."""
    window = windows_of(training_year).get(kind)
    if window is None or training_year.state == YearState.CLOSED:
        return Position.AFTER
    return window.position(day)


def proposed_windows(pack: PolicyPack, year: int) -> Mapping[WindowKind, Window]:
    """The windows that the pack proposes for a training year of this name."""
    return policy_of_pack(pack).windows(year)


def _scope(where: Where) -> Scope:
    if isinstance(where, Scope):
        return where
    if isinstance(where, Actor | Organisation):
        return where.scope
    if isinstance(where, int):
        path = Organisation.everywhere.filter(pk=where).values_list("path", flat=True).first()
        return Scope.of(path) if path else Scope.nothing()
    return Scope.of(where)


def _holding(scope: Scope) -> QuerySet[TrainingYear]:
    above = [scope.first[:end] for end in range(STEP, len(scope.first) + 1, STEP)]
    inside = Q(organisation__path__gte=scope.first, organisation__path__lt=scope.beyond)
    found: QuerySet[TrainingYear] = TrainingYear.everywhere.filter(Q(organisation__path__in=above) | inside)
    return found
