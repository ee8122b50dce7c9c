"""Addresses below /berichte/, and of the reports of a case and of an audit."""

from django.urls import path

from winback.reports import views

app_name = "reports"
urlpatterns = [
    path("faelle/<str:number>/berichte/", views.case_reports, name="case_reports"),
    path(
        "faelle/<str:number>/berichte/fortschritt/",
        views.request_progress,
        name="request_progress",
    ),
    path(
        "faelle/<str:number>/berichte/pruefterminkonzept/",
        views.request_concept,
        name="request_concept",
    ),
    path("audits/<str:number>/berichte/", views.audit_reports, name="audit_reports"),
    path("audits/<str:number>/berichte/befund/", views.request_audit, name="request_audit"),
    path("berichte/", views.report_list, name="list"),
    path("berichte/<uuid:token>/", views.status, name="status"),
    path("berichte/<uuid:token>/wiederholung/", views.retry, name="retry"),
    path("berichte/<uuid:token>/freigabe/", views.release, name="release"),
    path("berichte/<uuid:token>.pdf", views.download, name="download"),
]
