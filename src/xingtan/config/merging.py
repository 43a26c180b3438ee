"""Which rooms are asked what they hold of two records before these become one: the whole wiring is this table."""

from __future__ import annotations

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.moves import api as moves
from xingtan.domains.teachers import api as teachers

LOOKS = (moves.look_at_merge, enrolment.look_at_merge)


def wire_merging() -> None:
    """Merges ask these rooms from now on."""
    teachers.wire_looks(LOOKS)
