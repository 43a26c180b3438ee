"""The database brought to this version."""

from __future__ import annotations

from contextlib import nullcontext

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from xingtan.foundation.db.fresh import drawn_one_by_one, is_fresh


def pending_migrations() -> list[str]:
    """The migrations that the databases have not seen, as `database: app.name`."""
    names = []
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        names += [f"{alias}: {migration.app_label}.{migration.name}" for migration, _backwards in plan]
    return names


def migrate() -> None:
    """Every database stands at this version."""
    for alias in connections:
        with drawn_one_by_one() if is_fresh(connections[alias]) else nullcontext():
            call_command("migrate", database=alias, verbosity=0, interactive=False)
