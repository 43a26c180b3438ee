"""A pack as a book: every rule in words in both languages, with its line, its clause and what stood there before."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from xingtan.core.policy import bundled
from xingtan.domains.policies import api as policies
from xingtan.web.bureau.rulebook import chapters, cite
from xingtan.web.bureau.workbench_page import blocks, changed_lines

JIANGXI = bundled()["jiangxi-2011"]
BASE = policies.check_text(JIANGXI)
# A code of the file between words of a sentence: what no reader should meet.
BARE = re.compile(r"\b[a-z]+_[a-z_]+\b")


def book(text, base=None):
    return {line.key: line for chapter in chapters(policies.check_text(text), base) for line in chapter.lines}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", sorted(bundled()))
def test_every_pack_reads_as_sentences(code, language):
    with translation.override(language):
        lines = [
            line for line in book(bundled()[code]).values() if line.chip != "reading" and not line.key.startswith(("term/", "document/"))
        ]
    assert len(lines) > 60
    assert [(line.key, line.value) for line in lines if BARE.search(f"{line.label} {line.value}") and not line.key.startswith(":")] == []
    assert [line.key for line in lines if not line.label] == []


def test_every_rule_of_the_file_knows_its_line():
    texts = JIANGXI.split("\n")
    for line in book(JIANGXI).values():
        assert line.line > 0
        assert texts[line.line - 1].startswith("[") or line.key.startswith(":")


def test_a_rule_names_its_clause_and_where_it_stands():
    line = book(JIANGXI)["decide/:make_up_required.no_participation"]
    assert line.clause.startswith("④对未参加全员远程培训")
    assert (line.document, line.cited) == ("plan", "四(四)")
    assert cite("plan", "words that do not stand there") == ("", -1)


@pytest.mark.parametrize(
    ("old", "new", "key", "change"),
    [
        ("pass_score = 60", "pass_score = 65", "exam", "changed"),
        (
            "[entry]",
            '[[leave]]\ncode = "exchange"\nlabel = { zh = "交流", en = "Exchange" }\nreading = "leave"\n\n[entry]',
            "leave/:exchange",
            "new",
        ),
        ('code = "sick"', 'code = "illness"', "leave/:sick", "gone"),
    ],
)
def test_what_differs_from_the_base_is_marked(old, new, key, change):
    with translation.override("en"):
        found = book(JIANGXI.replace(old, new, 1), BASE)
    assert found[key].change == change
    assert {line.change for name, line in found.items() if not name.startswith(("exam", "leave"))} == {""}
    if change == "changed":
        assert (found[key].value, found[key].was) == ("65 marks are a pass", "60 marks are a pass")


def test_a_table_that_nobody_knows_yet_is_told_by_its_fields():
    text = (
        JIANGXI
        + '\n[[festival]]\ncode = "spring"\nlabel = { zh = "春节", en = "Spring Festival" }\nfirst_day = "02-01"\nrequired_centi = 12_00\n'
    )
    with translation.override("en"):
        line = book(text)["festival/:spring"]
    assert line.label == "festival Spring Festival"
    assert line.value == "First day 02-01; Required 12.00 hours"


@pytest.mark.parametrize("value", ["3", '"x"', "[1, 2]", "[]", "{ a = 1 }", "true", "-5", "1.5", "1979-05-27"])
@pytest.mark.parametrize("field", ["required_centi", "label", "when", "verdict", "fen", "number", "work", "level", "gives_centi"])
def test_a_field_of_any_kind_is_told_without_a_fault(field, value):
    for table in ("item", "component", "decide", "fee", "route", "conversion", "review", "consequence", "offset"):
        head = f"[{table}]" if table == "offset" else f"[[{table}]]"
        assert chapters(policies.check_text(f"{head}\n{field} = {value}\n"), BASE)


def test_the_reading_stands_in_the_order_of_the_file():
    lines = [line.line for block in blocks(chapters(BASE), []) for line, _wrong in block.lines]
    assert lines == sorted(lines)


def test_changed_lines_are_those_that_the_base_does_not_have():
    assert changed_lines("a\nb\nc", "a\nB\nc\nd") == {2, 4}
    assert changed_lines("a\nb\nc", "a\nc") == set()
    assert changed_lines("a\n" * 7_000, "b\n" * 7_000) == set()
    assert changed_lines("a", "a") == set()
