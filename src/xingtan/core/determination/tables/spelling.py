"""The codes that a policy lets stand in each column of a table, and the ways to write them: the code, or its name in either language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from xingtan.core.determination.holding import CATEGORY, known_values
from xingtan.core.determination.tables.layout import ACTIVITY_STATUSES, RESULT_STATUSES
from xingtan.core.determination.tables.values import code_of
from xingtan.core.policy import Policy
from xingtan.core.policy.counting_flaws import known_codes
from xingtan.core.policy.kinds import AmountUnit
from xingtan.core.policy.parts import Words
from xingtan.core.policy.slots import FINAL, VERIFIED, VOIDED, WAITING

Spelling = Mapping[str, str]
MOST_LISTED = 24
KIND_COLUMNS = ("component", "tier", "mode", "topic", "activity", "unit", "result", "role", "status")
_UNITS_IN_CHINESE = {
    "学时": "hour", "小时": "hour", "分钟": "minute", "秒": "second", "半天": "half_day", "天": "day", "周": "week", "月": "month",
    "次": "time", "节": "lesson", "场": "meeting", "篇": "paper", "字": "word", "学分": "credit", "分": "point",
}  # fmt: skip


def activity_spellings(policy: Policy) -> Mapping[str, Spelling]:
    """For every column of an activity that carries a code: what may stand there, and the code it means. Columns may be empty unless named."""
    names: dict[str, list[tuple[str, Words]]] = {column: [] for column in KIND_COLUMNS}
    names["component"] = [(one.code, one.label) for one in policy.components]
    names["topic"] = [(part.code, part.label) for one in policy.components for part in one.parts]
    for term in policy.terms:
        names[term.column.value].append((term.code, term.label))
    known = known_codes(policy)
    spelled = {column: _with(codes, _labels(names[column])) for column, codes in known.items()}
    for column in set(known) - {"component"}:
        spelled[column][""] = ""
    units = [unit.value for unit in AmountUnit]
    spelled["unit"] = _with(units, {**_UNITS_IN_CHINESE, **{f"{unit}s": unit for unit in units}})
    spelled["status"] = {**_codes(ACTIVITY_STATUSES), "": VERIFIED}
    return spelled


def result_spellings(policy: Policy) -> Mapping[str, Spelling]:
    """The same for the columns of a result; absent, voided and cheated are one: not taken."""
    assessments = (*policy.tests, *policy.works)
    statuses = {status: status if status in (FINAL, WAITING) else VOIDED for status in RESULT_STATUSES}
    labels = _labels([(one.code, one.label) for one in assessments])
    return {"assessment": _with([one.code for one in assessments], labels), "status": {**statuses, "": FINAL}}


def fact_spellings(policy: Policy) -> Mapping[str, Spelling]:
    """By the name of each fact: the values it may have."""
    labels = {fact.code: _labels([(one.code, one.label) for one in fact.values]) for fact in policy.facts}
    labels["leave"] = _labels([(ground.code, ground.label) for ground in policy.leave])
    if policy.offset is not None:
        labels["rank"] = _labels([(one.code, one.label) for one in policy.offset.ranks])
        labels["duty"] = _labels([(policy.offset.duty.code, policy.offset.duty.label)])
    labels[CATEGORY] = dict(item_spelling(policy))
    return {name: _with(_in_order(values, labels.get(name, {})), labels.get(name, {})) for name, values in known_values(policy).items()}


def item_spelling(policy: Policy) -> Spelling:
    """The items: by number, by name, and by the code or name of a category that has one item only."""
    spelled = _labels([(str(item.number), item.label) for item in policy.items])
    for category in policy.categories:
        numbers = [str(item.number) for item in policy.items if item.category == category.code]
        if len(numbers) == 1:
            spelled = {**_labels([(numbers[0], category.label)]), category.code: numbers[0], **spelled}
    return _with([str(item.number) for item in policy.items], spelled)


def expected_of(spelled: Spelling) -> str:
    """What an error says that it expected: the codes, in their order."""
    codes = list(dict.fromkeys(code for code in spelled.values() if code))
    more = f" … ({len(codes)} in all; `xingtan policy show`)" if len(codes) > MOST_LISTED else ""
    listed = ", ".join(codes[:MOST_LISTED]) + more
    if not codes:
        return "nothing: the pack knows no codes for this column"
    return ("nothing or " if "" in spelled else "") + ("one of " if len(codes) > 1 else "") + listed


def _codes(codes: Iterable[str]) -> dict[str, str]:
    return {code: code for code in codes}


def _with(codes: Iterable[str], names: Spelling) -> dict[str, str]:
    """The codes, then the names that are not codes themselves."""
    spelled = _codes(codes)
    return {**spelled, **{name: code for name, code in names.items() if name not in spelled}}


def _in_order(values: Collection[str], names: Spelling) -> list[str]:
    """The values in the pack's order as far as it names them."""
    named = [code for code in dict.fromkeys(names.values()) if code in values]
    return [*named, *sorted(set(values) - set(named))]


def _labels(named: Iterable[tuple[str, Words]]) -> dict[str, str]:
    return {code_of(text): code for code, label in named for text in (label.en, label.zh)}
