"""What an office holds of a training provider."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from xingtan.domains.registers import access
from xingtan.domains.registers.models import ProviderRecord
from xingtan.domains.registers.queries.places import providers_for
from xingtan.domains.registers.states import Standing
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused


class Kept(NamedTuple):
    """Licence, fields, contact, standing with its reason, and until when it holds."""

    licence: str
    fields: str
    contact: str
    standing: str
    reason: str
    until_on: date | None


@atomic
def keep_provider(*, actor: Actor, provider_id: int, kept: Kept, now: datetime) -> ProviderRecord:
    """The actor's own office holds this of the provider; any standing but admitted says why."""
    require(actor, access.KEEP_PROVIDERS)
    if actor.organisation_id is None or not providers_for(actor).filter(pk=provider_id).exists():
        raise NotInScope
    if kept.standing != Standing.ADMITTED and not kept.reason.strip():
        raise Refused("register_needs_reason")
    row, _made = ProviderRecord.everywhere.update_or_create(
        office_id=actor.organisation_id, provider_id=provider_id, defaults={**kept._asdict(), "changed_at": now}
    )
    record(actor, "registers.provider_kept", "provider_record", [row.pk], now=now, detail={"standing": row.standing})
    return row
