"""What is kept for its time goes, and nothing else; the table of times says what the models say."""

from __future__ import annotations

import argparse
from datetime import timedelta

import pytest
from django.apps import apps

from tests import enrolling
from xingtan.config import retaining
from xingtan.config.commands import privacy
from xingtan.config.retention import BY_OTHERS, FILES, KEPT, SWEEPS
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.disclosures.api import Look
from xingtan.foundation.events.models import Event
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file, open_file, path_of
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.people.models import Account, ApiToken, Grant
from xingtan.foundation.people.roles import OPERATOR

NOW = enrolling.NOW
OURS = [model for model in apps.get_models() if model.__module__.startswith("xingtan.")]
EVERY = pytest.mark.django_db(databases="__all__")


def test_the_words_of_every_model_stand_in_the_table():
    said = {model._meta.label: retaining.kept_words(model) for model in OURS}
    assert {label: words for label, words in said.items() if words not in KEPT} == {}


def test_every_model_with_a_time_is_swept_once_and_no_other_is():
    timed = {model._meta.label for model in OURS if KEPT[retaining.kept_words(model)] is not None}
    assert timed - {sweep.model for sweep in SWEEPS} - set(BY_OTHERS) == set()
    assert {sweep.model for sweep in SWEEPS} - timed == set()
    assert len({sweep.model for sweep in SWEEPS}) == len(SWEEPS)


def test_the_ledger_is_never_swept():
    books = {"credits.CreditEntry", "credits.ReviewDecision", "audit.AuditLine", "kits.KitBlock", "ledger.Block", "ledger.Chain"}
    assert not books & {sweep.model for sweep in SWEEPS}


@EVERY
def test_every_sweep_can_be_asked(db):
    assert retaining.look(NOW) == {}


@pytest.fixture
def old(db, settings, tmp_path):
    """Messages, looks, events and a job with its file from three years ago, and the same from today."""
    settings.MEDIA_ROOT = tmp_path / "files"
    cast = enrolling.build()
    for at in (NOW - timedelta(days=1100), NOW):
        Message.objects.create(account_id=cast.chen.account_id, code="x", source=str(at), sent_at=at)
        Event.objects.create(name="x", payload={}, happened_at=at, delivered_at=at)
        Event.objects.create(name="waits", payload={}, happened_at=at)
        Look.objects.create(subject_id=1, account_id=2, role="county_officer", organisation=cast.county, kind="card", on=at, last_at=at)
        file = keep_file([f"{at}".encode()], kind="roster", name="a.csv", media_type="text/csv", actor=OPERATOR, now=at)
        Job.everywhere.create(kind="x", actor={}, created_at=at, finished_at=at, input_file=file)
    return cast


@EVERY
def test_looking_changes_nothing_and_deleting_leaves_what_is_young(old, capsys):
    events = Event.objects.count()
    assert privacy.run(argparse.Namespace(command="retain", delete=False)) == 0
    assert "Nothing was deleted" in capsys.readouterr().out
    assert (Message.objects.count(), Event.objects.count(), StoredFile.everywhere.count()) == (2, events, 2)
    places = [path_of(file) for file in StoredFile.everywhere.order_by("stored_at")]
    gone = retaining.retain(NOW)
    assert gone == {"inbox.Message": 1, "events.Event": 1, "disclosures.Look": 1, "jobs.Job": 1, "files: roster": 1}
    assert (Message.objects.get().sent_at, Job.everywhere.get().created_at) == (NOW, NOW)
    assert Event.objects.filter(name="waits").count() == 2
    assert [place.exists() for place in places] == [False, True]
    line = AuditLine.objects.get(act="upkeep.retained")
    assert line.detail == gone
    assert retaining.retain(NOW) == {}


@EVERY
def test_a_row_that_something_points_at_stays(old):
    grant = Grant.objects.create(
        account=Account.objects.first(), role="tutor", organisation=old.school, from_on="2001-01-01", to_on="2002-01-01"
    )
    free = Grant.objects.create(
        account=Account.objects.first(), role="tutor", organisation=old.county, from_on="2001-01-01", to_on="2002-01-01"
    )
    ApiToken.objects.create(grant=grant, name="x", digest="x", created_at=NOW, expires_at=NOW)
    retaining.retain(NOW)
    assert (Grant.objects.filter(pk=grant.pk).exists(), Grant.objects.filter(pk=free.pk).exists()) == (True, False)


@EVERY
def test_bytes_that_another_file_shares_stay(old):
    young = StoredFile.everywhere.latest("stored_at")
    with open_file(young) as source:
        content = source.read()
    keep_file([content], kind="roster", name="b.csv", media_type="text/csv", actor=OPERATOR, now=NOW - FILES["roster"] - timedelta(days=1))
    assert retaining.retain(NOW)["files: roster"] == 2
    with open_file(young) as source:
        assert source.read() == content


@EVERY
def test_more_than_a_portion_goes(old, monkeypatch):
    monkeypatch.setattr(retaining, "PORTION", 2)
    at = NOW - timedelta(days=1100)
    Message.objects.bulk_create(Message(account_id=old.chen.account_id, code="x", source=f"{n}", sent_at=at) for n in range(5))
    assert retaining.retain(NOW)["inbox.Message"] == 6
