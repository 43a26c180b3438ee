"""What a way to earn hours is worth: the row of the formulas that it is, the conversion that fits, and what a pack may get wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from xingtan.core.policy.counting import Conversion
from xingtan.core.policy.counting_flaws import known_codes
from xingtan.core.policy.flaw import Flaw, listed
from xingtan.core.policy.kinds import Party, WayKind
from xingtan.core.policy.model import Policy
from xingtan.core.policy.slots import Kind, bucket_of, conversion_of
from xingtan.core.policy.ways import Way
from xingtan.core.units import HUNDREDTHS

COLUMNS = ("tier", "mode", "topic", "activity", "result", "role")


def row_of(way: Way) -> Kind:
    """The kind of row that an activity of this way is, as the formulas see it."""
    return Kind(way.component, **{name: getattr(way, name) for name in COLUMNS}, unit=way.unit.value)


def conversion_for(policy: Policy, way: Way) -> Conversion:
    """The conversion that fits the way; a pack that was read has one."""
    found = conversion_of(policy, row_of(way))
    if found is None:
        raise LookupError(way.code)
    return found


def worth_centi(policy: Policy, way: Way, amount_centi: int) -> int:
    """Hundredths of the pack's unit for so many hundredths of the way's own unit: one exact ratio, floored once."""
    one = conversion_for(policy, way)
    return int(Fraction(amount_centi * one.gives_centi, one.per * HUNDREDTHS))


def way_of(policy: Policy, code: str) -> Way | None:
    """The way with this code, or None."""
    return next((one for one in policy.ways if one.code == code), None)


def _codes(policy: Policy) -> Iterator[Flaw]:
    known = known_codes(policy)
    for index, way in enumerate(policy.ways):
        for column in ("component", *COLUMNS):
            code = getattr(way, column)
            if code and code not in known[column]:
                yield Flaw(("way", index, column), repr(code), f"one of {listed(known[column])}", "unknown_code")
        codes = [one.code for one in way.proofs]
        for place, code in enumerate(codes):
            if code in codes[:place]:
                yield Flaw(("way", index, "proof", place, "code"), repr(code), "a code that no other proof of the way has", "twin")


def _worth(policy: Policy) -> Iterator[Flaw]:
    """A row of the way is converted and lies in a bucket: otherwise nothing of it would ever count."""
    for index, way in enumerate(policy.ways):
        row = row_of(way)
        if conversion_of(policy, row) is None:
            expected = f"a unit that a conversion of activity {way.activity!r} takes"
            yield Flaw(("way", index, "unit"), repr(way.unit.value), expected, "no_conversion")
        if bucket_of(policy, row) is None:
            yield Flaw(
                ("way", index, "component"), repr(way.component), "a component with a bucket of this tier and topic", "way_without_bucket"
            )


def _people(policy: Policy) -> Iterator[Flaw]:
    for index, way in enumerate(policy.ways):
        if way.approved_by is Party.TEACHER:
            yield Flaw(("way", index, "approved_by"), "'teacher'", "an office or the school", "way_approved_by")
        if way.kind is WayKind.TRAINING and way.declared_by != (Party.SCHOOL,):
            yield Flaw(("way", index, "declared_by"), listed(way.declared_by), "school: it runs the training", "way_declared_by")
        if way.kind is WayKind.PLATFORM and Party.TEACHER in way.declared_by:
            yield Flaw(("way", index, "declared_by"), listed(way.declared_by), "school or an office: it brings the file", "way_declared_by")


WAY_LOOKS: tuple[Callable[[Policy], Iterator[Flaw]], ...] = (_codes, _worth, _people)
