"""What statements are found by: 64-bit digests of agents, verbs and activities, so that every index is of whole numbers.

Two values with one key are possible and rarer than one in a million stores of ten million statements; a provider reads only its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from xingtan.core.xapi import VOIDED

# One letter keeps the four kinds apart; a small letter is what is merely related.
AGENT, RELATED_AGENT, VERB, ACTIVITY, RELATED_ACTIVITY = "A", "a", "V", "T", "t"
# Only short values are remembered: a sender may write a megabyte.
MOST_REMEMBERED = 256
IDENTIFIERS = ("account", "mbox", "mbox_sha1sum", "openid")


def key_of(kind: str, value: str) -> int:
    """The key of a value of this kind, a signed 64-bit number."""
    return _known_key(kind, value) if len(value) <= MOST_REMEMBERED else _key(kind, value)


def _key(kind: str, value: str) -> int:
    return int.from_bytes(blake2b(f"{kind}{value}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


_known_key = lru_cache(maxsize=65_536)(_key)


def identity(agent: Mapping[str, Any]) -> str | None:
    """The one inverse functional identifier of an agent or group as text; None for an anonymous group."""
    for name in IDENTIFIERS:
        if name in agent:
            value = agent[name]
            return f"account\n{value['homePage']}\n{value['name']}" if name == "account" else f"{name}\n{value}"
    return None


VOIDED_KEY = key_of(VERB, VOIDED)
