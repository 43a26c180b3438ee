"""Checks of objects and lists from tables: which properties there are, which must be there, what else holds between them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NoReturn

from .malformed import Json, Malformed, expected
from .values import Check, is_iri, is_language

MOST_DEPTH = 64


def shape(properties: Mapping[str, Check], required: Collection[str] = (), *rules: Check) -> Check:
    """A check of an object with only these properties (2.2: additional ones are refused), these of them required, and the rules kept."""
    known: dict[str, Check] = dict(properties)
    needed = tuple(required)

    def check(value: Json) -> None:
        if type(value) is not dict:
            expected("an object", value)
        name = ""
        try:
            for name, one in value.items():
                known.get(name, unknown)(one)
        except Malformed as wrong:
            raise wrong.under(name) from None
        for name in needed:
            if name not in value:
                raise Malformed("required").under(name)
        for rule in rules:
            rule(value)

    return check


def unknown(_value: Json) -> NoReturn:
    """Never returns: a property that the standard does not know is refused (2.2)."""
    raise Malformed("not a property of the standard")


def list_of(check_one: Check, least: int = 0) -> Check:
    """A check of an array of such values, at least so many."""

    def check(value: Json) -> None:
        if type(value) is not list:
            expected("an array", value)
        if len(value) < least:
            raise Malformed(f"expected at least {least}")
        for place, one in enumerate(value):
            try:
                check_one(one)
            except Malformed as wrong:
                raise wrong.under(place) from None

    return check


def by_type(shapes: Mapping[str, Check], default: str | None = None) -> Check:
    """A check chosen by `objectType`, whose case counts (2.2); without one, the default's."""
    known = dict(shapes)
    words = ", ".join(known)

    def check(value: Json) -> None:
        if type(value) is not dict:
            expected("an object", value)
        kind = value.get("objectType", default)
        if kind is None:
            raise Malformed("required").under("objectType")
        test = known.get(kind) if type(kind) is str else None
        if test is None:
            raise Malformed(f"expected one of {words}").under("objectType")
        test(value)

    return check


def language_map(value: Json) -> None:
    """Texts by language tag (4.2)."""
    if type(value) is not dict:
        expected("an object of texts by language", value)
    for tag, said in value.items():
        if not is_language(tag):
            raise Malformed("expected a language tag as the name").under(tag)
        if type(said) is not str:
            raise Malformed("expected text").under(tag)


def extensions(value: Json) -> None:
    """Any values under IRIs (4.1); here alone null is allowed (2.2), and here alone the depth must be bounded."""
    if type(value) is not dict:
        expected("an object of values by IRI", value)
    for name, one in value.items():
        if not is_iri(name):
            raise Malformed("expected an IRI as the name").under(name)
        if (type(one) is dict or type(one) is list) and _is_deeper(one, MOST_DEPTH):
            raise Malformed(f"nested deeper than {MOST_DEPTH}").under(name)


def _is_deeper(value: Json, levels: int) -> bool:
    if type(value) is not dict and type(value) is not list:
        return False
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in (value.values() if type(value) is dict else value))
