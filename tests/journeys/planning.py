"""The year's walk, first part: a need becomes plans, the plans become a project."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from playwright.sync_api import Locator, Page

from tests.journeys.eyes import Person
from tests.journeys.opening import offer_the_course

YEAR = 2025
TERM = f"year={YEAR}&term=second"  # the year as a whole is planned already
HEADS = "4"
SCHOOL = "青禾实验小学"


def plan_it(people: Mapping[str, Person], *, what: str) -> None:
    """The school asks to send people; county, city and province take that into their plans, each accepted by the level above."""
    begin(people["clerk"])
    write_line(people["clerk"], what, way="send", heads=HEADS, hours="72")
    hand_up(people["clerk"], "上报")
    for login, unit, act in (("county", SCHOOL, "上报"), ("city", "青原区", "上报"), ("province", "吉安市", "确定计划")):
        office = people[login]
        accept(office, unit, what)
        begin(office)
        office.press("汇入下级的选派")
        row_of(office, what).locator("[name$='-way']").select_option("run" if login == "province" else "send")
        hand_up(office, act)


def accept(office: Person, unit: str, what: str) -> None:
    """The plan of a unit below is accepted as it was asked."""
    office.go(f"/bureau/plans/?{TERM}&q={unit}")
    office.press(unit, within="main table")
    office.reads(what)
    office.press("核定")


def begin(person: Person) -> None:
    """The own plan of the year stands open."""
    person.go(f"/bureau/plans/?{TERM}")
    place = person.page.locator("main")
    for word in ("开始编制", "继续编制", "打开计划"):
        if place.get_by_role("button", name=word).count() or place.get_by_role("link", name=word).count():
            person.press(word)
            return
    raise AssertionError(f"no plan to open: {person.page.url}")


def write_line(person: Person, what: str, *, way: str, heads: str, hours: str) -> None:
    """The first empty row of the plan says this, and is saved."""
    row = row_of(person, what)
    row.locator("[name$='-what']").fill(what)
    row.locator("[name$='-area']").select_option(index=1)
    row.locator("[name$='-way']").select_option(way)
    row.locator("[name$='-head_count']").fill(heads)
    row.locator("[name$='-hours_centi']").fill(hours)


def row_of(person: Person, what: str) -> Locator:
    """The row of the plan that says this, else the first empty one."""
    rows = person.page.locator("tr[data-plan-row]").all()
    told = [row.locator("[name$='-what']").input_value() for row in rows]
    return rows[told.index(what) if what in told else told.index("")]


def hand_up(person: Person, act: str) -> None:
    """The plan is saved and handed up, or adopted where nobody is above."""
    person.press("保存")
    person.press(act)


def make_project(office: Person, *, what: str, today: date) -> str:
    """The accepted line is a draft, its days are those of now, and it is published; the answer is its public id."""
    page = office.page
    begin(office)
    office.press("生成项目")
    page.locator("tr", has_text=what).locator("select").select_option("network_school")
    office.press("生成项目草稿")
    return to_draft(office, what=what, today=today)


def to_draft(office: Person, *, what: str, today: date) -> str:
    """The draft has the days of now, seats that teachers apply for, a segment, and a number of seats; the answer is its public id."""
    page = office.page
    office.go(f"/bureau/projects/?year={YEAR}&q={what}")
    office.press(what, within="main table")
    office.press("更改")
    days = {"opens_on": -2, "closes_on": 6, "starts_on": 7, "ends_on": 37}
    for name, ahead in days.items():
        page.locator(f"[name={name}]").fill((today + timedelta(days=ahead)).isoformat())
    page.locator("[name=ways][value=own]").check()
    page.locator("[name=approval_steps]").select_option("2")
    office.press("保存草稿")
    pid = page.url.rstrip("/").rsplit("/", 1)[-1]
    for title, first, last in (("自主学习", 7, 20), ("校本研修", 21, 37)):
        add_segment(office, pid, title, (today + timedelta(days=first)).isoformat(), (today + timedelta(days=last)).isoformat())
    drag(office)
    office.go(f"/bureau/projects/{pid}/")
    offer_the_course(office)
    office.go(f"/bureau/projects/{pid}/whom/")
    for name, text in {"0-code": "young", "0-label": "青年教师", "0-seats": HEADS}.items():
        page.fill(f"[name='{name}']", text)
    office.press("保存类别")
    office.reads("青年教师 4")
    return pid


def add_segment(office: Person, pid: str, title: str, first: str, last: str) -> None:
    """The draft ends with this segment."""
    page = office.page
    office.go(f"/bureau/projects/{pid}/segments/")
    page.locator("[name=kind]").select_option("self_study")
    page.fill("[name=title]", title)
    page.fill("[name=first_on]", first)
    page.fill("[name=last_on]", last)
    office.press("添加")
    office.reads(title, first)


def drag(office: Person) -> None:
    """The last segment is dragged to the top, and brought down again with the keyboard; both stand after the page is loaded anew."""
    page = office.page
    before = names(page)
    handles = page.locator("[data-handle]")
    low, high = handles.last.bounding_box(), handles.first.bounding_box()
    assert low
    assert high
    page.mouse.move(low["x"] + 8, low["y"] + 8)
    page.mouse.down()
    page.mouse.move(high["x"] + 8, high["y"] + 2, steps=8)
    with page.expect_response("**/order/"):
        page.mouse.up()
    page.reload()
    assert names(page) == [before[-1], *before[:-1]]
    page.locator("[data-handle]").first.focus()
    with page.expect_response("**/order/"):
        page.keyboard.press("ArrowDown")
    page.reload()
    assert names(page)[1] == before[-1]
    for place in range(1, len(before) - 1):  # by its place: a template's segment may have the same title
        page.locator("tr[data-name]").nth(place).locator("[name=down]").click()
        page.wait_for_load_state()


def names(page: Page) -> list[str]:
    """The titles of the segments in their order."""
    return [str(row.get_attribute("data-name")) for row in page.locator("tr[data-name]").all()]


def publish(office: Person, pid: str) -> None:
    """The project is published, and anyone finds it."""
    office.go(f"/bureau/projects/{pid}/")
    office.press("发布")
    office.reads("项目已发布")
