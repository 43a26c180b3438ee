"""What the store holds an activity to be: the definitions that a provider's statements gave it, merged (2.4.4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.utils import CursorWrapper

from xingtan.core.xapi import DECODER, ENCODER

from .drafts import Definition, Draft
from .rows import definitions, write_definitions

# Definitions come again with every statement; what this process kept last is not written again.
_SEEN: dict[tuple[int, int], dict[str, Any]] = {}
MOST_SEEN = 20_000
MOST_REMEMBERED = 4_000
# A change of these would change what earlier answers meant: the first word stands (2.4.4.1, LRS requirements).
FIRST_STANDS = ("interactionType", "correctResponsesPattern", "choices", "scale", "source", "target", "steps")
MERGED = ("name", "description", "extensions")


def keep_definitions(cursor: CursorWrapper, drafts: Iterable[Draft]) -> dict[tuple[int, int], dict[str, Any]]:
    """The drafts' definitions are merged into the kept ones; answers what to remember with `remember` once it is committed."""
    new = _unseen(drafts)
    if not new:
        return {}
    kept = {key: DECODER.decode(text) for key, text in definitions(cursor, new.keys()).items()}
    rows = {}
    for key, said in new.items():
        merged = kept.get(key, {})
        for one in said:
            merged = merge(merged, one.said)
        rows[key] = (said[-1].iri, ENCODER.encode(merged).decode())
    write_definitions(cursor, rows)
    return {key: said[-1].said for key, said in new.items() if len(rows[key][1]) <= MOST_REMEMBERED}


def _unseen(drafts: Iterable[Draft]) -> dict[tuple[int, int], list[Definition]]:
    new: dict[tuple[int, int], list[Definition]] = {}
    for draft in drafts:
        for one in draft.definitions:
            key = (one.key, draft.provider_id)
            if _SEEN.get(key) != one.said:
                new.setdefault(key, []).append(one)
    return new


def remember(kept: dict[tuple[int, int], dict[str, Any]]) -> None:
    """These definitions are not written again by this process while they stay the last."""
    if len(_SEEN) + len(kept) > MOST_SEEN:
        _SEEN.clear()
    _SEEN.update(kept)


def merge(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The old definition with what the new one says: languages and extensions are added or replaced, an interaction's answers stay."""
    merged = {**old, **new}
    for name in MERGED:
        if name in old and name in new:
            merged[name] = {**old[name], **new[name]}
    if "interactionType" in old:
        merged = {name: one for name, one in merged.items() if name not in FIRST_STANDS}
        merged |= {name: old[name] for name in FIRST_STANDS if name in old}
    return merged
