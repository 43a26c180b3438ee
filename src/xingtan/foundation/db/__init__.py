"""The databases: one writer at a time on SQLite, honest transactions on both, ids that do not tell the count."""

from .among import Among
from .bulk import insert_objects, insert_rows, reserve_keys
from .ids import public_id, uuid7
from .prepared import Prepared
from .routing import BEATS, BeatsRouter
from .transactions import atomic, on_commit, writing

__all__ = [
    "BEATS",
    "Among",
    "BeatsRouter",
    "Prepared",
    "atomic",
    "insert_objects",
    "insert_rows",
    "on_commit",
    "public_id",
    "reserve_keys",
    "uuid7",
    "writing",
]
