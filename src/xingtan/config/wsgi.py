"""The door for HTTP: the recorder's bare path in front of Django's pages, one port."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingtan.config.settings")
pages = get_wsgi_application()

from xingtan.config.background import start_background  # noqa: E402 -- rooms can be read only once Django is set up
from xingtan.config.env import ENV, read_env  # noqa: E402 -- as above
from xingtan.domains.learning.api import Recorder  # noqa: E402 -- as above
from xingtan.rest.xapi.app import Xapi  # noqa: E402 -- as above

recorder = Recorder()
xapi = Xapi()
# Read anew: the server's process is a fork of the command, whose environment was read before it began to serve.
if read_env().serving and ENV.worker_in_process:
    start_background()

# All that is loaded by now stays; without this the collector walks it again with every batch of statements that is read.
gc.collect()
gc.freeze()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Beats go to the recorder, statements and their documents to the record store, everything else to Django."""
    path = str(environ.get("PATH_INFO", ""))
    if path == "/beat":
        return recorder(environ, start_response)
    return (xapi if path.startswith("/xapi/") else pages)(environ, start_response)
