"""The one address of the public face that a kit has: the language."""

from __future__ import annotations

from django.urls import path

from xingtan.web.public import signing

app_name = "public"
urlpatterns = [path("language/", signing.language, name="language")]
