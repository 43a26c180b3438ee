"""What pages call states, kinds and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.tendering import CriterionKind, Outcome
from xingtan.domains.tenders import api as tenders

STATES: Mapping[str, Promise] = {
    tenders.TenderState.DRAFT: pgettext_lazy("tender", "Draft"),
    tenders.TenderState.PUBLISHED: pgettext_lazy("tender", "Call published"),
    tenders.TenderState.OPENED: pgettext_lazy("tender", "Bids opened"),
    tenders.TenderState.REVIEWING: pgettext_lazy("tender", "Blind review"),
    tenders.TenderState.DEFENDING: pgettext_lazy("tender", "On-site defence"),
    tenders.TenderState.RANKED: pgettext_lazy("tender", "Ranked"),
    tenders.TenderState.ANNOUNCED: pgettext_lazy("tender", "Result posted"),
    tenders.TenderState.AWARDED: pgettext_lazy("tender", "Awarded"),
    tenders.TenderState.FINISHED: pgettext_lazy("tender", "Contracts signed"),
    tenders.TenderState.CANCELLED: pgettext_lazy("tender", "Cancelled"),
}
CHIPS: Mapping[str, str] = {
    "draft": "plain", "published": "act", "opened": "wait", "reviewing": "wait", "defending": "wait", "ranked": "wait",
    "announced": "act", "awarded": "ok", "finished": "ok", "cancelled": "stop",
}  # fmt: skip
BIDS: Mapping[str, Promise] = {
    tenders.BidState.SEALED: pgettext_lazy("bid", "Sealed"),
    tenders.BidState.WITHDRAWN: pgettext_lazy("bid", "Withdrawn"),
    tenders.BidState.OPENED: pgettext_lazy("bid", "Opened"),
    tenders.BidState.EXCLUDED: pgettext_lazy("bid", "Excluded"),
    tenders.BidState.CHOSEN: pgettext_lazy("bid", "Chosen"),
    tenders.BidState.NOT_CHOSEN: pgettext_lazy("bid", "Not chosen"),
}
BID_CHIPS: Mapping[str, str] = {
    "sealed": "ok", "withdrawn": "plain", "opened": "wait", "excluded": "stop", "chosen": "ok", "not_chosen": "plain",
}  # fmt: skip
REASONS: Mapping[str, Promise] = {
    Outcome.CHOSEN: _("Among the first and above the least total"),
    Outcome.BELOW_PASS: _("Below the least total"),
    Outcome.NO_PLACE: _("Above the least total, but others were better and the places are taken"),
    "unreadable": _("What was sealed had been altered and could not be opened"),
    "not_compliant": _("Does not meet the requirements of the call"),
    "interest": _("An interest that forbids taking part"),
    "untrue": _("Something stated is not true"),
}
PANEL: Mapping[str, Promise] = {
    tenders.PanelState.DRAWN: pgettext_lazy("panel", "Drawn, has not declared yet"),
    tenders.PanelState.DECLARED: pgettext_lazy("panel", "No interest, judges"),
    tenders.PanelState.RECUSED: pgettext_lazy("panel", "Stepped back"),
}
PANEL_CHIPS: Mapping[str, str] = {"drawn": "wait", "declared": "ok", "recused": "plain"}
CONTRACTS: Mapping[str, Promise] = {
    tenders.ContractState.OFFERED: pgettext_lazy("contract", "Waits for the provider"),
    tenders.ContractState.SIGNED: pgettext_lazy("contract", "Signed"),
    tenders.ContractState.DECLINED: pgettext_lazy("contract", "Declined"),
    tenders.ContractState.ENDED: pgettext_lazy("contract", "Ended"),
}
CONTRACT_CHIPS: Mapping[str, str] = {"offered": "wait", "signed": "ok", "declined": "stop", "ended": "plain"}
COPIES: Mapping[str, Promise] = {
    tenders.BlindState.CLEAN: pgettext_lazy("copy", "The panel reads it"),
    tenders.BlindState.FLAGGED: pgettext_lazy("copy", "Look at it first"),
    tenders.BlindState.RELEASED: pgettext_lazy("copy", "Looked at, the panel reads it"),
    tenders.BlindState.HELD: pgettext_lazy("copy", "Held back"),
}
COPY_CHIPS: Mapping[str, str] = {"clean": "ok", "flagged": "act", "released": "ok", "held": "stop"}
REMOVED: Mapping[str, Promise] = {
    "properties": _("document properties"),
    "xmp": _("hidden description (XMP)"),
    "authors": _("authors of notes and changes"),
    "attached": _("attached files"),
    "local_path": _("paths on somebody's computer"),
    "picture_metadata": _("camera data of pictures (EXIF)"),
    "picture_trailer": _("data behind a picture"),
    "pictures": _("it holds pictures: look for logos"),
}
SIDES: Mapping[str, Promise] = {tenders.Side.OFFICE: _("Organiser's office"), tenders.Side.WITNESS: _("Witness")}
KINDS: Mapping[str, Promise] = {
    CriterionKind.MATCH: _("Match of plan and courses with the project"),
    CriterionKind.PLAN: _("Training plan"),
    CriterionKind.COURSES: _("Courses and resources"),
    CriterionKind.TEAM: _("Experts and team"),
    CriterionKind.RECORD: _("Experience and record"),
    CriterionKind.PRICE: _("Price (reckoned: the lowest gets 100)"),
    CriterionKind.DEFENCE: _("On-site defence"),
}
TEXTS: Mapping[str, Promise] = {
    "plan": _("Training plan"),
    "courses": _("Courses and resources"),
    "team": _("Experts and team"),
    "record": _("Experience and record"),
}


def total(thousandths: int) -> str:
    """A total of 100 with two decimals, rounded down."""
    return f"{thousandths // 1000}.{thousandths % 1000 // 10:02d}"


def tenths(value: int | None) -> str:
    """A mark of 100 with one decimal."""
    return "" if value is None else f"{value // 10}.{value % 10}"


def in_tenths(value: Decimal | None) -> int | None:
    """A mark as it was typed, with one decimal, in tenths; None for nothing."""
    return None if value is None else int(value * 10)
