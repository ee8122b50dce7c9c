from winback.common import catalogue


def test_german_catalogue_is_complete() -> None:
    found = catalogue.check(
        catalogue.extract_messages(), catalogue.read_catalogue(catalogue.po_path())
    )
    assert found.lines() == []
