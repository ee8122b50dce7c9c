"""Verbs on people: their effects, their refusals, and that a refusal changes nothing."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from accounts import services
from accounts.enums import Role, Theme
from accounts.models import Absence, User
from tests.accounts.owing import Ledger
from tests.factories import PASSWORD, AbsenceFactory, UserFactory
from winback.common.claims import RuleBroken, StaleVersion

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
NEW = {
    "first_name": "Jonas",
    "last_name": "Horn",
    "email": " Jonas.Horn@Provider.Example",
    "role": Role.KEY_ACCOUNT_MANAGER,
}


def days(first: int, last: int) -> dict[str, dt.date]:
    """From–until in December 2026."""
    return {"starts_on": dt.date(2026, 12, first), "ends_on": dt.date(2026, 12, last)}


def test_start_password_is_readable_and_never_the_same() -> None:
    made = {services.start_password() for _each in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", each) for each in made)


def test_create_user_gives_a_start_password_that_must_change(admin_user: User) -> None:
    user, password = services.create_user(actor=admin_user, changes=NEW)
    user.refresh_from_db()
    assert user.check_password(password)
    assert user.must_change_password
    assert user.email == "jonas.horn@provider.example"
    assert user.sort_key == "horn jonas"
    assert "jonas horn" in user.search_key


def test_create_user_with_a_taken_email_is_refused(kam: User) -> None:
    with pytest.raises(services.EmailTaken) as caught:
        services.create_user(actor=None, changes={**NEW, "email": kam.email.upper()})
    assert caught.value.field == "email"
    assert User.objects.count() == 1


def test_change_user_counts_the_version_and_refills_the_keys(kam: User, admin_user: User) -> None:
    services.change_user(user=kam, version=1, changes={"last_name": "Öztürk"}, actor=admin_user)
    kam.refresh_from_db()
    assert (kam.version, kam.last_name, kam.sort_key) == (2, "Öztürk", "ozturk aylin")


def test_change_user_with_an_old_version_changes_nothing(kam: User, admin_user: User) -> None:
    services.change_user(user=kam, version=1, changes={"last_name": "Neu"}, actor=admin_user)
    with pytest.raises(StaleVersion):
        services.change_user(user=kam, version=1, changes={"last_name": "Alt"}, actor=admin_user)
    kam.refresh_from_db()
    assert kam.last_name == "Neu"


def test_last_administrator_keeps_the_flag(admin_user: User) -> None:
    UserFactory(is_administrator=True, is_active=False)
    with pytest.raises(services.LastAdministrator) as caught:
        services.change_user(
            user=admin_user, version=1, changes={"is_administrator": False}, actor=admin_user
        )
    assert caught.value.field == "is_administrator"
    admin_user.refresh_from_db()
    assert admin_user.is_administrator


def test_one_of_two_administrators_may_lose_the_flag(admin_user: User) -> None:
    other = UserFactory(is_administrator=True)
    services.change_user(
        user=other, version=1, changes={"is_administrator": False}, actor=admin_user
    )
    assert list(User.objects.administrators()) == [admin_user]


def test_last_administrator_may_change_anything_else(admin_user: User) -> None:
    changes = {"last_name": "Kern-Adler", "is_administrator": True}
    services.change_user(user=admin_user, version=1, changes=changes, actor=admin_user)
    services.change_user(user=admin_user, version=2, changes={"language": "en"}, actor=admin_user)
    admin_user.refresh_from_db()
    assert (admin_user.last_name, admin_user.language) == ("Kern-Adler", "en")


def test_change_profile_saves_the_choices(kam: User) -> None:
    changes = {"theme": Theme.DARK, "muted_kinds": ["measure"], "shortcuts": False}
    services.change_profile(user=kam, version=1, changes=changes)
    kam.refresh_from_db()
    assert (kam.theme, kam.muted_kinds, kam.shortcuts) == ("dark", ["measure"], False)


def test_change_password_ends_the_duty_to_change() -> None:
    user = UserFactory(must_change_password=True)
    services.change_password(user=user, password="Neun-Kraniche-ziehen")
    user.refresh_from_db()
    assert user.check_password("Neun-Kraniche-ziehen")
    assert not user.must_change_password
    assert user.version == 2


def test_set_start_password_replaces_the_old_one(kam: User, admin_user: User) -> None:
    password = services.set_start_password(user=kam, version=1, actor=admin_user)
    kam.refresh_from_db()
    assert kam.check_password(password)
    assert not kam.check_password(PASSWORD)
    assert kam.must_change_password


def test_set_start_password_with_an_old_version_keeps_the_old_one(
    kam: User, admin_user: User
) -> None:
    with pytest.raises(StaleVersion):
        services.set_start_password(user=kam, version=7, actor=admin_user)
    kam.refresh_from_db()
    assert kam.check_password(PASSWORD)


def deactivate(user: User, actor: User, new_owner: User | None = None) -> int:
    return services.deactivate_user(
        user=user, version=user.version, actor=actor, today=TODAY, new_owner=new_owner
    )


def test_deactivate_hands_everything_to_the_new_owner(
    kam: User, kollegin: User, qm: User, admin_user: User, ledger: Ledger
) -> None:
    ledger.owe(19, kam)
    ledger.owe(30, kam)
    ledger.owe(25, qm)
    assert deactivate(kam, admin_user, kollegin) == 2
    kam.refresh_from_db()
    assert not kam.is_active
    assert ledger.owners == {19: kollegin.pk, 30: kollegin.pk, 25: qm.pk}
    assert ledger.actors == [admin_user.pk, admin_user.pk]


def test_deactivate_somebody_who_owes_nothing_needs_no_new_owner(
    kam: User, admin_user: User, no_kinds: None
) -> None:
    assert deactivate(kam, admin_user) == 0
    assert not User.objects.active().filter(pk=kam.pk).exists()


def test_deactivate_twice_changes_nothing(kam: User, admin_user: User, no_kinds: None) -> None:
    deactivate(kam, admin_user)
    assert deactivate(kam, admin_user) == 0
    kam.refresh_from_db()
    assert kam.version == 2


def test_deactivate_without_a_new_owner_is_refused_whole(
    kam: User, admin_user: User, ledger: Ledger
) -> None:
    ledger.owe(19, kam)
    with pytest.raises(services.CannotDeactivate) as caught:
        deactivate(kam, admin_user)
    assert caught.value.field == "new_owner"
    kam.refresh_from_db()
    assert (kam.is_active, kam.version) == (True, 1)


def test_deactivate_in_favour_of_an_inactive_person_is_refused(
    kam: User, admin_user: User, ledger: Ledger
) -> None:
    ledger.owe(19, kam)
    with pytest.raises(services.CannotDeactivate):
        deactivate(kam, admin_user, UserFactory(is_active=False))
    assert ledger.owners == {19: kam.pk}


def test_deactivate_is_undone_when_one_hand_over_breaks_a_rule(
    kam: User, kollegin: User, admin_user: User, ledger: Ledger
) -> None:
    ledger.owe(19, kam)
    ledger.refuse = 19
    with pytest.raises(RuleBroken):
        deactivate(kam, admin_user, kollegin)
    kam.refresh_from_db()
    assert (kam.is_active, kam.version) == (True, 1)


def test_deactivate_oneself_is_refused(admin_user: User) -> None:
    UserFactory(is_administrator=True)
    with pytest.raises(services.CannotDeactivate):
        deactivate(admin_user, admin_user)


def test_deactivate_the_last_administrator_is_refused(admin_user: User, kam: User) -> None:
    with pytest.raises(services.LastAdministrator):
        deactivate(admin_user, kam)
    admin_user.refresh_from_db()
    assert admin_user.is_active


def test_deactivate_one_of_two_administrators(admin_user: User, no_kinds: None) -> None:
    deactivate(UserFactory(is_administrator=True), admin_user)
    assert list(User.objects.administrators()) == [admin_user]


def test_deactivate_with_an_old_version_hands_nothing_over(
    kam: User, kollegin: User, admin_user: User, ledger: Ledger
) -> None:
    ledger.owe(19, kam)
    with pytest.raises(StaleVersion):
        services.deactivate_user(
            user=kam, version=9, actor=admin_user, today=TODAY, new_owner=kollegin
        )
    assert ledger.owners == {19: kam.pk}


def test_deactivate_hands_over_running_and_coming_deputyships(
    kam: User, kollegin: User, admin_user: User, no_kinds: None
) -> None:
    coming = AbsenceFactory(deputy=kam, **days(1, 4))
    over = AbsenceFactory(deputy=kam)
    deactivate(kam, admin_user, kollegin)
    coming.refresh_from_db()
    over.refresh_from_db()
    assert coming.deputy == kollegin
    assert over.deputy == kam


@pytest.mark.parametrize("who", ["nobody", "the absent person", "somebody away too"])
def test_deactivate_leaves_no_absence_without_a_deputy(
    kam: User, kollegin: User, admin_user: User, no_kinds: None, who: str
) -> None:
    coming = AbsenceFactory(deputy=kam, **days(1, 4))
    AbsenceFactory(user=kollegin, **days(4, 9))
    new_owner = {"nobody": None, "the absent person": coming.user, "somebody away too": kollegin}
    with pytest.raises(RuleBroken) as caught:
        deactivate(kam, admin_user, new_owner[who])
    assert caught.value.field == "new_owner"
    kam.refresh_from_db()
    assert kam.is_active


def test_reactivate_lets_the_old_password_work(admin_user: User) -> None:
    user = UserFactory(is_active=False)
    services.reactivate_user(user=user, version=1, actor=admin_user)
    user.refresh_from_db()
    assert user.is_active
    assert user.check_password(PASSWORD)


def add(user: User, deputy: User, **span: Any) -> Absence:
    return services.add_absence(user=user, deputy=deputy, today=TODAY, **span)


def test_add_absence_stores_days_and_deputy(kam: User, kollegin: User) -> None:
    absence = add(kam, kollegin, **days(1, 4))
    absence.refresh_from_db()
    assert (absence.user, absence.deputy) == (kam, kollegin)
    assert (absence.starts_on.day, absence.ends_on.day) == (1, 4)


def test_add_absence_directly_after_another_is_fine(kam: User, kollegin: User) -> None:
    add(kam, kollegin, **days(1, 4))
    add(kam, kollegin, **days(5, 6))
    assert kam.absences.count() == 2


@pytest.mark.parametrize("span", [(4, 9), (1, 1), (2, 3), (1, 31)])
def test_add_absence_that_overlaps_is_refused(
    kam: User, kollegin: User, span: tuple[int, int]
) -> None:
    add(kam, kollegin, **days(1, 4))
    with pytest.raises(services.AbsenceRefused, match="2026") as caught:
        add(kam, kollegin, **days(*span))
    assert caught.value.field == "starts_on"
    assert kam.absences.count() == 1


def test_add_absence_that_runs_since_last_week_is_fine(kam: User, kollegin: User) -> None:
    add(kam, kollegin, starts_on=TODAY - dt.timedelta(days=7), ends_on=TODAY)
    assert kam.absences.count() == 1


def test_add_absence_that_is_over_is_refused(kam: User, kollegin: User) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    with pytest.raises(services.AbsenceRefused) as caught:
        add(kam, kollegin, starts_on=yesterday, ends_on=yesterday)
    assert caught.value.field == "ends_on"


def test_add_absence_with_oneself_as_deputy_is_refused(kam: User) -> None:
    with pytest.raises(services.AbsenceRefused) as caught:
        add(kam, kam, **days(1, 4))
    assert caught.value.field == "deputy"


def test_add_absence_with_a_deputy_who_is_away_is_refused(kam: User, kollegin: User) -> None:
    add(kollegin, UserFactory(), **days(4, 9))
    with pytest.raises(services.AbsenceRefused) as caught:
        add(kam, kollegin, **days(1, 4))
    assert caught.value.field == "deputy"


def test_end_absence_makes_yesterday_the_last_day(kam: User) -> None:
    absence = AbsenceFactory(user=kam, starts_on=TODAY - dt.timedelta(days=3), ends_on=TODAY)
    services.end_absence(absence=absence, today=TODAY)
    absence.refresh_from_db()
    assert absence.ends_on == TODAY - dt.timedelta(days=1)


@pytest.mark.parametrize("starts_in", [0, 5])
def test_end_absence_that_has_not_had_a_day_deletes_it(kam: User, starts_in: int) -> None:
    start = TODAY + dt.timedelta(days=starts_in)
    absence = AbsenceFactory(user=kam, starts_on=start, ends_on=start + dt.timedelta(days=9))
    services.end_absence(absence=absence, today=TODAY)
    assert not Absence.objects.exists()


def test_end_absence_that_is_over_keeps_it(kam: User) -> None:
    absence = AbsenceFactory(user=kam)
    services.end_absence(absence=absence, today=TODAY)
    absence.refresh_from_db()
    assert absence.ends_on == dt.date(2026, 8, 14)
