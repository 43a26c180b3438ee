"""From a request's body to checked statements and attachments; limits and multipart (communication 1.5) are here."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from .malformed import Json, Malformed
from .refusals import NotTaken, malformed
from .statement import STATEMENTS
from .tidying import tidied
from .values import MEDIA_TYPE, Check, uuid
from .versions import Version

MOST_JSON = 4 * 1024 * 1024
MOST_BODY = 20 * 1024 * 1024
MOST_STATEMENTS = 1_000
MOST_ATTACHMENT = 10 * 1024 * 1024
MOST_PARTS = 100
MOST_TYPE = 200

# Numbers are kept as they were written, so that none loses a digit.
DECODER = msgspec.json.Decoder(float_hook=Decimal)
ENCODER = msgspec.json.Encoder(decimal_format="number")
BOUNDARY = re.compile(r"""multipart/mixed\s*;.*?\bboundary=(?:"([^"\r\n]{1,70})"|([^\s;"\r\n]{1,70}))""", re.IGNORECASE)
JSON = re.compile(r"application/json\s*(?:;.*)?", re.IGNORECASE)
DIGESTS = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}


class Part(NamedTuple):
    """An attachment's bytes as they came."""

    content_type: str
    content: bytes


class Read(NamedTuple):
    """A request's statements, checked and tidied, and its attachments by digest."""

    statements: list[dict[str, Any]]
    attachments: dict[str, Part]


def read(version: Version, content_type: str, body: bytes, *, single: bool) -> Read:
    """What the body brings; raises `NotTaken` with the field that does not follow the standard."""
    text: bytes = body
    parts: dict[str, Part] = {}
    if content_type.lower().startswith("multipart/mixed"):
        text, parts = _parted(content_type, body)
    elif not JSON.fullmatch(content_type):
        raise NotTaken(400, "content_type", "expected application/json or multipart/mixed")
    statements = _statements(version, text, single=single)
    _match(statements, parts)
    return Read(statements, parts)


def _statements(version: Version, text: bytes, *, single: bool) -> list[dict[str, Any]]:
    given = _decoded(text)
    if type(given) is list and single:
        raise NotTaken(400, "malformed", "expected one statement", "$")
    if type(given) is list and len(given) > MOST_STATEMENTS:
        raise NotTaken(413, "too_many", f"a request ends at {MOST_STATEMENTS} statements")
    check = STATEMENTS[version]
    try:
        if type(given) is not list:
            check(given)
            return [tidied(given, version)]
        for place, one in enumerate(given):
            _check_under(place, one, check)
    except Malformed as wrong:
        raise malformed(wrong) from None
    _once_each(given)
    return [tidied(one, version) for one in given]


def _check_under(place: int, statement: Json, check: Check) -> None:
    try:
        check(statement)
    except Malformed as wrong:
        raise wrong.under(place) from None


def _decoded(text: bytes) -> Json:
    if len(text) > MOST_JSON:
        raise NotTaken(413, "too_large", f"statements end at {MOST_JSON} bytes")
    try:
        return DECODER.decode(text)
    except msgspec.DecodeError as wrong:
        raise NotTaken(400, "not_json", f"expected JSON: {wrong}", "$") from None
    except RecursionError:
        raise NotTaken(400, "too_deep", "nested too deeply", "$") from None
    except (ValueError, ArithmeticError):
        raise NotTaken(400, "not_json", "expected JSON with numbers of a sensible size", "$") from None


def _once_each(statements: list[dict[str, Any]]) -> None:
    """No two statements of a request have one id."""
    seen: set[str] = set()
    for place, one in enumerate(statements):
        given = one.get("id", "").lower()
        if given and given in seen:
            raise NotTaken(400, "id_twice", "another statement of this request has this id", f"$[{place}].id")
        seen.add(given)


def id_of_put(statement: dict[str, Any], given: str | None) -> None:
    """The statement has the id that the request names (communication 2.1.1)."""
    try:
        uuid(given)
    except Malformed as wrong:
        raise NotTaken(400, "malformed", wrong.why, "statementId") from None
    if str(statement.setdefault("id", given)).lower() != str(given).lower():
        raise NotTaken(400, "malformed", "expected the id that statementId names", "$.id")


def _parted(content_type: str, body: bytes) -> tuple[bytes, dict[str, Part]]:
    """The statements' text and the attachments; every part after the first is an attachment with its digest."""
    found = BOUNDARY.match(content_type)
    if not found:
        raise NotTaken(400, "multipart", "expected a boundary in Content-Type")
    parts = list(_parts((found[1] or found[2]).encode(), body))
    if not parts or not JSON.fullmatch(parts[0][0].get("content-type", "")):
        raise NotTaken(400, "multipart", "expected application/json in the first part")
    attachments: dict[str, Part] = {}
    for place, (headers, content) in enumerate(parts[1:], start=2):
        kind = headers.get("content-type", "")
        is_known = len(kind) <= MOST_TYPE and MEDIA_TYPE(kind)
        attachments[_digest(headers, content, place)] = Part(kind if is_known else "application/octet-stream", content)
    return parts[0][1], attachments


def _parts(boundary: bytes, body: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    """Headers and content of each part (RFC 2046, 5.1)."""
    mark = b"\r\n--" + boundary
    pieces = (b"\r\n" + body).split(mark)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise NotTaken(400, "multipart", "expected parts that begin and end with the boundary")
    if len(pieces) - 2 > MOST_PARTS:
        raise NotTaken(413, "too_many", f"a request ends at {MOST_PARTS} parts")
    for piece in pieces[1:-1]:
        head, gap, content = piece.lstrip(b" \t").partition(b"\r\n\r\n")
        if not gap or not head.startswith(b"\r\n"):
            raise NotTaken(400, "multipart", "expected headers, an empty line and content in every part")
        lines = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
        yield {name.strip().lower(): value.strip() for name, _, value in lines}, content


def _digest(headers: Mapping[str, str], content: bytes, place: int) -> str:
    """The part's digest, which is what its header says."""
    said = headers.get("x-experience-api-hash", "").lower()
    if headers.get("content-transfer-encoding", "").lower() != "binary":
        raise NotTaken(400, "multipart", f"part {place}: expected Content-Transfer-Encoding: binary")
    if len(said) not in DIGESTS:
        raise NotTaken(400, "multipart", f"part {place}: expected X-Experience-API-Hash with a SHA-2 digest")
    if len(content) > MOST_ATTACHMENT:
        raise NotTaken(413, "too_large", f"part {place}: an attachment ends at {MOST_ATTACHMENT} bytes")
    if not hmac.compare_digest(DIGESTS[len(said)](content).hexdigest().encode(), said.encode("utf-8")):
        raise NotTaken(400, "multipart", f"part {place}: its content has not the digest that X-Experience-API-Hash says")
    return said


def _match(statements: list[dict[str, Any]], parts: Mapping[str, Part]) -> None:
    """Every attachment without an address has its part, and every part belongs to an attachment (communication 1.5.2)."""
    named: set[str] = set()
    for place, statement in enumerate(statements):
        for number, one in enumerate(_attachments(statement)):
            part, path = parts.get(one["sha2"].lower()), f"$[{place}].attachments[{number}]"
            if part is None and "fileUrl" not in one:
                raise NotTaken(400, "attachment_missing", "neither fileUrl nor a part with this digest", f"{path}.sha2")
            if part is not None and one["length"] != len(part.content):
                raise NotTaken(400, "malformed", "the part with this digest has another length", f"{path}.length")
            named.add(one["sha2"].lower())
    if parts.keys() - named:
        raise NotTaken(400, "multipart", "a part is no statement's attachment")


def _attachments(statement: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The statement's attachments and its SubStatement's."""
    within: list[dict[str, Any]] = statement["object"].get("attachments", [])
    return [*statement.get("attachments", []), *within]
