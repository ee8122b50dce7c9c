"""The blocks of the decisions page, word for word: label, value, note, and where they lead."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import User
from tests.cases import decisions
from tests.cases.decisions import TODAY, assess, finish, plan_effort
from tests.cases.factories import CaseFactory, active_case
from tests.clients.factories import ClientFactory, SiteFactory
from winback.cases import services
from winback.cases.enums import Status
from winback.cases.models import (
    ActualEffort,
    Approach,
    Background,
    Case,
    Farewell,
    Mediation,
    SiteFact,
    TeamLoad,
)
from winback.cases.rows import decisions as rows
from winback.cases.rows import steps
from winback.cases.rows.facts import Fact, Section, facts_of, label, percent, words

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    client = ClientFactory(name="Norhagen Bau AG", since=dt.date(2010, 4, 1))
    return active_case(owner=kam, client=client)


def loaded(case: Case) -> Case:
    return Case.objects.with_sheets().get(pk=case.pk)


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def read(section: Section) -> list[Fact]:
    """The facts with ordinary blanks."""
    return [(name, plain(value), plain(note)) for name, value, note in section.facts]


def links(section: Section, case: Case) -> list[tuple[str, str]]:
    """Word and the rest of the address behind the case."""
    start = f"/faelle/{case.number}"
    return [(word, url.removeprefix(start)) for word, url in section.links]


# Background


def test_background_tells_everything_in_its_order(case: Case) -> None:
    Background.objects.create(
        case=case,
        stage="warned",
        revenue_share=Decimal(11),
        dependency="partly",
        dependency_note="Zwei Teams umsetzen",
        trust_note="Fühlt sich übergangen",
        strain="high",
        dispute_risk="medium",
        dispute_note="Gespräch vor Schreiben",
        provider_since=dt.date(2026, 10, 1),
        competitor="Ein Zehntel weniger",
        outside_reasons="Budget gekürzt",
        went_silently="yes",
        unspoken="Sanitärräume",
        in_absence="unknown",
        absence_note="Niemand",
    )
    section = rows.background_section(loaded(case), may_edit=True)
    assert section.title == "Hintergrund"
    assert read(section) == [
        ("Stadium der Beziehung", "Abgemahnt", ""),
        ("Anteil an unserem Umsatz", "11 %", ""),
        ("Vertrauen und Gefühle neben der Leistung", "Fühlt sich übergangen", ""),
        ("Belastung des Teams", "hoch", ""),
        ("Risiko eines öffentlichen Streits oder einer Klage", "mittel", ""),
        ("Wie wir einen Streit vermeiden", "Gespräch vor Schreiben", ""),
        ("Abhängigkeit von diesem Kunden", "Der Verlust träfe uns, ist aber auszugleichen", ""),
        ("Was wir ohne diesen Kunden täten", "Zwei Teams umsetzen", ""),
        ("Gründe außerhalb unseres Einflusses", "Budget gekürzt", ""),
        ("Vom neuen Dienstleister betreut seit", "01.10.2026", ""),
        ("Was der Wettbewerber versprochen hat", "Ein Zehntel weniger", ""),
        ("Kunde ging ohne ein Wort", "ja", ""),
        ("Vermutete unausgesprochene Beschwerden", "Sanitärräume", ""),
        ("Verlust während Abwesenheit der Ansprechperson", "nicht bekannt", ""),
        ("Wer vertreten hat", "Niemand", ""),
        ("Kunde seit", "01.04.2010", "Lange Beziehungen laufen Gefahr, in Trott zu geraten."),
    ]
    assert links(section, case) == [
        ("Beziehung und Abhängigkeit", "/angaben/beziehung/"),
        ("Umstände des Verlusts", "/angaben/verlust/"),
    ]


def test_share_of_nothing_is_still_a_share(case: Case) -> None:
    Background.objects.create(case=case, stage="cooling", revenue_share=Decimal(0))
    assert ("Anteil an unserem Umsatz", "0 %", "") in read(
        rows.background_section(loaded(case), may_edit=False)
    )


def test_client_without_a_beginning_gets_no_hint_at_routine(kam: User) -> None:
    case = active_case(owner=kam, client=ClientFactory(since=None))
    Background.objects.create(case=case, stage="cooling")
    assert read(rows.background_section(loaded(case), may_edit=False)) == [
        ("Stadium der Beziehung", "Kühlt ab", "")
    ]


# Qualification and effort


def test_assessment_tells_score_value_and_belief(case: Case) -> None:
    assess(
        case,
        belief=Decimal("37.5"),
        belief_reason="Entscheider ruft an",
        long_unhappy="no",
        hopeless="no",
        strategic="",
        window="",
    )
    plan_effort(case, hours=Decimal("100.5"), audit=Decimal(500))
    row = loaded(case)
    section = rows.assessment_section(row, rows.case_score(row, TODAY), may_edit=True)
    assert read(section) == [
        ("Punktzahl", "75 von 100", "2 Faktoren sind noch nicht beurteilt"),
        ("War der Kunde schon lange vor dem Anlass unzufrieden?", "nein", ""),
        ("Ist nichts mehr zu retten?", "nein", ""),
        (
            "Wert der zweiten Kundenbeziehung (SLTV)",
            "300.000,00 €",
            "3 Jahre, Bestand 100 % pro Jahr, Zins 0 %",
        ),
        (
            "Break-even-Wahrscheinlichkeit p*",
            "5,2 %",
            "Den Versuch wert, wenn wir an mehr als 5,2 % glauben.",
        ),
        ("Erwartungswert", "96.955,00 €", "Unsere Zuversicht: 37,5 % · Entscheider ruft an"),
        (
            "Nur zum Vergleich",
            "verlorene Kunden 20–40 %, neue Kunden 5–20 %",
            (
                "Marketing Metrics, nach Griffin: alle Branchen, nicht Facility Management. "
                "Weder Prognose noch Ziel."
            ),
        ),
    ]
    assert section.note == (
        "Die Punktzahl entscheidet nie: Das tut die Geschäftsführung, mit Gründen."
    )
    assert links(section, case) == [
        ("Chancen einschätzen", "/angaben/einschaetzung/"),
        ("Wert der zweiten Kundenbeziehung (SLTV)", "/angaben/wert/"),
    ]


MISSING = [
    ({}, ""),
    ({"window": ""}, "1 Faktor ist noch nicht beurteilt"),
    ({"window": "", "decider": ""}, "2 Faktoren sind noch nicht beurteilt"),
]


@pytest.mark.parametrize(("facts", "note"), MISSING, ids=str)
def test_score_counts_what_nobody_has_judged(facts: dict[str, str], note: str, case: Case) -> None:
    assess(case, **facts)
    row = loaded(case)
    section = rows.assessment_section(row, rows.case_score(row, TODAY), may_edit=False)
    assert section.facts[0][2] == note


AGES = [(None, "15"), (90, "15"), (91, "8"), (365, "8"), (366, "0")]


@pytest.mark.parametrize(("days", "points"), AGES)
def test_recent_loss_is_computed_not_judged(days: int | None, points: str, case: Case) -> None:
    case.lost_on = TODAY - dt.timedelta(days=days) if days is not None else None
    case.save()
    assess(case)
    score = rows.case_score(loaded(case), TODAY)
    assert score is not None
    (row,) = [r for r in rows.score_rows(score) if r.factor.startswith("Der Verlust")]
    assert (row.points, row.weight) == (points, "15")


def test_effort_tells_hours_amounts_and_return(case: Case) -> None:
    assess(case)
    plan_effort(case, hours=Decimal("100.5"), audit=Decimal(500), note="Befristet")
    ActualEffort.objects.create(case=case, hours=Decimal(200), rate=Decimal(100))
    section = rows.effort_section(loaded(case), may_edit=True)
    assert read(section) == [
        (
            "Geplanter Aufwand",
            "15.545,00 €",
            "100,5 Stunden · Kulanz 6.000,00 € · Audit 500,00 € · Befristet",
        ),
        ("Tatsächlicher Aufwand", "20.000,00 €", "200 Stunden"),
        ("Rendite des tatsächlichen Aufwands", "1.400 %", "falls der Kunde zurückkommt"),
    ]
    assert links(section, case) == [
        ("Aufwand planen", "/angaben/aufwand-geplant/"),
        ("Aufwand erfassen", "/angaben/aufwand-tatsaechlich/"),
    ]


def test_effort_that_exceeds_the_value_returns_less_than_nothing(case: Case) -> None:
    assess(case, contribution=Decimal(25_000), years=1)
    ActualEffort.objects.create(case=case, goodwill=Decimal(10_000))
    section = rows.effort_section(loaded(case), may_edit=False)
    assert read(section)[-1][1] == "−50 %"


# Sites, approach, farewell


def test_sites_tell_state_lots_and_value(case: Case) -> None:
    hall, yard = (SiteFactory(client=case.client, name=name) for name in ("Halle 3", "Hof"))
    found = [
        SiteFact(
            case=case,
            site=hall,
            state="endangered",
            lots="Los 1",
            annual_value=Decimal(120_000),
            note="Schichtbetrieb",
        ),
        SiteFact(case=case, site=yard, state="kept"),
    ]
    section = rows.sites_section(case, found, may_edit=True)
    assert read(section) == [
        ("Halle 3", "Gefährdet", "Los 1 · 120.000,00 € pro Jahr · Schichtbetrieb"),
        ("Hof", "Weiter von uns betreut", ""),
    ]
    assert links(section, case) == [("Angaben zu einem Objekt", "/eintraege/objekt/")]


def test_approach_leaves_out_what_nobody_has_written(case: Case, kollegin: User) -> None:
    Approach.objects.create(case=case, way="phone", way_reason="Kennt sie", caller=kollegin)
    section = rows.approach_section(loaded(case), may_edit=True)
    assert read(section) == [
        ("Weg der ersten Ansprache", "Anruf", ""),
        ("Warum dieser Weg", "Kennt sie", ""),
        ("Wer mit dem Kunden spricht", "Nele Brunner", ""),
    ]
    assert links(section, case) == [("Erste Ansprache wählen", "/angaben/erste-ansprache/")]


def test_farewell_tells_who_spoke_how_and_what_becomes_free(case: Case, leitung: User) -> None:
    Farewell.objects.create(
        case=case,
        held_on=TODAY,
        held_by=leitung,
        form="personal",
        explanation="Ehrlich gesagt",
        released_capacity="Zwei Teams",
    )
    section = rows.farewell_section(loaded(case), may_edit=True)
    assert read(section) == [
        ("Gespräch geführt am", "23.11.2026", ""),
        ("Gespräch geführt von", "Maria Lindner", ""),
        ("Form des Gesprächs", "Persönlich", ""),
        ("Was wir ehrlich erklärt haben", "Ehrlich gesagt", ""),
        ("Frei werdende Kapazität", "Zwei Teams", ""),
    ]
    assert links(section, case) == [("Abschiedsgespräch erfassen", "/angaben/abschied/")]


# Mediation, Plan B, aftercare, team


def test_mediation_tells_whether_how_and_what_came_of_it(case: Case) -> None:
    Mediation.objects.create(
        case=case,
        considered="yes",
        reasons="Verhärtet",
        neutral_person="Frau Sanders",
        subject="price",
        starts_on=dt.date(2026, 11, 1),
        ended_on=TODAY,
        result="partly",
        result_note="Preis offen",
    )
    section = steps.mediation_section(loaded(case), may_edit=True)
    assert read(section) == [
        ("Mediation gewünscht", "ja", ""),
        ("Gründe", "Verhärtet", ""),
        ("Neutrale Person", "Frau Sanders", ""),
        ("Gegenstand der Mediation", "Preis", ""),
        ("Vertraulichkeit vereinbart", "nein", ""),
        ("Beginnt am", "01.11.2026", ""),
        ("Beendet am", "23.11.2026", ""),
        ("Ergebnis", "Teilweise geeinigt", ""),
        ("Was vereinbart wurde", "Preis offen", ""),
    ]
    assert links(section, case) == [("Mediation erwägen", "/angaben/mediation/")]


def test_plan_b_tells_money_alternatives_trigger_and_date(case: Case) -> None:
    row = decisions.plan_b(case)
    row.revenue_at_risk, row.trigger = Decimal(1_900_000), "Kündigung geht ein"
    row.save()
    section = steps.plan_b_section(loaded(case), may_edit=True, may_do=True)
    assert read(section) == [
        ("Gefährdeter Umsatz pro Jahr", "1.900.000,00 €", ""),
        ("Andere Kunden oder Marktsegmente", "Zwei Kliniken im Umland", ""),
        ("Was Plan B auslöst", "Kündigung geht ein", ""),
        ("Über Plan B entscheiden", "A. Kaya", "fällig am 01.12.2026"),
    ]
    assert links(section, case) == [
        ("Plan B bearbeiten", "/angaben/plan-b/"),
        ("Über Plan B entscheiden", f"/schritte/{row.duty.pk}/"),
    ]


def test_contact_is_recorded_only_once_the_case_has_ended(case: Case, kollegin: User) -> None:
    row = decisions.aftercare(case, kollegin)
    section = steps.aftercare_section(loaded(case), may_edit=True)
    assert read(section) == [
        ("Rhythmus", "alle 30 Tage", ""),
        ("Themen und gemeinsame Ziele", "Energiebericht", ""),
        ("Kontakt zum Kunden halten", "N. Brunner", "fällig am 01.12.2026"),
    ]
    assert links(section, case) == [("Nachbetreuung planen", "/angaben/nachbetreuung/")]
    Case.objects.filter(pk=case.pk).update(status=Status.WON, closed_on=TODAY)
    ended = steps.aftercare_section(loaded(case), may_edit=True)
    assert links(ended, case)[1] == ("Kontakt festhalten", f"/schritte/{row.duty.pk}/")
    assert steps.aftercare_section(loaded(case), may_edit=False).links == []


def test_contact_kept_shows_its_result_and_next_day(kam: User) -> None:
    case = CaseFactory(owner=kam, status=Status.WON, closed_on=TODAY)
    finish(decisions.aftercare(case).duty, kam, "Kunde zufrieden")
    fact = steps.owed_facts(case.duties.get())
    assert fact == (
        "Kontakt zum Kunden halten",
        "A. Kaya",
        "fällig am 23.12.2026 · Kunde zufrieden",
    )


def test_load_speaks_of_the_team_as_a_whole(case: Case) -> None:
    TeamLoad.objects.create(
        case=case,
        load="strained",
        note="Urlaubszeit",
        support="Springer",
        briefed_on=dt.date(2026, 11, 2),
    )
    section = steps.load_section(loaded(case), may_edit=True)
    assert read(section) == [
        ("Auslastung des Teams", "Angespannt", ""),
        ("Was zu viel ist", "Urlaubszeit", ""),
        ("Zusätzliche Unterstützung", "Springer", ""),
        ("Team kennt die Anforderungen des Kunden seit", "02.11.2026", ""),
    ]
    assert section.note == "Beurteilt wird das Team als Ganzes, nie eine einzelne Person."
    assert links(section, case) == [("Auslastung beurteilen", "/angaben/auslastung/")]


# The words of one field


WORDS = [
    (Background(revenue_share=Decimal("11.5")), "revenue_share", "11,5"),
    (Background(revenue_share=Decimal("11.0")), "revenue_share", "11"),
    (Background(stage="not_invited"), "stage", "Nicht zur Verlängerung eingeladen"),
    (Background(), "stage", ""),
    (Background(provider_since=dt.date(2026, 2, 1)), "provider_since", "01.02.2026"),
    (Mediation(is_confidential=True), "is_confidential", "ja"),
    (Mediation(is_confidential=False), "is_confidential", "nein"),
    (Mediation(neutral_person="Frau Sanders"), "neutral_person", "Frau Sanders"),
    (None, "stage", ""),
]


@pytest.mark.parametrize(
    ("row", "name", "shown"), WORDS, ids=[f"{name} {shown}" for _row, name, shown in WORDS]
)
def test_field_reads_as_its_kind(row: Background | None, name: str, shown: str) -> None:
    assert words(row, name) == shown


def test_label_begins_with_a_large_letter_and_needs_a_row() -> None:
    assert label(Background(), "strain") == "Belastung des Teams"
    assert label(None, "strain") == ""
    assert facts_of(None, "stage", "strain") == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (Decimal(5), "5 %"), (Decimal("5.25"), "5,3 %"), (Decimal(-20), "−20 %")],
)
def test_percent_shows_a_decimal_only_where_there_is_one(value: Decimal | None, shown: str) -> None:
    assert plain(percent(value)) == shown


# What stands before the eyes of the board


def test_summary_tells_the_decisions_with_their_notes(case: Case, leitung: User) -> None:
    Background.objects.create(case=case, stage="warned")
    assess(case, window="")
    plan_effort(case)
    decisions.plan_b(case)
    services.set_escalation(case=case, version=1, actor=leitung, level=2, reason="Ton")
    latest = case.qualifications.select_related("decided_by").get()
    found = rows.summary(loaded(case), latest, TODAY)
    assert [(name, plain(value), plain(note)) for name, value, note in found] == [
        (
            "Go-Entscheidung",
            "Go: Wir versuchen, den Kunden zurückzugewinnen",
            "A. Kaya, 31.08.2026",
        ),
        ("Stadium der Beziehung", "Abgemahnt", ""),
        ("Punktzahl", "90 von 100", "1 Faktor ist noch nicht beurteilt"),
        ("Break-even p*", "5 %", "Wert der zweiten Kundenbeziehung (SLTV) 300.000,00 €"),
        ("Eskalation", "2 Regionalleitung", ""),
        ("Plan B", "01.12.2026", "Auslösetermin"),
    ]


DECIDED = [
    (
        {"decision": "stay", "independence": "Zwei neue Kunden"},
        "Vorerst bleiben: Wir sind von diesem Kunden abhängig",
        "Maria Lindner · Gründe · Zwei neue Kunden",
    ),
    (
        {"decision": "no_go"},
        "No-Go: Wir lassen den Kunden im Guten gehen",
        "Maria Lindner · Gründe",
    ),
    (
        {"decision": "go", "has_priority": True},
        "Go: Wir versuchen, den Kunden zurückzugewinnen",
        "Maria Lindner · Gründe · höchste Priorität",
    ),
]


@pytest.mark.parametrize(("facts", "word", "note"), DECIDED, ids=lambda each: str(each)[:20])
def test_decision_tells_who_why_and_how_far(
    facts: dict[str, object], word: str, note: str, case: Case, leitung: User
) -> None:
    services.decide(
        case=case,
        actor=case.owner,
        decided_by=leitung,
        decided_on=TODAY,
        reasons="Gründe",
        **facts,  # type: ignore[arg-type]  # names of decide
    )
    row = case.qualifications.select_related("decided_by").first()
    assert row is not None
    assert rows.decision_facts([row]) == [("23.11.2026", word, note)]


@pytest.mark.parametrize("current", ["decisions", "escalation", "tenders"])
def test_pages_of_the_decisions_mark_the_current_one(current: str, case: Case) -> None:
    found = rows.decision_pages(case, current)
    assert [word for word, _url, _here in found] == ["Entscheidungen", "Eskalation", "Plan B"]
    (here,) = [url for _word, url, is_here in found if is_here]
    ends = {"decisions": "entscheidungen", "escalation": "eskalation", "tenders": "plan-b"}
    assert here == f"/faelle/{case.number}/{ends[current]}/"
