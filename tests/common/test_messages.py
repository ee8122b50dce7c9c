from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from winback.common import catalogue

SOURCE = '_("Save")\n_("Open")\n'
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two texts of its own, in place of the real one."""
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts" / "texts.py").write_text(SOURCE)
    extract, path, compile_all = (
        catalogue.extract_messages,
        catalogue.po_path,
        catalogue.compile_catalogues,
    )
    monkeypatch.setattr(catalogue, "BASE_DIR", tmp_path)
    monkeypatch.setattr(catalogue, "extract_messages", lambda: extract(tmp_path))
    monkeypatch.setattr(catalogue, "po_path", lambda: path(tmp_path))
    monkeypatch.setattr(catalogue, "compile_catalogues", lambda: compile_all(tmp_path))
    return tmp_path


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("messages", *arguments, stdout=out)
    return out.getvalue()


def part(base: Path, text: str) -> str:
    path = base / "part.po"
    path.write_text(HEADER + text, encoding="utf-8")
    return str(path)


def test_merge_counts_what_lacks_a_translation(base: Path) -> None:
    assert run() == "2 messages, 2 without a translation.\n"


def test_missing_lists_untranslated_texts(base: Path) -> None:
    run()
    assert run("--missing") == "Open\nSave\n"


def test_check_fails_and_names_what_is_missing(base: Path) -> None:
    with pytest.raises(CommandError, match=r"missing: Open\nmissing: Save"):
        run("--check")


def test_import_completes_the_catalogue(base: Path) -> None:
    texts = 'msgid "Save"\nmsgstr "Speichern"\n\nmsgid "Open"\nmsgstr "Öffnen"\n'
    assert run("--import", part(base, texts)) == "2 messages, 0 without a translation.\n"
    assert run("--check") == "The German catalogue is complete.\n"


def test_import_names_what_the_sources_do_not_say(base: Path) -> None:
    said = run("--import", part(base, 'msgid "Fly"\nmsgstr "Fliegen"\n'))
    assert "not in the sources, left out: Fly" in said


def test_import_of_a_file_that_is_not_there_is_refused(base: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.po"):
        run("--import", "none.po")


def test_merge_tells_what_it_removes(base: Path) -> None:
    run()
    (base / "accounts" / "texts.py").write_text('_("Save")\n')
    assert "no longer used, removed: Open" in run()


def test_unreadable_source_is_named(base: Path) -> None:
    (base / "accounts" / "broken.py").write_text('_("open\n')
    with pytest.raises(CommandError, match=r"broken\.py"):
        run()


def test_compile_names_the_files_it_wrote(base: Path) -> None:
    run()
    assert run("--compile") == "locale/de/LC_MESSAGES/django.mo\n"
