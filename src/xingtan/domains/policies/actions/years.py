"""Adopting packs, opening years, moving windows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise

from django.utils.text import format_lazy

from xingtan.core.calendar import WindowKind, local_day
from xingtan.core.policy import Policy, PolicyError, bundled, read_policy
from xingtan.core.policy.layers import read_layers
from xingtan.domains.policies.access import ADOPT_PACK, OPEN_YEAR
from xingtan.domains.policies.models import PolicyPack, TrainingYear, YearWindow
from xingtan.domains.policies.queries.years import pack_by_id, policy_of_pack
from xingtan.domains.policies.rules import Days, Why, refuse_window, refuse_windows, refuse_year, years_of_reach
from xingtan.domains.policies.states import WindowReason, YearState
from xingtan.domains.policies.words import WINDOW_LABELS
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

DEFAULT_FILE = "policy.toml"


@atomic
def adopt_pack(*, actor: Actor, text: str, now: datetime) -> PolicyPack:
    """The pack is kept word for word, with the words it extends; the same words twice are one pack. A broken one is refused with every mistake."""
    require(actor, ADOPT_PACK)
    policy, parents = _read(text)
    known = PolicyPack.objects.filter(digest=policy.digest).first()
    if known is not None:
        return known
    if PolicyPack.objects.filter(code=policy.code, version=policy.version).exists():
        raise Refused("pack_version_taken", pack=policy.code, version=policy.version)
    pack = PolicyPack.objects.create(
        code=policy.code,
        version=policy.version,
        digest=policy.digest,
        text=text,
        parents=parents,
        title_zh=policy.title.zh,
        title_en=policy.title.en,
        adopted_at=now,
        adopted_by_id=actor.account_id,
    )
    record(actor, "policies.pack_adopted", "policy_pack", [pack.pk], now=now, detail=_named(pack))
    return pack


@atomic
def open_year(  # noqa: PLR0913 -- a year is these facts
    *,
    actor: Actor,
    organisation_id: int,
    year: int,
    pack_id: int,
    windows: Mapping[WindowKind, Days] | None = None,
    theme: str = "",
    now: datetime,
) -> TrainingYear:
    """The province's training year is open, bound for good to the pack and with every window the pack names; the same twice is one year."""
    require(actor, OPEN_YEAR)
    province = _province(actor, organisation_id)
    pack = pack_by_id(pack_id)
    policy = policy_of_pack(pack)
    days = windows if windows is not None else {kind: (window.opens_on, window.closes_on) for kind, window in policy.windows(year).items()}
    if (held := TrainingYear.everywhere.select_related("pack").filter(organisation=province, year=year).first()) is not None:
        return _the_same(held, pack, days)
    first, last = years_of_reach(policy, local_day(now))
    _decide(refuse_year(year, first=first, last=last), year, policy, now)
    _decide(refuse_windows(days, expected=tuple(policy.windows(year)), year=policy.year_days(year)), year, policy, now)
    opened = _make(actor, province, pack, year, theme.strip(), now)
    YearWindow.objects.bulk_create(
        YearWindow(training_year=opened, kind=kind.value, opens_on=a, closes_on=b) for kind, (a, b) in days.items()
    )
    record(
        actor, "policies.year_opened", "training_year", [opened.pk], now=now, detail={**_named(pack), "year": year, "windows": _said(days)}
    )
    return opened


@atomic
def set_window(  # noqa: PLR0913 -- a window is these facts
    *,
    actor: Actor,
    training_year_id: int,
    kind: WindowKind,
    opens_on: date,
    closes_on: date,
    reason: WindowReason = WindowReason.OTHER,
    now: datetime,
) -> YearWindow:
    """The window has these days; the audit log keeps the days before and why. The same days again change nothing."""
    require(actor, OPEN_YEAR)
    held = _held(actor, training_year_id)
    _refuse_closed(held)
    window = YearWindow.objects.select_for_update().filter(training_year=held, kind=kind).first()
    if window is None:
        raise NotInScope
    before, after = (window.opens_on, window.closes_on), (opens_on, closes_on)
    if before == after:
        return window
    _raise(refuse_window(kind, after, year=(held.first_on, held.last_on)), {})
    window.opens_on, window.closes_on = after
    window.save(update_fields=["opens_on", "closes_on"])
    detail = {"kind": kind.value, "before": [day.isoformat() for day in before], "after": [day.isoformat() for day in after]}
    record(actor, "policies.window_set", "training_year", [held.pk], now=now, detail={**detail, "reason": WindowReason(reason).value})
    return window


@atomic
def close_year_row(*, actor: Actor, training_year_id: int, now: datetime) -> TrainingYear:
    """The year is closed; closing it again changes nothing. Whether it may be closed is decided by `credits`."""
    require(actor, OPEN_YEAR)
    held = _held(actor, training_year_id)
    if held.state == YearState.CLOSED:
        return held
    held.state, held.closed_at = YearState.CLOSED, now
    held.save(update_fields=["state", "closed_at"])
    record(actor, "policies.year_closed", "training_year", [held.pk], now=now, detail={"year": held.year})
    return held


def _read(text: str) -> tuple[Policy, dict[str, str]]:
    try:
        layers = read_layers(text, DEFAULT_FILE, bundled())
        policy = read_policy(text, DEFAULT_FILE)
    except PolicyError as error:
        found = "; ".join(f"{problem}" for problem in error.problems)
        raise Refused("pack_broken", count=len(error.problems), problems=found, rows=error.problems) from None
    return policy, {str(below.data["extends"]): above.text for below, above in pairwise(layers)}


def _province(actor: Actor, organisation_id: int) -> Organisation:
    province = Organisation.objects.within(actor.scope).select_for_update().filter(pk=organisation_id).first()
    if province is None:
        raise NotInScope
    if province.kind != Kind.PROVINCE:
        raise Refused("year_not_of_a_province")
    return province


def _held(actor: Actor, training_year_id: int) -> TrainingYear:
    held = TrainingYear.objects.within(actor.scope).select_for_update().filter(pk=training_year_id).first()
    if held is None:
        raise NotInScope
    return held


def _refuse_closed(held: TrainingYear) -> None:
    if held.state == YearState.CLOSED:
        raise Refused("year_closed", year=held.year)


def _the_same(held: TrainingYear, pack: PolicyPack, days: Mapping[WindowKind, Days]) -> TrainingYear:
    rows = YearWindow.objects.filter(training_year=held).values_list("kind", "opens_on", "closes_on")
    if held.pack_id != pack.pk or {WindowKind(kind): (a, b) for kind, a, b in rows} != dict(days):
        raise Refused("year_already_open", year=held.year, pack=held.pack.code, version=held.pack.version)
    return held


def _make(actor: Actor, province: Organisation, pack: PolicyPack, year: int, theme: str, now: datetime) -> TrainingYear:
    policy = policy_of_pack(pack)
    first_on, last_on = policy.year_days(year)
    cycle_first, cycle_last = policy.cycle_of(year)
    made: TrainingYear = TrainingYear.everywhere.create(
        organisation=province,
        year=year,
        pack=pack,
        first_on=first_on,
        last_on=last_on,
        cycle_first=cycle_first,
        cycle_last=cycle_last,
        theme=theme,
        opened_at=now,
        opened_by_id=actor.account_id,
    )
    return made


def _decide(why: Why | None, year: int, policy: Policy, now: datetime) -> None:
    first, last = years_of_reach(policy, local_day(now))
    _raise(why, {"year": year, "first": first, "last": last})


def _raise(why: Why | None, params: Mapping[str, object]) -> None:
    if why is None:
        return
    days = {name: day.isoformat() for name, day in (("first", why.first), ("last", why.last)) if day is not None}
    raise Refused(why.code, **{**params, **days, "kinds": _joined(why.kinds)})


def _joined(kinds: tuple[WindowKind, ...]) -> object:
    pattern = ", ".join(["{}"] * len(kinds))
    return format_lazy(pattern, *(WINDOW_LABELS[kind] for kind in kinds))


def _named(pack: PolicyPack) -> dict[str, str]:
    return {"code": pack.code, "version": pack.version, "digest": pack.digest}


def _said(days: Mapping[WindowKind, Days]) -> dict[str, list[str]]:
    return {kind.value: [opens.isoformat(), closes.isoformat()] for kind, (opens, closes) in days.items()}
