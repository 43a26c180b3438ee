"""A kit's whole life with real processes: made, opened, studied, killed, carried over a line that breaks at every step; hours are equal."""

from __future__ import annotations

import re
import signal
import time
import uuid
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.db import connection
from python_calamine import CalamineWorkbook

from tests.domains.kits.processes import FILL, TOLD, Browser, Cut, Place, lines_of
from tests.kitting import Laptop
from xingtan.domains.kits import api as kits
from xingtan.domains.kits.chain import piece_from

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases="__all__")]
STEP_BYTES = 701


@pytest.fixture
def database(django_db_blocker):
    """The centre's database: a file of its own, or a database of the server that the tests run on."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name, at = f"kits_walk_{uuid.uuid4().hex[:8]}", connection.settings_dict
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    host = at["HOST"] if not at["HOST"].startswith("/") else ""
    tail = f"?host={at['HOST']}" if at["HOST"].startswith("/") else ""
    yield (
        f"postgresql://{at['USER']}:{at['PASSWORD']}@{host}:{at['PORT']}/{name}{tail}"
        if host
        else f"postgresql://{at['USER']}@:{at['PORT']}/{name}{tail}"
    )
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def scene(tmp_path, database):
    """A centre that serves, and a kit in a folder of its own with its codes."""
    centre = Place(tmp_path / "centre", database)
    told = centre.python(FILL)
    made = centre.run("kit", "make", told["group"], "--out", tmp_path / "kit.zip", "--codes", tmp_path / "codes.xlsx")
    assert made.returncode == 0, made.stderr
    centre.start("serve")
    laptop = Place(tmp_path / "laptop")
    laptop.env = {name: value for name, value in laptop.env.items() if name != "XINGTAN_DATABASE_URL"}
    yield SimpleNamespace(centre=centre, laptop=laptop, zip=tmp_path / "kit.zip", codes=codes(tmp_path / "codes.xlsx"), **told)
    centre.end(signal.SIGKILL)
    laptop.end(signal.SIGKILL)


def codes(place):
    rows = CalamineWorkbook.from_path(str(place)).get_sheet_by_index(0).to_python()[1:]
    return {name: pin for name, _school, pin in rows}


def pins(scene):
    """Codes by the order of the cast: the first teacher leads."""
    names = sorted(scene.codes)
    return {"lin": scene.codes[names[0]], "mao": scene.codes[names[1]]}


def study(scene):
    """Both study a film together; the power goes in the middle; afterwards they go on, one leaves, one takes the quiz, the leader closes."""
    laptop, pin = scene.laptop, pins(scene)
    laptop.start("kit", "open", scene.zip)
    who = Browser(laptop.url)
    assert who.get("/") == 200
    assert who.send("/session/open/", pin="000000x") == 409
    assert who.send("/session/open/", pin=pin["lin"]) == 200, who.text
    for name in ("lin", "mao"):
        assert who.send("/session/sign/", person=scene.people[name], pin=pin[name], act="came") == 200
    assert who.send("/start/", unit=scene.units[0], person="") == 200
    player, csrf = who.at.rstrip("/").rpartition("/")[2], who.hidden("csrfmiddlewaretoken")
    time.sleep(4.1)
    assert who.beat(player, csrf, seq=0, from_s=0, to_s=4) == 200
    time.sleep(3.1)
    assert who.beat(player, csrf, seq=1, from_s=4, to_s=7) == 200
    laptop.end(signal.SIGKILL)
    laptop.start("kit", "open", scene.zip)
    assert who.beat(player, csrf, seq=1, from_s=4, to_s=7) == 200
    assert who.get(f"/play/{player}/") == 200
    assert 'data-seq="2"' in who.text
    csrf = who.hidden("csrfmiddlewaretoken")
    time.sleep(2.1)
    assert who.beat(player, csrf, seq=2, from_s=7, to_s=9) == 200
    who.get("/session/")
    who.send("/session/sign/", person=scene.people["mao"], pin=pin["mao"], act="signed")
    who.send("/session/sign/", person=scene.people["mao"], pin=pin["mao"], act="left")
    quiz = next(one for one in scene.units if one == scene.units[3])
    assert who.send("/start/", unit=quiz, person=scene.people["lin"], pin=pin["lin"]) == 200
    names = dict.fromkeys(set(re.findall(r'name="(q-[^"]+)"', who.text)), "x")
    first = {name: re.search(rf'name="{name}" value="([^"]+)"', who.text).group(1) for name in names}
    assert who.send(f"/quiz/{quiz}/", **first) == 200
    who.get("/session/")
    assert who.send("/session/close/", pin=pin["lin"]) == 200
    assert laptop.run("kit", "check", scene.zip).returncode == 0
    laptop.end(signal.SIGKILL)


def carried(scene):
    """What the stick's file holds, as something that can be carried in small parcels."""
    place = scene.zip.with_suffix(".xtk")
    done = scene.laptop.run("kit", "export", scene.zip, place)
    assert done.returncode == 0, done.stderr
    folder = next(scene.zip.with_suffix("").rglob("manifest.json")).parent
    told = lines_of(place)
    key = load_pem_private_key((folder / "home/keys/kit.pem").read_bytes(), None)
    pieces = [piece_from(block) for one in told if "blocks" in one for block in one["blocks"]]
    return Small(SimpleNamespace(kit=SimpleNamespace(uuid=told[0]["kit"]), key=key), pieces), place


class Small(Laptop):
    """The same blocks in parcels of three."""

    def parcels(self, above=0, size=3):
        return super().parcels(above, size)


def test_a_kits_life_with_the_power_and_the_line_cut(scene):
    study(scene)
    laptop, place = carried(scene)
    broken, after, codes_told = 0, 0, set()
    while True:
        with Cut(scene.centre.port, after) as line:
            try:
                kits.sync(laptop, f"http://127.0.0.1:{line.port}")
                break
            except kits.LineBroken:
                broken += 1
            except kits.CentreRefused as refused:
                codes_told.add(refused.code)
        after += STEP_BYTES
    assert broken > 5
    assert codes_told <= {"kit_parcel_unreadable", "kit_centre_strange"}
    once = scene.centre.python(TOLD)
    assert once["blocks"] == len(laptop.pieces)
    assert laptop.acknowledged["height"] == len(laptop.pieces)
    learned = once["learned"]
    assert {7 <= learned[scene.people[name]][scene.units[0]] <= 9 for name in ("lin", "mao")} == {True}
    assert once["attempts"] == 1
    assert scene.laptop.run("kit", "sync", scene.zip, "--to", scene.centre.url).returncode == 0
    assert scene.centre.run("kit", "receive", place).returncode == 0
    assert scene.centre.python(TOLD) == once
    scene.centre.end(signal.SIGKILL)
    assert scene.laptop.run("kit", "sync", scene.zip, "--to", scene.centre.url).returncode == 1
