"""Addresses below /faelle/."""

from django.urls import path

from winback.cases.views import (
    decisions,
    ending,
    entries,
    escalation,
    facts,
    incidents,
    lessons,
    lists,
    papers,
    reading,
    swapping,
    team,
    tenders,
)
from winback.common.sheets import sheet_paths

app_name = "cases"
urlpatterns = [
    path("faelle/", lists.case_list, name="list"),
    *sheet_paths("faelle/", lists.case_export, "export"),
    path("faelle/neu/", lists.case_create, name="create"),
    path("faelle/<str:number>/bearbeiten/", facts.case_edit, name="edit"),
    path("faelle/<str:number>/naechster-schritt/", facts.next_step, name="next_step"),
    path("faelle/<str:number>/lage/", facts.situation, name="situation"),
    path("faelle/<str:number>/entscheidung/", ending.decide, name="decide"),
    path("faelle/<str:number>/ampel/", facts.set_health, name="health"),
    path("lehren/", lessons.lessons, name="lessons"),
    path("lehren/<int:pk>/entscheidung/", lessons.lesson_decide, name="lesson_decide"),
    path("faelle/<str:number>/entscheidungen/", decisions.decisions, name="decisions"),
    path("faelle/<str:number>/angaben/<slug:sheet>/", decisions.sheet, name="sheet"),
    path("faelle/<str:number>/eintraege/<slug:entry>/", entries.entry, name="entry"),
    path("faelle/<str:number>/schritte/<int:pk>/", escalation.duty_done, name="duty_done"),
    path("faelle/<str:number>/uebergaben/neu/", swapping.handover_create, name="handover_create"),
    path("faelle/<str:number>/uebergaben/<int:pk>/", swapping.handover, name="handover"),
    path(
        "faelle/<str:number>/uebergaben/<int:pk>/punkte/<int:item>/",
        swapping.handover_item,
        name="handover_item",
    ),
    path(
        "faelle/<str:number>/uebergaben/<int:pk>/mitteilung/",
        swapping.handover_told,
        name="handover_told",
    ),
    path("faelle/<str:number>/eskalation/", escalation.escalation, name="escalation"),
    path(
        "faelle/<str:number>/eskalation/stufe/",
        escalation.escalation_level,
        name="escalation_level",
    ),
    path("faelle/<str:number>/plan-b/", tenders.tenders, name="tenders"),
    path("faelle/<str:number>/ausschreibungen/<int:pk>/", tenders.tender_edit, name="tender_edit"),
    path(
        "faelle/<str:number>/ausschreibungen/<int:pk>/kriterien/",
        tenders.criterion,
        name="criterion",
    ),
    path(
        "faelle/<str:number>/ausschreibungen/<int:pk>/kriterien/<int:criterion>/",
        tenders.criterion_remove,
        name="criterion_remove",
    ),
    path("faelle/<str:number>/ruhen/", ending.rest, name="rest"),
    path("faelle/<str:number>/abschluss/", ending.close, name="close"),
    path("faelle/<str:number>/wiederaufnahme/", ending.reopen, name="reopen"),
    path("faelle/<str:number>/vertrag/", reading.contract, name="contract"),
    path("faelle/<str:number>/team/", team.team, name="team"),
    path("faelle/<str:number>/team/<int:pk>/austritt/", team.member_leave, name="member_leave"),
    path("faelle/<str:number>/verlauf/", reading.history, name="history"),
    path("faelle/<str:number>/verlauf/vorfaelle/neu/", incidents.create, name="incident_create"),
    path("faelle/<str:number>/verlauf/vorfaelle/<int:pk>/", incidents.edit, name="incident_edit"),
    path("faelle/<str:number>/dokumente/", papers.documents, name="documents"),
    path("faelle/<str:number>/dokumente/neu/", papers.document_create, name="document_create"),
    path("faelle/<str:number>/dokumente/<int:pk>/", papers.document, name="document"),
    path(
        "faelle/<str:number>/dokumente/<int:pk>/bearbeiten/",
        papers.document_edit,
        name="document_edit",
    ),
    path(
        "faelle/<str:number>/dokumente/<int:pk>/fassungen/neu/",
        papers.document_renew,
        name="document_renew",
    ),
    path(
        "faelle/<str:number>/dokumente/<int:pk>/fassungen/<int:version>/",
        papers.document_file,
        name="document_file",
    ),
    path(
        "faelle/<str:number>/dokumente/<int:pk>/fassungen/<int:version>/ansicht/",
        papers.document_view,
        name="document_view",
    ),
]
