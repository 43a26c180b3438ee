from __future__ import annotations

import pytest

from tools import suppressions


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: S608 -- TABLE is a constant of this module",
        "# noqa: S608, ANN401 -- Django's signature",
        "# type: ignore[misc]  # -- the base class carries no types",
        "# type: ignore[arg-type, misc]  # -- the stub is wrong here",
        "# pragma: no cover -- runs on Windows only",
        "# fmt: skip",
        "# an ordinary comment about noqa's",
    ],
)
def test_a_suppression_with_a_reason_passes(comment):
    assert [problem for _line, _kind, problem in suppressions.suppressions(f"x = 1  {comment}\n") if problem] == []


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("# noqa", "noqa names no rule"),
        ("# noqa -- because it is so", "noqa names no rule"),
        ("# noqa: S608", "noqa gives no reason after --"),
        ("# noqa: S608 -- x", "noqa gives no reason after --"),
        ("# type: ignore", "type: ignore names no rule"),
        ("# type: ignore[misc]", "type: ignore gives no reason after --"),
        (
            "# type: ignore[misc] -- mypy does not read this",
            "type: ignore wants its reason in a comment of its own: `# type: ignore[code]  # -- reason`",
        ),
        ("# pragma: no cover", "pragma: no cover gives no reason after --"),
    ],
)
def test_a_suppression_without_one_is_named(checkout, comment, problem):
    root = checkout({"a.py": f"'''# noqa in a text is none'''\nx = 1  {comment}\n"})
    problems, counts = suppressions.check([root / "a.py"], root)
    assert problems == [f"a.py:2: {problem}"]
    assert counts.total() == 1


def test_reading_without_a_scope_is_counted_by_room(checkout):
    root = checkout(
        {
            "domains/credits/queries.py": "a = Entry.everywhere.all()\nb = Entry.everywhere.get()\neverywhere = Everywhere()\n",
            "domains/credits/actions/post.py": "c = Entry.everywhere.create()\n",
            "domains/credits/migrations/0001.py": "d = Entry.everywhere.all()\n",
            "foundation/people/roles.py": "e = Grant.everywhere.all()\n",
            "web/pages.py": "",
        }
    )
    assert suppressions.unscoped(root) == {"credits": 3, "people": 1}
