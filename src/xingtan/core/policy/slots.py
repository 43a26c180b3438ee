"""Which sums over a teacher's rows a policy's formulas start from, and which of them a row goes into.

A row is told by its kind: the texts of its columns. Kinds are few and rows are many, so a kind is looked at once, and a row costs an
addition. Converted amounts are kept in whole parts of a hundredth (`Slots.scale` of them make one), so that nothing is rounded before
the one division per bucket and year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm
from typing import NamedTuple

from xingtan.core.policy import counting
from xingtan.core.policy.kinds import How, Over
from xingtan.core.policy.model import Policy
from xingtan.core.units import HUNDREDTHS

VERIFIED = "verified"
STANDING = frozenset({"learned", "entered", "reviewed", VERIFIED})
FINAL, WAITING, VOIDED, CONTRADICTORY = "final", "waiting", "voided", "contradictory"


class Kind(NamedTuple):
    """What an activity's columns say, all but its teacher, year, amount and source."""

    component: str
    tier: str = ""
    mode: str = ""
    topic: str = ""
    activity: str = ""
    unit: str = "hour"
    result: str = ""
    role: str = ""
    status: str = VERIFIED


class ResultKind(NamedTuple):
    """What a result's columns say; `passed` is 1, 0, or -1 when nothing was said."""

    assessment: str
    passed: int = -1
    status: str = FINAL


class Slot(NamedTuple):
    """One whole number per teacher and year; `source_cap` bounds what each source gives to it, in the slot's own unit."""

    name: str
    over: Over
    how: How = How.SUM
    source_cap: int | None = None


Share = tuple[str, int]


@dataclass(frozen=True)
class Slots:
    """A policy's slots, and the way of every kind of row into them."""

    policy: Policy

    @cached_property
    def scale(self) -> int:
        """How many whole parts make a hundredth of the pack's unit."""
        return lcm(*(_ratio(one).denominator for one in self.policy.converting))

    @cached_property
    def all(self) -> tuple[Slot, ...]:
        """Every slot, in a fixed order."""
        return (*self._of_activities(), *self._of_duties(), *self._of_results())

    def capped_pairs(self) -> list[tuple[counting.Bucket, counting.Conversion]]:
        """Buckets and the capped conversions that may reach them."""
        return [
            (bucket, one) for one in self.policy.converting if _is_capped(one) for bucket in self.policy.all_buckets if _meet(bucket, one)
        ]

    def _of_activities(self) -> Iterator[Slot]:
        policy = self.policy
        yield Slot("activities", Over.ACTIVITIES, How.COUNT)
        yield Slot("without_rule", Over.ACTIVITIES)
        for bucket in policy.all_buckets:
            yield Slot(f"{bucket.code}_learned_sum", Over.ACTIVITIES)
            yield Slot(f"{bucket.code}_checked_sum", Over.ACTIVITIES)
        for bucket, one in self.capped_pairs():
            cap = None if one.source_cap_centi is None else one.source_cap_centi * self.scale
            yield Slot(f"{bucket.code}_{one.code}_learned_sum", Over.ACTIVITIES, How.SUM, cap)
            yield Slot(f"{bucket.code}_{one.code}_checked_sum", Over.ACTIVITIES, How.SUM, cap)
        for component in policy.components:
            for part in component.parts:
                yield Slot(f"{component.code}_{part.code}_learned_sum", Over.ACTIVITIES)
        for measure in policy.measures:
            if measure.over is Over.ACTIVITIES:
                yield Slot(measure.code, Over.ACTIVITIES, measure.how)

    def _of_duties(self) -> Iterator[Slot]:
        policy = self.policy
        if policy.make_up is not None and policy.make_up.is_open:
            yield from (Slot(f"make_up_{one.code}_sum", Over.ACTIVITIES) for one in policy.components)
            yield Slot("make_up_rows", Over.ACTIVITIES, How.COUNT)
        if policy.offset is not None and policy.offset.is_open:
            yield Slot("offset_learned_sum", Over.ACTIVITIES)
            yield Slot("offset_checked_sum", Over.ACTIVITIES)
        yield from (Slot(f"{earmark.code}_checked_sum", Over.ACTIVITIES) for earmark in policy.earmarks)

    def _of_results(self) -> Iterator[Slot]:
        for one in self.policy.tests:
            yield Slot(f"{one.code}_best", Over.RESULTS, How.BEST)
            for name in ("final", "said_passed", "waiting", "clash"):
                yield Slot(f"{one.code}_{name}", Over.RESULTS, How.COUNT)
        for one in self.policy.works:
            for name in ("required", "passed", "waiting"):
                yield Slot(f"{one.code}_{name}", Over.RESULTS, How.COUNT)
        for measure in self.policy.measures:
            if measure.over is Over.RESULTS:
                yield Slot(measure.code, Over.RESULTS, measure.how)


@lru_cache(maxsize=64)
def slots_of(policy: Policy) -> Slots:
    """The policy's slots; the same object for the same policy."""
    return Slots(policy)


def conversion_of(policy: Policy, kind: Kind) -> counting.Conversion | None:
    """The first conversion that fits the row; None when none does."""
    columns = kind._asdict()
    return next((one for one in policy.converting if one.unit.value == kind.unit and one.fits(columns)), None)


def bucket_of(policy: Policy, kind: Kind) -> counting.Bucket | None:
    """The bucket that the row counts in; None when the pack has none for it."""
    return next(
        (
            one
            for one in policy.all_buckets
            if one.component == kind.component
            and (one.tier is None or kind.tier in one.tier)
            and (one.topic is None or kind.topic in one.topic)
        ),
        None,
    )


@lru_cache(maxsize=65536)
def shares_of(policy: Policy, kind: Kind) -> tuple[Share, ...]:
    """The slots that an activity of this kind goes into, each with the whole number its amount is multiplied by (1 for counts)."""
    if kind.status not in STANDING:
        return ()
    measured = list(_measured(policy, kind))
    if policy.make_up is not None and policy.make_up.is_open and kind.activity == policy.make_up.activity:
        return (*_to_make_up(policy, kind), *measured)
    return (("activities", 1), *_counted(policy, kind), *measured)


def _counted(policy: Policy, kind: Kind) -> Iterator[Share]:
    conversion = conversion_of(policy, kind)
    is_offset = policy.offset is not None and policy.offset.is_open and kind.activity == policy.offset.activity
    bucket = None if is_offset else bucket_of(policy, kind)
    if conversion is None or (bucket is None and not is_offset):
        yield "without_rule", 1
        return
    parts = _parts(policy, conversion)
    name = "offset" if bucket is None else f"{bucket.code}_{conversion.code}" if _is_capped(conversion) else bucket.code
    yield f"{name}_learned_sum", parts
    if kind.status == VERIFIED:
        yield f"{name}_checked_sum", parts
    if bucket is None:
        return
    if any(part.code == kind.topic for part in policy.component(kind.component).parts):
        yield f"{kind.component}_{kind.topic}_learned_sum", parts
    if kind.status == VERIFIED:
        columns = kind._asdict()
        yield from ((f"{one.code}_checked_sum", parts) for one in policy.earmarks if one.fits(columns))


def _to_make_up(policy: Policy, kind: Kind) -> Iterator[Share]:
    if kind.status != VERIFIED:
        return
    conversion = conversion_of(policy, kind)
    if conversion is None or bucket_of(policy, kind) is None:
        yield "without_rule", 1
        return
    yield "make_up_rows", 1
    yield f"make_up_{kind.component}_sum", _parts(policy, conversion)


def _measured(policy: Policy, kind: Kind) -> Iterator[Share]:
    columns = kind._asdict()
    for one in policy.measures:
        if one.over is not Over.ACTIVITIES or (one.verified_only and kind.status != VERIFIED):
            continue
        if (one.unit is None or one.unit.value == kind.unit) and one.fits(columns):
            yield one.code, 1


@lru_cache(maxsize=4096)
def hour_shares(policy: Policy, component: str, part: str, *, is_verified: bool) -> tuple[Share, ...]:
    """The slots of an amount that is in the pack's unit already and needs no conversion."""
    bucket = bucket_of(policy, Kind(component, topic=part))
    if bucket is None:
        return (("without_rule", 1),)
    scale = slots_of(policy).scale
    names = [f"{bucket.code}_learned_sum", *([f"{bucket.code}_checked_sum"] if is_verified else [])]
    if any(one.code == part for one in policy.component(component).parts):
        names.append(f"{component}_{part}_learned_sum")
    return tuple((name, scale) for name in names)


@lru_cache(maxsize=4096)
def result_shares_of(policy: Policy, kind: ResultKind) -> tuple[str, ...]:
    """The slots that a result of this kind goes into."""
    code, passed, status = kind
    if any(one.code == code for one in policy.works):
        names = [] if status == VOIDED else ["required"]
        names += ["passed"] if status == FINAL and passed == 1 else ["waiting"] if status == WAITING else []
    else:
        names = {
            FINAL: ["final", "best", *(["said_passed"] if passed == 1 else [])],
            WAITING: ["waiting"],
            CONTRADICTORY: ["clash"],
        }.get(status, [])
    measured = [
        one.code
        for one in policy.measures
        if one.over is Over.RESULTS and status == FINAL and (one.assessment is None or code in one.assessment)
    ]
    return (*(f"{code}_{name}" for name in names), *measured)


def _is_capped(one: counting.Conversion) -> bool:
    return any(cap is not None for cap in (one.year_cap_centi, one.cycle_cap_centi, one.source_cap_centi))


def _ratio(one: counting.Conversion) -> Fraction:
    """Hundredths of the pack's unit for a hundredth of the activity's unit."""
    return Fraction(one.gives_centi, one.per * HUNDREDTHS)


def _parts(policy: Policy, one: counting.Conversion) -> int:
    whole = _ratio(one) * slots_of(policy).scale
    return int(whole)


def _meet(bucket: counting.Bucket, one: counting.Conversion) -> bool:
    """Whether one row can fit both."""
    return (
        (one.component is None or bucket.component in one.component)
        and counting.share(bucket.tier, one.tier)
        and counting.share(bucket.topic, one.topic)
    )
