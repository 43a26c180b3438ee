"""Review chains of any shape: a pack whose steps are named here, and the people who take them."""

from __future__ import annotations

from datetime import timedelta

from tests import crediting, enrolling
from xingtan.core.policy import bundled
from xingtan.domains.credits import api as credits_room
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.people.roles import Role

NOW, Outcome, State, Step = crediting.NOW, crediting.Outcome, crediting.State, crediting.Step
HOUR = 3600
LEVELS = {
    "review": "school",
    "report": "school",
    "county_review": "county",
    "county_verify": "county",
    "city_review": "city",
    "verify": "county",
}


def chain(*steps, clock="", **more):
    """The words of the pack to change so that its chain has these steps (`verify:city` names a level), and nothing else changes."""
    text = bundled()["jiangxi-2011"]
    old = text[text.index("[[review]]") : text.rindex("[[review]]")]
    made = ['[[review]]\nstep = "enter"\nlevel = "any"\nlabel = { zh = "登记", en = "Entry" }\nreading = "two-people"\n\n']
    for one in steps:
        step, _colon, level = one.partition(":")
        made.append(
            f'[[review]]\nstep = "{step}"\nlevel = "{level or LEVELS[step]}"\nlabel = {{ zh = "{step}", en = "{step}" }}\n'
            f'reading = "two-people"\n{more.get(step, "")}\n{"makes_verified = true" if step == "verify" else ""}\n\n'
        )
    return {"replace": ((old, "".join(made) + clock),)}


def build(*steps, **more):
    """The cast of credits under such a chain, with reviewers of both levels above and one of a second school."""
    cast = crediting.build(**(chain(*steps, **more) if steps else more.get("pack", {})))
    cast.second_he = enrolling.actor_of(Role.SCHOOL_REVIEWER, cast.second)
    cast.actors = {"school": cast.he, "county": cast.zhou, "city": cast.city_officer, "province": cast.mei}
    return cast


def entered(cast, number=1, **values):
    """So many teachers' entries of ten hours."""
    people = enrolling.teachers(cast.school, number, **values)
    crediting.register(cast, people)
    crediting.delivered(cast, people, 10 * HOUR)
    return crediting.enter(cast)


def drawn(cast, entries, step=Step.COUNTY_REVIEW, actor=None):
    """A batch of the entries."""
    who = actor or cast.zhou
    ids = [one.pk for one in entries]
    return reviews.draw_batch(actor=who, step=step, training_year_id=cast.year.pk, entry_ids=ids, filters={}, now=NOW)


def looked(cast, batch, actor=None, leave=0):
    """All of the sample but so many were opened."""
    samples = reviews.samples_of(batch)
    for sample in samples[: len(samples) - leave]:
        reviews.look(actor=actor or cast.zhou, batch_id=batch.pk, entry_id=sample.entry_id, now=NOW)


def sound():
    """The ledger explains every state."""
    assert list(credits_room.check_states()) == []


def later(**span):
    return NOW + timedelta(**span)
