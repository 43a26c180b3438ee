"""Keeping the table of tokens in step with the register."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from django.db.models import Exists, F, OuterRef, Q

from xingtan.domains.teachers.models import Teacher, TeacherToken
from xingtan.domains.teachers.sets.pinyin import syllables
from xingtan.domains.teachers.states import Status
from xingtan.foundation.db import atomic, insert_rows

from .tokens import tokens_of

FIELDS = ("teacher", "token", "path")
PORTION = 20_000
Row = tuple[int, str, str]


def index_people(ids: Collection[int], *, are_new: bool = False) -> int:
    """These teachers are found by today's name and school, and by no earlier one; of people just registered nothing has to go first.

    Returns how many tokens stand for them. Called inside the transaction that wrote them.
    """
    if not ids:
        return 0
    if not are_new:
        TeacherToken.objects.filter(teacher_id__among=ids).delete()
    found = Teacher.everywhere.filter(pk__among=ids).exclude(status=Status.MERGED)
    # Read before anything is copied in: one connection does one of the two at a time.
    return insert_rows(TeacherToken, FIELDS, _tokens(list(found.order_by("pk").values_list("pk", "name", "school__path"))))


def _tokens(people: Iterable[Row]) -> Iterator[Row]:
    for pk, name, path in people:
        for token in tokens_of(name, syllables(name)):
            yield pk, token, path


def index_schools(school_ids: Collection[int]) -> int:
    """Everyone at these schools is found under the schools' paths of today."""
    ids = Teacher.everywhere.filter(school_id__among=school_ids).values_list("pk", flat=True)
    return index_people(list(ids))


def rebuild_search(tell: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Every teacher is found by name and school of today; in portions, so that the site answers meanwhile. Returns how many people."""
    ids = list(Teacher.everywhere.order_by("pk").values_list("pk", flat=True))
    TeacherToken.objects.exclude(Exists(Teacher.everywhere.filter(pk=OuterRef("teacher_id")))).delete()
    for start in range(0, len(ids), PORTION):
        _portion(ids[start : start + PORTION])
        tell(min(start + PORTION, len(ids)), len(ids))
    return len(ids)


@atomic
def _portion(ids: Collection[int]) -> None:
    index_people(ids)


def check_search() -> list[str]:
    """What does not fit between the register and its tokens: people who are not found by name, tokens of an earlier school or of nobody."""
    tokens = TeacherToken.objects.filter(teacher_id=OuterRef("pk"))
    # Either will do: a long name's sound is cut, and a name in Latin letters is kept in small ones.
    own = Q(token=OuterRef("name")) | Q(token=OuterRef("name_pinyin"))
    lost = Teacher.everywhere.exclude(status=Status.MERGED).exclude(Exists(tokens.filter(own)))
    moved = TeacherToken.objects.exclude(path=F("teacher__school__path"))
    ghosts = TeacherToken.objects.exclude(Exists(Teacher.everywhere.filter(pk=OuterRef("teacher_id")).exclude(status=Status.MERGED)))
    counts = {"teachers without tokens": lost, "tokens of an earlier school": moved, "tokens of nobody": ghosts}
    return [f"{found.count()} {what}" for what, found in counts.items() if found.exists()]
