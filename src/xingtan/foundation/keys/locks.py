"""A lock that two sides open together: what is closed with its public key opens with both halves and the site's own share, and not before.

    private key (X25519, 32 bytes) = half of one side ^ half of the other side ^ the site's share

No half is ever stored as it is. Each is sealed to the key pair of a holder, whose private key is closed under a passphrase that the
program draws, shows once and forgets. The site's share comes from a key ring outside the database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from . import store

PURPOSE = "locks"
MARK = b"XTLOCK1\n"
# Crockford's letters without those that a hand mistakes for one another: 5 bits each, 25 of them are 125 bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ROUND = 1 << 16


class WrongPassphrase(Exception):
    """The passphrase does not open this key."""


class Pair(NamedTuple):
    """A holder's key: the public part in hexadecimal, the private one closed under the passphrase, and that, shown once."""

    public: str
    closed: str
    passphrase: str


class Lock(NamedTuple):
    """A new lock: its public key in hexadecimal, the version of the site's share, and the two halves, to be sealed at once."""

    public: str
    version: int
    halves: tuple[bytes, bytes]


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()


def _public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def new_passphrase() -> str:
    """Five words of five letters, drawn at random: 125 bits, more than anybody tries out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(5))


def _stretched(passphrase: str, salt: bytes) -> bytes:
    plain = passphrase.upper().replace("-", "").replace(" ", "").replace("O", "0").replace("I", "1").replace("L", "1")
    return Scrypt(salt=salt, length=32, n=1 << 14, r=8, p=1).derive(plain.encode())


def new_pair(name: str) -> Pair:
    """A key pair for the holder with this name, closed under a passphrase that nobody else knows and that is kept nowhere."""
    passphrase, private, salt = new_passphrase(), secrets.token_bytes(32), secrets.token_bytes(16)
    closed = salt + AESGCM(_stretched(passphrase, salt)).encrypt(bytes(12), private, name.encode())
    return Pair(_public_of(private).hex(), _text(closed), passphrase)


def private_of(closed: str, passphrase: str, name: str) -> bytes:
    """The holder's private key; raises `WrongPassphrase`."""
    raw = urlsafe_b64decode(closed)
    try:
        return AESGCM(_stretched(passphrase, raw[:16])).decrypt(bytes(12), raw[16:], name.encode())
    except InvalidTag:
        raise WrongPassphrase from None


def _share(name: str, version: int) -> bytes:
    return hmac.digest(store.key(PURPOSE, version), b"lock\0" + name.encode(), "sha256")


def _xor(*parts: bytes) -> bytes:
    return bytes(a ^ b ^ c for a, b, c in zip(*parts, strict=True))


def new_lock(name: str) -> Lock:
    """A lock for what has this name; its private key existed for a moment and is nowhere."""
    version = store.newest(PURPOSE)
    halves = (secrets.token_bytes(32), secrets.token_bytes(32))
    return Lock(_public_of(_xor(*halves, _share(name, version))).hex(), version, halves)


def joined(name: str, version: int, one: bytes, other: bytes, public: str) -> bytes | None:
    """The lock's private key from both halves and the site's share; None where they do not make this lock's key."""
    private = _xor(one, other, _share(name, version))
    return private if hmac.compare_digest(_public_of(private).hex(), public) else None


def _cipher(shared: bytes, ephemeral: bytes, public: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=ephemeral + public, info=MARK).derive(shared))


def seal(public: str, content: bytes, name: str, *, is_rounded: bool = False) -> bytes:
    """The content as only the private key opens it, bound to the name; rounded up to 64 KiB where the size is to say little."""
    body = len(content).to_bytes(8) + content
    if is_rounded:
        body += bytes(-len(body) % ROUND)
    fresh, there = X25519PrivateKey.generate(), bytes.fromhex(public)
    ephemeral = fresh.public_key().public_bytes_raw()
    cipher = _cipher(fresh.exchange(X25519PublicKey.from_public_bytes(there)), ephemeral, there)
    return MARK + ephemeral + cipher.encrypt(bytes(12), body, name.encode())  # the key is used once, so the nonce may be fixed


def unseal(private: bytes, sealed: bytes, name: str) -> bytes:
    """The content again; raises `InvalidTag` when it was altered, belongs to another name or another key."""
    head = len(MARK)
    if not sealed.startswith(MARK):
        raise InvalidTag
    ephemeral, key = sealed[head : head + 32], X25519PrivateKey.from_private_bytes(private)
    cipher = _cipher(key.exchange(X25519PublicKey.from_public_bytes(ephemeral)), ephemeral, _public_of(private))
    body = cipher.decrypt(bytes(12), sealed[head + 32 :], name.encode())
    return body[8 : 8 + int.from_bytes(body[:8])]


def seal_half(public: str, half: bytes, name: str) -> str:
    """A half as text, sealed to its holder."""
    return _text(seal(public, half, name))


def unseal_half(private: bytes, text: str, name: str) -> bytes:
    """The half again."""
    return unseal(private, urlsafe_b64decode(text), name)


def commitment(secret: bytes, content: bytes) -> str:
    """A digest that says nothing of the content before the secret is known, and afterwards proves that it is this one."""
    return hashlib.sha256(secret + content).hexdigest()
