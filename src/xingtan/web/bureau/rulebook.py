"""A policy pack as a book to read: chapters of rules, each with its words, its clause, its reading and the line of the file it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from xingtan.core.policy import Words, bundled_documents, find_clause
from xingtan.domains.policies import api as policies
from xingtan.web.parts.formats import hours2

from .rule_figures import sum_bar
from .rule_lines import Told, generic, tell
from .rule_values import Values

Path = tuple[str | int, ...]
# Which tables stand in which chapter, in the order in which a year meets them.
CHAPTERS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("cycle", gettext_lazy("Cycle and year"), ("effective", "cycle", "cycle.formula", "year", "surplus", "target", "earmark")),
    ("windows", gettext_lazy("Proposed windows"), ("year.window",)),
    ("hours", gettext_lazy("What a year is made of"), ("component", "component.part", "bucket", "category", "item", "gap")),
    ("conversion", gettext_lazy("Conversion"), ("conversion", "term", "learned_time")),
    ("ways", gettext_lazy("Other ways to earn"), ("way",)),
    ("assessment", gettext_lazy("Assessment and routes"), ("work", "exam", "assessment", "route", "measure", "formula")),
    ("decide", gettext_lazy("Determination of a year"), ("decide",)),
    ("cycle_decide", gettext_lazy("Determination of a cycle"), ("cycle.decide",)),
    ("facts", gettext_lazy("Leave, facts and offset"), ("leave", "fact", "offset")),
    ("consequences", gettext_lazy("Make-up and consequences"), ("make_up", "consequence")),
    ("entry", gettext_lazy("Way in and review"), ("entry", "review", "review_clock", "teaching")),
    ("fees", gettext_lazy("Fees"), ("fee", "split", "certificate")),
    ("readings", gettext_lazy("Readings"), ("reading",)),
    ("basics", gettext_lazy("The pack itself"), ("document",)),
)
# What a text that is being written may hold in place of what a sentence needs.
STUMBLES = (TypeError, ValueError, AttributeError, LookupError, RecursionError)
NESTED = frozenset({("component", "part"), ("year", "window"), ("cycle", "decide"), ("cycle", "formula")})
CHAPTER_OF = {kind: key for key, _title, kinds in CHAPTERS for kind in kinds}


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: its name, what it says, the exact sentence of the source and where it stands there, our reading, its line in the file."""

    key: str
    label: str
    value: str
    clause: str = ""
    document: str = ""
    cited: str = ""
    at: int = 0
    reading: str = ""
    reading_code: str = ""
    chip: str = ""
    code: str = ""
    verdict: str = ""
    line: int = 0
    change: str = ""
    was: str = ""
    figure: str = ""

    @property
    def beyond(self) -> int:
        """The first character of the document after the clause."""
        return self.at + len(self.clause)

    @property
    def says(self) -> tuple[str, ...]:
        """What makes it another rule when it differs."""
        return (self.label, self.value, self.clause, self.reading_code, self.reading, self.chip)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rules that belong together."""

    key: str
    title: str
    lines: Sequence[Line]

    @property
    def first_line(self) -> int:
        """Where the chapter begins in the file; 0 when none of it stands there."""
        return min((line.line for line in self.lines if line.line), default=0)

    @property
    def changed(self) -> int:
        """How many of its rules are not those of the base."""
        return sum(1 for line in self.lines if line.change)


def said(words: Words) -> str:
    """The words in the language of the page."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def chapters(checked: policies.Checked, base: policies.Checked | None = None) -> list[Chapter]:
    """The text's rules; with a base, each rule that differs from it says what stood there before, and what is gone stands there too."""
    if checked.data is None:
        return []
    lines = list(_lines(checked))
    if base is not None and base.data is not None and base.text != checked.text:
        lines = _against(lines, {line.key: line for line in _lines(base)})
    found = [Chapter(key, str(title), _once([line for line in lines if _chapter_of(line) == key])) for key, title, _kinds in CHAPTERS]
    rest = Chapter("other", _("Other rules"), [line for line in lines if _chapter_of(line) == "other"])
    return [chapter for chapter in (*found, rest) if chapter.lines]


def _against(lines: list[Line], before: Mapping[str, Line]) -> list[Line]:
    shown = []
    for line in lines:
        old = before.get(line.key)
        if old is None:
            shown.append(replace(line, change="new"))
        elif old.says != line.says:
            shown.append(replace(line, change="changed", was=old.value if old.value != line.value else ""))
        else:
            shown.append(line)
    here = {line.key for line in lines}
    return shown + [replace(line, line=0, change="gone") for key, line in before.items() if key not in here]


def _once(lines: list[Line]) -> list[Line]:
    """A reading that several rules of a chapter share is written out at the first of them."""
    seen: set[str] = set()
    shown = []
    for line in lines:
        shown.append(replace(line, reading="") if line.reading_code in seen else line)
        seen |= {line.reading_code} if line.reading_code else set()
    return shown


def _chapter_of(line: Line) -> str:
    kind = ".".join(part for part in line.key.split("/") if not part.startswith(":"))
    return CHAPTER_OF.get(kind, "basics" if kind == "" else "other")


def _lines(checked: policies.Checked) -> Iterator[Line]:
    data = checked.data or {}
    values = Values(data)
    readings = {str(row.get("code")): row for row in policies.rows_of(data, "reading")}
    plain = {key: value for key, value in data.items() if not isinstance(value, list | Mapping) or key == "title"}
    for key, value in plain.items():
        told = values.value(key, value) if key not in {"code", "version", "extends"} else str(value)
        yield Line(f":{key}", policies.field_word(key), told, line=checked.line_of((key,)))
    for path, key, table in _tables(data):
        yield _line(checked, values, readings, path, key, table)


def _tables(data: Mapping[str, Any], path: Path = (), key: str = "") -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    """Every table that is a rule, with its path and the key that names it among its like."""
    for name, value in data.items():
        if name == "title" or (path and (_kind(path), name) not in NESTED):
            continue
        rows = value if isinstance(value, list) else [value]
        if not rows or not all(isinstance(row, Mapping) for row in rows):
            continue
        labels = policies.names_of_tables(rows) if isinstance(value, list) else [""]
        for at, (label, row) in enumerate(zip(labels, rows, strict=True)):
            here: Path = (*path, name, at) if isinstance(value, list) else (*path, name)
            named = f"{key}/{name}/:{label}".lstrip("/") if label else f"{key}/{name}".lstrip("/")
            yield here, named, row
            yield from _tables(row, here, named)


def _kind(path: Path) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))


def _line(checked: policies.Checked, values: Values, readings: Mapping[str, Any], path: Path, key: str, table: Mapping[str, Any]) -> Line:
    kind = _kind(path)
    try:
        told = tell(kind, table, values)
    except STUMBLES:
        told = _odd(kind, table, values)
    code = str(table.get("reading", ""))
    clause = str(table.get("clause", ""))
    document = str(table.get("source") or _first_document(values.data))
    cited, at = cite(document, clause)
    reading = policies.table_name({"label": readings[code]}) if code in readings else ""
    figure = sum_bar(values.data, table) if kind == "item" else ""
    place = (clause, document, cited, at, reading, code)
    return Line(key, told.label, told.value, *place, told.chip, told.code, told.verdict, checked.line_of(path), figure=figure)


def _odd(kind: str, table: Mapping[str, Any], values: Values) -> Told:
    """A table with values that no sentence can be made of: they are shown as they stand."""
    try:
        return generic(kind, table, values)
    except STUMBLES:
        return Told(policies.field_word(kind.rpartition(".")[2]), str(dict(table))[:200])


def _first_document(data: Mapping[str, Any]) -> str:
    return next((str(row.get("code", "")) for row in policies.rows_of(data, "document")), "")


@lru_cache(maxsize=4096)
def cite(document: str, clause: str) -> tuple[str, int]:
    """Where the clause stands in its document, as people cite it (三(四)), and its first character there; nothing when it is not found."""
    place = find_clause(bundled_documents().get(document, ""), clause)
    return (f"{place.part.partition('、')[0]}{place.section}", place.start) if place else ("", -1)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of training: number, category, name, hours per component and in all."""

    number: int
    category: str
    label: str
    hours: Sequence[str]
    total: str
    first_year: str
    is_trial: bool


def items_table(data: policies.Data) -> list[ItemRow]:
    """The items by number; a number that the source leaves out is not there."""
    values, codes = Values(data), [str(row.get("code")) for row in policies.rows_of(data, "component")]
    return [_item(row, values, codes) for row in sorted(policies.rows_of(data, "item"), key=lambda row: row["number"])]


def component_names(data: policies.Data) -> list[str]:
    """The components' names, in the pack's order."""
    return [policies.table_name(row) for row in policies.rows_of(data, "component")]


def _item(row: Mapping[str, Any], values: Values, codes: Sequence[str]) -> ItemRow:
    amounts = [row["required_centi"].get(code, 0) for code in codes]
    first = sum(row.get("first_year_centi", {}).values())
    return ItemRow(
        number=row["number"],
        category=values.code(row.get("category")),
        label=policies.table_name({"label": row.get("label")}),
        hours=[hours2(amount) for amount in amounts],
        total=hours2(sum(amounts)),
        first_year=hours2(first) if first else "",
        is_trial=bool(row.get("is_trial")),
    )
