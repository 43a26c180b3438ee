from __future__ import annotations

import ast

import pytest

from tools import sizes


def function(lines):
    return "def f():\n" + "    x = 1\n" * (lines - 1)


def found(root):
    measured = sizes.measure(root)
    return [problem for kind in sizes.LIMITS for problem in sizes.problems_of(kind, measured.sizes[kind])]


@pytest.mark.parametrize(
    ("path", "fits", "too_large", "kind"),
    [
        ("src/xingtan/core/a.py", "x = 1\n" * 400, "x = 1\n" * 401, "file"),
        ("tools/a.py", function(50), function(51), "function"),
        ("src/xingtan/core/a.py", "class A:\n" + "    x = 1\n" * 199, "class A:\n" + "    x = 1\n" * 200, "class"),
        ("src/xingtan/core/a.py", "def f(x):\n" + "    if x: pass\n" * 10, "def f(x):\n" + "    if x: pass\n" * 11, "branches"),
        ("src/xingtan/web/templates/a.html", "<p>\n" * 150, "<p>\n" * 151, "template"),
        ("tests/core/test_a.py", "x = 1\n" * 400, "x = 1\n" * 401, "test file"),
    ],
)
def test_a_size_is_refused_one_above_its_bound(checkout, path, fits, too_large, kind):
    assert found(checkout({path: fits})) == []
    problems = found(checkout({path: too_large}))
    assert len(problems) == 1
    assert path in problems[0]
    assert f"{kind} of" in problems[0]


def test_a_room_is_measured_whole_and_without_its_migrations(checkout):
    room = {f"src/xingtan/domains/credits/part{n}.py": "x = 1\n" * 250 for n in range(10)}
    migration = {"src/xingtan/domains/credits/migrations/0001.py": "x = 1\n" * 5000}
    assert found(checkout(room | migration)) == []
    assert found(checkout({"src/xingtan/domains/credits/one_more.py": "x = 1\n"})) == ["credits: room of 2501, at most 2500"]


def test_a_median_counts_only_when_there_is_enough_to_count(checkout):
    few = {f"src/xingtan/core/a{n}.py": "x = 1\n" * 81 for n in range(19)}
    assert found(checkout(few)) == []
    assert found(checkout({"src/xingtan/core/one_more.py": "x = 1\n" * 81})) == ["file: median 81, at most 80"]


def test_a_95th_percentile_is_the_size_that_95_in_100_do_not_pass():
    assert sizes.percentile95(range(1, 101)) == 95
    assert sizes.percentile95([7]) == 7


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("return a", 0),
        ("return a and b or c", 0),
        ("return [x for x in a if x]", 1),
        ("if a: pass\n elif b: pass\n else: pass", 2),
        ("def inner():\n  if a: pass", 0),
        ("try: pass\n except A: pass\n except B: pass", 2),
        ("while a:\n  for b in c: pass", 2),
    ],
)
def test_branches_are_counted_as_a_reader_meets_them(body, count):
    tree = ast.parse("def f(a, b, c):\n " + body)
    assert sizes.branches(tree.body[0]) == count
