"""Making a kit: a folder that a laptop needs beside the program, and nothing in it that the group does not need."""

from __future__ import annotations

import json
import secrets
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings
from django.contrib.auth.hashers import make_password

from xingtan.domains.courses import api as courses
from xingtan.domains.kits.access import MAKE_KIT
from xingtan.domains.kits.models import PIN_BOX, GroupMember, Kit, KitPerson, StudyGroup
from xingtan.domains.kits.queries.blocks import members_between, times_between
from xingtan.domains.kits.queries.groups import chosen_courses
from xingtan.domains.kits.reading import FAR
from xingtan.domains.kits.times import epoch
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, uuid7
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import path_of, place_of
from xingtan.foundation.keys import newest_version, public_key, sign
from xingtan.foundation.ledger.digests import canonical
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .granting import modes_of

FORMAT = 1
PIN_DIGITS = 6
QUESTION = ("key", "kind", "text", "text_en", "options")
GRACE = timedelta(days=31)  # after the year's last day a kit still opens, so that nothing stays behind on a laptop
Show = Callable[[int, int], None]


class Made(NamedTuple):
    """A kit with each person's code, which is nowhere else in the open, and the private key that only the folder gets."""

    kit: Kit
    key: Ed25519PrivateKey
    files: tuple[StoredFile, ...]


def raw_public(key: Ed25519PrivateKey) -> str:
    """The public half as base64 of its 32 bytes."""
    return b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


@atomic
def register_kit(*, actor: Actor, group_id: int, now: datetime) -> Made:
    """The kit is known at the centre, with its public key, its signed manifest and a code for each person."""
    require(actor, MAKE_KIT)
    group = _group(actor, group_id)
    year = group.training_year
    people = _people(group)
    if not people:
        raise Refused("group_without_people")
    if group.ended_on is not None and group.ended_on < now.date():
        raise Refused("group_has_ended")
    key, uuid = Ed25519PrivateKey.generate(), uuid7()
    number = Kit.everywhere.filter(group=group).count() + 1
    pins = {one.pk: f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}" for one in people}
    expires = datetime.fromtimestamp(epoch(year.last_on + timedelta(days=1)), tz=now.tzinfo) + GRACE
    chosen = chosen_courses([one.pk for one in people], year.pk)
    units = courses.units_of({pk for some in chosen.values() for pk in some})
    known = courses.courses_by_id(units)
    told = _manifest(group, [(one, pins[one.pk]) for one in people], chosen, (units, known))
    times = {"made_at": int(now.timestamp()), "expires_at": int(expires.timestamp())}
    manifest = {**told, **times, "kit": str(uuid), "number": number, "public_key": raw_public(key)}
    kit = Kit.everywhere.create(
        uuid=uuid, group=group, number=number, public_key=raw_public(key), manifest=manifest, made_at=now, made_by_id=actor.account_id,
        expires_at=expires,
    )  # fmt: skip
    KitPerson.objects.bulk_create([KitPerson(kit=kit, teacher=one, pin_closed=PIN_BOX.close(pins[one.pk])) for one in people])
    record(actor, "kits.made", "kit", [kit.pk], now=now, detail={"people": len(people), "courses": len(units)})
    return Made(kit, key, tuple(_files(units.values())))


def _manifest(
    group: StudyGroup,
    people: Sequence[tuple[teachers.Teacher, str]],
    chosen: Mapping[int, list[int]],
    held: tuple[Mapping[int, list[courses.Unit]], Mapping[int, courses.Course]],
) -> dict[str, Any]:
    """What the laptop has to know of the group and its year."""
    year = group.training_year
    units, known = held
    return {
        "format": FORMAT,
        "centre": settings.PUBLIC_URL,
        "centre_key_version": newest_version(),
        "centre_key": b64encode(public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode(),
        "group": _group_told(group),
        "people": [_person(group, one, pin, chosen.get(one.pk, []), known) for one, pin in people],
        "times": [[one.start, one.end, one.mode] for one in times_between(group)],
        "modes": {code: {"zh": zh, "en": en} for code, (zh, en) in modes_of(policies.policy_of(year)).items()},
        "courses": [_course(known[pk], units[pk]) for pk in sorted(units)],
        "pack": {"code": year.pack.code, "version": year.pack.version, "digest": year.pack.digest, "text": year.pack.text},
    }


def _group(actor: Actor, group_id: int) -> StudyGroup:
    rows = StudyGroup.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=group_id)
    group = rows.select_related("training_year__pack", "county", "leader").first()
    if group is None:
        raise NotInScope("group")
    return group


def _people(group: StudyGroup) -> list[teachers.Teacher]:
    """Members and leader by name."""
    ids = set(GroupMember.objects.filter(group=group).values_list("teacher_id", flat=True)) | {group.leader_id}
    found = teachers.Teacher.everywhere.filter(pk__in=ids).select_related("school")
    return list(found.order_by("name_pinyin", "pk"))


def _group_told(group: StudyGroup) -> dict[str, Any]:
    return {
        "id": group.public_id,
        "name": group.name,
        "place": str(group.place.name if group.place else "") or group.place_note,
        "county": group.county.name,
        "year": group.training_year.year,
        "leader": group.leader.public_id,
    }


def _person(
    group: StudyGroup, one: teachers.Teacher, pin: str, chosen: Iterable[int], known: Mapping[int, courses.Course]
) -> dict[str, Any]:
    first, last = members_between(group).get(one.public_id, (0, 0))
    return {
        "id": one.public_id,
        "name": one.name,
        "school": one.school.name,
        "is_member": last > 0,
        "from": first,
        "until": min(last, FAR),
        "pin": make_password(pin),
        "courses": [known[pk].public_id for pk in chosen if pk in known],
    }


def _course(course: courses.Course, units: Iterable[courses.Unit]) -> dict[str, Any]:
    return {"id": course.public_id, "title": course.title, "title_en": course.title_en, "units": [_unit(one) for one in units]}


def _unit(unit: courses.Unit) -> dict[str, Any]:
    """The unit as the laptop needs it; the right answers of a quiz stay at the centre, which scores it."""
    questions = unit.body.get("questions", ()) if unit.kind == courses.UnitKind.QUIZ else ()
    return {
        "id": unit.public_id,
        "kind": unit.kind,
        "title": unit.title,
        "title_en": unit.title_en,
        "length_s": unit.length_s,
        "file": _file(unit.file),
        "captions": _file(unit.captions),
        "questions": [{name: question[name] for name in QUESTION if name in question} for question in questions],
    }


def _file(file: StoredFile | None) -> dict[str, Any] | None:
    return {"sha256": file.sha256, "name": file.name, "media_type": file.media_type, "size": file.size} if file else None


def _files(units: Iterable[Iterable[courses.Unit]]) -> dict[StoredFile, None]:
    """The files that the laptop needs, each once."""
    kinds = (courses.UnitKind.VIDEO, courses.UnitKind.DOCUMENT)
    return {file: None for some in units for unit in some if unit.kind in kinds for file in (unit.file, unit.captions) if file}


def write_folder(made: Made, folder: Path, show: Show = lambda _done, _total: None) -> Path:
    """The folder holds the kit: manifest with the centre's signature, files, the kit's own key. It must not be there yet, or be empty."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused("kit_folder_not_empty")
    keys, files = folder / "home" / "keys", folder / "home" / "files"
    for one in (keys, files):
        one.mkdir(parents=True, exist_ok=True)
    keys.chmod(0o700)
    private = keys / "kit.pem"
    private.touch(mode=0o600)
    private.write_bytes(made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for done, file in enumerate(made.files, start=1):
        target = files / place_of(file.sha256)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path_of(file), target)
        show(done, len(made.files))
    body = canonical(made.kit.manifest)
    signature = sign(body.encode(), made.kit.manifest["centre_key_version"])
    told = json.dumps({"manifest": made.kit.manifest, "signature": signature}, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(told, encoding="utf-8")
    (folder / "START.txt").write_text(START, encoding="utf-8")
    return folder


def zip_place(kit: Kit) -> Path:
    """Where a kit waits to be downloaded; it is gone once the kit was heard of, for it holds the kit's private key."""
    return Path(settings.HOME) / "kits" / f"{kit.uuid}.zip"


def forget_zip(kit: Kit) -> None:
    """The downloaded file is gone from the centre."""
    zip_place(kit).unlink(missing_ok=True)


START = """离线学习包 / Offline kit

在装有本平台程序的笔记本上运行：xingtan kit open 本文件夹
On a laptop with the program:    xingtan kit open THIS-FOLDER

不要复制本文件夹后同时使用：两份会分叉，由县里裁定。
Do not use two copies of this folder: their records would part, and the county would have to decide.
"""
