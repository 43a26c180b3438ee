"""The worked examples beside the packs are true: one teacher at a time and in a batch, and they show what each document is about."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.people_at_random import as_teacher
from tests.core.worked import centi, evidence_of, province_of
from xingtan.core.determination.batch.engine import determine_columns
from xingtan.core.determination.teacher import determine_teacher
from xingtan.core.policy import bundled, bundled_policy
from xingtan.core.policy.examples import bundled_examples, read_example
from xingtan.core.verdicts import ReasonCode, Verdict

PACKS = ("jiangxi-2011", "dawa-2008", "zibo-2011", "jiangxi-it-2014", "jiangxi-credit-2018")
EXAMPLES = [pytest.param(pack, one, id=f"{pack}-{one.code}") for pack in PACKS for one in bundled_examples(pack)]


def expected(example):
    return [
        (
            row["teacher_id"],
            row["year"],
            row["verdict"],
            row["reasons"],
            *(centi(row[name]) for name in ("recognised", "required", "carried")),
        )
        for row in example.tables["verdicts"].records()
    ]


def span_of(pack, example):
    """The years that are judged: the only one, or all of the cycle when more than one is expected."""
    years = example.years
    if len(years) == 1 and not example.is_cycle:
        return years
    first, last = bundled_policy(pack).cycle_of(years[0])
    return tuple(range(first, last + 1))


def asked(pack, years):
    """The years under the pack, and a day when the last of them is long over."""
    return dict.fromkeys(years, bundled_policy(pack)), date(years[-1] + 2, 7, 1)


def within(found, example):
    """What was found of the teachers and years that the example speaks of."""
    keys = {row[:2] for row in expected(example)}
    return [row for row in found if row[:2] in keys]


def codes(reasons):
    return ";".join(dict.fromkeys(reason.code.value for reason in reasons))


@pytest.mark.parametrize(("pack", "example"), EXAMPLES)
def test_one_teacher_at_a_time_gives_the_verdicts_of_the_example(pack, example):
    policies, on = asked(pack, span_of(pack, example))
    province, names = province_of(example)
    found = []
    for name, person in zip(names, province.people, strict=True):
        told = determine_teacher(policies, as_teacher(province, person), on=on)
        for one in told.years:
            amounts = (one.recognised_centi, one.required_centi, one.carried_centi)
            found.append((name, str(one.year), one.verdict.value, codes(one.reasons), *amounts))
        cycle = told.cycle
        found.append((name, "cycle", cycle.verdict.value, codes(cycle.reasons), cycle.credited_centi, cycle.required_centi, 0))
    assert within(found, example) == expected(example)


@pytest.mark.parametrize(("pack", "years"), sorted({(pack, span_of(pack, one)) for pack in PACKS for one in bundled_examples(pack)}))
def test_one_batch_of_everybody_gives_the_verdicts_of_every_example(pack, years):
    examples = [one for one in bundled_examples(pack) if span_of(pack, one) == years]
    policies, on = asked(pack, years)
    province, names = province_of(*examples)
    batch = determine_columns(policies, evidence_of(province), on=on)
    rows = batch.years.collect().rows(named=True) + [row | {"year": "cycle"} for row in batch.cycle.collect().rows(named=True)]
    columns = ("verdict", "reasons", "recognised", "required", "carried")
    found = {(names[row["teacher"]], str(row["year"])): tuple(row[name] for name in columns) for row in rows}
    wanted = {tuple(row[:2]): tuple(row[2:]) for example in examples for row in expected(example)}
    assert {key: found.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("pack", PACKS)
def test_examples_are_told_apart_in_both_languages_and_speak_of_one_pack(pack):
    examples = bundled_examples(pack)
    assert len(examples) >= (8 if pack == "jiangxi-2011" else 5)
    assert (
        len({one.code for one in examples})
        == len({one.why.zh for one in examples})
        == len({one.why.en for one in examples})
        == len(examples)
    )
    teachers = [row["teacher_id"] for one in examples for row in one.tables["teachers"].records()]
    assert len(set(teachers)) == len(teachers)


@pytest.mark.parametrize("pack", PACKS)
def test_examples_reach_the_verdicts_that_the_pack_itself_can_give(pack):
    policy = bundled_policy(pack)
    told = {row["verdict"] for one in bundled_examples(pack) for row in one.tables["verdicts"].records()}
    own = {row.verdict for row in policy.decide} - {Verdict.UNDETERMINED, Verdict.IN_PROGRESS, Verdict.DEFERRED}
    assert {verdict.value for verdict in own} <= told


def test_the_documents_own_cases_are_among_the_examples():
    reasons = {
        code
        for pack in PACKS
        for one in bundled_examples(pack)
        for row in one.tables["verdicts"].records()
        for code in row["reasons"].split(";")
    }
    wanted = {
        ReasonCode.COMPLETE, ReasonCode.EXAM_PASSED, ReasonCode.VILLAGE_PASSED, ReasonCode.OFFSET_USED, ReasonCode.MADE_UP,
        ReasonCode.ON_LEAVE, ReasonCode.SURPLUS, ReasonCode.EARMARK_SHORT, ReasonCode.DIAGNOSIS_MISSING, ReasonCode.PROJECT_FAILED,
        ReasonCode.BACKBONE_SHORT, ReasonCode.ASSESSMENT_FAILED, ReasonCode.RETIRES_IN_CYCLE, ReasonCode.TARGET_SHORT, ReasonCode.FACTS_CONTRADICT,
    }  # fmt: skip
    assert wanted <= reasons


def test_the_five_packs_are_there_and_only_the_try_out_has_no_examples():
    assert {code for code in bundled() if not bundled_examples(code)} == {"try-out"}
    assert set(PACKS) == set(bundled()) - {"try-out"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"verdict": "T1,2011"}, "knows no verdict"),
        ({"verdicts": None}, "needs teachers and verdicts"),
        ({"teachers": "teacher_id,category\nT1\n"}, "T1 has 1 fields, the header 2"),
    ],
)
def test_an_example_that_is_not_well_is_refused(changed, said):
    names = {"zh": "例", "en": "Example"}
    data = {"code": "one", "title": names, "why": names, "teachers": "teacher_id\nT1\n", "verdicts": "teacher_id,year\nT1,2011\n"}
    with pytest.raises(ValueError, match=said):
        read_example("mine", {name: value for name, value in (data | changed).items() if value is not None})


def test_a_pack_without_examples_has_none():
    assert bundled_examples("try-out") == ()
