"""The questions of an audit as ready strings, from rows nobody had to store."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from audits.enums import AuditStatus, Result
from audits.models import Answer, Audit, Finding, Question, QuestionGroup
from audits.rows.entry import RESULT_SHAPE, check_points, checklist, entry, neighbours, saved_at
from audits.services import OpenPoints

AUDIT = Audit(pk=7, number="A-0107", status=AuditStatus.IN_PROGRESS)
GROUPS = [
    QuestionGroup(pk=1, name_de="Organisation", name_en="Organisation", position=1),
    QuestionGroup(pk=2, name_de="Prüfpflichten", name_en="Statutory tests", position=2),
]


def question(pk: int, group: int, **facts: Any) -> Question:
    """Question S1 of the first group, P4 of the second …"""
    code = f"{'SP'[group - 1]}{pk}"
    words = {"text_de": f"Ist {code} in Ordnung?", "text_en": f"Is {code} in order?"}
    return Question(
        pk=pk, group=GROUPS[group - 1], code=code, position=pk, **{**words, "weight": 1, **facts}
    )


QUESTIONS = [
    question(1, 1, weight=3, hint_de="Plan ansehen", hint_en="See the plan"),
    question(2, 1),
    question(3, 2, is_critical=True),
    question(4, 2),
]


def answers(**given: str) -> dict[int, Answer]:
    """Answers by the code of their question, given at 13:32 UTC."""
    at = dt.datetime(2026, 11, 23, 13, 32, tzinfo=dt.UTC)
    by_code = {each.code: each for each in QUESTIONS}
    return {
        by_code[code].pk: Answer(
            audit=AUDIT, question=by_code[code], result=result, note="Stichprobe", answered_at=at
        )
        for code, result in given.items()
    }


def card(place: int = 0, chosen: str = "", **given: str) -> Any:
    return entry(AUDIT, QUESTIONS, answers(**given), QUESTIONS[place], chosen)


def page(code: str) -> str:
    return f"/audits/A-0107/erfassung/{code}/"


# The card


def test_card_tells_the_question_with_its_weight() -> None:
    found = card()
    assert (found.code, found.text, found.hint) == ("S1", "Ist S1 in Ordnung?", "Plan ansehen")
    assert (found.weight, found.critical) == (3, False)
    assert card(2).critical is True
    with override("en"):
        assert (card().text, card().hint) == ("Is S1 in order?", "See the plan")


def test_card_offers_the_four_answers_with_their_keys() -> None:
    found = card(chosen=Result.PARTLY).choices
    assert [(each.label, each.shape, each.key, each.chosen) for each in found] == [
        ("erfüllt", "done", "1", False),
        ("teilweise erfüllt", "part", "2", True),
        ("nicht erfüllt", "no", "3", False),
        ("nicht anwendbar", "na", "4", False),
    ]


def test_every_answer_has_a_shape_and_a_key_of_its_own() -> None:
    assert set(RESULT_SHAPE) == set(Result)
    assert len({key for _shape, key in RESULT_SHAPE.values()}) == len(Result)


def test_card_without_an_answer_marks_none_and_was_never_saved() -> None:
    found = card()
    assert not any(each.chosen for each in found.choices)
    assert found.saved_at == ""
    assert (found.answered, found.asked) == (0, 4)


def test_card_says_when_it_was_saved_in_local_time() -> None:
    found = card(chosen=Result.MET, S1=Result.MET)
    assert found.saved_at == "14:32"
    assert (found.answered, found.asked) == (1, 4)
    assert saved_at(None) == ""


@pytest.mark.parametrize(
    ("place", "back", "ahead", "label"),
    [
        (0, "/audits/A-0107/", page("S2"), "Weiter zu S2"),
        (1, page("S1"), page("P3"), "Weiter zu P3"),
        (3, page("P3"), "/audits/A-0107/pruefen/", "Prüfen"),
    ],
)
def test_card_leads_back_and_on(place: int, back: str, ahead: str, label: str) -> None:
    found = card(place)
    assert (found.back_url, found.next_url, found.next_label) == (back, ahead, label)
    assert neighbours(AUDIT, QUESTIONS, QUESTIONS[place]) == (back, ahead)


def test_only_question_stands_between_audit_and_check() -> None:
    alone = QUESTIONS[:1]
    assert neighbours(AUDIT, alone, alone[0]) == ("/audits/A-0107/", "/audits/A-0107/pruefen/")


@pytest.mark.parametrize(
    ("given", "chips"),
    [
        ({}, [("Organisation 0/2", "S1"), ("Prüfpflichten 0/2", "P3")]),
        ({"S1": Result.MET}, [("Organisation 1/2", "S2"), ("Prüfpflichten 0/2", "P3")]),
        (
            {"S1": Result.MET, "S2": Result.NOT_APPLICABLE},
            [("Organisation 2/2", "S1"), ("Prüfpflichten 0/2", "P3")],
        ),
        ({"P3": Result.NOT_MET}, [("Organisation 0/2", "S1"), ("Prüfpflichten 1/2", "P4")]),
    ],
)
def test_chip_leads_to_the_first_open_question_of_its_group(
    given: dict[str, str], chips: list[tuple[str, str]]
) -> None:
    found = card(**given).groups
    assert [(each.label, each.url) for each in found] == [(a, page(code)) for a, code in chips]


@pytest.mark.parametrize(("place", "current"), [(0, [True, False]), (3, [False, True])])
def test_chip_of_the_shown_group_is_marked(place: int, current: list[bool]) -> None:
    assert [each.current for each in card(place).groups] == current


@pytest.mark.parametrize(
    ("place", "chosen", "grade", "shape", "why"),
    [
        (
            0,
            Result.PARTLY,
            "Beobachtung",
            "wait",
            "Vorschlag, weil die Frage nur teilweise erfüllt ist.",
        ),
        (
            0,
            Result.NOT_MET,
            "Nebenabweichung",
            "warn",
            "Vorschlag, weil die Frage nicht erfüllt ist.",
        ),
        (
            2,
            Result.NOT_MET,
            "Hauptabweichung",
            "crit",
            "Vorschlag, weil die Frage als kritisch markiert ist.",
        ),
        (
            2,
            Result.PARTLY,
            "Beobachtung",
            "wait",
            "Vorschlag, weil die Frage nur teilweise erfüllt ist.",
        ),
    ],
)
def test_card_proposes_a_finding_and_says_why(
    place: int, chosen: str, grade: str, shape: str, why: str
) -> None:
    found = card(place, chosen)
    assert found.proposal.grade == grade
    assert (found.proposal.grade_shape, found.proposal.why) == (shape, why)
    code = QUESTIONS[place].code
    assert (
        found.proposal.url
        == found.finding_url
        == f"/audits/A-0107/feststellungen/neu/?frage={code}"
    )


@pytest.mark.parametrize("chosen", ["", Result.MET, Result.NOT_APPLICABLE])
def test_card_proposes_nothing_where_nothing_is_wrong(chosen: str) -> None:
    found = card(2, chosen)
    assert found.proposal is None
    assert found.finding_url.endswith("?frage=P3")


# The checklist on the audit's page


def rows(findings: list[Finding] | None = None, **given: str) -> Any:
    return checklist(AUDIT, QUESTIONS, answers(**given), findings or [])


def test_checklist_groups_questions_and_counts_answers() -> None:
    found = rows(S1=Result.MET, P3=Result.NOT_MET, P4=Result.PARTLY)
    assert [(each.name, each.done) for each in found] == [
        ("Organisation", "1/2"),
        ("Prüfpflichten", "2/2"),
    ]
    assert [row.code for group in found for row in group.rows] == ["S1", "S2", "P3", "P4"]


def test_checklist_without_questions_is_empty() -> None:
    assert checklist(AUDIT, [], {}, []) == []


@pytest.mark.parametrize(
    ("given", "shape", "result", "note"),
    [
        ({}, "open", "", ""),
        ({"S1": Result.MET}, "done", "erfüllt", "Stichprobe"),
        ({"S1": Result.PARTLY}, "part", "teilweise erfüllt", "Stichprobe"),
        ({"S1": Result.NOT_MET}, "no", "nicht erfüllt", "Stichprobe"),
        ({"S1": Result.NOT_APPLICABLE}, "na", "nicht anwendbar", "Stichprobe"),
    ],
)
def test_checklist_row_tells_its_answer(
    given: dict[str, str], shape: str, result: str, note: str
) -> None:
    row = rows(**given)[0].rows[0]
    assert (row.shape, row.result, row.note) == (shape, result, note)
    assert row.url == page("S1")


def test_checklist_row_names_its_own_findings() -> None:
    findings = [
        Finding(number="F-0001", question=QUESTIONS[0]),
        Finding(number="F-0002", question=QUESTIONS[2]),
        Finding(number="F-0003", question=QUESTIONS[0]),
        Finding(number="F-0004"),
    ]
    first, second = rows(findings)
    assert [number for number, _url in first.rows[0].findings] == ["F-0001", "F-0003"]
    assert first.rows[1].findings == []
    assert second.rows[0].findings == [("F-0002", "/feststellungen/F-0002/")]


# The check before the end


def points(score: str | None = "90.00", **missing: list[Question]) -> OpenPoints:
    return OpenPoints(
        unanswered=missing.get("unanswered", []),
        unjustified=missing.get("unjustified", []),
        score=None if score is None else Decimal(score),
    )


def audit_with(majors: int) -> Audit:
    audit = Audit(pk=8, number="A-0108", status=AuditStatus.IN_PROGRESS)
    audit.majors = majors
    return audit


@pytest.mark.parametrize(
    ("majors", "score", "shape", "word", "percent"),
    [
        (0, "90.00", "ok", "bestanden", "90,0\u202f%"),
        (0, "80.00", "ok", "bestanden", "80,0\u202f%"),
        (0, "79.99", "no", "nicht bestanden", "80,0\u202f%"),
        (1, "100.00", "no", "nicht bestanden", "100,0\u202f%"),
        (1, None, "no", "nicht bestanden", "–"),
        (0, None, "", "", "–"),
    ],
)
def test_check_says_how_the_audit_would_end(
    majors: int, score: str | None, shape: str, word: str, percent: str
) -> None:
    found = check_points(audit_with(majors), points(score))
    assert (found.verdict_shape, found.verdict, found.score) == (shape, word, percent)


def test_check_names_what_is_missing_and_where() -> None:
    found = check_points(
        AUDIT_WITH_NONE, points(unanswered=QUESTIONS[:1], unjustified=[QUESTIONS[3], QUESTIONS[2]])
    )
    assert found.unanswered == [("S1 Ist S1 in Ordnung?", "/audits/A-0108/erfassung/S1/")]
    assert [text for text, _url in found.unjustified] == [
        "P4 Ist P4 in Ordnung?",
        "P3 Ist P3 in Ordnung?",
    ]
    assert not found.ready


AUDIT_WITH_NONE = audit_with(0)


@pytest.mark.parametrize(
    ("missing", "ready"),
    [
        ({}, True),
        ({"unanswered": QUESTIONS[:1]}, False),
        ({"unjustified": QUESTIONS[:1]}, False),
    ],
)
def test_check_is_ready_when_nothing_is_missing(
    missing: dict[str, list[Question]], ready: bool
) -> None:
    assert check_points(AUDIT_WITH_NONE, points(**missing)).ready is ready
