"""The heads of all chains, signed with a key outside the database and kept as files outside it: the past cannot be rewritten quietly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from xingtan.foundation.keys.signing import sign, verify_signature

from .digests import EMPTY
from .models import Block, Chain
from .post import Fault

NO_FILE = "heads"


def heads_folder() -> Path:
    """Where the signed heads are kept; made when it is not there."""
    folder = Path(settings.HOME) / "heads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _message(body: object) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign_heads(now: datetime) -> Path:
    """A new file names the height and digest of every chain at this moment, with our signature; returns where it is."""
    heads = {name: [height, head] for name, height, head in Chain.objects.order_by("name").values_list("name", "height", "head")}
    body = {"at": now.isoformat(), "heads": heads}
    path = heads_folder() / f"{now:%Y%m%dT%H%M%S}.json"
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({**body, "signature": sign(_message(body))}, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)
    return path


def _read(path: Path) -> tuple[dict[str, tuple[int, str]], bool]:
    """The heads that a file names, and whether its signature is ours."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        signature = told.pop("signature")
        heads = {name: (int(height), str(head)) for name, (height, head) in told["heads"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}, False
    return heads, verify_signature(_message(told), signature)


def check_heads() -> Iterator[Fault]:
    """Every signed file that is not ours any more, and every chain that no longer holds the block a file names; nothing when all agree."""
    for path in sorted(heads_folder().glob("*.json")):
        heads, is_ours = _read(path)
        if not is_ours:
            yield Fault(NO_FILE, 0, f"{path.name} does not carry our signature")
            continue
        named = {(name, height): head for name, (height, head) in heads.items() if head != EMPTY}
        kept = Block.objects.filter(height__in={height for _, height in named}, chain__name__in={name for name, _ in named})
        found = {(name, height): digest for name, height, digest in kept.values_list("chain__name", "height", "digest")}
        for (name, height), head in named.items():
            if found.get((name, height)) != head:
                yield Fault(name, height, f"is not the block that {path.name} names")
