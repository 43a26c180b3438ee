"""Packages of others in a real browser: uploaded, looked at, played, reported; and what a hostile one reaches, which is nothing."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests.journeys import packaging
from tests.journeys.eyes import Person, context_of
from tests.journeys.site import ROOT, environment

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEACHER = "19980399999"
# The library's course becomes part of the one that Lin studies; choosing and registering are walked elsewhere.
GIVE = """
import django; django.setup()
from xingtan.domains.courses.models import Course, Unit
target = Course.everywhere.get(code="XXYW-01")
for place, unit in enumerate(Unit.objects.filter(course__code="JOURNEY").order_by("place"), 40):
    unit.course, unit.place = target, place
    unit.save()
    print(unit.public_id)
"""
# What the record store holds of each unit: the last word of every verb, in the order in which it was said.
SAID = """
import django, json; django.setup()
from xingtan.domains.statements.models import Statement
told = [json.loads(text) for text in Statement.objects.filter(provider_id=0).order_by("id").values_list("content", flat=True)]
for one in told:
    print(one["object"]["id"].split("/activities/")[1].split("/")[0], one["verb"]["id"].rpartition("/")[2])
"""
RECORDED = {
    "SCORM 1.2": {"passed"},
    "SCORM 2004 4th": {"passed"},
    "H5P": {"passed"},
    "cmi5": {"launched", "initialized", "completed", "passed", "terminated", "satisfied"},
}
SANDBOX = ("localhost", "Refused", "Blocked", "sandbox", "violates", "127.0.0.1")


@pytest.fixture(scope="module")
def people(served, window):
    everyone = {login: Person(context_of(window, served.url)) for login in ("provider", "province", TEACHER)}
    for login, one in everyone.items():
        one.sign_in(login)
    yield everyone
    for login, one in everyone.items():
        one.page.screenshot(path=served.home / f"packages-{login}.png")
        one.context.close()


@pytest.fixture(scope="module")
def units(served, people, tmp_path_factory):
    """The packages are uploaded by their provider, played and opened by the province, and stand in Lin's course: unit and package."""
    folder = tmp_path_factory.mktemp("packages")
    made = packaging.make_all(folder)
    made.append(packaging.Made("two devices", made[1].file, packaging.answer_lesson))
    made.append(packaging.Made("attack", packaging.attack(folder), packaging.answer_lesson))
    upload(people["provider"], made)
    review(people["province"])
    given = run(served, GIVE).split()
    return dict(zip([one.title for one in made], zip(given, made, strict=True), strict=True))


def run(served, script):
    """What a program on the site's own data says."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=environment(served.home), cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout


def upload(provider, made):
    page = provider.page
    provider.go("/provider/courses/new/")
    for name, value in {"code": "JOURNEY", "title": "课件包之旅", "summary": "四种标准"}.items():
        page.fill(f"[name={name}]", value)
    for place, one in enumerate(made):
        card = page.locator("details.x-unit-form").nth(place)
        card.evaluate("card => { card.open = true; }")
        page.select_option(f"[name=unit-{place}-kind]", "package")
        page.fill(f"[name=unit-{place}-title]", one.title)
        page.fill(f"[name=unit-{place}-minutes]", "1")
        page.set_input_files(f"[name=unit-{place}-file]", one.file)
    provider.press("提交审核")
    provider.reads("课件包之旅", "SCORM 2004", "cmi5 1.0", "H5P.XingtanReflect")


def review(province):
    province.go("/provider/courses/?q=JOURNEY")
    province.press("课件包之旅")
    province.press("试播")
    province.page.locator("#package-frame[data-ready=true]").wait_for()
    province.page.frame_locator("#package-frame").frame_locator("#content").locator("#on").click()
    province.press("回到课程")
    province.press("开放选学")
    province.reads("课件包之旅")


def open_unit(teacher, unit):
    teacher.page.goto(f"/my/study/{unit}/")
    teacher.page.locator("#package-frame[data-ready=true]").wait_for()
    return teacher.page.frame_locator("#package-frame")


def learned(teacher):
    return int(teacher.page.locator("#learned-bar").evaluate("bar => bar.value"))


@pytest.mark.parametrize("title", ["SCORM 1.2", "SCORM 1.2 in a folder", "SCORM 2004 3rd", "SCORM 2004 4th", "cmi5", "H5P"])
def test_a_package_plays_reports_and_counts(units, people, title):
    unit, made = units[title]
    teacher = people[TEACHER]
    runtime = open_unit(teacher, unit)
    teacher.page.wait_for_function("() => document.getElementById('learned-bar').value >= 1")
    made.study(teacher, runtime)
    teacher.page.locator("#package-outcome[data-state=passed]").wait_for()
    reported = teacher.page.request.get(f"/my/study/{unit}/package/report/").json()
    assert (reported["state"], reported["is_complete"]) == ("passed", True)
    assert reported["score"] >= 90
    assert set(reported["items"].values()) == {"done"}
    teacher.look(with_axe=title == "SCORM 1.2")
    before = learned(teacher)
    open_unit(teacher, unit)
    assert teacher.page.locator("#package-outcome").get_attribute("data-state") == "passed"
    assert learned(teacher) >= before


def test_results_stand_in_the_record_store(units, people, served):
    """One telling of each result of SCORM and H5P; a cmi5 unit's own words and the system's."""
    teacher = people[TEACHER]
    for title in RECORDED:
        unit, made = units[title]
        runtime = open_unit(teacher, unit)
        if teacher.page.locator("#package-outcome").get_attribute("data-state") != "passed":
            made.study(teacher, runtime)
        teacher.page.locator("#package-outcome[data-state=passed]").wait_for()
    said = [line.split() for line in run(served, SAID).splitlines()]
    for title, verbs in RECORDED.items():
        assert verbs <= {verb for name, verb in said if name == units[title][0]}, title


def test_what_was_done_without_a_line_arrives_and_another_device_is_noticed(units, people, served, window):
    unit, _made = units["two devices"]
    teacher = people[TEACHER]
    lesson = open_unit(teacher, unit).frame_locator("#content")
    lesson.locator("#on").click()
    teacher.page.locator("#package-outcome[data-state=begun]").wait_for()
    with teacher.expecting("ERR_INTERNET_DISCONNECTED", "failed", "console"):
        teacher.context.set_offline(True)
        lesson.locator("#on").click()
        teacher.page.locator("#package-kept[data-state=waiting]").wait_for()
        teacher.context.set_offline(False)
        teacher.page.locator("#package-kept[data-state=kept]").wait_for()
    other = Person(context_of(window, served.url, state=teacher.context.storage_state()))
    again = open_unit(other, unit).frame_locator("#content")
    again.get_by_text("3 / 3").wait_for()
    again.locator("input[value='0']").check()
    again.locator("#on").click()
    other.page.locator("#package-outcome[data-state=failed]").wait_for()
    with teacher.expecting("409"):
        lesson.locator("input[value='1']").check()
        lesson.locator("#on").click()
        teacher.page.locator("#package-conflict").wait_for()
        teacher.page.click("#package-here")
        teacher.page.locator("#package-outcome[data-state=passed]").wait_for()
    other.context.close()


def test_a_hostile_package_reaches_nothing(units, people):
    teacher = people[TEACHER]
    with teacher.expecting(*SANDBOX):
        runtime = open_unit(teacher, units["attack"][0])
        found = packaging.tried(runtime)
        assert set(found.values()) == {"stopped"}, found
        assert teacher.page.url.endswith("/package/")
        teacher.page.wait_for_timeout(200)
    assert teacher.page.request.get("/my/study/").ok


def test_content_is_reached_by_its_signed_address_only(units, people, served):
    teacher = people[TEACHER]
    open_unit(teacher, units["SCORM 1.2"][0])
    address = teacher.page.locator("#package-frame").get_attribute("src")
    assert address.startswith(f"http://localhost:{served.port}/content/")
    page = address.replace("~/play", "lesson.html")
    with urllib.request.urlopen(page, timeout=10) as answer:  # noqa: S310 -- our own server
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert f"frame-ancestors 'self' {served.url}" in answer.headers["Content-Security-Policy"]
    token = page.split("/")[4]
    for wrong in (
        page.replace("localhost", "127.0.0.1"),
        page.replace(token, token[:-2] + "xx"),
        page.replace("lesson.html", "imsmanifest2.xml"),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(wrong, timeout=10)  # noqa: S310 -- as above
        refused.value.close()
        assert refused.value.code == 404, wrong
