"""Backups: records and files in one tar with a manifest; taken while the site runs, keys left out."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.utils import timezone

from xingtan.domains.learning.api import tell_everything_again
from xingtan.foundation.files import sealed
from xingtan.foundation.keys import sign, verify_signature

from .setup import migrate

FORMAT = 1
MANIFEST = "manifest.json"
SIGNED_IN = ("django_session", "entrance_visit", "allauth_idp_oidc_token")  # left empty: a restore signs nobody in again, here or elsewhere


class NotABackup(Exception):
    """The file is not a whole backup of this program, or was altered."""


def write(place: Path) -> Path:
    """The backup stands at `place`, whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        parts = _sqlite_parts(Path(folder)) if connection.vendor == "sqlite" else _postgres_parts(Path(folder))
        digests = {part.name: _digest(part) for part in parts}
        fresh = place.with_suffix(".part")
        with tarfile.open(fresh, "w") as tar:
            _add_text(tar, MANIFEST, json.dumps(_manifest(digests), indent=1))
            for part in parts:
                tar.add(part, f"records/{part.name}")
            for file in _files():
                tar.add(file, f"files/{file.relative_to(settings.MEDIA_ROOT)}")
        fresh.replace(place)
    return place


def _manifest(digests: dict[str, str]) -> dict[str, Any]:
    told = {"format": FORMAT, "made_at": timezone.now().isoformat(), "vendor": connection.vendor, "records": digests}
    return {**told, "signature": sign(_message(told))}


def _message(told: dict[str, Any]) -> bytes:
    """What the signature covers: everything that the manifest says."""
    return json.dumps({key: value for key, value in told.items() if key != "signature"}, sort_keys=True).encode()


def _sqlite_parts(folder: Path) -> list[Path]:
    """The main file first: beats that came after it are told again on restore, so none is lost and none counted twice."""
    parts = []
    for alias in settings.DATABASES:
        part = folder / f"{alias}.sqlite3"
        with sqlite3.connect(str(connections[alias].settings_dict["NAME"])) as source, sqlite3.connect(part) as copy:
            source.backup(copy)
        _sign_out(copy)
        copy.close()
        source.close()
        parts.append(part)
    return parts


def _sign_out(copy: sqlite3.Connection) -> None:
    """The copy holds no session, and none can be read from what deleted rows leave behind either."""
    copy.execute("PRAGMA secure_delete = ON")
    known = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    with copy:
        for table in known.intersection(SIGNED_IN):
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 -- one of two constants


def _tables() -> list[str]:
    found = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    return sorted(found.intersection(connection.introspection.table_names()).difference(SIGNED_IN))


def _postgres_parts(folder: Path) -> list[Path]:
    parts = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for table in _tables():
            part = folder / f"{table}.copy"
            with part.open("wb") as file, cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                for piece in copy:
                    file.write(piece)
            parts.append(part)
    return parts


def _files() -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    yield from (file for file in sorted(root.rglob("*")) if file.is_file() and not file.name.startswith(".new-"))


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def read_manifest(place: Path) -> dict[str, Any]:
    """What the backup says of itself; raises `NotABackup` when it is none, or not for this kind of database."""
    try:
        with tarfile.open(place) as tar:
            source = tar.extractfile(MANIFEST)
            manifest: dict[str, Any] = json.load(source) if source else {}
    except (OSError, tarfile.TarError, KeyError, ValueError) as fault:
        raise NotABackup(f"{place} is not a backup of Xingtan") from fault
    if manifest.get("format") != FORMAT:
        raise NotABackup(f"{place} has format {manifest.get('format')}, this version reads {FORMAT}")
    if manifest["vendor"] != connection.vendor:
        raise NotABackup(f"{place} was made on {manifest['vendor']}, this site runs on {connection.vendor}")
    if not (Path(settings.HOME) / "keys" / "signing.json").exists():
        raise NotABackup(
            f"put the keys of the site that made {place} into {Path(settings.HOME) / 'keys'} first: without them its numbers stay closed"
        )
    if not verify_signature(_message(manifest), str(manifest.get("signature", ""))):
        raise NotABackup(f"{place} was altered, or made with other keys than those in {Path(settings.HOME) / 'keys'}")
    return manifest


def restore(place: Path, *, write_backup: Callable[[], Path] | None) -> Path | None:
    """The backup's records and files are in place, today's were backed up first; a damaged backup changes nothing."""
    manifest = read_manifest(place)
    with tempfile.TemporaryDirectory(dir=settings.HOME) as name:
        folder = Path(name)
        _unpack(place, folder)
        for fault in _faults(folder, manifest["records"]):
            raise NotABackup(f"{place}: {fault}")
        kept = write_backup() if write_backup else None
        put = _put_sqlite if connection.vendor == "sqlite" else _put_postgres
        put(folder / "records")
        if (folder / "files").exists():
            shutil.copytree(folder / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)
    migrate()
    tell_everything_again()
    return kept


def _unpack(place: Path, folder: Path) -> None:
    try:
        with tarfile.open(place) as tar:
            tar.extractall(folder, filter="data")
    except (OSError, tarfile.TarError) as fault:
        raise NotABackup(f"{place} is damaged: {fault}") from fault


def _faults(folder: Path, records: dict[str, str]) -> Iterator[str]:
    """Every part that is missing, altered or was put there by another; stored files carry their digest as their name."""
    for part, digest in records.items():
        file = folder / "records" / part
        if not file.is_file():
            yield f"{part} is missing"
        elif _digest(file) != digest:
            yield f"{part} was altered"
    yield from (f"{file.name} was altered" for file in (folder / "files").rglob("*") if file.is_file() and not _is_as_named(file))


def _is_as_named(file: Path) -> bool:
    """True when the stored file's plain bytes have its name as their digest; of one whose key is not here, when it is whole as it lies."""
    if file.parent.parent.name != sealed.FOLDER:
        return _digest(file) == file.name
    if not sealed.is_whole(file):
        return False
    if not sealed.has_key(file):
        return True
    try:
        with sealed.opened(file) as source:
            return hashlib.file_digest(source, "sha256").hexdigest() == file.name
    except InvalidTag:
        return False


def without_keys() -> int:
    """How many closed files of this home none of its keys opens."""
    closed = Path(settings.MEDIA_ROOT) / sealed.FOLDER
    return sum(not sealed.has_key(file) for file in closed.rglob("*") if file.is_file() and not file.name.startswith(".new-"))


def _put_sqlite(records: Path) -> None:
    for alias in settings.DATABASES:
        connections[alias].close()
        target = Path(str(connections[alias].settings_dict["NAME"]))
        with sqlite3.connect(records / f"{alias}.sqlite3") as source, sqlite3.connect(target) as copy:
            source.backup(copy)
        _sign_out(copy)  # backups of earlier versions hold sessions
        source.close()
        copy.close()


def _put_postgres(records: Path) -> None:
    """Into an empty schema: the tables are made anew, so that nothing of today remains, append-only or not."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    migrate()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables():
            part = records / f"{table}.copy"
            if part.exists():
                _fill(cursor, table, part)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)


def _fill(cursor: Any, table: str, part: Path) -> None:  # noqa: ANN401 -- psycopg's own cursor
    if table in ("django_content_type", "auth_permission"):
        cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 -- one of two constants
    with part.open("rb") as source, cursor.cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
        while piece := source.read(1 << 20):
            copy.write(piece)
