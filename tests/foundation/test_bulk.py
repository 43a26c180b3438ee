"""Many rows at once: the rows may come from a query of the same connection, on both databases."""

from __future__ import annotations

import pytest

from xingtan.foundation.db import insert_rows
from xingtan.foundation.scope.models import Organisation

pytestmark = pytest.mark.django_db
FIELDS = ("public_id", "name", "kind", "path", "name_en", "code", "is_rural")


def test_rows_that_are_read_while_they_are_written_come_whole():
    written = insert_rows(Organisation, FIELDS, ((f"first{n:07d}", f"校{n}", "school", f"z{n:05d}", "", "", False) for n in range(10_050)))
    first = Organisation.everywhere.filter(public_id__startswith="first").order_by("path").values_list("public_id", "name", "path")
    copies = ((f"again{pid[5:]}", name, f"{path}/") for pid, name, path in first.iterator(chunk_size=500))
    again = insert_rows(Organisation, FIELDS, ((pid, name, "school", path, "", "", False) for pid, name, path in copies))
    assert written == again == 10_050
    assert Organisation.everywhere.filter(public_id__startswith="again").count() == 10_050
