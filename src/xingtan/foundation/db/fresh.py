"""Migrating an empty database in a tenth of the time.

Django draws every model that is related to a changed one anew, at each operation; all of ours are related in the end. Where nothing is stored
yet, drawing the one model is enough: a test holds that the schema is the same, to the letter, as the long way makes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState

_add_long, _reload_long = ProjectState.add_model, ProjectState.reload_model


def _add(self: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:  # type: ignore[attr-defined]  # -- the stubs know its public name only
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])


def _reload(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's signature
    if "apps" not in self.__dict__:
        _reload_long(self, app_label, model_name, delay)
        return
    with self.apps.bulk_update():
        self.apps.unregister_model(app_label, model_name)
    self.apps.render_multiple([self.models[app_label, model_name]])


@contextmanager
def drawn_one_by_one() -> Iterator[None]:
    """Within it each operation of a migration draws only its own model; only for databases that hold nothing yet, and for one thread."""
    ProjectState.add_model, ProjectState.reload_model = _add, _reload  # type: ignore[method-assign]  # -- put back below
    try:
        yield
    finally:
        ProjectState.add_model, ProjectState.reload_model = _add_long, _reload_long  # type: ignore[method-assign]  # -- as they were


def is_fresh(connection: BaseDatabaseWrapper) -> bool:
    """True for a database that no migration has seen."""
    return not MigrationRecorder(connection).has_table()
