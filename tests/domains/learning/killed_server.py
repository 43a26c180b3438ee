"""A server process to be killed: the program's own WSGI application on the databases named in the arguments; prints its port."""

from __future__ import annotations

import json
import os
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
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    application = import_module("xingtan.config.wsgi").application
    for alias, name in json.loads(sys.argv[1]).items():
        import_module("django.db").connections.settings[alias]["NAME"] = name
    with Threads(("127.0.0.1", 0), Quiet) as server:
        server.set_app(application)
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
