"""Lists of cards, batches, parcels, reports and purchases of a branch."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from xingtan.domains.cards.models import Card, CardBatch, CardReport, CardStep, Consignment, HoursPurchase, ReportedName
from xingtan.domains.cards.models.cards import BOUND
from xingtan.domains.cards.states import IN_HAND, CardState, ConsignmentState, PurchaseState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope


def cards_in(scope: Scope, training_year_id: int, text: str = "") -> QuerySet[Card]:
    """The branch's printed cards of the year with holder and person; a text finds a number, a name or a place."""
    found = Card.objects.within(scope).filter(training_year_id=training_year_id).select_related("holder", "teacher", "batch")
    text = "".join(text.split())
    if text.isdigit():
        return found.filter(number__gte=text, number__lt=text + "~") if len(text) > 6 else found.filter(number__contains=text)
    return found.filter(Q(teacher__name__contains=text) | Q(holder__name__contains=text)) if text else found


def card_in(scope: Scope, public_id: str) -> Card:
    """The card with this public id inside the branch; `NotInScope` where there is none."""
    found = Card.objects.within(scope).filter(public_id=public_id).select_related("holder", "teacher", "batch", "training_year", "replaces")
    card: Card | None = found.first()
    if card is None:
        raise NotInScope
    return card


def card_ids(scope: Scope, public_ids: Iterable[str]) -> list[int]:
    """The ids behind these public ids; `NotInScope` when one is unknown or elsewhere."""
    wanted = set(public_ids)
    found = list(Card.objects.within(scope).filter(public_id__among=list(wanted)).values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise NotInScope
    return found


def successor_of(card: Card) -> Card | None:
    """The card that took this one's place."""
    found: Card | None = Card.everywhere.filter(replaces=card).first()
    return found


def trail_of(card: Card) -> list[CardStep]:
    """Every act on the card, the first one first."""
    return list(CardStep.objects.filter(card=card).order_by("pk"))


def state_counts(scope: Scope, training_year_id: int) -> dict[CardState, int]:
    """How many of the branch's cards stand in each state; every state is there."""
    rows = Card.objects.within(scope).filter(training_year_id=training_year_id).values("state").annotate(n=Count("pk"))
    return dict.fromkeys(CardState, 0) | {CardState(row["state"]): row["n"] for row in rows}


def counts_by_holder(scope: Scope, training_year_id: int) -> dict[int, dict[CardState, int]]:
    """Per office or school how many cards stand in each state."""
    rows = Card.objects.within(scope).filter(training_year_id=training_year_id)
    answer: dict[int, dict[CardState, int]] = {}
    for row in rows.values("holder_id", "state").annotate(n=Count("pk")):
        answer.setdefault(row["holder_id"], {})[CardState(row["state"])] = row["n"]
    return answer


def in_hand(organisation_id: int, training_year_id: int) -> int:
    """How many cards the office or school may send on or hand out."""
    found = Card.everywhere.filter(holder_id=organisation_id, training_year_id=training_year_id, batch__isnull=False)
    return found.filter(state__in=sorted(IN_HAND)).count()


def batches_in(scope: Scope, training_year_id: int) -> QuerySet[CardBatch]:
    """The branch's batches of the year, the newest first."""
    return CardBatch.objects.within(scope).filter(training_year_id=training_year_id).select_related("county", "issuer").order_by("-pk")


def batch_in(scope: Scope, public_id: str) -> CardBatch:
    """The batch with this public id inside the branch; `NotInScope` where there is none."""
    found: CardBatch | None = CardBatch.objects.within(scope).filter(public_id=public_id).select_related("county", "training_year").first()
    if found is None:
        raise NotInScope
    return found


def numbers_of(batch: CardBatch) -> list[str]:
    """The batch's numbers in order."""
    return list(Card.everywhere.filter(batch=batch).order_by("number").values_list("number", flat=True))


def consignments_in(scope: Scope, training_year_id: int) -> QuerySet[Consignment]:
    """Parcels to the branch, the newest first."""
    found = Consignment.objects.within(scope).filter(training_year_id=training_year_id)
    return found.select_related("sender", "receiver").order_by("-pk")


def consignment_in(scope: Scope, public_id: str) -> Consignment:
    """The parcel with this public id to the branch; `NotInScope` where there is none."""
    found = Consignment.objects.within(scope).filter(public_id=public_id).select_related("sender", "receiver", "training_year")
    parcel: Consignment | None = found.first()
    if parcel is None:
        raise NotInScope
    return parcel


def cards_of(parcel: Consignment) -> list[Card]:
    """The cards whose last parcel this was, in the order of their numbers."""
    return list(Card.everywhere.filter(consignment=parcel).order_by("number"))


def waiting_parcels(organisation_id: int) -> int:
    """How many parcels are on their way to the office or school."""
    return Consignment.everywhere.filter(receiver_id=organisation_id, state=ConsignmentState.SENT).count()


def reports_in(scope: Scope, training_year_id: int, *, is_county: bool) -> QuerySet[CardReport]:
    """The schools' or the counties' reports of the branch, those that wait first."""
    found = CardReport.objects.within(scope).filter(training_year_id=training_year_id, is_county=is_county)
    return found.select_related("organisation").order_by("state", "organisation__path")


def report_ids(scope: Scope, public_ids: Iterable[str]) -> list[int]:
    """The ids behind these public ids; `NotInScope` when one is unknown or elsewhere."""
    wanted = set(public_ids)
    found = list(CardReport.objects.within(scope).filter(public_id__in=wanted).values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise NotInScope
    return found


def named_in(scope: Scope, training_year_id: int) -> QuerySet[teachers.Teacher]:
    """The branch's teachers who were reported for a card of the year."""
    named = ReportedName.objects.filter(training_year_id=training_year_id).values("teacher_id")
    return teachers.teachers_in(scope).filter(pk__in=named)


def waiting_in(scope: Scope, training_year_id: int) -> QuerySet[teachers.Teacher]:
    """The branch's reported teachers who have no printed card yet."""
    having = Card.everywhere.filter(training_year_id=training_year_id, state__in=BOUND).values("teacher_id")
    return named_in(scope, training_year_id).exclude(pk__in=having)


def unnamed_in(scope: Scope, training_year_id: int) -> QuerySet[teachers.Teacher]:
    """The branch's teachers in post whom nobody reported yet."""
    named = ReportedName.objects.filter(training_year_id=training_year_id, report__state__in=["counted", "issued"]).values("teacher_id")
    return teachers.teachers_in_post(scope).exclude(pk__in=named)


def needs_by_school(scope: Scope, training_year_id: int) -> dict[int, int]:
    """Per school how many reported teachers have neither a card nor one on its way or in the school's drawer."""
    wanted = dict(waiting_in(scope, training_year_id).order_by().values_list("school_id").annotate(n=Count("pk")))
    cards = Card.everywhere.filter(training_year_id=training_year_id)
    held = dict(cards.filter(state=CardState.HELD, holder_id__in=wanted).values_list("holder_id").annotate(n=Count("pk")))
    coming = cards.filter(state=CardState.ON_THE_WAY, consignment__receiver_id__in=wanted)
    on_way = dict(coming.values_list("consignment__receiver_id").annotate(n=Count("pk")))
    return {pk: need for pk, n in wanted.items() if (need := n - held.get(pk, 0) - on_way.get(pk, 0)) > 0}


def holders_among(teacher_ids: Iterable[int]) -> dict[int, set[int]]:
    """Per training year those of the teachers who have an active or exhausted printed card."""
    held = Card.everywhere.filter(teacher_id__among=list(teacher_ids), state__in=[CardState.ACTIVE, CardState.EXHAUSTED])
    answer: dict[int, set[int]] = {}
    for year_id, teacher_id in held.values_list("training_year_id", "teacher_id"):
        answer.setdefault(year_id, set()).add(teacher_id)
    return answer


def purchases_in(scope: Scope, training_year_id: int) -> QuerySet[HoursPurchase]:
    """Hours bought or ordered of the branch's counties, those that wait first."""
    found = HoursPurchase.objects.within(scope).filter(training_year_id=training_year_id).select_related("teacher", "county")
    return found.order_by("state", "-pk")


def purchases_of(teacher_id: int) -> list[HoursPurchase]:
    """What the teacher ordered, the newest first."""
    found = HoursPurchase.everywhere.filter(teacher_id__among=teachers.whose([teacher_id])).select_related("training_year", "county")
    return list(found.order_by("-pk"))


def purchase_in(scope: Scope, public_id: str) -> HoursPurchase:
    """The purchase with this public id inside the branch; `NotInScope` where there is none."""
    found: HoursPurchase | None = HoursPurchase.objects.within(scope).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def open_purchase(teacher_id: int) -> HoursPurchase | None:
    """The teacher's order that waits for its payment."""
    found: HoursPurchase | None = HoursPurchase.everywhere.filter(teacher_id=teacher_id, state=PurchaseState.ORDERED).first()
    return found
