"""Teachers at random with every trick there is: what a network, a clock and an ill will may deliver."""

from __future__ import annotations

from datetime import date

import polars as pl

from xingtan.core.learned_time import Beat, BeatRules
from xingtan.core.learned_time.batch.layout import BEATS, OPENINGS
from xingtan.core.learned_time.replay import Opened, replayed

START = 1_795_000_000
LENGTHS = (40, 90, 300)
RULES = (
    BeatRules(),
    BeatRules(viewings=2, jitter_s=0),
    BeatRules(day_cap_s=120, prompt_every_s=60, prompt_within_s=30),
    BeatRules(needs_activity=1, max_rate_centi=100, slack_s=0, sessions_kept=2),
)


class Study:
    """One teacher: openings, and beats in the order of arrival."""

    def __init__(self, teacher_id, openings, beats):
        self.teacher_id, self.openings, self.beats = teacher_id, openings, beats

    def judged(self):
        return list(replayed(self.openings, self.beats))


def study_at_random(dice, teacher_id, *, most_beats=60):
    """Late, repeated, backwards, boasting, parallel, from the future, from sessions that nobody opened."""
    rules = {unit: dice.choice(RULES) for unit in range(1, 4)}
    openings = []
    for number in range(dice.randint(1, 9)):
        unit = dice.randint(1, 3)
        session = f"{teacher_id:04}-{dice.randint(0, 99):02}-{number}"
        openings.append(Opened(session, unit, START + dice.randint(0, 400), LENGTHS[unit - 1] + dice.choice((0, 0, 10)), rules[unit]))
    at, seqs, beats = START, {}, []
    for _ in range(dice.randint(0, most_beats)):
        at += dice.choice((0, 1, 5, 15, 30, 30, 90, 4_000, 86_400)) if dice.random() < 0.9 else -dice.randint(0, 5)
        session = "unheard of" if dice.random() < 0.03 else dice.choice(openings).session
        seq = seqs.get(session, -1) + dice.choice((1, 1, 1, 1, 2, 0, -1))
        seqs[session] = max(seqs.get(session, -1), seq)
        from_s = dice.randint(-10, 320)
        beats.append(
            Beat(
                session=session,
                seq=max(seq, 0),
                received_at=at,
                client_at=at + dice.choice((0, 0, 0, -1, 2, -40, -4_000, 119, 121, 9_999)),
                from_s=from_s,
                to_s=from_s + dice.choice((0, 5, 15, 15, 30, 30, 30, 60, 300, -5)),
                rate_centi=dice.choice((100, 100, 150, 200, 201, 1_600)),
                is_visible=dice.random() < 0.9,
                is_active=dice.random() < 0.8,
                is_present=dice.random() < 0.2,
                day=date(1970, 1, 1).toordinal() + (at + 8 * 3600) // 86_400,
            )
        )
    return Study(teacher_id, openings, beats)


def tables(studies):
    """(openings, beats) of these teachers in the layout of the batch."""
    openings = [
        (o.session, one.teacher_id, o.unit_id, o.opened_at, o.length_s, str(list(o.rules))) for one in studies for o in one.openings
    ]
    beats = [
        (one.teacher_id, b.session, b.seq, b.received_at, date.fromordinal(b.day), b.client_at, b.from_s, b.to_s, b.rate_centi, b.is_visible, b.is_active, b.is_present)
        for one in studies
        for b in one.beats
    ]  # fmt: skip
    return pl.DataFrame(openings, schema=OPENINGS, orient="row"), pl.DataFrame(beats, schema=BEATS, orient="row")


def days_of(study):
    """(teacher, unit, day) → seconds, as the live reading counts them."""
    found = {}
    for one in study.judged():
        if one.counted_s:
            key = study.teacher_id, one.unit_id, date.fromordinal(one.beat.day)
            found[key] = found.get(key, 0) + one.counted_s
    return found
