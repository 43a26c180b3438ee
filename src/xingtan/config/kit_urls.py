"""Every address of the program when it serves a kit."""

from __future__ import annotations

from django.urls import include, path

from xingtan.web.kit import language_urls

urlpatterns = [
    path("", include("xingtan.web.kit.urls")),
    path("", include(language_urls)),
]
handler400 = handler403 = handler404 = "xingtan.web.kit.pages.not_found"
handler500 = "xingtan.web.errors.broken"
