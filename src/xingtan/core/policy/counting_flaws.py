"""What may be wrong with what a pack counts: codes that nothing bears, buckets that overlap, units that do not convert, numbers too great."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from xingtan.core.policy import counting
from xingtan.core.policy.bounds import TooGreat, bounds_of
from xingtan.core.policy.cycle_formulas import cycle_formulas, cycle_inputs
from xingtan.core.policy.expressions import CALLS, ExpressionError, check_number
from xingtan.core.policy.flaw import Flaw, listed, names_of
from xingtan.core.policy.formulas import year_formulas, year_inputs, year_measures
from xingtan.core.policy.kinds import Over, Span, TermColumn, Unit, Whose
from xingtan.core.policy.model import Policy
from xingtan.core.policy.parts import Formula
from xingtan.core.policy.places import Path

BUILT_IN_FACTS = ("category", "leave", "rank", "duty", "arrived")


def _codes(policy: Policy) -> Iterator[Flaw]:
    """Filters and buckets speak of components and terms that the pack names."""
    known = known_codes(policy)
    for table, rows in (
        ("conversion", policy.conversions),
        ("measure", policy.measures),
        ("earmark", policy.earmarks),
    ):
        for index, row in enumerate(rows):
            yield from _unknown((table, index), row.wanted, known)
    for index, bucket in enumerate(policy.buckets):
        yield from _unknown(("bucket", index), {"component": (bucket.component,), "tier": bucket.tier, "topic": bucket.topic}, known)
    assessments = [one.code for one in (*policy.tests, *policy.works)]
    for index, one in enumerate(policy.measures):
        for code in one.assessment or ():
            if code not in assessments:
                yield Flaw(("measure", index, "assessment"), repr(code), f"one of {listed(assessments)}", "unknown_assessment")
        if one.over is Over.RESULTS and (one.unit is not None or any(wanted is not None for wanted in one.wanted.values())):
            yield Flaw(("measure", index, "over"), "'results' with a filter of activities", "assessment only", "measure_mixed")


def known_codes(policy: Policy) -> dict[str, tuple[str, ...]]:
    """The codes that each column of an activity may carry, beside the empty one."""
    known: dict[str, list[str]] = {column.value: [] for column in TermColumn}
    for term in policy.terms:
        known[term.column.value].append(term.code)
    known["topic"] += [part.code for one in policy.components for part in one.parts if part.code not in known["topic"]]
    own = [one.activity for one in (policy.offset, policy.make_up) if one is not None and one.is_open]
    known["activity"] += [code for code in own if code not in known["activity"]]
    return {"component": tuple(one.code for one in policy.components), **{column: tuple(codes) for column, codes in known.items()}}


def _unknown(path: Path, wanted: object, known: dict[str, tuple[str, ...]]) -> Iterator[Flaw]:
    assert isinstance(wanted, dict)  # noqa: S101 -- both callers give one
    for column, codes in wanted.items():
        for code in codes or ():
            if code and code not in known[column]:
                yield Flaw((*path, column), repr(code), f"one of {listed(known[column])}", "unknown_code")


def _terms(policy: Policy) -> Iterator[Flaw]:
    seen: set[tuple[str, str]] = set()
    for index, term in enumerate(policy.terms):
        if (term.column.value, term.code) in seen:
            yield Flaw(("term", index, "code"), repr(term.code), f"a code that no other {term.column.value} has", "twin")
        seen.add((term.column.value, term.code))


def _buckets(policy: Policy) -> Iterator[Flaw]:
    """No row may lie in two buckets, and a floor is not above its cap."""
    for (left, one), (right, other) in combinations(enumerate(policy.buckets), 2):
        if one.component == other.component and counting.share(one.tier, other.tier) and counting.share(one.topic, other.topic):
            yield Flaw(
                ("bucket", right),
                f"{other.code!r} overlaps {one.code!r} (bucket {left + 1})",
                "buckets without a common row",
                "buckets_overlap",
            )
    components = {one.code for one in policy.components}
    for index, one in enumerate(policy.buckets):
        if one.code in components and one.code != one.component:
            yield Flaw(("bucket", index, "code"), repr(one.code), "a code that no component has", "twin")
        for span, floor, cap in (("year", one.year_floor_centi, one.year_cap_centi), ("cycle", one.cycle_floor_centi, one.cycle_cap_centi)):
            if cap is not None and floor > cap:
                yield Flaw(("bucket", index, f"{span}_floor_centi"), str(floor), f"at most {span}_cap_centi {cap}", "floor_above_cap")
    floors = sum(one.cycle_floor_centi for one in policy.buckets)
    if floors > policy.cycle.required_centi:
        yield Flaw(
            ("bucket",),
            f"cycle floors of {floors} in all",
            f"at most cycle.required_centi {policy.cycle.required_centi}",
            "floors_above_cycle",
        )


def _units(policy: Policy) -> Iterator[Flaw]:
    """Every unit that a measure or conversion names can be reached; a pack of credits says how hours become credits."""
    if policy.unit is not Unit.HOUR and not policy.conversions:
        yield Flaw(("unit",), repr(policy.unit.value), "a conversion of what was learned into it", "no_conversion")
    for index, one in enumerate(policy.conversions):
        earlier = next((other for other in policy.conversions[:index] if other.unit is one.unit and _covers(other, one)), None)
        if earlier is not None:
            yield Flaw(
                ("conversion", index), repr(one.code), f"a row that {earlier.code!r} before it does not take already", "unreachable_rows"
            )


def _covers(wide: counting.Filters, narrow: counting.Filters) -> bool:
    """Whether every row that the second fits, the first fits too."""
    return all(
        wanted is None or (narrow.wanted[column] is not None and set(narrow.wanted[column] or ()) <= set(wanted))
        for column, wanted in wide.wanted.items()
    )


def _facts(policy: Policy) -> Iterator[Flaw]:
    for index, one in enumerate(policy.facts):
        if one.code in BUILT_IN_FACTS:
            yield Flaw(("fact", index, "code"), repr(one.code), f"a code other than {listed(BUILT_IN_FACTS)}", "twin")


def _money(policy: Policy) -> Iterator[Flaw]:
    fees = [one.code for one in policy.fees]
    for index, one in enumerate(policy.splits):
        if one.fee not in fees:
            yield Flaw(("split", index, "fee"), repr(one.fee), f"one of {listed(fees)}", "unknown_fee")
        if (one.level is None) == (one.payer is None):
            yield Flaw(("split", index), "a level and a payer" if one.level else "neither level nor payer", "one of the two", "split_whose")
    yield from _wholes(policy)


def _wholes(policy: Policy) -> Iterator[Flaw]:
    for code in dict.fromkeys(one.fee for one in policy.splits):
        rows = [one for one in policy.splits if one.fee == code]
        if len({one.of_parts for one in rows}) != 1 or sum(one.parts for one in rows) != rows[0].of_parts:
            index = next(index for index, one in enumerate(policy.splits) if one.fee == code)
            found = " + ".join(f"{one.parts}/{one.of_parts}" for one in rows)
            yield Flaw(("split", index, "parts"), found, "parts that make one whole", "split_sum")


def _formulas(policy: Policy) -> Iterator[Flaw]:
    """A pack's own formulas use names that stand above them; no number can outgrow what every engine holds."""
    try:
        bare = policy.model_copy(update={"formulas": ()})
        known = names_of(year_measures(bare), year_inputs(bare))
    except KeyError:
        return  # components and items do not fit each other; that is told elsewhere
    except ExpressionError as error:
        yield Flaw(("component",), repr(error.text), f"codes whose names do not meet: {error.what}", "names_meet")
        return
    known_cycle = list(cycle_inputs(policy))
    broken = [*_own(policy.formulas, ("formula",), known), *_own(policy.cycle.formulas, ("cycle", "formula"), known_cycle)]
    yield from broken
    if not broken:
        yield from _great(policy)


def _own(formulas: Sequence[Formula], path: Path, known: list[str]) -> Iterator[Flaw]:
    for index, one in enumerate(formulas):
        if one.code in known or one.code in CALLS:
            yield Flaw((*path, index, "code"), repr(one.code), "a name that is not taken", "twin")
        try:
            check_number(one.expression, known)
        except ExpressionError as error:
            yield Flaw((*path, index, "is"), repr(error.text), f"a whole number of known names: {error.what}", "formula")
        known.append(one.code)


def _great(policy: Policy) -> Iterator[Flaw]:
    for path, inputs, text in (
        (("decide",), year_inputs(policy), year_formulas),
        (("cycle", "decide"), cycle_inputs(policy), cycle_formulas),
    ):
        try:
            bounds_of(text(policy), inputs)
        except TooGreat as error:
            place = next((("formula", i, "is") for i, one in enumerate(policy.formulas) if one.code == error.name), path)
            yield Flaw(place, error.name, "numbers that stay below 2 to the power of 62", "too_great")
        except (ExpressionError, SyntaxError):
            return  # a condition is broken; that is told elsewhere


def _targets(policy: Policy) -> Iterator[Flaw]:
    for index, one in enumerate(policy.targets):
        least = policy.cycle.required_centi
        if one.span is Span.CYCLE and one.whose is Whose.PERSON and one.least_centi < least:
            yield Flaw(
                ("target", index, "least_centi"),
                str(one.least_centi),
                f"more than cycle.required_centi {least}, or no target",
                "target_idle",
            )
    for index, mark in enumerate(policy.earmarks):
        if mark.cycle_centi > policy.cycle.required_centi:
            expected = f"at most cycle.required_centi {policy.cycle.required_centi}"
            yield Flaw(("earmark", index, "cycle_centi"), str(mark.cycle_centi), expected, "earmark_above_cycle")


COUNTING_LOOKS: tuple[Callable[[Policy], Iterator[Flaw]], ...] = (
    _codes,
    _terms,
    _buckets,
    _units,
    _facts,
    _money,
    _targets,
    _formulas,
)
