"""Verbs of a case: what they change, what they refuse, what they leave in the history."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case, give_go
from tests.clients.factories import ClientFactory, SiteFactory
from winback.cases import services
from winback.cases.enums import Function, Health, Status
from winback.cases.models import Case, CaseMember, HealthOverride, Outcome
from winback.cases.rules import may_become
from winback.common import health, obligations
from winback.common.claims import RuleBroken, StaleVersion
from winback.common.health import Signal

TODAY = dt.date(2026, 11, 23)


def verbs(case: Case) -> list[str]:
    return list(case.events.order_by("pk").values_list("verb", flat=True))


def facts(owner: User, **changes: Any) -> dict[str, Any]:
    return {
        "client": ClientFactory(),
        "trigger": "threat",
        "loss_kind": "endangered",
        "value_at_stake": Decimal("1"),
        "owner": owner,
        **changes,
    }


def test_next_number_counts_per_scope(db: None) -> None:
    assert [services.next_number("X"), services.next_number("X")] == [1, 2]
    assert services.next_number("Y") == 1


def test_open_case_numbers_enrols_and_records(kam: User, kollegin: User) -> None:
    client = ClientFactory()
    site = SiteFactory(client=client)
    changes = facts(kam, client=client, deputy=kollegin, sites=[site])
    case = services.open_case(actor=kam, today=TODAY, changes=changes, reason="Altbestand")
    assert case.number == "RG-2026-0001"
    assert list(case.sites.all()) == [site]
    functions = {m.user: m.function for m in case.members.all()}
    assert functions == {kam: Function.KEY_ACCOUNT_MANAGER, kollegin: Function.CONTRIBUTOR}
    assert verbs(case) == ["case.opened"]
    assert case.events.get().data == {"reason": "Altbestand"}
    assert case.history.get().history_user == kam


def test_open_case_lets_its_author_see_it(kam: User, leitung: User, kollegin: User) -> None:
    case = services.open_case(actor=kollegin, today=TODAY, changes=facts(kam))
    assert Case.objects.visible_to(kollegin).get() == case


def test_change_case_writes_version_event_and_team(kam: User, kollegin: User) -> None:
    case = CaseFactory(owner=kam)
    services.change_case(
        case=case,
        version=1,
        actor=kam,
        today=TODAY,
        changes={"owner": kollegin, "new_provider": "Blankwerk"},
    )
    case.refresh_from_db()
    assert (case.version, case.owner, case.new_provider) == (2, kollegin, "Blankwerk")
    assert case.events.get().data["fields"] == ["owner", "new_provider"]
    assert case.members.filter(user=kollegin, left_on=None).exists()


def test_change_case_from_an_old_version_changes_nothing(kam: User, kollegin: User) -> None:
    case = CaseFactory(owner=kam)
    other = Case.objects.get(pk=case.pk)
    services.set_next_step(case=other, version=1, actor=kollegin, step="Anruf", on=TODAY)
    with pytest.raises(StaleVersion) as stale:
        services.change_case(
            case=case, version=1, actor=kam, today=TODAY, changes={"new_provider": "X"}
        )
    assert isinstance(stale.value.current, Case)
    assert stale.value.current.next_step == "Anruf"
    case.refresh_from_db()
    assert case.new_provider == ""


def test_form_from_an_older_version_than_the_row_is_stale(kam: User) -> None:
    case = CaseFactory(owner=kam, version=5)
    with pytest.raises(StaleVersion):
        services.set_next_step(case=case, version=4, actor=kam, step="Anruf", on=TODAY)


def test_situation_names_its_author(kam: User) -> None:
    case = CaseFactory(owner=kam)
    services.write_situation(case=case, version=1, actor=kam, text="Reinigung stabil.")
    case.refresh_from_db()
    assert (case.situation, case.situation_by) == ("Reinigung stabil.", kam)
    assert verbs(case) == ["case.situation_written"]


def test_decide_keeps_every_decision_and_the_latest_counts(kam: User, leitung: User) -> None:
    case = CaseFactory(owner=kam)
    for decision, day in (("go", 1), ("no_go", 2)):
        services.decide(
            case=case,
            actor=kam,
            decision=decision,
            decided_by=leitung,
            decided_on=dt.date(2026, 11, day),
            reasons="Grund",
        )
    assert case.qualifications.count() == 2
    assert services.has_go(case) is False


def test_activate_needs_a_go(kam: User) -> None:
    case = CaseFactory(owner=kam)
    with pytest.raises(services.NotReady):
        services.activate(case=case, actor=kam)
    give_go(case)
    assert services.activate(case=case, actor=kam).status == Status.ACTIVE


def test_activate_twice_is_once(kam: User) -> None:
    case = active_case(owner=kam)
    assert services.activate(case=case, actor=kam).version == 1


def test_activate_an_ended_case_is_refused(kam: User) -> None:
    case = CaseFactory(owner=kam, status=Status.LOST, closed_on=TODAY)
    give_go(case)
    # reopening is another verb: it asks for a reason
    case.status = Status.LOST
    assert may_become(case.status, Status.ACTIVE)
    won = CaseFactory(owner=kam, status=Status.OPEN)
    with pytest.raises(services.IllegalTransition):
        services.close_case(case=won, version=1, actor=kam, changes=outcome("won"), drop_open=False)


def test_rest_needs_and_keeps_its_wake_up_date(kam: User) -> None:
    case = active_case(owner=kam)
    until = dt.date(2027, 2, 1)
    services.rest(case=case, version=1, actor=kam, until=until, reason="Kunde pausiert")
    case.refresh_from_db()
    assert (case.status, case.resting_until) == (Status.RESTING, until)
    services.activate(case=case, actor=kam)
    case.refresh_from_db()
    assert case.resting_until is None


def outcome(result: str, **changes: Any) -> dict[str, Any]:
    return {
        "result": result,
        "ended_on": TODAY,
        "reasons": "Grund",
        "lessons": "Lehre",
        "annual_value_after": Decimal("5") if result == "won" else None,
        **changes,
    }


def test_close_case_keeps_outcome_and_clears_the_next_step(kam: User) -> None:
    case = active_case(owner=kam, next_step="Anruf", next_step_on=TODAY)
    services.close_case(case=case, version=1, actor=kam, changes=outcome("won"), drop_open=False)
    case.refresh_from_db()
    assert (case.status, case.closed_on, case.next_step) == (Status.WON, TODAY, "")
    assert case.outcomes.get().recorded_by == kam
    assert verbs(case) == ["case.closed"]


@pytest.fixture
def owed(kam: User) -> Any:
    """A kind with one open obligation per case, which can be dropped when ``droppable``."""
    done: set[int] = set()

    def find(query: obligations.Query) -> list[obligations.Item]:
        if query.case_id is None or query.case_id in done:
            return []
        if query.owner_ids is not None and kam.pk not in query.owner_ids:
            return []
        return [
            obligations.Item(
                "test", query.case_id, "Etwas", kam.pk, None, TODAY, query.case_id, "", "/"
            )
        ]

    def make(*, droppable: bool) -> None:
        drop = (lambda pk, actor, reason: done.add(pk)) if droppable else None
        obligations.register(
            obligations.Kind("test", "Test", find, lambda pk, owner, actor: None, drop)
        )

    yield make
    obligations._kinds.pop("test", None)


def test_close_case_is_blocked_by_what_is_owed(kam: User, owed: Any) -> None:
    owed(droppable=False)
    case = active_case(owner=kam)
    for drop_open in (False, True):
        with pytest.raises(services.NotReady):
            services.close_case(
                case=case, version=1, actor=kam, changes=outcome("lost"), drop_open=drop_open
            )
    case.refresh_from_db()
    assert (case.status, Outcome.objects.count()) == (Status.ACTIVE, 0)


def test_close_case_drops_what_can_be_dropped(kam: User, owed: Any) -> None:
    owed(droppable=True)
    case = active_case(owner=kam)
    with pytest.raises(services.NotReady):
        services.close_case(
            case=case, version=1, actor=kam, changes=outcome("lost"), drop_open=False
        )
    case.refresh_from_db()
    services.close_case(case=case, version=1, actor=kam, changes=outcome("lost"), drop_open=True)
    assert case.status == Status.LOST


def test_an_ended_case_takes_no_changes(kam: User) -> None:
    case = CaseFactory(owner=kam, status=Status.LOST, closed_on=TODAY)
    with pytest.raises(services.IllegalTransition):
        services.set_next_step(case=case, version=1, actor=kam, step="x", on=TODAY)


def test_reopen_keeps_the_outcome(kam: User) -> None:
    case = active_case(owner=kam)
    services.close_case(case=case, version=1, actor=kam, changes=outcome("lost"), drop_open=False)
    services.reopen(case=case, version=2, actor=kam, reason="Neue Ausschreibung")
    case.refresh_from_db()
    assert (case.status, case.closed_on) == (Status.ACTIVE, None)
    assert case.outcomes.count() == 1


def test_reopen_a_live_case_is_refused(kam: User) -> None:
    with pytest.raises(services.IllegalTransition):
        services.reopen(case=active_case(owner=kam), version=1, actor=kam, reason="x")


def test_hand_over_makes_the_new_owner_a_member(kam: User, kollegin: User, leitung: User) -> None:
    case = CaseFactory(owner=kam)
    services.hand_over(case.pk, kollegin, leitung)
    case.refresh_from_db()
    assert (case.owner, case.version) == (kollegin, 2)
    assert kollegin in {member.user for member in case.members.all()}


def test_add_member_twice_records_once(kam: User, operativ: User) -> None:
    case = CaseFactory(owner=kam)
    for _time in range(2):
        services.add_member(
            case=case, actor=kam, user=operativ, function=Function.OPERATIONS_LEAD, today=TODAY
        )
    assert case.members.filter(user=operativ).count() == 1
    assert verbs(case) == ["case.member_added"]


def test_let_see_leaves_members_as_they_are(kam: User) -> None:
    case = CaseFactory(owner=kam)
    services.let_see(case, kam, TODAY)
    assert case.members.count() == 1


def test_end_membership_keeps_owner_and_debtors(kam: User, kollegin: User, owed: Any) -> None:
    case = CaseFactory(owner=kollegin, team=[kam])
    owned, other = case.members.get(user=kollegin), case.members.get(user=kam)
    with pytest.raises(RuleBroken):
        services.end_membership(member=owned, actor=kam, today=TODAY)
    owed(droppable=False)
    with pytest.raises(services.NotReady):
        services.end_membership(member=other, actor=kollegin, today=TODAY)


def test_end_membership_hides_the_case_once(kam: User, kollegin: User) -> None:
    case = CaseFactory(owner=kam, team=[kollegin])
    member = CaseMember.objects.get(case=case, user=kollegin)
    services.end_membership(member=member, actor=kam, today=TODAY)
    services.end_membership(member=member, actor=kam, today=TODAY)
    assert not Case.objects.visible_to(kollegin).exists()
    assert verbs(case) == ["case.member_left"]


@pytest.fixture
def signal() -> Any:
    """Let the facts of every case say one thing."""
    said: list[Signal] = []

    def source(case_id: int, today: dt.date) -> list[Signal]:
        return said

    health.register(source)
    yield said.append
    health._sources.remove(source)


def test_refresh_health_stores_level_and_reasons(kam: User, signal: Any) -> None:
    case = active_case(owner=kam)
    signal(Signal(Health.AT_RISK, "Eine Kennzahl ist überfällig."))
    now = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    services.refresh_health(case.pk, today=TODAY, now=now)
    case.refresh_from_db()
    assert (case.health, case.health_at) == (Health.AT_RISK, now)
    assert case.health_reasons == ["Eine Kennzahl ist überfällig."]


def test_override_health_counts_until_its_day(kam: User) -> None:
    case = active_case(owner=kam)
    services.override_health(
        case=case,
        actor=kam,
        level=Health.CRITICAL,
        reason="Geschäftsführerwechsel",
        until=TODAY,
        today=TODAY,
    )
    case.refresh_from_db()
    assert (case.health, case.health_reasons) == (Health.CRITICAL, ["Geschäftsführerwechsel"])
    services.refresh_health(
        case.pk, today=TODAY + dt.timedelta(days=1), now=dt.datetime.now(tz=dt.UTC)
    )
    case.refresh_from_db()
    assert case.health == Health.ON_TRACK
    assert HealthOverride.objects.count() == 1
