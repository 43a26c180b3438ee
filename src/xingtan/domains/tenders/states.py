"""The lives of a tender, its bids, the panel's members, questions and contracts, each as a table of moves."""

from __future__ import annotations

from enum import StrEnum


class TenderState(StrEnum):
    """Where the choice of providers stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    OPENED = "opened"
    REVIEWING = "reviewing"
    DEFENDING = "defending"
    RANKED = "ranked"
    ANNOUNCED = "announced"
    AWARDED = "awarded"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class BidState(StrEnum):
    """Where a provider's bid stands; sealed until the tender is opened."""

    SEALED = "sealed"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"
    EXCLUDED = "excluded"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"


class PanelState(StrEnum):
    """Whether an expert who was drawn may judge."""

    DRAWN = "drawn"
    DECLARED = "declared"
    RECUSED = "recused"


class ContractState(StrEnum):
    """Whether both sides have signed."""

    OFFERED = "offered"
    SIGNED = "signed"
    DECLINED = "declined"
    ENDED = "ended"


class Side(StrEnum):
    """On which side of the lock somebody holds a key: the organiser's office, or a witness from elsewhere."""

    OFFICE = "office"
    WITNESS = "witness"


class BlindState(StrEnum):
    """Whether the panel may see the anonymised copy of a file."""

    CLEAN = "clean"
    FLAGGED = "flagged"
    RELEASED = "released"
    HELD = "held"


TENDER_MOVES: dict[TenderState, dict[str, TenderState]] = {
    TenderState.DRAFT: {"publish": TenderState.PUBLISHED, "cancel": TenderState.CANCELLED},
    TenderState.PUBLISHED: {"open": TenderState.OPENED, "cancel": TenderState.CANCELLED},
    TenderState.OPENED: {"review": TenderState.REVIEWING, "cancel": TenderState.CANCELLED},
    TenderState.REVIEWING: {"defend": TenderState.DEFENDING, "rank": TenderState.RANKED, "cancel": TenderState.CANCELLED},
    TenderState.DEFENDING: {"rank": TenderState.RANKED, "cancel": TenderState.CANCELLED},
    TenderState.RANKED: {"rank": TenderState.RANKED, "announce": TenderState.ANNOUNCED, "cancel": TenderState.CANCELLED},
    TenderState.ANNOUNCED: {"reconsider": TenderState.RANKED, "award": TenderState.AWARDED, "cancel": TenderState.CANCELLED},
    TenderState.AWARDED: {"finish": TenderState.FINISHED},
    TenderState.FINISHED: {},
    TenderState.CANCELLED: {},
}
BID_MOVES: dict[BidState, dict[str, BidState]] = {
    BidState.SEALED: {
        "replace": BidState.SEALED, "withdraw": BidState.WITHDRAWN, "open": BidState.OPENED, "exclude": BidState.EXCLUDED,
    },
    BidState.WITHDRAWN: {"replace": BidState.SEALED},
    BidState.OPENED: {"exclude": BidState.EXCLUDED, "choose": BidState.CHOSEN, "pass_over": BidState.NOT_CHOSEN},
    BidState.EXCLUDED: {},
    BidState.CHOSEN: {"exclude": BidState.EXCLUDED, "choose": BidState.CHOSEN, "pass_over": BidState.NOT_CHOSEN},
    BidState.NOT_CHOSEN: {"exclude": BidState.EXCLUDED, "choose": BidState.CHOSEN, "pass_over": BidState.NOT_CHOSEN},
}  # fmt: skip
PANEL_MOVES: dict[PanelState, dict[str, PanelState]] = {
    PanelState.DRAWN: {"declare": PanelState.DECLARED, "recuse": PanelState.RECUSED},
    PanelState.DECLARED: {"recuse": PanelState.RECUSED},
    PanelState.RECUSED: {},
}
CONTRACT_MOVES: dict[ContractState, dict[str, ContractState]] = {
    ContractState.OFFERED: {"sign": ContractState.SIGNED, "decline": ContractState.DECLINED},
    ContractState.SIGNED: {"end": ContractState.ENDED},
    ContractState.DECLINED: {},
    ContractState.ENDED: {},
}
BLIND_MOVES: dict[BlindState, dict[str, BlindState]] = {
    BlindState.CLEAN: {"hold": BlindState.HELD},
    BlindState.FLAGGED: {"release": BlindState.RELEASED, "hold": BlindState.HELD},
    BlindState.RELEASED: {"hold": BlindState.HELD},
    BlindState.HELD: {"release": BlindState.RELEASED},
}
STANDING_BIDS = frozenset({BidState.OPENED, BidState.CHOSEN, BidState.NOT_CHOSEN})
# From here on everybody may read what was decided.
PUBLIC_RESULT = frozenset({TenderState.ANNOUNCED, TenderState.AWARDED, TenderState.FINISHED})
AFTER_OPENING = frozenset(set(TenderState) - {TenderState.DRAFT, TenderState.PUBLISHED, TenderState.CANCELLED})
