"""Learning events live in a file of their own on SQLite and beside the rest on PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

BEATS = "beats" if "beats" in settings.DATABASES else "default"


class BeatsRouter:
    """Sends the models named in `settings.RECORDED_MODELS` to the recorder's database, all others to the main one."""

    def _database(self, label: str) -> str:
        return BEATS if label in settings.RECORDED_MODELS else "default"

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:  # noqa: ANN401 -- Django's signature
        """The database that holds this model's rows."""
        return self._database(model._meta.label_lower)

    db_for_write = db_for_read

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:  # noqa: ANN401 -- Django's signature
        """True when both rows stand in the same database."""
        return self._database(one._meta.label_lower) == self._database(other._meta.label_lower)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:  # noqa: ANN401 -- Django's signature
        """True for the database that holds the model; operations without a model name theirs in the hint `database`."""
        if model_name is None:
            return db == str(hints.get("database", "default")) or BEATS == "default"
        return db == self._database(f"{app_label}.{model_name}")
