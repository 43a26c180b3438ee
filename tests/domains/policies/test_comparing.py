"""Two texts compared by field, and conditions told as sentences."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.policy import bundled
from xingtan.domains.policies import api as policies

JIANGXI = bundled()["jiangxi-2011"]


def changed(old, new):
    return policies.compare(policies.check_text(JIANGXI), policies.check_text(JIANGXI.replace(old, new, 1)))


def test_a_changed_field_says_before_after_clause_and_line():
    (change,) = changed("required_centi = 360_00", "required_centi = 365_00")
    assert (change.path, change.before, change.after) == (("cycle", "required_centi"), 360_00, 365_00)
    assert change.clause.startswith("在“十二五”期间")
    assert change.line == change.line_before == JIANGXI[: JIANGXI.index("required_centi = 360_00")].count("\n") + 1


def test_comments_blank_lines_and_spaces_are_no_difference():
    assert changed("[cycle]", "# words\n\n[cycle]\n") == ()


def test_a_table_that_moved_is_known_by_its_name():
    start = JIANGXI.index('[[leave]]\ncode = "sick"')
    end = JIANGXI.index("[[leave]]", start + 1)
    moved = JIANGXI[:start] + JIANGXI[end:] + "\n" + JIANGXI[start:end]
    assert policies.compare(policies.check_text(JIANGXI), policies.check_text(moved)) == ()


def test_a_new_table_brings_its_fields():
    found = changed("[entry]", '[[leave]]\ncode = "exchange"\nlabel = { zh = "交流轮岗", en = "Exchange" }\nreading = "leave"\n\n[entry]')
    assert {change.path for change in found} == {
        ("leave", "exchange", *rest) for rest in (("code",), ("label", "zh"), ("label", "en"), ("reading",))
    }
    assert {change.before for change in found} == {None}


def test_rows_that_decide_in_another_order_are_a_difference():
    first = JIANGXI.index("[[decide]]")
    second = JIANGXI.index("[[decide]]", first + 1)
    third = JIANGXI.index("[[decide]]", second + 1)
    swapped = JIANGXI[:first] + JIANGXI[second:third] + JIANGXI[first:second] + JIANGXI[third:]
    found = policies.compare(policies.check_text(JIANGXI), policies.check_text(swapped))
    assert [(change.path, change.is_order) for change in found] == [(("decide",), True)]


@given(st.sampled_from(sorted(bundled())), st.sampled_from(sorted(bundled())))
def test_what_differs_one_way_differs_the_other(a, b):
    one, other = policies.check_text(bundled()[a]), policies.check_text(bundled()[b])
    there = {(change.path, repr(change.before), repr(change.after)) for change in policies.compare(one, other)}
    back = {(change.path, repr(change.after), repr(change.before)) for change in policies.compare(other, one)}
    assert there == back
    assert bool(there) == (a != b)


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (
            "hours_short == 0 and work_short == 0",
            "学时已满，且作业、成果全部合格",
            "the hours are complete, and all assignments and work products are passed",
        ),
        ("on_leave == 1", "经批准请假", "on approved leave"),
        ("study_closed == 0", "课程学习尚未结束", "study has not closed yet"),
        ("n_exam_required > 0", "有学年为“应参加统一考试”", "a year is “Unified exam required”"),
        ("course_short == 0", "公共与专业课程已满", "Public and professional courses is complete"),
        ("recognised >= 10_00", "认定学时不少于 10.0 学时", "hours recognised is at least 10.0 hours"),
        ("min(course_learned, 50_00) > 20_00", "公共与专业课程已学、50.0 中较小的多于 20.0 学时", None),
        ("otherwise", "其他情形", "in every other case"),
        ("not a condition !!", "not a condition !!", "not a condition !!"),
    ],
)
def test_a_condition_is_told_as_a_sentence(condition, zh, en):
    data = policies.check_text(JIANGXI).data
    with translation.override("zh-hans"):
        assert policies.condition_sentence(condition, policies.expression_names(data)) == zh
    with translation.override("en"):
        assert en is None or policies.condition_sentence(condition, policies.expression_names(data)) == en


@pytest.mark.parametrize("code", sorted(bundled()))
def test_every_condition_of_every_pack_is_told_without_a_bare_name(code):
    data = policies.check_text(bundled()[code]).data
    names = policies.expression_names(data)
    for row in [*policies.rows_of(data, "decide"), *policies.rows_of(data, "cycle", "decide")]:
        with translation.override("zh-hans"):
            said = policies.condition_sentence(row["when"], names)
        assert not [name for name in said.replace("（", " ").split() if "_" in name], said
