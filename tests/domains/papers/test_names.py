"""A document with a day of its own names the school as it was called that day; a merged record's hours stand on the person's paper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import papering
from tests.certifying import NOW, issued, verified
from xingtan.domains.papers import api as papers
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.changing import rename

NEW = "青禾学校"


@pytest.fixture
def renamed(cast):
    """The school bears another name from ten days ago."""
    name = cast.school.name
    rename(cast.school, NEW, since=papering.DAY - timedelta(days=10), by=None, now=NOW)
    cast.lin_teacher.refresh_from_db()
    return name


def school_on(cast, to_on):
    asked = papers.asked_for(papers.Kind.HOURS, days=(date(2026, 8, 1), to_on), training_year=None, purpose="年度考核", today=papering.DAY)
    made = papers.print_papers(actor=cast.chen, asked=asked, teacher_ids=[cast.lin_teacher.pk], now=NOW)
    return papers.Paper.everywhere.get(printing=made).content["person"]["school"]


def test_a_statement_names_the_school_of_its_last_day(cast, renamed):
    assert school_on(cast, papering.DAY - timedelta(days=11)) == renamed
    assert school_on(cast, papering.DAY - timedelta(days=10)) == NEW
    assert school_on(cast, papering.DAY) == NEW


def test_a_page_names_the_school_of_its_years_last_day(cast):
    [page] = issued(cast)
    before = page.frozen["school"]["zh"]
    rename(cast.school, NEW, since=cast.year.last_on + timedelta(days=1), by=None, now=NOW)
    later = papering.colleagues(cast, 1)
    verified(cast, later)
    assert [one.frozen["school"] for one in issued(cast, later)] == [{"zh": before, "en": before}]


def test_hours_of_a_merged_record_stand_on_the_persons_paper(cast):
    [person] = papering.colleagues(cast, 1)
    teachers.merge(actor=cast.zhou, merged_id=cast.lin_teacher.pk, into_id=person.pk, reason="同一人", now=NOW)
    made = papers.print_papers(actor=cast.chen, asked=papering.asked(cast), teacher_ids=[person.pk], now=NOW)
    content = papers.Paper.everywhere.get(printing=made).content
    assert content["verified"] == 72_00
