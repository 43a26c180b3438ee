"""`xingtan policy`: a stranger reads from it what the files of a region may say; a mistake is told with its line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from xingtan.cli import parser
from xingtan.config.commands.policy import run
from xingtan.config.commands.policy_sheet import reasons_of, sheet_of, words
from xingtan.core.calendar import WindowKind
from xingtan.core.policy import bundled, bundled_policy
from xingtan.core.policy.counting_flaws import known_codes
from xingtan.core.policy.examples import bundled_examples
from xingtan.core.policy.kinds import AmountUnit, Holds
from xingtan.core.policy.shape import known_fields
from xingtan.core.verdicts import ReasonCode, Verdict

PACKS = sorted(bundled())


@pytest.fixture
def policy(capsys):
    def call(*said):
        code = run(parser().parse_args(["policy", *said]))
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


def test_list_names_the_five_packs_and_marks_the_try_out(policy):
    code, out, _ = policy("list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if not line.startswith(" ")] == [
        *[one for one in PACKS if one != "try-out"],
        "try-out",
    ]
    assert ["try-out" in line for line in out.splitlines() if "试用 /" in line] == [True]
    listed = json.loads(policy("list", "--json")[1])
    assert [one["code"] for one in listed if one["is_try_out"]] == ["try-out"]
    assert all(one["digest"] == bundled_policy(one["code"]).digest for one in listed)


@pytest.mark.parametrize("pack", PACKS)
def test_show_says_every_code_that_a_file_may_carry(pack, policy):
    code, out, _ = policy("show", pack)
    whole = bundled_policy(pack)
    codes = [f"{column} = {one}" for column, listed in known_codes(whole).items() for one in listed]
    codes += [one.code for one in (*whole.components, *whole.all_buckets, *whole.converting, *whole.tests, *whole.works, *whole.facts)]
    codes += [one.value for one in reasons_of(whole)]
    assert code == 0
    assert [one for one in codes if one not in out] == []
    assert [one.code for one in whole.readings if one.zh not in out or one.en not in out] == []


@pytest.mark.parametrize("pack", PACKS)
def test_show_as_data_has_both_languages_everywhere(pack, policy):
    told = json.loads(policy("show", pack, "--json")[1])
    assert told["code"] == pack
    assert list(told["sections"]) == [section.code for section in sheet_of(bundled_policy(pack))]
    assert all(line["zh"] and line["en"] for lines in told["sections"].values() for line in lines)


def test_the_reasons_told_are_those_the_pack_can_give(policy):
    jiangxi, zibo, credits_ = (set(reasons_of(bundled_policy(code))) for code in ("jiangxi-2011", "zibo-2011", "jiangxi-credit-2018"))
    assert {ReasonCode.MADE_UP, ReasonCode.OFFSET_USED, ReasonCode.VILLAGE_PASSED} <= jiangxi
    assert not {ReasonCode.MADE_UP, ReasonCode.OFFSET_USED, ReasonCode.HOURS_SHORT, ReasonCode.CARRIED_OVER} & zibo
    assert {ReasonCode.TARGET_SHORT, ReasonCode.RETIRES_IN_CYCLE} <= credits_
    told = {
        code
        for pack in PACKS
        for one in bundled_examples(pack)
        for row in one.tables["verdicts"].records()
        for code in row["reasons"].split(";")
    }
    possible = {one.value for pack in PACKS for one in reasons_of(bundled_policy(pack))}
    assert told <= possible


@pytest.mark.parametrize("pack", [one for one in PACKS if one != "try-out"])
def test_examples_are_shown_with_their_tables_and_why(pack, policy):
    code, out, _ = policy("show", pack, "--examples")
    assert code == 0
    for one in bundled_examples(pack):
        assert one.why.zh in out
        assert one.why.en in out
    assert len(json.loads(policy("show", pack, "--examples", "--json")[1])["examples"]) == len(bundled_examples(pack))


@pytest.mark.parametrize("pack", [one for one in PACKS if one != "try-out"])
def test_the_documentation_shows_the_examples_as_they_are(pack, policy):
    page = Path(__file__).parents[2] / "docs" / "policies" / f"{pack}.md"
    assert page.read_text(encoding="utf-8") == policy("show", pack, "--examples")[1], "write it anew: xingtan policy show PACK --examples"


def test_a_pack_without_examples_says_so(policy):
    code, out, err = policy("show", "try-out", "--examples")
    assert (code, out) == (2, "")
    assert "no worked examples" in err


def test_check_says_that_a_good_file_is_well(policy, tmp_path):
    file = tmp_path / "region.toml"
    file.write_text(bundled()["zibo-2011"], encoding="utf-8")
    assert policy("check", str(file))[:2] == (
        0,
        f"zibo-2011 2011.1 is well: 8 items, 9 rows, digest {bundled_policy('zibo-2011').digest[:12]}\n",
    )
    assert json.loads(policy("check", str(file), "--json")[1])["problems"] == []


def test_check_lists_every_mistake_with_its_line(policy, tmp_path):
    file = tmp_path / "region.toml"
    text = bundled()["dawa-2008"].replace("years = 5", 'years = "five"', 1).replace("is_open = true", "is_opn = true", 1)
    file.write_text(text, encoding="utf-8")
    lines = [text[: text.index(found)].count("\n") + 1 for found in ('years = "five"', "is_opn")]
    code, out, err = policy("check", str(file))
    assert (code, out) == (2, "")
    assert all(f":{line}" in err for line in lines)
    told = json.loads(policy("check", str(file), "--json")[1])
    assert set(lines) <= {problem["line"] for problem in told["problems"]}
    assert not told["is_well"]


@pytest.mark.parametrize("said", [("check",), ("show", "nothing"), ("check", "nothing.toml")])
def test_what_is_not_there_is_said(said, policy):
    code, out, err = policy(*said)
    assert (code, out) == (2, "")
    assert "policy list" in err


def test_every_code_of_the_house_has_its_words():
    wanted = {"reason": ReasonCode, "verdict": Verdict, "unit": AmountUnit, "holds": Holds, "window": WindowKind}
    assert [one for group, codes in wanted.items() for one in codes if one.value not in words()[group]] == []


def test_the_guide_names_every_table_and_field_and_its_skeleton_is_a_pack(policy):
    guide = (Path(__file__).parents[2] / "docs" / "policies" / "README.md").read_text(encoding="utf-8")
    skeleton = str(Path(__file__).parents[2] / "docs" / "policies" / "skeleton.toml")
    assert policy("check", skeleton)[0] == 0
    named = set(re.findall(r"[a-z][a-z_]*", guide))
    assert sorted(fields_of(()) - named) == []
    assert [code for code in PACKS if f"`{code}`" not in guide] == []


def fields_of(path):
    """Every name that a pack may use for a table or a field."""
    found = known_fields(path)
    return set(found).union(*(fields_of((*path, name)) for name, model in found.items() if model is not None))
