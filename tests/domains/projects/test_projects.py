"""A project is drafted, offers something, is published once and closed once; its branch and its tier are its office's."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from tests.bureau_cast import NOW, TODAY, make_cast, make_draft, make_offer, officer
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.projects.rules import refuse_draft, refuse_move, refuse_offer
from xingtan.domains.projects.states import ProjectState, Tier
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.events.models import Event
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

YEAR = (date(2026, 7, 1), date(2027, 6, 30))
MOST = {"course": 100_00, "workshop": 22_00}


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def draft(cast):
    return partial(make_draft, cast)


@pytest.fixture
def offer(cast):
    return partial(make_offer, cast)


class TestRules:
    @pytest.mark.parametrize(
        ("kind", "tier", "days", "why"),
        [
            ("province", Tier.PROVINCE, YEAR, None),
            ("province", Tier.NATIONAL, YEAR, None),
            ("province", Tier.COUNTY, YEAR, "project_tier_not_yours"),
            ("zone", Tier.COUNTY, YEAR, None),
            ("county", Tier.PROVINCE, YEAR, "project_tier_not_yours"),
            ("provider", Tier.PROVINCE, YEAR, "project_tier_not_yours"),
            ("city", Tier.CITY, YEAR[::-1], "project_days_backwards"),
            ("city", Tier.CITY, (date(2026, 6, 30), YEAR[1]), "project_outside_year"),
            ("city", Tier.CITY, (YEAR[0], date(2027, 7, 1)), "project_outside_year"),
        ],
    )
    def test_a_draft_is_refused_for_exactly_one_reason(self, kind, tier, days, why):
        found = refuse_draft(organiser_kind=kind, tier=tier, days=days, year=YEAR)
        assert (found and found.code) == why

    @pytest.mark.parametrize(
        ("component", "centi", "why"),
        [
            ("workshop", 22_00, None),
            ("workshop", 22_01, "offer_hours_over"),
            ("workshop", 0, "offer_without_hours"),
            ("moral", 1, "offer_component_unknown"),
        ],
    )
    def test_an_offer_brings_no_more_than_the_policy_asks(self, component, centi, why):
        found = refuse_offer(component=component, hours_centi=centi, most_centi=MOST)
        assert (found and found.code) == why

    @pytest.mark.parametrize(
        ("state", "to", "offers", "why"),
        [
            ("draft", "published", 1, None),
            ("draft", "published", 0, "project_without_offers"),
            ("draft", "closed", 1, "project_wrong_state"),
            ("published", "closed", 1, None),
            ("closed", "published", 1, "project_wrong_state"),
        ],
    )
    def test_moves(self, state, to, offers, why):
        found = refuse_move(ProjectState(state), ProjectState(to), parts=offers)
        assert (found and found.code) == why


class TestDrafting:
    def test_a_draft_is_seen_in_its_own_branch_only(self, cast, draft):
        project = draft()
        assert projects.project_in(cast.mei.scope, project.public_id) == project
        for scope in (cast.zhou.scope, cast.school.scope):
            with pytest.raises(NotInScope):
                projects.project_in(scope, project.public_id)
        with pytest.raises(NotInScope):
            projects.public_project(project.public_id)

    def test_a_county_drafts_for_itself_and_not_for_another(self, cast, draft):
        assert draft(cast.zhou).organiser == cast.county
        with pytest.raises(NotInScope):
            draft(cast.wu, organiser_id=cast.county.pk)

    def test_the_same_title_twice_is_refused(self, draft):
        draft()
        with pytest.raises(Refused, match="project_title_taken"):
            draft()

    def test_a_closed_year_takes_no_project(self, cast, draft):
        policies.close_year_row(actor=cast.mei, training_year_id=cast.year.pk, now=NOW)
        with pytest.raises(Refused, match="project_year_closed"):
            draft()

    def test_a_supervisor_drafts_nothing(self, cast, draft):
        with pytest.raises(NotAllowed):
            draft(officer(cast.province, Role.SUPERVISOR), tier=Tier.PROVINCE)

    def test_a_draft_is_changed_until_it_is_published(self, cast, draft, offer):
        project = draft()
        values = {"title": "全员培训", "tier": "national", "kind": "it_capability", "opens_on": YEAR[0], "closes_on": YEAR[1], "now": NOW}
        changed = projects.change_project(actor=cast.mei, project_id=project.pk, **values)
        assert (changed.title, changed.tier, changed.closes_on) == ("全员培训", "national", YEAR[1])
        offer(project)
        projects.publish(actor=cast.mei, project_id=project.pk, now=NOW)
        with pytest.raises(Refused, match="project_not_draft"):
            projects.change_project(actor=cast.mei, project_id=project.pk, **values)


class TestOffering:
    def test_a_course_lends_its_title_and_provider(self, cast, draft, offer):
        made = offer(draft())
        assert (made.title, made.provider_id, made.hours_centi) == (cast.course.title, cast.provider.pk, 50_00)

    def test_a_workshop_has_a_title_and_the_organiser_where_no_provider_is_named(self, cast, draft, offer):
        made = offer(draft(), kind="workshop", course_id=None, component="workshop", hours_centi=22_00, title="名师工作坊")
        assert (made.title, made.provider_id, made.course_id) == ("名师工作坊", cast.province.pk, None)

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"hours_centi": 100_01}, "offer_hours_over"),
            ({"course_id": None}, "offer_needs_course"),
            ({"course_id": 404}, "offer_needs_course"),
            ({"component": "workshop"}, "offer_course_component"),
            ({"kind": "workshop", "component": "workshop", "hours_centi": 22_00, "course_id": None}, "offer_needs_title"),
            ({"kind": "workshop", "component": "workshop", "hours_centi": 22_00, "title": "坊", "lead_id": 404}, "offer_lead_unknown"),
        ],
    )
    def test_an_unsound_offer_is_refused(self, draft, offer, values, why):
        project = draft()
        with pytest.raises(Refused, match=why):
            offer(project, **values)
        assert projects.offers_of([project.pk]) == {project.pk: []}

    def test_a_course_that_waits_for_its_review_is_not_offered(self, cast, draft, offer):
        cast.course.state = "draft"
        cast.course.save()
        with pytest.raises(Refused, match="offer_course_not_reviewed"):
            offer(draft())

    def test_one_offer_is_there_once_and_may_be_taken_back(self, cast, draft, offer):
        project = draft()
        made = offer(project)
        with pytest.raises(Refused, match="offer_title_taken"):
            offer(project)
        projects.remove_offer(actor=cast.mei, offer_id=made.pk, now=NOW)
        projects.remove_offer(actor=cast.mei, offer_id=made.pk, now=NOW)
        assert projects.offers_of([project.pk]) == {project.pk: []}

    def test_another_county_touches_nothing(self, cast, draft, offer):
        project = draft(cast.zhou)
        made = offer(project, cast.zhou)
        with pytest.raises(NotInScope):
            offer(project, cast.wu, title="x")
        with pytest.raises(NotInScope):
            projects.remove_offer(actor=cast.wu, offer_id=made.pk, now=NOW)
        with pytest.raises(NotInScope):
            projects.publish(actor=cast.wu, project_id=project.pk, now=NOW)


class TestPublishing:
    def test_a_project_without_offers_is_not_published(self, cast, draft):
        project = draft()
        with pytest.raises(Refused, match="project_without_offers"):
            projects.publish(actor=cast.mei, project_id=project.pk, now=NOW)
        assert not Event.objects.exists()

    def test_published_twice_it_is_told_once(self, cast, draft, offer):
        project = draft()
        offer(project)
        for _time in range(2):
            projects.publish(actor=cast.mei, project_id=project.pk, now=NOW)
        assert [(event.name, event.payload) for event in Event.objects.all()] == [("projects.published", {"project": project.pk})]
        assert AuditLine.objects.filter(act="projects.published").count() == 1

    @pytest.mark.parametrize(
        ("day", "is_open"), [(date(2026, 10, 31), False), (TODAY, True), (date(2027, 5, 31), True), (date(2027, 6, 1), False)]
    )
    def test_schools_below_choose_from_it_while_it_is_open(self, cast, draft, offer, day, is_open):
        project = draft(cast.zhou)
        offer(project, cast.zhou)
        assert not projects.open_projects(cast.school, day).exists()
        projects.publish(actor=cast.zhou, project_id=project.pk, now=NOW)
        for where in (cast.school, cast.school.path, cast.school.scope):
            assert list(projects.open_projects(where, day)) == ([project] if is_open else [])
        assert not projects.open_projects(cast.wu.scope, day).exists()

    def test_closed_it_is_chosen_no_more_and_still_seen(self, cast, draft, offer):
        project = draft()
        offer(project)
        projects.publish(actor=cast.mei, project_id=project.pk, now=NOW)
        for _time in range(2):
            projects.close_project(actor=cast.mei, project_id=project.pk, now=NOW)
        assert not projects.public_projects(TODAY).exists()
        assert projects.public_project(project.public_id) == project
        assert AuditLine.objects.filter(act="projects.closed").count() == 1

    @pytest.mark.parametrize("rows", [1, 3])
    def test_lists_ask_as_many_questions_for_three_as_for_one(self, cast, draft, offer, rows, django_assert_num_queries):
        made = [draft(title=f"项目 {number}") for number in range(rows)]
        for project in made:
            offer(project)
        with django_assert_num_queries(2):
            found = list(projects.projects_for(cast.mei.scope))
            offers = projects.offers_of([project.pk for project in found])
            assert [(project.offer_count, str(project.organiser)) for project in found] == [(1, "江西省")] * rows
            assert [offer.provider.name for held in offers.values() for offer in held] == [cast.provider.name] * rows
