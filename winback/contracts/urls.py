"""Addresses of contracts and what hangs on them."""

from django.urls import path

from winback.common.sheets import sheet_paths
from winback.contracts.views import agreements, contracts, deadlines, lists

app_name = "contracts"
_ONE = "vertraege/<int:pk>/"
_DEADLINE = f"{_ONE}fristen/<int:deadline>/"
_AMENDMENT = f"{_ONE}nachtraege/<int:amendment>/"
urlpatterns = [
    path("fristen/", lists.deadline_list, name="deadline_list"),
    *sheet_paths("fristen/", lists.deadline_export, "deadline_export"),
    path("kunden/<int:pk>/vertraege/neu/", contracts.create, name="create"),
    path(_ONE, contracts.detail, name="detail"),
    path(f"{_ONE}bearbeiten/", contracts.edit, name="edit"),
    path(f"{_ONE}belege/<int:document>/", contracts.paper, name="paper"),
    path(f"{_ONE}leistungen/neu/", agreements.line_add, name="line_add"),
    *sheet_paths(f"{_ONE}leistungen/", lists.line_export, "line_export"),
    path(f"{_ONE}leistungen/<int:line>/", agreements.line_edit, name="line_edit"),
    path(f"{_ONE}fristen/neu/", deadlines.create, name="deadline_add"),
    path(_DEADLINE, deadlines.detail, name="deadline"),
    path(f"{_DEADLINE}bearbeiten/", deadlines.edit, name="deadline_edit"),
    path(f"{_DEADLINE}erledigung/", deadlines.done, name="deadline_done"),
    path(f"{_DEADLINE}ende/", deadlines.end, name="deadline_end"),
    path(f"{_DEADLINE}uebergabe/", deadlines.hand_over, name="deadline_hand_over"),
    path(f"{_ONE}nachtraege/neu/", agreements.amendment_add, name="amendment_add"),
    path(_AMENDMENT, agreements.amendment, name="amendment"),
    path(f"{_AMENDMENT}bearbeiten/", agreements.amendment_edit, name="amendment_edit"),
    path(f"{_AMENDMENT}bruch/", agreements.amendment_broken, name="amendment_broken"),
    path(f"{_ONE}mitwirkung/neu/", agreements.cooperation_add, name="cooperation_add"),
    path(
        f"{_ONE}mitwirkung/<int:obligation>/",
        agreements.cooperation_edit,
        name="cooperation_edit",
    ),
]
