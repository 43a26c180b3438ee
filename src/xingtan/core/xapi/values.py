"""The standard's simple values: identifiers, texts, times, numbers. Each check answers nothing, or raises `Malformed`.

Clause numbers are those of xAPI 1.0.3, part two; version 2.0 (IEEE 9274.1.1) keeps the same types in its clause 4.2.7.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from .malformed import Json, expected
from .moments import RFC_3339, instant

Check: TypeAlias = Callable[[Any], None]
# A sender may write a megabyte where an identifier is expected; what is remembered must not grow by that.
MOST_REMEMBERED = 256

IRI = re.compile(
    r"""(?:https?://[^\x00-\x20<>"{}|\\^`\x7f-\x9f/?#]|(?!https?:)[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\x7f-\x9f])[^\x00-\x20<>"{}|\\^`\x7f-\x9f]*"""
).fullmatch
UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}").fullmatch
MAIL = re.compile(r"""mailto:[^\x00-\x20<>@\x7f]+@[^\x00-\x20<>@"(),:;\\\x7f]+""").fullmatch
SHA1 = re.compile(r"[0-9a-fA-F]{40}").fullmatch
SHA2 = re.compile(r"(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})").fullmatch
MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+*-]+(?:\s*;[^\x00-\x1f\x7f]*)?", re.ASCII).fullmatch
NUMBER = r"\d+(?:[.,]\d+)?"
DURATION = re.compile(
    rf"(?!.*[.,]\d+[A-Z].)P(?:{NUMBER}W|(?=\d|T\d)(?:{NUMBER}Y)?(?:{NUMBER}M)?(?:{NUMBER}D)?"
    rf"(?:T(?=\d)(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?)",
    re.ASCII,
).fullmatch
LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-[a-wy-z\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?|x(?:-[a-z\d]{1,8})+"
    r"|i-[a-z\d]{3,8}|en-gb-oed|sgn-be-fr|sgn-be-nl|sgn-ch-de",
    re.IGNORECASE | re.ASCII,
).fullmatch


def text(value: Json) -> None:
    """A string (2.2)."""
    if type(value) is not str:
        expected("text", value)


def truth(value: Json) -> None:
    """`true` or `false`, not a text of it (2.2)."""
    if type(value) is not bool:
        expected("true or false", value)


def iri(value: Json) -> None:
    """An IRI or IRL with its scheme (2.2, 4.3)."""
    if type(value) is not str or not is_iri(value):
        expected("an IRI with a scheme", value)


def is_iri(value: str) -> bool:
    """True for an absolute IRI; the same few identifiers come over and over, and only short ones are remembered."""
    return _known_iri(value) if len(value) <= MOST_REMEMBERED else IRI(value) is not None


@lru_cache(maxsize=16_384)
def _known_iri(value: str) -> bool:
    return IRI(value) is not None


def uuid(value: Json) -> None:
    """A UUID in its standard text form (4.4)."""
    if type(value) is not str or UUID(value) is None:
        expected("a UUID", value)


def mail(value: Json) -> None:
    """A `mailto:` IRI (2.4.2.3)."""
    if type(value) is not str or MAIL(value) is None:
        expected("mailto: and an email address", value)


def sha1(value: Json) -> None:
    """A SHA-1 digest in hex (2.4.2.3)."""
    if type(value) is not str or SHA1(value) is None:
        expected("40 hexadecimal digits", value)


def sha2(value: Json) -> None:
    """A SHA-2 digest in hex, of any of its lengths (2.4.11)."""
    if type(value) is not str or SHA2(value) is None:
        expected("a SHA-2 digest in hexadecimal digits", value)


def media_type(value: Json) -> None:
    """An Internet media type (2.4.11)."""
    if type(value) is not str or MEDIA_TYPE(value) is None:
        expected("a media type", value)


def duration(value: Json) -> None:
    """An ISO 8601 duration with designators; weeks stand alone, only the last part has a fraction (4.6)."""
    if type(value) is not str or DURATION(value) is None:
        expected("an ISO 8601 duration", value)


def timestamp(value: Json) -> None:
    """An ISO 8601 time; version 1.0.3 only recommends a zone and RFC 3339 (4.5)."""
    if type(value) is not str or instant(value) is None:
        expected("an ISO 8601 timestamp", value)


def timestamp_v2(value: Json) -> None:
    """An RFC 3339 time with its zone, as version 2.0 demands (4.2.7)."""
    if type(value) is not str or RFC_3339(value) is None or instant(value) is None:
        expected("an RFC 3339 timestamp with a time zone", value)


def language(value: Json) -> None:
    """A language tag (RFC 5646; 4.2)."""
    if type(value) is not str or not is_language(value):
        expected("a language tag", value)


def is_language(value: str) -> bool:
    """True for a well-formed language tag."""
    return _known_language(value) if len(value) <= MOST_REMEMBERED else LANGUAGE(value) is not None


@lru_cache(maxsize=1024)
def _known_language(value: str) -> bool:
    return LANGUAGE(value) is not None


def number(value: Json) -> None:
    """A decimal number (2.4.5.1); numbers are read exactly, never as floats."""
    if type(value) is not int and type(value) is not Decimal:
        expected("a number", value)


def size(value: Json) -> None:
    """A whole number of octets (2.4.11)."""
    if type(value) is not int or value < 0:
        expected("a whole number from 0", value)


def one_of(*words: str) -> Check:
    """A check for one of these words, in exactly this case (2.2)."""
    said = words[0] if len(words) == 1 else f"one of {', '.join(words)}"
    known = frozenset(words)

    def check(value: Json) -> None:
        if type(value) is not str or value not in known:
            expected(said, value)

    return check
