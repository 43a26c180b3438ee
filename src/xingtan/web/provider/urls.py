"""Addresses of the provider face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from xingtan.web.tenders.urls import BIDDER

from . import courses, enter, home, keys, preview, statements
from .exchange_urls import EXCHANGE

app_name = "provider"
urlpatterns: list[URLPattern | URLResolver] = [
    *EXCHANGE,
    *BIDDER,
    path("courses/", courses.course_list, name="courses"),
    path("courses/new/", courses.course_new, name="course_new"),
    path("courses/add/", courses.course_add, name="course_add"),
    path("courses/<str:public_id>/", courses.course, name="course"),
    path("courses/<str:public_id>/review/", courses.course_review, name="course_review"),
    path("courses/<str:public_id>/<str:unit_id>/play/", preview.play, name="unit_play"),
    path("courses/<str:public_id>/<str:unit_id>/<str:name>", courses.unit_file, name="unit_file"),
    path("", home.home, name="home"),
    path("enter/", enter.enter, name="enter"),
    path("enter/now/", enter.enter_now, name="enter_now"),
    path("keys/", keys.key_list, name="keys"),
    path("keys/give/", keys.key_give, name="key_give"),
    path("keys/<str:key>/", keys.key_page, name="key"),
    path("keys/<str:key>/rotate/", keys.key_rotate, name="key_rotate"),
    path("keys/<str:key>/revoke/", keys.key_revoke, name="key_revoke"),
    path("statements/", statements.statement_list, name="statements"),
    path("statements/<str:public_id>/<uuid:statement_id>/", statements.statement, name="statement"),
    path("statements/<str:public_id>/<uuid:statement_id>/<str:sha2>", statements.statement_attachment, name="statement_attachment"),
]
