"""Backups while people write, restored where nothing was; a damaged one changes nothing."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import threading
from datetime import timedelta

import pytest
from allauth.idp.oidc.models import Token
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from tests import enrolling
from xingtan.config.commands import backups, doctor, upkeep
from xingtan.config.commands.setup import migrate, pending_migrations
from xingtan.domains.credits.models import CreditEntry
from xingtan.domains.learning.models import UnitProgress
from xingtan.foundation.audit.log import record
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.entrance.models import Visit
from xingtan.foundation.entrance.visits import open_visit
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file, open_file, path_of
from xingtan.foundation.ledger.models import Chain
from xingtan.foundation.ledger.post import books, check_chain
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.scope.models import Organisation

NOW = enrolling.NOW


@pytest.fixture
def data(site):
    """A province with schools, a stored file, audit lines, and a second of study in the recorder's own file."""
    cast = enrolling.build()
    kept = keep_file([b"%PDF-1.7 hello"], kind="certificate", name="a.pdf", media_type="application/pdf", actor=OPERATOR, now=NOW)
    UnitProgress._base_manager.create(
        teacher_id=cast.lin_teacher.pk, unit_id=1, length_s=600, learned_s=60, published_s=60, changed_at=1_790_000_000
    )
    record(OPERATOR, "test.act", "nothing", [1], now=NOW)
    return kept


def faults():
    return [fault for chain in Chain.objects.all() for fault in check_chain(chain, books())]


def edited(place, change):
    """The same backup with one member's bytes changed, or (None) left out."""
    made = place.with_name("altered.tar")
    with tarfile.open(place) as old, tarfile.open(made, "w") as new:
        for member in old.getmembers():
            body = old.extractfile(member).read() if member.isfile() else b""
            body = change(member.name, body)
            if body is not None:
                member.size = len(body)
                new.addfile(member, io.BytesIO(body))
    return made


def some_record(place):
    """The part of the records that holds the organisations."""
    with tarfile.open(place) as tar:
        names = tar.getnames()
    return next(name for name in names if name.startswith("records/") and ("default" in name or "scope_organisation" in name))


def test_all_is_back_in_an_empty_home(data, moved_in, tmp_path):
    before = (Organisation.everywhere.count(), AuditLine.objects.count(), StoredFile.everywhere.count())
    place = backups.write(tmp_path / "b.tar")
    moved_in()
    assert not path_of(data).exists()
    assert backups.restore(place, write_backup=None) is None
    assert (Organisation.everywhere.count(), AuditLine.objects.count(), StoredFile.everywhere.count()) == before
    assert path_of(StoredFile.everywhere.get()).read_bytes() == b"%PDF-1.7 hello"
    assert faults() == []
    assert pending_migrations() == []


def test_what_was_learned_is_told_again_after_a_restore(data, moved_in, tmp_path):
    place = backups.write(tmp_path / "b.tar")
    moved_in()
    backups.restore(place, write_backup=None)
    assert UnitProgress._base_manager.values_list("learned_s", "published_s").get() == (60, 0)


def test_new_rows_follow_the_restored_ones(data, moved_in, tmp_path):
    place = backups.write(tmp_path / "b.tar")
    moved_in()
    backups.restore(place, write_backup=None)
    last = AuditLine.objects.order_by("-pk").values_list("pk", flat=True).first()
    record(OPERATOR, "test.act", "nothing", [2], now=NOW)
    assert AuditLine.objects.order_by("-pk").values_list("pk", flat=True).first() > last
    assert faults() == []


def test_the_restored_books_are_append_only(data, moved_in, tmp_path):
    place = backups.write(tmp_path / "b.tar")
    moved_in()
    backups.restore(place, write_backup=None)
    with pytest.raises(Exception, match="append-only"):
        AuditLine.objects.update(act="another")
    assert CreditEntry.everywhere.count() == 0


@pytest.mark.race
def test_a_backup_taken_while_people_write_is_whole(data, moved_in, tmp_path):
    stop, written = threading.Event(), []

    def write():
        try:
            while not stop.is_set():
                record(OPERATOR, "test.act", "nothing", [len(written)], now=timezone.now())
                written.append(1)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 3:
            stop.wait(0.01)
        before = AuditLine.objects.count()
        place = backups.write(tmp_path / "b.tar")
    finally:
        stop.set()
        writer.join()
    after = AuditLine.objects.count()
    moved_in()
    backups.restore(place, write_backup=None)
    assert before <= AuditLine.objects.count() <= after
    assert faults() == []


def test_the_keys_are_not_in_it(data, tmp_path):
    with tarfile.open(backups.write(tmp_path / "b.tar")) as tar:
        names = set(tar.getnames()) - {"manifest.json"}
    plain = [name.replace("tenders_keyholder", "") for name in names]  # a table; what it holds is closed under passphrases
    assert not [name for name in plain if "key" in name or name.endswith(".json")]


def flip(body):
    return body[:-1] + bytes([body[-1] ^ 1])


@pytest.mark.parametrize("what", ["record", "missing", "manifest", "signature", "file", "cut", "not a tar"])
def test_an_altered_backup_is_refused_and_changes_nothing(data, tmp_path, what):
    place = backups.write(tmp_path / "b.tar")
    part, before = some_record(place), Organisation.everywhere.count()

    def with_manifest(body, **changes):
        return json.dumps({**json.loads(body), **changes}).encode()

    changes = {
        "record": lambda name, body: flip(body) if name == part else body,
        "missing": lambda name, body: None if name == part else body,
        "manifest": lambda name, body: with_manifest(body, made_at="2020") if name == "manifest.json" else body,
        "signature": lambda name, body: with_manifest(body, signature="") if name == "manifest.json" else body,
        "file": lambda name, body: flip(body) if name.startswith("files/") else body,
    }
    if what in changes:
        place = edited(place, changes[what])
    elif what == "cut":
        place.write_bytes(place.read_bytes()[:-20_000])
    else:
        place.write_bytes(b"hello")
    with pytest.raises(backups.NotABackup):
        backups.restore(place, write_backup=lambda: pytest.fail("today's data was touched"))
    assert Organisation.everywhere.count() == before


def test_without_the_makers_keys_it_is_refused(data, site, tmp_path):
    place = backups.write(tmp_path / "b.tar")
    shutil.rmtree(site.HOME / "keys")
    with pytest.raises(backups.NotABackup, match="keys"):
        backups.restore(place, write_backup=None)
    assert not (site.HOME / "keys").exists()


def test_todays_data_is_kept_beside(data, site, tmp_path):
    place = backups.write(tmp_path / "b.tar")
    record(OPERATOR, "test.act", "nothing", [7], now=NOW)
    count = AuditLine.objects.count()
    kept = backups.restore(place, write_backup=lambda: backups.write(tmp_path / "today.tar"))
    assert AuditLine.objects.count() == count - 1
    backups.restore(kept, write_backup=None)
    assert AuditLine.objects.count() == count


def test_the_command_answers_2_for_what_is_no_backup(data, tmp_path, capsys):
    place = tmp_path / "no.tar"
    place.write_bytes(b"hello")
    chosen = type("Chosen", (), {"command": "restore", "file": place, "yes": True})()
    assert upkeep.run(chosen) == 2
    assert "not a backup" in capsys.readouterr().err
    migrate()


ROSTER = b"PK\x03\x04" + b"a register with names and numbers" * 5_000  # more than two pieces


def kept_closed(kind):
    return keep_file([ROSTER], kind=kind, name="r.xlsx", media_type="application/octet-stream", actor=OPERATOR, now=NOW)


def heads():
    return list(Chain.objects.order_by("name").values_list("name", "height", "head"))


@pytest.mark.parametrize("kind", ["roster", "late_entry", "hand_in", "roster.bundle"])
def test_closed_files_are_back_and_open(data, moved_in, tmp_path, kind):
    kept, before = kept_closed(kind), heads()
    place = backups.write(tmp_path / "b.tar")
    moved_in()
    backups.restore(place, write_backup=None)
    there = StoredFile.everywhere.get(pk=kept.pk)
    assert ROSTER[:40] not in path_of(there).read_bytes()
    with open_file(there) as source:
        assert source.read() == ROSTER
    assert before
    assert heads() == before
    assert doctor._files().is_well
    assert doctor._chains().is_well
    assert backups.without_keys() == 0


def test_an_altered_closed_file_is_found_with_its_key(data, tmp_path):
    kept_closed("roster")
    place = edited(backups.write(tmp_path / "b.tar"), lambda name, body: flip(body) if name.startswith("files/closed/") else body)
    with pytest.raises(backups.NotABackup, match="altered"):
        backups.restore(place, write_backup=None)


@pytest.mark.parametrize("left", [10, 40])
def test_without_its_key_a_closed_file_is_put_back_when_it_is_whole(data, moved_in, tmp_path, capsys, left):
    kept_closed("roster")
    place = backups.write(tmp_path / "b.tar")
    cut = edited(place, lambda name, body: body[:left] if name.startswith("files/closed/") else body)
    home = moved_in()
    (home / "keys" / "personal.json").unlink()
    with pytest.raises(backups.NotABackup, match="altered"):
        backups.restore(cut, write_backup=None)
    chosen = type("Chosen", (), {"command": "restore", "file": place, "yes": True})()
    assert upkeep.run(chosen) == 0
    assert "1 closed files cannot be opened" in capsys.readouterr().err
    assert not (home / "keys" / "personal.json").exists()


def signed_in(account_id):
    Session.objects.create(session_key="a-live-session-key", session_data="x", expire_date=NOW + timedelta(days=365))
    told = {"device": "Firefox", "place": "", "by": "password"}
    open_visit(account_id=account_id, session_key="a-live-session-key", now=NOW, **told)
    Token.objects.create(type="at", hash="a-live-token-of-a-site", user_id=account_id, expires_at=NOW + timedelta(days=365))


def test_a_restore_signs_nobody_in_again(data, moved_in, tmp_path):
    signed_in(Account.objects.values_list("pk", flat=True)[0])
    place = backups.write(tmp_path / "b.tar")
    assert Session.objects.count() == 1  # who is at work stays signed in
    with tarfile.open(place) as tar:
        texts = [tar.extractfile(one).read() for one in tar if one.isfile()]
    assert not [text for text in texts if b"a-live-session-key" in text or b"a-live-token-of-a-site" in text]
    moved_in()
    backups.restore(place, write_backup=None)
    assert Session.objects.count() == 0
    assert Visit.objects.count() == 0
    assert Token.objects.count() == 0
