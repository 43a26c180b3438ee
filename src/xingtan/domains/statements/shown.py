"""Statements on pages: what a provider's staff, or an office, sees of what a provider sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from uuid import UUID

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation

from .access import SEE_STATEMENTS
from .credentials import providers_of
from .finding import Row, Wanted
from .keys import identity
from .launches import site_agent
from .queries import Found, attachments_of, find_by, statement_by, taught
from .states import Sender

MOST_NAMESAKES = 8
PUBLIC_ID = re.compile(r"[2-9a-z]{12}")
Visible = Callable[[Sequence[Row]], list[Row]]


def provider_shown(actor: Actor, public_id: str = "") -> Organisation:
    """The provider that is asked for, or the first that the actor sees; `NotInScope` where there is none."""
    require(actor, SEE_STATEMENTS)
    found = providers_of(actor)
    provider = (found.filter(public_id=public_id) if public_id else found).first()
    if provider is None:
        raise NotInScope
    return provider


def statements_shown(actor: Actor, provider: Organisation, wanted: Wanted) -> Found:
    """The provider's statements that match, as far as the actor may see whom they are about."""
    return find_by(_reader(provider), wanted, _visible(actor, provider))


def statement_shown(actor: Actor, provider: Organisation, statement_id: UUID) -> tuple[Row, bool]:
    """One statement of the provider and whether it is voided; `NotInScope` where there is none to see."""
    for is_voided in (False, True):
        row = statement_by(_reader(provider), statement_id, _visible(actor, provider), is_voided=is_voided)
        if row is not None:
            return row, is_voided
    raise NotInScope


def attachment_shown(provider: Organisation, digests: Sequence[str], sha2: str) -> tuple[str, bytes]:
    """Media type and bytes of an attachment among those that a statement names."""
    kept = attachments_of(provider.pk, [sha2] if sha2 in digests else [])
    if not kept:
        raise NotInScope
    return kept[0].content_type, bytes(kept[0].content)


def people_asked_for(actor: Actor, provider: Organisation, text: str) -> list[teachers.Teacher]:
    """The teachers whom a name or a public id may mean, among those that the actor may see with this provider."""
    chosen = enrolment.ChosenOffer.objects.filter(offer__provider_id=provider.pk)
    asked = {"public_id": text} if PUBLIC_ID.fullmatch(text) else {"name": text}
    own = teachers.Teacher.everywhere.filter(**asked, pk__in=chosen.values("selection__teacher_id"))
    seen = own if actor.role is Role.PROVIDER_STAFF else teachers.teachers_in(actor.scope).filter(**asked)
    return list(seen.select_related("school").order_by("pk")[:MOST_NAMESAKES])


def agent_of_text(text: str) -> str | None:
    """The identity that an address or a teacher's public id means; None for anything else, as a name."""
    if "@" in text:
        return identity({"mbox": text if text.startswith("mailto:") else f"mailto:{text}"})
    return identity(site_agent(text)) if PUBLIC_ID.fullmatch(text) else None


def _reader(provider: Organisation) -> Sender:
    return Sender(
        credential_id=0, provider_id=provider.pk, authority=site_agent(f"provider:{provider.public_id}"), may_write=False, may_read=True
    )


def _visible(actor: Actor, provider: Organisation) -> Visible:
    """Rows about teachers in the actor's sight; those about nobody we know only for the provider and whoever is above it."""
    sees_unknown = actor.role is Role.PROVIDER_STAFF or actor.scope.holds(provider.path)

    def visible(rows: Sequence[Row]) -> list[Row]:
        about = {row.teacher_id for row in rows if row.teacher_id is not None}
        if actor.role is Role.PROVIDER_STAFF:
            known = taught(provider.pk, (), about) if about else frozenset()
        else:
            known = frozenset(teachers.teachers_in(actor.scope).filter(pk__among=list(about)).values_list("pk", flat=True))
        return [row for row in rows if (sees_unknown if row.teacher_id is None else row.teacher_id in known)]

    return visible
