"""A recording server to be killed: the recorder's own WSGI application on the databases named in the arguments; prints its port.

`server.py DATABASES PORT [MOST_BYTES]`: the databases' names as JSON by alias, the port (0: any), the most bytes a file may have.
"""

from __future__ import annotations

import json
import os
import resource
import socketserver
import sys
from importlib import import_module
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


class Threads(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class Quiet(WSGIRequestHandler):
    def log_message(self, *_given):
        """Nothing on the terminal."""


def main():
    names, port, *limit = json.loads(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:])
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    os.environ["XINGTAN_LOG_LEVEL"] = "CRITICAL"
    application = import_module("xingtan.config.recording").application
    for alias, name in names.items():
        import_module("django.db").connections.settings[alias]["NAME"] = name
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit[0], limit[0]))
    with Threads(("127.0.0.1", port), Quiet) as server:
        server.set_app(application)
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
