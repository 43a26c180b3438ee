"""Old days leave the table as signed files; wherever that is cut short, every beat stands once."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from tests.domains.learning.players import START, AtOnce, Clock, Player, call
from xingtan.config.background import Background
from xingtan.config.commands import doctor
from xingtan.core.calendar import local_day
from xingtan.core.learned_time.batch import archive
from xingtan.domains.learning import archives
from xingtan.domains.learning.models import Beat, BeatArchive, UnitProgress
from xingtan.domains.learning.recorder import Recorder
from xingtan.foundation.files.models import StoredFile

pytestmark = pytest.mark.django_db(databases="__all__")
DAY_S = 86_400


def in_this_process(*words):
    """What the program answers, without the seconds that a process of its own takes to start."""
    said = io.StringIO()
    with redirect_stdout(said):
        assert archive.main(list(words)) == 0
    return said.getvalue()


class Cut(Exception):
    """The power went."""


@pytest.fixture
def studied(monkeypatch):
    """Three teachers study two units over four days, some honestly; the clock stands on the last."""
    clock = Clock(START)
    recorder = Recorder(AtOnce(), clock)
    for _day in range(4):
        players = [Player(teacher_id, unit_id, 400, clock.at) for teacher_id in (1, 2, 3) for unit_id in (7, 8)]
        for number in range(5):
            clock.at += 10
            for player in players:
                visible = number != 3
                assert call(recorder, player.post(player.beat(number * 10, number * 10 + 10, clock.at, is_visible=visible)))[0] == 200
        clock.at += DAY_S
    monkeypatch.setattr(archives, "PORTION", 7)
    monkeypatch.setattr(archives, "_run", in_this_process)
    return clock


def everything():
    return {teacher_id: archives.raw_beats(teacher_id) for teacher_id in (1, 2, 3)}


def after(days):
    return datetime.fromtimestamp(START, UTC) + timedelta(days=days)


def archived_all(now):
    days = []
    while day := archives.archive_next(now):
        days.append(day)
    return days


def test_days_older_than_the_site_keeps_them_leave_the_table_and_are_read_as_before(studied):
    before = everything()
    assert sum(map(len, before.values())) == Beat.objects.count() == 120
    first = local_day(datetime.fromtimestamp(START, UTC))
    assert archived_all(after(settings.BEATS_KEPT_DAYS)) == []
    assert archived_all(after(settings.BEATS_KEPT_DAYS + 2)) == [first, first + timedelta(days=1)]
    assert set(Beat.objects.values_list("local_on", flat=True)) == {first + timedelta(days=2), first + timedelta(days=3)}
    assert [(one.local_on, one.rows, one.cleared_at is not None) for one in archives.beat_archives()] == [
        (first, 30, True),
        (first + timedelta(days=1), 30, True),
    ]
    assert everything() == before
    assert {one.local_on for one in archives.raw_beats(1, [first, first + timedelta(days=3)])} == {first, first + timedelta(days=3)}
    assert list(archives.altered_beat_archives()) == []
    assert archived_all(after(400)) == [first + timedelta(days=2), first + timedelta(days=3)]
    assert (Beat.objects.count(), everything()) == (0, before)


@pytest.mark.parametrize("step", ["_run", "keep_file", "sign", "_clear", "half cleared"])
def test_a_run_that_is_cut_short_loses_and_doubles_nothing(studied, monkeypatch, step):
    before, now = everything(), after(400)

    def cut(*_words, **_more):
        raise Cut

    with monkeypatch.context() as patch:
        if step == "half cleared":
            times = iter(range(100))
            whole = archives.writing

            def writing(*words):
                if next(times) == 3:
                    raise Cut
                return whole(*words)

            patch.setattr(archives, "writing", writing)
        else:
            patch.setattr(archives, step, cut)
        with pytest.raises(Cut):
            archives.archive_next(now)
    assert everything() == before
    archived_all(now)
    assert (Beat.objects.count(), everything()) == (0, before)
    assert sum(one.rows for one in archives.beat_archives()) == 120
    assert BeatArchive.objects.count() == StoredFile.everywhere.filter(kind=archives.KIND).count() == 4


def test_an_altered_file_is_told_and_its_beats_stay_in_the_table(studied, monkeypatch):
    now = after(400)
    with monkeypatch.context() as patch:
        patch.setattr(archives, "_clear", lambda one, now: None)
        day = archives.archive_next(now)
    one = BeatArchive.objects.get()
    place = archives.path_of_archive(one)
    whole = place.read_bytes()
    place.chmod(0o644)
    place.write_bytes(whole[:-5] + b"12345")
    assert list(archives.altered_beat_archives()) == [(day, "was altered")]
    assert not doctor._beat_archives().is_well
    with pytest.raises(RuntimeError, match="was altered"):
        archives.archive_next(now)
    assert Beat.objects.filter(local_on=day).count() == one.rows
    place.write_bytes(whole)
    BeatArchive.objects.update(signature="k1.bm90IG91cnM=")
    assert list(archives.altered_beat_archives()) == [(day, "does not carry our signature")]
    place.unlink()
    assert list(archives.altered_beat_archives()) == [(day, "is missing")]


def test_beats_that_come_late_for_an_archived_day_stand_in_a_part_of_their_own(studied):
    now, before = after(400), everything()
    day = archives.archive_next(now)
    late = dict(Beat.objects.filter(teacher_id=1).order_by("pk").values()[0], id=10_000, session="late", local_on=day)
    Beat.objects.create(**late)
    archived_all(now)
    assert [(one.part, one.rows) for one in archives.beat_archives([day])] == [(0, 30), (1, 1)]
    assert [one.number for one in archives.raw_beats(1)] == [*(one.number for one in before[1]), 10_000]


def test_the_program_is_a_process_of_its_own(studied, monkeypatch):
    before = archives.raw_beats(1)
    monkeypatch.undo()
    archives.archive_next(after(400))
    assert archives.raw_beats(1) == before


def test_the_worker_archives_at_night_a_day_at_a_turn_until_none_is_due(studied, monkeypatch):
    background = Background()
    night = after(400).replace(hour=18)  # two in the morning in Shanghai
    monkeypatch.setattr("django.utils.timezone.now", lambda: night.replace(hour=6))
    background._archive()
    assert BeatArchive.objects.count() == 0
    monkeypatch.setattr("django.utils.timezone.now", lambda: night)
    for turn in range(6):
        background._archive()
        assert BeatArchive.objects.count() == min(turn + 1, 4)
    assert background.archived_on == local_day(night)


def test_what_was_learned_stays_when_the_beats_are_gone(studied):
    before = list(UnitProgress.objects.order_by("pk").values())
    archived_all(after(400))
    assert list(UnitProgress.objects.order_by("pk").values()) == before


def test_no_process_that_serves_pages_holds_polars():
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'xingtan.config.settings'\n"
        "import django; django.setup()\n"
        "import xingtan.config.urls, xingtan.domains.learning.api\n"
        "print(sorted({'numba', 'numpy', 'polars'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=120).stdout
    assert said.strip() == "[]"
