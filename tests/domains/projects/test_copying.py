"""A copy into another year: every difference is told before it is made, and nothing else differs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bureau_cast import DAYS, NOW, make_cast, make_draft, make_offer
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.projects.copy_rules import kept_hours, shifted, within
from xingtan.foundation.refusal import NotInScope, Refused

SOME_DAY = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.fixture
def cast(db):
    made = make_cast()
    made.next = policies.open_year(actor=made.mei, organisation_id=made.province.pk, year=2027, pack_id=made.pack.pk, now=NOW)
    return made


@pytest.fixture
def source(cast):
    made = projects.draft_from_template(
        actor=cast.mei, training_year_id=cast.year.pk, title="2026 学年提升工程", tier="province", kind="it_capability",
        opens_on=DAYS[0], closes_on=DAYS[0] + timedelta(days=9), starts_on=date(2026, 12, 1), ends_on=DAYS[1], now=NOW,
    )  # fmt: skip
    make_offer(cast, made)
    return made


def proposed(cast, source):
    return projects.copy_proposed(actor=cast.mei, project_id=source.pk, training_year_id=cast.next.pk, now=NOW)


class TestRules:
    @given(SOME_DAY, st.integers(-5, 5))
    def test_a_day_moves_by_whole_years(self, day, years):
        moved = shifted(day, years)
        assert (moved.year, moved.month) == (day.year + years, day.month)
        assert moved.day == day.day or (day.month, day.day, moved.day) == (2, 29, 28)

    @given(SOME_DAY, SOME_DAY, SOME_DAY)
    def test_it_stays_within_the_year(self, day, first, last):
        first, last = sorted((first, last))
        assert first <= within(day, first, last) <= last

    @given(st.lists(st.integers(0, 60_00), max_size=6))
    def test_hours_are_kept_as_far_as_the_policy_asks_them(self, parts):
        left = {"course": 100_00}
        kept = [kept_hours("course", centi, left)[1] for centi in parts]
        assert sum(kept) == min(sum(parts), 100_00)
        assert all(new <= old for new, old in zip(kept, parts, strict=True))


class TestProposing:
    def test_title_and_days_are_those_of_the_other_year_and_hours_are_the_same(self, cast, source):
        told = {(one.what, one.part): (one.old, one.new) for one in proposed(cast, source).differences}
        assert told["title", ""] == ("2026 学年提升工程", "2027 学年提升工程")
        assert told["opens_on", ""] == (DAYS[0], date(2027, 11, 1))
        assert {what for what, _part in told} == {
            "title",
            *("opens_on", "closes_on", "starts_on", "ends_on"),
            "segment_days",
        }

    def test_a_course_that_was_withdrawn_is_left_out_and_said(self, cast, source):
        cast.course.state = "withdrawn"
        cast.course.save()
        found = proposed(cast, source)
        assert not found.offers
        assert ("offer_hours", cast.course.title, 50_00, 0) in found.differences

    def test_nothing_is_written(self, cast, source):
        proposed(cast, source)
        assert projects.projects_for(cast.mei.scope).count() == 1


class TestCopying:
    def test_the_draft_says_what_was_proposed(self, cast, source):
        found = proposed(cast, source)
        made = projects.copy_project(
            actor=cast.mei, project_id=source.pk, training_year_id=cast.next.pk, values={"title": "提升工程二期"}, now=NOW
        )
        assert (made.title, made.state, made.copied_from, made.ways, made.earmarked_centi) == (
            "提升工程二期",
            "draft",
            source,
            ["own", "nomination"],
            72_00,
        )
        names = ("place", "kind", "title", "first_on", "last_on", "component", "hours_centi", "passing")
        rows = projects.segments_of([made.pk])[made.pk]
        assert [[getattr(one, name) for name in names] for one in rows] == [
            [getattr(one, name) for name in names] for one in found.segments
        ]
        assert [one.title for one in projects.offers_of([made.pk])[made.pk]] == [cast.course.title]

    def test_into_its_own_year_it_needs_another_title(self, cast, source):
        with pytest.raises(Refused, match="project_title_taken"):
            projects.copy_project(actor=cast.mei, project_id=source.pk, training_year_id=cast.year.pk, values={}, now=NOW)

    def test_another_office_copies_nothing_of_it(self, cast):
        made = make_draft(cast, cast.zhou)
        with pytest.raises(NotInScope):
            projects.copy_project(actor=cast.wu, project_id=made.pk, training_year_id=cast.next.pk, values={}, now=NOW)
