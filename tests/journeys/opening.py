"""The walk's first part: the province opens the year and publishes a project; the teacher chooses; the school confirms and pays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests import rostering
from tests.journeys.eyes import Person
from xingtan.core.calendar import SHANGHAI, training_year_of
from xingtan.core.policy import bundled_policy

COURSE, WORKSHOP, PROJECT = "小学语文：借物喻人怎样教", "小学语文主题阅读工作坊", "试用学年全员培训"
CLASS, TUTOR, LEAD = "小学一班", "邹明远", "周砚秋"
TODAY = datetime.now(SHANGHAI).date()
YEAR = training_year_of(TODAY, bundled_policy("try-out").year.first_day)
NAME, PHONE = "顾清和", "19955550188"
NEW_PASSWORD = "woshi-xin-laoshi-7"


def open_the_year(province: Person) -> None:
    """The year is bound to the short pack, and every window is open today."""
    page = province.page
    province.go("/bureau/policies/")
    province.reads("试用：江西规则，两秒一学时")
    province.go("/bureau/years/")
    province.press("开设学年")
    page.get_by_label("政策包").select_option(
        label=next(text for text in page.locator("[name=pack] option").all_inner_texts() if "试用" in text)
    )
    page.get_by_label("学年", exact=True).fill(str(YEAR))
    province.press("下一步")
    first, last = f"{YEAR}-07-01", f"{YEAR + 1}-06-30"
    for box in page.locator("input[name$='-opens_on']").all():
        box.fill(first)
    for box in page.locator("input[name$='-closes_on']").all():
        box.fill(last)
    page.locator("[name=theme]").fill("借物喻人")
    page.locator("[name=confirm]").check()
    province.press(f"开设 {YEAR} 学年")
    province.reads(f"{YEAR} 学年已开设", "试用：江西规则，两秒一学时", "借物喻人")


def publish_a_project(province: Person) -> None:
    """One course and one workshop are offered to every school of the province, and there is a class with its tutor."""
    page = province.page
    province.go("/bureau/projects/")
    province.press("拟定项目")
    page.locator("[name=training_year_id]").select_option(
        label=next(one for one in page.locator("[name=training_year_id] option").all_inner_texts() if str(YEAR) in one)
    )
    page.locator("[name=title]").fill(PROJECT)
    page.locator("[name=opens_on]").fill(f"{YEAR}-07-01")
    page.locator("[name=closes_on]").fill(f"{YEAR + 1}-06-30")
    page.locator("[name=summary]").fill("一门课程，一个工作坊，一学年走完。")
    province.press("保存草稿")
    offer_the_course(province)
    _offer_the_workshop(province)
    province.press("发布")
    province.reads("项目已发布", COURSE, WORKSHOP, "50.00", "22.00")
    province.press("班级")
    province.reads("还没有班级")
    page.locator("[name=title]").fill(CLASS)
    page.locator("[name=stage]").select_option("primary")
    page.locator("[name=tutor]").select_option(
        label=next(one for one in page.locator("[name=tutor] option").all_inner_texts() if TUTOR in one)
    )
    province.press("编班")
    province.reads(f"班级“{CLASS}”已编好", CLASS, TUTOR, "小学")


def offer_the_course(province: Person) -> None:
    """The draft offers the demonstration's course."""
    page = province.page
    page.locator("[name=kind]").select_option("course")
    page.locator("[name=course_id]").select_option(
        label=next(one for one in page.locator("[name=course_id] option").all_inner_texts() if COURSE in one)
    )
    page.locator("[name=component]").select_option("course")
    page.locator("[name=hours_centi]").fill("50")
    province.press("添加")
    province.reads(COURSE, "50.00")


def _offer_the_workshop(province: Person) -> None:
    page = province.page
    page.locator("[name=kind]").select_option("workshop")
    page.locator("[name=title]").fill(WORKSHOP)
    page.locator("[name=component]").select_option("workshop")
    page.locator("[name=hours_centi]").fill("22")
    page.locator("[name=provider_id]").select_option(label="明德教师研修中心")
    page.locator("[name=lead_id]").select_option(label=LEAD)
    page.locator("[name=stage]").select_option("primary")
    page.locator("[name=subject]").select_option("chinese")
    province.press("添加")
    province.reads(WORKSHOP, "22.00", LEAD)


def bring_in_a_colleague(clerk: Person, folder: Path) -> str:
    """A workbook brings the new colleague into the register. Returns the code on her slip."""
    row = rostering.row(188, name=NAME, phone=PHONE, hired_on="2012-09-01", staff_number="")
    book = rostering.write(folder / "名册.xlsx", [row])
    clerk.go("/school/roster/")
    clerk.press("导入名册")
    clerk.page.locator("main input[type=file]").set_input_files(book)
    clerk.press("预览")
    clerk.page.get_by_role("button", name="写入 1 行").wait_for()
    clerk.reads(NAME)
    clerk.press("写入 1 行")
    clerk.page.get_by_text("名册已与文件一致").wait_for()
    clerk.press("查看名册")
    clerk.press("激活条")
    clerk.press("显示激活条")
    return clerk.page.locator(".x-slip", has_text=NAME).locator(".x-slip-code").inner_text()


def activate(teacher: Person, code: str) -> None:
    """The account has a password, and the ring of the year stands there, empty."""
    teacher.go("/activate/")
    number = str(rostering.row(188)["number"])
    for name, value in (("identity", number), ("code", code), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)):
        teacher.page.locator(f"main [name={name}]").fill(value)
    teacher.press("激活并登录")
    teacher.reads("账号已激活", "/ 72.0 学时", "差 50.0", "差 22.0")
    assert teacher.page.locator(".x-ring svg").is_visible()


def choose(teacher: Person) -> None:
    """Course and workshop are chosen and wait for the school."""
    teacher.go("/my/choose/")
    page = teacher.page
    teacher.reads(PROJECT, COURSE, WORKSHOP)
    page.get_by_label(COURSE).check()
    page.get_by_label(WORKSHOP).check()
    teacher.press("提交选学")
    teacher.reads("选学已保存，等待学校确认")
    assert page.get_by_label(COURSE).is_checked()


def confirm_and_pay(clerk: Person) -> None:
    """The school has confirmed, has seen its bill and marked it paid."""
    page = clerk.page
    clerk.go("/school/selections/?state=chosen")
    clerk.reads(NAME, COURSE, WORKSHOP)
    page.get_by_label(NAME, exact=True).check()
    clerk.press("确认 1")
    clerk.go("/school/bills/")
    clerk.press(page.locator("tbody tr a").first.inner_text())
    clerk.reads("教师培训费缴费通知单", NAME, "人民币")
    page.locator("[name=transfer_reference]").fill("20261121-0007")
    clerk.press("登记到账")
    clerk.reads(NAME, "20261121-0007")


def see_the_card(teacher: Person) -> None:
    """Registration brought a learning card, ready for study."""
    teacher.go("/my/card/")
    teacher.reads("学习卡已激活", "72.0 学时", NAME)
    assert teacher.page.locator(".x-card-number").inner_text().strip()
