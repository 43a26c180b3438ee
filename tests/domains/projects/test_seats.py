"""Projects with seats: whom they are for, when they are found, how they end."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from tests.bureau_cast import NOW, TODAY, make_cast, make_draft, make_offer
from xingtan.domains.projects import api as projects
from xingtan.domains.projects.models import Project
from xingtan.foundation.events.models import Event
from xingtan.foundation.refusal import Refused

RURAL = {"code": "rural", "label": "农村教师", "label_en": "Rural", "seats": 30, "is_reserved": True}


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def seated(cast):
    made = make_draft(cast, has_seats=True, ways=["own"], categories=[RURAL], starts_on=date(2026, 11, 1), ends_on=date(2027, 3, 1))
    projects.add_segment(actor=cast.mei, project_id=made.pk, values={"kind": "workshop", "title": "坊"}, now=NOW)
    return made


class TestWhom:
    @pytest.mark.parametrize(
        ("given", "why"),
        [
            ({"ways": []}, "project_without_ways"),
            ({"approval_steps": 3}, "project_steps_unknown"),
            ({"starts_on": date(2027, 3, 1), "ends_on": date(2027, 2, 1)}, "project_training_backwards"),
            ({"ends_on": date(2027, 7, 1)}, "project_outside_year"),
            ({"conditions": {"beauty": True}}, "conditions_wrong"),
            ({"conditions": {"service_years_at_least": 5, "service_years_at_most": 3}}, "conditions_wrong"),
            ({"categories": [RURAL, RURAL]}, "category_twice"),
            ({"categories": [{**RURAL, "code": "Rural!"}]}, "category_code_wrong"),
            ({"categories": [{**RURAL, "label": " "}]}, "category_without_name"),
            ({"categories": [{**RURAL, "seats": -1}]}, "category_seats_wrong"),
        ],
    )
    def test_an_unsound_draft_is_refused(self, cast, given, why):
        with pytest.raises(Refused, match=why):
            make_draft(cast, **{"has_seats": True, "ways": ["own"], **given})
        assert not Project.everywhere.exists()

    def test_conditions_and_categories_are_set_until_it_is_published(self, cast, seated):
        set_both = (
            partial(projects.set_conditions, conditions={"stages": ["primary"], "is_rural": None}),
            partial(projects.set_categories, categories=[RURAL, {**RURAL, "code": "subject", "seats": 12}]),
        )
        for act in set_both:
            act(actor=cast.mei, project_id=seated.pk, now=NOW)
        seated.refresh_from_db()
        assert seated.conditions == {"stages": ["primary"]}
        assert projects.seats_planned(seated) == 42
        assert projects.category_of(seated, "rural") == RURAL
        assert projects.category_of(seated, "none") is None
        projects.publish(actor=cast.mei, project_id=seated.pk, now=NOW)
        for act in set_both:
            with pytest.raises(Refused, match="project_not_draft"):
                act(actor=cast.mei, project_id=seated.pk, now=NOW)


class TestFinding:
    def test_it_is_not_among_those_of_the_one_course_selection(self, cast, seated):
        assert not projects.open_for_seats(cast.school, TODAY).exists()
        projects.publish(actor=cast.mei, project_id=seated.pk, now=NOW)
        assert not projects.open_projects(cast.school, TODAY).exists()
        assert list(projects.open_for_seats(cast.school, TODAY)) == [seated] == list(projects.running_projects(cast.school, TODAY))
        assert not projects.open_for_seats(cast.school, date(2027, 6, 1)).exists()

    @pytest.mark.parametrize(
        ("wanted", "is_found"),
        [
            ({}, True), ({"q": "远程"}, True), ({"q": "江西"}, True), ({"q": "nothing"}, False), ({"when": "open"}, True), ({"when": "over"}, False),
            ({"when": "coming"}, False), ({"tier": "province"}, True), ({"kind": "overseas"}, False),
        ],
    )  # fmt: skip
    def test_a_visitor_finds_what_was_published(self, cast, seated, wanted, is_found):
        assert not projects.search_public(TODAY, **wanted).exists()
        projects.publish(actor=cast.mei, project_id=seated.pk, now=NOW)
        assert projects.search_public(TODAY, **wanted).exists() is is_found


class TestEnding:
    def test_cancelled_twice_it_is_told_once_and_keeps_its_first_reason(self, cast, seated):
        projects.publish(actor=cast.mei, project_id=seated.pk, now=NOW)
        for reason in ("承训机构退出", "别的"):
            ended = projects.cancel_project(actor=cast.mei, project_id=seated.pk, reason=reason, now=NOW)
        assert (ended.state, ended.reason, ended.cancelled_at) == ("cancelled", "承训机构退出", NOW)
        assert [one.payload for one in Event.objects.filter(name="projects.cancelled")] == [{"project": seated.pk}]
        assert projects.public_project(seated.public_id).reason == "承训机构退出"
        assert not projects.open_for_seats(cast.school, TODAY).exists()
        with pytest.raises(Refused, match="project_wrong_state"):
            projects.publish(actor=cast.mei, project_id=seated.pk, now=NOW)

    def test_a_cancellation_says_why(self, cast, seated):
        with pytest.raises(Refused, match="project_cancel_needs_reason"):
            projects.cancel_project(actor=cast.mei, project_id=seated.pk, reason=" ", now=NOW)

    def test_the_project_that_a_year_chose_from_is_closed_instead(self, cast):
        made = make_draft(cast)
        make_offer(cast, made)
        projects.publish(actor=cast.mei, project_id=made.pk, now=NOW)
        with pytest.raises(Refused, match="project_close_instead"):
            projects.cancel_project(actor=cast.mei, project_id=made.pk, reason="x", now=NOW)

    def test_one_with_seats_and_no_segment_is_not_published(self, cast):
        made = make_draft(cast, has_seats=True, ways=["own"])
        with pytest.raises(Refused, match="project_without_segments"):
            projects.publish(actor=cast.mei, project_id=made.pk, now=NOW)
