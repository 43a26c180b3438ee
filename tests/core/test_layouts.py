"""Layouts of other offices: what their files may say."""

from __future__ import annotations

import pytest

from xingtan.core.layouts import Field, Rows, bundled_layouts, read_layout

HEAD = 'code = "x"\nlabel = { zh = "甲", en = "A" }\nsource = { zh = "乙", en = "B" }\nrows = "people"\n'


def column(heading="学时", field="hours", more=""):
    return f'[[column]]\nheading = "{heading}"\nfield = "{field}"\n{more}\n'


def test_every_bundled_layout_can_be_read():
    layouts = bundled_layouts()
    assert set(layouts) == {"hours-by-person", "national-training", "personnel-calendar-year"}
    assert layouts["national-training"].rows is Rows.ENTRIES
    assert layouts["personnel-calendar-year"].is_calendar_year


def test_general_and_professional_hours_are_never_the_same_hours():
    general, professional = [one for one in bundled_layouts()["personnel-calendar-year"].columns if one.field is Field.HOURS]
    for component in ("general", "course", "workshop", ""):
        assert general.counts(component) is not professional.counts(component)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code = 1 1", "Expected"),
        (HEAD, "column"),
        (HEAD + column(field="salary"), "field"),
        (HEAD + column() + column(), "same heading"),
        (HEAD + column(field="project"), "a row is a person"),
        (HEAD + column(field="name", more='components = ["general"]'), "only hours"),
        (HEAD + column(more="colour = 1"), "colour"),
        (HEAD.replace('"x"', '"X 1"') + column(), "code"),
    ],
)
def test_what_is_wrong_with_a_layout_is_said(text, said):
    with pytest.raises(ValueError, match=said):
        read_layout(text)
