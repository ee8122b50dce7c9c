"""The story files alone: who and what they name exists, and their days make sense together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from tests.demo.texts import (
    CAUSES,
    CLIENTS,
    KPIS,
    MEASURES,
    PEOPLE,
    QUESTIONS,
    RESULTS,
    STORIES,
    Text,
    everything,
    parts,
)

each_story = pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)

#: What the services of the demo read of a story; anything else would be told to nobody.
READ = {
    "client", "sites", "contacts", "contract", "case", "team", "decisions", "situations", "steps",
    "health", "rest", "end", "handovers", "escalations", "escalation_steps", "plan_b", "aftercare",
    "tenders", "successes", "resources", "site_facts", "lessons", "pages", "causes", "audits",
    "kpis", "talks", "complaints", "expectations", "rhythms", "series", "followups", "ways",
    "commitments", "amendments", "lines", "deadlines", "cooperation", "plan", "documents",
    "incidents", "inspections",
}  # fmt: skip
#: Fields that name one of our people, wherever they stand.
OURS = {
    "owner", "deputy", "who", "decided_by", "lead", "caller", "confirmed_by", "held_by",
    "apologised_by",
}  # fmt: skip
#: Days on which something happened: the story says that it is done.
DONE = {
    "day", "opened", "planned", "held", "started", "done", "kept", "broken", "released", "given",
    "noted", "first_sign_on", "lost_on", "withdrawn", "sent", "told_on", "happened_on", "ended",
}  # fmt: skip


def ours(story: Text) -> Iterator[str]:
    """The keys of our people a story names."""
    for name, entry in everything(story):
        yield from (entry[field] for field in OURS & entry.keys())
        if name in {"decisions", "handovers", "lessons"} and "by" in entry:
            yield entry["by"]
        if name == "handovers":
            yield entry["to"]
        if name in {"talks", "audits"}:
            yield from entry.get("ours", []) + entry.get("team", [])
        if name == "audits":
            yield from (finding["owner"] for finding in entry.get("findings", []))
            yield from ([entry["disclosed"]["by"]] if "disclosed" in entry else ())
            yield from ([entry["aggregate"]["owner"]] if "aggregate" in entry else ())
        if name == "plan":
            yield from entry.get("owners", {}).values()
            yield from (own["owner"] for own in entry.get("own", []))
        if name == "kpis":
            yield from (pick["owner"] for pick in entry["picks"] if "owner" in pick)


def days_done(node: Any, path: str = "") -> Iterator[tuple[str, int]]:
    """Every day of a story on which something is said to be done, with where it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in DONE and isinstance(value, int) and not isinstance(value, bool):
                yield f"{path}/{key}", value
            yield from days_done(value, f"{path}/{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from days_done(value, f"{path}[{place}]")


@each_story
def test_story_has_no_part_that_nobody_reads(story: Text) -> None:
    assert set(story) - READ == set()
    assert {"client", "sites", "contacts", "contract", "case"} <= set(story)


@each_story
def test_story_names_only_people_of_the_demo(story: Text) -> None:
    assert set(ours(story)) - set(PEOPLE["people"]) == set()


@each_story
def test_story_names_only_its_own_contacts_and_sites(story: Text) -> None:
    known = set(story["contacts"])
    for name, field in (
        ("commitments", "to"),
        ("complaints", "from"),
        ("expectations", "from"),
        ("rhythms", "with"),
        ("followups", "with"),
    ):
        assert {entry[field] for entry in parts(story, name) if field in entry} <= known, name
    for talk in parts(story, "talks"):
        assert set(talk["with"]) <= known, talk["subject"]
    sites = {site["name"] for site in story["sites"]}
    assert len(sites) == len(story["sites"])
    for name in ("complaints", "site_facts"):
        assert {entry["site"] for entry in parts(story, name) if "site" in entry} <= sites
    assert all(audit.get("site", 0) < len(sites) for audit in parts(story, "audits"))


@each_story
def test_nothing_that_is_said_to_be_done_lies_ahead(story: Text) -> None:
    assert {where: day for where, day in days_done(story) if day > 0} == {}


@each_story
def test_nothing_happens_before_the_case_is_opened_or_after_its_end(story: Text) -> None:
    opened = story["case"]["opened"]
    end = story["end"]["day"] if "end" in story else 0
    for name, entry in everything(story):
        if name not in {"client", "sites", "contacts", "contract", "case", "end", "successes"}:
            first = entry.get("day", entry.get("planned", entry.get("promised", opened)))
            if name == "incidents":
                first = entry["noted"]
            assert opened <= first <= end, (name, entry)


@each_story
def test_first_sign_comes_before_loss_and_opening(story: Text) -> None:
    case = story["case"]
    assert case["first_sign_on"] < case["opened"]
    if "lost_on" in case:
        assert case["first_sign_on"] < case["lost_on"] <= case["opened"]
    assert ("lost_on" in case) == (case["loss_kind"] != "endangered")


@each_story
def test_key_account_manager_and_deputy_are_two_people(story: Text) -> None:
    case = story["case"]
    assert case["owner"] != case["deputy"]
    for field in ("owner", "deputy"):
        assert PEOPLE["people"][case[field]]["role"] == "kam"


@each_story
def test_only_management_decides_whether_a_case_is_worth_it(story: Text) -> None:
    for decision in parts(story, "decisions"):
        assert PEOPLE["people"][decision["by"]]["role"] == "management"
        assert len(decision["reasons"]) > 40
    assert ("plan" in story) <= ("go" in [each["decision"] for each in parts(story, "decisions")])


@each_story
def test_causes_of_a_story_are_in_the_catalogue_and_weigh_a_hundred(story: Text) -> None:
    causes = parts(story, "causes")
    assert {cause["category"] for cause in causes} <= set(CAUSES)
    shares = [cause["share"] for cause in causes]
    assert not causes or (sum(shares), shares[0]) == (100, max(shares))
    for cause in causes:
        assert ("confirmed" in cause) == bool(cause.get("evidence")), cause["category"]
        assert cause["day"] <= cause.get("confirmed", 0)
        if "client" in cause:
            assert cause["client"]["day"] >= cause["day"]
            assert cause["client"]["from"] in story["contacts"]


@each_story
def test_evidence_of_a_cause_was_found_before_it_was_confirmed(story: Text) -> None:
    held = {audit["key"]: audit for audit in parts(story, "audits")}
    for cause in parts(story, "causes"):
        for proof in cause.get("evidence", []):
            assert proof.keys() in ({"finding"}, {"source"})
            if "finding" in proof:
                key, code = proof["finding"].split("/")
                assert held[key]["held"] < cause["confirmed"]
                assert code in {finding["question"] for finding in held[key]["findings"]}


@each_story
def test_audits_answer_questions_of_their_checklist(story: Text) -> None:
    for audit in parts(story, "audits"):
        asked = set(QUESTIONS[audit["template"]])
        assert set(audit.get("answers", {})) <= asked
        assert {finding["question"] for finding in audit.get("findings", [])} <= asked
        assert audit["planned"] <= audit.get("held", 0)
        assert ("conclusion" in audit) == ("participants" in audit), audit["key"]


@each_story
def test_a_deviation_is_found_only_where_the_answer_is_no_yes(story: Text) -> None:
    for audit in parts(story, "audits"):
        answers = audit.get("answers", {})
        for finding in audit.get("findings", []):
            result = answers.get(finding["question"], {}).get("result", "met")
            if finding["grade"] in {"major", "minor"}:
                assert result in {"partly", "not_met"}, finding["statement"]
            if finding["grade"] == "strength":
                assert result == "met", finding["statement"]


@each_story
def test_findings_are_told_once_they_are_found(story: Text) -> None:
    for audit in parts(story, "audits"):
        told = audit.get("disclosed", {"day": 0, "questions": []})
        assert told["day"] >= audit.get("held", 0)
        found = {each["question"]: each["grade"] for each in audit.get("findings", [])}
        found["aggregate"] = "major" if "aggregate" in audit else "strength"
        assert "strength" not in {found[code] for code in told["questions"]}


@each_story
def test_what_is_one_major_was_found_as_minors(story: Text) -> None:
    for audit in parts(story, "audits"):
        found = {each["question"]: each["grade"] for each in audit.get("findings", [])}
        codes = audit.get("aggregate", {"questions": []})["questions"]
        assert {found[code] for code in codes} <= {"minor"}
        assert len(codes) != 1


@each_story
def test_findings_are_settled_after_the_audit_in_order(story: Text) -> None:
    for audit in parts(story, "audits"):
        for finding in audit.get("findings", []):
            days = [audit["held"], *(finding[key] for key in ("started", "done") if key in finding)]
            assert days == sorted(days), finding["statement"]


@each_story
def test_kpis_of_a_story_are_in_the_catalogue_with_goal_and_decision(story: Text) -> None:
    for kpis in parts(story, "kpis"):
        keys = [pick["key"] for pick in kpis["picks"]]
        assert len(set(keys)) == len(keys)
        assert set(keys) <= set(KPIS)
        for pick in kpis["picks"]:
            assert ("baseline" in pick) == ("target" in pick) == ("target_in" in pick)
            assert pick["decision"].endswith(".")
            if KPIS[pick["key"]]["unit"] == "%":
                assert max(pick["now"], pick["before"], pick.get("target", 0)) <= 100


@each_story
def test_targets_lie_on_the_better_side_of_the_baseline(story: Text) -> None:
    for kpis in parts(story, "kpis"):
        for pick in kpis["picks"]:
            if "baseline" in pick:
                better = pick["target"] - pick["baseline"]
                up = KPIS[pick["key"]]["direction"] == "up"
                assert better > 0 if up else better < 0, pick["key"]


@each_story
def test_every_promise_ends_once_at_most_and_says_why(story: Text) -> None:
    for promise in parts(story, "commitments"):
        ends = {"kept", "broken", "released"} & promise.keys()
        assert len(ends) <= 1, promise["what"]
        assert ("broken" in promise) == ("reason" in promise)
        assert ("released" in promise) == ("proof" in promise)
        assert ("told" in promise) <= ("kept" in promise)
        assert ("confirmed" in promise) == ("basis" in promise)
        assert not {"confirmed", "unconfirmed"} <= promise.keys()
        assert promise["promised"] <= promise["due"]
        assert all(promise[end] >= promise["promised"] for end in ends)


@each_story
def test_a_promise_of_a_talk_was_given_when_it_was_held(story: Text) -> None:
    talks = parts(story, "talks")
    for promise in parts(story, "commitments"):
        if "talk" in promise:
            talk = talks[promise["talk"]]
            assert talk["day"] == promise["promised"]
            assert promise["to"] in talk["with"]


@each_story
def test_plan_speaks_of_measures_of_the_template(story: Text) -> None:
    for plan in parts(story, "plan"):
        named = {*plan.get("late", ()), *plan.get("overdue", ()), *plan.get("results", ())}
        for part in ("moved", "stuck", "dropped"):
            keys = [change["key"] for change in plan.get(part, ())]
            assert len(set(keys)) == len(keys)
            named |= set(keys)
        assert named - set(MEASURES) == set()


@each_story
def test_own_measures_belong_to_something_the_story_knows(story: Text) -> None:
    causes = {cause["category"] for cause in parts(story, "causes")}
    amendments = {amendment["name"] for amendment in parts(story, "amendments")}
    findings = {
        f"{audit['key']}/{finding['question']}"
        for audit in parts(story, "audits")
        for finding in audit.get("findings", ())
    }
    for plan in parts(story, "plan"):
        for own in plan.get("own", ()):
            assert own["given"] >= plan["day"]
            assert own.get("cause") in {None, *causes}
            assert own.get("finding") in {None, *findings}
            assert own.get("amendment") in {None, *amendments}
            assert own.get("commitment", 0) < max(len(parts(story, "commitments")), 1)
            assert ("done" in own) == ("result" in own)


@each_story
def test_phases_are_passed_one_after_the_other(story: Text) -> None:
    for plan in parts(story, "plan"):
        passed = plan.get("passed", [])
        assert [phase["number"] for phase in passed] == [str(n + 1) for n in range(len(passed))]
        days = [plan["day"], *(phase["day"] for phase in passed)]
        assert all(before < after for before, after in pairwise(days))


@each_story
def test_complaints_are_answered_before_they_are_closed(story: Text) -> None:
    for complaint in parts(story, "complaints"):
        days = [complaint["day"]]
        days += [complaint[key]["day"] for key in ("answered", "closed") if key in complaint]
        assert days == sorted(days), complaint["what"]
        assert ("closed" in complaint) <= ("answered" in complaint)
        assert ("core_reason" in complaint) == (complaint.get("core", "unclear") != "unclear")


@each_story
def test_deadlines_and_cooperation_name_what_stands_in_the_contract(story: Text) -> None:
    deadlines = {deadline["name"] for deadline in parts(story, "deadlines")}
    amendments = {amendment["name"]: amendment for amendment in parts(story, "amendments")}
    for owed in parts(story, "cooperation"):
        assert set(owed.get("holds", ())) <= deadlines
        if "amendment" in owed:
            assert amendments[owed["amendment"]]["day"] <= owed["day"]
    for deadline in parts(story, "deadlines"):
        assert ("done" in deadline) == ("done_note" in deadline)
        assert ("ended" in deadline) == ("reason" in deadline)
        assert not {"done", "ended"} <= deadline.keys()


@each_story
def test_contract_ends_after_it_starts_and_notice_lies_within(story: Text) -> None:
    contract = story["contract"]
    assert contract["starts_on"] < story["case"]["opened"]
    if "ends_on" in contract:
        assert contract["starts_on"] < contract["ends_on"]
    for name in {"notice_on", "option_on"} & contract.keys():
        assert contract["starts_on"] < contract[name] <= contract["ends_on"]
    assert ("option_months" in contract) == ("option_on" in contract)


def test_numbers_of_clients_and_contracts_are_their_own() -> None:
    clients = Counter(story["client"]["number"] for story in STORIES.values())
    clients.update(quiet["client"]["number"] for quiet in CLIENTS["quiet"])
    contracts = Counter(story["contract"]["number"] for story in STORIES.values())
    for numbers in (clients, contracts):
        assert [number for number, times in numbers.items() if times > 1] == []


def test_phone_numbers_ring_nowhere() -> None:
    """Blocks the Bundesnetzagentur keeps free for films and stories: Berlin, Frankfurt, Cologne,
    Munich.
    """
    contacts = [contact for story in STORIES.values() for contact in story["contacts"].values()]
    contacts += [quiet["contact"] for quiet in CLIENTS["quiet"]]
    phones = [contact["phone"] for contact in contacts if "phone" in contact]
    assert len(phones) == 5
    free = ("030 23125-", "069 90009-", "0221 4710-", "089 99998-")
    assert [phone for phone in phones if not phone.startswith(free)] == []


def test_results_are_told_for_every_measure_of_the_template() -> None:
    assert set(RESULTS) == set(MEASURES)
    assert [key for key, text in RESULTS.items() if not text.endswith(".")] == []


def test_the_mediator_of_the_practice_case_has_one_name() -> None:
    story = STORIES["01-norhagen"]
    (page,) = [page for page in story["pages"] if "neutral_person" in page]
    name = page["neutral_person"].partition(",")[0]
    (talk,) = [talk for talk in story["talks"] if talk["kind"] == "mediation"]
    assert (talk["moderator"], talk["others"]) == (name, f"{name} (Mediatorin)")
    assert [step["helper"] for step in story["escalation_steps"] if "helper" in step] == [
        page["neutral_person"]
    ]


def test_the_crisis_meeting_of_the_practice_case_is_told_of_after_it_was_held() -> None:
    story = STORIES["01-norhagen"]
    (talk,) = [talk for talk in story["talks"] if talk["kind"] == "crisis"]
    (minutes,) = [paper for paper in story["documents"] if paper["kind"] == "minutes"]
    (step,) = [each for each in story["escalation_steps"] if "Krisengespräch" in each["title"]]
    assert talk["day"] == step["done"] <= minutes["day"]


def test_shown_accounts_are_one_person_per_role() -> None:
    people = PEOPLE["people"].values()
    shown = [
        person
        for person in people
        if f"{person['first_name']}.{person['last_name']}".lower() in PEOPLE["shown"]
    ]
    assert len(shown) == len(PEOPLE["shown"])
    assert {person["role"] for person in shown} == {person["role"] for person in people}
    assert sum(person.get("is_administrator", False) for person in people) == 1


def test_nobody_deputises_for_themselves_or_while_away() -> None:
    away = {absence["who"]: absence for absence in PEOPLE["absences"]}
    for who, absence in away.items():
        assert absence["deputy"] != who
        assert absence["from"] <= absence["until"]
        assert absence["deputy"] not in away


def test_what_is_known_of_clients_speaks_of_their_contacts() -> None:
    names = {story["client"]["name"]: story for story in STORIES.values()}
    for known in CLIENTS["known"]:
        story = names[known["client"]]
        contacts = {contact["last_name"] for contact in story["contacts"].values()}
        told = {*known["contacts"]}
        for part in ("consents", "objections"):
            told |= {each["who"] for each in known.get(part, ())}
        told |= {name for each in known.get("messages", ()) for name in each["to"]}
        assert told <= contacts
        assert set(known.get("lots", {})) <= {site["name"] for site in story["sites"]}


def test_what_is_known_of_clients_happened_after_the_case_was_opened() -> None:
    names = {story["client"]["name"]: story for story in STORIES.values()}
    for known in CLIENTS["known"]:
        opened = names[known["client"]]["case"]["opened"]
        assert opened <= known["day"] <= 0
        for part in ("consents", "objections", "messages"):
            for each in known.get(part, ()):
                assert known["day"] <= each["day"] <= 0
                assert each["day"] <= each.get("withdrawn", 0) <= 0
                assert each["day"] <= each.get("sent", 0) <= 0


def test_every_site_lies_in_one_region() -> None:
    lands = Counter(land for region in CLIENTS["regions"] for land in region.get("lands", ()))
    assert set(lands.values()) == {1}
    sites = [site for story in STORIES.values() for site in story["sites"]]
    sites += [quiet["site"] for quiet in CLIENTS["quiet"]]
    assert {site["bundesland"] for site in sites} <= set(lands)
    parents = {region["part_of"] for region in CLIENTS["regions"] if "part_of" in region}
    assert parents == {"Deutschland"}


def test_looks_at_quiet_clients_follow_each_other() -> None:
    for quiet in CLIENTS["quiet"]:
        assert quiet["client"]["since"] < -1000
        for look in quiet["looks"]:
            assert look["planned"] < look["until"]
            assert ("done" in look) == ("result" in look) == ("reason" in look)
            assert look["planned"] <= look.get("done", 0) <= 0
            assert ("unspoken" in look) == look.get("without_notice", False)
