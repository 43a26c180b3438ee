"""The door of `xingtan recorder`: beats and the record store without pages, for large sites whose front proxy sends `/beat` and `/xapi/` here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingtan.config.settings")
django.setup()

from xingtan.config.bare import bare_path, keep_what_is_loaded  # noqa: E402 -- rooms can be read only once Django is set up

keep_what_is_loaded()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Beats and statements are recorded; `/healthz` answers while the process lives, everything else is 404."""
    path = str(environ.get("PATH_INFO", ""))
    if answers := bare_path(path):
        return answers(environ, start_response)
    status, body = ("200 OK", b"ok") if path == "/healthz" else ("404 Not Found", b"only /beat and /xapi/ are answered here")
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
