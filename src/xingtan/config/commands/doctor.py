"""What `xingtan doctor` looks at; every finding says what to do."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from xingtan.config.env import ENV
from xingtan.config.watching import settle
from xingtan.domains.certificates import api as certificates
from xingtan.domains.closing import api as closing
from xingtan.domains.credits import api as credits_room
from xingtan.domains.eligibility import api as eligibility
from xingtan.domains.learning import api as learning
from xingtan.domains.papers import api as papers
from xingtan.domains.supervision import api as supervision
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.entrance.needed import is_asked_for
from xingtan.foundation.events.models import Event
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import open_file, path_of
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.keys import rotation
from xingtan.foundation.ledger.heads import check_heads
from xingtan.foundation.ledger.models import Chain
from xingtan.foundation.ledger.post import Fault, books, check_chain
from xingtan.web.entrance.proxied import FEWER, MORE, noted_proxies

from . import keys
from .setup import pending_migrations

LAG = timedelta(minutes=5)
FREE_BYTES = 2 * 1024**3
BACKUP_AGE = timedelta(days=2)
NAMED = 3


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    is_well: bool
    detail: str
    advice: str = ""


def examine() -> Iterator[Finding]:
    """Every finding, in the order in which one would mend them; with migrations pending, only what can be looked at without them."""
    migrations = _migrations()
    yield migrations
    looks: tuple[Callable[[], Finding], ...] = (_database, _storage, _home, _keys, _settings, _proxies, _backup)
    if migrations.is_well:
        looks += (_old_keys, _chains, _heads, _projection, _certificates, _closed_years, _beat_archives, _files, _events, _jobs, _search)
    for look in looks:
        yield look()


def _finding(what: str, faults: list[str], well: str, advice: str) -> Finding:
    more = f" and {len(faults) - NAMED} more" if len(faults) > NAMED else ""
    return Finding(what, not faults, "; ".join(faults[:NAMED]) + more if faults else well, advice)


def _migrations() -> Finding:
    return _finding("migrations", pending_migrations(), "none pending", "run `xingtan migrate`; it makes a backup first")


def _database() -> Finding:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0])
        return Finding("database", version >= 150000, f"PostgreSQL {version // 10000}", "Xingtan needs PostgreSQL 15 or newer")
    faults = [fault for alias in settings.DATABASES for fault in _sqlite_faults(alias)]
    return _finding("database", faults, f"SQLite {sqlite3.sqlite_version}, whole", "restore the last backup: `xingtan restore FILE`")


def _sqlite_faults(alias: str) -> Iterator[str]:
    with connections[alias].cursor() as cursor:
        for pragma, wanted in (
            ("quick_check", "ok"),
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("recursive_triggers", 1),
            ("foreign_keys", 1),
        ):
            cursor.execute(f"PRAGMA {pragma}")
            found = cursor.fetchone()[0]
            if found != wanted:
                yield f"{alias}: {pragma} is {found}, not {wanted}"


def _storage() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    return Finding("storage", free > FREE_BYTES, f"{free / 1e9:.1f} GB free", "make room: move old backups elsewhere")


def _home() -> Finding:
    home = Path(settings.HOME)
    is_shut = not home.stat().st_mode & 0o077
    detail = "only its owner enters it" if is_shut else f"{home} is open to other users of this machine, with its records and files"
    return Finding("home", is_shut, detail, f"chmod 700 {home}")


def _keys() -> Finding:
    folder = Path(settings.HOME) / "keys"
    faults = [f"{file.name} is readable by others" for file in folder.glob("*") if file.stat().st_mode & 0o077]
    if not folder.exists():
        faults.append("there are none")
    well = f"only their owner reads them; what is given out is signed with {learning.signing_key()}"
    return _finding("keys", faults, well, f"chmod 600 {folder}/*; keep a copy in another place")


def _old_keys() -> Finding:
    faults = [f"{count} in {name}" for name, count in keys.under_old_keys().items()]
    if rotation.under_way():
        faults.insert(0, "a rotation was stopped")
    advice = "`xingtan rotate-keys` goes on with one that was stopped; `xingtan rotate-keys --rest` closes the rest anew"
    return _finding("keys in use", faults, "nothing is closed under an old one", advice)


def _settings() -> Finding:
    faults = ["debug is on"] if settings.DEBUG else []
    local = ENV.public_url.startswith(("http://127.0.0.1", "http://localhost"))
    if not local and not ENV.public_url.startswith("https://"):
        faults.append("the public address is not https")
    if not local and not is_asked_for():
        faults.append("administrators sign in without a second factor")
    advice = "unset XINGTAN_DEBUG and XINGTAN_SECOND_FACTOR; set XINGTAN_PUBLIC_URL to https://…"
    return _finding("settings", faults, "as they should be", advice)


def _proxies() -> Finding:
    told = {
        MORE: "people come through a proxy that XINGTAN_PROXIES does not count: all of them have its address",
        FEWER: f"people come past some of the {settings.PROXIES} proxies that XINGTAN_PROXIES counts",
    }
    faults = [told[noted]] if (noted := noted_proxies()) else []
    advice = "set XINGTAN_PROXIES to how many proxies of yours write X-Forwarded-For; let nobody reach the site past them"
    return _finding("proxies", faults, f"{settings.PROXIES} in front, as set", advice)


def _backup() -> Finding:
    made = sorted((Path(settings.HOME) / "backups").glob("*.tar"), key=lambda file: file.stat().st_mtime)
    fresh = bool(made) and timezone.now().timestamp() - made[-1].stat().st_mtime < BACKUP_AGE.total_seconds()
    return Finding("backup", fresh, made[-1].name if made else "none yet", "run `xingtan backup` every night")


def _chains() -> Finding:
    known = books()
    chains = list(Chain.objects.order_by("name"))
    faults = [_said(fault) for chain in chains for fault in check_chain(chain, known)]
    well = f"{len(chains)} chains with {sum(chain.height for chain in chains)} blocks are as posted"
    return _finding("ledger and audit log", faults, well, "stop entering; compare with the signed heads and restore the last whole backup")


def _said(fault: Fault) -> str:
    return f"{fault.chain} block {fault.height}: {fault.what}"


def _heads() -> Finding:
    faults = [_said(fault) for fault in check_heads()]
    return _finding("signed heads", faults, "agree with the chains", "a chain was rewritten after it was signed: restore a backup")


def _projection() -> Finding:
    faults = list(credits_room.check_states())
    return _finding(
        "states of entries", faults, "as the ledger says", "they are rebuilt from the ledger: `xingtan migrate` then ask support"
    )


def _certificates() -> Finding:
    faults = [f"page {public_id}: {', '.join(broken)}" for public_id, broken in certificates.altered_pages()]
    faults += [f"statement {public_id}: {', '.join(broken)}" for public_id, broken in eligibility.altered_statements()]
    faults += [f"paper {public_id}: {', '.join(broken)}" for public_id, broken in papers.altered_papers()]
    return _finding(
        "certificates",
        faults,
        "every page, eligibility statement and sealed paper agrees with its signature",
        "restore them from a backup, and find out who wrote there",
    )


def _closed_years() -> Finding:
    faults = [f"{year}: {fault}" for year, fault in closing.altered_archives()]
    advice = "write a missing archive on the year's page of determination; restore an altered one from a backup"
    return _finding("archives of closed years", faults, "as they were written", advice)


def _beat_archives() -> Finding:
    faults = [f"{day} {what}" for day, what in learning.altered_beat_archives()]
    kept = len(learning.beat_archives())
    return _finding(
        "archived beats", faults, f"{kept} days as they were signed", "put the files back from a backup: `xingtan restore FILE`"
    )


def _live_view() -> Finding:
    now = timezone.now()
    found = supervision.compare_all(now, mends=False, settle=lambda: settle(now))
    faults = [
        f"project {project_id}: {one.differing} rows differ by {one.difference_s} seconds"
        for project_id, one in found.items()
        if one.differing
    ]
    well = f"{sum(one.rows for one in found.values())} trainees as the raw record says, to the second"
    return _finding("live view", faults, well, "make its figures anew from the raw record: `xingtan live-view --mend`")


def _files() -> Finding:
    faults = []
    count = 0
    for file in StoredFile.everywhere.order_by("sha256").iterator(chunk_size=500):
        count += 1
        if not path_of(file).exists():
            faults.append(f"{file.public_id} is missing")
        elif _is_altered(file):
            faults.append(f"{file.public_id} was altered")
    return _finding("files", faults, f"{count} present and unaltered", "restore them from a backup")


def _is_altered(file: StoredFile) -> bool:
    """By size, and by digest where reading all of it is bearable."""
    try:
        with open_file(file) as source:
            if source.seek(0, os.SEEK_END) != file.size:
                return True
            source.seek(0)
            return file.size < FREE_BYTES // 200 and hashlib.file_digest(source, "sha256").hexdigest() != file.sha256  # type: ignore[arg-type]  # -- a file
    except (InvalidTag, KeyError):
        return True


def _search() -> Finding:
    return _finding("search", teachers.check_search(), "every teacher is found by name and school", "run `xingtan search-index`")


def _events() -> Finding:
    late = Event.objects.filter(delivered_at=None, happened_at__lt=timezone.now() - LAG).count()
    return Finding(
        "hallway", not late, f"{late} events wait longer than five minutes", "is the server or `xingtan worker` running? see its log"
    )


def _jobs() -> Finding:
    failed = Job.everywhere.filter(state=State.FAILED, finished_at__gt=timezone.now() - timedelta(days=7)).count()
    return Finding("jobs", not failed, f"{failed} failed in the last seven days", "see the log for their faults, then start them again")
