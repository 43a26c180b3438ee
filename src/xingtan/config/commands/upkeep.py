"""`xingtan migrate`, `backup`, `restore`, `doctor` and `rotate-keys`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from xingtan.config.env import ENV
from xingtan.foundation.scope.models import Organisation

from . import backups, doctor, keys
from .screen import complain, say
from .setup import migrate, pending_migrations

SIGNS = {True: "ok  ", False: "FAIL"}


def run(chosen: argparse.Namespace) -> int:
    """Do the named upkeep; 0 when all is well."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "migrate": _migrate,
        "backup": _backup,
        "restore": _restore,
        "doctor": _doctor,
        "rotate-keys": _rotate,
    }
    return acts[chosen.command](chosen)


def has_data() -> bool:
    """True when there is anything that a backup should keep."""
    return not [name for name in pending_migrations() if "scope.0001" in name] and Organisation.everywhere.exists()


def write_backup(to: Path | None = None) -> Path:
    """A backup of records and files, taken while the site runs; returns its place."""
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
    return backups.write(to or ENV.path("backups", f"xingtan-{stamp}.tar"))


def _migrate(chosen: argparse.Namespace) -> int:
    pending = pending_migrations()
    if pending and has_data():
        say(f"Backup: {write_backup()}")
    migrate()
    say(f"{len(pending)} migrations applied.")
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    place = write_backup(chosen.to)
    say(f"{place} ({place.stat().st_size / 1e6:.1f} MB). The keys are not in it: keep a copy of {ENV.path('keys')} in another place.")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    try:
        manifest = backups.read_manifest(chosen.file)
    except backups.NotABackup as fault:
        complain(str(fault))
        return 2
    if not chosen.yes and not _sure(f"Replace today's data with the backup of {manifest['made_at']}? Stop the server first. [yes/no] "):
        return 1
    try:
        kept = backups.restore(chosen.file, write_backup=write_backup if has_data() else None)
    except backups.NotABackup as fault:
        complain(f"{fault}. Nothing was changed.")
        return 2
    say(f"Restored. What was there before is kept in {kept}." if kept else "Restored.")
    if closed := backups.without_keys():
        complain(
            f"{closed} closed files cannot be opened: their key is not in {ENV.path('keys')}. Put personal.json of the old site there."
        )
    return 0


def _sure(question: str) -> bool:
    if not sys.stdin.isatty():
        complain("Nothing was changed: say --yes to replace today's data.")
        return False
    return input(question).strip().lower() == "yes"


def _doctor(chosen: argparse.Namespace) -> int:
    findings = list(doctor.examine())
    for finding in findings:
        say(f"{SIGNS[finding.is_well]}  {finding.what:<24}{finding.detail}")
        if not finding.is_well:
            say(f"      → {finding.advice}")
    ill = sum(not finding.is_well for finding in findings)
    say(f"\n{len(findings) - ill} well, {ill} to mend.")
    return 1 if ill else 0


def _rotate(chosen: argparse.Namespace) -> int:
    if chosen.retire:
        return 0 if keys.retire(show=say) else 1
    done = keys.close_rest(show=say) if chosen.rest else keys.rotate(show=say)
    say(f"{done} values and files closed anew. Copy {ENV.path('keys')} to its second place now.")
    return 0
