"""Addresses of moves, posts, merges and schools: one set of pages, under a school's own and under an office's."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import duplicates, moving, posts, schools, takeouts


def _person(under: str) -> list[URLPattern]:
    return [
        path("moves/", moving.transfers, name="moves"),
        path("moves/ask/", moving.ask, name="move_ask"),
        path("moves/<str:pid>/agree/", moving.agree, name="move_agree"),
        path("moves/<str:pid>/end/", moving.end, name="move_end"),
        path(f"{under}/<str:pid>/posts/", posts.posts, name="teacher_posts"),
        path(f"{under}/<str:pid>/posts/status/", posts.status, name="teacher_status"),
        path(f"{under}/<str:pid>/posts/move/", posts.move, name="teacher_move"),
        path(f"{under}/<str:pid>/posts/elsewhere/", posts.elsewhere, name="teacher_elsewhere"),
        path(f"{under}/<str:pid>/posts/elsewhere/<int:post_id>/end/", posts.elsewhere_end, name="teacher_elsewhere_end"),
        path(f"{under}/<str:pid>/everything.zip", takeouts.of_teacher, name="teacher_everything"),
    ]


SCHOOL: list[URLPattern] = [*_person("roster"), path("everything/", takeouts.of_school, name="school_everything")]
BUREAU: list[URLPattern] = [
    *_person("teachers"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<str:merged>/<str:into>/", duplicates.look, name="merge"),
    path("duplicates/<str:merged>/<str:into>/merge/", duplicates.merge, name="merge_now"),
    path("duplicates/<str:merged>/<str:into>/apart/", duplicates.apart, name="merge_apart"),
    path("merges/<str:pid>/end/", duplicates.end, name="merge_end"),
    path("schools/", schools.schools, name="schools"),
    path("schools/<str:pid>/", schools.school, name="school"),
    path("schools/<str:pid>/rename/", schools.rename, name="school_rename"),
    path("schools/<str:pid>/close/", schools.close, name="school_close"),
    path("schools/<str:pid>/merge/", schools.merge, name="school_merge"),
    path("schools/<str:pid>/split/", schools.split, name="school_split"),
    path("schools/<str:pid>/under/", schools.under, name="school_under"),
    path("schools/<str:pid>/everything/", takeouts.of_school, name="school_everything"),
]
TRAINEE: list[URLPattern] = [path("everything.zip", takeouts.own, name="everything")]
