"""Prompts that ask whether somebody is there: what answers one is known only to whom it was shown.

The answer is a keyed digest of the opening and the number of the prompt, so it can neither be made beforehand nor be used twice.
"""

from __future__ import annotations

import hmac

from xingtan.foundation.keys import store

from .tokens import PURPOSE


def nonce_of(session: str, number: int) -> str:
    """What answers this prompt of this opening, 32 hex digits."""
    ring = store.ring(PURPOSE)
    return _digest(ring[max(ring)], session, number)


def is_nonce_of(nonce: str, session: str, number: int) -> bool:
    """True when this answers that prompt; under any key of ours, for keys may change while a player is open."""
    return any(hmac.compare_digest(_digest(key, session, number), nonce) for key in store.ring(PURPOSE).values())


def _digest(key: bytes, session: str, number: int) -> str:
    return hmac.digest(key, f"presence {session} {number}".encode(), "sha256").hex()[:32]
