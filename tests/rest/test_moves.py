"""Moves through the API: offered, agreed to, over."""

from __future__ import annotations

from xingtan.domains.moves.models import Transfer

TERMS = {"since": "2026-09-01", "reason": "工作调动"}


def test_a_transfer_is_offered_agreed_to_and_listed(cast, call):
    chen, far = call(cast.chen), call(cast.stranger)
    body = {**TERMS, "teacher": cast.lin_teacher.public_id, "to_school": cast.elsewhere.name}
    asked = chen.post("/transfers", body).json()
    assert asked == {"id": asked["id"], "state": "waiting"}
    assert chen.get("/transfers").json()["rows"][0]["waits_for_me"] is False
    [row] = far.get("/transfers").json()["rows"]
    assert (row["waits_for_me"], row["from_school"]) == (True, None)
    assert far.post(f"/transfers/{asked['id']}/word", {"agrees": True}).json()["state"] == "done"
    assert far.post(f"/transfers/{asked['id']}/word", {"agrees": False, "answer": "x"}).status_code == 409
    cast.lin_teacher.refresh_from_db()
    assert (cast.lin_teacher.school, Transfer.objects.get().state) == (cast.elsewhere, "done")
