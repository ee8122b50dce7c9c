"""Every address of the product; the rooms own what lies below theirs. Slugs are German."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.permissions import can_manage_users, requires
from winback.common.views import component_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include("winback.clients.urls")),
    path("", include("winback.contracts.urls")),
    path("", include("winback.cases.urls")),
    path("", include("winback.norms.urls")),
    path("", include("winback.kpis.urls")),
    path("", include("audits.urls")),
    path("", include("winback.dialogue.urls")),
    path("", include("winback.causes.urls")),
    path("", include("winback.reminders.urls")),
    path("", include("winback.plans.urls")),
    path("", include("winback.dashboards.urls")),
    path("", include("winback.bulk.urls")),
    path("", include("winback.reports.urls")),
    path(
        "verwaltung/bausteine/",
        requires(can_manage_users)(component_page),
        name="components",
    ),
]

handler403 = "winback.common.views.forbidden"
handler404 = "winback.common.views.not_found"
handler500 = "winback.common.views.server_error"
