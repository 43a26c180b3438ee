"""The three document resources: state, activity profile, agent profile (part three, 2.2 to 2.7; 4.1.6.2, .5, .6)."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import formatdate
from typing import NamedTuple

import msgspec
from django.conf import settings

from xingtan.domains.statements import api as statements
from xingtan.domains.statements.api import Conditions, Content, DocumentKind, Place, Shelf, Version

from .answers import EMPTY, Answer, Problem, json_answer
from .parameters import iri_of, moment_of, only, required, required_agent, uuid_of
from .requests import Request

MOST_ID = 2_000
DEFAULT_TYPE = "application/octet-stream"


class Resource(NamedTuple):
    """What names the documents of a resource."""

    kind: DocumentKind
    document: str
    has_activity: bool
    has_agent: bool
    has_registration: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The parameters that name its documents."""
        there = {"activityId": self.has_activity, "agent": self.has_agent, "registration": self.has_registration, self.document: True}
        return frozenset(name for name, is_there in there.items() if is_there)


STATE = Resource(DocumentKind.STATE, "stateId", has_activity=True, has_agent=True, has_registration=True)
ACTIVITY_PROFILE = Resource(DocumentKind.ACTIVITY, "profileId", has_activity=True, has_agent=False)
AGENT_PROFILE = Resource(DocumentKind.AGENT, "profileId", has_activity=False, has_agent=True)


def get_document(request: Request, resource: Resource) -> Answer:
    """One document with its type and tag, or the ids of all, or of those changed since a moment."""
    shelf = _shelf(request, resource)
    registration = uuid_of(request, "registration")
    if resource.document not in request.query:
        only(request, resource.names | {"since"})
        ids = statements.document_ids(shelf, registration=registration, since_us=moment_of(request, "since"))
        return json_answer(ids)
    only(request, resource.names)
    held = statements.document_at(Place(shelf, _document_id(request, resource), registration))
    if held is None:
        raise Problem(404, resource.document, "There is no such document.")
    changed = formatdate(held.changed_at // 1_000_000, usegmt=True)
    return Answer(200, bytes(held.content), held.content_type, (("ETag", held.etag), ("Last-Modified", changed)))


def put_document(request: Request, resource: Resource) -> Answer:
    """The content is the document; over one that is there only with a condition (state: in 2.0; profiles: in both versions)."""
    place, content = _place(request, resource), _content(request)
    asks = resource is not STATE or request.version is Version.V2
    return _changed(lambda: statements.put_document(place, content, _conditions(request, asks=asks), request.now_us))


def post_document(request: Request, resource: Resource) -> Answer:
    """The content's members stand in the document over those of the same name."""
    place, content = _place(request, resource), _content(request)
    return _changed(lambda: statements.merge_document(place, content, _conditions(request), request.now_us))


def delete_document(request: Request, resource: Resource) -> Answer:
    """The document is gone; of the state resource also all of an activity and agent at once."""
    if resource is STATE and resource.document not in request.query:
        only(request, resource.names)
        statements.clear_shelf(_shelf(request, resource, is_change=True), uuid_of(request, "registration"))
        return EMPTY
    place = _place(request, resource)
    return _changed(lambda: statements.remove_document(place, _conditions(request)))


def _changed(change: Callable[[], None]) -> Answer:
    try:
        change()
    except statements.ConditionMissing:
        said = "There is a document already: fetch it, and send its ETag as `If-Match` if it shall be replaced (or `If-None-Match: *`)."
        raise Problem(409, "If-Match", said) from None
    except statements.ConditionFailed:
        said = "The document is not as `If-Match` or `If-None-Match` expects it; nothing was changed."
        raise Problem(412, "If-Match", said) from None
    except statements.NotMergeable:
        said = "Only JSON objects are merged: the document that is kept, or the content that was sent, is none (application/json)."
        raise Problem(400, "$", said) from None
    return EMPTY


def _place(request: Request, resource: Resource) -> Place:
    only(request, resource.names)
    shelf = _shelf(request, resource, is_change=True)
    return Place(shelf, _document_id(request, resource), uuid_of(request, "registration"))


def _document_id(request: Request, resource: Resource) -> str:
    text = required(request, resource.document)
    if len(text) > MOST_ID:
        raise Problem(400, resource.document, f"The parameter `{resource.document}` has {MOST_ID} characters at most.")
    return text


def _shelf(request: Request, resource: Resource, *, is_change: bool = False) -> Shelf:
    """Where the request's documents stand; raises 400 for what is missing and 403 for what is another's."""
    activity = agent = ""
    if resource.has_activity:
        required(request, "activityId")
        activity = iri_of(request, "activityId") or ""
    if resource.has_agent:
        agent = statements.identity(required_agent(request)) or ""
    _refuse_anothers(request, resource, agent, is_change=is_change)
    return Shelf(resource.kind, request.sender.provider_id, activity, agent)


def _refuse_anothers(request: Request, resource: Resource, agent: str, *, is_change: bool) -> None:
    """A launch keeps documents of its own teacher and registration, and only reads what an activity keeps for all."""
    sender = request.sender
    if not sender.keeps_documents:
        raise Problem(403, "Authorization", "This key may not keep documents.")
    if sender.teacher_id is None:
        return
    own = statements.identity(statements.site_agent(sender.account_name))
    if resource.has_agent and agent != own:
        raise Problem(403, "agent", "This launch is another agent's.")
    registration = uuid_of(request, "registration") if resource.has_registration else None
    if registration is not None and sender.registration is not None and registration != sender.registration:
        raise Problem(403, "registration", "This launch has another registration.")
    if not resource.has_agent and is_change:
        raise Problem(403, "activityId", "A launch may read an activity's profile, not change it.")


def _content(request: Request) -> Content:
    media_type = request.header("Content-Type") or DEFAULT_TYPE
    if len(media_type) > 200 or "/" not in media_type or not (media_type.isascii() and media_type.isprintable()):
        raise Problem(400, "Content-Type", "The header Content-Type names a media type.")
    content = Content(media_type, request.body(settings.DOCUMENT_LIMIT))
    if content.is_json:
        _refuse_unreadable(content.body)
    return content


def _refuse_unreadable(body: bytes) -> None:
    try:
        msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Problem(400, "$", "The content says that it is JSON, and it cannot be read as that.") from None


def _conditions(request: Request, *, asks: bool = False) -> Conditions:
    return Conditions(request.header("If-Match"), request.header("If-None-Match"), asks)
