"""What must hold of every card: its state is its last step's, and its right in enrolment agrees."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import OuterRef, QuerySet, Subquery

from xingtan.domains.enrolment import api as enrolment

from .models import Card, CardStep
from .states import WITH_PERSON, CardState

PORTION = 2_000


def check_cards() -> Iterator[str]:
    """A line for each card whose trail ends elsewhere than it stands, or whose right opens what it should not; none when all is well."""
    last = CardStep.objects.filter(card=OuterRef("pk")).order_by("-pk").values("became")[:1]
    found = Card.everywhere.annotate(told=Subquery(last)).order_by("pk")
    after = 0
    while rows := _portion(found, after):
        after = rows[-1].pk
        standing = enrolment.drawn_by([card.number for card in rows])
        for card in rows:
            if getattr(card, "told", None) != card.state:
                yield f"card {card.pk}: stands as {card.state}, its trail ends with {getattr(card, 'told', None)}"
            if (card.number in standing) is not _opens(card) and card.state not in (CardState.LOST, CardState.DAMAGED):
                yield f"card {card.pk}: {card.state}, but its right {'stands' if card.number in standing else 'does not stand'}"


def _portion(found: QuerySet[Card], after: int) -> list[Card]:
    return list(found.filter(pk__gt=after)[:PORTION])


def _opens(card: Card) -> bool:
    return CardState(card.state) in WITH_PERSON | {CardState.EXPIRED, CardState.LAPSED}
