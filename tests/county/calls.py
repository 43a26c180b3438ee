"""A form with everything that a stranger might put into hidden fields: rows of another branch, and columns that no form has."""

from __future__ import annotations

COLUMNS = {
    "state": "verified", "verified_centi": "999999", "recognised_centi": "999999", "is_active": "on", "is_superuser": "on", "role": "province_officer",
    "granted_by": "1", "deputy_for": "1", "account": "1", "account_id": "1", "ended_at": "", "version": "1", "confirm": "on", "outcome": "passed",
    "step": "verify", "reason": "clerical", "words": "x", "text": "x", "name": "x", "title": "x", "days": "9", "from_on": "2026-01-01", "to_on": "2026-12-31",
}  # fmt: skip


def calls_of(world) -> dict[str, object]:
    """The fields: every name under which our forms know rows, with rows of Lin's school."""
    selection, entry, lin = world.selection, world.entry, world.lin
    ids = [f"{selection.public_id}.{selection.version}", entry.public_id, str(world.concern.pk), lin.public_id]
    teacher = dict.fromkeys(["teacher", "teachers", "teacher_id", "public_id", "people", "who"], lin.public_id)
    school = dict.fromkeys(["school", "schools", "organisation_id", "org", "branch", "pid"], world.school.public_id)
    rows = {
        "ids": ids, "id": ids, "entry": entry.public_id, "entries": [entry.public_id], "selection": selection.public_id, "bill": world.bill.public_id,
        "grant": str(world.grant.pk), "group": world.group.public_id, "case": world.concern.case.public_id, "concern": str(world.concern.pk),
        "objection": world.objection.public_id, "certificate": world.page.public_id, "organisation": str(world.school), "identity": "clerk",
        "proposal": world.proposal.public_id, "circumstance": world.proposal.public_id, "year": str(world.year.year), "project": world.project.public_id,
    }  # fmt: skip
    return COLUMNS | teacher | school | rows
