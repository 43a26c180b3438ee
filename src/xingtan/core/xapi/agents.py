"""Agents and groups (2.4.2): who, by exactly one identifier."""

from __future__ import annotations

from .malformed import Json, Malformed
from .shapes import by_type, list_of, shape
from .values import iri, mail, one_of, sha1, text

ACCOUNT = shape({"homePage": iri, "name": text}, ("homePage", "name"))
IDENTIFIERS = {"mbox": mail, "mbox_sha1sum": sha1, "openid": iri, "account": ACCOUNT}


def _count(value: Json) -> int:
    return ("mbox" in value) + ("account" in value) + ("openid" in value) + ("mbox_sha1sum" in value)


def one_identifier(value: Json) -> None:
    """An Agent has exactly one inverse functional identifier (2.4.2.1)."""
    if _count(value) != 1:
        raise Malformed("expected exactly one of mbox, mbox_sha1sum, openid, account")


def one_identifier_or_members(value: Json) -> None:
    """A Group has one identifier, or none and its members (2.4.2.2)."""
    count = _count(value)
    if count > 1:
        raise Malformed("expected at most one of mbox, mbox_sha1sum, openid, account")
    if count == 0 and not value.get("member"):
        raise Malformed("required: an anonymous group lists its members").under("member")


def application_and_user(value: Json) -> None:
    """An authority that is a group is anonymous and has two agents (2.4.9)."""
    if _count(value) or len(value["member"]) != 2:
        raise Malformed("expected an Agent, or a Group of an application and a user")


AGENT = shape({"objectType": one_of("Agent"), "name": text} | IDENTIFIERS, (), one_identifier)
MEMBERS = list_of(by_type({"Agent": AGENT}, "Agent"))
OF_SEVERAL = {"objectType": one_of("Group"), "name": text, "member": MEMBERS} | IDENTIFIERS
XAPI_GROUP = shape(OF_SEVERAL, ("objectType",), one_identifier_or_members)
ACTOR = by_type({"Agent": AGENT, "Group": XAPI_GROUP}, "Agent")
AUTHORITY = by_type({"Agent": AGENT, "Group": shape(OF_SEVERAL, ("objectType", "member"), application_and_user)}, "Agent")
