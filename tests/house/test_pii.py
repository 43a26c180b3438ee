from __future__ import annotations

import pytest

from tools import pii

MODEL = 'from django.db import models\nclass A(models.Model):\n    """A row. {says}"""\n'


@pytest.mark.parametrize(
    "says", ["pii: none; kept: forever", "pii: name, phone number; kept: ten years after leaving", "pii: none;\n    kept: 60 days"]
)
def test_a_model_that_says_both_passes(checkout, says):
    assert pii.check(checkout({"people/models.py": MODEL.format(says=says)})) == ([], 1)


@pytest.mark.parametrize("says", ["", "pii: none", "kept: forever", "pii: ; kept: forever", "pii: none; kept:"])
def test_a_model_that_leaves_one_out_is_named(checkout, says):
    assert pii.check(checkout({"people/models.py": MODEL.format(says=says)})) == (
        ["people/models.py:2: A does not say `pii: …; kept: …`"],
        1,
    )


def test_a_model_by_way_of_a_base_of_our_own_is_a_model(checkout):
    root = checkout(
        {
            "base/models.py": "class Dated(models.Model):\n    '''pii: none; kept: as its heirs'''\n",
            "people/models.py": "class Post(Dated):\n    '''Silent.'''\nclass Names(models.TextChoices):\n    A = 'a'\n",
        }
    )
    assert pii.check(root) == (["people/models.py:1: Post does not say `pii: …; kept: …`"], 2)
