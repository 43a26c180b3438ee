"""Circulars that an office issued or got, and who of its units has read and answered."""

from __future__ import annotations

from django.db.models import Count, Q

from xingtan.domains.plans.models import Circular, CircularReceipt
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet


def circulars_for(actor: Actor) -> ScopedQuerySet[Circular]:
    """Circulars issued in the branch and those that reached a unit of it, the latest first."""
    got = CircularReceipt.objects.within(actor.scope).values("circular_id")
    inside = Q(organisation__path__gte=actor.scope.first, organisation__path__lt=actor.scope.beyond)
    found = Circular.everywhere.get_queryset().filter(inside | Q(pk__in=got))
    return found.select_related("organisation").order_by("-pk")


def circular_in(actor: Actor, public_id: str) -> Circular:
    """The circular with this address, if it was issued in the branch or reached it; `NotInScope` otherwise."""
    circular = circulars_for(actor).filter(public_id=public_id).first()
    if circular is None:
        raise NotInScope
    return circular


def receipts_of(circular: Circular, scope: Scope) -> ScopedQuerySet[CircularReceipt]:
    """The branch's receipts, in the tree's order, with the units."""
    return CircularReceipt.objects.within(scope).filter(circular=circular).select_related("organisation").order_by("organisation__path")


def receipt_of(circular: Circular, organisation_id: int | None) -> CircularReceipt | None:
    """The unit's own receipt; None when it did not reach the unit."""
    receipt: CircularReceipt | None = CircularReceipt.everywhere.filter(circular=circular, organisation_id=organisation_id or 0).first()
    return receipt


def reading_of(circular_ids: list[int], scope: Scope) -> dict[int, tuple[int, int, int]]:
    """For each circular how many units of the branch got, read and answered it."""
    rows = CircularReceipt.objects.within(scope).filter(circular__in=circular_ids).values_list("circular")
    told = rows.annotate(n=Count("pk"), read=Count("read_at"), replied=Count("replied_at")).order_by()
    return {pk: (n, read, replied) for pk, n, read, replied in told}
