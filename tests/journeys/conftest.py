"""What journeys share: a browser, and a demonstration that is loaded once and copied for each file of tests."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.site import Site, load_demonstration
from tests.secrets import secrets_in
from tools import browser


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """The folder of a loaded demonstration, and what loading printed; JOURNEYS_HOME names one that was loaded before, for whoever writes a walk."""
    if before := os.environ.get("JOURNEYS_HOME"):
        return Path(before), Path(f"{before}.txt").read_text(encoding="utf-8")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # of this run, for all its workers
    return loaded_once(shared / "demonstration")


def loaded_once(home: Path):
    """The first worker loads; the others wait for it."""
    said = home.with_suffix(".txt")
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(load_demonstration(home), encoding="utf-8")
    return home, said.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def served(demonstration, tmp_path_factory):
    """A server on a copy of the demonstration."""
    loaded, said = demonstration
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(loaded, home)
    site = Site(home, said)
    site.start()
    yield site
    site.stop()
    assert secrets_in((site.home / "serve.log").read_text(encoding="utf-8")) == []


@pytest.fixture(scope="module")
def window(chromium):
    """A Chromium without sound."""
    with sync_playwright() as tool:
        started = tool.chromium.launch(executable_path=chromium, args=[*browser.launch_arguments(), "--mute-audio"])
        yield started
        started.close()
