"""Pages that gather several rooms."""

from django.urls import path

from winback.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("suche/", views.search, name="search"),
    path("meine-arbeit/", views.my_work, name="my_work"),
    path("faelle/<str:number>/", views.case_overview, name="case"),
    path("feststellungen/<str:number>/", views.finding, name="finding"),
    path("verwaltung/datenqualitaet/", views.data_quality, name="quality"),
    path("verwaltung/datenqualitaet/<slug:key>/", views.quality_check, name="quality_check"),
    path("monat/", views.month_now, name="month_now"),
    path("monat/<int:year>-<int:number>/", views.month, name="month"),
]
