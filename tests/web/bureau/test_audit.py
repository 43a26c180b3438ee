"""The audit log to read: every filter, in the own branch, and what leaves as a file."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest
from django.test import Client

from tests import enrolling
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.audit.log import record
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.disclosures.api import Export
from xingtan.foundation.ledger.models import Chain
from xingtan.foundation.ledger.post import books, check_chain
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role

NOW = enrolling.NOW


@pytest.fixture
def cast(db):
    made = enrolling.build()
    record(made.chen, "teachers.slips_read", "teacher", [made.lin_teacher.pk, 7], now=NOW)
    record(made.zhou, "refused.right", "page", [], now=NOW, detail={"page": "=cmd"})
    return made


@pytest.fixture
def look(cast):
    client = Client()
    client.force_login(Account.objects.get(pk=cast.mei.account_id))

    def acts(**query):
        answer = client.get("/bureau/audit/", query)
        assert answer.status_code == 200
        return [line.row.act for line in answer.context["lines"]]

    acts.client = client
    return acts


def test_each_filter_finds_its_line(cast, look):
    slips, refused = ["teachers.slips_read"], ["refused.right"]
    assert look(act="teachers.slips_read") == slips
    assert look(act="refused") == refused
    assert look(who=Account.objects.get(pk=cast.chen.account_id).login) == slips
    assert look(subject="teacher") == slips
    assert look(row="7", subject="teacher") == slips
    assert look(row=cast.lin_teacher.public_id, subject="teacher") == slips
    assert look(row="8", subject="teacher") == look(row="nobody") == look(row="9" * 40) == []
    assert look(where="青禾") == slips
    assert look(since="2026-09-10", until="2026-09-10", subject="teacher") == slips
    assert look(until="2026-09-09", subject="teacher") == look(since="2026-09-11", subject="teacher") == []


def test_a_supervisor_of_a_county_reads_its_lines_only(cast):
    supervisor = enrolling.actor_of(Role.SUPERVISOR, cast.strange)
    client = Client()
    client.force_login(Account.objects.get(pk=supervisor.account_id))
    assert client.get("/bureau/audit/").context["page_rows"].total == 0
    assert client.get("/bureau/audit/", {"where": "青禾", "row": cast.lin_teacher.public_id}).context["page_rows"].total == 0


def test_a_file_of_lines_disarms_formulas_and_is_itself_recorded(look):
    answer = look.client.get("/bureau/audit/", {"export": "csv", "act": "refused"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [heads, row] = csv.reader(io.StringIO(text))
    assert len(heads) == len(row) == 10
    assert not [cell for cell in row if cell.startswith("=")]
    assert AuditLine.objects.get(act="supervision.audit_exported").detail["count"] == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_lines_stands_among_the_exports(look, kind):
    answer = look.client.get("/bureau/audit/", {"export": kind, "act": "refused"})
    content = b"".join(answer.streaming_content)
    export = Export.everywhere.get()
    assert (export.page, export.size, export.sha256) == ("bureau:audit", len(content), hashlib.sha256(content).hexdigest())


def test_the_log_says_what_was_done_and_nothing_of_the_person(cast):
    enrolling.choose(cast, cast.lin, "A", "own")
    said = json.dumps([line.content() for line in AuditLine.objects.all()], default=str, ensure_ascii=False)
    names = set(Account.objects.values_list("name", flat=True)) | set(Teacher.everywhere.values_list("name", flat=True))
    assert [name for name in names if f'"{name}"' in said] == []
    assert list(check_chain(Chain.objects.get(name="audit"), books())) == []


def test_doctor_finds_an_altered_line(cast):
    line = AuditLine.objects.get(act="teachers.slips_read")
    line.count = 1
    chain = Chain.objects.get(name="audit")
    altered = {"audit_auditline": type("Book", (), {"_base_manager": Altered(line)})}
    assert [fault.what for fault in check_chain(chain, books() | altered)] == ["a line was altered"]


class Altered:
    """The book with one line changed, as somebody with a hand on the database would."""

    def __init__(self, line) -> None:
        self.line = line

    def filter(self, block):
        self.rows = [self.line if row.pk == self.line.pk else row for row in AuditLine.objects.filter(block=block)]
        return self

    def order_by(self, _place):
        return self.rows
