"""Small checkouts to try the house's own rules on: each rule must accept its good example and refuse its bad one."""

from __future__ import annotations

import pytest


@pytest.fixture
def checkout(tmp_path):
    """Writes files below a fresh folder, `{path: text}`, and answers with the folder."""

    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write
