"""Whose the files are that were handed in with an objection to a verdict."""

from __future__ import annotations

from xingtan.domains.closing.access import SEE_OBJECTIONS
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.roles import Actor


def may_read_file(actor: Actor, file_id: int) -> bool:
    """True for the offices that see the branch's objections, and for the person whom the objection concerns."""
    if actor.may(SEE_OBJECTIONS):
        return notices.Objection.objects.within(actor.scope).filter(file_id=file_id).exists()
    return actor.own is None and notices.Objection.everywhere.filter(file_id=file_id, account_id=actor.account_id or 0).exists()
