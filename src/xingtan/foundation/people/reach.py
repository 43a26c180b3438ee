"""Whom an office reaches: only people of its own branch, and whom it has just opened an account for."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from xingtan.core.calendar import local_day
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.branch import Scope

from .models import Account, Grant
from .roles import Actor, Role


def standing(account_id: int, day: date) -> QuerySet[Grant]:
    """The account's roles that are not over on this day: those in force, and those that begin later."""
    held = Grant.objects.filter(Q(to_on=None) | Q(to_on__gte=day), account_id=account_id, ended_at=None)
    return held.select_related("organisation").order_by("pk")


def is_within(scope: Scope) -> Q:
    """The grants whose organisation lies in the branch."""
    return Q(organisation__path__gte=scope.first, organisation__path__lt=scope.beyond)


def holds_elsewhere(scope: Scope, account_id: int, day: date) -> bool:
    """True when the account holds an office outside the branch, now or later; a teacher's post is no office."""
    return standing(account_id, day).exclude(role=Role.TEACHER.value).exclude(is_within(scope)).exists()


def reaches(actor: Actor, account_id: int, *, now: datetime) -> bool:
    """True for whoever works in the actor's branch or never worked elsewhere, and for an account that this very act has opened."""
    if actor.role is Role.OPERATOR or standing(account_id, local_day(now)).filter(is_within(actor.scope)).exists():
        return True
    ever = Grant.objects.filter(account_id=account_id)
    if ever.exists():
        return not ever.exclude(is_within(actor.scope)).exists()
    return Account.objects.filter(pk=account_id, created_at=now, activated_at=None).exists()


def refuse_stranger(actor: Actor, account_id: int, *, now: datetime) -> None:
    """Nothing changed; raises `Refused("account_unknown")`, as for an account that is not there, for somebody of another branch."""
    if not reaches(actor, account_id, now=now):
        raise Refused("account_unknown")
