"""Tell first: which findings the client has heard of from us, and which are still to be said."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from audits import services
from audits.enums import AuditStatus, FindingStatus, Grade, Verb
from audits.models import Audit, Disclosure, Finding
from audits.quality import CHECKS, untold
from audits.rows import disclosure_actions, finding_facts, finding_record, untold_agenda
from audits.services import IllegalStep, Telling
from tests.audits.factories import AuditFactory, FindingFactory
from tests.conftest import ClientFor
from tests.statements import statements
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common.agenda import to_say
from winback.common.claims import StaleVersion

DAY = dt.date(2026, 11, 20)


def tell(*findings: Finding, by: User, words: str = "") -> list[Finding]:
    case = findings[0].case
    return services.disclose(
        case=case, findings=findings, actor=by, telling=Telling(DAY, by, words)
    )


def fresh(finding: Finding) -> Finding:
    found: Finding = Finding.objects.with_audit().get(pk=finding.pk)
    return found


def events(case: Case) -> list[tuple[str, str]]:
    return [(event.verb, event.data["title"]) for event in case.events.order_by("pk")]


# --- what is untold -------------------------------------------------------------------------


def test_untold_is_what_counts_and_owes_the_client_a_word(audit: Audit, finding: Finding) -> None:
    FindingFactory(audit=audit, grade=Grade.STRENGTH)
    FindingFactory(audit=audit, status=FindingStatus.WITHDRAWN, withdrawn_reason="unbegründet")
    done = FindingFactory(audit=audit, status=FindingStatus.DONE, done_on=DAY)
    assert set(Finding.objects.undisclosed()) == {finding, done}
    rows = Finding.objects.with_audit()
    assert {row for row in rows if row.is_untold} == {finding, done}


def test_agenda_says_the_gravest_first(audit: Audit, finding: Finding) -> None:
    major = FindingFactory(audit=audit, grade=Grade.MAJOR, statement="Fluchtweg verstellt.")
    FindingFactory(audit=audit, grade=Grade.OBSERVATION, statement="a" * 400)
    agenda = untold_agenda(audit.case, None)
    assert [point.word for point in agenda.points] == [
        "Hauptabweichung", "Nebenabweichung", "Beobachtung",
    ]  # fmt: skip
    first, _second, last = agenda.points
    assert first.title == f"{major.number} · Fluchtweg verstellt."
    assert (first.shape, first.url) == ("crit", major.get_absolute_url())
    assert last.title.endswith("…")
    assert agenda.settle_url == f"/faelle/{audit.case.number}/audits/offenlegung/"


def test_agenda_of_another_case_and_of_a_case_told_is_empty(finding: Finding, kam: User) -> None:
    assert not to_say(AuditFactory().case)
    assert to_say(finding.case, DAY).settle_url.endswith("?am=2026-11-20")
    tell(finding, by=kam)
    assert not to_say(finding.case)


# --- telling --------------------------------------------------------------------------------


def test_telling_several_in_one_talk_is_one_event(
    audit: Audit, finding: Finding, kam: User
) -> None:
    other = FindingFactory(audit=audit)
    told = tell(finding, other, by=kam, words="Das haben wir versäumt.")
    assert told == [finding, other]
    row = Disclosure.objects.get(finding=finding)
    assert (row.told_on, row.told_by, row.words) == (DAY, kam, "Das haben wir versäumt.")
    assert str(row) == finding.number
    numbers = f"{finding.number}, {other.number}"
    assert events(audit.case) == [(Verb.FINDING_DISCLOSED, numbers)]
    event = audit.case.events.get()
    assert (event.data["by"], event.data["note"]) == (str(kam), "Das haben wir versäumt.")
    assert "finding" not in event.data


def test_telling_one_leads_to_it_from_the_history(finding: Finding, kam: User) -> None:
    tell(finding, by=kam)
    assert finding.case.events.get().data["finding"] == finding.number


def test_telling_twice_keeps_the_first_day_and_words(
    audit: Audit, finding: Finding, kam: User, kollegin: User
) -> None:
    tell(finding, by=kam, words="zuerst")
    other = FindingFactory(audit=audit)
    assert tell(finding, other, by=kollegin, words="später") == [other]
    assert tell(finding, other, by=kollegin) == []
    assert Disclosure.objects.get(finding=finding).words == "zuerst"
    assert len(events(audit.case)) == 2


def test_telling_leaves_strengths_withdrawn_and_foreign_findings_out(
    audit: Audit, kam: User
) -> None:
    strength = FindingFactory(audit=audit, grade=Grade.STRENGTH)
    foreign = FindingFactory(audit=AuditFactory())
    assert tell(strength, foreign, by=kam) == []
    assert not Disclosure.objects.exists()


def test_telling_in_an_ended_case_is_refused(finding: Finding, kam: User) -> None:
    finding.case.status = Status.LOST
    with pytest.raises(IllegalStep, match="beendet"):
        tell(finding, by=kam)
    assert not Disclosure.objects.exists()


# --- taking back ----------------------------------------------------------------------------


def test_taking_back_a_wrong_entry_puts_it_on_the_agenda_again(finding: Finding, kam: User) -> None:
    tell(finding, by=kam)
    row = fresh(finding)
    services.take_back_disclosure(finding=row, version=row.version, actor=kam, reason="Verwechselt")
    assert to_say(finding.case)
    assert fresh(finding).version == row.version
    assert events(finding.case)[-1] == (Verb.FINDING_UNDISCLOSED, finding.number)
    assert finding.case.events.latest("pk").data["reason"] == "Verwechselt"


def test_taking_back_twice_changes_nothing(finding: Finding, kam: User) -> None:
    services.take_back_disclosure(finding=finding, version=1, actor=kam, reason="x")
    assert events(finding.case) == []


def test_taking_back_after_somebody_else_changed_the_finding_is_stale(
    finding: Finding, kam: User
) -> None:
    tell(finding, by=kam)
    services.start_finding(finding=fresh(finding), actor=kam)
    with pytest.raises(StaleVersion):
        services.take_back_disclosure(finding=finding, version=1, actor=kam, reason="x")
    assert Disclosure.objects.exists()


# --- words ----------------------------------------------------------------------------------


def test_facts_and_file_say_when_and_by_whom(finding: Finding, kam: User) -> None:
    assert finding_facts(fresh(finding), DAY).told == ""
    assert finding_record(fresh(finding), DAY)[-1] is None
    tell(finding, by=kam)
    assert finding_facts(fresh(finding), DAY).told == "am 20.11.2026 durch A. Kaya"
    assert finding_record(fresh(finding), DAY)[-1] == DAY


def test_actions_offer_telling_to_those_who_work_on_the_case(
    finding: Finding, kam: User, operativ: User, auditor: User
) -> None:
    (action,) = disclosure_actions(kam, fresh(finding))
    assert (action.key, action.posts) == ("disclose", False)
    assert action.url.endswith(f"/audits/offenlegung/?nummer={finding.number}")
    assert disclosure_actions(operativ, fresh(finding)) == []
    assert disclosure_actions(auditor, fresh(finding)) == []
    tell(finding, by=kam)
    assert [each.key for each in disclosure_actions(kam, fresh(finding))] == ["untold"]
    assert disclosure_actions(auditor, fresh(finding)) == []


def test_quality_names_nonconformities_of_finished_audits(
    finding: Finding, qm: User, kam: User
) -> None:
    assert not untold(qm, DAY).exists()
    audit = AuditFactory(case=finding.case, status=AuditStatus.FINISHED)
    found = FindingFactory(audit=audit, grade=Grade.MAJOR)
    FindingFactory(audit=audit, grade=Grade.OBSERVATION)
    assert list(untold(qm, DAY)) == [found]
    gap = CHECKS[0].gap(untold(qm, DAY).get())
    assert gap.label == f"{found.number} · Hauptabweichung"
    assert gap.note == found.case.title
    tell(found, by=kam)
    assert not untold(qm, DAY).exists()


# --- pages ----------------------------------------------------------------------------------


def address(case: Case, query: str = "") -> str:
    return reverse("audits:disclose", args=[case.number]) + query


def test_form_ticks_everything_untold_and_the_day_of_the_talk(
    audit: Audit, finding: Finding, client_for: ClientFor, kam: User
) -> None:
    other = FindingFactory(audit=audit, grade=Grade.MAJOR)
    client = client_for(kam)
    form = client.get(address(audit.case, "?am=2026-11-18")).context["form"]
    assert form["findings"].value() == [finding.pk, other.pk]
    assert [str(label).split(" · ")[0] for _key, label in form.fields["findings"].choices] == [
        other.number, finding.number,
    ]  # fmt: skip
    assert form["told_on"].value() == dt.date(2026, 11, 18)
    assert form["told_by"].value() == kam.pk
    one = client.get(address(audit.case, f"?nummer={other.number}&am=gestern")).context["form"]
    assert one["findings"].value() == [other.pk]
    assert one["told_on"].value() == dt.date(2026, 11, 23)
    none = client.get(address(audit.case, "?nummer=F-9999")).context["form"]
    assert none["findings"].value() == []


def test_form_records_what_is_ticked_and_the_rest_stays_listed(
    audit: Audit, finding: Finding, client_for: ClientFor, kam: User
) -> None:
    other = FindingFactory(audit=audit, statement="Prüfbuch fehlt.")
    data = {"findings": [finding.pk], "told_on": "20.11.2026", "told_by": kam.pk, "words": "So."}
    page = client_for(kam).post(address(audit.case), data, follow=True).content.decode()
    assert "Eingetragen: Der Kunde weiß es von uns." in page
    section = page.split('id="untold"')[1].split("</section>")[0]
    assert other.number in section
    assert finding.number not in section


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"findings": []}, "findings", "erforderlich"),
        ({"findings": ["0"]}, "findings", "bereits als offengelegt"),
        ({"findings": ["9" * 40]}, "findings", "bereits als offengelegt"),
        ({"findings": ["x"]}, "findings", ""),
        ({"told_on": "24.11.2026"}, "told_on", "in der Zukunft"),
        ({"told_on": "31.02.2026"}, "told_on", ""),
        ({"told_by": ""}, "told_by", "erforderlich"),
        ({"words": "x" * 2001}, "words", "2000"),
    ],
)
def test_form_refuses_at_the_field_and_keeps_what_was_typed(
    finding: Finding,
    client_for: ClientFor,
    kam: User,
    change: dict[str, object],
    field: str,
    message: str,
) -> None:
    data = {"findings": [finding.pk], "told_on": "20.11.2026", "told_by": kam.pk, "words": "So."}
    response = client_for(kam).post(address(finding.case), data | change)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert message in str(response.context["form"].errors[field])
    assert response.context["form"]["words"].value() == (data | change)["words"]
    assert not Disclosure.objects.exists()


def test_page_of_the_finding_shows_the_words_and_takes_the_entry_back(
    finding: Finding, client_for: ClientFor, kam: User
) -> None:
    client = client_for(kam)
    assert "noch nicht" in client.get(finding.get_absolute_url()).content.decode()
    tell(finding, by=kam, words="Wir haben es <zu spät> gesehen.")
    page = client.get(finding.get_absolute_url()).content.decode()
    assert "am 20.11.2026 durch A. Kaya" in page
    assert "Wir haben es &lt;zu spät&gt; gesehen." in page
    url = reverse("audits:finding_untold", args=[finding.number])
    empty = client.post(url, {"version": 1, "note": " "})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["note"])
    client.post(url, {"version": 1, "note": "Verwechselt"})
    assert not Disclosure.objects.exists()


def test_list_can_be_narrowed_to_what_was_told(
    audit: Audit, finding: Finding, client_for: ClientFor, kam: User
) -> None:
    other = FindingFactory(audit=audit)
    tell(finding, by=kam)
    client, url = client_for(kam), reverse("audits:findings")
    told = client.get(url, {"ansicht": "alle", "offengelegt": "ja"}).content.decode()
    assert finding.number in told
    assert other.number not in told
    rest = client.get(url, {"ansicht": "alle", "offengelegt": "nein"}).content.decode()
    assert other.number in rest
    assert finding.number not in rest


def test_telling_three_costs_what_telling_one_costs(
    audit: Audit, finding: Finding, client_for: ClientFor, kam: User
) -> None:
    client = client_for(kam)
    data = {"told_on": "20.11.2026", "told_by": kam.pk}
    one = statements(client, address(audit.case), data | {"findings": [finding.pk]})
    more = [FindingFactory(audit=audit).pk for _ in range(3)]
    three = statements(client, address(audit.case), data | {"findings": more})
    assert Disclosure.objects.count() == 4
    assert len(one) == len(three), three
