"""Signing in, one's own settings, and the administration of users."""

from django.urls import URLPattern, path

from accounts.views import access, own, regions, saved, steps, users

app_name = "accounts"

urlpatterns: list[URLPattern] = [
    path("anmelden/", access.sign_in, name="sign_in"),
    path("abmelden/", access.sign_out, name="sign_out"),
    path("einstellungen/passwort/", own.password, name="password"),
    path("einstellungen/profil/", own.profile, name="profile"),
    path("einstellungen/abwesenheiten/", own.absences, name="absences"),
    path("einstellungen/abwesenheiten/<int:pk>/ende/", own.absence_end, name="absence_end"),
    path("einstellungen/ansichten/", saved.views, name="views"),
    path("ansichten/neu/", saved.create, name="view_create"),
    path("ansichten/<slug:slug>/", saved.show, name="view"),
    path("ansichten/<slug:slug>/bearbeiten/", saved.edit, name="view_edit"),
    path("ansichten/<slug:slug>/loeschung/", saved.delete, name="view_delete"),
    path("verwaltung/regionen/", regions.region_list, name="region_list"),
    path("verwaltung/regionen/neu/", regions.region_create, name="region_create"),
    path("verwaltung/regionen/<int:pk>/", regions.region_edit, name="region_edit"),
    path("verwaltung/regionen/<int:pk>/loeschung/", regions.region_delete, name="region_delete"),
    path("verwaltung/nutzer/", users.user_list, name="user_list"),
    path("verwaltung/nutzer/neu/", users.user_create, name="user_create"),
    path("verwaltung/nutzer/<int:pk>/", users.user_detail, name="user_detail"),
    path("verwaltung/nutzer/<int:pk>/bearbeiten/", users.user_edit, name="user_edit"),
    path("verwaltung/nutzer/<int:pk>/abwesenheit/", users.user_absence, name="user_absence"),
    path("verwaltung/nutzer/<int:pk>/startpasswort/", steps.user_password, name="user_password"),
    path(
        "verwaltung/nutzer/<int:pk>/deaktivierung/", steps.user_deactivate, name="user_deactivate"
    ),
    path(
        "verwaltung/nutzer/<int:pk>/reaktivierung/", steps.user_reactivate, name="user_reactivate"
    ),
]
