"""GET of `/xapi/statements` and of its `more` addresses."""

from __future__ import annotations

import secrets
from email.utils import formatdate
from typing import Any, NamedTuple
from uuid import UUID

from xingtan.domains.statements import api as statements
from xingtan.domains.statements.api import Row, Wanted

from .answers import MEDIA_JSON, Answer, Headers, Problem
from .headers import CONSISTENT
from .parameters import agent_of, iri_of, moment_of, only, refuse_reading, truth_of, uuid_of
from .requests import Request

PATH = "/xapi/statements"
MORE = f"{PATH}/more/"
MOST = 500
FORMATS = ("exact", "ids", "canonical")
FILTERS = frozenset(
    {"agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until", "limit", "ascending"}
) | {"format", "attachments"}
SINGLE = frozenset({"statementId", "voidedStatementId"})
WITH_SINGLE = frozenset({"format", "attachments"})
SIGNED = "more"


class Shape(NamedTuple):
    """How the statements are told."""

    format: str = "exact"
    with_attachments: bool = False


def get_statements(request: Request) -> Answer:
    """One statement, or a page of them (part three, 2.1.3; 4.1.6.1), with until when the store is consistent."""
    only(request, FILTERS | SINGLE)
    refuse_reading(request)
    shape = _shape(request)
    if SINGLE & request.query.keys():
        return _one(request, shape)
    return _page(request, _wanted(request), shape)


def get_more(request: Request) -> Answer:
    """The page that a `more` address names; the address holds what was asked for and how far it came."""
    only(request, ())
    refuse_reading(request)
    try:
        content = statements.opened(SIGNED, request.path.removeprefix(MORE))
        (agent, verb, activity, registration, *rest), shape = content
        wanted = Wanted(agent, verb, activity, UUID(registration) if registration else None, *rest)
    except (ValueError, TypeError):
        raise Problem(404, "", "This is no `more` address of this store.") from None
    return _page(request, wanted, Shape(*shape))


def _shape(request: Request) -> Shape:
    name = request.query.get("format", "exact")
    if name not in FORMATS:
        raise Problem(400, "format", "The parameter `format` is exact, ids or canonical.")
    return Shape(name, truth_of(request, "attachments"))


def _wanted(request: Request) -> Wanted:
    agent = agent_of(request, may_be_group=True)
    return Wanted(
        agent=statements.identity(agent) if agent else None,
        verb=iri_of(request, "verb"),
        activity=iri_of(request, "activity"),
        registration=uuid_of(request, "registration"),
        related_agents=truth_of(request, "related_agents"),
        related_activities=truth_of(request, "related_activities"),
        since=moment_of(request, "since"),
        until=moment_of(request, "until"),
        ascending=truth_of(request, "ascending"),
        limit=_limit(request),
    )


def _limit(request: Request) -> int:
    text = request.query.get("limit", "0")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Problem(400, "limit", "The parameter `limit` is a whole number; 0 stands for as many as the store gives.")
    return min(int(text) or MOST, MOST)


def _one(request: Request, shape: Shape) -> Answer:
    beside = request.query.keys() - WITH_SINGLE
    if len(beside) > 1:
        wrong = min(beside - {"statementId"})
        raise Problem(400, wrong, "With statementId or voidedStatementId only `format` and `attachments` may stand.")
    name = beside.pop()
    wanted = uuid_of(request, name)
    row = statements.find_statement(request.sender, wanted, is_voided=name == "voidedStatementId") if wanted else None
    if row is None:
        kind = "voided statement" if name == "voidedStatementId" else "statement"
        raise Problem(404, name, f"There is no {kind} with this id, or it is not yours to read.")
    told = _told(request, [row], shape)
    return _sent(request, told[0].encode(), [row], shape, _stored_headers(row.id))


def _page(request: Request, wanted: Wanted, shape: Shape) -> Answer:
    through, has_references = request.standing
    until = through if wanted.until is None else min(wanted.until, through)
    found = statements.find_statements(request.sender, wanted._replace(until=until), has_references=has_references)
    more = ""
    if found.following is not None:
        onward = statements.onward(wanted, found.following)
        kept = [str(value) if isinstance(value, UUID) else value for value in onward]
        more = MORE + statements.signed(SIGNED, [kept, shape])
    body = f'{{"statements":[{_together(request, found.rows, shape)}],"more":"{more}"}}'.encode()
    headers = _stored_headers(max(row.id for row in found.rows)) if found.rows else ()
    return _sent(request, body, found.rows, shape, headers)


def _together(request: Request, rows: list[Row], shape: Shape) -> str:
    """The statements as members of a JSON array; what every client may have as it was kept is looked through only once."""
    if shape.format == "exact":
        joined = ",".join([row.content for row in rows])
        if statements.is_for_all(joined, request.version):
            return joined
    return ",".join(_told(request, rows, shape))


def _told(request: Request, rows: list[Row], shape: Shape) -> list[str]:
    """Each statement as the request wants it; the exact format is the kept text itself."""
    if shape.format == "exact":
        return [statements.exact(row.content, request.version) for row in rows]
    whole = [statements.parsed(statements.exact(row.content, request.version)) for row in rows]
    if shape.format == "ids":
        return [statements.dumped(statements.only_ids(one)) for one in whole]
    languages = statements.accepted_languages(request.header("Accept-Language"))
    iris = {iri for one in whole for iri in statements.activities_in(one)}
    definitions = statements.definitions_of(request.sender.provider_id, iris)
    return [statements.dumped(statements.canonical(one, definitions, languages)) for one in whole]


def _stored_headers(stored_us: int) -> Headers:
    return (("Last-Modified", formatdate(stored_us // 1_000_000, usegmt=True)),)


def _sent(request: Request, body: bytes, rows: list[Row], shape: Shape, headers: Headers) -> Answer:
    if not shape.with_attachments:
        return Answer(200, body, MEDIA_JSON, headers)
    digests = {sha2 for row in rows for sha2 in _digests(statements.parsed(row.content))}
    boundary = secrets.token_hex(24)
    parts = [_part(boundary, body, (("Content-Type", MEDIA_JSON),))]
    for kept in statements.attachments_of(request.sender.provider_id, digests):
        about = (("Content-Type", kept.content_type), ("Content-Transfer-Encoding", "binary"), ("X-Experience-API-Hash", kept.sha2))
        parts.append(_part(boundary, bytes(kept.content), about))
    whole = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return Answer(200, whole, f"multipart/mixed; boundary={boundary}", headers)


def _part(boundary: str, content: bytes, headers: Headers) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"--{boundary}\r\n{head}\r\n".encode() + content + b"\r\n"


def _digests(statement: dict[str, Any]) -> list[str]:
    """What its attachments, and those of its sub-statement, are known by."""
    found = [one["sha2"].lower() for one in statement.get("attachments", ())]
    target = statement["object"]
    return found + (_digests(target) if target.get("objectType") == "SubStatement" else [])


def consistency(request: Request) -> Headers:
    """Until when every stored statement can be read; asked before anything is found, and nothing later is given in this answer.

    So a client that goes on from this moment misses nothing, whatever is being committed meanwhile.
    """
    request.standing = statements.consistent_through(request.sender.provider_id)
    return ((CONSISTENT, statements.stamp(request.standing.through)),)
