"""A teacher in another's office, as deputies act: the office's role and branch, the teacher's own account."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xingtan.foundation.refusal import Refused


def standing_in(actor, teacher):
    return replace(actor, account_id=teacher.account_id)


def refuses_own(act, *args, count=1, **more):
    """The act is refused because it is about the person who acts, and says how much of it."""
    with pytest.raises(Refused, match="own_hours") as refused:
        act(*args, **more)
    assert refused.value.params == {"count": count}
