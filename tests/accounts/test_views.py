"""What people see and save about themselves."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Absence, User
from tests.accounts.owing import Ledger
from tests.conftest import ClientFor
from tests.factories import PASSWORD, AbsenceFactory
from winback.common import obligations

pytestmark = pytest.mark.django_db
PROFILE = "/einstellungen/profil/"
ABSENCES = "/einstellungen/abwesenheiten/"
PASSWORD_PAGE = "/einstellungen/passwort/"
NEW_PASSWORD = "Neun-Kraniche-ziehen"


def in_days(count: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=count)


def german(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


def test_profile_saves_and_says_so(client_for: ClientFor, kam: User, ledger: Ledger) -> None:
    client = client_for(kam)
    data = {
        "language": "de",
        "theme": "dark",
        "digest": "none",
        "muted_kinds": ["test"],
        "version": 1,
    }
    page = client.post(PROFILE, data, follow=True).content.decode()
    assert "Ihr Profil ist gespeichert." in page
    assert 'data-theme="dark"' in page
    assert 'data-shortcuts="off"' in page
    kam.refresh_from_db()
    assert (kam.theme, kam.digest, kam.muted_kinds, kam.shortcuts) == (
        "dark",
        "none",
        ["test"],
        False,
    )


def test_profile_in_a_new_language_answers_in_it(
    client_for: ClientFor, kam: User, no_kinds: None
) -> None:
    client = client_for(kam)
    data = {"language": "en", "theme": "auto", "digest": "daily", "version": 1}
    page = client.post(PROFILE, data, follow=True).content.decode()
    assert "Your profile is saved." in page
    assert '<html lang="en"' in page


def test_profile_with_bad_input_keeps_it_and_saves_nothing(
    client_for: ClientFor, kam: User, no_kinds: None
) -> None:
    data = {"language": "fr", "theme": "dark", "digest": "none", "version": 1}
    response = client_for(kam).post(PROFILE, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert '<option value="dark" selected>dunkel</option>' in page
    kam.refresh_from_db()
    assert (kam.theme, kam.version) == ("auto", 1)


def test_profile_changed_in_another_tab_shows_both_in_words(
    client_for: ClientFor, kam: User, ledger: Ledger
) -> None:
    client = client_for(kam)
    obligations.register(dataclasses.replace(ledger.kind(), key="other", label="Zusagen"))
    data = {"language": "de", "theme": "dark", "digest": "daily", "version": 1}
    client.post(PROFILE, data)
    response = client.post(PROFILE, data | {"theme": "light", "muted_kinds": ["test", "other"]})
    page = response.content.decode()
    assert response.status_code == 409
    assert ">hell</td>" in page
    assert ">dunkel</td>" in page
    assert ">Maßnahmen, Zusagen</td>" in page
    assert page.count(" checked") == 2
    assert 'name="version" value="2"' in page
    kam.refresh_from_db()
    assert kam.theme == "dark"


def test_password_is_changed_and_the_session_stays(client_for: ClientFor, kam: User) -> None:
    client, elsewhere = client_for(kam), client_for(kam)
    data = {"current": PASSWORD, "new": NEW_PASSWORD, "repeated": NEW_PASSWORD}
    page = client.post(PASSWORD_PAGE, data, follow=True).content.decode()
    assert "Ihr Passwort ist geändert. Andere Geräte sind abgemeldet." in page
    kam.refresh_from_db()
    assert kam.check_password(NEW_PASSWORD)
    assert elsewhere.get(PROFILE).status_code == 302


def test_password_with_bad_input_never_comes_back(client_for: ClientFor, kam: User) -> None:
    data = {"current": "geraten", "new": NEW_PASSWORD, "repeated": "anders"}
    response = client_for(kam).post(PASSWORD_PAGE, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Das ist nicht Ihr aktuelles Passwort." in page
    assert "Die beiden neuen Passwörter stimmen nicht überein." in page
    assert not any(typed in page for typed in data.values())
    kam.refresh_from_db()
    assert kam.check_password(PASSWORD)


def test_absence_is_recorded_and_listed(client_for: ClientFor, kam: User, kollegin: User) -> None:
    start, end = in_days(10), in_days(14)
    data = {"deputy": kollegin.pk, "starts_on": german(start), "ends_on": german(end)}
    page = client_for(kam).post(ABSENCES, data, follow=True).content.decode()
    assert "Die Abwesenheit ist gespeichert." in page
    assert "geplant" in page
    absence = kam.absences.get()
    assert (absence.starts_on, absence.ends_on, absence.deputy) == (start, end, kollegin)


def test_absence_with_bad_input_keeps_it_and_saves_nothing(
    client_for: ClientFor, kam: User, kollegin: User
) -> None:
    data = {"deputy": kollegin.pk, "starts_on": "31.11.2026", "ends_on": ""}
    response = client_for(kam).post(ABSENCES, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="31.11.2026"' in page
    assert f'<option value="{kollegin.pk}" selected>' in page
    assert not Absence.objects.exists()


def test_absence_that_overlaps_is_refused_at_its_field(
    client_for: ClientFor, kam: User, kollegin: User
) -> None:
    AbsenceFactory(user=kam, starts_on=in_days(10), ends_on=in_days(14))
    data = {"deputy": kollegin.pk, "starts_on": "+14", "ends_on": "+20"}
    response = client_for(kam).post(ABSENCES, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Erster Tag der Abwesenheit: In diesem Zeitraum gibt es bereits eine" in page
    assert 'value="+14"' in page
    assert kam.absences.count() == 1


def test_absences_show_past_running_and_whom_one_stands_in_for(
    client_for: ClientFor, kam: User, kollegin: User
) -> None:
    AbsenceFactory(user=kam)
    AbsenceFactory(user=kam, starts_on=in_days(-2), ends_on=in_days(2))
    AbsenceFactory(user=kollegin, deputy=kam, starts_on=in_days(5), ends_on=in_days(6))
    page = client_for(kam).get(ABSENCES).content.decode()
    assert "vorbei" in page
    assert "zurzeit abwesend" in page
    assert page.count("Zum heutigen Tag beenden") == 1
    assert '<h2 id="standing-in-title">Ich vertrete</h2>' in page
    assert "Nele Brunner" in page


def test_absences_without_any_say_what_belongs_here(client_for: ClientFor, kam: User) -> None:
    page = client_for(kam).get(ABSENCES).content.decode()
    assert "Keine Abwesenheit eingetragen." in page
    assert "Ich vertrete" not in page


def test_absence_ends_today_when_one_is_back(client_for: ClientFor, kam: User) -> None:
    absence = AbsenceFactory(user=kam, starts_on=in_days(-2), ends_on=in_days(5))
    response = client_for(kam).post(f"{ABSENCES}{absence.pk}/ende/")
    assert response.headers["Location"] == ABSENCES
    absence.refresh_from_db()
    assert absence.ends_on == in_days(-1)


def test_absence_of_another_is_ended_by_an_administrator(
    client_for: ClientFor, kam: User, admin_user: User
) -> None:
    absence = AbsenceFactory(user=kam, starts_on=in_days(2), ends_on=in_days(5))
    response = client_for(admin_user).post(f"{ABSENCES}{absence.pk}/ende/")
    assert response.headers["Location"] == kam.get_absolute_url()
    assert not Absence.objects.exists()


def test_absence_is_not_ended_by_a_link(client_for: ClientFor, kam: User) -> None:
    absence = AbsenceFactory(user=kam)
    assert client_for(kam).get(f"{ABSENCES}{absence.pk}/ende/").status_code == 405


def test_tables_get_higher_rows_for_who_wants_them(client_for: ClientFor, kam: User) -> None:
    client = client_for(kam)
    assert "data-rows" not in client.get("/faelle/").content.decode()
    data = {"language": "de", "theme": "auto", "digest": "none", "roomy": "on", "version": 1}
    assert client.post(PROFILE, data).status_code == 302
    assert '<body data-shortcuts="off" data-rows="roomy"' in client.get("/faelle/").content.decode()
