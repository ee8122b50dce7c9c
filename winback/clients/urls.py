"""Addresses below /kunden/."""

from django.urls import URLPattern, URLResolver, include, path

from winback.clients.views import contacts, dormancy, lists, messages, personal, records
from winback.common.sheets import sheet_paths

app_name = "clients"
Urls = list[URLPattern | URLResolver]

_consents: Urls = [
    path("neu/", contacts.consent_create, name="consent_create"),
    path("<int:consent_pk>/nachweis/", contacts.consent_proof, name="consent_proof"),
    path("<int:consent_pk>/datei/", contacts.consent_file, name="consent_file"),
    path("<int:consent_pk>/widerruf/", contacts.consent_withdraw, name="consent_withdraw"),
]
_contact: Urls = [
    path("", contacts.contact_detail, name="contact_detail"),
    path("bearbeiten/", contacts.contact_edit, name="contact_edit"),
    path("auskunft/", personal.personal_data, name="personal_data"),
    path("loeschung/", personal.contact_erase, name="contact_erase"),
    path("einwilligungen/", include(_consents)),
    path("widersprueche/neu/", contacts.objection_create, name="objection_create"),
]
_messages: Urls = [
    path("neu/", messages.message_create, name="message_create"),
    path("<int:message_pk>/", messages.message_detail, name="message_detail"),
    path("<int:message_pk>/versand/", messages.message_send, name="message_send"),
    path("<int:message_pk>/verwerfen/", messages.message_discard, name="message_discard"),
]
_client: Urls = [
    path("", records.client_detail, name="detail"),
    path("bearbeiten/", records.client_edit, name="edit"),
    path("objekte/neu/", records.site_save, name="site_create"),
    path("objekte/<int:site_pk>/", records.site_save, name="site_edit"),
    path("ansprechpartner/neu/", contacts.contact_create, name="contact_create"),
    path("ansprechpartner/<int:contact_pk>/", include(_contact)),
    path("mitteilungen/", include(_messages)),
    path("ruhend/", dormancy.look_plan, name="look_plan"),
    path("pruefung/", dormancy.look, name="look"),
]
urlpatterns: Urls = [
    path("kunden/", lists.client_list, name="list"),
    *sheet_paths("kunden/", lists.client_export, "export"),
    path("kunden/neu/", records.client_create, name="create"),
    path("kunden/ruhende/", dormancy.dormant_list, name="dormant"),
    path("kunden/<int:pk>/", include(_client)),
]
