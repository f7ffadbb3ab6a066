"""Sources: what is named on the command line, and which documents each stands for."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from snippetsvc.errors import Invalid, NotFetched
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.fetching import MOST, MOST_OF_A_SITEMAP, Fetched
from snippetsvc.importing.lists import Listed, listed_in
from snippetsvc.importing.reading import kind_of_file
from snippetsvc.importing.refusing import refused
from snippetsvc.importing.visiting import Visitor
from snippetsvc.models import Outcome

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
    return written(f"file:{path.name}" if path.is_dir() else f"file:{path.parent.name}/{path.name}")


def written(path: str) -> str:
    """A path as text: of a name that is not UTF-8, what can be read of it."""
    return os.fsencode(path).decode(errors="replace")


def source_of(text: str, visitor: Visitor, is_page: Callable[[str], object]) -> Source:
    """The source `text`: an address, a folder, a file. is_page: whether a name is known to be that of a document.

    Raises `OSError` for a file or folder that cannot be read.
    """
    source = Source(name_of(text))
    path = None if "://" in text else Path(text).resolve()
    if is_page(source.name):
        source.items = [Item(source.name, path)]
    elif path is None:
        _Reader(source, visitor).read_address(source.name)
    elif path.is_dir():
        source.lasting = True
        found = sorted(each for each in path.rglob("*") if each.is_file() and kind_of_file(each.name))
        source.items = [Item(f"{source.name}/{written(each.relative_to(path).as_posix())}", each) for each in found]
    elif path.suffix.lower() in _OF_LISTS:
        _Reader(source, visitor).read_file(path)
    else:
        source.items = [Item(source.name, path)]
    return source


class _Reader:
    """Reads lists into a source."""

    def __init__(self, source: Source, visitor: Visitor) -> None:
        self._source = source
        self._visitor = visitor

    def read_address(self, address: str) -> None:
        """A list, or else a page."""
        try:
            is_list = Address.of(address).target.partition("?")[0].lower().endswith(_OF_LISTS)
            answer = self._visitor.get(address, most=MOST_OF_A_SITEMAP if is_list else MOST)
            listed = listed_in(answer.body, answer.address)
        except (NotFetched, Invalid, ValueError) as error:
            self._refuse(address, error)
            return
        if listed is None:
            self._source.items.append(Item(address, fetched=answer))
        else:
            self._source.lasting = listed.lasting
            self._add(listed, (address,))

    def read_file(self, path: Path) -> None:
        try:
            listed = _list_in(path.read_bytes(), None)
        except (NotFetched, Invalid) as error:
            self._refuse(self._source.name, error)
        else:
            self._source.lasting = listed.lasting
            self._add(listed, (self._source.name,))

    def _add(self, listed: Listed, within: tuple[str, ...]) -> None:
        """Add what is listed; within: the addresses of that list and of those that led to it."""
        for page in dict.fromkeys(listed.pages):
            try:
                self._source.items.append(Item(str(Address.of(page))))
            except ValueError as error:
                self._refuse(page[:200], error)
        for address in listed.lists:
            try:
                if address in within or len(within) > _DEEP:
                    raise Invalid.one("", "no-list", "it leads round in a circle, or too deep")
                answer = self._visitor.get(address, most=MOST_OF_A_SITEMAP)
                if answer.status != 200:
                    raise NotFetched(str(answer.status), f"the answer was {answer.status}")
                self._add(_list_in(answer.body, answer.address), (*within, address))
            except (NotFetched, Invalid, ValueError) as error:
                self._refuse(address, error)

    def _refuse(self, address: str, error: NotFetched | Invalid | ValueError) -> None:
        self._source.refused.append(refused(address, error))
        # Perhaps what is missing stands there.
        self._source.lasting = False


def _list_in(data: bytes, where: Address | None) -> Listed:
    listed = listed_in(data, where)
    if listed is None:
        raise Invalid.one("", "no-list", "it is no sitemap and no feed")
    return listed
