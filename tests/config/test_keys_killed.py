"""A rotation of keys that is killed at any line goes on where it stopped; old keys are retired only when nothing needs them."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from django.db import connections

from tests import enrolling
from tests.config.conftest import let_go
from xingtan.config.commands import doctor, keys
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher
from xingtan.foundation.files import renewing, sealed
from xingtan.foundation.files.store import keep_file, open_file, path_of
from xingtan.foundation.keys import rotation, store
from xingtan.foundation.people.roles import OPERATOR

OURS = ("config/commands/keys.py", "files/renewing.py", "files/store.py", "keys/store.py", "keys/rotation.py")
NUMBERS = [f"3608211988021420{n:02}" for n in range(4)]


@pytest.fixture
def numbers(site, monkeypatch):
    """Four closed numbers and two closed files under key 1, a portion at a time."""
    store.ring.cache_clear()
    monkeypatch.setattr(keys, "BATCH", 2)
    cast = enrolling.build()
    enrolling.teachers(cast.school, 3)
    people = list(Teacher.everywhere.order_by("pk"))
    for person, number in zip(people, NUMBERS, strict=True):
        Teacher.everywhere.filter(pk=person.pk).update(number_closed=NUMBER_BOX.close(number))
    for content in (b"one", b"two" * 50_000):
        keep_file([content], kind="roster", name="a.csv", media_type="text/csv", actor=OPERATOR, now=enrolling.NOW)
    yield people
    store.ring.cache_clear()


def read(file):
    with open_file(file) as source:
        return source.read()


def opened():
    rows = Teacher.everywhere.order_by("pk").values_list("number_closed", flat=True)
    files = renewing.StoredFile.everywhere.order_by("pk")
    return [NUMBER_BOX.open(row) for row in rows], [len(read(file)) for file in files]


def killed_at(line: int) -> bool:
    """The rotation runs in a process of its own that dies at its n-th line of ours; False when it came to its end before."""
    for alias in connections:
        let_go(connections[alias])
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    left = [line]

    def trace(frame, event, arg):
        if not frame.f_code.co_filename.endswith(OURS):
            return None
        left[0] -= event == "line"
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    try:
        keys.rotate(show=str)
    except BaseException:  # noqa: BLE001 -- the parent only asks whether it came to its end
        os._exit(3)
    os._exit(0)


def test_a_killed_rotation_goes_on_and_never_makes_a_third_key(numbers):
    line, deaths, before = 1, 0, store.newest("signing")
    while killed_at(line):
        deaths += 1
        store.ring.cache_clear()
        assert opened() == (NUMBERS, [3, 150_000])
        assert max(store.ring("personal")) <= 2
        line += 17
    store.ring.cache_clear()
    assert deaths > 5
    assert opened() == (NUMBERS, [3, 150_000])
    assert (sorted(store.ring("personal")), store.newest("signing"), rotation.under_way()) == ([1, 2], before + 1, {})
    assert keys.under_old_keys() == {}


def test_old_keys_are_retired_when_nothing_is_closed_under_them(numbers, capsys):
    late = NUMBER_BOX.close(NUMBERS[0])
    keys.rotate(show=str)
    Teacher.everywhere.filter(pk=numbers[0].pk).update(number_closed=late)
    said = []
    assert not keys.retire(show=said.append)
    assert "teachers.Teacher number_closed (1)" in said[0]
    assert "1 in teachers.Teacher number_closed" in {one.what: one for one in doctor.examine()}["keys in use"].detail
    assert keys.close_rest(show=str) == 1
    assert keys.retire(show=str)
    assert sorted(store.ring("personal")) == [2]
    assert opened()[0] == NUMBERS


def test_a_file_that_came_before_kinds_were_closed_is_closed_by_the_next_rotation(numbers):
    file = renewing.StoredFile.everywhere.order_by("pk")[0]
    plain = renewing.path_of_content(file.sha256)
    plain.parent.mkdir(exist_ok=True)
    path_of(file).unlink()
    plain.write_bytes(b"one")
    assert (read(file), keys.under_old_keys()) == (b"one", {"files": 1})
    keys.rotate(show=str)
    assert (plain.exists(), sealed.version_of(path_of(file)), read(file)) == (False, 2, b"one")
