"""The keys to the house in a real browser: a passkey of a virtual authenticator, an app, a slip through the school, another site."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.entering import PASSWORD, code_now
from tests.journeys import site as sites
from tests.journeys.eyes import DESK, PHONE, Person, context_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BUILD = """
import django; django.setup()
from xingtan.config.commands.setup import migrate
migrate()
from tests.entering import build
build()
"""
NEW = "ming-yue-song-jian"
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@dataclass
class Named(sites.Site):
    """A site whose address has a name, as passkeys need; packages of others have the number instead. It asks for second factors."""

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def told(self) -> dict[str, str]:
        plain = ENVIRONMENT(self.home)
        ours = {"XINGTAN_PUBLIC_URL": self.url, "XINGTAN_CONTENT_HOST": "127.0.0.1", "XINGTAN_SECOND_FACTOR": "true"}
        return {**plain, **ours, "PYTHONPATH": os.pathsep.join([plain["PYTHONPATH"], str(sites.ROOT)])}


ENVIRONMENT = sites.environment


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    place = Named(Path(tmp_path_factory.mktemp("keys")), "")
    with patch.object(sites, "environment", lambda _home: place.told()):
        built = subprocess.run(
            [sys.executable, "-c", BUILD], env=place.told(), cwd=sites.ROOT, capture_output=True, text=True, timeout=300, check=False
        )
        assert built.returncode == 0, built.stderr[-4000:]
        place.start()
    yield place
    place.stop()


def person(window, named, *, size=DESK, language="") -> Person:
    return Person(context_of(window, named.url, size=size, language=language))


def sign_in(one: Person, login: str, password: str = PASSWORD) -> None:
    """The form is filled in and sent, wherever it leads."""
    one.go("/sign-in/")
    one.page.fill("main [name=identity]", login)
    one.page.fill("main [name=password]", password)
    one.press("登录")


def with_authenticator(one: Person) -> None:
    """The browser's machine can keep passkeys."""
    tool = one.context.new_cdp_session(one.page)
    tool.send("WebAuthn.enable")
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def test_an_officer_is_led_to_a_passkey_and_comes_back_with_it(named, window):
    zhou = person(window, named)
    with_authenticator(zhou)
    sign_in(zhou, "zhou")
    zhou.reads("您的角色能查看并处理许多人的信息")
    zhou.go("/bureau/people/")
    assert zhou.page.url.endswith("/security/app/")
    zhou.press("改用本机通行密钥或安全密钥")
    zhou.page.fill("main [name=name]", "办公室电脑")
    zhou.press("生成通行密钥")
    zhou.reads("备用码", "只显示这一次")
    assert zhou.page.locator(".x-entrance-codes li").count() == 10
    zhou.press("已保存，继续")
    zhou.go("/security/")
    zhou.reads("办公室电脑", "已开启", "本机", "还剩 10 个备用码")
    zhou.page.locator("header details[data-menu]").last.locator("summary").click()
    zhou.press("退出登录", within="header")
    sign_in(zhou, "zhou")
    zhou.reads("第二重验证")
    zhou.press("使用通行密钥")
    assert "/sign-in/" not in zhou.page.url
    zhou.go("/security/")
    zhou.reads("密码 + 通行密钥")


def test_a_passkey_of_another_machine_opens_nothing(named, window):
    stranger = person(window, named)
    with_authenticator(stranger)
    sign_in(stranger, "zhou")
    stranger.page.get_by_role("button", name="使用通行密钥").click()
    stranger.page.get_by_text("通行密钥没有应答").wait_for()
    assert stranger.page.url.endswith("/sign-in/factor/")
    stranger.context.close()


def test_a_teacher_sets_up_an_app_on_a_phone_loses_it_and_comes_in_again_through_the_school(named, window):
    lin = person(window, named, size=PHONE)
    sign_in(lin, "lin")
    lin.go("/security/app/")
    secret = "".join(lin.page.locator("main code").inner_text().split())
    lin.page.fill("main [name=code]", code_now(secret))
    lin.press("完成设置")
    lin.reads("备用码")
    lin.context.clear_cookies()
    lin.go("/recover/")
    lin.page.fill("main [name=identity]", "lin")
    lin.press("申请代码")
    lin.reads("请到学校办理")
    chen = person(window, named)
    sign_in(chen, "chen")
    chen.go("/messages/")
    chen.reads("无法登录，申请新的登录代码")
    chen.go("/recoveries/")
    chen.page.get_by_label("已当面核实本人").check()
    chen.page.get_by_label("手机或密钥丢失").check()
    chen.press("确认并打印")
    code = chen.page.locator(".x-slip-code").inner_text()
    lin.go("/recover/code/")
    for name, value in {"identity": "lin", "code": code, "password": NEW, "again": NEW}.items():
        lin.page.fill(f"main [name={name}]", value)
    lin.press("设置新密码")
    sign_in(lin, "lin", NEW)
    assert "/sign-in/" not in lin.page.url
    chen.context.close()


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESK), ("en", PHONE)], ids=["zh-phone", "en-desk", "en-phone"])
def test_the_pages_of_the_entrance_are_whole_in_both_languages_and_sizes(named, window, language, size):
    visitor = person(window, named, size=size, language=language)
    for path in ("/sign-in/", "/sign-in/card/", "/activate/", "/recover/", "/recover/code/"):
        visitor.go(path)
    visitor.page.goto("/sign-in/")
    visitor.page.fill("main [name=identity]", "chen")
    visitor.page.fill("main [name=password]", PASSWORD)
    with visitor.page.expect_navigation():
        visitor.page.locator("main button[type=submit]").first.click()
    for path in ("/security/", "/security/password/", "/security/app/", "/security/passkey/", "/recoveries/"):
        visitor.go(path)
    visitor.context.close()
