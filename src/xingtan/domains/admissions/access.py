"""Who may do what with applications."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Actor, Permission, Role

CLERK = frozenset({Role.SCHOOL_CLERK})

APPLY = Permission("admissions.apply", frozenset({Role.TEACHER}), is_assisted=True)
NOMINATE = Permission("admissions.nominate", CLERK | BUREAU)
PLACE = Permission("admissions.place", BUREAU)
APPROVE = Permission("admissions.approve", CLERK | BUREAU)
CHANGE = Permission("admissions.change", CLERK | BUREAU)
DECIDE = Permission("admissions.decide", BUREAU)
SEE_APPLICATIONS = Permission("admissions.see", SCHOOL | OVERSIGHT)


def to_change(actor: Actor) -> Permission:
    """The right that somebody needs to change or withdraw: a teacher the own application, an office those of its branch."""
    return APPLY if actor.role is Role.TEACHER else CHANGE
