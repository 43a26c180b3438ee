"""RSA keys that sign what other sites learn of an account; files beside the other keys, never in the database."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from xingtan.foundation.keys.store import keys_folder

BITS = 3072
# An older key is still published until every token that it signed has ended.
PUBLISHED = timedelta(days=2)


def _places() -> list[Path]:
    return sorted(keys_folder().glob("tokens-*.pem"), key=lambda place: int(place.stem.partition("-")[2]))


@lru_cache(maxsize=8)
def _read(place: Path) -> str:
    return place.read_text(encoding="ascii")


def token_keys(*, now: datetime) -> list[str]:
    """The private keys as PEM, the newest last, made when there is none; older ones than two days before the newest are left out."""
    if not _places():
        add_token_key()
    places = _places()
    until = [datetime.fromtimestamp(after.stat().st_mtime, UTC) + PUBLISHED for after in places[1:]]
    return [_read(place) for place, last in zip(places, [*until, datetime.max.replace(tzinfo=UTC)], strict=True) if last > now]


def add_token_key() -> int:
    """A new key signs from now on; returns its version. Whoever makes the same version at once finds the first one's."""
    version = max((int(place.stem.partition("-")[2]) for place in _places()), default=0) + 1
    made = generate_private_key(65537, BITS).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    fresh = keys_folder() / f"tokens-fresh.{os.getpid()}-{os.urandom(4).hex()}"
    fresh.touch(mode=0o600)
    fresh.write_bytes(made)
    with suppress(FileExistsError):
        os.link(fresh, keys_folder() / f"tokens-{version}.pem")
    fresh.unlink()
    return version
