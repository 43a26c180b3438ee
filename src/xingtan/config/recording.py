"""The door of `xingtan recorder`: beats and the record store without pages, for large sites whose front proxy sends `/beat` and `/xapi/` here."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingtan.config.settings")
django.setup()

from xingtan.domains.learning.api import Recorder  # noqa: E402 -- rooms can be read only once Django is set up
from xingtan.rest.xapi.app import Xapi  # noqa: E402 -- as above

recorder = Recorder()
xapi = Xapi()
# All that is loaded by now stays; without this the collector walks it again with every batch of statements that is read.
gc.collect()
gc.freeze()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Beats and statements are recorded; `/healthz` answers while the process lives, everything else is 404."""
    path = str(environ.get("PATH_INFO", ""))
    if path == "/beat":
        return recorder(environ, start_response)
    if path.startswith("/xapi/"):
        return xapi(environ, start_response)
    status, body = ("200 OK", b"ok") if path == "/healthz" else ("404 Not Found", b"only /beat and /xapi/ are answered here")
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
