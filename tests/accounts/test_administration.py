"""The user administration as an administrator uses it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from tests.accounts.owing import Ledger
from tests.conftest import ClientFor
from tests.factories import PASSWORD, AbsenceFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/verwaltung/nutzer/"
GOOD: dict[str, Any] = {
    "salutation": "mr",
    "first_name": "Jonas",
    "last_name": "Horn",
    "email": "jonas.horn@provider.example",
    "role": "kam",
    "language": "de",
}
SHOWN_PASSWORD = re.compile(r"<code[^>]*>([a-z2-9-]{19})</code>")


@pytest.fixture
def admin(client_for: ClientFor, admin_user: User) -> Client:
    return client_for(admin_user)


def url(user: User, step: str = "") -> str:
    return f"{user.get_absolute_url()}{step}{'/' if step else ''}"


def names(client: Client, query: str = "") -> list[str]:
    """The names in the list, in their order."""
    page = client.get(f"{LIST}?{query}").content.decode()
    return re.findall(r'<th scope="row"><a href="[^"]+">(\w+), ', page)


def test_list_shows_active_people_by_name(admin: Client, kam: User, qm: User) -> None:
    UserFactory(last_name="Adler", is_active=False)
    assert names(admin) == ["Kaya", "Kern", "Wolf"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("suche=kay", ["Kaya"]),
        ("suche=WOLF+tim", ["Wolf"]),
        ("suche=niemand", []),
        ("rolle=qm", ["Wolf"]),
        ("rolle=operations", ["Kern"]),
        ("stand=inaktiv", ["Adler"]),
        ("stand=alle&suche=a", ["Adler", "Kaya", "Kern", "Wolf"]),
        ("rolle=unsinn", ["Kaya", "Kern", "Wolf"]),
        ("stand=unsinn", ["Kaya", "Kern", "Wolf"]),
        ("sort=-name", ["Wolf", "Kern", "Kaya"]),
        ("sort=rolle", ["Kaya", "Wolf", "Kern"]),
        ("sort=-rolle", ["Kern", "Wolf", "Kaya"]),
        ("sort=unsinn", ["Kaya", "Kern", "Wolf"]),
    ],
)
def test_list_filters_and_sorts(
    admin: Client, kam: User, qm: User, query: str, found: list[str]
) -> None:
    UserFactory(last_name="Adler", is_active=False)
    assert names(admin, query) == found


def test_list_sorts_by_last_sign_in_with_never_first(admin: Client, kam: User, qm: User) -> None:
    User.objects.filter(pk=qm.pk).update(last_login=timezone.now() - dt.timedelta(days=9))
    assert names(admin, "sort=anmeldung") == ["Kaya", "Wolf", "Kern"]
    assert names(admin, "sort=-anmeldung") == ["Kern", "Wolf", "Kaya"]


def test_list_names_its_filters_and_how_to_drop_them(admin: Client) -> None:
    page = admin.get(f"{LIST}?suche=kern&rolle=operations&seite=1").content.decode()
    assert 'href="?rolle=operations"' in page
    assert 'href="?suche=kern"' in page
    assert "Rolle: Betrieb" in page
    assert "chip--on" not in admin.get(LIST).content.decode()


def test_list_without_a_hit_offers_the_way_back(admin: Client) -> None:
    page = admin.get(f"{LIST}?suche=niemand").content.decode()
    assert "Kein Nutzer passt zu diesem Filter." in page


def test_list_turns_pages_and_keeps_the_filter(admin: Client) -> None:
    UserFactory.create_batch(30, last_name="Berg")
    assert len(names(admin, "suche=berg")) == 25
    assert len(names(admin, "suche=berg&seite=2")) == 5
    page = admin.get(f"{LIST}?suche=berg").content.decode()
    assert "?suche=berg&amp;seite=2" in page


def test_list_page_beyond_the_end_shows_the_last(admin: Client) -> None:
    assert names(admin, "seite=99") == ["Kern"]


def test_create_shows_the_start_password_once(admin: Client) -> None:
    response = admin.post(f"{LIST}neu/", GOOD)
    page = response.content.decode()
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    (password,) = SHOWN_PASSWORD.findall(page)
    user = User.objects.get(email=GOOD["email"])
    assert user.check_password(password)
    assert user.must_change_password
    assert password not in admin.get(url(user)).content.decode()
    assert password not in str(dict(admin.session))


def test_created_person_signs_in_and_chooses_a_password(admin: Client, client: Client) -> None:
    page = admin.post(f"{LIST}neu/", GOOD).content.decode()
    (password,) = SHOWN_PASSWORD.findall(page)
    client.post("/anmelden/", {"email": GOOD["email"], "password": password})
    assert client.get("/einstellungen/profil/").headers["Location"] == "/einstellungen/passwort/"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"first_name": ""}, "Vorname: Dieses Feld ist zwingend erforderlich."),
        ({"last_name": "x" * 81}, "Nachname: Bitte sicherstellen"),
        ({"email": "kein at"}, "E-Mail-Adresse: Bitte gültige E-Mail-Adresse eingeben."),
        (
            {"role": "auditor", "is_administrator": "on"},
            "Administrator: Ein externer Auditor kann nicht Administrator sein.",
        ),
        (
            {"email": "SABINE@provider.example"},
            "E-Mail-Adresse: Ein anderes Konto verwendet diese E-Mail-Adresse bereits.",
        ),
    ],
)
def test_create_with_bad_input_keeps_it_and_saves_nothing(
    admin: Client, admin_user: User, changed: dict[str, str], message: str
) -> None:
    User.objects.filter(pk=admin_user.pk).update(email="sabine@provider.example")
    data = GOOD | changed
    response = admin.post(f"{LIST}neu/", data)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    kept = next(name for name in ("last_name", "first_name") if name not in changed)
    assert f'value="{data[kept]}"' in page
    assert User.objects.count() == 1


def test_detail_shows_the_account(admin: Client, kam: User) -> None:
    AbsenceFactory(user=kam)
    page = admin.get(url(kam)).content.decode()
    assert kam.email in page
    assert "Key-Account-Manager" in page
    assert "Jonas Horn" in page
    assert url(kam, "deaktivierung") in page
    assert url(kam, "reaktivierung") not in page


def test_detail_of_an_inactive_account_offers_only_to_reactivate(admin: Client) -> None:
    gone = UserFactory(is_active=False, must_change_password=True)
    page = admin.get(url(gone)).content.decode()
    assert "inaktiv" in page
    assert "Startpasswort, noch nicht geändert" in page
    assert url(gone, "reaktivierung") in page
    assert url(gone, "deaktivierung") not in page


def test_detail_of_oneself_offers_no_steps(admin: Client, admin_user: User) -> None:
    page = admin.get(url(admin_user)).content.decode()
    assert url(admin_user, "bearbeiten") in page
    assert url(admin_user, "deaktivierung") not in page
    assert url(admin_user, "startpasswort") not in page


def test_post_without_any_field_names_them_all(admin: Client, kam: User) -> None:
    response = admin.post(url(kam, "bearbeiten"))
    assert response.status_code == 422
    assert "Vorname: Dieses Feld ist zwingend erforderlich." in response.content.decode()


def test_edit_saves_and_returns_to_the_account(admin: Client, kam: User) -> None:
    response = admin.post(url(kam, "bearbeiten"), GOOD | {"role": "qm", "version": 1})
    assert response.headers["Location"] == url(kam)
    kam.refresh_from_db()
    assert (kam.first_name, kam.role, kam.version) == ("Jonas", Role.QUALITY_MANAGER, 2)


def test_edit_after_somebody_else_shows_both_versions(
    admin: Client, admin_user: User, kam: User
) -> None:
    admin.post(url(kam, "bearbeiten"), GOOD | {"version": 1})
    mine = GOOD | {"last_name": "Hornung", "role": "qm", "version": 1}
    response = admin.post(url(kam, "bearbeiten"), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert ">Hornung</td>" in page
    assert ">Horn</td>" in page
    assert ">Qualitätsmanager</td>" in page
    assert 'value="Hornung"' in page
    kam.refresh_from_db()
    assert kam.last_name == "Horn"
    assert admin.post(url(kam, "bearbeiten"), mine | {"version": 2}).status_code == 302


def test_edit_of_the_last_administrator_keeps_the_flag(admin: Client, admin_user: User) -> None:
    response = admin.post(url(admin_user, "bearbeiten"), GOOD | {"version": 1})
    assert response.status_code == 422
    assert "Das ist der letzte Administrator." in response.content.decode()
    admin_user.refresh_from_db()
    assert admin_user.is_administrator
    assert admin_user.last_name == "Kern"


def test_administrator_records_an_absence_for_a_person(
    admin: Client, kam: User, kollegin: User
) -> None:
    data = {"deputy": kollegin.pk, "starts_on": "+1", "ends_on": "+5"}
    assert admin.post(url(kam, "abwesenheit"), data).headers["Location"] == url(kam)
    assert kam.absences.get().deputy == kollegin


def test_administrator_cannot_record_an_absence_that_is_over(
    admin: Client, kam: User, kollegin: User
) -> None:
    data = {"deputy": kollegin.pk, "starts_on": "01.06.2020", "ends_on": "05.06.2020"}
    response = admin.post(url(kam, "abwesenheit"), data)
    assert response.status_code == 422
    assert "Diese Abwesenheit ist bereits vorbei." in response.content.decode()
    assert not kam.absences.exists()


def test_new_start_password_is_shown_once_and_ends_sessions(
    admin: Client, client_for: ClientFor, kam: User
) -> None:
    theirs = client_for(kam)
    assert admin.get(url(kam, "startpasswort")).status_code == 200
    kam.refresh_from_db()
    assert kam.check_password(PASSWORD)
    page = admin.post(url(kam, "startpasswort"), {"version": 1}).content.decode()
    (password,) = SHOWN_PASSWORD.findall(page)
    kam.refresh_from_db()
    assert kam.check_password(password)
    assert theirs.get("/einstellungen/profil/").status_code == 302


def test_new_start_password_posted_twice_is_set_once(admin: Client, kam: User) -> None:
    page = admin.post(url(kam, "startpasswort"), {"version": 1}).content.decode()
    assert admin.post(url(kam, "startpasswort"), {"version": 1}).status_code == 409
    kam.refresh_from_db()
    assert kam.check_password(SHOWN_PASSWORD.findall(page)[0])


def test_deactivation_lists_what_is_owed(admin: Client, kam: User, ledger: Ledger) -> None:
    ledger.owe(19, kam)
    ledger.owe(30, kam)
    AbsenceFactory(deputy=kam, user__last_name="Adler", ends_on=timezone.localdate())
    page = admin.get(url(kam, "deaktivierung")).content.decode()
    assert "2 offene Verpflichtungen" in page
    assert "Maßnahme 19 abschließen" in page
    assert "Norhagen Bau AG · RG-2026-0042" in page
    assert "30.11.2026" in page
    assert "Adler" in page


def test_deactivation_hands_over_and_closes(
    admin: Client, kam: User, kollegin: User, ledger: Ledger
) -> None:
    ledger.owe(19, kam)
    data = {"version": 1, "new_owner": kollegin.pk}
    response = admin.post(url(kam, "deaktivierung"), data, follow=True)
    assert "Das Konto ist deaktiviert." in response.content.decode()
    assert ledger.owners == {19: kollegin.pk}
    kam.refresh_from_db()
    assert not kam.is_active


@pytest.mark.parametrize("taker", ["", "999999", "x"])
def test_deactivation_without_a_new_owner_is_refused(
    admin: Client, kam: User, ledger: Ledger, taker: str
) -> None:
    ledger.owe(19, kam)
    response = admin.post(url(kam, "deaktivierung"), {"version": 1, "new_owner": taker})
    assert response.status_code == 422
    assert "Wer übernimmt: " in response.content.decode()
    kam.refresh_from_db()
    assert kam.is_active
    assert ledger.owners == {19: kam.pk}


def test_deactivation_that_a_room_refuses_changes_nothing(
    admin: Client, kam: User, kollegin: User, ledger: Ledger
) -> None:
    ledger.owe(18, kam)
    ledger.owe(19, kam)
    ledger.refuse = 19
    data = {"version": 1, "new_owner": kollegin.pk}
    response = admin.post(url(kam, "deaktivierung"), data)
    assert response.status_code == 422
    assert "Diese Person darf das nicht." in response.content.decode()
    kam.refresh_from_db()
    assert kam.is_active


def test_deactivation_of_a_changed_account_conflicts(
    admin: Client, kam: User, no_kinds: None
) -> None:
    User.objects.filter(pk=kam.pk).update(version=2)
    response = admin.post(url(kam, "deaktivierung"), {"version": 1})
    assert response.status_code == 409
    kam.refresh_from_db()
    assert kam.is_active


def test_deactivation_of_somebody_who_owes_nothing(
    admin: Client, kam: User, no_kinds: None
) -> None:
    page = admin.get(url(kam, "deaktivierung")).content.decode()
    assert "Es ist nichts zu übergeben." in page
    assert "new_owner" not in page
    assert admin.post(url(kam, "deaktivierung"), {"version": 1}).status_code == 302


def test_reactivation_lets_the_person_in_again(
    admin: Client, client: Client, no_kinds: None
) -> None:
    gone = UserFactory(is_active=False)
    page = admin.post(url(gone, "reaktivierung"), {"version": 1}, follow=True).content.decode()
    assert "Das Konto ist wieder aktiv." in page
    data = {"email": gone.email, "password": PASSWORD}
    assert client.post("/anmelden/", data).headers["Location"] == "/"


def test_navigation_shows_users_to_administrators_only(
    admin: Client, client_for: ClientFor, kam: User
) -> None:
    assert f'href="{LIST}"' in admin.get("/einstellungen/profil/").content.decode()
    assert LIST not in client_for(kam).get("/einstellungen/profil/").content.decode()
