"""Each import contract of pyproject.toml, broken on purpose in a small house of the same plan, is caught by its name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOWN = "Imports only go down"
EARLIER = "A later room may know an earlier one"
INSIDE = "Inside a room"
PURE = "Policy knows no Django"
DOORS = "Rooms are entered through their door"
KNOTS = "No knots"

FLOORS = ("config", "web", "rest", "connectors", "domains", "foundation", "core")
ROOMS = ("policies", "teachers", "courses", "projects", "enrolment", "learning", "credits", "certificates")
PARTS = ("api", "tasks", "actions", "queries", "access", "models", "words", "rules", "states")


@pytest.fixture
def house(checkout):
    """The floors and rooms of Xingtan with nothing in them but what a test writes."""
    files = {"src/xingtan/__init__.py": "", "src/xingtan/cli.py": "import xingtan.config.urls\n", "src/xingtan/config/urls.py": ""}
    files |= {f"src/xingtan/{floor}/__init__.py": "" for floor in FLOORS}
    for room in ROOMS:
        files |= {f"src/xingtan/domains/{room}/__init__.py": ""}
        files |= {f"src/xingtan/domains/{room}/{part}.py": "" for part in PARTS}
    root = checkout(files)
    (root / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return root


def lint(root, **files):
    """What lint-imports says about the house with these modules changed: (is clean, text)."""
    for name, text in files.items():
        path = root / "src/xingtan" / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(ROOT)]), "COLUMNS": "200"}
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def broken(text):
    """The names of the contracts that were broken."""
    return {name for name in (DOWN, EARLIER, INSIDE, PURE, DOORS, KNOTS) if f"{name} BROKEN" in text}


def test_a_house_that_keeps_to_the_plan_is_clean(house):
    is_clean, text = lint(
        house,
        domains__credits__actions="import xingtan.domains.enrolment.api\nimport xingtan.foundation\nfrom . import models, rules",
        domains__credits__api="from . import actions",
        domains__credits__rules="import xingtan.core\nfrom . import states",
        web__pages="import xingtan.domains.credits.api",
        config__hallway="import xingtan.domains.credits.api",
    )
    assert is_clean, text


@pytest.mark.parametrize(
    ("name", "imports", "contracts"),
    [
        ("core__units", "import xingtan.foundation", {DOWN}),
        ("foundation__scope", "import xingtan.domains.teachers.api", {DOWN}),
        ("foundation__scope", "import xingtan.web", {DOWN}),
        ("domains__teachers__actions", "import xingtan.rest", {DOWN}),
        ("web__pages", "import xingtan.rest", {DOWN}),
        ("rest__v1", "import xingtan.config.urls", {DOWN}),
        ("domains__enrolment__actions", "import xingtan.domains.credits.api", {EARLIER}),
        ("domains__policies__actions", "import xingtan.domains.teachers.api", {EARLIER}),
        ("domains__credits__rules", "from . import models", {INSIDE}),
        ("domains__credits__queries", "from . import actions", {INSIDE}),
        ("domains__credits__actions", "from . import api", {INSIDE}),
        ("domains__credits__rules", "import django.utils.timezone", {PURE}),
        ("domains__credits__states", "from ninja import Schema", {PURE}),
        ("core__policy", "from django.conf import settings", {PURE}),
        ("web__pages", "import xingtan.domains.credits.models", {DOORS}),
        ("web__pages", "from xingtan.domains.credits.queries import roster", {DOORS}),
        ("domains__credits__actions", "import xingtan.domains.enrolment.models", {DOORS}),
        ("config__hallway", "import xingtan.domains.credits.actions", {DOORS}),
        ("config__hallway", "import xingtan.domains.credits", {DOORS}),
    ],
)
def test_a_broken_contract_is_caught_by_name(house, name, imports, contracts):
    is_clean, text = lint(house, **{name: imports})
    assert not is_clean
    assert broken(text) == contracts, text


def test_an_indirect_import_is_caught(house):
    is_clean, text = lint(house, core__units="import xingtan.core.helper", core__helper="import django")
    assert not is_clean
    assert broken(text) == {PURE}


@pytest.mark.parametrize(("package", "contract"), [("attic", DOWN), ("domains/attic", EARLIER)])
def test_a_floor_or_room_outside_the_plan_is_refused(house, checkout, package, contract):
    checkout({f"src/xingtan/{package}/__init__.py": ""})
    is_clean, text = lint(house)
    assert not is_clean
    assert broken(text) == {contract}, text


def test_a_circle_of_imports_is_caught_and_shown_whole(house):
    is_clean, text = lint(
        house,
        foundation__one="import xingtan.foundation.two",
        foundation__two="import xingtan.foundation.three",
        foundation__three="import xingtan.foundation.one",
    )
    assert not is_clean
    assert broken(text) == {KNOTS}
    shown = [line for line in text.splitlines() if "→" in line]
    assert shown == ["xingtan.foundation.one → xingtan.foundation.two → xingtan.foundation.three → xingtan.foundation.one"]


def test_type_checking_imports_do_not_count(house):
    is_clean, text = lint(house, core__units="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import xingtan.web")
    assert is_clean, text
