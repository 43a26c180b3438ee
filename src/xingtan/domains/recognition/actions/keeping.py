"""What every act of the room leaves: a step, an audit line, documents under the codes of the pack."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from xingtan.core.policy import Way, way_of
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.access import PARTIES
from xingtan.domains.recognition.models import Claim, Document, Step, Training
from xingtan.domains.recognition.states import Act
from xingtan.foundation.audit.log import record
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused

Papers = Sequence[tuple[str, StoredFile]]


def known_way(year: policies.TrainingYear, code: str) -> Way:
    """The pack's way with this code; refused where the pack of the year knows none."""
    found = way_of(policies.policy_of(year), code)
    if found is None:
        raise Refused("way_unknown")
    return found


def refuse_declarer(actor: Actor, way: Way) -> None:
    """Nothing changed; refused unless the pack lets this party declare by the way."""
    if PARTIES.get(actor.role) not in way.declared_by:
        raise Refused("way_not_yours")


def refuse_closed(year: policies.TrainingYear) -> None:
    """Nothing changed; refused when the year is closed."""
    if year.state == policies.YearState.CLOSED:
        raise Refused("year_closed", year=year.year)


def keep_steps(actor: Actor, act: Act, rows: Sequence[Training | Claim], *, reason: str = "", now: datetime) -> None:
    """Every row has a step, and the audit log names them."""
    kind = "training" if rows and isinstance(rows[0], Training) else "claim"
    same = {"act": act.value, "at": now, "account_id": actor.account_id, "organisation_id": actor.organisation_id, "reason": reason}
    Step.objects.bulk_create([Step(**{f"{kind}_id": row.pk}, **same) for row in rows], batch_size=500)
    if rows:
        record(actor, f"recognition.{kind}_{act.value}", kind, [row.pk for row in rows], now=now)


def keep_papers(actor: Actor, of: Training | Claim, papers: Papers, *, codes: Collection[str], now: datetime) -> None:
    """The files stand with it under their codes; refused for a code that its way does not name."""
    kind = "training" if isinstance(of, Training) else "claim"
    if any(code not in codes for code, _file in papers):
        raise Refused("proof_unknown")
    Document.objects.bulk_create(
        Document(**{f"{kind}_id": of.pk}, code=code, file=file, added_at=now, added_by_id=actor.account_id) for code, file in papers
    )


def all_or_none(wanted: Iterable[int], found: Sequence[Training] | Sequence[Claim]) -> None:
    """Nothing changed; `NotInScope` unless every wanted row was found, and at least one was wanted."""
    ids = set(wanted)
    if not ids or len(found) != len(ids):
        raise NotInScope
