"""What is kept of the way between revisions only saves work."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask.testing import FlaskClient

from snippetsvc.anchoring import Alignment, carry_through
from snippetsvc.service.history import History
from snippetsvc.store import Store
from tests.service import Service
from tests.store.backings import Backing
from tests.web.ferry import EDITED, statuses


def test_what_is_kept_of_the_way_changes_nothing(
    service: Service, slug: str, edited_link: str, later: Callable[..., FlaskClient]
) -> None:
    """Whatever is composed and kept between revisions, in whichever order it is asked for."""
    for number in range(3, 8):
        service.publish(slug, EDITED.replace("seven", f"number {number}") + f"<p>Note {number % 3}.</p>" * (number % 2))
    services = later(0).application.extensions["snippetsvc"].services
    opened = services.shares.open(edited_link)
    history = History(services.library)
    texts = [services.library.document(opened.article, number).text for number in range(1, 8)]
    marked = [snippet.span for snippet in opened.share.snippets]
    for old, new in ((1, 3), (1, 6), (1, 7), (1, 5), (2, 7), (7, 1), (1, 2), (4, 4)):
        steps = texts[old - 1 : new] if old <= new else texts[new - 1 : old][::-1]
        spans = [span for span in marked if span.end <= len(steps[0])]
        found = history.way(opened.article, old, new).carry(spans)
        assert found == carry_through(steps, spans), (old, new)


def test_what_another_release_has_kept_is_made_again(
    service: Service, slug: str, edited_link: str, backing: Backing, store: Store, later: Callable[..., FlaskClient]
) -> None:
    number = store.find(slug)
    assert number is not None
    known = statuses(service, edited_link)
    for record in (b"nonsense", msgspec.msgpack.encode([1, b"\xffof a later format"])):
        backing.ask("SET", f"snip:alignment:{{{number}}}:1:2", record)
        assert later(0).get(f"/s/{edited_link}").status_code == 200
        assert statuses(service, edited_link) == known
        stored = store.alignment(number, 1, 2)
        assert stored is not None
        assert any(Alignment.from_bytes(stored).readings)
