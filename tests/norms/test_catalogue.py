"""The catalogue of norms: loading, care, and what the models say about one row."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
import yaml
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import User
from tests.norms.factories import NormFactory, RuleFactory
from winback.common.claims import StaleVersion
from winback.demo.services.reference import FOLDER
from winback.norms import services
from winback.norms.enums import Confidence, NormStatus
from winback.norms.models import InspectionRule, Norm

SHIPPED: dict[str, Any] = yaml.safe_load((FOLDER / "norms.yaml").read_text(encoding="utf-8"))
TODAY = dt.date(2026, 11, 23)


def catalogue(**changes: Any) -> dict[str, Any]:
    """Two norms, the first superseded by the second, and one inspection of the second."""
    shipped = copy.deepcopy(SHIPPED)
    norms = {entry["key"]: entry for entry in shipped["norms"]}
    rules = {entry["key"]: entry for entry in shipped["inspection_intervals"]}
    old, new = norms["din_en_15221_3"], norms["din_en_15221_8"]
    rule = {**rules["rlt_hygiene_dry"], "norm": new["key"]}
    data = {"meta": shipped["meta"], "norms": [old, new], "inspection_intervals": [rule]}
    return {**data, **changes}


@pytest.mark.django_db
def test_load_norms_writes_norms_successors_and_rules() -> None:
    # two norms, the link between them, one inspection
    assert services.load_norms(data=catalogue()) == 4
    old = Norm.objects.get(key="din_en_15221_3")
    assert old.superseded_by is not None
    assert old.superseded_by.key == "din_en_15221_8"
    assert (old.status, old.is_outdated) == (NormStatus.SUPERSEDED, True)
    assert old.checked_on == dt.date(2026, 11, 22)
    rule = InspectionRule.objects.get()
    assert (rule.interval_months, rule.norm_id) == (36, old.superseded_by_id)
    assert services.load_norms(data=catalogue()) == 0


@pytest.mark.django_db
def test_load_norms_keeps_edited_rows_and_mends_others() -> None:
    services.load_norms(data=catalogue())
    Norm.objects.filter(key="din_en_15221_3").update(edition="2011-12 B", edited=True)
    Norm.objects.filter(key="din_en_15221_8").update(edition="verstellt")
    assert services.load_norms(data=catalogue()) == 1
    assert Norm.objects.get(key="din_en_15221_3").edition == "2011-12 B"
    assert Norm.objects.get(key="din_en_15221_8").edition != "verstellt"


@pytest.mark.django_db
def test_load_norms_retires_what_the_file_no_longer_names_and_spares_own_rows() -> None:
    services.load_norms(data=catalogue())
    own = NormFactory(edited=True)
    rest = catalogue(inspection_intervals=[])
    assert services.load_norms(data=rest) == 1
    assert InspectionRule.objects.get().active is False
    assert Norm.objects.get(pk=own.pk).active is True


@pytest.mark.django_db
def test_load_norms_with_two_successors_refuses_the_file() -> None:
    data = catalogue()
    data["norms"][0]["superseded_by"] = ["din_en_15221_8", "din_en_15221_3"]
    with pytest.raises(ValueError, match="more than one successor"):
        services.load_norms(data=data)


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["kind", "status", "confidence"])
def test_load_norms_with_an_unknown_word_refuses_the_file(field: str) -> None:
    data = catalogue()
    data["norms"][0][field] = "erfunden"
    with pytest.raises(ValueError, match="erfunden"):
        services.load_norms(data=data)


def test_shipped_hygiene_inspections_follow_vdi_6022() -> None:
    rules = {entry["key"]: entry for entry in SHIPPED["inspection_intervals"]}
    assert rules["rlt_hygiene_humid"]["interval_months"] == 24
    assert rules["rlt_hygiene_dry"]["interval_months"] == 36
    assert {rule["norm"] for key, rule in rules.items() if "hygiene" in key} == {"vdi_6022_1"}


def test_shipped_norms_follow_the_checked_results() -> None:
    norms = {entry["key"]: entry for entry in SHIPPED["norms"]}
    for part in (3, 4, 5, 7):
        entry = norms[f"din_en_15221_{part}"]
        assert entry["status"] == "superseded"
        assert entry["superseded_by"] == ["din_en_15221_8"]
    assert norms["gefma_940"]["confidence"] == "low"


def test_add_norm_makes_a_key_and_names_who_checked(qm: User) -> None:
    changes = {"code": "DIN 77400", "name_de": "Reinigung", "kind": "standard"}
    norm = services.add_norm(actor=qm, today=TODAY, changes=changes)
    assert norm.key == "din_77400"
    assert (norm.checked_on, norm.checked_by) == (TODAY, qm)
    assert norm.edited
    assert norm.history.get().history_user == qm
    assert list(Norm.objects.matching("77400")) == [norm]


@pytest.mark.parametrize("code", ["din 77 400", "–"])
def test_add_norm_with_a_known_or_empty_key_is_refused(qm: User, code: str) -> None:
    NormFactory(key="din_77_400")
    with pytest.raises(services.NormError) as refused:
        services.add_norm(actor=qm, today=TODAY, changes={"code": code, "name_de": "Reinigung"})
    assert refused.value.field == "code"


def test_change_norm_keeps_a_given_day_and_is_safe_from_the_catalogue(qm: User) -> None:
    services.load_norms(data=catalogue())
    norm = Norm.objects.get(key="din_en_15221_8")
    day = dt.date(2026, 10, 5)
    changes = {"edition": "2026-01", "checked_on": day}
    services.change_norm(norm=norm, version=1, actor=qm, today=TODAY, changes=changes)
    services.load_norms(data=catalogue())
    norm.refresh_from_db()
    assert (norm.edition, norm.checked_on, norm.version) == ("2026-01", day, 2)


def test_change_norm_at_an_older_version_is_refused(qm: User) -> None:
    norm = NormFactory()
    Norm.objects.filter(pk=norm.pk).update(version=2)
    with pytest.raises(StaleVersion):
        services.change_norm(norm=norm, version=1, actor=qm, today=TODAY, changes={})


def test_change_norm_in_a_circle_of_successors_is_refused(qm: User) -> None:
    first = NormFactory()
    second = NormFactory(superseded_by=first)
    third = NormFactory(superseded_by=second)
    with pytest.raises(services.NormError) as refused:
        services.change_norm(
            norm=first, version=1, actor=qm, today=TODAY, changes={"superseded_by": third}
        )
    assert refused.value.field == "superseded_by"
    last, first = NormFactory(), Norm.objects.get(pk=first.pk)
    services.change_norm(
        norm=first, version=1, actor=qm, today=TODAY, changes={"superseded_by": last}
    )
    assert first.superseded_by == last


@pytest.mark.django_db
def test_norm_that_supersedes_itself_is_refused_by_the_database() -> None:
    norm = NormFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Norm.objects.filter(pk=norm.pk).update(superseded_by=norm)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", [{"interval_months": 0}, {"interval_months": 601}, {"max_interval_months": 12}]
)
def test_rule_with_an_impossible_interval_is_refused_by_the_database(
    values: dict[str, int],
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleFactory(**values)


@pytest.mark.parametrize(
    ("confidence", "status", "doubtful"),
    [
        (Confidence.LOW, NormStatus.CURRENT, True),
        (Confidence.HIGH, NormStatus.UNKNOWN, True),
        (Confidence.MEDIUM, NormStatus.SUPERSEDED, False),
    ],
)
def test_norm_is_doubtful_when_little_is_known(
    confidence: str, status: str, doubtful: bool
) -> None:
    assert Norm(confidence=confidence, status=status).is_doubtful is doubtful


def test_norm_cites_its_edition_where_there_is_one() -> None:
    assert Norm(code="VDI 6022-1", edition="2018-01").citation == "VDI 6022-1:2018-01"
    assert Norm(code="BetrSichV").citation == "BetrSichV"


def test_rule_speaks_the_language_of_the_reader() -> None:
    rule = InspectionRule(
        name_de="Aufzug",
        name_en="Lift",
        task_de="Hauptprüfung",
        task_en="Main inspection",
        by_de="ZÜS",
        by_en="Approved body",
        binding_de="Pflicht",
        binding_en="Duty",
        interval_months=24,
        confidence=Confidence.LOW,
    )
    assert (str(rule), rule.by, rule.binding) == ("Aufzug: Hauptprüfung", "ZÜS", "Pflicht")
    with translation.override("en"):
        assert (str(rule), rule.by, rule.binding) == (
            "Lift: Main inspection",
            "Approved body",
            "Duty",
        )
    assert (rule.longest, rule.is_doubtful) == (24, True)
    rule.max_interval_months = 36
    assert rule.longest == 36


@pytest.mark.django_db
def test_offered_norms_are_active_and_by_code() -> None:
    b, a, _gone = NormFactory(code="VDI B"), NormFactory(code="VDI A"), NormFactory(active=False)
    assert list(Norm.objects.offered()) == [a, b]
