"""Papers of the cast of certificates: asked for, printed, submitted, sealed."""

from __future__ import annotations

from datetime import date

from tests import enrolling
from tests.certifying import NOW
from xingtan.domains.papers import api as papers
from xingtan.domains.teachers.models import NUMBER_BOX

DAY = NOW.date()
MARK = "学时验印专用章"


def colleagues(cast, count):
    """More teachers of Lin's school, with numbers that can be masked."""
    rows = enrolling.teachers(cast.school, count)
    for row in rows:
        row.number_closed = NUMBER_BOX.close(f"36082119880214{row.pk:04d}")
        row.save(update_fields=["number_closed"])
    return rows


def asked(cast, kind=papers.Kind.HOURS, purpose="职称评审"):
    """The year's hours by today, or the year's or cycle's paper."""
    days = (date(2026, 8, 1), DAY)
    return papers.asked_for(kind, days=days, training_year=cast.year, purpose=purpose, today=DAY)


def printed(cast, kind=papers.Kind.HOURS, now=NOW, **more):
    """Lin's paper, printed by clerk Chen."""
    made = papers.print_papers(actor=cast.chen, asked=asked(cast, kind, **more), teacher_ids=[cast.lin_teacher.pk], now=now)
    return papers.Paper.everywhere.get(printing=made)


def submitted(cast, **more):
    paper = printed(cast, **more)
    papers.submit(actor=cast.chen, paper_ids=[paper.pk], now=NOW)
    return paper


def sealed(cast, **more):
    paper = submitted(cast, **more)
    papers.seal(actor=cast.zhou, paper_ids=[paper.pk], mark=MARK, now=NOW)
    return paper


def state_of(paper):
    return papers.State(papers.PaperState.everywhere.get(pk=paper.pk).state)
