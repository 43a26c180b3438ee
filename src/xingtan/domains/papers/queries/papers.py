"""Papers of a branch and of a teacher, with where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import Q

from xingtan.domains.certificates import api as certificates
from xingtan.domains.papers.models import Paper, PaperState, PaperStep, Printing
from xingtan.domains.papers.rules import is_number
from xingtan.domains.papers.states import Kind, State
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

SHOWN = ("paper__printing", "teacher", "school")


def papers_in(scope: Scope, *, state: str = "", kind: str = "", q: str = "") -> ScopedQuerySet[PaperState]:
    """The branch's papers, filtered by state, kind, and number, code or name."""
    found = PaperState.objects.within(scope).select_related(*SHOWN)
    if state in {one.value for one in State}:
        found = found.filter(state=state)
    if kind in {one.value for one in Kind}:
        found = found.filter(kind=kind)
    if text := " ".join(q.split())[:60]:
        found = found.filter(_named(text))
    return found


def _named(text: str) -> Q:
    plain = text.upper().replace(" ", "")
    if is_number(plain) or plain.startswith("XP-"):
        return Q(paper__number__startswith=plain)
    where = Q(teacher__name__contains=text) | Q(school__name__contains=text)
    if code := certificates.typed(text).code:
        where |= Q(paper__check_code=code)
    return where | Q(teacher__name_pinyin__startswith=text.lower()) if text.isascii() else where


def state_counts(scope: Scope) -> Counter[State]:
    """How many of the branch's papers stand in each state."""
    return Counter(State(one) for one in PaperState.objects.within(scope).values_list("state", flat=True))


def paper_in(scope: Scope, public_id: str) -> PaperState:
    """The paper of the branch with this public id; `NotInScope` where there is none."""
    found: PaperState | None = PaperState.objects.within(scope).select_related(*SHOWN).filter(paper__public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def paper_ids_in(scope: Scope, public_ids: Sequence[str]) -> list[int]:
    """The keys of these papers of the branch; `NotInScope` when one is not there."""
    found = list(PaperState.objects.within(scope).filter(paper__public_id__among=list(public_ids)).values_list("pk", flat=True))
    if len(found) != len(set(public_ids)):
        raise NotInScope
    return found


def own_papers(teacher_id: int) -> list[PaperState]:
    """The teacher's own papers, the newest first."""
    return list(PaperState.everywhere.filter(teacher_id__among=teachers.whose([teacher_id])).select_related(*SHOWN).order_by("-pk"))


def own_paper(teacher_id: int, public_id: str) -> PaperState:
    """The teacher's own paper with this public id; `NotInScope` where there is none."""
    own = PaperState.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), paper__public_id=public_id)
    found = own.select_related(*SHOWN).first()
    if found is None:
        raise NotInScope
    return found


def steps_of(paper: Paper) -> list[tuple[PaperStep, str]]:
    """The paper's steps in their order, each with who did it."""
    rows = list(PaperStep.objects.filter(paper=paper).select_related("organisation", "replaced_by", "file").order_by("pk"))
    names = dict(Account.objects.filter(pk__in={one.account_id for one in rows if one.account_id}).values_list("pk", "name"))
    return [(one, names.get(one.account_id or 0, "")) for one in rows]


def printings_in(scope: Scope) -> ScopedQuerySet[Printing]:
    """What was printed together in the branch, the newest first."""
    return Printing.objects.within(scope).select_related("organisation").order_by("-printed_at", "-pk")


def papers_of(scope: Scope, public_id: str) -> list[Paper]:
    """The papers of one printing that the branch may see; `NotInScope` where there are none."""
    rows = list(Paper.objects.within(scope).filter(printing__public_id=public_id).select_related("printing", "school").order_by("pk"))
    if not rows:
        raise NotInScope
    return rows
