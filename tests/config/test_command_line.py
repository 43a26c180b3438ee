"""The command's way in."""

from __future__ import annotations

import os
import stat
from types import SimpleNamespace

import pytest

from xingtan import cli


@pytest.mark.parametrize(("given", "told"), [(None, "http://127.0.0.1:8123"), ("https://xingtan.example.cn", "https://xingtan.example.cn")])
def test_a_site_that_is_tried_out_names_the_port_it_is_served_on(monkeypatch, given, told):
    monkeypatch.setenv("XINGTAN_PUBLIC_URL", given or "")
    if given is None:
        monkeypatch.delenv("XINGTAN_PUBLIC_URL")
    monkeypatch.setattr(cli, "import_module", lambda name: SimpleNamespace(run=lambda chosen: 0))
    assert cli.main(["run", "--port", "8123"]) == 0
    assert os.environ["XINGTAN_PUBLIC_URL"] == told
    os.environ.pop("XINGTAN_PUBLIC_URL")


@pytest.fixture
def home(settings, tmp_path):
    """A home, and the rights that a new file usually has."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    before = os.umask(0o022)
    yield settings.HOME
    os.umask(before)


@pytest.mark.parametrize("command", ["run", "serve", "migrate"])
@pytest.mark.parametrize(("before", "after"), [(0o755, 0o700), (0o1777, 0o1777)])
def test_what_a_site_writes_is_its_owners_alone(monkeypatch, home, command, before, after):
    home.chmod(before)
    monkeypatch.setenv("XINGTAN_PUBLIC_URL", "http://127.0.0.1:8000")
    monkeypatch.setattr(cli, "import_module", lambda name: SimpleNamespace(run=lambda chosen: (home / "made").touch() or 0))
    assert cli.main([command]) == 0
    assert stat.S_IMODE(home.stat().st_mode) == after
    assert stat.S_IMODE((home / "made").stat().st_mode) == 0o600
