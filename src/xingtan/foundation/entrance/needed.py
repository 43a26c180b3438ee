"""Whether a second factor is asked for here at all."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from xingtan.foundation.people.roles import Actor

from .access import ADMINISTRATORS

MARK = "demonstration"


def is_asked_for() -> bool:
    """True unless XINGTAN_SECOND_FACTOR says no, or says nothing and the data folder is marked as a demonstration."""
    told = settings.SECOND_FACTOR
    return bool(told) if told is not None else not (Path(settings.HOME) / MARK).exists()


def mark_demonstration() -> None:
    """This data folder holds invented people: their sign-ins stay easy, and the sign-in page says so."""
    (Path(settings.HOME) / MARK).touch()


def needs_factor(actor: Actor) -> bool:
    """True for an administrator where second factors are asked for, also while acting for another."""
    role = actor.own.role if actor.own else actor.role
    return role in ADMINISTRATORS and is_asked_for()
