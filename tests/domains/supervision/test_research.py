"""A research extract: k holds in the file itself, no name, number or id of ours is in it, and two extracts cannot be joined."""

from __future__ import annotations

import argparse
import csv
import json
import zipfile
from collections import Counter
from datetime import date

import pytest

from tests import closing, enrolling
from xingtan.config.commands import privacy
from xingtan.domains.policies.models import TrainingYear
from xingtan.domains.supervision import api as door
from xingtan.domains.supervision.research.ladders import COLUMNS, service_of
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import open_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job, start_job
from xingtan.foundation.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
K = 5


@pytest.fixture
def cast(db):
    made = closing.build()
    for subject, number in (("chinese", 12), ("mathematics", 7), ("physics", 3)):
        enrolling.teachers(made.school, number, subject=subject)
    enrolling.teachers(made.elsewhere, 9, stage="junior", hired_on=date(1999, 9, 1))
    closing.tried(made)
    return made


def extract(cast, folder, k=K, actor=None):
    year = TrainingYear.everywhere.get(pk=cast.year.pk)
    return door.write_extract(actor=actor or cast.mei, training_year=year, k=k, folder=folder, now=closing.JUNE)


def rows_of(made):
    with made.table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_k_holds_in_the_file_and_the_manifest_states_it(cast, tmp_path):
    made = extract(cast, tmp_path)
    rows = rows_of(made)
    classes = Counter(tuple(row[column] for column in COLUMNS) for row in rows)
    assert rows
    assert min(classes.values()) >= K
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert (told["k"], told["rows"], told["smallest_class"]) == (K, len(rows), min(classes.values()))
    assert told["rows"] + told["left_out"] == Teacher.everywhere.count()
    assert set(told["generalised"]) == set(COLUMNS)
    assert AuditLine.objects.get(act="supervision.research_extracted").detail["k"] == K


def test_nobody_is_named_and_two_extracts_cannot_be_joined(cast, tmp_path):
    (tmp_path / "two").mkdir()
    one, two = rows_of(extract(cast, tmp_path)), rows_of(extract(cast, tmp_path / "two"))
    text = (tmp_path / "data.csv").read_text(encoding="utf-8")
    for person in Teacher.everywhere.select_related("school"):
        assert person.name not in text
        assert person.public_id not in text
        assert person.school.name not in text
    assert not {row["person"] for row in one} & {row["person"] for row in two}
    assert all(row["verified_hours"].isdigit() for row in one)


@pytest.mark.parametrize(("k", "kind"), [(4, Refused), (1001, Refused)])
def test_a_k_that_hides_too_little_is_refused(cast, tmp_path, k, kind):
    with pytest.raises(kind):
        extract(cast, tmp_path, k=k)


def test_only_the_province_takes_one(cast, tmp_path):
    with pytest.raises(NotAllowed):
        extract(cast, tmp_path, actor=cast.zhou)


def test_a_job_bundles_table_and_manifest(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    job = start_job(actor=cast.mei, kind=door.RESEARCH_JOB, params={"year_id": cast.year.pk, "k": K}, now=closing.JUNE)
    run_job(job.pk)
    done = Job.everywhere.get(pk=job.pk)
    assert done.state == "done"
    with open_file(StoredFile.everywhere.get(public_id=done.result["file"])) as source, zipfile.ZipFile(source) as archive:
        assert archive.namelist() == ["data.csv", "manifest.json"]


def test_the_command_writes_parquet(cast, tmp_path, capsys):
    chosen = argparse.Namespace(command="research-extract", year=2026, to=tmp_path / "out", k=K, format="parquet", province="")
    assert privacy.run(chosen) == 0
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["data.parquet", "manifest.json"]
    assert "k = 5" in capsys.readouterr().out
    assert privacy.run(argparse.Namespace(**{**vars(chosen), "year": 1990})) == 2
    assert privacy.run(argparse.Namespace(**{**vars(chosen), "k": 2})) == 2


@pytest.mark.parametrize(
    ("hired", "ladder"),
    [
        (date(2026, 9, 1), ("0-4", "0-9", "*")),
        (date(2021, 6, 2), ("0-4", "0-9", "*")),
        (date(2021, 6, 1), ("5-9", "0-9", "*")),
        (date(2010, 1, 1), ("15-19", "10-19", "*")),
        (date(1980, 1, 1), ("40+", "20+", "*")),
    ],
)
def test_years_of_service_in_bands(hired, ladder):
    assert service_of(hired, date(2026, 6, 1)) == ladder
