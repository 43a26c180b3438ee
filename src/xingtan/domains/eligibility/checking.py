"""The public check of a statement: what its code is worth at this moment, proved anew every time."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from xingtan.domains.certificates import api as certificates
from xingtan.foundation.keys import verify_signature
from xingtan.foundation.ledger.digests import line_digest, root_from_path

from .models import Statement
from .numbering import is_number
from .queries.statements import statement_by_code
from .states import Finding
from .words import FINDING_CHIPS, FINDINGS, NEEDS_CODE

LOG = logging.getLogger(__name__)
SIDES = {"l": "left", "r": "right"}
CHUNK = 1_000


def broken_proofs(statement: Statement) -> list[str]:
    """What of the statement's proof does not hold: content, path to the root, signature of the root; nothing when all is as issued."""
    run = statement.run
    root = root_from_path(statement.digest, [(SIDES[step[0]], step[1:]) for step in statement.path])
    holds = {
        "digest": line_digest(statement.frozen) == statement.digest and statement.frozen["check_code"] == statement.check_code,
        "path": root == run.root,
        "signature": verify_signature(run.message(), run.signature),
    }
    return [name for name, is_met in holds.items() if not is_met]


def altered_statements() -> Iterator[tuple[str, list[str]]]:
    """Every statement that does not agree with its signed run: its public id and what of its proof fails."""
    for one in Statement.everywhere.select_related("run").order_by("pk").iterator(chunk_size=CHUNK):
        if broken := broken_proofs(one):
            yield one.public_id, broken


def check_statement(text: str, *, now: datetime) -> Mapping[str, Any] | None:
    """The answer to whoever checks a code, or None when no statement has it; the name is masked, and reasons and entries are not told.

    A number alone is answered with the request for the code: numbers can be guessed, and a finding is nobody else's business.
    """
    plain = "".join(text.split()).upper()
    if is_number(plain):
        return {"state": "not_found", "why": str(NEEDS_CODE), "checked_at": now}
    code = certificates.typed(text).code
    found = statement_by_code(code) if code else None
    if found is None:
        return None
    if broken := broken_proofs(found):
        LOG.error("statement %s does not agree with its signature: %s", found.pk, ", ".join(broken))
        why = str(certificates.WHY_NOT_FOUND["altered"])
        return {"state": "unavailable", "why": why, "is_altered": True, "checked_at": now}
    return {"state": "valid", "why": "", "checked_at": now, "statement": _shown(found)}


def _shown(statement: Statement) -> dict[str, Any]:
    frozen, run = statement.frozen, statement.run
    finding = Finding(statement.finding)
    newer = Statement.everywhere.filter(teacher_id=statement.teacher_id, run__issued_at__gt=run.issued_at, run__on__gte=run.on)
    return {
        "number": statement.number,
        "code": statement.check_code,
        "holder": certificates.masked_name(frozen["person"]["name"]),
        "identity": frozen["person"]["identity"],
        "school": frozen["content"]["profile"]["school"]["en" if (get_language() or "").startswith("en") else "zh"],
        "on": run.on,
        "known_at": run.known_at,
        "issued_at": run.issued_at,
        "finding": FINDINGS[finding],
        "chip": FINDING_CHIPS[finding],
        "has_newer": newer.exists(),
        "digest": f"{statement.digest[:4]}…{statement.digest[-4:]}",
        "root": f"{run.root[:4]}…{run.root[-4:]}",
    }
