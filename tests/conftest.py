"""Every test runs on the database that `--database` names, in a data folder of its own that is gone afterwards.

Both are decided before Django's settings are read; that is why DJANGO_SETTINGS_MODULE is set here and not in pyproject.toml.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
from importlib import import_module
from pathlib import Path

import django
import hypothesis
import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from tests import migrated
from tools import browser, postgres

SETTINGS = "xingtan.config.settings"
# A deadline measures the machine, not the code; under CI the same examples come every time.
SLOW = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=SLOW, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("house")
OTHER = {"sqlite": "postgres", "postgres": "sqlite"}


def pytest_addoption(parser):
    group = parser.getgroup("xingtan")
    group.addoption("--database", choices=sorted(OTHER), default="sqlite", help="which database the tests run on")
    group.addoption("--postgres-version", default="", help="a Debian server (15) instead of the embedded one")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """The environment names a fresh data folder and a database that runs; the settings are read after this."""
    if not config.pluginmanager.hasplugin("django") or hasattr(config, "workerinput"):
        return
    forget_callers_environment()
    home = Path(tempfile.mkdtemp(prefix="xingtan-test-"))
    home.chmod(0o755)
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ |= {"XINGTAN_HOME": str(home), "XINGTAN_DATABASE_URL": "sqlite:///", "DJANGO_SETTINGS_MODULE": SETTINGS}
    os.environ["XINGTAN_SECOND_FACTOR"] = "false"  # tests of the entrance ask for it themselves
    if config.getoption("--database") == "postgres" and not config.getoption("collectonly"):
        server = postgres.start(config.getoption("--postgres-version"))
        config.add_cleanup(server.stop)
        os.environ["XINGTAN_DATABASE_URL"] = server.url
    django.setup()


def forget_callers_environment():
    """No knob of a person's own site reaches the tests."""
    for name in [name for name in os.environ if name.startswith("XINGTAN_")]:
        del os.environ[name]


def pytest_report_header(config):
    if not config.pluginmanager.hasplugin("django"):
        return "database: none"
    return f"database: {config.getoption('--database')} {config.getoption('--postgres-version')}".rstrip()


def pytest_collection_modifyitems(config, items):
    """Tests that are true on the other database only are left out by name, not skipped."""
    other = OTHER[config.getoption("--database")]
    gone = [item for item in items if item.get_closest_marker(other) and not item.get_closest_marker(config.getoption("--database"))]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]


def pytest_terminal_summary(terminalreporter, config):
    """Nothing is skipped silently: under CI a skipped test fails the run."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("CI") == "true":
        terminalreporter.write_line(f"{len(skipped)} skipped, which CI=true does not allow", red=True)


def pytest_sessionfinish(session, exitstatus):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and os.environ.get("CI") == "true" and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_modify_db_settings_parallel_suffix(request):
    """One database for each worker; on SQLite a file, as in production, so that threads meet the real locks."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    home = Path(os.environ["XINGTAN_HOME"])
    for alias, database in connections.settings.items():
        name = str(home / f"test-{alias}-{worker}.sqlite3") if database["ENGINE"].endswith("sqlite3") else f"test_xingtan_{worker}"
        database.setdefault("TEST", {})["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Every database stands migrated, whichever of them this run's tests name: a page may read one that its test never mentions."""
    with django_db_blocker.unblock(), import_module("xingtan.foundation.db.fresh").drawn_one_by_one():
        made = migrated_databases()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def migrated_databases():
    """The databases of this run; on SQLite as an earlier run migrated them, where nothing has changed since."""
    names = {alias: one["TEST"]["NAME"] for alias, one in connections.settings.items() if one["ENGINE"].endswith("sqlite3")}
    is_there = bool(names) and migrated.taken(names)
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set(), keepdb=is_there)
    if names and not is_there:
        for alias in names:
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            let_go(connections[alias])
        migrated.keep(names)
    return made


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A copy of the migrated database for one test that commits: for threads and processes that race.

    Nothing is flushed afterwards, for the append-only triggers refuse that; the copy is dropped.
    """
    with django_db_blocker.unblock(), contextlib.ExitStack() as copies:
        for alias in connections.settings:
            copies.enter_context(copied(connections[alias]))
        yield


@contextlib.contextmanager
def copied(connection):
    """The connection's alias names a copy of its database inside, and the original again outside."""
    original, settings = connection.settings_dict["NAME"], connection.settings_dict
    copy = copy_file(connection, original) if connection.vendor == "sqlite" else copy_database(connection, original)
    settings["NAME"] = copy
    try:
        yield
    finally:
        let_go(connection)
        settings["NAME"] = original
        drop(connection, copy)


def copy_file(connection, original):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    let_go(connection)
    copy = f"{original}.{uuid.uuid4().hex}"
    shutil.copyfile(original, copy)
    return copy


def copy_database(connection, original):
    let_go(connection)
    copy = f"test_{uuid.uuid4().hex}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
    return copy


def drop(connection, copy):
    if connection.vendor == "sqlite":
        for tail in ("", "-wal", "-shm"):
            Path(copy + tail).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


def let_go(connection):
    """Nothing of this process holds the database any more, not even the pool."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


@pytest.fixture(scope="session")
def chromium():
    """The path of a browser; there is none only where none could be installed, and then the test fails by name."""
    path = browser.find()
    if path is None:
        pytest.fail("no Chromium, Chrome or Edge on this machine: install one, or name it in CHROMIUM")
    return path
