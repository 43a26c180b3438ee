"""Documents of an opened bid: kept as they came for the office, as copies without names for the panel."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from xingtan.core.tendering import Offered
from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Bid, BidFile
from xingtan.domains.tenders.queries.names import names_of
from xingtan.domains.tenders.rules import refuse_act
from xingtan.domains.tenders.states import AFTER_OPENING, BLIND_MOVES, BlindState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.blind import KINDS, CannotBlind, blinded
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import held_tender, refuse_unless

FILE, COPY = "tenders.file", "tenders.copy"
PLAIN = "application/octet-stream"


def _kept(actor: Actor, content: bytes, kind: str, name: str, now: datetime) -> StoredFile:
    media_type = KINDS.get(PurePath(name).suffix.lower(), PLAIN)
    return keep_file([content], kind=kind, name=name, media_type=media_type, actor=actor, now=now)


def keep_copies(actor: Actor, bid: Bid, offered: Offered, *, now: datetime) -> None:
    """Each document is kept, with a copy whose name and metadata say nothing; with the bidder's name or pictures it waits for a look."""
    names = names_of(bid.provider, offered.people, now=now)
    for place, one in enumerate(offered.files, start=1):
        made = BidFile(bid=bid, place=place, file=_kept(actor, one.content, FILE, one.name, now), state=BlindState.HELD.value)
        try:
            done = blinded(one.content, names)
        except CannotBlind as cannot:  # another version of the program took it in
            made.removed = [cannot.code]
        else:
            suffix = PurePath(one.name).suffix.lower()
            made.blind = _kept(actor, done.content, COPY, f"{bid.code}-{place}{suffix}", now)
            made.removed, made.found = [*done.removed, *(["pictures"] if done.has_pictures else [])], list(done.found)
            is_clean = not done.found and not done.has_pictures
            made.state = (BlindState.CLEAN if is_clean else BlindState.FLAGGED).value
        made.save()


@atomic
def decide_file(*, actor: Actor, pid: str, file: str, act: str, now: datetime) -> BidFile:
    """The office has looked at the copy: the panel sees it (`release`) or not (`hold`)."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, *AFTER_OPENING)
    found = BidFile.objects.select_for_update(of=("self",)).filter(bid__tender=tender, public_id=file).first()
    if found is None:
        raise NotInScope
    if refuse_act(BLIND_MOVES, BlindState(found.state), act) or (act == "release" and found.blind_id is None):
        raise Refused("file_wrong_state")
    found.state, found.decided_by_id = BLIND_MOVES[BlindState(found.state)][act].value, actor.account_id
    found.save(update_fields=["state", "decided_by_id"])
    record(actor, f"tenders.file_{found.state}", "bid_file", [found.pk], now=now, detail={"tender": tender.pk})
    return found
