"""`xingtan kit`: make, open, sync, export, receive and check an offline kit."""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.utils import timezone, translation

from xingtan.domains.kits import api as kits
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.words import refusal_sentence

from . import serve
from .screen import complain, say

BAD_INPUT = 2
BROKEN = 1


def run(chosen: argparse.Namespace) -> int:
    """Do the act; 2 for bad input or a refusal, 1 when the line broke and the same again goes on."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "make": _make,
        "open": _open,
        "sync": _sync,
        "export": _export,
        "receive": _receive,
        "check": _check,
    }
    with translation.override("en"):
        try:
            return acts[chosen.act](chosen)
        except Refused as refused:
            complain(str(refusal_sentence(refused)))
            return BAD_INPUT
        except NotInScope:
            complain(f"There is nothing of this name: {chosen.what}")
            return BAD_INPUT


def _make(chosen: argparse.Namespace) -> int:
    if chosen.out is None:
        complain("Say where to put it: --out FOLDER or --out FILE.zip")
        return BAD_INPUT
    group = _group(chosen.what)
    is_zip = chosen.out.suffix == ".zip"
    folder = chosen.out.with_suffix("") if is_zip else chosen.out
    if folder.exists() and any(folder.iterdir()):
        raise Refused("kit_folder_not_empty")
    made = kits.register_kit(actor=OPERATOR, group_id=group.pk, now=timezone.now())
    kits.write_folder(made, folder)
    if chosen.codes:
        _write_codes(chosen.codes, made.kit)
    place = folder
    if is_zip:
        place = kits.zip_folder(folder, chosen.out)
        shutil.rmtree(folder)
    say(f"Kit {made.kit.number} of {group.name}: {place}")
    return 0


def _group(named: str) -> kits.StudyGroup:
    found = list(kits.StudyGroup.everywhere.filter(public_id=named)) or list(kits.StudyGroup.everywhere.filter(name=named))
    if len(found) != 1:
        raise NotInScope("group")
    return found[0]


def _write_codes(place: Path, kit: kits.Kit) -> None:
    book = xlsxwriter.Workbook(str(place), {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "单位", "签到码"])
    for at, (name, school, pin) in enumerate(_codes(kit), start=1):
        sheet.write_row(at, 0, [name, school, pin])
    book.close()


def _codes(kit: kits.Kit) -> Iterator[tuple[str, str, str]]:
    for one in kits.kit_people(kit):
        yield one.teacher.name, str(one.teacher.school.name), kits.PIN_BOX.open(one.pin_closed)


def _kit(chosen: argparse.Namespace) -> kits.KitBook:
    kit = kits.KitBook(chosen.folder)
    if not kit.manifest or settings.KIT is None:
        raise Refused("kit_folder_unreadable")
    kits.ready_home()
    return kit


def _open(chosen: argparse.Namespace) -> int:
    began = time.monotonic()
    kit = _kit(chosen)
    group = kit.manifest["group"]
    say(f"{group['name']} · {group['place']}   http://{chosen.host}:{chosen.port}/   ({time.monotonic() - began:.1f} s; Ctrl+C ends)")
    return serve.serve_pages(chosen)


def _sync(chosen: argparse.Namespace) -> int:
    kit = _kit(chosen)
    url = chosen.to or str(kit.manifest["centre"])
    try:
        done = kits.sync(kit, url)
    except kits.LineBroken as broken:
        complain(f"The line broke ({broken}). What arrived stands; run the same again.")
        return BROKEN
    except kits.CentreRefused as refused:
        complain(f"The centre refused: {refusal_sentence(Refused(refused.code))}")
        return BAD_INPUT
    say(f"{done.new} new blocks delivered; the centre has {done.acknowledgement['height']} of {kit.head()[0]}.")
    if done.acknowledgement["forked"]:
        say("This kit was used in two copies: the county decides which records stand.")
    return 0


def _export(chosen: argparse.Namespace) -> int:
    if chosen.file is None:
        complain("Name the file to write on the stick.")
        return BAD_INPUT
    kit = _kit(chosen)
    say(f"{kits.write_file(kit, kit.uuid, chosen.file)}: {kit.head()[0]} blocks")
    return 0


def _receive(chosen: argparse.Namespace) -> int:
    try:
        text = Path(chosen.what).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        complain(str(error))
        return BAD_INPUT
    done = kits.receive_file(text, actor=OPERATOR, now=timezone.now())
    say(f"{done.new} new blocks, {done.known} known ones.")
    if not done.is_whole:
        complain("The file broke off: what it held is taken in; copy it again for the rest.")
        return BROKEN
    return 0


def _check(chosen: argparse.Namespace) -> int:
    kit = _kit(chosen)
    faults = kit.faults()
    for fault in faults:
        complain(fault)
    say(f"{len(faults)} faults; {kit.head()[0]} blocks; the centre has acknowledged {kit.acknowledged().get('height', 0)}.")
    return BROKEN if faults else 0
