"""What the doctor finds, each on a site that is otherwise well."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import connection
from django.utils import timezone

from tests import closing, crediting, enrolling
from xingtan.config.commands import backups, doctor, upkeep
from xingtan.domains.credits.models import CreditEntry, EntryState
from xingtan.foundation.audit.log import record
from xingtan.foundation.events.models import Event
from xingtan.foundation.files.store import keep_file, path_of
from xingtan.foundation.ledger.heads import sign_heads
from xingtan.foundation.people.roles import OPERATOR

NOW = enrolling.NOW


@pytest.fixture
def ledger(site):
    """A site with entries in its ledger, signed heads, a stored file and a backup of today."""
    cast = crediting.build()
    crediting.delivered(cast, [cast.lin_teacher], 36_000)
    crediting.enter(cast)
    Event.objects.update(delivered_at=timezone.now())
    keep_file([b"%PDF-1.7 hello"], kind="certificate", name="a.pdf", media_type="application/pdf", actor=OPERATOR, now=NOW)
    sign_heads(timezone.now())
    backups.write(site.HOME / "backups" / "b.tar")
    return cast


def ill():
    return {finding.what: finding for finding in doctor.examine() if not finding.is_well}


def tampered(table, change):
    """A line is edited as one with the database's password could: its guard dropped first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        else:
            cursor.execute(f"DROP TRIGGER append_only ON {table}")
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608 -- both are constants of this file


def test_a_site_that_is_well(ledger, capsys):
    assert ill() == {}
    assert upkeep.run(type("Chosen", (), {"command": "doctor"})()) == 0
    assert "0 to mend" in capsys.readouterr().out


def test_an_edited_line_of_the_ledger_is_found(ledger, capsys):
    tampered("credits_creditentry", "recognised_centi = recognised_centi + 100")
    finding = ill()["ledger and audit log"]
    assert "a line was altered" in finding.detail
    assert "restore" in finding.advice
    assert upkeep.run(type("Chosen", (), {"command": "doctor"})()) == 1
    assert "FAIL" in capsys.readouterr().out


def test_an_edited_audit_line_is_found(ledger):
    tampered("audit_auditline", "act = 'nothing.happened'")
    assert "audit" in ill()["ledger and audit log"].detail


def test_a_chain_rewritten_whole_is_found_by_its_signed_head(ledger):
    tampered("ledger_block", "digest = '1' || substr(digest, 2) WHERE height = 1")
    assert "signed heads" in ill()


def test_a_state_that_the_ledger_does_not_give_is_found(ledger):
    EntryState.everywhere.update(state="verified")
    assert f"entry {CreditEntry.everywhere.get().pk} is entered by the ledger" in ill()["states of entries"].detail


@pytest.mark.parametrize("how", ["missing", "altered"])
def test_a_file_that_is_gone_or_altered_is_found(ledger, how):
    kept = keep_file([b"%PDF-1.7 more"], kind="certificate", name="b.pdf", media_type="application/pdf", actor=OPERATOR, now=NOW)
    if how == "missing":
        path_of(kept).unlink()
    else:
        path_of(kept).write_bytes(b"%PDF-1.7 evil")
    finding = ill()["files"]
    assert kept.public_id in finding.detail
    assert how in finding.detail


def test_a_pending_migration_is_found_and_the_rest_still_looked_at(ledger):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'certificates'")
    found = ill()
    assert "certificates.0001_initial" in found["migrations"].detail
    assert "xingtan migrate" in found["migrations"].advice
    assert set(found) == {"migrations"}


def test_an_event_that_lags_is_found(ledger):
    Event.objects.create(name="determination.examined", payload={}, happened_at=NOW)
    assert "hallway" in ill()


def test_a_home_that_others_may_enter_is_found(ledger, site):
    site.HOME.chmod(0o755)
    finding = ill()["home"]
    assert "open to other users" in finding.detail
    assert finding.advice == f"chmod 700 {site.HOME}"


def test_keys_that_others_can_read_are_found(ledger, site):
    (site.HOME / "keys" / "signing.json").chmod(0o644)
    assert "signing.json" in ill()["keys"].detail


def test_a_missing_backup_is_found(ledger, site):
    (site.HOME / "backups" / "b.tar").unlink()
    assert ill()["backup"].detail == "none yet"


@pytest.mark.sqlite
def test_a_damaged_file_of_the_database_is_found(ledger):
    """SQLite only: PostgreSQL checks its own pages."""
    record(OPERATOR, "test.act", "nothing", [1], now=NOW)
    with sqlite3.connect(connection.settings_dict["NAME"]) as other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute("DELETE FROM sqlite_master WHERE name = 'credit_entry_teacher_year'")
    other.close()
    connection.close()
    assert "default" in ill()["database"].detail


@pytest.mark.django_db(databases="__all__")
def test_a_closed_year_without_its_archive_is_found():
    closing.closed(closing.build())
    finding = ill()["archives of closed years"]
    assert "2026: has no archive yet" in finding.detail
