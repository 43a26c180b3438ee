"""Random acts by random roles on projects and their segments and copies: no illegal state, nothing changes once it is published but days."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from tests.bureau_cast import DAYS, NOW, make_cast, make_draft
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.projects.models import Project, Segment
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

STEPS = 220
PEOPLE = (*["mei"] * 8, "zhou", "wu", "supervisor", "clerk")
KIND = "self_study", "workshop", "assessment"
RURAL = {"code": "rural", "label": "农村教师", "label_en": "Rural", "seats": 3, "is_reserved": True}


class Walk:
    """One walk: the cast, chance, and each act on some project or segment."""

    def __init__(self, cast, seed):
        self.cast, self.dice = cast, Random(seed)
        self.years = [
            cast.year,
            policies.open_year(actor=cast.mei, organisation_id=cast.province.pk, year=2027, pack_id=cast.pack.pk, now=NOW),
        ]

    @property
    def actor(self):
        return getattr(self.cast, self.dice.choice(PEOPLE))

    def some(self):
        return self.dice.choice(list(Project.everywhere.order_by("-pk").values_list("pk", flat=True)[:6]) or [0])

    def segment(self):
        return self.dice.choice(list(Segment.objects.order_by("-pk").values_list("pk", flat=True)[:12]) or [0])

    def day(self):
        return DAYS[0] + timedelta(days=self.dice.randrange(-5, 220))

    def do_draft(self):
        make_draft(self.cast, self.actor, has_seats=True, ways=["own"], starts_on=date(2026, 12, 1), ends_on=DAYS[1])

    def do_from_template(self):
        kind = self.dice.choice(list(projects.ProjectKind))
        told = {"training_year_id": self.cast.year.pk, "title": f"{kind}", "tier": "province", "opens_on": DAYS[0], "closes_on": DAYS[0]}
        projects.draft_from_template(actor=self.actor, kind=kind, now=NOW, **told)

    def do_add(self):
        values = {"kind": self.dice.choice(KIND), "title": "环节", "first_on": self.day(), "last_on": self.day()}
        projects.add_segment(actor=self.actor, project_id=self.some(), values=values, now=NOW)

    def do_days(self):
        segment = Segment.objects.filter(pk=self.segment()).first()
        values = {"kind": segment.kind, "title": segment.title, "first_on": self.day(), "last_on": self.day()} if segment else {}
        projects.change_segment(actor=self.actor, segment_id=segment.pk if segment else 0, values=values, now=NOW)

    def do_rename(self):
        projects.change_segment(actor=self.actor, segment_id=self.segment(), values={"kind": "practice", "title": "改"}, now=NOW)

    def do_remove(self):
        projects.remove_segment(actor=self.actor, segment_id=self.segment(), now=NOW)

    def do_order(self):
        project_id = self.some()
        ids = list(Segment.objects.filter(project=project_id).values_list("pk", flat=True))
        self.dice.shuffle(ids)
        projects.order_segments(actor=self.actor, project_id=project_id, segment_ids=ids[self.dice.randrange(2) :], now=NOW)

    def do_whom(self):
        projects.set_categories(actor=self.actor, project_id=self.some(), categories=[RURAL] * self.dice.randrange(3), now=NOW)

    def do_conditions(self):
        conditions = {"service_years_at_least": self.dice.randrange(9)}
        projects.set_conditions(actor=self.actor, project_id=self.some(), conditions=conditions, now=NOW)

    def do_publish(self):
        projects.publish(actor=self.actor, project_id=self.some(), now=NOW)

    def do_close(self):
        projects.close_project(actor=self.actor, project_id=self.some(), now=NOW)

    def do_cancel(self):
        projects.cancel_project(actor=self.actor, project_id=self.some(), reason=self.dice.choice(["", "人数不足"]), now=NOW)

    def do_copy(self):
        wanted = {"project_id": self.some(), "training_year_id": self.dice.choice(self.years).pk}
        proposed = projects.copy_proposed(actor=self.cast.mei, now=NOW, **wanted)
        projects.copy_project(actor=self.actor, values=proposed.facts, now=NOW, **wanted)


def seen():
    """Every project with what makes it up, days of its segments apart."""
    parts = {}
    for one in Segment.objects.order_by("project", "place"):
        parts.setdefault(one.project_id, []).append((one.pk, one.place, one.kind, one.title, one.component, one.hours_centi))
    return {
        one.pk: (one.state, (one.title, one.conditions, one.categories, one.ways, parts.get(one.pk, [])))
        for one in Project.everywhere.all()
    }


def days():
    return dict(Segment.objects.values_list("pk", "first_on")), dict(Segment.objects.values_list("pk", "last_on"))


def check(before, after):
    for pk, (state, content) in after.items():
        was, had = before.get(pk, ("", content))
        assert was == state or (not was and state == "draft") or projects.ProjectState(state) in projects.MOVES[projects.ProjectState(was)]
        if was not in ("", "draft"):
            assert content == had
        assert [one[1] for one in content[4]] == list(range(1, len(content[4]) + 1))
    assert before.keys() <= after.keys()


@pytest.mark.parametrize("seed", [6])
def test_any_sequence_of_acts_by_anybody(db, seed):
    walk = Walk(make_cast(), seed)
    acts = [name for name in dir(walk) if name.startswith("do_")]
    done = dict.fromkeys(acts, 0)
    before, then = seen(), days()
    for _step in range(STEPS):
        name, lines = walk.dice.choice(acts), AuditLine.objects.count()
        try:
            getattr(walk, name)()
            done[name] += 1
        except (Refused, NotInScope, NotAllowed):
            assert (seen(), days(), AuditLine.objects.count()) == (before, then, lines)
            continue
        after, moved = seen(), days()
        check(before, after)
        assert AuditLine.objects.count() > lines or (after, moved) == (before, then)
        before, then = after, moved
    assert all(count for name, count in done.items() if name != "do_close"), done
    states = set(Project.everywhere.values_list("state", flat=True))
    assert {"draft", "published", "cancelled"} <= states
    assert not Project.everywhere.filter(state="cancelled", reason="").exists()
    copies = Project.everywhere.exclude(copied_from=None)
    assert copies.exists()
    assert all(one.copied_from.kind == one.kind and one.pk > one.copied_from_id for one in copies.select_related("copied_from"))
    for one in Project.everywhere.filter(state__in=["published", "closed"], has_seats=True):
        assert Segment.objects.filter(project=one).exists()
