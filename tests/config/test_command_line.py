"""The command's way in."""

from __future__ import annotations

import os
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
