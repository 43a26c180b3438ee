"""A pack's sheet and its worked examples as text that reads well on a terminal and as Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from xingtan.core.policy import Policy, Words
from xingtan.core.policy.examples import Example, Table

from .policy_sheet import Line, Section, words

LONG = 120
ABOUT = """\
`{code}` {version}。每个算例都会执行：前几张表就是 `xingtan determine --policy {code}` 的文件，没有写出的列为空；“结论”是应得的结果。涉及几个年度的用 `--cycle`，
一个年度的用 `--year`。各列可用的代码见 `xingtan policy show {code}`。

Every example is executed: its first tables are the files of `xingtan determine --policy {code}`, columns that are not shown are empty;
“verdicts” is what must come out. Those of several years are run with `--cycle`, those of one with `--year`. `xingtan policy show {code}`
lists the codes that columns may carry."""
MORE = """\
四张表的列和单位见 `xingtan determine --help`，算例见 `xingtan policy show {code} --examples`，怎样写政策包见 docs/policies/README.md。
The columns of the four tables and their units: `xingtan determine --help`; worked examples: `xingtan policy show {code} --examples`;
how a pack is written: docs/policies/README.md."""
_TABLES: Mapping[str, Words] = {
    "teachers": Words(zh="教师", en="teachers"),
    "facts": Words(zh="情况", en="facts"),
    "activities": Words(zh="活动", en="activities"),
    "results": Words(zh="成绩", en="results"),
    "verdicts": Words(zh="结论", en="verdicts"),
}


def sheet_page(policy: Policy, sections: Sequence[Section]) -> str:
    """The whole sheet: each section's head, then a line per code with both names and what else is said of it."""
    parts = [f"{policy.title.zh}\n{policy.title.en}\n{policy.code} {policy.version}  {policy.digest}"]
    for section in sections:
        width = min(max(_width(line.code) for line in section.lines), 28)
        lines = "\n".join(_line(line, width) for line in section.lines)
        parts.append(f"== {section.label.zh} / {section.label.en} ==\n{lines}")
    return "\n\n".join((*parts, MORE.format(code=policy.code)))


def examples_page(policy: Policy, examples: Sequence[Example]) -> str:
    """The worked examples as Markdown: title, the sentence why, the tables that go in and the verdicts that come out."""
    head = f"# {policy.title.zh}：算例\n\n# {policy.title.en}: worked examples"
    about = ABOUT.format(code=policy.code, version=policy.version)
    return "\n\n".join((head, about, *(_example(one) for one in examples))) + "\n"


def _line(line: Line, width: int) -> str:
    """On one line when it fits, else the details below the names, else each name on a line of its own."""
    name = f"{line.label.zh} / {line.label.en}"
    code = f"  {_padded(line.code, width)}  "
    details = "; ".join(_detail(key, value) for key, value in line.details.items() if value != line.code.strip())
    if _width(code + name + details) <= LONG:
        return f"{code}{name}{f'  ({details})' if details else ''}"
    below = " " * (width + 4)
    names = name if _width(name) <= LONG else f"{line.label.zh}\n{below}{line.label.en}"
    return f"{code}{names}{f'{chr(10)}{below}{details}' if details else ''}"


def _detail(key: str, value: object) -> str:
    label = words()["detail"][key]
    name = f"{label.zh} {label.en}"
    return name if value is True else f"{name}: {value}"


def _example(one: Example) -> str:
    tables = "\n\n".join(f"{_TABLES[name].zh} / {_TABLES[name].en}\n\n{_markdown(table)}" for name, table in one.tables.items())
    return f"## {one.title.zh} / {one.title.en}\n\n{one.why.zh}\n\n{one.why.en}\n\n{tables}"


def _markdown(table: Table) -> str:
    rows = [table.columns, *table.rows]
    widths = [max(3, *(_width(row[at]) for row in rows)) for at in range(len(table.columns))]
    lines = ["| " + " | ".join(_padded(text, width) for text, width in zip(row, widths, strict=True)) + " |" for row in rows]
    return "\n".join((lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]))


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - _width(text), 0)


def _width(text: str) -> int:
    """Columns on a terminal: a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
