"""The door for HTTP: the recorder's bare path in front of Django's pages, one port."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingtan.config.settings")
application = get_wsgi_application()
