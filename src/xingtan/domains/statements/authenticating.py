"""Who speaks: an Authorization header turned into a `Sender`, remembered for some seconds so that the fast path asks no database."""

from __future__ import annotations

import threading
from base64 import b64decode
from binascii import Error as Base64Error
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from xingtan.foundation.db import writing

from .launches import LAUNCH_KEY, LaunchRefused, sender_of_launch, site_agent
from .models import Credential, CredentialProject
from .secrets import is_same
from .states import Sender

REMEMBERED_S = 5.0
MOST_REMEMBERED = 20_000
USED_EVERY = timedelta(hours=1)
LONGEST = 4_000

_known: dict[bytes, tuple[Sender, float]] = {}
_origins: dict[float, frozenset[str]] = {}
_lock = threading.Lock()


class NotAuthentic(ValueError):
    """The header opens nothing; the text says why, for a developer."""


def authenticate(authorization: str, now: float) -> Sender:
    """Who speaks now (epoch seconds); raises `NotAuthentic`. A revoked key opens nothing after `REMEMBERED_S` in every process."""
    if len(authorization) > LONGEST:
        raise NotAuthentic("the Authorization header is too long")
    seen = blake2b(authorization.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    found = _known.get(seen)
    if found and now < found[1]:
        return found[0]
    sender, until = _asked(authorization, now)
    with _lock:
        if len(_known) >= MOST_REMEMBERED:
            _known.clear()
        _known[seen] = (sender, min(until, now + REMEMBERED_S))
    return sender


def forget_senders() -> None:
    """Every sender is asked for anew: a key was changed."""
    with _lock:
        _known.clear()
        _origins.clear()


def known_origins(now: float) -> frozenset[str]:
    """The origins that any key in use names, as of some seconds ago: a browser that asks beforehand sends no key."""
    for until, found in _origins.copy().items():
        if now < until:
            return found
    texts = Credential.everywhere.filter(ended_at=None).exclude(origins="").values_list("origins", flat=True)
    asked = frozenset(origin for text in texts for origin in text.split())
    with _lock:
        _origins.clear()
        _origins[now + REMEMBERED_S] = asked
    return asked


def _asked(authorization: str, now: float) -> tuple[Sender, float]:
    scheme, _, rest = authorization.strip().partition(" ")
    try:
        if scheme.lower() == "bearer":
            return sender_of_launch(rest.strip(), now)
        if scheme.lower() != "basic":
            raise NotAuthentic("send `Authorization: Basic …` with the key and its secret, or `Bearer …` with a launch token")
        key, _, secret = b64decode(rest.strip(), validate=True).decode().partition(":")
        return sender_of_launch(secret, now) if key == LAUNCH_KEY else _of_credential(key, secret, now)
    except LaunchRefused as refused:
        raise NotAuthentic(f"the launch token opens nothing: {refused}") from None
    except (Base64Error, UnicodeDecodeError):
        raise NotAuthentic("what follows `Basic` is not Base64 of `key:secret`") from None


def _of_credential(key: str, secret: str, now: float) -> tuple[Sender, float]:
    moment = datetime.fromtimestamp(now, UTC)
    asked = Credential.everywhere.filter(public_id=key, ended_at=None).select_related("provider")
    found = asked.first() if key.isascii() and key.isalnum() else None
    if found is None or not _opens(found, secret, moment):
        raise NotAuthentic("the key is unknown, or revoked, or this is not its secret")
    if found.expires_at and found.expires_at <= moment:
        raise NotAuthentic("the key has expired")
    _mark_used(found, moment)
    ends = [one.timestamp() for one in (found.expires_at, found.previous_until) if one and one > moment]
    return sender_of(found), min(ends, default=now + REMEMBERED_S)


def _opens(credential: Credential, secret: str, moment: datetime) -> bool:
    if is_same(secret, credential.secret_hash):
        return True
    old = credential.previous_until is not None and credential.previous_until > moment
    return old and is_same(secret, credential.previous_hash)


def sender_of(credential: Credential) -> Sender:
    """Who speaks with this key; its authority is the provider's account on this site."""
    projects = CredentialProject.objects.filter(credential_id=credential.pk).order_by("project_id")
    return Sender(
        credential_id=credential.pk,
        provider_id=credential.provider_id,
        authority=site_agent(f"provider:{credential.provider.public_id}"),
        may_write=credential.may_write,
        may_read=credential.may_read,
        project_ids=tuple(projects.values_list("project_id", flat=True)),
        reads_projects=credential.may_read_projects,
        keeps_documents=credential.may_keep_documents,
        origins=tuple(credential.origins.split()),
    )


def _mark_used(credential: Credential, moment: datetime) -> None:
    if credential.last_used_at is None or moment - credential.last_used_at >= USED_EVERY:
        with writing():
            Credential.everywhere.filter(pk=credential.pk).update(last_used_at=moment)
