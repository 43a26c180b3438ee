"""What the serving processes inherit from the command that starts them."""

from __future__ import annotations

import pytest
from django.db import connections

from xingtan.config.commands import serve


@pytest.mark.postgres
def test_no_connection_crosses_the_fork(own_database):
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert "default" in connection._connection_pools
    serve._let_go()
    assert connection.connection is None
    assert "default" not in connection._connection_pools
