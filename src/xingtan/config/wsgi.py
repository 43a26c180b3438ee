"""The door for HTTP: the recorder's bare path in front of Django's pages, one port."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingtan.config.settings")
pages = get_wsgi_application()

from xingtan.config.background import start_background  # noqa: E402 -- rooms can be read only once Django is set up
from xingtan.config.bare import bare_path, keep_what_is_loaded  # noqa: E402 -- as above
from xingtan.config.env import ENV, read_env  # noqa: E402 -- as above
from xingtan.config.noting import start_noting  # noqa: E402 -- as above

# Read anew: the server's process is a fork of the command, whose environment was read before it began to serve.
if read_env().serving:
    start_noting()
    if ENV.worker_in_process:
        start_background()
keep_what_is_loaded()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Beats go to the recorder, statements and their documents to the record store, everything else to Django."""
    answers = bare_path(str(environ.get("PATH_INFO", ""))) or pages
    return answers(environ, start_response)
