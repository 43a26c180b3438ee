"""The demonstration: a province with one county at work, loaded through the doors that a real county would use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from django.utils import timezone

from xingtan.core.calendar import local_day
from xingtan.core.policy import bundled
from xingtan.domains.determination import api as determination_room
from xingtan.domains.eligibility import api as eligibility
from xingtan.domains.policies import api as policies
from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.entrance.needed import mark_demonstration
from xingtan.foundation.events.hallway import deliver_pending
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.people.sign_in import account_named, activate, activation_code
from xingtan.foundation.scope.divisions import load_divisions
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.foundation.scope.tree import add_children

from . import (
    admitting,
    cards,
    cast,
    circumstances,
    desk,
    history,
    offers,
    papers,
    planning,
    registers,
    running,
    seats,
    studying,
    tendering,
    villages,
    watching,
    ways,
)
from . import projects as year_of_projects
from .clock import PACK, TRY_OUT, Clock
from .people import COUNTY, STRANGERS_COUNTY, newcomer, people_of, schools_of
from .workbooks import opening_rows, write_opening_hours, write_roster

Show = Callable[[str], None]
PROVIDERS = (("明德教师研修中心", "Mingde Teacher Centre", "PX001"), ("赣鄱师训网", "Ganpo Teacher Training Online", "PX002"))


def load(*, show: Show, every: int = 1) -> None:
    """The demonstration county stands, from its schools (or every n-th of them) to this morning's queue; into an empty database only."""
    began = monotonic()
    clock = Clock(timezone.now())
    show("Loading the demonstration county 青原区 …")
    mark_demonstration()
    _organisations(clock, every)
    packs = {code: policies.adopt_pack(actor=cast.actor("province"), text=bundled()[code], now=clock.at(7, 8)) for code in (PACK, TRY_OUT)}
    with TemporaryDirectory() as folder:
        _register(Path(folder), clock, every, show)
        years = history.open_years(clock, packs[PACK])
        history.bring_in(_opening(Path(folder), clock, every), clock, show)
    circumstances.of_past(clock, years, people_of(COUNTY, every), show)
    history.close(clock, years, show)
    _run(clock, years[clock.running], show)
    show(f"  loaded in {monotonic() - began:.0f} s")


def _organisations(clock: Clock, every: int) -> None:
    now = clock.at(7, 5)
    load_divisions(OPERATOR, now)
    by_code = {one.code: one for one in Organisation.everywhere.filter(kind__in=[Kind.PROVINCE, Kind.COUNTY])}
    province = next(one for one in by_code.values() if one.kind == Kind.PROVINCE)
    add_children(province, [{"kind": Kind.PROVIDER, "name": name, "name_en": name_en, "code": code} for name, name_en, code in PROVIDERS])
    for county in (COUNTY, STRANGERS_COUNTY):
        rows = [
            {"name": one.name, "code": one.code, "kind": Kind.TEACHING_POINT if one.is_annex else Kind.SCHOOL, "is_rural": one.is_rural}
            for one in schools_of(county, every)
        ]
        teachers.add_schools(actor=OPERATOR, parent_id=by_code[county].pk, rows=rows, now=now)
    from_on = date(clock.running, 7, 1)
    cast.seat_all(cast.CAST, from_on=from_on, now=now, with_password=True)
    others = [one.name for one in schools_of(COUNTY, every)][1:]
    cast.seat_all(cast.staff_of(others), from_on=from_on, now=now, with_password=False)


def _register(folder: Path, clock: Clock, every: int, show: Show) -> None:
    """The roster of September a year ago; this autumn's brings those who were hired since."""
    for login, county in (("county", COUNTY), ("stranger", STRANGERS_COUNTY)):
        for number, day in enumerate((clock.at(9, 3), clock.now)):
            place = folder / f"{county}-{number}.xlsx"
            write_roster(place, [one for one in people_of(county, every) if one.hired_on <= day.date()])
            done = rosters.import_roster(actor=cast.actor(login), path=place, now=day)
            show(f"  roster of {county}: {dict(done.counts)}")


def _opening(folder: Path, clock: Clock, every: int) -> Path:
    place = folder / "opening.xlsx"
    write_opening_hours(place, opening_rows(people_of(COUNTY, every), clock.closed))
    return place


def _run(clock: Clock, year: policies.TrainingYear, show: Show) -> None:
    made = offers.make_courses(clock)
    running.review_courses(clock, made)
    offered = offers.publish(clock, running.project_of(clock, year), made)
    deliver_pending()
    offers.arrange(clock, offered, year)
    running.choose_and_confirm(clock, year, offered, show)
    deliver_pending()
    running.extend(clock, year)
    running.deliver(clock, offered, show)
    circumstances.deliver_township(clock, offered)
    show(f"  {offers.attend(clock, offered)} parts taken in workshops")
    deliver_pending()
    desk.fill(clock, year, offered)
    deliver_pending()
    running.enter(clock, year, show)
    running.pass_on(clock, year, show)
    running.send_some_back(clock, year)
    circumstances.of_running(clock, year, offered, show)
    if Organisation.everywhere.filter(kind=Kind.SCHOOL).count() > 60:  # in a small county the group would need people of other stories
        villages.fill(clock, year, offered, show)
    deliver_pending()
    determination_room.determine(actor=cast.actor("province"), training_year_id=year.pk, now=clock.now)
    _state_eligibility(clock, show)
    studying.fill(watching.Scene(clock, year, offered))
    watching.fill(clock, year, offered, show)
    papers.fill(clock, year, show)
    ways.fill(clock, year, show)
    registers.keep(clock, show)
    planning.fill(clock, year, show)
    drawn_up = year_of_projects.fill(clock, year)
    admitting.fill(clock, drawn_up)
    seats.fill(clock, drawn_up)
    cards.fill(clock, year)
    tendering.fill(clock, year)
    _activate_lin(clock)


def _state_eligibility(clock: Clock, show: Show) -> None:
    """The county has stated, for this autumn's title review, who of its second school meets the conditions."""
    county = cast.actor("county")
    school = list(teachers.schools_in(county.scope))[1]
    run = eligibility.issue_statements(
        actor=county, teacher_ids=eligibility.branch_ids(school.scope), on=local_day(clock.now), now=clock.now
    )
    show(f"  {run.statement_count} eligibility statements")


def _activate_lin(clock: Clock) -> None:
    account = Account.objects.get(pk=cast.teacher_actor("林知微").account_id or 0)
    activate(identity=people_of(COUNTY)[0].phone, code=activation_code(account), password=cast.PASSWORD, now=clock.at(9, 1))


def is_loaded() -> bool:
    """True where the data are the demonstration's."""
    return Account.objects.filter(login="province", name="程以南").exists()


def sign_in_table() -> Iterator[str]:
    """One sign-in for each role, and a teacher who is still to be activated; nothing where this is no demonstration."""
    if not is_loaded():
        return
    yield f"\nSign in as (password of all: {cast.PASSWORD})"
    for seat in cast.CAST:
        yield f"  {seat.role.value:<18}{seat.login:<22}{seat.name}  {seat.organisation}"
    lin, new = people_of(COUNTY)[0], newcomer()
    yield f"  {'teacher':<18}{lin.phone:<22}{lin.name}  {lin.school.name}"
    account = account_named(new.number)
    if account and (code := activation_code(account)):
        yield f"  {'teacher, new':<18}{new.phone:<22}{new.name}  {new.school.name}; activate first, with the code {code}"
