"""What a pack counts: a mistake in it is refused with its line, and a pack that is read can be determined by."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.core.determination import ActivityFact, Reason, ReasonCode, ResultFact, YearFacts, determine_year
from xingtan.core.determination.rules import person_of, rules_of, settling_of
from xingtan.core.policy import PolicyError, bundled, read_policy
from xingtan.core.policy.bounds import TooGreat, bounds_of
from xingtan.core.policy.slots import Kind

PACKS = ("jiangxi-2011", "dawa-2008", "zibo-2011", "jiangxi-it-2014", "jiangxi-credit-2018")
GROUND = 'label = { zh = "甲", en = "A" }\nclause = "学分"\n'
CREDIT = bundled()["jiangxi-credit-2018"]


def with_more(text, extra):
    """The pack with tables of its own at the end."""
    return f"{text}\n{extra}"


@pytest.mark.parametrize(
    ("extra", "field", "found", "expected"),
    [
        ('[[bucket]]\ncode = "b"\ncomponent = "self_directed"\ntier = ["school", "nation"]\n', "bucket[7]", "overlaps", "without a common row"),
        ('[[bucket]]\ncode = "b"\ncomponent = "sports"\n', "bucket[7].component", "'sports'", "one of coordinated"),
        ('[[bucket]]\ncode = "b"\ncomponent = "coordinated"\ntier = ["village"]\n', "bucket[7].tier", "'village'", "one of nation"),
        ('[[conversion]]\ncode = "c"\nunit = "hour"\ngives_centi = 10\nmode = ["dream"]\n', "mode", "'dream'", "one of face_to_face"),
        ('[[conversion]]\ncode = "c"\nunit = "acre"\ngives_centi = 10\n', "unit", "'acre'", "one of 'hour'"),
        ('[[conversion]]\ncode = "c"\nunit = "hour"\nper = 0\ngives_centi = 10\n', "per", "0", "greater than 0"),
        ('[[fact]]\ncode = "leave"\n', "fact[1].code", "'leave'", "other than category"),
        ('[[measure]]\ncode = "m"\nover = "results"\nhow = "best"\nassessment = ["dance"]\n', "assessment", "'dance'", "one of"),
        ('[[measure]]\ncode = "m"\nover = "results"\nhow = "best"\nunit = "day"\n', "over", "'results' with", "assessment only"),
        ('[[formula]]\ncode = "f"\nis = "unheard + 1"\n', "formula[1].is", "unheard", "unknown name 'unheard'"),
        ('[[formula]]\ncode = "f"\nis = "g"\n[[formula]]\ncode = "g"\nis = "f"\nreading = "yearly"\n', "formula[1].is", "g", "unknown name 'g'"),
        ('[[formula]]\ncode = "recognised"\nis = "1"\n', "formula[1].code", "'recognised'", "not taken"),
        ('[[formula]]\ncode = "f"\nis = "required / 2"\n', "formula[1].is", "required / 2", "Div is not allowed"),
        ('[[earmark]]\ncode = "e"\ncycle_centi = 99_00\n', "earmark[1].cycle_centi", "9900", "at most cycle.required_centi"),
        ('[[split]]\nfee = "rent"\nlevel = "city"\nparts = 1\nof_parts = 1\n', "split[1].fee", "'rent'", "one of"),
        ("[effective]\nfrom_year = 1999\n", "effective.from_year", "1999", "from cycle.anchor_year"),
    ],
)  # fmt: skip
def test_a_mistake_in_what_counts_is_told_where_it_stands(extra, field, found, expected):
    extra = extra.replace("\n[[", f"\n{GROUND}[[") if extra.count("[[") > 1 else extra
    text = with_more(CREDIT, f"{extra}{GROUND}" if "label" not in extra.split("[[")[-1] else extra)
    with pytest.raises(PolicyError) as refused:
        read_policy(
            text.replace("[effective]\nfrom_year = 1999\n" + GROUND, '[effective]\nfrom_year = 1999\nclause = "学分"\n'), "mine.toml"
        )
    first = CREDIT.count("\n") + 1
    matching = [one for one in refused.value.problems if field in one.field and found in one.found and expected in one.expected]
    assert matching, refused.value
    assert all(one.line > first for one in matching)


def test_a_number_that_can_outgrow_an_engine_is_refused():
    formula = "debts_made * debts_made * debts_made"
    with pytest.raises(PolicyError) as refused:
        read_policy(with_more(CREDIT, f'[[formula]]\ncode = "f"\nis = "{formula}"\n{GROUND}'), "mine.toml")
    assert [one.code for one in refused.value.problems] == ["too_great"]
    assert bounds_of("a = 3 * b_sum", ["b_sum"])["a"] == (-3 * 2**44, 3 * 2**44)
    with pytest.raises(TooGreat):
        bounds_of("a = b_sum * b_sum", ["b_sum"])
    with pytest.raises(TooGreat):
        bounds_of("a = (b_sum * 1000) // 7", ["b_sum"])


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_a_pack_with_lines_lost_moved_or_changed_is_refused_or_whole(pack, seed):
    """A mistaken pack never half works: what is read can be determined by, in every one of its formulas."""
    dice = random.Random(seed)
    lines = bundled()[pack].splitlines()
    for _ in range(dice.choice((1, 1, 2, 4))):
        at = dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(dice.randrange(len(lines)), lines[at])
            case 2:
                lines[at] = lines[at].replace("=", dice.choice(("", "==", "= -", "= 0 #")), 1)
            case 3:
                other = dice.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                lines[at] = "".join(dice.sample(lines[at], len(lines[at])))
    policy, told = read_or_told("\n".join(lines))
    if policy is None:
        assert told
        assert all(1 <= one.line <= len(lines) + 1 and one.found and one.expected for one in told)
        return
    assert rules_of(policy).judge_year
    assert person_of(policy, policy.cycle.anchor_year, date(2020, 1, 1))
    assert settling_of(policy, (policy.cycle.anchor_year,))


def read_or_told(text):
    try:
        return read_policy(text, "mine.toml"), ()
    except PolicyError as refused:
        return None, refused.problems


def facts(**changes):
    return YearFacts(**({"year": 2018, "item": 1, "study_closed": True, "took_part": True} | changes))


def test_ten_hours_face_to_face_and_twenty_on_line_are_a_credit_each():
    policy = read_policy(CREDIT, "mine.toml")
    face = ActivityFact(Kind("coordinated", tier="county", mode="face_to_face", unit="hour"), 10_00)
    line = ActivityFact(Kind("coordinated", tier="county", mode="online", unit="hour"), 20_00)
    found = determine_year(policy, facts(activities=(face, line)))
    assert found.recognised_centi == 2_00


def test_sums_below_nothing_and_results_that_say_two_things_are_not_determined():
    policy = read_policy(bundled()["jiangxi-2011"], "mine.toml")
    below = facts(year=2011, item=3, activities=(ActivityFact(Kind("course"), -1_00),))
    twofold = facts(year=2011, item=3, results=(ResultFact("exam", 30_00, 1, "contradictory"),))
    for one, what in ((below, "hours"), (twofold, "results")):
        assert determine_year(policy, one).reasons == (Reason(ReasonCode.FACTS_CONTRADICT, {"what": what}),)
