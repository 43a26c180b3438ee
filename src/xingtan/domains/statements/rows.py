"""The store's rows in plain SQL: COPY on PostgreSQL, one prepared statement for many on SQLite."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections
from django.db.backends.utils import CursorWrapper

from xingtan.foundation.db import BEATS

from .drafts import Draft, dashed

# Holding it, a transaction gives its ids and commits: ids become visible in their order, and nothing appears below one that was seen.
ORDER_LOCK = 0x78415049  # "xAPI"
COLUMNS = "id, statement_id, provider_id, credential_id, teacher_id, actor_key, verb_key, activity_key, registration, refers_to, content"
COPY_STATEMENTS = f"COPY statements_statement ({COLUMNS}) FROM STDIN"
INSERT_STATEMENT = f"INSERT INTO statements_statement ({COLUMNS}) VALUES ({', '.join(['%s'] * 11)})"  # noqa: S608 -- constants
COPY_MENTIONS = "COPY statements_mention (key, seq) FROM STDIN"
INSERT_MENTION = "INSERT INTO statements_mention (key, seq) VALUES (%s, %s)"
INSERT_VOIDING = "INSERT INTO statements_voiding (target, provider_id, seq) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
INSERT_ATTACHMENT = (
    "INSERT INTO statements_attachment (sha2, provider_id, content_type, content) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
UPSERT_ACTIVITY = (
    "INSERT INTO statements_activity (key, provider_id, iri, definition) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (key, provider_id) DO UPDATE SET definition = excluded.definition"
)


class Known(NamedTuple):
    """A stored statement, as far as a request for its id must know it."""

    provider_id: int
    verb_key: int
    content: str


def is_postgresql() -> bool:
    """True when the recorder's database is PostgreSQL."""
    return connections[BEATS].vendor == "postgresql"


def last_id(cursor: CursorWrapper) -> int:
    """The last id given, after everyone who gave one before has committed."""
    if is_postgresql():
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (ORDER_LOCK,))
    cursor.execute("SELECT max(id) FROM statements_statement")
    found: int | None = cursor.fetchone()[0]
    return found or 0


def known(cursor: CursorWrapper, ids: Collection[str]) -> dict[str, Known]:
    """The stored statements among these ids (hex)."""
    if not ids:
        return {}
    test = "= ANY(%s::uuid[])" if is_postgresql() else "IN (SELECT value FROM json_each(%s))"
    cursor.execute(
        f"SELECT statement_id, provider_id, verb_key, content FROM statements_statement WHERE statement_id {test}",  # noqa: S608 -- two constants
        (list(ids) if is_postgresql() else json.dumps(list(ids)),),
    )
    return {_plain_hex(row[0]): Known(*row[1:]) for row in cursor.fetchall()}


def _plain_hex(value: UUID | str) -> str:
    return value.hex if isinstance(value, UUID) else value


def write_statements(cursor: CursorWrapper, taken: Sequence[tuple[int, Draft, bytes]]) -> None:
    """Each draft with its id and text stands in the table, and in that of mentions."""
    mentions = [(key, seq) for seq, draft, _content in taken for key in draft.mentions]
    if is_postgresql():
        with cursor.copy(COPY_STATEMENTS) as copy:
            copy.write(b"".join([_line(seq, draft, content) for seq, draft, content in taken]))
        if mentions:
            with cursor.copy(COPY_MENTIONS) as copy:
                copy.write("".join([f"{key}\t{seq}\n" for key, seq in mentions]))
        return
    cursor.executemany(INSERT_STATEMENT, [_row(seq, draft, content) for seq, draft, content in taken])
    cursor.executemany(INSERT_MENTION, mentions)


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
