import datetime as dt

import pytest

from audits.enums import FindingStatus, Grade
from audits.rows import finding_rows
from tests.audits.factories import AuditFactory, FindingFactory

TODAY = dt.date(2026, 11, 23)


@pytest.mark.django_db
def test_finding_rows_put_what_is_owed_first_and_the_gravest_on_top() -> None:
    audit = AuditFactory()
    strength = FindingFactory(audit=audit, grade=Grade.STRENGTH)
    settled = FindingFactory(
        audit=audit, grade=Grade.MAJOR, status=FindingStatus.DONE, done_on=TODAY
    )
    minor = FindingFactory(audit=audit, grade=Grade.MINOR)
    major = FindingFactory(audit=audit, grade=Grade.MAJOR)
    rows = finding_rows([strength, settled, minor, major], TODAY)
    ordered = [major, minor, settled, strength]
    assert [row.number for row in rows] == [each.number for each in ordered]
