"""Addresses of tenders, by face."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import bidder, experts, judging, keys, office, public, standings
from .acts import ACTS, act_view

OFFICE: list[URLPattern] = [
    path("tenders/", office.tender_list, name="tenders"),
    path("tenders/new/", office.tender_new, name="tender_new"),
    path("tenders/experts/", experts.experts, name="tender_experts"),
    path("tenders/experts/name/", experts.name, name="tender_expert_name"),
    path("tenders/experts/<str:pid>/end/", experts.end, name="tender_expert_end"),
    path("tenders/standings/", standings.standings, name="standings"),
    path("tenders/standings/conclude/", standings.conclude, name="standings_conclude"),
    path("tenders/<str:pid>/", office.tender, name="tender"),
    path("tenders/<str:pid>/change/", office.tender_change, name="tender_change"),
    path("tenders/<str:pid>/bids/<str:bid>/", office.bid, name="tender_bid"),
    path("tenders/<str:pid>/files/<str:file>/", office.document, name="tender_file"),
    path("tenders/<str:pid>/copies/<str:file>/", office.document_copy, name="tender_copy"),
    path("tenders/<str:pid>/key/", keys.key, name="tender_key"),
    path("tenders/<str:pid>/key/make/", keys.key_make, name="tender_key_make"),
    path("tenders/<str:pid>/key/confirm/", keys.key_confirm, name="tender_key_confirm"),
    path("tenders/<str:pid>/key/turn/", keys.key_turn, name="tender_key_turn"),
    *(path(f"tenders/<str:pid>/act/{name}/", act_view(name), name=f"tender_{name}") for name in ACTS),
]
BIDDER: list[URLPattern] = [
    path("tenders/", bidder.tender_list, name="tenders"),
    path("tenders/<str:pid>/", bidder.tender, name="tender"),
    path("tenders/<str:pid>/submit/", bidder.submit, name="tender_submit"),
    path("tenders/<str:pid>/withdraw/", bidder.withdraw, name="tender_withdraw"),
    path("tenders/<str:pid>/ask/", bidder.ask, name="tender_ask"),
    path("tenders/<str:pid>/object/", bidder.object_to, name="tender_object"),
    path("tenders/<str:pid>/sign/", bidder.sign, name="tender_sign"),
]
PUBLIC: list[URLPattern] = [
    path("tenders/", public.tender_list, name="tenders"),
    path("tenders/<str:pid>/", public.tender, name="tender"),
]
app_name = "expert"
urlpatterns: list[URLPattern] = [
    path("", judging.tender_list, name="tenders"),
    path("<str:pid>/", judging.tender, name="tender"),
    path("<str:pid>/declare/", judging.declare, name="declare"),
    path("<str:pid>/note/", judging.note, name="note"),
    path("<str:pid>/bids/<str:code>/", judging.review, name="review"),
    path("<str:pid>/files/<str:file>/", judging.document, name="file"),
]
