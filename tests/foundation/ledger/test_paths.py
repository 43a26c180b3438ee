"""The paths of all lines at once are the paths of each, and lead to the root."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from xingtan.foundation.ledger.digests import merkle_path, merkle_paths, merkle_root, root_from_path


@given(st.integers(1, 70))
def test_every_path_leads_to_the_root(count):
    digests = [sha256(str(number).encode()).hexdigest() for number in range(count)]
    paths = merkle_paths(digests)
    assert paths == [merkle_path(digests, place) for place in range(count)]
    assert {root_from_path(digest, path) for digest, path in zip(digests, paths, strict=True)} == {merkle_root(digests)}


def test_no_lines_have_no_paths():
    assert merkle_paths([]) == []
