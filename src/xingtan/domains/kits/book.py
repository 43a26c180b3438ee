"""A kit's own book, on the laptop: every act is a line in a block of its chain, durable when it is answered; and what the lines say now."""

from __future__ import annotations

import json
import time
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.contrib.auth.hashers import check_password

from xingtan.core.learned_time.together import Time
from xingtan.foundation.db import uuid7
from xingtan.foundation.files.store import place_of
from xingtan.foundation.ledger.digests import EMPTY, canonical, moment
from xingtan.foundation.ledger.models import Block, Chain
from xingtan.foundation.ledger.post import check_chain, post
from xingtan.foundation.refusal import Refused

from .chain import BOOK, MOST_BLOCKS, Piece, chain_name, is_signed, parcel
from .models import KitLine
from .reading import BACK_SLACK_S, CLOCK_SLACK_S, Arrived, Frame, Reading, read_lines
from .states import What

EARLY_S = 15 * 60  # the leader may open a session a quarter of an hour before its time: people come; nothing counts before it


@dataclass(frozen=True)
class Kit:
    """A kit's folder: what the centre signed, the kit's own key, and its book in this home's database."""

    folder: Path

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What the centre signed; `Refused` when the file is not there or is not what was signed."""
        try:
            told = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
            body, signature = told["manifest"], b64decode(told["signature"].partition(".")[2], altchars=b"-_")
        except (OSError, ValueError, KeyError, AttributeError):
            raise Refused("kit_folder_unreadable") from None
        if not is_signed(canonical(body).encode(), signature, str(body.get("centre_key", ""))):
            raise Refused("kit_manifest_altered")
        return dict(body)

    @cached_property
    def uuid(self) -> str:
        """The kit's id."""
        return str(self.manifest["kit"])

    @cached_property
    def key(self) -> Ed25519PrivateKey:
        """The kit's private key, which is nowhere else."""
        found = load_pem_private_key((self.folder / "home" / "keys" / "kit.pem").read_bytes(), None)
        if not isinstance(found, Ed25519PrivateKey):
            raise Refused("kit_folder_unreadable")
        return found

    @cached_property
    def people(self) -> dict[str, dict[str, Any]]:
        """The people by id, in the manifest's order."""
        return {one["id"]: one for one in self.manifest["people"]}

    @cached_property
    def units(self) -> dict[str, dict[str, Any]]:
        """The units by id, their course beside each."""
        return {unit["id"]: {**unit, "course": course} for course in self.manifest["courses"] for unit in course["units"]}

    @cached_property
    def times(self) -> list[Time]:
        """The fixed times in order."""
        return [Time(*row) for row in self.manifest["times"]]

    @cached_property
    def frame(self) -> Frame:
        """What bounds the lines, as far as the laptop knows; a unit's number is its place."""
        units = {pid: (place, one["length_s"]) for place, (pid, one) in enumerate(self.units.items())}
        members = {pid: (one["from"], one["until"]) for pid, one in self.people.items()}
        return Frame(self.manifest["made_at"], self.manifest["expires_at"], units, members)

    def unit_at(self, place: int) -> dict[str, Any]:
        """The unit with this number of the frame."""
        return list(self.units.values())[place]

    def file(self, sha256: str) -> Path:
        """Where a file's bytes are."""
        return self.folder / "home" / "files" / place_of(sha256)

    # -- the book

    def lines(self) -> list[KitLine]:
        """Every line in the order of the chain."""
        return list(KitLine.objects.order_by("block__height", "place"))

    def reading(self) -> Reading:
        """What all lines say, as the centre will read them."""
        return read_lines(self.frame, (Arrived(one.source, one.body) for one in self.lines()))

    def write(self, what: What, *, source: str = "", at: int | None = None, **said: Any) -> KitLine | None:  # noqa: ANN401 -- what JSON holds
        """The line stands in a block of its own, on the disk; the same source again changes nothing and answers None."""
        moment_s = int(time.time()) if at is None else at
        self.refuse_clock(moment_s)
        source = source or str(uuid7())
        body = {"what": what.value, "at": moment_s, **said}
        line = KitLine(source=source, what=what.value, session=str(said.get("session", "")), at=moment_s, body=body)
        posted = post(chain_name(self.uuid), [line], account_id=None, now=datetime.fromtimestamp(moment_s, UTC))
        return posted[0] if posted else None

    def refuse_clock(self, now: int) -> None:
        """Nothing changed; `Refused` when the laptop's clock cannot be right: before the kit was made or its last line, or after its end."""
        shown = datetime.fromtimestamp(now, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        last = KitLine.objects.order_by("-block__height").values_list("at", flat=True).first() or 0
        if now < self.manifest["made_at"] - CLOCK_SLACK_S or now < last - BACK_SLACK_S:
            raise Refused("kit_clock_behind", shown=shown)
        if now > self.manifest["expires_at"]:
            raise Refused("kit_expired", shown=shown)

    def time_now(self, now: int) -> Time | None:
        """The fixed time in which the moment lies, or that begins within a quarter of an hour."""
        return next((one for one in self.times if one.start - EARLY_S <= now < one.end), None)

    def knows(self, person: str, pin: str) -> bool:
        """True when this is the person's code."""
        one = self.people.get(person)
        return one is not None and check_password(pin.strip(), one["pin"])

    # -- carrying

    def head(self) -> tuple[int, str]:
        """Height and digest of the newest block."""
        return Chain.objects.filter(name=chain_name(self.uuid)).values_list("height", "head").first() or (0, EMPTY)

    def pieces(self, above: int = 0) -> Iterator[list[Piece]]:
        """The blocks above a height, in portions that fit a parcel."""
        portion: list[Piece] = []
        for block in Block.objects.filter(chain__name=chain_name(self.uuid), height__gt=above).order_by("height"):
            rows = KitLine.objects.filter(block=block).order_by("place").values_list("source", "body")
            portion.append(Piece(block.height, block.previous, block.digest, moment(block.posted_at), tuple((s, b) for s, b in rows)))
            if len(portion) == MOST_BLOCKS:
                yield portion
                portion = []
        if portion:
            yield portion

    def parcels(self, above: int = 0) -> Iterator[dict[str, Any]]:
        """The same as signed parcels."""
        for portion in self.pieces(above):
            yield parcel(self.uuid, portion, (portion[-1].height, portion[-1].digest), int(time.time()), self.key)

    def asking(self) -> dict[str, Any]:
        """A parcel without blocks: what does the centre have?"""
        return parcel(self.uuid, [], self.head(), int(time.time()), self.key)

    def follows(self, height: int, digest: str) -> bool:
        """True when the block of this height in the own chain is the one the centre names."""
        return height == 0 or Block.objects.filter(chain__name=chain_name(self.uuid), height=height, digest=digest).exists()

    def keep_acknowledgement(self, told: Mapping[str, Any]) -> bool:
        """The centre's answer is kept beside the manifest when it is signed by the centre; False otherwise."""
        body = {name: value for name, value in told.items() if name != "signature"}
        signature = b64decode(str(told.get("signature", "")).partition(".")[2], altchars=b"-_")
        if told.get("kit") != self.uuid or not is_signed(canonical(body).encode(), signature, str(self.manifest["centre_key"])):
            return False
        fresh = self.folder / "acknowledged.new"
        fresh.write_text(json.dumps(told), encoding="utf-8")
        fresh.replace(self.folder / "acknowledged.json")
        return True

    def acknowledged(self) -> Mapping[str, Any]:
        """The centre's latest answer; empty when there was none."""
        try:
            found = json.loads((self.folder / "acknowledged.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return dict(found)

    def faults(self) -> list[str]:
        """What is wrong with the folder: files that are not what was signed, blocks or lines that were altered; empty when all is well."""
        chain = Chain.objects.filter(name=chain_name(self.uuid)).first()
        found = [f"{one.height}: {one.what}" for one in check_chain(chain, {BOOK: KitLine})] if chain else []
        return [*self._file_faults(), *found]

    def _file_faults(self) -> Iterator[str]:
        for unit in self.units.values():
            for told in filter(None, (unit["file"], unit["captions"])):
                place = self.file(told["sha256"])
                if unit["kind"] in ("video", "document") and (not place.exists() or place.stat().st_size != told["size"]):
                    yield f"{unit['title']}: {told['name']}"
