"""Packs are adopted word for word, years bound to them, windows moved with a trace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from xingtan.core.calendar import Position, Window, WindowKind
from xingtan.core.policy import bundled, bundled_policy
from xingtan.domains.policies import api as policies
from xingtan.domains.policies.models import YearWindow
from xingtan.domains.policies.rules import refuse_window, refuse_windows, refuse_year, years_of_reach
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.roles import OPERATOR, Actor, Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import add_children

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
YEAR = (date(2026, 7, 1), date(2027, 6, 30))
STUDY = (date(2026, 11, 1), date(2027, 5, 31))


def officer(organisation, role=Role.PROVINCE_OFFICER):
    return Actor(account_id=None, role=role, organisation_id=organisation.pk, scope=organisation.scope)


@pytest.fixture
def province(db):
    (made,) = add_children(None, [{"kind": "province", "name": "江西省", "code": "360000"}])
    return made


@pytest.fixture
def county(province):
    (city,) = add_children(province, [{"kind": "city", "name": "吉安市", "code": "360800"}])
    (made,) = add_children(city, [{"kind": "county", "name": "青原区", "code": "360803"}])
    return made


@pytest.fixture
def pack(db):
    return policies.adopt_pack(actor=OPERATOR, text=bundled()["jiangxi-2011"], now=NOW)


@pytest.fixture
def opened(province, pack):
    return policies.open_year(actor=officer(province), organisation_id=province.pk, year=2026, pack_id=pack.pk, now=NOW)


class TestRules:
    @pytest.mark.parametrize(("year", "why"), [(2010, "year_out_of_reach"), (2011, None), (2027, None), (2028, "year_out_of_reach")])
    def test_a_year_lies_between_the_policy_and_the_next_year(self, year, why):
        first, last = years_of_reach(bundled_policy("jiangxi-2011"), date(2026, 11, 21))
        found = refuse_year(year, first=first, last=last)
        assert (found and found.code) == why

    def test_a_pack_that_names_its_last_year_reaches_no_further(self):
        assert years_of_reach(bundled_policy("zibo-2011"), date(2026, 11, 21)) == (2011, 2015)

    @pytest.mark.parametrize(
        ("windows", "why"),
        [
            ({WindowKind.STUDY: STUDY}, None),
            ({}, ("windows_missing", (WindowKind.STUDY,))),
            ({WindowKind.STUDY: STUDY, WindowKind.EXAM: STUDY}, ("windows_unknown", (WindowKind.EXAM,))),
            ({WindowKind.STUDY: STUDY[::-1]}, ("window_backwards", (WindowKind.STUDY,))),
            ({WindowKind.STUDY: (YEAR[0] - timedelta(1), YEAR[1])}, ("window_outside_year", (WindowKind.STUDY,))),
            ({WindowKind.STUDY: (YEAR[0], YEAR[1] + timedelta(1))}, ("window_outside_year", (WindowKind.STUDY,))),
            ({WindowKind.STUDY: YEAR}, None),
        ],
    )
    def test_windows_are_whole_and_inside_the_year(self, windows, why):
        found = refuse_windows(windows, expected=[WindowKind.STUDY], year=YEAR)
        assert (found and found[:2]) == why

    @pytest.mark.parametrize(("days_late", "why"), [(0, None), (366, None), (367, "window_outside_year")])
    def test_a_window_closes_at_most_a_year_after_the_year(self, days_late, why):
        found = refuse_window(WindowKind.REVIEW, (YEAR[0], YEAR[1] + timedelta(days_late)), year=YEAR)
        assert (found and found.code) == why


class TestPacks:
    def test_the_same_words_twice_are_one_pack(self, pack):
        again = policies.adopt_pack(actor=OPERATOR, text=bundled()["jiangxi-2011"], now=NOW)
        assert again.pk == pack.pk
        assert AuditLine.objects.filter(act="policies.pack_adopted").count() == 1

    def test_other_words_need_another_version(self, pack):
        with pytest.raises(Refused, match="pack_version_taken"):
            policies.adopt_pack(actor=OPERATOR, text=pack.text + "\n# more\n", now=NOW)

    def test_a_broken_pack_is_refused_with_every_mistake(self, db):
        text = (
            bundled()["jiangxi-2011"].replace("years = 5", 'years = "five"', 1).replace("seconds_per_hour = 3600", "seconds_per_our = 3600")
        )
        with pytest.raises(Refused) as refused:
            policies.adopt_pack(actor=OPERATOR, text=text, now=NOW)
        fields = {problem.field for problem in refused.value.params["rows"]}
        assert refused.value.code == "pack_broken"
        assert {"cycle.years", "seconds_per_our"} <= fields
        assert not policies.packs().exists()

    def test_what_a_pack_extends_is_kept_with_it(self, db):
        pack = policies.adopt_pack(actor=OPERATOR, text=bundled()["try-out"], now=NOW)
        assert pack.parents == {"jiangxi-2011": bundled()["jiangxi-2011"]}
        assert policies.policy_by_digest(pack.digest).seconds_per_hour == 2

    def test_packs_that_came_with_the_program_wait_until_they_are_adopted(self, pack):
        assert [code for code, _text in policies.waiting_packs()] == sorted(set(bundled()) - {"jiangxi-2011"})

    def test_a_county_adopts_none(self, county):
        with pytest.raises(NotAllowed):
            policies.adopt_pack(actor=officer(county, Role.COUNTY_OFFICER), text=bundled()["try-out"], now=NOW)


class TestOpening:
    def test_a_year_has_its_cycle_its_days_and_the_windows_of_the_pack(self, opened, pack):
        assert (opened.first_on, opened.last_on, opened.cycle_first, opened.cycle_last) == (*YEAR, 2026, 2030)
        assert policies.windows_of(opened)[WindowKind.STUDY] == Window(WindowKind.STUDY, *STUDY)
        assert len(policies.windows_of(opened)) == len(WindowKind)
        assert policies.policy_of(opened).code == "jiangxi-2011"

    def test_the_same_form_twice_is_one_year(self, opened, province, pack):
        again = policies.open_year(actor=officer(province), organisation_id=province.pk, year=2026, pack_id=pack.pk, now=NOW)
        assert again.pk == opened.pk
        assert AuditLine.objects.filter(act="policies.year_opened").count() == 1

    def test_another_pack_does_not_rebind_it(self, opened, province):
        other = policies.adopt_pack(actor=OPERATOR, text=bundled()["try-out"], now=NOW)
        with pytest.raises(Refused, match="year_already_open"):
            policies.open_year(actor=officer(province), organisation_id=province.pk, year=2026, pack_id=other.pk, now=NOW)
        opened.refresh_from_db()
        assert opened.pack.code == "jiangxi-2011"

    def test_incomplete_windows_open_nothing(self, province, pack):
        with pytest.raises(Refused, match="windows_missing"):
            policies.open_year(
                actor=officer(province), organisation_id=province.pk, year=2026, pack_id=pack.pk, windows={WindowKind.STUDY: STUDY}, now=NOW
            )
        assert not policies.years_for(province).exists()

    def test_only_a_province_opens_years(self, province, county, pack):
        with pytest.raises(Refused, match="year_not_of_a_province"):
            policies.open_year(actor=officer(province), organisation_id=county.pk, year=2026, pack_id=pack.pk, now=NOW)
        with pytest.raises(NotInScope):
            policies.open_year(actor=officer(county), organisation_id=province.pk, year=2026, pack_id=pack.pk, now=NOW)
        with pytest.raises(NotAllowed):
            policies.open_year(actor=officer(province, Role.SUPERVISOR), organisation_id=province.pk, year=2026, pack_id=pack.pk, now=NOW)

    def test_a_pack_that_nobody_adopted_opens_nothing(self, province):
        with pytest.raises(NotInScope):
            policies.open_year(actor=officer(province), organisation_id=province.pk, year=2026, pack_id=404, now=NOW)


class TestReading:
    def test_a_year_holds_for_everyone_below(self, opened, county):
        for where in (county, county.path, county.pk, county.scope, officer(county, Role.COUNTY_OFFICER)):
            assert policies.current_year_for(where) == opened
        assert policies.year_for(county.path, 2026) == opened

    def test_it_does_not_hold_in_another_province(self, opened):
        (other,) = add_children(None, [{"kind": "province", "name": "湖南省", "code": "430000"}])
        assert policies.current_year_for(other) is None
        with pytest.raises(NotInScope):
            policies.year_by_id(other, opened.pk)

    def test_a_closed_year_is_listed_but_not_current(self, opened, province):
        policies.close_year_row(actor=officer(province), training_year_id=opened.pk, now=NOW)
        policies.close_year_row(actor=officer(province), training_year_id=opened.pk, now=NOW)
        assert policies.current_year_for(province) is None
        assert [year.state for year in policies.years_for(province)] == ["closed"]
        assert AuditLine.objects.filter(act="policies.year_closed").count() == 1

    @pytest.mark.parametrize(
        ("day", "position"),
        [(date(2026, 10, 31), Position.BEFORE), (STUDY[0], Position.OPEN), (STUDY[1], Position.OPEN), (date(2027, 6, 1), Position.AFTER)],
    )
    def test_where_a_day_lies(self, opened, day, position):
        assert policies.window_state(opened, WindowKind.STUDY, day) is position

    @pytest.mark.parametrize("years", [1, 3])
    def test_windows_of_many_years_are_one_query(self, province, pack, years, django_assert_num_queries):
        made = [
            policies.open_year(actor=officer(province), organisation_id=province.pk, year=2026 - back, pack_id=pack.pk, now=NOW)
            for back in range(years)
        ]
        with django_assert_num_queries(1):
            assert len(policies.windows_by_year([year.pk for year in made])) == years


class TestMoving:
    def move(self, actor, opened, closes_on, opens_on=STUDY[0]):
        return policies.set_window(
            actor=actor,
            training_year_id=opened.pk,
            kind=WindowKind.STUDY,
            opens_on=opens_on,
            closes_on=closes_on,
            reason=policies.WindowReason.OUTAGE,
            now=NOW,
        )

    def test_the_days_before_stay_in_the_audit_log(self, opened, province):
        self.move(officer(province), opened, date(2027, 8, 15))
        self.move(officer(province), opened, date(2027, 8, 15))
        (line,) = AuditLine.objects.filter(act="policies.window_set")
        assert line.detail == {
            "kind": "study",
            "before": ["2026-11-01", "2027-05-31"],
            "after": ["2026-11-01", "2027-08-15"],
            "reason": "outage",
        }
        assert policies.windows_of(opened)[WindowKind.STUDY].closes_on == date(2027, 8, 15)

    @pytest.mark.parametrize(
        ("opens_on", "closes_on", "why"),
        [
            (STUDY[1], STUDY[0], "window_backwards"),
            (date(2026, 6, 30), STUDY[1], "window_outside_year"),
            (STUDY[0], date(2029, 1, 1), "window_outside_year"),
        ],
    )
    def test_impossible_days_are_refused(self, opened, province, opens_on, closes_on, why):
        with pytest.raises(Refused, match=why):
            self.move(officer(province), opened, closes_on, opens_on)
        assert YearWindow.objects.get(training_year=opened, kind="study").closes_on == STUDY[1]

    def test_a_closed_year_keeps_its_windows(self, opened, province):
        policies.close_year_row(actor=officer(province), training_year_id=opened.pk, now=NOW)
        with pytest.raises(Refused, match="year_closed"):
            self.move(officer(province), opened, date(2027, 6, 1))

    def test_another_province_does_not_find_it(self, opened):
        (other,) = add_children(None, [{"kind": "province", "name": "湖南省", "code": "430000"}])
        with pytest.raises(NotInScope):
            self.move(officer(other), opened, date(2027, 6, 1))
        assert Organisation.everywhere.count() == 2
