"""Documents of the state, activity profile and agent profile resources: kept whole, found by a digest of what names them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, ParamSpec
from uuid import UUID

import msgspec
from django.db import IntegrityError
from django.db.models import QuerySet

from xingtan.foundation.db import BEATS, writing

from .formats import dumped, parsed
from .models import Document
from .states import DocumentKind

MEDIA_JSON = "application/json"
P = ParamSpec("P")


class Shelf(NamedTuple):
    """What names all documents of an activity, an agent, or both, with one provider."""

    kind: DocumentKind
    provider_id: int
    activity: str = ""
    agent: str = ""

    @property
    def digest(self) -> str:
        """The same in 32 digits."""
        return _digest(self.kind, str(self.provider_id), self.activity, self.agent)


class Place(NamedTuple):
    """Where one document stands."""

    shelf: Shelf
    document_id: str
    registration: UUID | None = None

    @property
    def digest(self) -> str:
        """The same in 32 digits."""
        return _digest(self.shelf.digest, self.document_id, str(self.registration or ""))


class Conditions(NamedTuple):
    """The request's `If-Match` and `If-None-Match`, as sent; `asks` is whether a PUT over a document must bring one."""

    if_match: str = ""
    if_none_match: str = ""
    asks: bool = False


class Content(NamedTuple):
    """What a document holds."""

    media_type: str
    body: bytes

    @property
    def is_json(self) -> bool:
        """True when it calls itself JSON."""
        return self.media_type.partition(";")[0].strip().lower() == MEDIA_JSON


class ConditionFailed(Exception):
    """The document is not as the request's headers expect it; nothing was changed."""


class ConditionMissing(Exception):
    """There is a document already and the request does not say that it knows which; nothing was changed."""


class NotMergeable(ValueError):
    """One of the two documents is not a JSON object; nothing was changed."""


def document_at(place: Place) -> Document | None:
    """The document, or None."""
    return Document.objects.filter(place=place.digest).first()


def document_ids(shelf: Shelf, *, registration: UUID | None = None, since_us: int | None = None) -> list[str]:
    """The ids of the shelf's documents (of one registration where it is named) changed later than `since_us`, in a steady order."""
    found = _on(shelf, registration)
    if since_us is not None:
        found = found.filter(changed_at__gt=since_us)
    return sorted(set(found.values_list("document_id", flat=True)))


def _as_one(change: Callable[P, None]) -> Callable[P, None]:
    """The change as one transaction; when another made the same document meanwhile, it is done again over that one."""

    @wraps(change)
    def inside(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with writing(BEATS):
                change(*args, **kwargs)
        except IntegrityError:
            with writing(BEATS):
                change(*args, **kwargs)

    return inside


@_as_one
def put_document(place: Place, content: Content, conditions: Conditions, now_us: int) -> None:
    """The content stands at the place; raises `ConditionMissing` or `ConditionFailed`."""
    held = _locked(place)
    if held is not None and conditions.asks and not conditions.if_match and not conditions.if_none_match:
        raise ConditionMissing
    _meet(conditions, held)
    _keep(place, content, held, now_us)


@_as_one
def merge_document(place: Place, content: Content, conditions: Conditions, now_us: int) -> None:
    """The content's members stand in the document over those of the same name; where there was none it stands as it came."""
    held = _locked(place)
    _meet(conditions, held)
    if held is not None:
        content = Content(MEDIA_JSON, dumped(_object(held.content, held.content_type) | _object(content.body, content.media_type)).encode())
    _keep(place, content, held, now_us)


@_as_one
def remove_document(place: Place, conditions: Conditions) -> None:
    """There is no document at the place."""
    held = _locked(place)
    _meet(conditions, held)
    if held is not None:
        held.delete()


@_as_one
def clear_shelf(shelf: Shelf, registration: UUID | None = None) -> None:
    """The shelf holds nothing any more (of the registration where it is named)."""
    _on(shelf, registration).delete()


def etag_of(body: bytes) -> str:
    """The entity tag of a document: SHA-1 of its content in quotes (1.0.3, part three, 3.1)."""
    return f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'


def tags_in(header: str) -> set[str]:
    """The entity tags of a header, without what says that they are weak."""
    return {tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()}


def _meet(conditions: Conditions, held: Document | None) -> None:
    """The conditions hold; a tag without its quotes is taken for the tag."""
    known = {held.etag, held.etag.strip('"'), "*"} if held is not None else set()
    if conditions.if_match and not tags_in(conditions.if_match) & known:
        raise ConditionFailed
    if conditions.if_none_match and tags_in(conditions.if_none_match) & known:
        raise ConditionFailed


def _object(body: bytes | memoryview, media_type: str) -> dict[str, Any]:
    content = Content(media_type, bytes(body))
    try:
        found = parsed(content.body) if content.is_json else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotMergeable
    return found


def _locked(place: Place) -> Document | None:
    """The document, and nobody else changes it before this transaction ends."""
    return Document.objects.using(BEATS).select_for_update().filter(place=place.digest).first()


def _keep(place: Place, content: Content, held: Document | None, now_us: int) -> None:
    values = {
        "content_type": content.media_type,
        "content": content.body,
        "etag": etag_of(content.body),
        "changed_at": max(now_us, held.changed_at + 1 if held else 0),
    }
    if held is not None:
        Document.objects.filter(pk=held.pk).update(**values)
        return
    shelf = place.shelf
    Document.objects.create(
        kind=shelf.kind.value,
        provider_id=shelf.provider_id,
        place=place.digest,
        shelf=shelf.digest,
        registration=place.registration,
        document_id=place.document_id,
        **values,
    )


def _on(shelf: Shelf, registration: UUID | None) -> QuerySet[Document]:
    found = Document.objects.filter(shelf=shelf.digest)
    return found if registration is None else found.filter(registration=registration)


def _digest(*parts: str) -> str:
    together = "\0".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(together.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
