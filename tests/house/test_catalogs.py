from __future__ import annotations

import gettext

import pytest
from django.conf import settings

from tools import catalogs

if not settings.configured:
    settings.configure(USE_I18N=False)

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
A = _("All %(places)d places are taken.")
B = pgettext_lazy("enrolment", "Closed")
C = ngettext("%(n)s row", "%(n)s rows", n)
D = _(variable)
"""
TEMPLATE = """
{% load i18n %}don't "care" (
{% trans "Hours" %} {% trans 'Open' context "window" %} {{ name|default:_("nobody") }}
{% blocktrans trimmed count n=rows %}
  {{ n }} teacher
{% plural %}
  {{ n }} teachers
{% endblocktrans %}
"""
SLICE = """
msgid "All %(places)d places are taken."
msgstr "%(places)d 个名额已满。"

msgctxt "enrolment"
msgid "Closed"
msgstr "已截止"

msgid "%(n)s row"
msgid_plural "%(n)s rows"
msgstr[0] "%(n)s 行"
"""


@pytest.fixture
def program(checkout):
    """A program of one module, and its slice folder."""

    def write(slices, files=None):
        root = checkout((files or {"program/a.py": CODE}) | {f"slices/{name}.po": text for name, text in slices.items()})
        (root / "slices").mkdir(exist_ok=True)
        return root / "program", root / "slices"

    return write


def test_every_sentence_of_code_and_template_is_found(checkout):
    root = checkout({"a.py": CODE, "templates/b.html": TEMPLATE})
    found = {(key.context, key.text): (entry.plural, entry.places) for key, entry in catalogs.extract(root).items()}
    assert found == {
        (None, "All %(places)d places are taken."): (None, ["a.py:3"]),
        ("enrolment", "Closed"): (None, ["a.py:4"]),
        (None, "%(n)s row"): ("%(n)s rows", ["a.py:5"]),
        (None, "Hours"): (None, ["templates/b.html:3"]),
        ("window", "Open"): (None, ["templates/b.html:3"]),
        (None, "nobody"): (None, ["templates/b.html:3"]),
        (None, "%(n)s teacher"): ("%(n)s teachers", ["templates/b.html:4"]),
    }


def test_a_whole_slice_is_clean(program):
    assert catalogs.check(*program({"a": SLICE})) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('msgstr "已截止"', 'msgstr ""', "'Closed' has no Chinese"),
        ('msgctxt "enrolment"\n', "", "'Closed' has no Chinese"),
        ("%(places)d 个名额已满。", "名额已满。", "lacks a placeholder"),
        ("%(places)d 个名额已满。", "%(seats)d %(places)d 个名额已满。", "has a placeholder in Chinese that English has not"),
        ('msgctxt "enrolment"', '#, fuzzy\nmsgctxt "enrolment"', "fuzzy: 'Closed'"),
        ('msgid_plural "%(n)s rows"\nmsgstr[0]', "msgstr", "needs msgid_plural"),
    ],
)
def test_each_mistake_of_a_slice_is_named(program, old, new, says):
    assert old in SLICE
    problems, _unused = catalogs.check(*program({"a": SLICE.replace(old, new)}))
    assert len(problems) == 1
    assert says in problems[0]


def test_two_slices_may_agree_and_may_not_disagree(program):
    shared = 'msgctxt "enrolment"\nmsgid "Closed"\nmsgstr "{}"\n'
    assert catalogs.check(*program({"a": SLICE, "b": shared.format("已截止")})) == ([], [])
    problems, _unused = catalogs.check(*program({"a": SLICE, "b": shared.format("已关闭")}))
    assert problems == ["b.po:1: 'Closed' is said otherwise in a.po:4"] or "said otherwise in a.po" in problems[0]


def test_an_entry_that_nothing_says_is_a_warning_only(program):
    problems, unused = catalogs.check(*program({"a": SLICE + '\nmsgid "Gone"\nmsgstr "没了"\n'}))
    assert problems == []
    assert len(unused) == 1
    assert "'Gone'" in unused[0]


def test_the_built_catalog_answers_and_is_the_same_each_time(program):
    _root, folder = program({"a": SLICE})
    catalogs.build(folder)
    first = (folder / "LC_MESSAGES/django.mo").read_bytes()
    catalogs.build(folder)
    assert (folder / "LC_MESSAGES/django.mo").read_bytes() == first
    with (folder / "LC_MESSAGES/django.mo").open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    assert chinese.pgettext("enrolment", "Closed") == "已截止"
    assert chinese.ngettext("%(n)s row", "%(n)s rows", 3) == "%(n)s 行"


def test_nothing_is_built_while_nothing_has_changed(program):
    _root, folder = program({"a": SLICE})
    catalogs.build_if_changed(folder)
    built = folder / "LC_MESSAGES/django.mo"
    built.write_bytes(b"untouched")
    catalogs.build_if_changed(folder)
    assert built.read_bytes() == b"untouched"
    (folder / "a.po").write_text(SLICE.replace("已截止", "已关闭"), encoding="utf-8")
    catalogs.build_if_changed(folder)
    assert built.read_bytes() != b"untouched"


def test_missing_entries_are_printed_ready_to_fill(program, capsys):
    root, folder = program({"a": ""})
    catalogs.print_missing(root, folder, "a.py")
    said = capsys.readouterr().out
    assert 'msgctxt "enrolment"\nmsgid "Closed"\nmsgstr ""' in said
    assert 'msgid_plural "%(n)s rows"\nmsgstr[0] ""' in said
