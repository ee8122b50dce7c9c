"""Documents of a case: verbs, what they owe, and their pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case
from tests.cases.papers import TODAY, paper_in, sent
from tests.conftest import ClientFor
from tests.documents.files import PDF, checked, picture
from tests.statements import statements
from winback.cases import obligations
from winback.cases.enums import Status
from winback.cases.enums.papers import PaperVerb
from winback.cases.models import Case, CaseDocument
from winback.cases.permissions import can_add_document, can_change_document
from winback.cases.rows.papers import paper_row, size_in_words, validity
from winback.cases.services import IllegalTransition, papers
from winback.common import papers as registry
from winback.common.claims import StaleVersion
from winback.common.obligations import Query
from winback.common.papers import Paper
from winback.documents.rules import CheckedFile

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *args])


def verbs(case: Case) -> list[str]:
    return [event.verb for event in case.events.all()]


def closed(case: Case) -> Case:
    case.status, case.closed_on = Status.LOST, TODAY
    case.save()
    return case


# Verbs


def test_add_document_stores_it_and_lets_its_owner_see_the_case(
    case: Case, kam: User, kollegin: User
) -> None:
    paper = paper_in(case, owner=kollegin, is_shared=True, note="vom Kunden gezeichnet")
    assert case.members.filter(user=kollegin, left_on=None).exists()
    event = case.events.get(verb=PaperVerb.ADDED)
    assert event.data == {
        "title": "Abnahme Halle 3",
        "document": paper.pk,
        "note": "Protokoll.pdf",
    }
    assert str(paper) == "Abnahme Halle 3"
    assert paper.document.current.uploaded_by == kam


def test_add_document_is_refused_in_an_ended_case(case: Case) -> None:
    with pytest.raises(IllegalTransition):
        paper_in(closed(case))
    assert not CaseDocument.objects.exists()


def test_change_document_corrects_both_sides(case: Case, kam: User, kollegin: User) -> None:
    paper = paper_in(case)
    changes = {"title": "Abnahme Halle 4", "kind": "proof", "valid_until": TODAY}
    own = {"owner": kollegin, "note": "neu", "is_shared": True}
    papers.change_document(
        paper=paper, version=1, actor=kam, today=TODAY, changes={**changes, **own}
    )
    paper.refresh_from_db()
    assert (paper.document.title, paper.document.valid_until) == ("Abnahme Halle 4", TODAY)
    assert (paper.owner, paper.note, paper.is_shared) == (kollegin, "neu", True)
    assert verbs(case)[0] == PaperVerb.CHANGED
    with pytest.raises(StaleVersion):
        papers.change_document(
            paper=paper, version=1, actor=kam, today=TODAY, changes={**changes, **own}
        )


@pytest.mark.parametrize("until", [None, dt.date(2027, 11, 30)])
def test_new_version_brings_its_own_validity(case: Case, kam: User, until: dt.date | None) -> None:
    paper = paper_in(case, valid_until=TODAY)
    papers.add_version(
        paper=paper, version=1, actor=kam, upload=checked("Neu.pdf"), valid_until=until
    )
    paper.refresh_from_db()
    assert paper.document.valid_until == until
    assert [each.number for each in paper.document.versions.all()] == [2, 1]
    assert case.events.first().data["number"] == 2


def test_new_version_with_the_same_validity_is_one_change(case: Case, kam: User) -> None:
    paper = paper_in(case, valid_until=TODAY)
    papers.add_version(paper=paper, version=1, actor=kam, upload=checked(), valid_until=TODAY)
    assert paper.document.version == 2


def test_new_version_of_the_slower_of_two_changes_nothing(case: Case, kam: User) -> None:
    paper = paper_in(case)
    with pytest.raises(StaleVersion):
        papers.add_version(paper=paper, version=8, actor=kam, upload=checked(), valid_until=None)
    assert paper.document.versions.count() == 1


def test_document_is_handed_over(case: Case, kam: User, kollegin: User) -> None:
    paper = paper_in(case)
    papers.hand_over_document(paper.pk, kollegin, kam)
    paper.refresh_from_db()
    assert paper.owner == kollegin
    assert case.members.filter(user=kollegin).exists()
    assert verbs(case)[0] == PaperVerb.REASSIGNED


# What is owed


def test_only_documents_that_expire_in_live_cases_are_owed(
    case: Case, kam: User, kollegin: User
) -> None:
    paper = paper_in(case, valid_until=TODAY, owner=kollegin)
    paper_in(case)
    other = active_case(owner=kam)
    paper_in(other, valid_until=TODAY)
    closed(other)
    (item,) = obligations.find_papers(Query())
    assert (item.pk, item.due_on, item.owner_id) == (paper.pk, TODAY, kollegin.pk)
    assert item.title == "Dokument „Abnahme Halle 3“ erneuern"
    assert item.url == paper.get_absolute_url()


def test_owed_documents_are_narrowed(case: Case, kam: User, kollegin: User) -> None:
    paper_in(case, valid_until=TODAY + dt.timedelta(days=9))
    assert obligations.find_papers(Query(owner_ids=[kam.pk], case_id=case.pk))
    assert not obligations.find_papers(Query(owner_ids=[kollegin.pk]))
    assert not obligations.find_papers(Query(case_id=case.pk + 1))
    assert not obligations.find_papers(Query(due_until=TODAY))


def test_expiring_document_stands_in_my_work_and_does_not_hold_up_the_end(
    case: Case, desk: Client
) -> None:
    paper_in(case, valid_until=TODAY)
    assert "Dokument „Abnahme Halle 3“ erneuern" in desk.get("/meine-arbeit/").content.decode()
    assert obligations.paper_kind(papers.hand_over_document).ends_with_case


# Rights


def test_everybody_in_the_house_brings_papers(
    case: Case, kam: User, operativ: User, auditor: User
) -> None:
    assert can_add_document(operativ, case)
    assert not can_add_document(auditor, case)
    assert not can_add_document(kam, closed(case))


def test_who_keeps_a_document_may_change_it(case: Case, kam: User, operativ: User) -> None:
    paper = paper_in(case)
    assert can_change_document(kam, paper)
    assert not can_change_document(operativ, paper)
    paper.owner = operativ
    assert can_change_document(operativ, paper)
    closed(paper.case)
    assert not can_change_document(operativ, paper)
    assert not can_change_document(kam, paper)


def test_documents_follow_the_visibility_of_their_case(case: Case, kam: User, fremde: User) -> None:
    paper = paper_in(case)
    assert list(CaseDocument.objects.visible_to(kam).matching("HALLE")) == [paper]
    assert not CaseDocument.objects.visible_to(fremde).exists()


# Rows


@pytest.mark.parametrize(
    ("days", "shape", "word"),
    [
        (-1, "late", "abgelaufen"),
        (0, "warn", "heute"),
        (30, "warn", "in 30 Tagen"),
        (31, "", ""),
    ],
)
def test_validity_warns_from_a_month_before_its_end(days: int, shape: str, word: str) -> None:
    found = validity(TODAY + dt.timedelta(days=days), TODAY)
    assert (found.shape, found.word.replace("\xa0", " ")) == (shape, word)


def test_document_without_end_shows_a_dash() -> None:
    assert validity(None, TODAY).until == "–"


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 kB"), (14_400, "14 kB"), (999_400, "999 kB"), (2_449_000, "2,4 MB")],
)
def test_size_reads_as_in_a_file_manager(size: int, words: str) -> None:
    assert size_in_words(size).replace("\xa0", " ") == words


def test_paper_row_offers_a_preview_only_where_it_is_safe(case: Case) -> None:
    text = paper_in(case, upload=CheckedFile("a.txt", "text/plain", b"x"))
    image = paper_in(case, upload=CheckedFile("a.png", "image/png", picture("PNG")))
    assert paper_row(text, TODAY).version.view_url == ""
    assert paper_row(image, TODAY).version.is_picture
    assert paper_row(image, TODAY).version.view_url.endswith("/ansicht/")


# Pages


def upload(desk: Client, case: Case, **fields: Any) -> Any:
    data = {"file": sent(), "kind": "acceptance", "owner": case.owner_id, **fields}
    return desk.post(url("document_create", case), data)


def test_upload_takes_the_name_of_the_file_as_title(case: Case, desk: Client) -> None:
    response = upload(desk, case, note="Original beim Kunden")
    paper = CaseDocument.objects.get()
    assert response["Location"] == url("document", case, paper.pk)
    page = desk.get(response["Location"]).content.decode()
    assert "Abnahme Halle 3" in page
    assert "Original beim Kunden" in page
    assert paper.document.current.sha256[:12] in page


def test_upload_with_its_own_title_and_validity(case: Case, desk: Client) -> None:
    upload(desk, case, title="Zertifikat", valid_until="30.11.2026", is_shared="on")
    page = desk.get(url("documents", case)).content.decode()
    assert "Zertifikat" in page
    assert "für den Kunden freigegeben" in page
    assert "in 7\xa0Tagen" in page or "in 7 Tagen" in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"file": sent("a.exe", b"MZ")}, "nicht angenommen"),
        ({"file": sent("a.pdf", b"<html>")}, "passt nicht zur Endung"),
        ({"file": sent("a.pdf", b"")}, "leer"),
        ({"kind": "nonsense"}, "gültige Auswahl"),
        ({"owner": "99999"}, "gültige Auswahl"),
        ({"valid_until": "quatsch"}, "Datum"),
    ],
)
def test_bad_upload_says_why_and_keeps_what_was_typed(
    case: Case, desk: Client, fields: dict[str, Any], message: str
) -> None:
    response = upload(desk, case, title="Mein Titel", **fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "Mein Titel" in page
    assert not CaseDocument.objects.exists()


def test_new_version_stands_above_the_old_one(case: Case, desk: Client) -> None:
    paper = paper_in(case, valid_until=TODAY)
    response = desk.post(
        url("document_renew", case, paper.pk),
        {"file": sent("Abnahme 2.pdf", PDF + b"\n"), "version": 1, "valid_until": "30.11.2027"},
    )
    assert response.status_code == 302
    page = desk.get(url("document", case, paper.pk)).content.decode()
    assert page.index("Abnahme 2.pdf") < page.index("Protokoll.pdf")
    assert "30.11.2027" in page


def test_slower_edit_is_shown_both_versions(case: Case, desk: Client, kam: User) -> None:
    paper = paper_in(case)
    papers.add_version(paper=paper, version=1, actor=kam, upload=checked(), valid_until=None)
    data = {"title": "Mein Titel", "kind": "proof", "owner": kam.pk, "version": 1}
    response = desk.post(url("document_edit", case, paper.pk), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Mein Titel" in page
    assert "Abnahme Halle 3" in page
    assert desk.post(url("document_edit", case, paper.pk), data | {"version": 2}).status_code == 302


def test_edit_begins_with_what_stands_there(case: Case, desk: Client) -> None:
    paper = paper_in(case, valid_until=TODAY)
    page = desk.get(url("document_edit", case, paper.pk)).content.decode()
    assert 'value="Abnahme Halle 3"' in page
    assert 'value="23.11.2026"' in page


def test_file_is_handed_out_and_shown(case: Case, desk: Client) -> None:
    paper = paper_in(case)
    saved = desk.get(url("document_file", case, paper.pk, 1))
    shown = desk.get(url("document_view", case, paper.pk, 1))
    assert saved.content == shown.content == PDF
    assert saved["Content-Disposition"].startswith("attachment")
    assert shown["Content-Disposition"].startswith("inline")
    assert desk.get(url("document_file", case, paper.pk, 2)).status_code == 404


def test_file_of_another_case_is_not_found(case: Case, kam: User, desk: Client) -> None:
    paper = paper_in(active_case(owner=kam))
    assert desk.get(url("document_file", case, paper.pk, 1)).status_code == 404
    assert desk.get(url("document", case, paper.pk)).status_code == 404


def test_papers_of_other_rooms_stand_below(
    case: Case, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(user: User, case: Case) -> list[Paper]:
        place = ("Frist Abmahnung", "/fristen/1/", "/fristen/1/datei/", "abmahnung.pdf")
        return [Paper("Abmahnung", "Zugangsnachweis", *place, on=TODAY, valid_until=TODAY)]

    monkeypatch.setitem(registry._sources, "test", held)
    page = desk.get(url("documents", case)).content.decode()
    assert "Anderswo geführte Nachweise" in page
    assert 'href="/fristen/1/datei/"' in page
    assert "Zugangsnachweis" in page


def test_tab_says_what_belongs_there_when_empty(case: Case, desk: Client) -> None:
    page = desk.get(url("documents", case)).content.decode()
    assert "jeweils mit allen Fassungen" in page
    assert url("document_create", case) in page
    assert (
        url("document_create", case)
        not in desk.get(url("documents", closed(case))).content.decode()
    )


def test_list_has_no_more_statements_for_more_documents(case: Case, desk: Client) -> None:
    counts = []
    for _round in range(2):
        for number in range(2 * _round + 1):
            paper_in(case, title=f"Dokument {_round}{number}")
        counts.append(len(statements(desk, url("documents", case))))
    assert counts[0] == counts[1] <= 12


def test_document_page_stays_within_its_statements(case: Case, desk: Client) -> None:
    paper = paper_in(case)
    assert len(statements(desk, url("document", case, paper.pk))) <= 12


def test_upload_and_renewal_ask_little(kam: User, desk: Client) -> None:
    case = CaseFactory(owner=kam)
    data = {"file": sent(), "kind": "proof", "owner": kam.pk}
    assert len(statements(desk, url("document_create", case), data)) <= 11
    paper = CaseDocument.objects.get()
    again = {"file": sent("Neu.pdf"), "version": 1}
    assert len(statements(desk, url("document_renew", case, paper.pk), again)) <= 11


def test_english_user_reads_english(case: Case, kam: User, desk: Client) -> None:
    kam.language = "en"
    kam.save()
    paper = paper_in(case, valid_until=TODAY)
    page = desk.get(url("document", case, paper.pk)).content.decode()
    for words in ("Acceptance record", "Upload new version", "internal", "23 Nov"):
        assert words in page.replace("\xa0", " ")
    assert "Fassung" not in page
    assert "Documents" in desk.get(url("documents", case)).content.decode()
    assert "Everything" in desk.get(url("history", case)).content.decode()
