from __future__ import annotations

from pathlib import Path

import pytest

from tools import words

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = words.read_glossary((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("student", "trainee"),
        ("StudentList", "trainee"),
        ("active_learners", "trainee"),
        ("vendor_id", "provider"),
        ("SUPPLIERS", "provider"),
        ("district_code", "county"),
        ("credit_hours", "training_hours"),
        ("period_on", "training_hours"),
        ("points", "credit"),
        ("groupOfTeachers", "workshop"),
        ("register_hours", "entry"),
        ("settle_year", "determination"),
    ],
)
def test_a_synonym_is_refused_with_the_word_to_use(name, use):
    assert use in (words.synonym_in(name, GLOSSARY) or "")


@pytest.mark.parametrize(
    "name",
    [
        "trainee",
        "teaching_point",
        "TeachingPoints",
        "study_group",
        "group_by",
        "registration",
        "register",
        "periodic",
        "settlement",
        "provider",
        "county",
    ],
)
def test_the_glossarys_own_words_pass(name):
    assert words.synonym_in(name, GLOSSARY) is None


def test_a_right_use_does_not_excuse_a_wrong_one_beside_it():
    assert words.synonym_in("teaching_point_points", GLOSSARY)


def test_only_names_that_the_code_gives_are_looked_at(checkout):
    root = checkout(
        {
            "src/good.py": "import re\ntrainee = re.match('a', 'a').group()\nrows = query.group(student=1)\n",
            "src/bad.py": "def f(student):\n    self.vendor = 1\nclass Learner: pass\n",
            "src/supplier.html": "",
        }
    )
    lines = [problem.split(": ")[0] + " " + problem.split(": ")[1] for problem in words.check(root, ("src",), GLOSSARY)]
    assert lines == ["src/bad.py:1 student", "src/bad.py:2 vendor", "src/bad.py:3 Learner", "src/supplier.html:1 supplier"]


def test_an_everyday_word_may_name_a_variable_that_one_function_reads(checkout):
    code = {
        "src/good.py": "def f(rows):\n    for group in rows: yield [point for point in group]\nx = [group for group in y]\n",
        "src/bad.py": "group = 1\nclass A:\n    point: int = 1\ndef f(period): pass\ndef g():\n    student = 1\n    self.group = 1\n",
    }
    found = words.check(checkout(code), ("src",), GLOSSARY)
    assert [problem.split(": ")[0] for problem in found] == ["src/bad.py:1", "src/bad.py:3", "src/bad.py:4", "src/bad.py:6", "src/bad.py:7"]


def test_the_glossary_names_every_synonym_that_the_house_agreed_to_refuse():
    agreed = ["credit hour", "period", "point", "vendor", "supplier", "student", "learner", "group", "district"]
    assert [word for word in agreed if words.split(word) not in GLOSSARY.refused] == []


def test_a_word_may_be_right_under_a_folder(checkout):
    glossary = words.read_glossary(
        "| 工作坊 | `workshop` | `group` | a |\n\n## Right elsewhere\n\n- `study_group`: x\n- `group` under `domains/kits/`: y\n"
    )
    root = checkout({"src/xingtan/domains/kits/a.py": "group = 1\n", "src/xingtan/domains/credits/a.py": "group = 1\nstudy_group = 2\n"})
    assert words.check(root, ("src/xingtan",), glossary) == ["src/xingtan/domains/credits/a.py:1: group: the glossary says `workshop`"]
