"""The public check of a paper: what its code is worth at this moment, proved anew every time."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from xingtan.domains.certificates import api as certificates
from xingtan.foundation.keys import verify_signature
from xingtan.foundation.ledger.digests import line_digest

from .models import Paper, PaperState, PaperStep
from .rules import is_number
from .states import Kind, Reason, State, Step
from .words import CHIPS, KINDS, NEEDS_CODE, REASONS, STATES

LOG = logging.getLogger(__name__)
# What the check page's own hero says of each state; a print without seal is genuine as a print, and the page says that it has none.
HERO = {State.REVOKED: "revoked", State.OVERTAKEN: "superseded", State.REFUSED: "unavailable"}


def broken_proofs(paper: Paper) -> list[str]:
    """What of the paper's proof does not hold: its content, or the signature of its seal; nothing when all is as it was."""
    holds = {"digest": line_digest(paper.content) == paper.digest and paper.content["code"] == paper.check_code}
    for step in PaperStep.objects.filter(paper=paper, step=Step.SEALED).order_by("pk"):
        holds["signature"] = verify_signature(step.message(paper), step.signature)
    return [name for name, is_met in holds.items() if not is_met]


def altered_papers() -> Iterator[tuple[str, list[str]]]:
    """Every paper that does not agree with its digest or with the signature of its seal: its public id and what fails."""
    for one in Paper.everywhere.order_by("pk").iterator(chunk_size=1_000):
        if broken := broken_proofs(one):
            yield one.public_id, broken


def check_paper(text: str, *, now: datetime) -> Mapping[str, Any] | None:
    """The answer to whoever checks a code, or None when no paper has it; a number alone is answered with the request for the code."""
    plain = "".join(text.split()).upper()
    if is_number(plain):
        return {"state": "not_found", "why": str(NEEDS_CODE), "checked_at": now}
    code = certificates.typed(text).code
    found = Paper.everywhere.filter(check_code=code).select_related("printing", "school").first() if code else None
    if found is None:
        return None
    if broken := broken_proofs(found):
        LOG.error("paper %s does not agree with its proof: %s", found.pk, ", ".join(broken))
        why = str(certificates.WHY_NOT_FOUND["altered"])
        return {"state": "unavailable", "why": why, "is_altered": True, "checked_at": now}
    standing = PaperState.everywhere.get(pk=found.pk)
    state = State(standing.state)
    return {"state": HERO.get(state, "valid"), "why": "", "checked_at": now, "paper": _shown(found, state)}


def _shown(paper: Paper, state: State) -> dict[str, Any]:
    steps = {one.step: one for one in PaperStep.objects.filter(paper=paper).select_related("organisation", "replaced_by").order_by("pk")}
    seal, end, next_one = steps.get(Step.SEALED), steps.get(Step.REVOKED), steps.get(Step.OVERTAKEN)
    content, person = paper.content, paper.content.get("person")
    return {
        "number": paper.number,
        "kind": KINDS[Kind(paper.printing.kind)],
        "state": state.value,
        "word": STATES[state],
        "chip": CHIPS[state],
        "holder": f"{certificates.masked_name(person['name'])} · {person['identity']}" if person else "",
        "school": person["school"] if person else content["school"],
        "purpose": paper.printing.purpose,
        "from_on": paper.printing.from_on,
        "to_on": paper.printing.to_on,
        "people": len(content.get("rows", [])),
        "hours": content.get("hours"),
        "verified": content.get("verified"),
        "printed_at": paper.printing.printed_at,
        "seal": seal,
        "revoked": end,
        "reason": REASONS[Reason(end.reason)] if end else "",
        "newer": next_one.replaced_by.number if next_one and next_one.replaced_by else "",
        "digest": f"{paper.digest[:4]}…{paper.digest[-4:]}",
    }
