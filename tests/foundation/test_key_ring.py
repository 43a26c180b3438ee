"""The ring of keys is one for everybody, also for those who begin together."""

from __future__ import annotations

import threading

import pytest
from django.test import override_settings

from xingtan.foundation.keys import store


@pytest.mark.race
def test_threads_that_begin_together_find_one_key(tmp_path):
    found, start = [], threading.Barrier(16)

    def ask():
        start.wait()
        found.append(store.ring("together")[1])

    store.ring.cache_clear()
    with override_settings(HOME=tmp_path):
        threads = [threading.Thread(target=ask) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    store.ring.cache_clear()
    assert len(found) == 16
    assert len(set(found)) == 1
    assert [place.name for place in (tmp_path / "keys").iterdir()] == ["together.json"]
