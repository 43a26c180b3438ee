from __future__ import annotations

import tomllib

import pytest

from xingtan.core.policy.places import Places

TEXT = '''# a comment with [brackets] and = signs
title = "x # not a comment" # a comment
many = [
  1,
  { deep = 2, deeper = [ "a",
      # between
      "b" ] },  # done
]
long = """
[not.a.table]
a = 1
"""
raw = \'\'\'
[[neither]]\'\'\'
a.b . "c d" = 3

[ table ]
key = { one = 1, two = [ 1 ] }

[[row]]
name = "first"
[[row.inner]]
x = 1
[[row.inner]]
x = 2
[row.other]
y = 1
[[row]]
name = 'it''s'
[[row.inner]]
x = 3
'''.replace("'it''s'", "'its'")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("title",), (1, 2)),
        (("many",), (1, 3)),
        (("many", 0), (2, 4)),
        (("many", 1), (2, 5)),
        (("many", 1, "deeper"), (3, 5)),
        (("many", 1, "deeper", 1), (4, 7)),
        (("long",), (1, 9)),
        (("raw",), (1, 13)),
        (("a", "b", "c d"), (3, 15)),
        (("table",), (1, 17)),
        (("table", "key", "two", 0), (4, 18)),
        (("row", 0, "name"), (3, 21)),
        (("row", 0, "inner", 1, "x"), (5, 25)),
        (("row", 0, "other", "y"), (4, 27)),
        (("row", 1), (2, 28)),
        (("row", 1, "inner", 0, "x"), (5, 31)),
        (("row", 1, "inner", 0, "z"), (4, 30)),
        (("not", "there"), (0, 1)),
    ],
)
def test_every_field_has_its_line(path, found):
    tomllib.loads(TEXT)
    assert Places(TEXT).find(path) == found
