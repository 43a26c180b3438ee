"""A kit's chain as it travels: blocks, and parcels of them under a signed head. No Django here."""

from __future__ import annotations

import itertools
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from xingtan.foundation.ledger.digests import EMPTY, block_digest, canonical, line_digest, merkle_root

BOOK = "kits_kitline"
MOST_BLOCKS = 500
Line = dict[str, Any]


class Wrong(ValueError):
    """A parcel that cannot be believed; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Piece(NamedTuple):
    """A block with its lines: each line a source (once in a kit) and what it says."""

    height: int
    previous: str
    digest: str
    posted_at: str
    lines: tuple[tuple[str, Line], ...]

    def told(self) -> dict[str, Any]:
        """The block as JSON carries it."""
        return {**self._asdict(), "lines": [list(line) for line in self.lines]}


def chain_name(kit: str) -> str:
    """The name of a kit's own book."""
    return f"kit:{kit}"


def piece_from(told: Mapping[str, Any]) -> Piece:
    """The block that JSON tells of; raises `Wrong` when it is none."""
    try:
        lines = tuple((str(source), dict(body)) for source, body in told["lines"])
        piece = Piece(int(told["height"]), str(told["previous"]), str(told["digest"]), str(told["posted_at"]), lines)
    except (KeyError, TypeError, ValueError):
        raise Wrong("kit_parcel_unreadable") from None
    if not lines or piece.height < 1:
        raise Wrong("kit_parcel_unreadable")
    return piece


def content_of(source: str, body: Mapping[str, Any]) -> Mapping[str, object]:
    """What a line's digest covers."""
    return {"source": source, "body": body}


def digest_of(kit: str, piece: Piece) -> str:
    """The digest that a block of this kit with these lines has, as `foundation.ledger` posts it."""
    root = merkle_root([line_digest(content_of(source, body)) for source, body in piece.lines])
    return block_digest(
        {
            "chain": chain_name(kit),
            "height": piece.height,
            "book": BOOK,
            "previous": piece.previous,
            "root": root,
            "lines": len(piece.lines),
            "posted_at": piece.posted_at,
            "account": None,
        }
    )


def _head(kit: str, at: int, pieces: Sequence[Piece], head: Mapping[str, Any]) -> bytes:
    first = pieces[0].height if pieces else 0
    return canonical({"kit": kit, "at": at, "from": first, "blocks": len(pieces), "head": dict(head)}).encode()


def parcel(kit: str, pieces: Sequence[Piece], head: tuple[int, str], at: int, key: Ed25519PrivateKey) -> dict[str, Any]:
    """Blocks in a row, or none, under the kit's signed head; `head` is the last block's height and digest, or the chain's when there are none."""
    told = {"height": head[0], "digest": head[1]}
    signature = b64encode(key.sign(_head(kit, at, pieces, told))).decode()
    return {"kit": kit, "at": at, "head": told, "blocks": [piece.told() for piece in pieces], "signature": signature}


def opened(told: Mapping[str, Any], public_key: str) -> list[Piece]:
    """The parcel's blocks, each with the digest it must have, in a row up to the head that the kit signed; raises `Wrong`."""
    try:
        kit, at, head = str(told["kit"]), int(told["at"]), {"height": int(told["head"]["height"]), "digest": str(told["head"]["digest"])}
        pieces = [piece_from(one) for one in told["blocks"]]
        signature = b64decode(told["signature"])
    except (KeyError, TypeError, ValueError):
        raise Wrong("kit_parcel_unreadable") from None
    if len(pieces) > MOST_BLOCKS:
        raise Wrong("kit_parcel_too_big")
    if not is_signed(_head(kit, at, pieces, head), signature, public_key):
        raise Wrong("kit_signature_wrong")
    if pieces and (pieces[-1].height, pieces[-1].digest) != (head["height"], head["digest"]):
        raise Wrong("kit_chain_broken")
    if any(piece.digest != digest_of(kit, piece) for piece in pieces):
        raise Wrong("kit_chain_broken")
    if any((after.height, after.previous) != (one.height + 1, one.digest) for one, after in itertools.pairwise(pieces)):
        raise Wrong("kit_chain_broken")
    if pieces and (pieces[0].height == 1) != (pieces[0].previous == EMPTY):
        raise Wrong("kit_chain_broken")
    return pieces


def is_signed(message: bytes, signature: bytes, public_key: str) -> bool:
    """True when the holder of this key (base64 of its 32 bytes) signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(public_key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
