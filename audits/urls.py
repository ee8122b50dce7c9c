"""Addresses below /audits/, /feststellungen/ and /faelle/<number>/audits/."""

from django.urls import path

from audits.views import (
    aggregation,
    audits,
    comparison,
    disclosure,
    entry,
    evidence,
    findings,
    mandate,
    sheets,
    transfer,
)
from winback.common.sheets import sheet_paths

app_name = "audits"
urlpatterns = [
    path("faelle/<str:number>/audits/", audits.case_audits, name="case_list"),
    path("faelle/<str:number>/audits/neu/", audits.plan, name="plan"),
    path("faelle/<str:number>/audits/offenlegung/", disclosure.disclose, name="disclose"),
    path("audits/", audits.audit_list, name="list"),
    *sheet_paths("audits/", audits.audit_export, "export"),
    path("audits/<str:number>/", audits.detail, name="detail"),
    *sheet_paths("audits/<str:number>/fragen/", sheets.questions, "questions_export"),
    *sheet_paths("audits/<str:number>/feststellungen/", sheets.findings, "audit_findings_export"),
    path("audits/<str:number>/bearbeiten/", audits.edit, name="edit"),
    path("audits/<str:number>/auftrag/", mandate.mandate, name="mandate"),
    path("audits/<str:number>/protokoll/", mandate.record, name="record"),
    path("audits/<str:number>/absage/", audits.cancel, name="cancel"),
    path("audits/<str:number>/erfassung/", entry.begin, name="entry"),
    path("audits/<str:number>/erfassung/worker.js", transfer.worker, name="worker"),
    path("audits/<str:number>/uebertragung/", transfer.transfer, name="transfer"),
    path("audits/<str:number>/erfassung/<str:code>/", entry.question, name="question"),
    path("audits/<str:number>/nachweise/<uuid:key>/", evidence.show, name="evidence"),
    path("audits/<str:number>/nachweise/<uuid:key>/vorschau/", evidence.preview, name="preview"),
    path("audits/<str:number>/feststellungen/neu/", findings.finding_create, name="finding_create"),
    path("audits/<str:number>/zusammenfassung/", aggregation.aggregate, name="aggregate"),
    path("audits/<str:number>/vergleich/", comparison.compare, name="comparison"),
    path("audits/<str:number>/pruefen/", audits.check, name="check"),
    path("feststellungen/", findings.finding_list, name="findings"),
    *sheet_paths("feststellungen/", findings.finding_export, "findings_export"),
    path("feststellungen/<str:number>/beginn/", findings.finding_start, name="finding_start"),
    path("feststellungen/<str:number>/erledigung/", findings.finding_done, name="finding_done"),
    path(
        "feststellungen/<str:number>/korrektur/",
        findings.finding_resolve,
        name="finding_resolve",
    ),
    path(
        "feststellungen/<str:number>/wiederaufnahme/",
        findings.finding_reopen,
        name="finding_reopen",
    ),
    path(
        "feststellungen/<str:number>/ruecknahme/",
        findings.finding_withdraw,
        name="finding_withdraw",
    ),
    path(
        "feststellungen/<str:number>/offenlegung/ruecknahme/",
        disclosure.take_back,
        name="finding_untold",
    ),
    path("feststellungen/<str:number>/bearbeiten/", findings.finding_edit, name="finding_edit"),
]
