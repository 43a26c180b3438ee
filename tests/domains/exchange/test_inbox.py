"""Nightly files are taken from a provider's folder, delivered by a job, and reported beside; the command does the same at once."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests import exchanging
from tests.enrolling import LATER
from tests.exchanging import HOUR, counted, row, write_csv
from xingtan.cli import main
from xingtan.domains.exchange import api as exchange
from xingtan.domains.exchange.models import Claim, Delivery
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import run_job

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def in_the_study_window(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


@pytest.fixture
def cast(settings, tmp_path):
    settings.EXCHANGE_INBOX = str(tmp_path / "inbox")
    return exchanging.build()


def put(cast, *rows, age=60, name="records.csv"):
    folder = exchange.folder_of(cast.provider)
    folder.mkdir(parents=True, exist_ok=True)
    place = write_csv(folder, *rows, name=name)
    os.utime(place, (LATER.timestamp() - age,) * 2)
    return place


def take():
    """Every waiting file delivered; the reports that were laid back."""
    count = exchange.take_files(LATER, exchange.DELIVER_JOB)
    for pk in Job.everywhere.filter(state=State.QUEUED).values_list("pk", flat=True):
        run_job(pk)
    return count


def reports(cast):
    return [json.loads(one.read_text()) for one in sorted((exchange.folder_of(cast.provider) / "reports").glob("*.json"))]


def test_a_file_in_the_folder_is_delivered_once_and_reported(cast):
    assert exchange.take_files(LATER, exchange.DELIVER_JOB) == 0
    place = put(cast, row(cast, "R1"), row(cast, "R2"))
    assert take() == 1
    assert not place.exists()
    (report,) = reports(cast)
    assert (report["state"], report["new"], report["counted_s"]) == ("done", 2, 2 * HOUR)
    put(cast, row(cast, "R1"), row(cast, "R2"), name="again.csv")
    assert take() == 1
    assert {report["new"] for report in reports(cast)} == {0, 2}
    assert Delivery.everywhere.get().channel == "inbox"


def test_a_file_that_still_grows_waits_and_strangers_are_left_alone(cast):
    put(cast, row(cast), age=2)
    put(cast, row(cast), name=".hidden.csv")
    put(cast, row(cast), name="notes.pdf")
    (Path(exchange.folder_of(cast.provider)).parent / "nobody").mkdir()
    write_csv(exchange.folder_of(cast.provider).parent / "nobody", row(cast))
    assert take() == 0


def test_a_wrong_file_changes_nothing_and_its_rows_to_mend_lie_beside(cast):
    put(cast, row(cast, "R1"), row(cast, "R2", title="没有"))
    take()
    (report,) = reports(cast)
    assert (report["state"], report["refusal"], report["params"]) == ("refused", "records_have_problems", {"count": 1})
    assert (exchange.folder_of(cast.provider) / "reports" / report["mend"]).read_bytes().startswith(b"PK")
    assert not Claim.everywhere.exists()


def test_the_command_looks_and_delivers(cast, tmp_path, capsys):
    path = write_csv(tmp_path, row(cast, "R1"))
    words = ["deliver", str(path), "--provider", cast.provider.name]
    assert main([*words, "--dry-run"]) == 0
    assert not Claim.everywhere.exists()
    assert main(words) == 0
    assert counted() == {"R1": HOUR}
    assert f"counted: {HOUR}" in capsys.readouterr().out


@pytest.mark.parametrize("change", [{"provider": "nobody"}, {"path": "nothing.csv"}, {"title": "没有"}, {"headings": ["a", "b"]}])
def test_the_command_answers_bad_input_with_2(cast, tmp_path, capsys, change):
    path = write_csv(tmp_path, row(cast, "R1", title=change.get("title", "课程A")), headings=change.get("headings"))
    mend = tmp_path / "mend.xlsx"
    given = [str(tmp_path / change.get("path", path.name)), "--provider", change.get("provider", cast.provider.public_id)]
    assert main(["deliver", *given, "--report", str(mend)]) == 2
    assert capsys.readouterr().err
    assert mend.exists() == ("title" in change)
    assert not Claim.everywhere.exists()
