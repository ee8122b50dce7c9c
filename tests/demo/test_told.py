"""What the stories tell stands in the models afterwards: per case, on the day, in the words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.conf import settings

from accounts.models import User
from audits.enums import AuditStatus, FindingStatus, Result
from audits.models import Audit, Finding
from tests.demo.texts import PEOPLE, STORIES, Text, parts
from tests.plugins import MONDAY
from winback.cases.models import Case
from winback.causes.models import Cause
from winback.clients.models import Contact
from winback.common.obligations import Query, find
from winback.demo import rules
from winback.demo.services.plans import LEFT_OPEN, OWNERS
from winback.dialogue.models import Commitment
from winback.kpis.models import CaseKpi
from winback.plans.enums import MEASURE_ENDED, MeasureStatus
from winback.plans.models import Measure, PlanPhase

pytestmark = pytest.mark.usefixtures("demo", "db")
TODAY = MONDAY.date()

TALHAUS = "Talhaus Versicherung a. G."
Row = tuple[str, str, str, str, str, str, int, str | None]
#: number, client, status, phase, health, owner, level of escalation, date of the next step
CASES: list[Row] = [
    ("RG-2025-0001", "Technologiepark Sonnfeld", "won", "5", "on_track", "Horn", 0, None),
    ("RG-2025-0002", "Papierfabrik Eschental", "won", "5", "on_track", "Kaya", 0, None),
    ("RG-2026-0001", "Hochschule Lindenrode", "active", "5", "on_track", "Kaya", 0, "2026-12-09"),
    ("RG-2026-0002", "Verwaltungszentrum Kastellring", "parted", "", "on_track", "Horn", 0, None),
    ("RG-2026-0003", "Feinwerk Ostermark GmbH", "active", "4", "at_risk", "Kaya", 0, "2026-12-02"),
    ("RG-2026-0004", "Möbelhaus Kranzeder", "lost", "3", "on_track", "Kaya", 0, None),
    ("RG-2026-0005", "Bankhaus Ehrenfels", "active", "4", "on_track", "Horn", 0, "2026-12-07"),
    ("RG-2026-0006", "Seniorenstift Birkengrund", "resting", "", "on_track", "Kaya", 0, None),
    ("RG-2026-0007", "Betriebshof Wiesenau", "lost", "3", "on_track", "Horn", 0, None),
    ("RG-2026-0008", "Logistikpark Werrabrück", "active", "3", "at_risk", "Horn", 0, "2026-11-30"),
    ("RG-2026-0009", "Norhagen Bau AG", "active", "3", "critical", "Kaya", 2, "2026-11-24"),
    ("RG-2026-0010", TALHAUS, "active", "2", "on_track", "Horn", 0, "2026-12-01"),
    ("RG-2026-0011", "Klinikum Auental", "active", "2", "critical", "Kaya", 0, "2026-11-26"),
    ("RG-2026-0012", "Stadt Hagenstedt, Los 3", "active", "1", "critical", "Horn", 3, "2026-11-20"),
    ("RG-2026-0013", "Stadtwerke Ellerquell", "open", "", "on_track", "Horn", 0, "2026-11-25"),
    ("RG-2026-0014", "Messe Dornfelden GmbH", "open", "", "on_track", "Kaya", 0, "2026-11-24"),
]  # fmt: skip

each_story = pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
with_plan = pytest.mark.parametrize(
    "story",
    [story for story in STORIES.values() if "plan" in story],
    ids=[name for name, story in STORIES.items() if "plan" in story],
)


def on(offset: int) -> dt.date:
    """The working day the story means."""
    return rules.working_day(TODAY, offset, settings.PROVIDER_BUNDESLAND)


def exactly(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def last_name(key: str) -> str:
    name: str = PEOPLE["people"][key]["last_name"]
    return name


def case_of(story: Text) -> Case:
    return Case.objects.with_header().get(client__name=story["client"]["name"])


def final_day(story: Text) -> dt.date:
    """The day after which nothing happens any more."""
    pause = story.get("end") or story.get("rest")
    return on(pause["day"]) if pause else TODAY


@pytest.mark.parametrize("row", CASES, ids=[row[0] for row in CASES])
def test_case_stands_where_the_list_says(row: Row) -> None:
    number, client, status, phase, health, owner, level, step_on = row
    case = Case.objects.with_header().get(number=number)
    assert case.client.name == client
    assert (case.status, case.phase, case.health) == (status, phase, health)
    assert (case.owner.last_name, case.escalation_level) == (owner, level)
    assert (case.next_step_on.isoformat() if case.next_step_on else None) == step_on


def test_the_list_names_every_case() -> None:
    assert [row[0] for row in CASES] == sorted(Case.objects.values_list("number", flat=True))
    assert len(CASES) == len(STORIES)


@each_story
def test_case_is_opened_as_told(story: Text) -> None:
    case, told = case_of(story), story["case"]
    assert case.opened_on == on(told["opened"])
    assert case.first_sign_on == on(told["first_sign_on"])
    assert case.lost_on == (on(told["lost_on"]) if "lost_on" in told else None)
    assert (case.trigger, case.loss_kind) == (told["trigger"], told["loss_kind"])
    assert case.value_at_stake == Decimal(told["value_at_stake"])
    assert case.new_provider == told.get("new_provider", "")
    assert case.is_confidential == told.get("is_confidential", False)
    assert case.deputy is not None
    assert case.deputy.last_name == last_name(told["deputy"])


@each_story
def test_the_former_key_account_manager_stays_in_the_team(story: Text) -> None:
    case = case_of(story)
    owners = [story["case"]["owner"], *(swap["to"] for swap in parts(story, "handovers"))]
    assert case.owner.last_name == last_name(owners[-1])
    members = set(case.members.filter(left_on=None).values_list("user__last_name", flat=True))
    assert {last_name(key) for key in owners} <= members
    assert case.handovers.count() == len(owners) - 1


@each_story
def test_team_joined_on_the_day_with_its_function(story: Text) -> None:
    members = case_of(story).members.select_related("user")
    for told in parts(story, "team"):
        member = members.get(user__last_name=last_name(told["who"]), function=told["as"])
        assert member.joined_on == on(told["day"])
        assert member.specialty == told.get("specialty", "")


@each_story
def test_client_has_the_sites_and_contacts_of_the_story(story: Text) -> None:
    client = case_of(story).client
    assert client.number == story["client"]["number"]
    assert client.since == exactly(story["client"]["since"])
    sites = {site.name: (site.city, site.bundesland, site.area) for site in client.sites.all()}
    assert sites == {
        site["name"]: (site["city"], site["bundesland"], Decimal(site["area"]))
        for site in story["sites"]
    }
    contacts = list(Contact.objects.filter(client=client))
    assert {contact.last_name for contact in contacts} == {
        told["last_name"] for told in story["contacts"].values()
    }
    assert all(contact.email.endswith("@" + story["client"]["domain"]) for contact in contacts)


@each_story
def test_contract_counts_in_calendar_days(story: Text) -> None:
    contract, told = case_of(story).contract, story["contract"]
    assert contract is not None
    assert (contract.number, contract.title) == (told["number"], told["title"])
    assert contract.starts_on == exactly(told["starts_on"])
    assert contract.ends_on == (exactly(told["ends_on"]) if "ends_on" in told else None)
    assert contract.annual_value == Decimal(told["annual_value"])
    assert contract.sites.count() == len(story["sites"])
    if "notice_on" in told:
        assert contract.notice_on == exactly(told["notice_on"])


@each_story
def test_decisions_carry_who_when_and_why(story: Text) -> None:
    rows = list(case_of(story).qualifications.select_related("decided_by").order_by("pk"))
    assert [
        (row.decision, row.decided_on, row.decided_by.last_name, row.reasons, row.has_priority)
        for row in rows
    ] == [
        (
            told["decision"],
            on(told["day"]),
            last_name(told["by"]),
            told["reasons"],
            told.get("has_priority", False),
        )
        for told in parts(story, "decisions")
    ]


@each_story
def test_the_last_words_and_the_last_step_stand(story: Text) -> None:
    case = case_of(story)
    situations = parts(story, "situations")
    assert case.situation == (situations[-1]["text"] if situations else "")
    steps = parts(story, "steps")
    if case.is_live and steps:
        assert (case.next_step, case.next_step_on) == (steps[-1]["what"], on(steps[-1]["due"]))
    else:
        assert case.next_step_on is None


@each_story
def test_rest_and_end_are_told_with_their_dates(story: Text) -> None:
    case = case_of(story)
    rest, end = story.get("rest"), story.get("end")
    assert case.resting_until == (on(rest["until"]) if rest else None)
    assert case.closed_on == (on(end["day"]) if end else None)
    if end:
        outcome = case.outcomes.get()
        assert (outcome.result, outcome.ended_on) == (end["result"], on(end["day"]))
        assert (outcome.reasons, outcome.lessons) == (end["reasons"], end["lessons"])
        assert outcome.annual_value_before == case.value_at_stake
        assert (outcome.lots_before, outcome.lots_after) == (
            end.get("lots_before"),
            end.get("lots_after"),
        )


@each_story
def test_nothing_is_recorded_after_the_last_day_of_a_case(story: Text) -> None:
    """Lessons, successes and words about promises may follow; the work itself may not."""
    case, last = case_of(story), final_day(story)
    first = case.events.order_by("at").first()
    assert first is not None
    assert first.at.date() == case.opened_on
    work = case.events.filter(verb__startswith="measure.").order_by("-at").first()
    assert work is None or work.at.date() <= last


@each_story
def test_health_set_by_hand_names_its_end(story: Text) -> None:
    overrides = case_of(story).health_overrides.all()
    told = story.get("health")
    assert [(row.level, row.reason, row.until) for row in overrides] == (
        [(told["level"], told["reason"], on(told["until"]))] if told else []
    )


@each_story
def test_causes_are_named_in_order_and_confirmed_by_evidence(story: Text) -> None:
    told = {cause["category"]: cause for cause in parts(story, "causes")}
    rows = Cause.objects.filter(case=case_of(story)).select_related("category")
    assert {row.category.key for row in rows} == set(told)
    for row in rows:
        cause = told[row.category.key]
        assert (row.statement, row.share) == (cause["statement"], cause["share"])
        assert row.is_changeable == cause.get("changeable", True)
        assert row.is_primary == (row.category.key == next(iter(told)))
        assert (row.status == "confirmed") == ("confirmed" in cause)
        assert row.evidence.count() == len(cause.get("evidence", ()))
        assert [[why.answer, why.proof] for why in row.chain] == cause.get("whys", [])
        said = cause.get("client", {})
        assert row.client_words == said.get("words", "")
        assert row.client_confirmed_on == (on(said["day"]) if said else None)


def audit_status(told: Text) -> AuditStatus:
    if "held" not in told:
        return AuditStatus.PLANNED
    return AuditStatus.FINISHED if "conclusion" in told else AuditStatus.IN_PROGRESS


@each_story
def test_audits_stand_where_the_story_left_them(story: Text) -> None:
    audits = Audit.objects.filter(case=case_of(story)).select_related("owner", "site")
    found = {audit.objective: audit for audit in audits}
    told = {audit["objective"]: audit for audit in parts(story, "audits")}
    assert set(found) == set(told)
    for objective, audit in found.items():
        text = told[objective]
        ended = story.get("end") is not None and audit_status(text) != AuditStatus.FINISHED
        assert audit.status == (AuditStatus.CANCELLED if ended else audit_status(text))
        assert (audit.owner.last_name, audit.due_on) == (last_name(text["lead"]), on(text["due"]))
        assert audit.site.name == story["sites"][text.get("site", 0)]["name"]
        assert audit.team.count() == len(text.get("team", ()))
        assert (audit.score is not None) == (audit.status == AuditStatus.FINISHED)
        if "held" in text:
            assert audit.started_on == on(text["held"])


@each_story
def test_answers_of_audits_are_those_told_and_met_otherwise(story: Text) -> None:
    for text in parts(story, "audits"):
        audit = Audit.objects.get(case=case_of(story), objective=text["objective"])
        results = {
            answer.question.code: (answer.result, answer.note)
            for answer in audit.answers.select_related("question")
        }
        told = text.get("answers", {})
        assert set(told) <= set(results)
        for code, result in results.items():
            assert result == (
                told.get(code, {}).get("result", Result.MET),
                told.get(code, {}).get("note", ""),
            )


@each_story
def test_findings_are_open_in_progress_or_done_as_told(story: Text) -> None:
    ended = "end" in story
    for text in parts(story, "audits"):
        rows = Finding.objects.filter(
            audit__case=case_of(story), audit__objective=text["objective"]
        )
        merged = rows.exclude(part_of=None)
        together = text.get("aggregate", {}).get("questions", [])
        assert sorted(merged.values_list("question__code", flat=True)) == sorted(together)
        single = rows.exclude(pk__in=merged.values("part_of"))
        assert single.count() == len(text.get("findings", ()))
        for told in text.get("findings", ()):
            row = rows.select_related("owner").get(question__code=told["question"])
            assert (row.grade, row.statement) == (told["grade"], told["statement"])
            assert row.owner.last_name == last_name(told["owner"])
            judged = told.get("check", {}).get("result")
            if judged == "not_effective":
                assert (row.status, row.done_on) == (FindingStatus.OPEN, None)
                assert row.checks.get().evidence == told["check"]["evidence"]
            elif "done" in told:
                assert (row.status == FindingStatus.EFFECTIVE) == (judged == "effective")
                assert row.status in {FindingStatus.DONE, FindingStatus.EFFECTIVE}
                assert row.done_on == on(told["done"])
            elif "started" in told and not ended:
                assert row.status == FindingStatus.IN_PROGRESS


@each_story
def test_kpis_have_last_value_baseline_and_target_of_the_story(story: Text) -> None:
    kpis = CaseKpi.objects.filter(case=case_of(story)).with_course()
    found = {kpi.definition.key: kpi for kpi in kpis}
    told = {pick["key"]: pick for each in parts(story, "kpis") for pick in each["picks"]}
    assert set(found) == set(told)
    for key, pick in told.items():
        kpi = found[key]
        owner = pick.get("owner", story["kpis"]["owner"])
        assert (kpi.owner.last_name, kpi.decision) == (last_name(owner), pick["decision"])
        assert kpi.value == round(Decimal(str(pick["now"])), kpi.definition.decimals)
        assert kpi.baselines.count() == ("baseline" in pick)
        if "baseline" in pick:
            assert kpi.baselines.get().value == Decimal(str(pick["baseline"]))
            assert kpi.target.value == Decimal(str(pick["target"]))
            assert kpi.target.due_on == exactly(pick["target_in"])


@each_story
def test_a_gap_in_the_series_is_no_zero(story: Text) -> None:
    for each in parts(story, "kpis"):
        for pick in each["picks"]:
            kpi = CaseKpi.objects.get(case=case_of(story), definition__key=pick["key"])
            gaps = kpi.measurements.filter(value=None)
            assert [(gap.sample_size, gap.note) for gap in gaps] == [
                (None, "Ticketsystem umgestellt, keine verwertbaren Daten.")
            ] * ("gap" in pick)


def promise_state(told: Text) -> dict[str, dt.date | None]:
    return {
        "done_on": on(told["kept"]) if "kept" in told else None,
        "broken_on": on(told["broken"]) if "broken" in told else None,
        "released_on": on(told["released"]) if "released" in told else None,
    }


@each_story
def test_promises_are_kept_broken_released_or_open_as_told(story: Text) -> None:
    rows = Commitment.objects.filter(case=case_of(story)).select_related("owner", "contact")
    promises = parts(story, "commitments")
    assert rows.count() == len(promises)
    for told in promises:
        row = rows.get(what=told["what"])
        state = {name: getattr(row, name) for name in promise_state(told)}
        if "end" in story and row.is_open is False and not any(promise_state(told).values()):
            continue  # ended together with its case
        assert state == promise_state(told), told["what"]
        assert (row.promised_on, row.original_due_on) == (on(told["promised"]), on(told["due"]))
        assert row.owner.last_name == last_name(told["owner"])
        assert row.contact is not None
        assert row.contact.last_name == story["contacts"][told["to"]]["last_name"]
        assert row.broken_reason == told.get("reason", "")
        assert row.proof == told.get("proof", "")
        assert row.told_how == told.get("told", "")
        assert row.unconfirmed_reason == told.get("unconfirmed", "")


@with_plan
def test_plan_starts_on_the_day_with_the_owners_of_its_functions(story: Text) -> None:
    case, told = case_of(story), story["plan"]
    assert case.plan.started_on == on(told["day"])
    assert case.plan.bundesland == story["sites"][0]["bundesland"]
    own = Counter(own["phase"] for own in told.get("own", ()))
    assert case.plan.measures.count() == 38 + own.total()
    people = {**OWNERS, **told.get("owners", {})}
    audit = case.plan.measures.select_related("owner").get(template_key="internal_audit")
    assert audit.owner.last_name == last_name(people["quality_manager"])
    contract = case.plan.measures.select_related("owner").get(template_key="contract_check")
    assert contract.owner.last_name == last_name(people["legal"])


@with_plan
def test_phases_are_passed_as_told_and_what_is_left_open_has_a_reason(story: Text) -> None:
    case = case_of(story)
    passed = story["plan"].get("passed", [])
    rows = PlanPhase.objects.filter(plan=case.plan, passed_on__isnull=False).order_by("number")
    assert [(row.number, row.passed_on) for row in rows] == [
        (told["number"], on(told["day"])) for told in passed
    ]
    events = [row.data for row in case.events.filter(verb="plan.phase_passed").order_by("pk")]
    assert [event["note"] for event in events] == [told["note"] for told in passed]
    for row, event in zip(rows, events, strict=True):
        assert event["reason"] in {"", LEFT_OPEN}
        assert row.passed_note == (event["reason"] or event["note"])
    assert case.phase == (passed[-1]["number"] if len(passed) == 5 else str(len(passed) + 1))


@with_plan
def test_moved_stuck_and_dropped_measures_say_why(story: Text) -> None:
    measures = Measure.objects.filter(plan=case_of(story).plan)
    for told in story["plan"].get("moved", ()):
        row = measures.get(template_key=told["key"])
        move = row.moves.get()
        assert (move.moved_to, move.reason) == (on(told["to"]), told["reason"])
        assert row.due_on == on(told["to"]) != row.original_due_on
    for told in story["plan"].get("stuck", ()):
        row = measures.get(template_key=told["key"])
        assert (row.status, row.status_note) == (told["status"], told.get("note", ""))
    for told in story["plan"].get("dropped", ()):
        assert measures.get(template_key=told["key"]).status == MeasureStatus.DROPPED


@with_plan
def test_late_and_overdue_measures_are_late_and_overdue(story: Text) -> None:
    plan = story["plan"]
    measures = Measure.objects.filter(plan=case_of(story).plan)
    for key, days in plan.get("late", {}).items():
        row = measures.get(template_key=key)
        assert row.done_on is not None, key
        assert row.done_on == rules.working_day(row.due_on, days, settings.PROVIDER_BUNDESLAND)
    for key in plan.get("overdue", ()):
        row = measures.get(template_key=key)
        assert row.is_open, key
        assert (row.done_on, row.is_overdue(TODAY)) == (None, row.due_on < TODAY)


@with_plan
def test_own_measures_answer_what_the_story_names(story: Text) -> None:
    measures = Measure.objects.filter(plan=case_of(story).plan, template_key="")
    for told in story["plan"].get("own", ()):
        row = measures.select_related("owner", "phase").get(title=told["title"])
        assert (row.phase.number, row.owner.last_name) == (told["phase"], last_name(told["owner"]))
        assert (row.due_on, row.result) == (on(told["due"]), told.get("result", ""))
        assert row.done_on == (on(told["done"]) if "done" in told else None)
        links = {
            "cause": row.cause_id,
            "finding": row.finding_id,
            "amendment": row.amendment_id,
            "commitment": row.commitment_id,
        }
        assert {name for name, pk in links.items() if pk} == links.keys() & told.keys()


@with_plan
def test_an_ended_case_leaves_no_open_measure_and_a_running_one_has_some(story: Text) -> None:
    measures = Measure.objects.filter(plan=case_of(story).plan)
    open_ones = measures.exclude(status__in=MEASURE_ENDED)
    assert open_ones.exists() == ("end" not in story)
    done = measures.filter(status=MeasureStatus.DONE)
    assert done.exists()
    assert not done.filter(done_on__gt=final_day(story)).exists()


@each_story
def test_what_a_live_case_owes_has_an_owner_who_is_there(story: Text) -> None:
    items = find(Query(case_id=case_of(story).pk))
    owners = set(User.objects.active().values_list("pk", flat=True))
    assert {item.owner_id for item in items} <= owners
    assert all(item.title and item.url for item in items)
    outlive = [item for item in items if item.outlives_case]
    assert (items == outlive) == ("end" in story)
    assert bool(outlive) >= ("aftercare" in story)
