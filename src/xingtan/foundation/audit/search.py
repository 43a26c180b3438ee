"""Finding lines of the audit log."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField

from .models import AuditLine

NAMES = {
    "postgresql": "subject_ids @> to_jsonb(%s::bigint)",
    "sqlite": "EXISTS (SELECT 1 FROM json_each(subject_ids) WHERE value = %s)",
}


def naming(lines: QuerySet[AuditLine], row_id: int) -> QuerySet[AuditLine]:
    """The lines that name this row among theirs; of a larger set a line names the first 200 only."""
    return lines.annotate(names_it=RawSQL(NAMES[connection.vendor], [row_id], output_field=BooleanField())).filter(names_it=True)  # noqa: S611 -- two constants
