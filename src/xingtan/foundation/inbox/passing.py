"""Unanswered messages of an office that pass to a successor; what concerns the person stays with them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from xingtan.foundation.db import atomic

from .models import Message

# A message of an office leads to one of its pages; the person's own lead to /my/.
OFFICE_PAGES = ("/school/", "/bureau/", "/provider/", "/job/", "/objections/")


def waiting_of(account_id: int) -> QuerySet[Message]:
    """The unread messages of this person's office work."""
    leads = Q()
    for page in OFFICE_PAGES:
        leads |= Q(link__startswith=page)
    return Message.objects.filter(leads, account_id=account_id, read_at=None)


@atomic
def pass_messages(*, holder_id: int, successor_id: int) -> int:
    """The holder's unread messages of office work wait for the successor, except what the successor was told already; returns how many."""
    told = Message.objects.filter(account_id=successor_id).values("source")
    return waiting_of(holder_id).exclude(source__in=told).update(account_id=successor_id)
