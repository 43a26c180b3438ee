"""The proof of learned hours: rules, openings and beats in one signed file, counted anew by whoever reads it, without the site.

What one beat counts depends on what the same teacher did elsewhere at that time (two players at once count once; a day has its cap). So the
file holds every unit that shares a day with the proved one, and those that share a day with them, until nothing outside could matter.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from xingtan.core.calendar import ordinal_of
from xingtan.core.learned_time import step as text
from xingtan.core.learned_time.intervals import Intervals, length, merge
from xingtan.core.learned_time.replay import Judged, Opened, replayed
from xingtan.core.learned_time.states import Beat
from xingtan.core.learned_time.step import ACTIVE, PRESENT, VISIBLE, BeatRules

FORMAT: Final = "xingtan-proof/1"
LIVES_S: Final = 48 * 3600  # so long after its opening may a session's beats arrive
RULE: Final = hashlib.sha256(Path(str(text.__file__)).read_bytes()).hexdigest()
NUMBERS: Final = ("seq", "received_at", "client_at", "from_s", "to_s", "rate_centi", "day")
Body = dict[str, Any]


class NotAProof(ValueError):
    """The file is no proof of this form."""


class Told(NamedTuple):
    """What the site made of a beat: the seconds, and the reason's word."""

    counted_s: int
    reason: str


class Raw(NamedTuple):
    """What is proved of: the openings, the beats in the order of arrival with what the site made of them, and each day's stretches that counted."""

    openings: Sequence[Opened]
    beats: Sequence[tuple[Beat, Told]]
    days: Sequence[tuple[date, Intervals]]


class Checked(NamedTuple):
    """What a reader finds: everything that is wrong, the proved unit's beats as counted anew, its days, and the key that signed."""

    faults: tuple[str, ...]
    judged: tuple[Judged, ...]
    days: tuple[tuple[date, Intervals], ...]
    key: str


def what_matters(openings: Iterable[Opened], unit_id: int) -> tuple[set[int], set[date]]:
    """The units that may have a say in what this one counts, and all days on which their beats may have arrived."""
    spans: dict[int, set[int]] = {}
    for one in openings:
        spans.setdefault(one.unit_id, set()).update(range(ordinal_of(one.opened_at), ordinal_of(one.opened_at + LIVES_S) + 1))
    units, days = {unit_id}, set(spans.get(unit_id, ()))
    while more := {other for other, span in spans.items() if other not in units and span & days}:
        units |= more
        days = days.union(*(spans[other] for other in more))
    return units, {date.fromordinal(day) for day in days}


def body_of(raw: Raw, unit_id: int, about: Body) -> Body:
    """All that the file says, before it is signed."""
    rules = list(dict.fromkeys(one.rules for one in raw.openings))
    return {
        "format": FORMAT,
        "about": about,
        "unit": unit_id,
        "rule": RULE,
        "rule_names": list(BeatRules._fields),
        "rules": list(map(list, rules)),
        "openings": [[one.session, one.unit_id, one.opened_at, one.length_s, rules.index(one.rules)] for one in raw.openings],
        "beats": _columns(raw),
        "days": [[day.isoformat(), length(walls), list(map(list, walls))] for day, walls in raw.days],
        "learned_s": sum(length(walls) for _day, walls in raw.days),
    }


def _columns(raw: Raw) -> Body:
    """The beats by columns, which a thousand of them read and write better than rows."""
    places = {one.session: place for place, one in enumerate(raw.openings)}
    beats = [beat for beat, _told in raw.beats]
    return {
        "opening": [places[beat.session] for beat in beats],
        "signs": [beat.sign.signs for beat in beats],
        **{name: [getattr(beat, name) for beat in beats] for name in NUMBERS},
        "counted_s": [told.counted_s for _beat, told in raw.beats],
        "reason": [told.reason for _beat, told in raw.beats],
    }


def written(body: Body) -> bytes:
    """The one form in which this content may stand in a file."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def signed(body: Body, key: str, sign: Callable[[bytes], str]) -> bytes:
    """The file: the content with the public key, its digest, and the signature over both."""
    whole = body | {"key": key}
    digest = hashlib.sha256(written(whole)).hexdigest()
    return written(whole | {"digest": digest, "signature": sign(digest.encode()).rpartition(".")[2]})


def checked(content: bytes, key: str = "") -> Checked:
    """The file counted anew; with `key` it must be signed with that one. Raises `NotAProof`."""
    try:
        body: Body = json.loads(content)
        digest, signature = body.pop("digest"), body.pop("signature")
        faults = list(_seal_faults(content, body, digest, signature, key))
        return _counted(body, faults)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OverflowError) as problem:
        raise NotAProof(f"not a proof of learned hours: {type(problem).__name__} {problem}") from problem


def _seal_faults(content: bytes, body: Body, digest: str, signature: str, key: str) -> Iterable[str]:
    if body["format"] != FORMAT:
        raise NotAProof(f"not a proof of learned hours: found format {body['format']!r}, expected {FORMAT!r}")
    if content != written(body | {"digest": digest, "signature": signature}):
        yield "a byte of the file was changed: it does not stand as the site writes it"
    if hashlib.sha256(written(body)).hexdigest() != digest:
        yield "the content is not what the digest says"
    try:
        raw = urlsafe_b64decode(signature)
        if urlsafe_b64encode(raw).decode() != signature:  # two texts may stand for the same bytes: only one is ours
            yield "a byte of the signature was changed"
        Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(body["key"])).verify(raw, digest.encode())
    except (InvalidSignature, ValueError):
        yield "the signature is not that of the key in the file"
    if key and key != body["key"]:
        yield f"signed with the key {body['key']}, not with {key}"
    if body["rule"] != RULE:
        yield f"counted by another text of the rule ({body['rule'][:16]}) than this program's ({RULE[:16]})"


def _counted(body: Body, faults: list[str]) -> Checked:
    openings = _openings(body)
    beats, told = body["beats"], list(zip(body["beats"]["counted_s"], body["beats"]["reason"], strict=True))
    judged = tuple(replayed(openings, _beats(beats, openings)))
    for place, (one, said) in enumerate(zip(judged, told, strict=True)):
        if (one.counted_s, one.reason.value) != said:
            faults.append(f"beat {place}: the site says {said[0]} s {said[1]}, counted anew {one.counted_s} s {one.reason.value}")
    own = tuple(one for one in judged if one.unit_id == body["unit"])
    found = _days(own)
    said_days = {date.fromisoformat(day): (seconds, tuple(map(tuple, walls))) for day, seconds, walls in body["days"]}
    for day in sorted(said_days.keys() | found.keys()):
        seconds, walls = said_days.get(day, (0, ()))
        if (seconds, walls) != (length(found.get(day, ())), found.get(day, ())):
            faults.append(f"{day}: the site says {seconds} s, counted anew {length(found.get(day, ()))} s")
    if body["learned_s"] != sum(seconds for seconds, _walls in said_days.values()):
        faults.append("the sum is not that of the days")
    return Checked(tuple(faults), own, tuple(sorted(found.items())), body["key"])


def _openings(body: Body) -> list[Opened]:
    if body["rule_names"] != list(BeatRules._fields):
        raise NotAProof("not a proof of learned hours: its rules are others than this program's")
    rules = [BeatRules(*map(int, one)) for one in body["rules"]]
    return [Opened(str(session), unit, opened, most, rules[place]) for session, unit, opened, most, place in body["openings"]]


def _beats(columns: Body, openings: Sequence[Opened]) -> list[Beat]:
    rows = zip(columns["opening"], columns["signs"], *(columns[name] for name in NUMBERS), strict=True)
    return [
        Beat(
            session=openings[opening].session,
            is_visible=bool(signs & VISIBLE),
            is_active=bool(signs & ACTIVE),
            is_present=bool(signs & PRESENT),
            **dict(zip(NUMBERS, numbers, strict=True)),
        )
        for opening, signs, *numbers in rows
    ]


def _days(judged: Iterable[Judged]) -> dict[date, Intervals]:
    found: dict[date, Intervals] = {}
    for one in judged:
        if one.counted_s:
            day = date.fromordinal(one.beat.day)
            found[day] = merge(found.get(day, ()), *one.wall)
    return found
