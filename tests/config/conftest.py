from __future__ import annotations

import shutil
import uuid
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connections


@pytest.fixture
def site(own_database, settings, tmp_path):
    """A site with data of its own that commits: its database, its home with keys, its files."""
    keys = Path(settings.HOME) / "keys"
    import_module("xingtan.foundation.keys").sign(b"so that there is a key")
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "files"
    settings.HOME.mkdir(mode=0o700)
    settings.MEDIA_ROOT.mkdir()
    shutil.copytree(keys, settings.HOME / "keys")
    for file in (settings.HOME / "keys").iterdir():
        file.chmod(0o600)
    return settings


@pytest.fixture
def moved_in(site, tmp_path):
    """A call after which the databases are empty ones and the home is another, with the same keys."""
    back = []

    def move():
        home = tmp_path / "second"
        home.mkdir(mode=0o700)
        shutil.copytree(site.HOME / "keys", home / "keys")
        site.HOME, site.MEDIA_ROOT = home, home / "files"
        site.MEDIA_ROOT.mkdir()
        back.extend([move_database(connections[alias], home) for alias in connections.settings])
        return home

    yield move
    for undo in back:
        undo()


def move_database(connection, home):
    """The alias names a new, empty database; the answer puts the old name back and drops the new one."""
    old, is_sqlite = connection.settings_dict["NAME"], connection.vendor == "sqlite"
    new = str(home / f"{connection.alias}.sqlite3") if is_sqlite else f"test_{uuid.uuid4().hex}"
    let_go(connection)
    if not is_sqlite:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{new}"')
    connection.settings_dict["NAME"] = new

    def undo():
        let_go(connection)
        connection.settings_dict["NAME"] = old
        if not is_sqlite:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{new}" WITH (FORCE)')

    return undo


def let_go(connection):
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
