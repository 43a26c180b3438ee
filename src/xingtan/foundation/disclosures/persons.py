"""Who somebody really is while they act for another."""

from __future__ import annotations

from xingtan.foundation.people.roles import Actor, Own


def person_of(actor: Actor) -> Own:
    """The role and the office of the real person: one's own, also while acting for another."""
    return actor.own or Own(actor.role, actor.organisation_id)
