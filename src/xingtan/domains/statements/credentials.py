"""Keys to the store: made, turned over, changed and revoked by the provider itself or by an office above it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db.models import F, QuerySet

from xingtan.domains.projects import api as projects
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, on_commit, public_id
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

from .access import GIVE_CREDENTIALS
from .authenticating import forget_senders
from .models import Credential, CredentialProject
from .secrets import fresh_secret, hashed

OLD_SECRET_LIVES = timedelta(hours=24)
MOST_ORIGINS = 20


class Rights(NamedTuple):
    """What a key may do; without a project it may do it in all of its provider's."""

    may_write: bool = True
    may_read: bool = True
    may_read_projects: bool = False
    may_keep_documents: bool = True
    project_ids: tuple[int, ...] = ()
    origins: tuple[str, ...] = ()
    expires_at: datetime | None = None


class Given(NamedTuple):
    """A key with its secret, which is shown this once and kept nowhere."""

    credential: Credential
    secret: str


def providers_of(actor: Actor) -> QuerySet[Organisation]:
    """The providers whose statements this actor may look for: its own, or those of the province it belongs to, by name."""
    if actor.role is Role.PROVIDER_STAFF:
        return Organisation.everywhere.filter(pk=actor.organisation_id or 0, kind=Kind.PROVIDER)
    return projects.providers_for(actor.scope)


def providers_kept(actor: Actor) -> QuerySet[Organisation]:
    """The providers whose keys this actor keeps: its own, or those inside its branch, by name."""
    if actor.role is Role.PROVIDER_STAFF:
        return providers_of(actor)
    return Organisation.objects.within(actor.scope).filter(kind=Kind.PROVIDER).order_by("name", "pk")


def credentials_of(actor: Actor) -> QuerySet[Credential]:
    """The keys of the providers that the actor keeps, those in use first, revoked ones included."""
    found: QuerySet[Credential] = Credential.everywhere.filter(provider__in=providers_kept(actor).values("pk")).select_related("provider")
    return found.order_by(F("ended_at").desc(nulls_first=True), "-pk")


def credential_of(actor: Actor, key: str) -> Credential:
    """The key with this public id, as the actor may see it; `NotInScope` where there is none."""
    found = credentials_of(actor).filter(public_id=key).first()
    if found is None:
        raise NotInScope
    return found


def project_choices(provider_id: int) -> QuerySet[projects.Project]:
    """The projects in which the provider offers something, the latest first."""
    offers = projects.Offer.objects.filter(provider_id=provider_id).values("project_id")
    found: QuerySet[projects.Project] = projects.Project.everywhere.filter(pk__in=offers).select_related("organiser", "training_year")
    return found.order_by("-pk")


def projects_of_credentials(ids: Collection[int]) -> dict[int, list[projects.Project]]:
    """The projects to which each key is bound; none: all of its provider's."""
    found: dict[int, list[projects.Project]] = {}
    for row in CredentialProject.objects.filter(credential_id__in=ids).select_related("project").order_by("-project_id"):
        found.setdefault(row.credential_id, []).append(row.project)
    return found


@atomic
def give_credential(*, actor: Actor, provider_id: int, title: str, rights: Rights, now: datetime) -> Given:
    """The provider has a new key; its secret is answered once and kept as a digest."""
    require(actor, GIVE_CREDENTIALS)
    provider = providers_kept(actor).filter(pk=provider_id).first()
    if provider is None:
        raise NotInScope
    why = refuse_rights(rights, now)
    if why:
        raise Refused(why)
    secret = fresh_secret()
    credential = Credential.everywhere.create(
        public_id=public_id(),
        provider=provider,
        title=title.strip(),
        secret_hash=hashed(secret),
        made_at=now,
        made_by_id=actor.account_id,
        expires_at=rights.expires_at,
        origins="\n".join(rights.origins),
        **{name: getattr(rights, name) for name in ("may_write", "may_read", "may_read_projects", "may_keep_documents")},
    )
    _bind(credential, rights.project_ids)
    record(actor, "statements.credential_given", "credential", [credential.pk], now=now, detail={"provider": provider.pk})
    return Given(credential, secret)


def _bind(credential: Credential, project_ids: Iterable[int]) -> None:
    wanted = set(project_ids)
    if wanted - set(project_choices(credential.provider_id).filter(pk__in=wanted).values_list("pk", flat=True)):
        raise NotInScope
    CredentialProject.objects.bulk_create(CredentialProject(credential=credential, project_id=pk) for pk in sorted(wanted))


@atomic
def rotate_credential(*, actor: Actor, key: str, at_once: bool = False, now: datetime) -> Given:
    """The key has a new secret; the old one opens for a day more, or not at all when it has become known to others."""
    credential = _held(actor, key)
    if credential.ended_at is not None:
        raise Refused("credential_revoked")
    secret = fresh_secret()
    credential.previous_hash = "" if at_once else credential.secret_hash
    credential.previous_until = None if at_once else now + OLD_SECRET_LIVES
    credential.secret_hash = hashed(secret)
    credential.save(update_fields=["previous_hash", "previous_until", "secret_hash"])
    on_commit(forget_senders)
    record(actor, "statements.credential_rotated", "credential", [credential.pk], now=now, detail={"at_once": at_once})
    return Given(credential, secret)


@atomic
def revoke_credential(*, actor: Actor, key: str, now: datetime) -> Credential:
    """The key opens nothing any more; what was written with it stays. Revoking it again changes nothing."""
    credential = _held(actor, key)
    if credential.ended_at is None:
        credential.ended_at = now
        credential.save(update_fields=["ended_at"])
        on_commit(forget_senders)
        record(actor, "statements.credential_revoked", "credential", [credential.pk], now=now)
    return credential


def _held(actor: Actor, key: str) -> Credential:
    require(actor, GIVE_CREDENTIALS)
    credential = credentials_of(actor).select_for_update(of=("self",)).filter(public_id=key).first()
    if credential is None:
        raise NotInScope
    return credential


def refuse_rights(rights: Rights, now: datetime) -> str | None:
    """Why a key may not have these rights, or None."""
    if not any((rights.may_write, rights.may_read, rights.may_read_projects, rights.may_keep_documents)):
        return "credential_without_rights"
    if rights.expires_at is not None and rights.expires_at <= now:
        return "credential_expired_already"
    if len(rights.origins) > MOST_ORIGINS or not all(is_origin(origin) for origin in rights.origins):
        return "credential_origin_unclear"
    return None


def is_origin(text: str) -> bool:
    """True for an origin as browsers send it: scheme and host, perhaps a port, nothing behind."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and text == f"{parts.scheme}://{parts.netloc}" and "@" not in text
    except ValueError:
        return False
