"""A process that writes a workbook is killed in the middle of its second portion; handed in again, nobody stands twice and nobody is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests import admitting
from tests.admitting import NOW, known, sound, states, write
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.models import Application, ApplicationStep, NominationBatch, NominationPortion
from xingtan.domains.nominations import api as nominations
from xingtan.domains.nominations import handin

PORTION = 5
CHILD = """
import sys, time, django
django.setup()
from datetime import datetime, UTC
from pathlib import Path
from xingtan.domains.admissions import api as admissions
from xingtan.domains.nominations import api as nominations, batches, handin
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.scope.models import Organisation
handin.PORTION = int(sys.argv[4])
written, portions = batches.hand_in, []
def stopping(*args):
    made = written(*args)
    portions.append(1)
    if len(portions) == 2:
        print("in the second portion", flush=True)
        time.sleep(60)
    return made
batches.hand_in = stopping
office = Organisation.everywhere.get(pk=int(sys.argv[2]))
actor = Actor(account_id=int(sys.argv[1]), role=Role.COUNTY_OFFICER, organisation_id=office.pk, scope=office.scope, name="", teacher_id=None)
book = nominations.Book(int(sys.argv[3]), admissions.Way.NOMINATION, Path(sys.argv[5]))
nominations.hand_in_nominations(actor=actor, book=book, now=datetime(2026, 9, 10, 4, tzinfo=UTC))
"""


def address():
    """This test's database, as a process of its own finds it."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    host = str(told["HOST"] or "localhost")
    where = f":{told['PORT']}/{told['NAME']}?host={host}" if host.startswith("/") else f"{host}:{told['PORT']}/{told['NAME']}"
    return f"postgresql://{told['USER']}:{told['PASSWORD']}@{where}"


def writing(actor, project_id, path):
    knobs = {"XINGTAN_HOME": str(settings.HOME), "XINGTAN_DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "xingtan.config.settings"}
    told = [str(one) for one in (actor.account_id, actor.organisation_id, project_id, PORTION, path)]
    return subprocess.Popen([sys.executable, "-c", CHILD, *told], env=os.environ | knobs, stdout=subprocess.PIPE, encoding="utf-8")


@pytest.mark.race
@pytest.mark.usefixtures("own_database")
def test_killed_in_the_second_portion_and_handed_in_again_nothing_is_twice_and_nothing_is_lost(tmp_path, monkeypatch):
    cast = admitting.build()
    numbers = known(cast.people)
    path = write(tmp_path / "推荐.xlsx", [(numbers[one.pk], one.name, "", "red班", "骨干") for one in cast.people])
    with writing(cast.zhou, cast.seated.pk, path) as child:
        assert child.stdout.readline() == "in the second portion\n"
        child.send_signal(signal.SIGKILL)
    assert (Application.everywhere.count(), NominationPortion.objects.count()) == (PORTION, 1)
    assert sound(cast)
    [batch] = NominationBatch.everywhere.all()
    assert batch.state == "writing"
    monkeypatch.setattr(handin, "PORTION", PORTION)
    book = nominations.Book(cast.seated.pk, admissions.Way.NOMINATION, path)
    plan, again = nominations.hand_in_nominations(actor=cast.zhou, book=book, now=NOW)
    assert (again.pk, again.state, plan.counts["there"], plan.counts["good"]) == (batch.pk, "written", 5, 7)
    rows = Application.everywhere.order_by("arrived")
    assert [row.teacher_id for row in rows] == [one.pk for one in cast.people]
    assert states(rows) == ["admitted"] * 10 + ["waiting"] * 2
    assert ApplicationStep.objects.filter(act="apply").count() == 12
    assert sound(cast)
