"""The proof of an hour: counted anew by whoever holds the file, and no byte of it can be changed."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys

import pytest

from tests.enrolling import LATER
from tests.playing import Site
from xingtan.core.learned_time.intervals import length
from xingtan.core.learned_time.proof import NotAProof, checked, signed, what_matters, written
from xingtan.core.learned_time.replay import Opened
from xingtan.domains.learning import api as learning
from xingtan.domains.learning import archives
from xingtan.foundation.refusal import NotInScope

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def site():
    """Lin studies two units at once, hides a tab, comes back the next day; ten days later something that has nothing to do with it."""
    made = Site()
    film, other = made.player(0), made.player(1)
    for number in range(6):
        made.clock.at += 15
        made.send(film, film.beat(number * 15, number * 15 + 15, made.clock.at, is_visible=number != 4))
        made.send(other, other.beat(number * 15, number * 15 + 15, made.clock.at))
    made.clock.at += 86_400
    made.study(made.player(0), 20, 60)
    made.clock.at += 10 * 86_400
    made.study(made.player(2), 20)
    return made


def test_a_third_party_counts_what_we_told_from_what_matters_alone(site):
    content = learning.proof_of(site.lin, site.units[0], LATER)
    found = checked(content)
    assert found.faults == ()
    told = learning.learned_of(site.lin, [site.units[0]])[site.units[0]]
    assert sum(length(walls) for _day, walls in found.days) == told > 0
    body = json.loads(content)
    assert {unit for _session, unit, *_rest in body["openings"]} == {site.units[0], site.units[1]}
    assert body["about"]["figure_s"] == body["learned_s"] == told
    assert len(body["days"]) == 2
    assert {one.reason.value for one in found.judged} >= {"counted", "hidden"}


def test_whoever_never_opened_a_unit_has_no_proof_of_it(site):
    with pytest.raises(NotInScope):
        learning.proof_of(site.lin, site.units[3], LATER)
    with pytest.raises(NotInScope):
        learning.proof_of(site.others[0], site.units[0], LATER)


def test_every_changed_byte_is_caught(site):
    content = learning.proof_of(site.lin, site.units[0], LATER)
    dice = random.Random(4)
    for place in dice.sample(range(len(content)), 150):
        changed = bytearray(content)
        changed[place] = dice.choice([byte for byte in b" 0123456789abcdef,}" if byte != changed[place]])
        with contextlib.suppress(NotAProof):
            assert checked(bytes(changed)).faults
    signature = json.loads(content)["signature"].encode()
    for place in range(len(signature)):
        for byte in b"ABCDHQZgw4=":
            changed = signature[:place] + bytes([byte]) + signature[place + 1 :]
            assert changed == signature or checked(content.replace(signature, changed)).faults
    assert checked(content[:-1]).faults
    assert checked(content + b" ").faults


def test_a_proof_that_was_signed_by_another_or_says_more_than_its_beats_is_told(site, capfd):
    content = learning.proof_of(site.lin, site.units[0], LATER)
    body = json.loads(content)
    ours = body["key"]
    body.pop("digest"), body.pop("signature")
    body["days"][0][1] += 600
    body["days"][0][2][-1][1] += 600
    forged = signed({**body, "learned_s": body["learned_s"] + 600}, "AQEB" * 10 + "AQE=", lambda _: "k1.AAAA")
    faults = checked(forged, ours).faults
    assert any("counted anew" in fault for fault in faults)
    assert any("not with" in fault for fault in faults)
    assert any("signature" in fault for fault in faults)


def test_the_command_needs_no_site_and_says_which_second_counted_and_why_not(site, tmp_path):
    place = tmp_path / "proof.json"
    content = learning.proof_of(site.lin, site.units[0], LATER)
    place.write_bytes(content)
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("XINGTAN_", "DJANGO_"))}

    def command(*words):
        return subprocess.run(
            [sys.executable, "-m", "xingtan.cli", "proof", "check", *words],
            check=False,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=bare,
            timeout=60,
        )

    told = command(str(place), "--beats", "--key", json.loads(content)["key"])
    assert told.returncode == 0, told.stderr
    assert "The file is as it was signed" in told.stdout
    assert "hidden" in told.stdout
    assert "not counted" in told.stdout
    place.write_bytes(content.replace(b'"hidden"', b'"counted"', 1))
    assert command(str(place)).returncode == 1
    place.write_bytes(b"{}")
    assert command(str(place)).returncode == 2
    assert not (tmp_path / "var").exists()


def test_beats_in_archives_are_in_the_proof(site, settings):
    before = json.loads(learning.proof_of(site.lin, site.units[0], LATER))["beats"]
    settings.BEATS_KEPT_DAYS = -400_000
    while archives.archive_next(LATER):
        pass
    assert json.loads(learning.proof_of(site.lin, site.units[0], LATER))["beats"] == before


def test_units_matter_that_share_a_day_with_one_that_matters():
    day = 86_400
    openings = [
        Opened("a", 1, 0, 9),
        Opened("b", 2, day, 9),
        Opened("c", 3, 4 * day, 9),
        Opened("d", 2, 4 * day, 9),
        Opened("e", 4, 9 * day, 9),
    ]
    units, days = what_matters(openings, 1)
    assert units == {1, 2, 3}
    assert len(days) == 7
    assert what_matters(openings, 4)[0] == {4}
    assert written({"b": 1, "a": "学"}) == '{"a":"学","b":1}\n'.encode()
