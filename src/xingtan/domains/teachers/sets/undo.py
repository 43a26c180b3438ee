"""What stood before a set was written, and putting it back."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F, Q

from xingtan.domains.teachers.finding.index import index_people
from xingtan.domains.teachers.models import FACT_BOX, PHONE_BOX, Teacher, TeacherFact, TeacherToken
from xingtan.domains.teachers.states import FactKind
from xingtan.foundation.db.references import referenced
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Role

from .change import CHANGING, CHANGING_TOO

COLUMNS = tuple("school_id" if name == "school" else name for name in (*CHANGING, *CHANGING_TOO))
FACTS = ("pk", "kind", "value", "from_on", "to_on", "entered_at", "entered_by_id", "job_id")
GRANTS = ("pk", "organisation_id", "from_on", "to_on", "granted_by_id", "ended_at")
CLOSED = frozenset({FactKind.NAME.value, FactKind.PHONE.value})
State = dict[str, Any]


def states_of(ids: Collection[int]) -> dict[int, State]:
    """All that a set may change of these teachers, as JSON: columns, account, facts and roles as a teacher."""
    found: dict[int, State] = {}
    owner: dict[int, int] = {}
    for pk, account_id, *values in Teacher.everywhere.filter(pk__among=ids).values_list("pk", "account_id", *COLUMNS):
        found[pk] = {"teacher": dict(zip(COLUMNS, map(_plain, values), strict=True)), "facts": {}, "grants": {}}
        owner[account_id] = pk
    for pk, name, phone in Account.objects.filter(pk__among=list(owner)).values_list("pk", "name", "phone_index"):
        found[owner[pk]]["account"] = {"name": name, "phone_index": phone}
    for teacher_id, fact, *values in TeacherFact.objects.filter(teacher_id__among=ids).values_list("teacher_id", *FACTS):
        found[teacher_id]["facts"][str(fact)] = list(map(_plain, values))
    held = Grant.objects.filter(account_id__among=list(owner), role=Role.TEACHER.value)
    for account_id, grant, *values in held.values_list("account_id", *GRANTS):
        found[owner[account_id]]["grants"][str(grant)] = list(map(_plain, values))
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 -- any column's value
    return value.isoformat() if hasattr(value, "isoformat") else value


def differences(before: Mapping[int, State], after: Mapping[int, State]) -> dict[str, State]:
    """For each teacher what it takes to go back: old values, facts and roles, those made since, and the digest of what stands now."""
    return {str(pk): _difference(before[pk], after[pk]) for pk in after}


def _difference(before: State, after: State) -> State:
    told: State = {"digest": digest_of(after)}
    for part in ("teacher", "account", "facts", "grants"):
        told[part] = {key: value for key, value in before[part].items() if after[part].get(key) != value}
        told[f"{part}_made"] = [int(key) for key in after[part] if key not in before[part]] if part in ("facts", "grants") else []
    return told


def digest_of(state: State) -> str:
    """A digest of a teacher's whole state: the same only while nobody changed it."""
    return hashlib.sha256(json.dumps(state, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def changed_since(back: Mapping[str, State]) -> list[int]:
    """Which of the teachers no longer stand as the set left them."""
    now = states_of([int(pk) for pk in back])
    return [int(pk) for pk, told in back.items() if int(pk) not in now or digest_of(now[int(pk)]) != told["digest"] or not _can_open(told)]


def _can_open(told: State) -> bool:
    """False where an old name or phone is closed under a key that was retired since."""
    closed = [
        (PHONE_BOX, told["teacher"].get("phone_closed", "")),
        *((FACT_BOX, one[1]) for one in told["facts"].values() if one[0] in CLOSED),
    ]
    try:
        return all(box.open(value) is not None for box, value in closed)
    except KeyError:
        return False


def restore_teachers(back: Mapping[str, State]) -> None:
    """The teachers stand as before the set: row, account, facts and roles."""
    ids = [int(pk) for pk in back]
    TeacherFact.objects.filter(pk__among=[pk for told in back.values() for pk in told["facts_made"]]).delete()
    Grant.objects.filter(pk__among=[pk for told in back.values() for pk in told["grants_made"]]).delete()
    accounts = dict(Teacher.everywhere.filter(pk__among=ids).values_list("pk", "account_id"))
    for pk, told in back.items():
        _put_back(int(pk), accounts[int(pk)], told)
    index_people(ids)


def _put_back(teacher_id: int, account_id: int, told: State) -> None:
    if told["teacher"]:
        Teacher.everywhere.filter(pk=teacher_id).update(**told["teacher"])
    if told["account"]:
        Account.objects.filter(pk=account_id).update(**told["account"])
    for fact, values in told["facts"].items():
        TeacherFact.objects.filter(pk=int(fact)).update(**dict(zip(FACTS[1:], values, strict=True)))
    for grant, values in told["grants"].items():
        Grant.objects.filter(pk=int(grant)).update(**dict(zip(GRANTS[1:], values, strict=True)))


OWN_OF_TEACHER = frozenset({TeacherFact, TeacherToken})
OWN_OF_ACCOUNT = frozenset({Teacher, Grant})


def what_stands_on(ids: Collection[int], account_ids: Collection[int]) -> dict[int, str]:
    """For each of these newly registered teachers on whom something stands by now, what: a used account, a changed fact, or a table's name."""
    found: dict[int, str] = dict(referenced(Teacher, ids, but=OWN_OF_TEACHER))
    turned = TeacherFact.objects.filter(teacher_id__among=ids).filter(~Q(to_on=None) | ~Q(entered_at=F("teacher__registered_at")))
    found |= dict.fromkeys(turned.values_list("teacher_id", flat=True).distinct(), "changed")
    people = dict(Teacher.everywhere.filter(pk__among=ids).values_list("account_id", "pk"))
    used = Account.objects.filter(pk__among=account_ids).exclude(activated_at=None).values_list("pk", flat=True)
    found |= {people[pk]: table for pk, table in referenced(Account, account_ids, but=OWN_OF_ACCOUNT).items() if pk in people}
    found |= {people[pk]: "activated" for pk in used if pk in people}
    return found


def withdraw_teachers(ids: Collection[int], account_ids: Collection[int], grant_ids: Iterable[int]) -> None:
    """Teachers on whom nothing stands are gone from the register, and with them the accounts that were made for them."""
    own: dict[Any, list[Q]] = defaultdict(list)
    own[TeacherToken] = [Q(teacher_id__among=ids)]
    own[TeacherFact] = [Q(teacher_id__among=ids)]
    own[Grant] = [Q(account_id__among=account_ids), Q(pk__among=list(grant_ids))]
    own[Teacher] = [Q(pk__among=ids)]
    own[Account] = [Q(pk__among=account_ids)]
    for model, wheres in own.items():
        for where in wheres:
            rows = model._base_manager.filter(where)
            rows._raw_delete(rows.db)  # noqa: SLF001 -- what stands on them was asked; Django would ask forty tables again for each portion
