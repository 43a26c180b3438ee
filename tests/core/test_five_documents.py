"""The numbers of the five documents, as their packs say them; what a document leaves open stands in a reading."""

from __future__ import annotations

import ast

import pytest

from xingtan.core.money import price, split
from xingtan.core.policy import Payer, bundled_documents, bundled_policy
from xingtan.core.policy.kinds import Span, Unit, Whose
from xingtan.core.policy.meaning import _rules
from xingtan.core.verdicts import Verdict

JIANGXI, DAWA, ZIBO, IT, CREDITS = (
    bundled_policy(code) for code in ("jiangxi-2011", "dawa-2008", "zibo-2011", "jiangxi-it-2014", "jiangxi-credit-2018")
)


def formula(policy, code):
    return next(one for one in policy.formulas if one.code == code)


def weights(expression):
    """The whole numbers that a weighted sum multiplies its names with."""
    return {
        node.right.id: node.left.value
        for node in ast.walk(ast.parse(expression))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
    }


def per_unit(policy, code):
    one = next(one for one in policy.conversions if one.code == code)
    return one.per, one.unit.value, one.gives_centi


class TestJiangxi:
    def test_all_four_routes_are_open_and_so_are_offset_and_make_up(self):
        assert [(route.number, route.is_open) for route in JIANGXI.routes] == [(1, True), (2, True), (3, True), (4, True)]
        assert (JIANGXI.offset.is_open, JIANGXI.make_up.is_open, JIANGXI.make_up.payer) == (True, True, Payer.TEACHER)

    def test_an_offset_is_capped_by_a_years_hours_and_an_amount_is_a_reading(self):
        assert JIANGXI.offset.cap_centi == 72_00 == sum(JIANGXI.required_centi(3).values())
        assert JIANGXI.offset.reading == "offset"

    def test_the_village_route_weighs_process_and_test_60_to_40_by_a_reading(self):
        points = formula(JIANGXI, "village_points")
        assert weights(points.expression) == {"process_score": 60, "end_score": 40}
        assert points.reading == "village-score"
        assert all(one.pass_score_centi == 60_00 for one in JIANGXI.tests)

    def test_an_hour_is_sixty_minutes_and_days_are_readings(self):
        assert [per_unit(JIANGXI, code) for code in ("hours", "minutes", "seconds", "half_days", "days")] == [
            (1, "hour", 1_00),
            (60, "minute", 1_00),
            (3600, "second", 1_00),
            (1, "half_day", 4_00),
            (1, "day", 8_00),
        ]

    def test_a_year_costs_72_yuan_and_its_shares_add_up_to_the_fen(self):
        shares = [one for one in JIANGXI.splits if one.fee == "hours"]
        assert [one.level.value for one in shares] == ["province", "city", "county"]
        for hours, yuan in ((72_00, 72), (122_00, 122)):
            whole = price(hours, JIANGXI.fee("hours").fen)
            assert whole == yuan * 100
            assert sum(split(whole, [one.parts for one in shares])) == whole
        assert all(one.reading == "split" for one in shares)


class TestDawa:
    def test_a_year_asks_for_100_hours_at_2_yuan_which_are_200(self):
        assert DAWA.required_centi(1) == {"training": 100_00}
        assert (DAWA.fee("hours").fen, price(100_00, DAWA.fee("hours").fen)) == (200, 200_00)
        assert "每学时收费2元,每年学习100学时,收费200元。" in bundled_documents()["dawa"]

    def test_three_assessments_are_all_passed(self):
        assert [one.code for one in DAWA.tests] == ["ordinary", "online", "written"]
        (row,) = [row for row in DAWA.decide if row.verdict is Verdict.QUALIFIED]
        assert "assessments_passed == 3" in row.when
        assert formula(DAWA, "assessments_passed").expression.split(" + ") == [f"{one.code}_passed" for one in DAWA.tests]

    def test_six_areas_are_the_parts_and_school_based_study_counts_with_homework(self):
        assert len(DAWA.component("training").parts) == 6
        assert per_unit(DAWA, "school_hours") == (1, "hour", 1_00)
        assert per_unit(DAWA, "school_hours_alone") == (1, "hour", 0)

    def test_its_text_says_at_its_head_that_it_was_cleaned(self):
        head = bundled_documents()["dawa"].splitlines()[1]
        assert "整理说明" in head
        assert "简体" in head

    def test_cards_come_before_the_first_sign_in(self):
        assert [step.value for step in DAWA.entry.order].index("card") < [step.value for step in DAWA.entry.order].index("registration")


class TestZibo:
    def test_a_person_owes_100_hours_a_cycle_and_the_city_30_a_year_on_average(self):
        (average,) = ZIBO.targets
        assert (ZIBO.cycle.required_centi, ZIBO.cycle.is_sum_of_years) == (100_00, False)
        assert (average.least_centi, average.span, average.whose) == (30_00, Span.YEAR, Whose.REGION)
        assert {item.number: sum(item.required_centi.values()) for item in ZIBO.items} == dict.fromkeys(range(1, 9), 0)

    def test_backbone_training_is_20_days_and_two_months_and_gives_no_hours(self):
        assert formula(ZIBO, "days_together").expression == "together_days + together_half_days // 2"
        assert "days_together >= 20_00 and dispersed_months >= 2_00" in formula(ZIBO, "training_done").expression
        assert {one.unit.value: one.gives_centi for one in ZIBO.conversions if one.component == ("backbone",)} == {
            "day": 0,
            "half_day": 0,
            "month": 0,
        }

    def test_the_network_is_paid_by_thirds_and_backbone_training_by_the_city(self):
        shares = [one for one in ZIBO.splits if one.fee == "hours"]
        assert [(one.payer, one.parts, one.of_parts) for one in shares] == [(who, 1, 3) for who in (Payer.CITY, Payer.COUNTY, Payer.SCHOOL)]
        assert sum(split(1000, [one.parts for one in shares])) == 1000
        assert (ZIBO.fee("backbone").payer, ZIBO.fee("hours").fen) == (Payer.CITY, 0)
        assert "5%" in ZIBO.reading("five-percent").clause

    def test_the_years_of_the_stages_are_missing_in_the_text_and_not_invented(self):
        (turn,) = ZIBO.facts
        assert turn.clause.startswith("年,对初中教师开展全员研修")
        assert not any(character.isdigit() for character in turn.clause)


class TestItProject:
    def test_72_of_the_360_hours_are_earmarked_for_the_five_modules(self):
        (mark,) = IT.earmarks
        assert (IT.cycle.required_centi, mark.cycle_centi) == (360_00, 72_00)
        assert mark.topic == tuple(part.code for part in IT.component("training").parts)
        assert len(mark.topic) == 5

    def test_participation_and_contribution_weigh_more_than_study_and_all_make_100(self):
        by = weights(formula(IT, "project_points").expression)
        assert sum(by.values()) == 100
        assert min(by["participation_score"], by["contribution_score"]) > by["study_score"]
        assert formula(IT, "project_points").reading == "weights"

    def test_without_diagnosis_no_project_year_is_qualified(self):
        (row,) = [row for row in IT.decide if row.verdict is Verdict.QUALIFIED and row.route == 1]
        assert "diagnosis_taken == 1" in row.when

    def test_teachers_and_schools_pay_nothing(self):
        fee = IT.fee("hours")
        assert (fee.fen, fee.payer, fee.is_charged) == (0, Payer.NATION, False)
        assert "3200万" in IT.reading("funds").clause


class TestCredits:
    def test_36_a_cycle_and_2_a_year_in_credits(self):
        (yearly,) = CREDITS.targets
        assert (CREDITS.unit, CREDITS.cycle.required_centi) == (Unit.CREDIT, 36_00)
        assert (yearly.least_centi, yearly.span, yearly.whose) == (2_00, Span.YEAR, Whose.PERSON)

    def test_three_tiers_by_two_kinds_cover_every_tier_once(self):
        assert [one.code for one in CREDITS.components] == ["coordinated", "self_directed"]
        for kind in ("coordinated", "self_directed"):
            tiers = [tier for one in CREDITS.buckets if one.component == kind for tier in one.tier]
            assert tiers == ["nation", "province", "city", "county", "school"]

    @pytest.mark.parametrize(
        ("code", "found"),
        [
            ("face_hours", (10, "hour", 1_00)),
            ("online_hours", (20, "hour", 1_00)),
            ("face_minutes", (600, "minute", 1_00)),
            ("online_minutes", (1200, "minute", 1_00)),
            ("principals_face", (20, "hour", 1_00)),
            ("principals_online", (40, "hour", 1_00)),
            ("observation", (20, "lesson", 1_00)),
            ("probation_hours", (1, "hour", 0)),
        ],
    )
    def test_hours_become_credits(self, code, found):
        assert per_unit(CREDITS, code) == found

    def test_who_retires_in_the_cycle_is_exempt(self):
        for rows in (CREDITS.decide, CREDITS.cycle.decide):
            assert (rows[0].when, rows[0].verdict) == ("retires_in_cycle == 1", Verdict.EXEMPT)

    def test_everything_reported_is_quoted_and_marked_as_reported(self):
        text = bundled_documents()["reported"]
        assert "这不是文件原文" in text
        assert "as reported" in CREDITS.title.en
        quoted = {rule.clause for _, rule in _rules(CREDITS)} | {reading.clause for reading in CREDITS.readings}
        lines = [line for line in text.splitlines()[2:] if line.endswith("。") and "修订" not in line]
        assert len(lines) == 13
        assert set(lines) <= quoted
