"""The bundled packs say what their documents say: each number and each sentence is looked up there."""

from __future__ import annotations

from datetime import date

import pytest

from xingtan.core.calendar import Window, WindowKind
from xingtan.core.learned_time import BeatRules
from xingtan.core.money import price
from xingtan.core.policy import (
    EntryStep,
    Level,
    Payer,
    PolicyError,
    ReviewStep,
    Stage,
    UnknownItem,
    bundled,
    bundled_documents,
    bundled_policy,
    find_clause,
    policy_digest,
    read_policy,
)
from xingtan.core.policy.meaning import _rules
from xingtan.core.verdicts import Verdict

JIANGXI = bundled_policy("jiangxi-2011")
TRY_OUT = bundled_policy("try-out")
ALL = [bundled_policy(code) for code in bundled()]


def test_the_cycle_asks_for_360_hours_and_410_of_a_new_hire():
    ordinary, first = (sum(JIANGXI.required_centi(1, is_new_hire=True, first_year=is_first).values()) for is_first in (False, True))
    assert (ordinary, first) == (72_00, 122_00)
    assert first + 4 * ordinary == JIANGXI.cycle.new_hire_required_centi == 410_00
    assert 5 * ordinary == JIANGXI.cycle.required_centi == 360_00


def test_a_year_is_50_hours_of_courses_and_22_of_workshop_and_a_new_hires_first_100_and_22():
    assert JIANGXI.required_centi(4) == {"course": 50_00, "workshop": 22_00}
    assert JIANGXI.required_centi(1, is_new_hire=True, first_year=True) == {"course": 100_00, "workshop": 22_00}
    assert JIANGXI.required_centi(4, is_new_hire=True, first_year=True) == {"course": 50_00, "workshop": 22_00}


def test_item_seven_is_a_gap_and_item_thirteen_is_nothing():
    assert [item.number for item in JIANGXI.items] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]
    assert [item.number for item in JIANGXI.items if item.is_trial] == [11, 12]
    for number, is_gap in ((7, True), (13, False)):
        with pytest.raises(UnknownItem) as unknown:
            JIANGXI.item(number)
        assert (unknown.value.number, unknown.value.is_gap) == (number, is_gap)


def test_five_categories_hold_the_items():
    assert [one.code for one in JIANGXI.categories] == ["induction", "general", "advancement", "duty", "kindergarten"]
    assert {item.category for item in JIANGXI.items} == {one.code for one in JIANGXI.categories}


def test_a_year_costs_72_yuan_a_new_hires_first_122_and_the_certificate_5():
    per_hour, each, five_years = JIANGXI.fee("hours"), JIANGXI.fee("certificate"), JIANGXI.fee("cycle_certificate")
    assert (price(72_00, per_hour.fen), price(122_00, per_hour.fen)) == (72_00, 122_00)
    assert (each.fen, each.is_charged) == (200, False)
    assert (five_years.fen, five_years.is_charged, five_years.first_year_of_cycle_only) == (500, True, True)
    assert (per_hour.payer, JIANGXI.make_up.payer) == (Payer.SCHOOL, Payer.TEACHER)


def test_study_runs_from_november_to_may_and_the_year_from_july():
    assert JIANGXI.year_days(2015) == (date(2015, 7, 1), date(2016, 6, 30))
    windows = JIANGXI.windows(2015)
    assert set(windows) == set(WindowKind)
    assert windows[WindowKind.STUDY] == Window(WindowKind.STUDY, date(2015, 11, 1), date(2016, 5, 31))
    assert JIANGXI.training_year_of(date(2016, 5, 31)) == 2015
    assert [JIANGXI.cycle_of(year) for year in (2010, 2011, 2015, 2016)] == [(2006, 2010), (2011, 2015), (2011, 2015), (2016, 2020)]


def test_the_way_in_ends_with_the_card_and_the_chain_needs_two_people_at_a_school():
    assert JIANGXI.entry.order[-2:] == (EntryStep.CARD, EntryStep.STUDY)
    assert JIANGXI.entry.study_opens_on is EntryStep.CARD
    assert JIANGXI.entry.before(EntryStep.CONFIRMATION) == (EntryStep.SELECTION,)
    assert (JIANGXI.entry.after(EntryStep.PAYMENT), JIANGXI.entry.after(EntryStep.STUDY)) == (EntryStep.REGISTRATION, None)
    chain = {rule.step: rule for rule in JIANGXI.reviews}
    assert list(chain) == [step for step in ReviewStep if step not in (ReviewStep.COUNTY_VERIFY, ReviewStep.CITY_REVIEW)]
    assert chain[ReviewStep.REVIEW].other_person_than == (ReviewStep.ENTER,)
    assert [step for step, rule in chain.items() if rule.makes_verified] == [ReviewStep.VERIFY]


def test_each_stage_has_the_level_that_runs_its_teaching():
    levels = {one.stage: one.level for one in JIANGXI.teaching}
    assert levels == {
        Stage.SENIOR_HIGH: Level.PROVINCE,
        Stage.JUNIOR_HIGH: Level.CITY,
        Stage.PRIMARY: Level.COUNTY,
        Stage.KINDERGARTEN: Level.COUNTY,
    }


def test_an_offset_is_for_mentors_of_two_ranks_and_never_fills_ethics():
    offset = JIANGXI.offset
    assert [rank.code for rank in offset.ranks] == ["special_grade", "provincial_subject_leader"]
    assert (offset.duty.code, offset.fill_order, offset.never) == ("studio_mentor", ("workshop", "course"), ("ethics",))
    assert (offset.is_open, offset.cap_centi) == (True, 72_00)


def test_a_clause_is_found_in_its_document_with_the_heads_above_it():
    text = bundled_documents()["plan"]
    place = find_clause(text, JIANGXI.component("workshop").clause)
    assert (text[place.start : place.end], place.part, place.section) == (
        JIANGXI.component("workshop").clause,
        "三、选学类别及内容构成",
        "",
    )
    third = find_clause(text, JIANGXI.route(3).clause)
    assert (third.part, third.section) == ("四、培训流程、考核和激励", "(四)")
    assert find_clause(text, "never written") is None


def test_what_follows_from_a_verdict_says_who_applies_it_and_until_when():
    codes = [one.code for one in JIANGXI.consequences_of(Verdict.MAKE_UP_REQUIRED)]
    assert codes == ["appraisal_lowered", "title_deferred", "qualification_not_renewed", "selection_deferred"]
    assert [one.code for one in JIANGXI.consequences_of(Verdict.EXAM_REQUIRED)] == ["qualification_not_renewed"]
    assert all(one.until is Verdict.QUALIFIED for one in JIANGXI.consequences_of(Verdict.MAKE_UP_REQUIRED))


@pytest.mark.parametrize("policy", ALL, ids=lambda policy: policy.code)
def test_every_clause_stands_in_its_document_word_for_word(policy):
    documents = bundled_documents()
    rules = list(_rules(policy))
    assert len(rules) > 60
    for path, rule in rules:
        assert rule.clause in documents[policy.source_of(rule).code], path
    for reading in policy.readings:
        assert any(reading.clause in documents[source.code] for source in policy.sources), reading.code


@pytest.mark.parametrize("policy", ALL, ids=lambda policy: policy.code)
def test_every_rule_has_its_ground_and_every_reading_is_used(policy):
    rules = [rule for _, rule in _rules(policy)]
    assert all(rule.clause or rule.reading for rule in rules)
    assert {rule.reading for rule in rules} - {""} == {reading.code for reading in policy.readings}


def test_try_out_says_the_same_rules_in_two_second_hours():
    assert TRY_OUT.seconds_per_hour == 2
    changed = {"code", "extends", "title", "seconds_per_hour", "digest"}
    assert TRY_OUT.model_dump(exclude=changed) == JIANGXI.model_dump(exclude=changed)


def test_a_digest_covers_what_a_pack_extends():
    texts = dict(bundled())
    assert policy_digest(texts["try-out"]) == TRY_OUT.digest != JIANGXI.digest == policy_digest(texts["jiangxi-2011"])
    other = texts | {"jiangxi-2011": texts["jiangxi-2011"].replace("pass_score = 60", "pass_score = 61")}
    assert policy_digest(texts["try-out"], other) != TRY_OUT.digest
    assert policy_digest(texts["try-out"].replace("\n", "\r\n")) == TRY_OUT.digest


def test_a_card_first_order_is_a_pack_too():
    text = bundled()["jiangxi-2011"].replace(
        'order = ["selection", "confirmation", "payment", "registration", "card", "study"]\nstudy_opens_on = "card"',
        'order = ["card", "registration", "selection", "confirmation", "payment", "study"]\nstudy_opens_on = "confirmation"',
    )
    entry = read_policy(text, "card-first.toml").entry
    assert (entry.order[0], entry.study_opens_on) == (EntryStep.CARD, EntryStep.CONFIRMATION)


def test_an_extension_overrides_single_fields_down_in_tables():
    text = 'code = "strict"\nversion = "1"\nextends = "jiangxi-2011"\n[exam]\npass_score = 70\n[title]\nzh = "严"\n'
    policy = read_policy(text, "strict.toml")
    assert (policy.exam.pass_score, policy.title.zh, policy.title.en, policy.seconds_per_hour) == (70, "严", JIANGXI.title.en, 3600)


def test_a_policy_is_a_value():
    again = read_policy(bundled()["jiangxi-2011"], "again.toml")
    assert again == JIANGXI
    assert hash(again) == hash(JIANGXI)
    with pytest.raises(ValueError, match="frozen"):
        JIANGXI.seconds_per_hour = 1


@pytest.mark.parametrize(("find", "code"), [("component", "nothing"), ("fee", "nothing"), ("reading", "nothing"), ("route", 9)])
def test_what_a_pack_does_not_name_is_not_found(find, code):
    with pytest.raises(LookupError):
        getattr(JIANGXI, find)(code)


def test_reading_a_broken_pack_never_answers_half():
    with pytest.raises(PolicyError):
        read_policy("", "empty.toml")


def test_what_counts_on_line_is_the_packs_or_the_usual():
    assert JIANGXI.online is None
    assert JIANGXI.learned_time.beat_rules(is_effort=False) == BeatRules(prompt_every_s=2400, prompt_within_s=300)
    own = """
code = "strict"
version = "1"
extends = "jiangxi-2011"
title = { zh = "严", en = "Strict" }
[learned_time]
fastest_centi = 150
viewings = 2
day_cap_s = 28800
prompt_every_s = 0
reading = "windows"
"""
    strict = read_policy(own, "strict.toml")
    assert strict.learned_time.beat_rules(is_effort=True) == BeatRules(
        max_rate_centi=150, viewings=2, day_cap_s=28_800, prompt_within_s=300, needs_activity=1
    )
    with pytest.raises(PolicyError, match="fastest_centi"):
        read_policy(own.replace("150", "900"), "strict.toml")
