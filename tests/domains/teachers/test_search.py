"""Finding people: parts of names, letters, schools, last digits; always within the branch, in step with the register."""

from __future__ import annotations

import pytest

from tests.rostering import LATER, number, row
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.finding.tokens import tokens_of, typed_terms
from xingtan.domains.teachers.models import TeacherToken


def test_every_end_of_a_name_and_of_how_it_sounds_is_a_token():
    assert tokens_of("林知微", ["lin", "zhi", "wei"]) == {"林知微", "知微", "微", "linzhiwei", "zhiwei", "wei", "lzw", "zw"}
    assert tokens_of("阿·伊", ["a", "yi"]) == {"阿伊", "伊", "ayi", "yi", "ay"}
    assert typed_terms(" 林 Xi'an ") == ["林", "xian"]


@pytest.fixture
def three(cast, hand_in):
    hand_in(cast.zhou, [row(2), row(4, name="林知夏", school="云亭小学"), row(6, name="欧阳单丹")])
    hand_in(cast.wu, [row(8, name="林微", school="螺川路实验小学", staff_number="36080200008")])


def names(scope, text):
    return sorted(teachers.search(scope, text).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("林", ["林知夏", "林知微"]),
        ("知", ["林知夏", "林知微"]),
        ("微", ["林知微"]),
        ("lzx", ["林知夏"]),
        ("zhix", ["林知夏"]),
        ("LIN ZHI", ["林知夏", "林知微"]),
        ("shandan", []),
        ("dandan", ["欧阳单丹"]),
        ("云亭", ["林知夏"]),
        ("林 青禾", ["林知微"]),
        ("青禾 实验", ["林知微", "欧阳单丹"]),
        ("36080300001", ["林知夏", "林知微", "欧阳单丹"]),
        ("无此人", []),
    ],
)
def test_a_part_of_what_one_knows_finds_the_person(cast, three, typed, found):
    assert names(cast.zhou.scope, typed) == found


def test_the_last_four_and_the_whole_number_find_the_person(cast, three):
    assert names(cast.zhou.scope, number(4)[-4:]) == ["林知夏"]
    assert names(cast.zhou.scope, number(4)) == ["林知夏"]
    assert names(cast.zhou.scope, number(8)) == []


def test_nobody_of_another_branch_is_found(cast, three):
    assert names(cast.wu.scope, "林") == ["林微"]
    assert names(cast.wu.scope, "lin") == ["林微"]
    assert names(cast.zhou.scope, "螺川路") == []


def test_a_new_name_and_a_new_school_are_found_and_the_old_ones_are_not(cast, hand_in, three):
    hand_in(cast.zhou, [row(2, name="林知晓", school="云亭小学")], now=LATER)
    assert names(cast.zhou.scope, "知微") == []
    assert names(cast.zhou.scope, "知晓") == ["林知晓"]
    assert names(cast.second.scope, "林") == ["林知夏", "林知晓"]
    assert teachers.check_search() == []


def test_what_is_out_of_step_is_named_and_mended(cast, three):
    assert teachers.check_search() == []
    TeacherToken.objects.filter(token__in=["linzhiwei", "林知微"]).delete()
    TeacherToken.objects.filter(token="linwei").update(path=cast.school.path)
    assert teachers.check_search() == ["1 teachers without tokens", "1 tokens of an earlier school"]
    assert teachers.rebuild_search() == 4
    assert teachers.check_search() == []
