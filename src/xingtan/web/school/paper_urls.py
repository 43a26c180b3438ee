"""Addresses of the school's papers."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import paper_printing, papers

PAPERS: list[URLPattern] = [
    path("papers/", papers.papers, name="papers"),
    path("papers/new/", paper_printing.paper_new, name="paper_new"),
    path("papers/move/", papers.move, name="papers_move"),
    path("papers/printings/<str:pid>.pdf", paper_printing.printing_pdf, name="printing_pdf"),
    path("papers/printings/<str:pid>/", paper_printing.printing, name="printing"),
    path("papers/<str:pid>.pdf", papers.paper_pdf, name="paper_pdf"),
    path("papers/<str:pid>/", papers.paper, name="paper"),
]
