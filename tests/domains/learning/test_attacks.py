"""What tricks earn on a site, through the recorder's door and in the database: never more than the time that passed, and the record says why."""

from __future__ import annotations

import re
from base64 import b64encode
from itertools import pairwise
from pathlib import Path

import pytest

from tests import attacks, lrs_calling
from tests.domains.learning.players import call
from tests.enrolling import LATER
from tests.playing import BEGIN, Site
from xingtan.core.learned_time import BeatReason
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import Beat, UnitDay, UnitProgress
from xingtan.domains.learning.tokens import write_token
from xingtan.domains.policies import api as policies
from xingtan.foundation.keys import store
from xingtan.foundation.refusal import NotInScope

pytestmark = pytest.mark.django_db(databases="__all__")
DOCS = Path(__file__).resolve().parents[3] / "docs"


class Course:
    """A site as the scripts of `tests.attacks` take it."""

    def __init__(self):
        self.site = Site()
        self.people = [self.site.lin, *self.site.others]
        self.waiting = None

    @property
    def now(self):
        return self.site.clock.at

    def open(self, unit=0, *, teacher=0, length_s=600, **rules):
        return self.site.player(unit, teacher_id=self.people[teacher], length_s=length_s, **rules)

    def wait(self, seconds):
        self.flush()
        self.site.clock.at += seconds

    def tell(self, player, from_s, to_s, *, seq=None, client=0, rate=100, visible=True, active=True):
        """Beats of one player that come together are one post, unless their numbers are the trick."""
        if self.waiting and (seq is not None or self.waiting[0] is not player):
            self.flush()
        beat = player.beat(from_s, to_s, self.now + client, rate_centi=rate, is_visible=visible, is_active=active)
        if seq is not None:
            beat["seq"] = player.seq = seq
        self.waiting = (player, [*(self.waiting[1] if self.waiting else ()), beat])
        if seq is not None:
            self.flush()

    def flush(self):
        """What waits was sent."""
        if self.waiting:
            self.site.send(self.waiting[0], *self.waiting[1])
        self.waiting = None

    def beat(self, player, from_s, to_s, **more):
        return self.site.send(player, player.beat(from_s, to_s, self.now, **more))

    def status(self, body):
        return call(self.site.recorder, body)[0]

    def own_token(self, claims):
        """A token signed with a key that is not the site's."""
        mine = store.ring("beats")
        theirs = {version: bytes(32) for version in mine}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("xingtan.domains.learning.tokens.store.ring", lambda _: theirs)
            return write_token(claims)

    def with_signature_of(self, player, claims):
        """Other claims under the signature of a real token."""
        return f"{write_token(claims).partition('.')[0]}.{player.token.partition('.')[2]}"

    def refused_stranger(self):
        cast, stranger = self.site.cast, self.people[1]
        with pytest.raises(NotInScope):
            learning.unit_at_desk(stranger, cast.units[0].public_id, policies.open_years_for(cast.lin.scope), LATER.date())

    def unsigned_statement(self):
        for key in ("", f"Basic {b64encode(b'teacher:password').decode()}"):
            client = lrs_calling.Client(key)
            assert client.call("POST", "/statements", body=[lrs_calling.small()]).status == 401


@pytest.mark.parametrize("name", attacks.TRICKS)
def test_a_trick_earns_no_more_than_true_time(name):
    course = Course()
    may_earn = attacks.TRICKS[name][1](course)
    course.flush()
    studied = set(UnitProgress.objects.values_list("teacher_id", flat=True)) or {course.people[0]}
    earned = {who: sum(learning.learned_of(who, course.site.units).values()) for who in studied}
    assert set(earned.values()) == {may_earn}
    assert may_earn <= course.now - BEGIN
    for who in studied:
        assert learning.counted_days(who) == learning.told_days([who])
    walls = sorted((start, end, row.teacher_id) for row in UnitDay.objects.all() for start, end in row.walls)
    for teacher_id in studied:
        own = [wall[:2] for wall in walls if wall[2] == teacher_id]
        assert all(one[1] <= other[0] for one, other in pairwise(own))
    assert not Beat.objects.filter(counted_s=0, reason="counted").exists()


@pytest.mark.parametrize("name", ["learned-time.md", "learned-time.zh.md"])
def test_the_tables_of_the_docs_name_every_reason_and_the_same_tricks(name):
    rows = re.findall(r"^\| `(\w+)` \|", (DOCS / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert [word for word in rows if word in set(BeatReason)] == list(BeatReason)
    assert sorted(word for word in rows if word not in set(BeatReason)) == sorted(attacks.TRICKS)
