"""One school-run training as its page shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from xingtan.core.policy import conversion_for, way_of, worth_centi
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as door
from xingtan.web.http import Request

from .groups import clock
from .rule_values import unit_word

State = door.TrainingState


def words_of(one: door.Training) -> dict[str, Any]:
    """A training in words."""
    state = State(one.state)
    return {
        "it": one,
        "way": door.way_word(policies.policy_of(one.training_year), one.way),
        "state": door.TRAINING_STATES[state],
        "chip": door.TRAINING_CHIPS[state],
        "waits": state is State.DECLARED,
    }


def shown(request: Request, one: door.Training, *, error: str = "", status: int = 200) -> HttpResponse:
    """The page of the training."""
    is_own = request.actor.may(door.DECLARE)
    state = State(one.state)
    meetings, attendance = door.meetings_of(one), door.attendance_of(one)
    facts = {
        **words_of(one),
        **_rule(one),
        "meetings": [_meeting(meeting, attendance) for meeting in meetings],
        "people": _people(one, meetings, attendance),
        "documents": [(door.proof_word(policies.policy_of(one.training_year), one.way, doc.code), doc) for doc in door.documents_of(one)],
        "steps": [(door.ACTS[door.Act(view.step.act)], view) for view in door.steps_of(one)],
        "may_change": is_own and state in (State.DECLARED, State.RETURNED),
        "may_run": is_own and state in door.RUNNING,
        "may_withdraw": is_own and state in (State.DECLARED, State.RETURNED, State.APPROVED),
        "may_decide": request.actor.may(door.DECIDE_TRAININGS) and state is State.DECLARED,
        "may_enter": request.actor.may(credits_room.ENTER) and state is State.CONVERTED,
        "is_over": bool(meetings) and meetings[-1].on <= request.today,
        "error": error,
    }
    return render(request, "recognition/training.html", facts, status=status)


def _rule(one: door.Training) -> dict[str, Any]:
    """What the pack says of the way: its conversion, its cap, the documents it asks for and whether each is there."""
    policy = policies.policy_of(one.training_year)
    way = way_of(policy, one.way)
    if way is None:
        return {}
    have = {doc.code for doc in door.documents_of(one)}
    conversion = conversion_for(policy, way)
    return {
        "rule": way,
        "conversion": conversion,
        "conversion_word": door.word_of(conversion.label),
        "unit": unit_word(way.unit.value),
        "proofs": [(proof, door.proof_word(policy, way.code, proof.code), proof.code in have) for proof in way.proofs],
        "needs_work": bool(way.result),
    }


def _meeting(meeting: door.Meeting, attendance: Any) -> dict[str, Any]:  # noqa: ANN401 -- attendance of the room
    there = sum(1 for at, _teacher in attendance if at == meeting.pk)
    return {"it": meeting, "from": clock(meeting.from_minute), "to": clock(meeting.to_minute), "there": there}


def _people(one: door.Training, meetings: list[door.Meeting], attendance: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- attendance of the room
    """Each member: minutes at every meeting, together, and the hours that they make within the plan."""
    policy, amounts = policies.policy_of(one.training_year), door.amounts_of(one)
    way = way_of(policy, one.way)
    rows = []
    for member in door.members_of(one):
        cells = [attendance.get((meeting.pk, member.teacher_id)) for meeting in meetings]
        amount = amounts.get(member.teacher_id, 0)
        rows.append(
            {
                "it": member,
                "cells": cells,
                "minutes": sum(cell.minutes for cell in cells if cell),
                "centi": worth_centi(policy, way, amount) if way else 0,
            }
        )
    return rows
