"""`xingtan learned-time --check` and `--archive` on a site that was studied on."""

from __future__ import annotations

import pytest

from tests.playing import Site
from xingtan.cli import main
from xingtan.domains.learning.models import Beat, BeatArchive, UnitDay, UnitProgress

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def site():
    """Two teachers studied two units on two days, with a hidden tab and a second player."""
    made = Site()
    for day in range(2):
        players = [made.player(unit, teacher_id=teacher_id) for teacher_id in (made.lin, made.others[0]) for unit in (0, 1)]
        for number in range(4):
            for player in players:
                made.study(player, 10, day * 100 + number * 10, is_visible=number != 2)
        made.clock.at += 86_400
    return made


def test_figures_that_are_those_of_the_raw_record_are_said_to_be(site, capfd):
    assert main(["learned-time", "--check"]) == 0
    said = capfd.readouterr().out
    assert "2 teachers, 32 beats: all figures are those of the raw record." in said


def test_every_figure_that_differs_is_named_and_the_command_fails(site, capfd):
    day = UnitDay.objects.filter(teacher_id=site.lin).order_by("pk").first()
    UnitDay.objects.filter(pk=day.pk).update(learned_s=day.learned_s + 5)
    UnitProgress.objects.filter(teacher_id=site.others[0], unit_id=site.units[1]).update(learned_s=1)
    UnitDay.objects.create(teacher_id=999, unit_id=1, local_on=day.local_on, learned_s=60, walls=[[0, 60]])
    assert main(["learned-time", "--check"]) == 1
    told = capfd.readouterr()
    assert "3 figures differ" in told.out
    assert f"teacher {site.lin}, unit {day.unit_id}, {day.local_on}: told {day.learned_s + 5} s, counted {day.learned_s} s" in told.err
    assert f"teacher {site.others[0]}, unit {site.units[1]}: its sum is not that of its days" in told.err
    assert "teacher 999, unit 1" in told.err


def test_old_days_are_archived_and_checked_with_the_rest(site, settings, capfd):
    settings.BEATS_KEPT_DAYS = -400_000  # every day is old
    assert main(["learned-time", "--archive"]) == 0
    assert "2 days were archived" in capfd.readouterr().out
    assert (Beat.objects.count(), BeatArchive.objects.count()) == (0, 2)
    site.study(site.player(0), 10, 300)
    assert main(["learned-time", "--check"]) == 0
    assert "2 teachers, 33 beats" in capfd.readouterr().out
    one = BeatArchive.objects.order_by("local_on").first()
    UnitDay.objects.filter(local_on=one.local_on, teacher_id=site.lin).update(learned_s=0)
    assert main(["learned-time", "--check"]) == 1
