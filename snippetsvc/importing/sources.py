"""Sources: what is named on the command line, and which documents each stands for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from snippetsvc.errors import Invalid, NotFetched
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.fetching import MOST, MOST_OF_A_SITEMAP, Fetched
from snippetsvc.importing.lists import listed_in
from snippetsvc.importing.reading import kind_of_file
from snippetsvc.models import Became, Outcome

#: Addresses that say by their end that they are lists, and may be as large.
_OF_LISTS = (".xml", ".gz")
_DEEP = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A document that is to be brought in.

    address: as in `Imported`; path: of a file; fetched: the answer at the address, where it had to be asked already to
    find out that it is no list.
    """

    address: str
    path: Path | None = None
    fetched: Fetched | None = None


@dataclass(slots=True)
class Source:
    """name: by which the store knows it; lasting: whether what is not in it any more is gone; refused: lists in it that
    could not be read."""

    name: str
    items: list[Item] = field(default_factory=list)
    lasting: bool = False
    refused: list[Outcome] = field(default_factory=list)


def name_of(text: str) -> str:
    """The name of the source `text`: the same on another machine, for an address or a folder of the same name."""
    if "://" in text:
        try:
            return str(Address.of(text))
        except ValueError:
            return text
    path = Path(text).resolve()
    return f"file:{path.name}" if path.is_dir() else f"file:{path.parent.name}/{path.name}"


def source_of(text: str, get: Callable[[str, int], Fetched], is_page: Callable[[str], bool]) -> Source:
    """The source `text`: an address, a folder, a file.

    get: fetches an address and so many bytes at most; is_page: whether it is known to be one, and no list of pages.

    Raises `OSError` for a file or folder that cannot be read.
    """
    source = Source(name_of(text))
    if is_page(source.name):
        source.items = [Item(source.name, None if "://" in text else Path(text).resolve())]
    elif "://" in text:
        _add_list(source, source.name, get, frozenset(), direct=True)
    elif (path := Path(text)).is_dir():
        root = path.resolve()
        source.lasting = True
        found = sorted(each for each in root.rglob("*") if each.is_file() and kind_of_file(each.name))
        source.items = [Item(f"{source.name}/{_written(each.relative_to(root))}", each) for each in found]
    elif path.suffix.lower() in _OF_LISTS:
        _add(source, source.name, path.read_bytes(), None, get, frozenset())
    else:
        source.items = [Item(source.name, path.resolve())]
    return source


def _written(path: Path) -> str:
    """A path as text: of a name that is not UTF-8, what can be read of it."""
    return os.fsencode(path.as_posix()).decode(errors="replace")


def _add_list(
    source: Source, address: str, get: Callable[[str, int], Fetched], above: frozenset[str], direct: bool = False
) -> None:
    """Add what is listed at `address`; direct: which may also be a page itself. above: the lists that led here."""
    try:
        is_list = not direct or Address.of(address).target.partition("?")[0].lower().endswith(_OF_LISTS)
        answer = get(address, MOST_OF_A_SITEMAP if is_list else MOST)
        if direct and (answer.status != 200 or not _add(source, address, answer.body, answer, get, above)):
            source.items.append(Item(address, fetched=answer))
        elif answer.status != 200:
            raise NotFetched(str(answer.status), f"the answer was {answer.status}")
        elif not direct:
            _add(source, address, answer.body, answer, get, above)
    except (NotFetched, ValueError) as error:
        reason = error.reason if isinstance(error, NotFetched) else "forbidden"
        _refuse(source, address, reason, str(error))


def _add(
    source: Source,
    address: str,
    data: bytes,
    answer: Fetched | None,
    get: Callable[[str, int], Fetched],
    above: frozenset[str],
) -> bool:
    """Add what the list at `address` names; False where it is none."""
    try:
        listed = listed_in(data, answer.address if answer else None)
    except (Invalid, NotFetched) as error:
        _refuse(source, address, error.reason if isinstance(error, NotFetched) else error.problems[0].rule, str(error))
        return True
    if listed is None:
        if above or answer is None:
            _refuse(source, address, "no-list", "it is no sitemap and no feed")
        return False
    if not above:
        source.lasting = listed.lasting
    source.items += _items(source, listed.pages)
    for each in listed.lists:
        if each in above | {address} or len(above) >= _DEEP:
            _refuse(source, each, "no-list", "it leads round in a circle, or too deep")
        else:
            _add_list(source, each, get, above | {address})
    return True


def _items(source: Source, pages: list[str]) -> Iterator[Item]:
    for page in dict.fromkeys(pages):
        try:
            yield Item(str(Address.of(page)))
        except ValueError as error:
            _refuse(source, page[:200], "forbidden", str(error))


def _refuse(source: Source, address: str, reason: str, detail: str) -> None:
    source.refused.append(Outcome(_without_password(address), Became.REFUSED, reason=reason, detail=detail))
    # Perhaps what is missing stands there.
    source.lasting = False


def _without_password(address: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", re.sub(r"//[^/?#]*@", "//…@", address))
