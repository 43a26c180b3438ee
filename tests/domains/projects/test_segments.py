"""Segments are laid out by a kind's template, put in order, changed until publication; afterwards only their days move."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bureau_cast import DAYS, NOW, make_cast, make_draft
from xingtan.domains.projects import api as projects
from xingtan.domains.projects.segment_rules import laid_out, refuse_hours
from xingtan.foundation.refusal import NotInScope, Refused

FIRST = date(2026, 12, 1)
PART = st.tuples(st.just(0) | st.integers(1, 60), st.integers(1, 9))
VALUES = {"kind": "practice", "title": "实践任务", "first_on": FIRST, "last_on": FIRST, "hours_centi": 0}


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def it(cast):
    return projects.draft_from_template(
        actor=cast.mei, training_year_id=cast.year.pk, title="提升工程", tier="province", kind="it_capability",
        opens_on=DAYS[0], closes_on=DAYS[0] + timedelta(days=20), starts_on=FIRST, ends_on=date(2027, 5, 31), now=NOW,
    )  # fmt: skip


def segments(project):
    return projects.segments_of([project.pk])[project.pk]


class TestLayingOut:
    @given(st.lists(PART, min_size=1, max_size=12), st.integers(0, 300))
    def test_days_follow_each_other_from_the_first_to_the_last(self, parts, room):
        last = FIRST + timedelta(days=room)
        days = laid_out(parts, FIRST, last)
        assert len(days) == len(parts)
        assert days[0][0] == FIRST
        assert all(FIRST <= begins <= ends <= last for begins, ends in days)
        assert [span[0] for span in days] == sorted(span[0] for span in days)
        if any(not fixed for fixed, _weight in parts):
            assert days[-1][1] == last

    def test_twenty_days_together_and_two_months_apart_are_kept(self):
        days = laid_out([(0, 1), (20, 0), (60, 0), (0, 1)], FIRST, FIRST + timedelta(days=99))
        assert [(ends - begins).days + 1 for begins, ends in days] == [10, 20, 60, 10]

    @pytest.mark.parametrize(("centi", "why"), [([30_00, 20_00], None), ([30_00, 20_01], "segment_hours_over"), ([], None)])
    def test_segments_bring_no_more_than_the_policy_asks_together(self, centi, why):
        found = refuse_hours([("course", one) for one in centi], {"course": 50_00})
        assert (found and found.code) == why


class TestTemplates:
    @pytest.mark.parametrize("kind", list(projects.ProjectKind))
    def test_every_kind_has_a_draft_that_could_be_published(self, cast, kind):
        tier = projects.Tier.PROVINCE
        made = projects.draft_from_template(
            actor=cast.mei, training_year_id=cast.year.pk, title=kind, tier=tier, kind=kind, opens_on=DAYS[0], closes_on=DAYS[0], now=NOW
        )
        rows = segments(made)
        assert [one.place for one in rows] == list(range(1, len(rows) + 1))
        assert all(one.title and one.title_en and one.first_on <= one.last_on for one in rows)
        assert made.has_seats == bool(made.ways)
        if made.has_seats:
            assert projects.publish(actor=cast.mei, project_id=made.pk, now=NOW).state == "published"

    def test_the_it_project_has_the_ten_segments_of_its_source_and_earmarks_72_hours(self, it):
        kinds = [one.kind for one in segments(it)]
        assert kinds == [
            "diagnosis", "selection", "self_study", "practice", "discussion", "workshop", "school_based", "follow_up", "presentation", "assessment",
        ]  # fmt: skip
        assert it.earmarked_centi == 72_00 == sum(one.hours_centi for one in segments(it))
        assert segments(it)[0].first_on == FIRST
        assert segments(it)[-1].last_on == date(2027, 5, 31)


class TestChanging:
    def test_they_stand_in_the_order_given_and_in_no_other(self, cast, it):
        ids = [one.pk for one in segments(it)]
        order = partial(projects.order_segments, actor=cast.mei, project_id=it.pk, now=NOW)
        order(segment_ids=ids[::-1])
        assert [one.pk for one in segments(it)] == ids[::-1]
        for wrong in (ids[:-1], [*ids, ids[0]], [*ids[:-1], 0]):
            with pytest.raises(Refused, match="segments_changed_meanwhile"):
                order(segment_ids=wrong)
        assert [one.place for one in segments(it)] == list(range(1, 11))

    def test_one_is_added_at_the_end_and_taken_out_without_a_gap(self, cast, it):
        added = projects.add_segment(actor=cast.mei, project_id=it.pk, values=VALUES, now=NOW)
        assert added.place == 11
        projects.remove_segment(actor=cast.mei, segment_id=segments(it)[3].pk, now=NOW)
        assert [one.place for one in segments(it)] == list(range(1, 11))

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"title": " "}, "segment_needs_title"),
            ({"last_on": FIRST - timedelta(days=1)}, "segment_days_backwards"),
            ({"last_on": date(2027, 6, 1)}, "segment_outside_project"),
            ({"hours_centi": 1}, "segment_hours_need_component"),
            ({"hours_centi": 1, "component": "moral"}, "offer_component_unknown"),
            ({"hours_centi": 90_00, "component": "course"}, "segment_hours_over"),
            ({"passing": {"mark": 101}}, "segment_passing_wrong"),
            ({"passing": {"beauty": 1}}, "segment_passing_wrong"),
        ],
    )
    def test_an_unsound_segment_is_refused(self, cast, it, values, why):
        with pytest.raises(Refused, match=why):
            projects.add_segment(actor=cast.mei, project_id=it.pk, values={**VALUES, **values}, now=NOW)
        assert len(segments(it)) == 10

    def test_once_published_only_days_move(self, cast, it):
        projects.publish(actor=cast.mei, project_id=it.pk, now=NOW)
        one = segments(it)[0]
        change = partial(projects.change_segment, actor=cast.mei, segment_id=one.pk, now=NOW)
        assert change(values={"title": one.title, "last_on": one.last_on + timedelta(days=2)}).last_on == one.last_on + timedelta(days=2)
        with pytest.raises(Refused, match="segment_only_days"):
            change(values={"title": "别的"})
        with pytest.raises(Refused, match="project_not_draft"):
            projects.remove_segment(actor=cast.mei, segment_id=one.pk, now=NOW)
        with pytest.raises(Refused, match="project_not_draft"):
            projects.order_segments(actor=cast.mei, project_id=it.pk, segment_ids=[], now=NOW)

    def test_another_county_touches_nothing(self, cast):
        made = make_draft(cast, cast.zhou, has_seats=True, ways=["own"])
        one = projects.add_segment(actor=cast.zhou, project_id=made.pk, values=VALUES, now=NOW)
        for act in (
            partial(projects.change_segment, segment_id=one.pk, values=VALUES),
            partial(projects.remove_segment, segment_id=one.pk),
            partial(projects.order_segments, project_id=made.pk, segment_ids=[one.pk]),
            partial(projects.add_segment, project_id=made.pk, values=VALUES),
        ):
            with pytest.raises(NotInScope):
                act(actor=cast.wu, now=NOW)
