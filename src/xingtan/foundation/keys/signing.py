"""Ed25519 signatures with a key that lives outside the database."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from . import store


@lru_cache(maxsize=8)
def _private(version: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(store.ring("signing")[version])


def newest_version() -> int:
    """The version of the signing key that is used now."""
    return max(store.ring("signing"))


def sign(message: bytes, version: int | None = None) -> str:
    """The message's signature under the newest signing key (or the one that its reader knows), as text `k1.…`."""
    version = version or newest_version()
    return f"k{version}.{urlsafe_b64encode(_private(version).sign(message)).decode()}"


def public_key(version: int | None = None) -> Ed25519PublicKey:
    """The public half of a signing key (the newest unless a version is named), for anyone who checks."""
    return _private(version or max(store.ring("signing"))).public_key()


def verify_signature(message: bytes, signature: str) -> bool:
    """True when the signature was made over exactly this message with one of our keys."""
    version, _, text = signature.partition(".")
    try:
        public_key(int(version.removeprefix("k"))).verify(urlsafe_b64decode(text), message)
    except (InvalidSignature, ValueError, KeyError):
        return False
    return True
