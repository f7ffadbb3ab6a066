"""The catalogues: every word of the interface is there in every language, and in every plural form."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from snippetsvc.language import LANGUAGES, SOURCE
from tools.catalogues import FOLDER, compile_catalogues

ROOT = Path(__file__).parents[2]
TRANSLATED = sorted(code for code in LANGUAGES if code != SOURCE)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def _used() -> Catalog:
    """Every message that templates, scripts and modules use."""
    with (ROOT / "snippetsvc/translations/babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    used = Catalog()
    for name, _, message, comments, context in extract_from_dir(ROOT, methods, options, directory_filter=_ours):
        used.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return used


def _ours(path: str | Path) -> bool:
    return not Path(path).name.startswith((".", "node_modules"))


def _catalogue(code: str) -> Catalog:
    with (FOLDER / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def _ids(catalogue: Catalog) -> dict[object, set[str]]:
    return {message.id: {str(name) for name, _ in message.locations} for message in catalogue if message.id}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_what_is_used_and_nothing_else(code: str) -> None:
    used, there = _ids(_used()), _ids(_catalogue(code))

    assert set(used) - set(there) == set(), "missing"
    assert set(there) - set(used) == set(), "unused"
    # The locations decide which messages the scripts are given.
    assert there == used


def test_what_is_served_was_compiled_from_the_texts(tmp_path: Path) -> None:
    for code in TRANSLATED:
        texts = tmp_path / code / "LC_MESSAGES"
        texts.mkdir(parents=True)
        shutil.copy(FOLDER / code / "LC_MESSAGES" / "messages.po", texts)

    made = compile_catalogues(tmp_path)

    assert len(made) == 2 * len(TRANSLATED)
    for file in made:
        # Any target of make compiles what has changed.
        assert (FOLDER / file.relative_to(tmp_path)).read_bytes() == file.read_bytes(), "make dev compiles it"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_in_every_plural_form(code: str) -> None:
    catalogue = _catalogue(code)

    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert not message.fuzzy, ids
        assert len(strings) == (catalogue.num_plurals if len(ids) > 1 else 1), ids
        for string in strings:
            assert isinstance(string, str), ids
            assert string, ids
            assert string.strip() == string, ids
            assert sorted(PLACEHOLDER.findall(string)) == sorted(PLACEHOLDER.findall(str(ids[-1]))), ids


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("number", [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 1000])
def test_scripts_get_the_same_plural_forms_as_the_server(code: str, number: int) -> None:
    language = LANGUAGES[code]
    forms = language.messages["{n} snippet"]
    assert isinstance(forms, dict)

    assert forms[language.locale.plural_form(number)] == language.ngettext("{n} snippet", "{n} snippets", number)
    assert set(forms) == {*language.locale.plural_form.rules, "other"}


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ("ru", 1, "1 фрагмент"),
        ("ru", 2, "2 фрагмента"),
        ("ru", 5, "5 фрагментов"),
        ("ru", 11, "11 фрагментов"),
        ("ru", 21, "21 фрагмент"),
        ("be", 1, "1 фрагмент"),
        ("be", 3, "3 фрагменты"),
        ("be", 12, "12 фрагментаў"),
        ("en", 1, "1 snippet"),
        ("en", 21, "21 snippets"),
    ],
)
def test_plurals(code: str, number: int, words: str) -> None:
    form = LANGUAGES[code].translations.ngettext("%(num)s snippet", "%(num)s snippets", number)

    assert form % {"num": number} == words
