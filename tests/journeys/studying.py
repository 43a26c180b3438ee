"""The walk's second part: films, document, quiz, assignment and workshop, with a reload, a broken line and a killed server on the way."""

from __future__ import annotations

from tests.journeys.eyes import Person
from tests.journeys.opening import COURSE, NAME, TODAY, WORKSHOP
from tests.journeys.site import Site

ETHICS_S, READING_S, FILM_S = 24, 20, 56
BROKEN = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_NETWORK", "ERR_SOCKET")
ACTIVITY = "研修活动：同课异构"
ANSWERS = ("q-q1=a", "q-q2=a", "q-q2=b", "q-q3=true")
WORK = "学生说：“我想做落花生那样的人。”教师当场停下板书，请他把理由说完。下一节课我准备在追问之后等足八秒，再请第二个学生补充，并把两个人的原话都记在板书上。"


def units_of(teacher: Person) -> list[str]:
    """The addresses of the course's units, in their order."""
    teacher.go("/my/study/")
    teacher.reads(COURSE)
    course = teacher.page.locator("section", has_text=COURSE)
    found = course.locator("ol a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(found) == 5, found
    return found


def counted(teacher: Person) -> int:
    """The seconds of this unit that the page shows as acknowledged."""
    return int(teacher.page.locator("#learned-bar").evaluate("bar => bar.value"))


def wait_counted(teacher: Person, least: int, *, seconds: int = 90) -> None:
    """The server has acknowledged at least so many seconds of this unit."""
    script = "least => document.getElementById('learned-bar').value >= least"
    teacher.page.wait_for_function(script, arg=least, timeout=seconds * 1000)


def play(teacher: Person) -> None:
    """The film runs."""
    teacher.page.wait_for_function("() => window.videojs('film').readyState() >= 2")
    teacher.page.locator("h1").click()
    teacher.page.keyboard.press("Space")
    teacher.page.wait_for_function("() => !window.videojs('film').paused()")


def watch_with_a_reload_and_a_broken_line(teacher: Person, address: str) -> None:
    """The first film is counted in full, whatever came between."""
    page = teacher.page
    teacher.go(address)
    play(teacher)
    wait_counted(teacher, 3)
    page.reload()
    assert counted(teacher) >= 3
    page.wait_for_function("() => window.videojs('film').currentTime() >= 2")
    play(teacher)
    wait_counted(teacher, 6)
    with teacher.expecting(*BROKEN):
        teacher.context.set_offline(True)
        page.locator("#offline").wait_for(state="visible")
        page.locator("#pending").wait_for(state="visible")
        before = counted(teacher)
        teacher.context.set_offline(False)
        page.locator("#sync[data-state=synced]").wait_for()
        wait_counted(teacher, before + 1)
    wait_counted(teacher, ETHICS_S, seconds=120)
    teacher.look()


def watch_while_the_server_is_killed(teacher: Person, address: str, site: Site) -> None:
    """What was on the screen as counted before the power cut is there after it, and the film goes on to its end."""
    page = teacher.page
    teacher.go(address)
    play(teacher)
    wait_counted(teacher, 12)
    with teacher.expecting(*BROKEN, "Failed to fetch", "/beat"):
        before = counted(teacher)
        site.kill()
        page.locator("#offline").wait_for(state="visible")
        assert counted(teacher) >= before
        site.start()
        page.locator("#sync[data-state=synced]").wait_for(timeout=120_000)
        after = counted(teacher)
        assert after >= before
    page.reload()
    assert counted(teacher) >= after
    if counted(teacher) < FILM_S:
        play(teacher)
    wait_counted(teacher, FILM_S, seconds=180)
    teacher.look()


def read_the_document(teacher: Person, address: str) -> None:
    """Every page was on the screen for as long as it takes to read it."""
    page = teacher.page
    teacher.go(address)
    page.locator("#reader[data-ready=true]").wait_for()
    while counted(teacher) < READING_S:
        page.wait_for_function(
            "() => document.getElementById('page-left').textContent.includes('读完') || document.getElementById('learned-bar').value >= 20"
        )
        if page.locator("#on").is_enabled():
            page.keyboard.press("ArrowRight")
        else:
            wait_counted(teacher, READING_S)
    teacher.look()


def take_the_quiz(teacher: Person, address: str) -> None:
    """Every answer is right."""
    teacher.go(address)
    for answer in ANSWERS:
        name, _, value = answer.partition("=")
        teacher.page.locator(f"input[name={name}][value={value}]").check()
    teacher.press("提交")
    teacher.reads("已通过，100 分")


def hand_in_the_assignment(teacher: Person, address: str) -> None:
    """The work waits for the tutor."""
    teacher.go(address)
    teacher.page.locator("[name=text]").fill(WORK)
    teacher.press("提交")
    teacher.reads("落花生那样的人")


def add_an_activity(lead: Person) -> None:
    """The workshop has an activity that brings its 22 hours."""
    page = lead.page
    lead.go("/tutor/workshops/")
    lead.press(WORKSHOP)
    page.locator("main [name=title]").fill(ACTIVITY)
    page.locator("main [name=brief]").fill("两人上同一课，互相听，各写一段。")
    page.locator("main [name=hours_centi]").fill("22")
    page.locator("main [name=opens_on]").fill(f"{TODAY}")
    page.locator("main [name=closes_on]").fill(f"{TODAY}")
    lead.press("添加")
    lead.reads(ACTIVITY, "22.00")


def take_part(teacher: Person) -> None:
    """The teacher's part waits for the lead."""
    teacher.go("/my/workshops/")
    teacher.reads(WORKSHOP)
    teacher.press(ACTIVITY)
    teacher.page.locator("[name=text]").fill("我和同事各上一遍《落花生》，她从板书入手，我从追问入手，学生第二遍说得更多。")
    teacher.press("提交")
    teacher.reads("等坊主确认")


def confirm_the_part(lead: Person) -> None:
    """The lead has confirmed it."""
    lead.go("/tutor/workshops/")
    lead.press(WORKSHOP)
    lead.page.get_by_label(NAME).first.check()
    lead.press("确认")
    lead.reads("已确认 1 份")


def mark_the_work(tutor: Person) -> None:
    """The assignment is passed with full points."""
    page = tutor.page
    tutor.go("/tutor/")
    page.locator("main [data-find]").fill(NAME)
    tutor.press("搜索")
    tutor.press(NAME, within="main table")
    tutor.reads("落花生那样的人")
    for box in page.locator("input[data-mark]").all():
        box.fill(box.get_attribute("max") or "")
    page.locator("[name=comment]").fill("原话记得准，改变也做得到。")
    tutor.press("通过")
