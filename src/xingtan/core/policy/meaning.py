"""What a pack of the right shape may still say wrong: names that nothing bears, sums that do not add up, rows that can never decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xingtan.core.calendar import MonthDay, WindowKind
from xingtan.core.policy import parts
from xingtan.core.policy.counting_flaws import COUNTING_LOOKS
from xingtan.core.policy.cycle_formulas import cycle_inputs, cycle_measures
from xingtan.core.policy.earning import WAY_LOOKS
from xingtan.core.policy.expressions import ExpressionError, check_condition
from xingtan.core.policy.flaw import Flaw, listed, names_of
from xingtan.core.policy.formulas import OTHERWISE, year_inputs, year_measures
from xingtan.core.policy.kinds import EntryStep, ReviewStep, Stage
from xingtan.core.policy.model import Policy
from xingtan.core.policy.places import Path


def flaws(policy: Policy) -> Iterator[Flaw]:
    """Everything in the pack that contradicts itself."""
    for look in _LOOKS:
        yield from look(policy)


def _rules(policy: Policy) -> Iterator[tuple[Path, parts.Rule]]:
    """Every rule of the pack with its path."""
    yield from _rules_in(policy, ())


def _rules_in(part: parts.Part, path: Path) -> Iterator[tuple[Path, parts.Rule]]:
    if isinstance(part, parts.Rule):
        yield path, part
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        here = (*path, field.alias or name)
        if isinstance(value, parts.Part):
            yield from _rules_in(value, here)
        elif isinstance(value, tuple):
            for index, one in enumerate(value):
                if isinstance(one, parts.Part):
                    yield from _rules_in(one, (*here, index))


def _grounds(policy: Policy) -> Iterator[Flaw]:
    readings = [reading.code for reading in policy.readings]
    sources = [source.code for source in policy.sources]
    for path, rule in _rules(policy):
        if not rule.clause and not rule.reading:
            yield Flaw((*path, "clause"), "nothing", "the sentence of the source, or a reading", "no_ground")
        if rule.reading and rule.reading not in readings:
            yield Flaw((*path, "reading"), repr(rule.reading), f"one of {listed(readings)}", "unknown_reading")
        if rule.source and rule.source not in sources:
            yield Flaw((*path, "source"), repr(rule.source), f"one of {listed(sources)}", "unknown_source")


_NAMED: tuple[tuple[str, str, Callable[[Policy], Sequence[object]]], ...] = (
    ("document", "code", lambda policy: [one.code for one in policy.sources]),
    ("component", "code", lambda policy: [one.code for one in policy.components]),
    ("category", "code", lambda policy: [one.code for one in policy.categories]),
    ("item", "number", lambda policy: [one.number for one in policy.items]),
    ("route", "number", lambda policy: [one.number for one in policy.routes]),
    ("leave", "code", lambda policy: [one.code for one in policy.leave]),
    ("review", "step", lambda policy: [one.step.value for one in policy.reviews]),
    ("teaching", "stage", lambda policy: [one.stage.value for one in policy.teaching]),
    ("fee", "code", lambda policy: [one.code for one in policy.fees]),
    ("consequence", "code", lambda policy: [one.code for one in policy.consequences]),
    ("reading", "code", lambda policy: [one.code for one in policy.readings]),
    ("conversion", "code", lambda policy: [one.code for one in policy.conversions]),
    ("bucket", "code", lambda policy: [one.code for one in policy.buckets]),
    ("fact", "code", lambda policy: [one.code for one in policy.facts]),
    ("assessment", "code", lambda policy: [one.code for one in policy.assessments]),
    ("measure", "code", lambda policy: [one.code for one in policy.measures]),
    ("earmark", "code", lambda policy: [one.code for one in policy.earmarks]),
    ("target", "code", lambda policy: [one.code for one in policy.targets]),
    ("way", "code", lambda policy: [one.code for one in policy.ways]),
)


def _twins(policy: Policy) -> Iterator[Flaw]:
    for table, field, named in _NAMED:
        values = named(policy)
        for index, value in enumerate(values):
            if value in values[:index]:
                yield Flaw((table, index, field), repr(value), f"a {field} that no other {table} has", "twin")


def _items(policy: Policy) -> Iterator[Flaw]:
    categories, gaps = [one.code for one in policy.categories], {gap.number for gap in policy.gaps}
    for index, item in enumerate(policy.items):
        if item.number in gaps:
            yield Flaw(("item", index, "number"), str(item.number), "a number that is not a gap of the source", "gap_filled")
        if item.category not in categories:
            yield Flaw(("item", index, "category"), repr(item.category), f"one of {listed(categories)}", "unknown_category")
    defaults = sum(item.is_default for item in policy.items)
    if defaults != 1:
        yield Flaw(("item",), f"{defaults} items with is_default", "exactly one", "default_item")


def _amounts(policy: Policy) -> Iterator[Flaw]:
    components = [one.code for one in policy.components]
    for index, item in enumerate(policy.items):
        for field, amounts in (("required_centi", item.required_centi), ("first_year_centi", item.first_year_centi)):
            if (amounts or field == "required_centi") and set(amounts) != set(components):
                yield Flaw(("item", index, field), listed(amounts), f"each of {listed(components)}", "wrong_components")


def _sums(policy: Policy) -> Iterator[Flaw]:
    cycle = policy.cycle
    if not cycle.is_sum_of_years:
        return
    for index, item in enumerate(policy.items):
        year = sum(item.required_centi.values())
        if year * cycle.years != cycle.required_centi:
            found = f"{cycle.years} x {year} = {cycle.years * year}"
            yield Flaw(("item", index, "required_centi"), found, f"cycle.required_centi {cycle.required_centi}", "sum_of_years")
        first = sum(item.first_year_centi.values())
        whole = first + year * (cycle.years - 1)
        asked = cycle.new_hire_required_centi or cycle.required_centi
        if first and whole != asked:
            found = f"{first} + {cycle.years - 1} x {year} = {whole}"
            expected = f"cycle.new_hire_required_centi {asked}"
            yield Flaw(("item", index, "first_year_centi"), found, expected, "sum_of_years")


def _windows(policy: Policy) -> Iterator[Flaw]:
    first, last = MonthDay.parse(policy.year.first_day), MonthDay.parse(policy.year.last_day)
    # 2002 and 2003 have no leap day, so the days of a training year that starts in 2001 or 2002 are as many as they can be told apart.
    if (last.within(2001, first) - first.within(2001, first)).days != 364:
        yield Flaw(("year", "last_day"), policy.year.last_day, "the day before first_day", "year_days")
    kinds = [days.kind for days in policy.year.windows]
    for index, days in enumerate(policy.year.windows):
        if days.kind in kinds[:index]:
            yield Flaw(("year", "window", index, "kind"), repr(days.kind.value), "one window of each kind", "twin")
        if MonthDay.parse(days.opens).within(2001, first) > MonthDay.parse(days.closes).within(2001, first):
            yield Flaw(
                ("year", "window", index, "closes"), days.closes, f"a day from {days.opens} to {policy.year.last_day}", "window_days"
            )
    if lacking := [kind.value for kind in WindowKind if kind not in kinds]:
        yield Flaw(("year", "window"), "nothing", f"windows {listed(lacking)}", "window_missing")


def _tables(policy: Policy) -> Iterator[Flaw]:
    try:
        known = names_of(year_measures(policy), year_inputs(policy))
        known_cycle = names_of(cycle_measures(policy), cycle_inputs(policy))
    except (ExpressionError, KeyError, SyntaxError):
        return  # formulas cannot be read, or names, components and items do not fit each other; that is told elsewhere
    yield from _table(policy, policy.decide, ("decide",), known)
    yield from _table(policy, policy.cycle.decide, ("cycle", "decide"), known_cycle)
    if policy.make_up is not None and policy.make_up.is_open:
        yield from _condition(policy.make_up.passed, ("make_up", "passed"), known)


def _table(policy: Policy, rows: Sequence[parts.DecisionRow], path: Path, known: Sequence[str]) -> Iterator[Flaw]:
    routes = {0, *(route.number for route in policy.routes)}
    for index, row in enumerate(rows):
        here = (*path, index, "when")
        if row.route not in routes:
            yield Flaw((*path, index, "route"), str(row.route), f"one of {listed(map(str, sorted(routes)))}", "unknown_route")
        is_last = index == len(rows) - 1
        if row.when == OTHERWISE and not is_last:
            yield Flaw(here, repr(OTHERWISE), "a condition: rows after this one can never decide", "unreachable_rows")
        elif is_last and row.when != OTHERWISE:
            yield Flaw(here, repr(row.when), "'otherwise' in the last row", "no_otherwise")
        elif row.when != OTHERWISE:
            yield from _condition(row.when, here, known)


def _routes(policy: Policy) -> Iterator[Flaw]:
    """Every route that is open decides somewhere, and no condition stands twice."""
    for index, route in enumerate(policy.routes):
        if route.is_open and all(row.route != route.number for row in policy.decide):
            yield Flaw(
                ("route", index, "is_open"),
                f"route {route.number}, which no row of decide names",
                "a row, or is_open = false",
                "route_unreached",
            )
    for path, rows in ((("decide",), policy.decide), (("cycle", "decide"), policy.cycle.decide)):
        for index, row in enumerate(rows):
            if row.when in [other.when for other in rows[:index]]:
                yield Flaw((*path, index, "when"), repr(row.when), "a condition that no row before it has", "unreachable_rows")


def _effective(policy: Policy) -> Iterator[Flaw]:
    named = policy.effective
    if named is None:
        return
    if named.from_year is not None and named.from_year < policy.cycle.anchor_year:
        expected = f"a year from cycle.anchor_year {policy.cycle.anchor_year} on"
        yield Flaw(("effective", "from_year"), str(named.from_year), expected, "effective_years")
    if named.to_year is not None and named.to_year < (named.from_year or policy.cycle.anchor_year):
        yield Flaw(("effective", "to_year"), str(named.to_year), "a year that is not before from_year", "effective_years")


def _condition(text: str, path: Path, known: Sequence[str]) -> Iterator[Flaw]:
    try:
        check_condition(text, known)
    except ExpressionError as error:
        yield Flaw(path, repr(error.text), f"a condition of known names: {error.what}", "condition")


def _entry(policy: Policy) -> Iterator[Flaw]:
    order = policy.entry.order
    if sorted(order) != sorted(EntryStep) or order[-1] is not EntryStep.STUDY:
        yield Flaw(("entry", "order"), listed(order), f"each of {listed(EntryStep)} once, study last", "entry_order")
    if policy.entry.study_opens_on in (EntryStep.STUDY, EntryStep.SELECTION):
        yield Flaw(
            ("entry", "study_opens_on"), repr(policy.entry.study_opens_on.value), "a step between selection and study", "entry_order"
        )


def _reviews(policy: Policy) -> Iterator[Flaw]:
    steps = [rule.step for rule in policy.reviews]
    for index, rule in enumerate(policy.reviews):
        for other in rule.other_person_than:
            if other not in steps[:index]:
                yield Flaw(("review", index, "other_person_than"), repr(other.value), "a step before this one", "review_order")
    verifying = [rule.step for rule in policy.reviews if rule.makes_verified]
    if steps != sorted(steps, key=list(ReviewStep).index) or set(verifying) - {ReviewStep.VERIFY}:
        yield Flaw(("review",), listed(steps), f"in this order: {listed(ReviewStep)}; verify makes verified", "review_chain")
    if len(verifying) != 1:
        yield Flaw(("review",), f"{len(verifying)} steps with makes_verified", "exactly one", "verified_by")


def _stages(policy: Policy) -> Iterator[Flaw]:
    stages = {one.stage for one in policy.teaching}
    if lacking := [stage.value for stage in Stage if stage not in stages]:
        yield Flaw(("teaching",), "nothing", f"stages {listed(lacking)}", "stage_missing")


def _offset(policy: Policy) -> Iterator[Flaw]:
    if policy.offset is None:
        return
    components = [one.code for one in policy.components]
    known_parts = [part.code for one in policy.components for part in one.parts]
    for field, codes, known in (("fill_order", policy.offset.fill_order, components), ("never", policy.offset.never, known_parts)):
        for index, code in enumerate(codes):
            if code not in known:
                yield Flaw(("offset", field, index), repr(code), f"one of {listed(known)}", "unknown_component")
            elif code in codes[:index]:
                yield Flaw(("offset", field, index), repr(code), "each once", "twin")


_LOOKS: tuple[Callable[[Policy], Iterator[Flaw]], ...] = (
    _grounds,
    _twins,
    _items,
    _amounts,
    _sums,
    _windows,
    _tables,
    _entry,
    _reviews,
    _stages,
    _offset,
    _routes,
    _effective,
    *COUNTING_LOOKS,
    *WAY_LOOKS,
)
