"""The German sentences of both reports, for nothing, one and many."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from audits.enums import FindingStatus, Grade, Result
from tests.reports import facts
from tests.reports.facts import TODAY, YESTERDAY
from winback.cases.enums import Health, Status
from winback.dialogue.enums import CommitmentState
from winback.kpis.enums import Standing
from winback.plans.enums import MeasureStatus
from winback.reports.rules import audit_verdict, progress_verdict
from winback.reports.rules.facts import GroupFacts, MeasureFacts
from winback.reports.rules.progress import KpiFacts
from winback.reports.services.printing.audit import audit_context, grade_rows
from winback.reports.services.printing.commitments import commitment_lines
from winback.reports.services.printing.findings import card
from winback.reports.services.printing.head import Stamp
from winback.reports.services.printing.kpis import kpi_lines
from winback.reports.services.printing.measures import measure_line
from winback.reports.services.printing.plan import phase_groups
from winback.reports.services.printing.progress import progress_context

STAMP = Stamp("de", 3, dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC), "Aylin Kaya")
SETTLED = facts.finding(is_open=False, status=FindingStatus.DONE, done_on=TODAY)
MAJOR = facts.finding()
TROUBLE = "Die Ampel steht auf „auf Kurs“, aber nicht alles ist in Ordnung. "


# The audit report


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (
            {},
            (
                "Das Audit ist bestanden: 90,0\u202f% der Anforderungen sind erfüllt, "
                "ohne Hauptabweichung."
            ),
        ),
        (
            {"score": Decimal(80)},
            (
                "Das Audit ist bestanden: 80,0\u202f% der Anforderungen sind erfüllt, "
                "ohne Hauptabweichung."
            ),
        ),
        (
            {"score": Decimal("72.40")},
            (
                "Das Audit ist nicht bestanden: 72,4\u202f% liegen unter der Bestehensgrenze "
                "von 80\u202f%."
            ),
        ),
        ({"score": None}, "Es gibt kein Urteil: Keine Frage war anwendbar."),
        (
            {"findings": (MAJOR,)},
            (
                "Die Bewertung von 90,0\u202f% würde genügen, bestanden ist das Audit trotzdem "
                "nicht: 1 Hauptabweichung."
            ),
        ),
        (
            {"score": Decimal(70), "findings": (MAJOR, MAJOR)},
            (
                "Das Audit ist nicht bestanden: 2 Hauptabweichungen bei einer Bewertung von "
                "70,0\u202f%."
            ),
        ),
        (
            {"score": Decimal(70), "findings": (SETTLED,)},
            (
                "Das Audit ist nicht bestanden: 1 Hauptabweichung bei einer Bewertung von "
                "70,0\u202f%. 1 davon ist inzwischen abgestellt."
            ),
        ),
        (
            {"score": Decimal(70), "findings": (SETTLED, SETTLED, MAJOR)},
            (
                "Das Audit ist nicht bestanden: 3 Hauptabweichungen bei einer Bewertung von "
                "70,0\u202f%. 2 davon sind inzwischen abgestellt."
            ),
        ),
    ],
)
def test_audit_report_begins_with_its_verdict(more: dict[str, Any], text: str) -> None:
    assert audit_verdict.lead(facts.audit(**more)) == text


LATE = facts.measure(due_on=YESTERDAY)


@pytest.mark.parametrize(
    ("findings", "text"),
    [
        ((), "Es wurde nichts festgestellt, das eine Maßnahme verlangt."),
        (
            (facts.finding(grade=Grade.IMPROVEMENT),),
            "Es wurde nichts festgestellt, das eine Maßnahme verlangt.",
        ),
        ((MAJOR,), "1 Abweichung hat noch keine Maßnahme."),
        (
            (MAJOR, facts.finding(grade=Grade.MINOR)),
            "2 Abweichungen haben noch keine Maßnahme.",
        ),
        (
            (facts.finding(measures=(LATE, facts.done())),),
            "1 Maßnahme ist überfällig. 1 von 2 Maßnahmen sind erledigt.",
        ),
        (
            (facts.finding(measures=(LATE, LATE, facts.done())),),
            "2 Maßnahmen sind überfällig. 1 von 3 Maßnahmen sind erledigt.",
        ),
        (
            (MAJOR, facts.finding(measures=(facts.done(), facts.done()))),
            "1 Abweichung hat noch keine Maßnahme. 2 von 2 Maßnahmen sind erledigt.",
        ),
    ],
)
def test_measures_of_the_audit_are_summed_up(findings: tuple[Any, ...], text: str) -> None:
    assert audit_verdict.measures_lead(facts.audit(findings=findings)) == text


def group(name: str, *results: str) -> GroupFacts:
    return GroupFacts(name, tuple(facts.question(f"P{i}", each) for i, each in enumerate(results)))


@pytest.mark.parametrize(
    ("groups", "text"),
    [
        ((), "Keine Gruppe war bewertbar"),
        ((group("Leer", Result.NOT_APPLICABLE),), "Keine Gruppe war bewertbar"),
        ((group("Leistung", Result.MET),), "Alle Gruppen erreichen 100,0\u202f%"),
        (
            (group("A", Result.PARTLY), group("B", Result.MET, Result.NOT_MET)),
            "Alle Gruppen erreichen 50,0\u202f%",
        ),
        (
            (group("A", Result.MET), group("B", Result.NOT_MET), group("C", Result.PARTLY)),
            "„B“ ist mit 0,0\u202f% am schwächsten, „A“ mit 100,0\u202f% am stärksten",
        ),
    ],
)
def test_groups_are_compared_in_the_headline(groups: tuple[GroupFacts, ...], text: str) -> None:
    assert audit_verdict.groups_headline(facts.audit(groups=groups)) == text


def test_what_cannot_wait_is_cut_at_four() -> None:
    many = tuple(facts.finding(number=f"F-{i}") for i in range(1, 7))
    tasks = audit_verdict.at_once(facts.audit(findings=many))
    assert len(tasks) == 4
    assert tasks[0] == "F-1 bis 30.11.2026 abstellen (R. Ott)"


def test_audit_cover_states_who_what_and_the_verdict() -> None:
    found = audit_context(facts.audit(site_address="Musterweg 1"), STAMP)
    assert found["facts"] == [
        ("Auditleitung", "Tim Wolf"),
        ("Kunde und Fall", "Norhagen Bau AG · RG-2026-0042"),
        ("Objekt", "Haus B, Musterweg 1"),
        ("Auftragnehmer", "Winback FM Services"),
        ("Version und Stand", "Version 3 · Stand 23.11.2026, 09:00\u00a0Uhr"),
        ("Gesamturteil", "bestanden"),
        ("Freigabe", "Entwurf, noch nicht freigegeben"),
    ]
    head = found["head"]
    assert (head.kind, head.subtitle) == ("Befundbericht A-0107", "Norhagen Bau AG, 18.11.2026")
    assert head.classification == ("Vertraulich – nur für Norhagen Bau AG und Winback FM Services")


def test_audit_mandate_names_what_nobody_recorded() -> None:
    bare = dict(audit_context(facts.audit(), STAMP)["mandate"])
    for label in ("Ziel", "Auditteam", "Teilnehmende des Kunden"):
        assert bare[label] == "nicht erfasst"
    told = facts.audit(
        objective="Lage feststellen",
        team=("N. Brunner", "H. Seidel"),
        participants="B. Brandt",
        started_on=dt.date(2026, 11, 16),
    )
    full = dict(audit_context(told, STAMP)["mandate"])
    assert full["Ziel"] == "Lage feststellen"
    assert full["Auditteam"] == "N. Brunner, H. Seidel"
    assert full["Durchgeführt"] == "16.11.–18.11.2026"
    assert full["Art des Audits"] == "Internes Service-Audit"


def test_audit_is_signed_by_lead_owners_and_client() -> None:
    minor = facts.finding(grade=Grade.MINOR, owner="A. Kaya")
    idea = facts.finding(grade=Grade.IMPROVEMENT, owner="N. Brunner")
    found = audit_context(facts.audit(findings=(MAJOR, minor, MAJOR, idea)), STAMP)["signs"]
    assert found == [
        ("Tim Wolf", "Auditleitung"),
        ("A. Kaya", "verantwortlich für die Abstellung"),
        ("R. Ott", "verantwortlich für die Abstellung"),
        ("Norhagen Bau AG", "zur Kenntnis"),
    ]
    third = facts.finding(owner="X. Zett")
    many = audit_context(facts.audit(findings=(MAJOR, minor, third)), STAMP)["signs"]
    assert len(many) == 4


def test_audit_figures_count_grades_and_measures() -> None:
    minor = facts.finding(grade=Grade.MINOR, measures=(facts.done(), facts.measure()))
    found = audit_context(facts.audit(findings=(minor, minor, MAJOR)), STAMP)
    assert found["keys"] == [
        ("Nebenabweichungen", "2", ""),
        ("Beobachtungen", "0", ""),
        ("Verbesserungspotenziale", "0", ""),
        ("Positive Feststellungen", "0", ""),
        ("Maßnahmen", "4", "2 davon erledigt"),
    ]
    assert found["overview_title"] == "3 Feststellungen auf einen Blick"
    assert found["majors_open"] == "1 davon noch offen"
    assert (found["is_passed"], found["is_low"], found["verdict"]) == (
        False, False, "nicht bestanden",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("score", "shown", "is_low"),
    [(None, "–", False), (Decimal("46.43"), "46,4", True), (Decimal(80), "80,0", False)],
)
def test_audit_score_is_marked_below_the_pass_mark(
    score: Decimal | None, shown: str, is_low: bool
) -> None:
    found = audit_context(facts.audit(score=score), STAMP)
    assert (found["score"], found["is_low"]) == (shown, is_low)
    assert found["score_note"] == "2 von 2 Punkten · Bestehensgrenze 80\u202f%"


def test_every_grade_is_explained_with_its_term() -> None:
    rows = grade_rows()
    assert [(word, term) for _shape, word, _meaning, term, _demand in rows] == [
        ("Hauptabweichung", "14 Tage"),
        ("Nebenabweichung", "30 Tage"),
        ("Beobachtung", "30 Tage"),
        ("Verbesserungspotenzial", "60 Tage"),
        ("Positive Feststellung", "–"),
    ]
    assert len({shape for shape, *_rest in rows}) == 5


@pytest.mark.parametrize(
    ("finding", "title", "rows"),
    [
        (
            MAJOR,
            "Fluchtweg verstellt",
            [("Anforderung", "LV 4.2"), ("Maßnahmen", "Noch keine Maßnahme festgelegt.")],
        ),
        (SETTLED, "Fluchtweg verstellt", [("Anforderung", "LV 4.2")]),
        (
            facts.finding(
                grade=Grade.STRENGTH, statement="Register wird gelebt. Täglich.", place="Foyer"
            ),
            "Register wird gelebt",
            [
                ("Anforderung", "LV 4.2"),
                ("Feststellung", "Register wird gelebt. Täglich."),
                ("Ort", "Foyer"),
            ],
        ),
        (
            facts.finding(
                question_code="P1",
                question="Ist der Weg frei?",
                containment="Geräumt",
                measures=(facts.measure(), facts.done(code="M-2", title="Schulen")),
            ),
            "Fluchtweg verstellt",
            [
                ("Frage", "P1 Ist der Weg frei?"),
                ("Anforderung", "LV 4.2"),
                ("Sofortmaßnahme", "Geräumt"),
                ("Maßnahmen", "M-1 Aufzugsnotruf prüfen; M-2 Schulen"),
            ],
        ),
    ],
)
def test_card_tells_what_is_known(finding: Any, title: str, rows: list[tuple[str, str]]) -> None:
    found = card(finding, TODAY)
    assert (found.title, found.rows) == (title, rows)


@pytest.mark.parametrize(
    ("finding", "late", "status"),
    [
        (MAJOR, "", "Offen"),
        (facts.finding(due_on=TODAY), "", "Offen"),
        (facts.finding(due_on=YESTERDAY), "1 Tag überfällig", "Offen"),
        (SETTLED, "", "Erledigt, 23.11.2026"),
        (facts.finding(status=FindingStatus.IN_PROGRESS), "", "In Arbeit"),
    ],
)
def test_card_tells_how_it_stands(finding: Any, late: str, status: str) -> None:
    found = card(finding, TODAY)
    assert (found.late, found.status) == (late, status)


# Measures


@pytest.mark.parametrize(
    ("measure", "shape", "word"),
    [
        (facts.measure(), "open", "Offen"),
        (facts.measure(due_on=TODAY), "open", "Offen"),
        (LATE, "late", "1 Tag überfällig"),
        (
            facts.measure(due_on=YESTERDAY, status=MeasureStatus.WAITING),
            "late",
            "1 Tag überfällig",
        ),
        (facts.measure(status=MeasureStatus.WAITING), "na", "Wartet auf den Kunden"),
        (facts.measure(status=MeasureStatus.BLOCKED), "warn", "Blockiert"),
        (facts.measure(status=MeasureStatus.IN_PROGRESS), "run", "In Arbeit"),
        (facts.done(), "done", "erledigt am 23.11.2026"),
        (facts.done(original_due_on=TODAY), "done", "erledigt am 23.11.2026"),
        (facts.done(original_due_on=YESTERDAY), "done", "erledigt am 23.11.2026, verspätet"),
    ],
)
def test_measure_says_lateness_before_its_state(
    measure: MeasureFacts, shape: str, word: str
) -> None:
    line = measure_line(measure, TODAY)
    assert (line.shape, line.word, line.late) == (shape, word, shape == "late")


@pytest.mark.parametrize(
    ("moves", "text"),
    [
        (0, ""),
        (1, "1-mal verschoben, zuerst 30.11.2026"),
        (2, "2-mal verschoben, zuerst 30.11.2026"),
    ],
)
def test_measure_says_how_often_it_was_moved(moves: int, text: str) -> None:
    assert measure_line(facts.measure(moves=moves), TODAY).moved == text


@pytest.mark.parametrize(
    ("show", "note"),
    [(True, "F-1 · wöchentlich · Termin offen"), (False, "wöchentlich · Termin offen")],
)
def test_measure_note_names_its_finding_where_asked(show: bool, note: str) -> None:
    measure = facts.measure(recurrence="weekly", note="Termin offen", finding="F-1")
    assert measure_line(measure, TODAY, show_finding=show).note == note


# The progress report


def late_phase(day: dt.date) -> tuple[Any, ...]:
    return (facts.phase(measures=(facts.measure(due_on=day),)),)


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({}, "Der Fall ist auf Kurs: Nichts ist überfällig, keine Hauptabweichung ist offen."),
        ({"majors": (MAJOR,)}, TROUBLE + "1 Hauptabweichung ist offen."),
        ({"majors": (MAJOR, MAJOR)}, TROUBLE + "2 Hauptabweichungen sind offen."),
        ({"phases": late_phase(YESTERDAY)}, TROUBLE + "1 Maßnahme ist überfällig."),
        (
            {"commitments": (facts.commitment(CommitmentState.BROKEN),) * 2},
            TROUBLE + "2 Zusagen sind gebrochen oder überfällig.",
        ),
        ({"steps": (facts.step(YESTERDAY),)}, TROUBLE + "1 weitere Pflicht ist überfällig."),
        (
            {"steps": (facts.step(YESTERDAY),) * 2, "majors": (MAJOR,)},
            TROUBLE + "1 Hauptabweichung ist offen und 2 weitere Pflichten sind überfällig.",
        ),
        (
            {"kpis": (facts.kpi(standing=Standing.BEHIND), facts.kpi())},
            TROUBLE + "1 von 2 Kennzahlen liegt hinter dem Zielpfad.",
        ),
        (
            {"kpis": (facts.kpi(standing=Standing.WORSE),) * 2},
            TROUBLE + "2 von 2 Kennzahlen liegen hinter dem Zielpfad.",
        ),
        (
            {"phases": late_phase(dt.date(2026, 12, 18))},
            TROUBLE + "Phase 3 schließt nicht am 04.12., sondern frühestens am 18.12.2026.",
        ),
        (
            {"phases": late_phase(dt.date(2027, 1, 8))},
            TROUBLE + "Phase 3 schließt nicht am 04.12.2026, sondern frühestens am 08.01.2027.",
        ),
        (
            {"has_plan": False, "phases": ()},
            (
                "Nichts Bekanntes spricht gegen den Fall, aber es ist noch wenig bekannt. "
                "Noch nicht vorhanden: ein Rückgewinnungsplan."
            ),
        ),
        (
            {"last_audit": None, "kpis": (), "commitments": ()},
            (
                "Nichts Bekanntes spricht gegen den Fall, aber es ist noch wenig bekannt. Noch "
                "nicht vorhanden: Kennzahlen, ein abgeschlossenes Audit und erfasste Zusagen."
            ),
        ),
        ({"health": Health.AT_RISK}, "Der Fall ist angespannt."),
        (
            {"health": Health.CRITICAL, "majors": (MAJOR,)},
            "Der Fall ist kritisch. 1 Hauptabweichung ist offen.",
        ),
        (
            {"health": "", "status": Status.OPEN, "kpis": ()},
            "Der Fall ist offen und noch nicht beurteilt. Noch nicht vorhanden: Kennzahlen.",
        ),
        (
            {"health": "", "status": Status.RESTING, "resting_until": dt.date(2027, 3, 1)},
            "Der Fall ruht bis 01.03.2027.",
        ),
        (
            {"health": "", "status": Status.WON, "closed_on": TODAY, "kpis": ()},
            "Der Kunde ist zurückgewonnen.",
        ),
        ({"health": "", "status": Status.LOST, "closed_on": TODAY}, "Der Kunde ist verloren."),
        (
            {"health": "", "status": Status.PARTED, "closed_on": TODAY},
            "Die Zusammenarbeit ist einvernehmlich beendet.",
        ),
    ],
)
def test_progress_report_begins_with_the_truth(more: dict[str, Any], text: str) -> None:
    assert progress_verdict.lead(facts.progress(**more)) == text


@pytest.mark.parametrize(
    ("more", "plan", "kpi", "commitments", "majors"),
    [
        (
            {"has_plan": False, "phases": (), "kpis": (), "commitments": (), "last_audit": None},
            "Es gibt noch keinen Rückgewinnungsplan.",
            "Noch wird keine Kennzahl gemessen.",
            "Noch ist keine Zusage an den Kunden erfasst.",
            "Noch ist kein Audit abgeschlossen, über Abweichungen ist also nichts bekannt.",
        ),
        (
            {
                "phases": (facts.phase(measures=(LATE, LATE, facts.done())),),
                "kpis": (
                    facts.kpi(name="A", standing=Standing.WORSE),
                    facts.kpi(name="B", standing=Standing.BEHIND),
                    facts.kpi(name="C", standing=Standing.REACHED),
                    facts.kpi(name="D"),
                ),
                "commitments": (
                    facts.commitment(CommitmentState.BROKEN, is_overdue=True),
                    facts.commitment(),
                ),
                "majors": (facts.finding(due_on=YESTERDAY), MAJOR),
            },
            "1 von 3 Maßnahmen sind erledigt. 2 Maßnahmen sind überfällig.",
            (
                "2 von 4 Kennzahlen liegen auf dem Zielpfad oder haben das Ziel erreicht. "
                "Schlechter als die Baseline: A. Hinter dem Zielpfad: B."
            ),
            "1 von 2 fälligen Zusagen wurden pünktlich gehalten. 1 Zusage ist überfällig.",
            "2 Hauptabweichungen sind offen. 1 davon ist überfällig.",
        ),
        (
            {
                "commitments": (
                    *[facts.commitment()] * 4,
                    facts.commitment(CommitmentState.KEPT_LATE),
                ),
                "majors": (MAJOR,),
            },
            "1 von 2 Maßnahmen sind erledigt.",
            "1 von 1 Kennzahlen liegen auf dem Zielpfad oder haben das Ziel erreicht.",
            "4 von 5 fälligen Zusagen wurden pünktlich gehalten (80\u202f%).",
            "1 Hauptabweichung ist offen.",
        ),
    ],
)
def test_chapters_begin_with_their_sum(
    more: dict[str, Any], plan: str, kpi: str, commitments: str, majors: str
) -> None:
    report = facts.progress(**more)
    assert progress_verdict.commitments_lead(report) == commitments
    assert progress_verdict.majors_lead(report) == majors
    assert progress_verdict.kpi_lead(report) == kpi
    assert progress_verdict.plan_lead(report).endswith(plan)


@pytest.mark.parametrize(
    ("more", "place", "key"),
    [
        ({}, 0, ("Gefährdeter Umsatz", "1,90\u00a0Mio.\u00a0€", "", "pro Jahr")),
        (
            {},
            1,
            ("Zusagen gehalten", "1", "von 1", "0 verspätet, 0 gebrochen oder überfällig"),
        ),
        ({"commitments": ()}, 1, ("Zusagen gehalten", "–", "", "noch keine fällig")),
        ({}, 2, ("Auditergebnis", "90,0\u202f%", "", "A-0107 · bestanden")),
        (
            {"last_audit": None},
            2,
            ("Auditergebnis", "–", "", "noch kein Audit abgeschlossen"),
        ),
        (
            {},
            3,
            ("Kündigungsfrist", "–", "", "kein Vertrag oder keine Kündigungsfrist"),
        ),
        (
            {"notice_on": dt.date(2027, 1, 16)},
            3,
            ("Kündigungsfrist", "16.01.2027", "", "in 54 Tagen"),
        ),
        ({"notice_on": TODAY}, 3, ("Kündigungsfrist", "23.11.2026", "", "heute")),
        ({"notice_on": YESTERDAY}, 3, ("Kündigungsfrist", "22.11.2026", "", "abgelaufen")),
    ],
)
def test_figures_on_top(more: dict[str, Any], place: int, key: tuple[str, ...]) -> None:
    assert progress_context(facts.progress(**more), STAMP)["keys"][place] == key


def test_progress_head_is_for_the_provider_alone() -> None:
    head = progress_context(facts.progress(), STAMP)["head"]
    assert head.title == "Norhagen Bau AG: Auf Kurs"
    assert head.kind == "Fortschrittsbericht RG-2026-0042"
    assert head.classification == "Intern – nur für Winback FM Services"
    assert (head.byline, head.for_client) == ("Aylin Kaya", False)


def test_steps_and_situation_are_dated() -> None:
    report = facts.progress(
        steps=(facts.step(YESTERDAY), facts.step(TODAY)),
        situation="Reinigung stabil.",
        situation_by="A. Kaya",
        situation_on=TODAY,
    )
    found = progress_context(report, STAMP)
    assert found["steps"] == [
        ("So., 22.11.2026", "Review-Meeting", "A. Kaya", "1 Tag überfällig"),
        ("Mo., 23.11.2026", "Review-Meeting", "A. Kaya", ""),
    ]
    assert found["situation_note"] == "A. Kaya, 23.11.2026"
    assert progress_context(facts.progress(), STAMP)["situation_note"] == ""


@pytest.mark.parametrize(
    ("phase", "title", "gate", "count", "empty"),
    [
        (
            facts.phase(),
            "3 Sofortmaßnahmen · 0 von 0 erledigt · bis 04.12.2026",
            "",
            0,
            "Keine Maßnahme geplant.",
        ),
        (
            facts.phase(measures=(facts.done(), facts.measure()), gate="Freigabe"),
            "3 Sofortmaßnahmen · 1 von 2 erledigt · bis 04.12.2026",
            "Freigabe",
            1,
            "Alle Maßnahmen sind erledigt.",
        ),
        (
            facts.phase(measures=(facts.done(),), passed_on=TODAY, gate="Freigabe"),
            "3 Sofortmaßnahmen · 1 von 1 erledigt · abgeschlossen am 23.11.2026",
            "",
            0,
            "Alle Maßnahmen sind erledigt.",
        ),
    ],
)
def test_phase_shows_what_is_open(
    phase: Any, title: str, gate: str, count: int, empty: str
) -> None:
    (found,) = phase_groups(facts.progress(phases=(phase,)))
    assert (found.title, found.gate, len(found.rows)) == (title, gate, count)
    assert found.empty == empty


@pytest.mark.parametrize(
    ("commitment", "shape", "word"),
    [
        (facts.commitment(CommitmentState.OPEN), "open", "noch nicht fällig"),
        (facts.commitment(CommitmentState.KEPT_LATE), "warn", "Verspätet gehalten"),
        (facts.commitment(CommitmentState.BROKEN), "crit", "Gebrochen"),
        (facts.commitment(CommitmentState.RELEASED), "na", "Vom Kunden erlassen"),
        (
            facts.commitment(CommitmentState.BROKEN, is_overdue=True, due_on=YESTERDAY),
            "late",
            "1 Tag überfällig",
        ),
    ],
)
def test_commitment_line_says_how_it_stands(commitment: Any, shape: str, word: str) -> None:
    (line,) = commitment_lines(facts.progress(commitments=(commitment, facts.commitment())))
    assert (line.shape, line.word) == (shape, word)


def test_commitment_line_dashes_what_is_unknown() -> None:
    ended = facts.commitment(CommitmentState.RELEASED, to="", ended_on=TODAY)
    (line,) = commitment_lines(facts.progress(commitments=(ended,)))
    assert (line.to, line.ended) == ("–", "23.11.2026")


def minutes(**more: Any) -> KpiFacts:
    """Median reaction time: lower is better."""
    known = {
        "unit": "min",
        "decimals": 0,
        "direction": "down",
        "value": Decimal(205),
        "baseline": Decimal(240),
        "target": Decimal(120),
        "gain": Decimal(35),
    }
    return facts.kpi(**{**known, **more})


@pytest.mark.parametrize(
    ("kpi", "value", "change", "css", "word"),
    [
        (facts.kpi(), "91,2", "+13,2", "good", "Auf dem Zielpfad"),
        (facts.kpi(sample_size=4), "n<5", "–", "", "zu wenige Fälle"),
        (
            facts.kpi(value=None, gain=None, standing=Standing.NO_DATA),
            "–",
            "–",
            "",
            "Keine aktuellen Daten",
        ),
        (
            facts.kpi(baseline=None, gain=None, standing=Standing.UNJUDGED),
            "91,2",
            "–",
            "",
            "Noch nicht bewertbar",
        ),
        (
            facts.kpi(value=Decimal(75), gain=Decimal(-3), standing=Standing.WORSE),
            "75,0",
            "−3,0",
            "bad",
            "Schlechter als Baseline",
        ),
        (minutes(), "205", "−35", "good", "Auf dem Zielpfad"),
        (
            minutes(value=Decimal(260), gain=Decimal(-20), standing=Standing.WORSE),
            "260",
            "+20",
            "bad",
            "Schlechter als Baseline",
        ),
    ],
)
def test_kpi_line_colours_by_what_is_better(
    kpi: KpiFacts, value: str, change: str, css: str, word: str
) -> None:
    (line,) = kpi_lines(facts.progress(kpis=(kpi,)))
    assert (line.value, line.change, line.change_css, line.word) == (value, change, css, word)


def test_kpi_line_states_baseline_and_target() -> None:
    (line,) = kpi_lines(facts.progress())
    assert line.note == "in % · höher ist besser · n = 96"
    assert (line.baseline, line.period) == ("78,0\u202f% (06–08/2026)", "Oktober 2026")
    assert (line.target, line.target_on) == ("95,0\u202f%", "bis 28.02.2027")
    (bare,) = kpi_lines(
        facts.progress(kpis=(facts.kpi(baseline=None, target=None, target_on=None, gain=None),))
    )
    assert (bare.baseline, bare.target, bare.target_on) == ("–", "–", "")
