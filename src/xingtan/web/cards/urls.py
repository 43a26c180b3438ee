"""Addresses of cards, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import batches, hands, listing, parcels, purchases, reports

CARDS: list[URLPattern] = [
    path("cards/reports/", reports.reports, name="card_reports"),
    path("cards/reports/names/", reports.names, name="card_names"),
    path("cards/reports/count/", reports.count, name="card_count"),
    path("cards/reports/return/", reports.send_back, name="card_return"),
    path("cards/reports/<str:pid>/issue/", reports.issue, name="card_issue"),
    path("cards/batches/", batches.batches, name="card_batches"),
    path("cards/batches/<str:pid>/", batches.batch, name="card_batch"),
    path("cards/batches/<str:pid>/sheets.pdf", batches.sheets, name="card_sheets"),
    path("cards/handbook.pdf", batches.handbook, name="card_handbook"),
    path("cards/parcels/", parcels.parcels, name="card_parcels"),
    path("cards/parcels/send/", parcels.send, name="card_send"),
    path("cards/parcels/<str:pid>/", parcels.parcel, name="card_parcel"),
    path("cards/parcels/<str:pid>/receive/", parcels.receive, name="card_receive"),
    path("cards/parcels/<str:pid>/settle/", parcels.settle, name="card_settle"),
    path("cards/hand-out/", hands.waiting, name="card_waiting"),
    path("cards/hand-out/now/", hands.hand_out, name="card_hand_out"),
    path("cards/list/", listing.listing, name="card_list"),
    path("cards/list/act/", listing.act, name="card_act"),
    path("cards/one/<str:pid>/", listing.one, name="card_one"),
    path("cards/one/<str:pid>/reissue/", listing.reissue, name="card_reissue"),
    path("cards/sold/", purchases.purchases, name="card_purchases"),
    path("cards/sold/<str:pid>/", purchases.purchase, name="card_purchase"),
]
