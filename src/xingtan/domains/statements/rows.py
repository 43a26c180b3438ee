"""The store's rows in plain SQL: COPY on PostgreSQL, one prepared statement for many on SQLite."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from django.db import connections
from django.db.backends.utils import CursorWrapper

from xingtan.foundation.db import BEATS

from .drafts import Draft, dashed

# Holding it, a transaction gives its ids and commits: ids become visible in their order, and nothing appears below one that was seen.
ORDER_LOCK = 0x78415049  # "xAPI"
COLUMNS = "id, statement_id, provider_id, credential_id, teacher_id, actor_key, verb_key, activity_key, registration, refers_to, content"
COPY_STATEMENTS = f"COPY statements_statement ({COLUMNS}) FROM STDIN"
PLACES = f"({', '.join(['%s'] * 11)}), "
INSERT_STATEMENTS = f"INSERT INTO statements_statement ({COLUMNS}) VALUES "  # noqa: S608 -- constants
# Up to so many statements one INSERT costs less than the messages of a COPY.
FEW = 16
COPY_MENTIONS = "COPY statements_mention (key, seq) FROM STDIN"
INSERT_MENTIONS = "INSERT INTO statements_mention (key, seq) VALUES"
INSERT_VOIDING = "INSERT INTO statements_voiding (target, provider_id, seq) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
INSERT_ATTACHMENT = (
    "INSERT INTO statements_attachment (sha2, provider_id, content_type, content) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
UPSERT_ACTIVITY = (
    "INSERT INTO statements_activity (key, provider_id, iri, definition) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (key, provider_id) DO UPDATE SET definition = excluded.definition"
)


Taken: TypeAlias = tuple[int, Draft, bytes]


class Known(NamedTuple):
    """A stored statement, as far as a request for its id must know it."""

    provider_id: int
    verb_key: int
    content: str


def is_postgresql() -> bool:
    """True when the recorder's database is PostgreSQL."""
    return connections[BEATS].vendor == "postgresql"


def open_order(cursor: CursorWrapper, ids: Collection[str]) -> tuple[int, dict[str, Known]]:
    """The last id given, after everyone who gave one before has committed, and the stored statements among these ids (hex).

    The three questions to PostgreSQL go in one message, each with a view of its own: the second sees what was committed before the lock.
    """
    newest, chosen = "SELECT max(id) FROM statements_statement", "SELECT statement_id, provider_id, verb_key, content"
    if is_postgresql():
        # One text for all ids: to write a parameter for each would cost as much as the look-up.
        known = f"{chosen} FROM statements_statement WHERE statement_id = ANY(string_to_array(%s, ',')::uuid[])"
        cursor.execute(f"SELECT pg_advisory_xact_lock({ORDER_LOCK}); {newest}; {known}", (",".join(ids),))
        cursor.nextset()
        last = cursor.fetchone()
        cursor.nextset()
        return last[0] or 0, {row[0].hex: Known(*row[1:]) for row in cursor.fetchall()}
    cursor.execute(newest)
    last = cursor.fetchone()
    known = f"{chosen} FROM statements_statement WHERE statement_id IN (SELECT value FROM json_each(%s))"  # noqa: S608 -- constants
    cursor.execute(known, (json.dumps(list(ids)),))
    return last[0] or 0, {row[0]: Known(*row[1:]) for row in cursor.fetchall()}


def write_statements(cursor: CursorWrapper, taken: Sequence[Taken]) -> None:
    """Each draft with its id and text stands in the table, and its mentions in theirs."""
    mentions = [(key, seq) for seq, draft, _content in taken for key in draft.mentions]
    if not is_postgresql():
        cursor.executemany(INSERT_STATEMENTS + PLACES.rstrip(", "), [_row(*one) for one in taken])
        cursor.executemany(f"{INSERT_MENTIONS} (%s, %s)", mentions)
    elif len(taken) > FEW:
        _copy(cursor, taken, mentions)
    else:
        _insert(cursor, taken, mentions)


def _copy(cursor: CursorWrapper, taken: Sequence[Taken], mentions: Sequence[tuple[int, int]]) -> None:
    with cursor.copy(COPY_STATEMENTS) as copy:
        copy.write(b"".join([_line(*one) for one in taken]))
    with cursor.copy(COPY_MENTIONS) as copy:
        copy.write("".join([f"{key}\t{seq}\n" for key, seq in mentions]))


def _insert(cursor: CursorWrapper, taken: Sequence[Taken], mentions: Sequence[tuple[int, int]]) -> None:
    """One message for all of it."""
    said = INSERT_STATEMENTS + (PLACES * len(taken)).rstrip(", ")
    if mentions:
        said += f"; {INSERT_MENTIONS} " + ", ".join([f"({key}, {seq})" for key, seq in mentions])
    cursor.execute(said, [value for one in taken for value in _row(*one)])


def _line(seq: int, draft: Draft, content: bytes) -> bytes:
    """A line of COPY's text format; JSON has no character that it would mistake but the backslash."""
    teacher, actor, activity, registration, refers_to = (
        "\\N" if value is None else value
        for value in (draft.teacher_id, draft.actor_key, draft.activity_key, draft.registration, draft.refers_to)
    )
    head = (
        f"{seq}\t{draft.statement_id}\t{draft.provider_id}\t{draft.credential_id}\t{teacher}\t{actor}\t{draft.verb_key}\t{activity}"
        f"\t{registration}\t{refers_to}\t"
    )
    return head.encode() + content.replace(b"\\", b"\\\\") + b"\n"


def _row(seq: int, draft: Draft, content: bytes) -> tuple[Any, ...]:
    return (
        seq, draft.statement_id, draft.provider_id, draft.credential_id, draft.teacher_id, draft.actor_key, draft.verb_key,
        draft.activity_key, draft.registration, draft.refers_to, content.decode(),
    )  # fmt: skip


def write_voidings(cursor: CursorWrapper, rows: Iterable[tuple[str, int, int]]) -> None:
    """(target in hex, provider, voiding statement's id) are kept, the first of each pair."""
    shown = dashed if is_postgresql() else str
    cursor.executemany(INSERT_VOIDING, [(shown(target), provider_id, seq) for target, provider_id, seq in rows])


def write_attachments(cursor: CursorWrapper, rows: Iterable[tuple[str, int, str, bytes]]) -> None:
    """(digest, provider, media type, bytes) are kept once."""
    cursor.executemany(INSERT_ATTACHMENT, sorted(rows))


def definitions(cursor: CursorWrapper, keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The kept definitions of these activities, by (key, provider)."""
    if not keys:
        return {}
    marks = ", ".join(["(%s, %s)"] * len(keys))
    cursor.execute(
        f"SELECT key, provider_id, definition FROM statements_activity WHERE (key, provider_id) IN (VALUES {marks})",  # noqa: S608 -- only marks
        [value for pair in keys for value in pair],
    )
    return {(key, provider_id): text for key, provider_id, text in cursor.fetchall()}


def write_definitions(cursor: CursorWrapper, rows: Mapping[tuple[int, int], tuple[str, str]]) -> None:
    """Each activity's row holds the given IRI and definition."""
    cursor.executemany(UPSERT_ACTIVITY, [(key, provider_id, *rows[key, provider_id]) for key, provider_id in sorted(rows)])
