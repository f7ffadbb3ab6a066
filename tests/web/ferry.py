"""An article that is edited after it was marked, and what becomes of each of the marks."""

from __future__ import annotations

from tests.service import Service

FIRST = """<h1>The ferry</h1><p>The first ferry leaves at six in the morning and carries forty cars.</p>
<p>Tickets are sold on board, and children travel free of charge.</p>
<p>The captain, Anna Lindholm, has crossed the strait nine thousand times.</p>
<p>In winter the crossing takes an hour longer because of the ice.</p>"""
EDITED = """<h1>The ferry</h1><p>A new pier was opened in May.</p>
<p>In winter the crossing takes an hour longer because of the ice.</p>
<p>The first ferry leaves at seven in the morning and carries forty cars.</p>
<p>Tickets are sold on board, and children travel free of charge.</p>"""
QUOTES = (
    "children travel free of charge",  # stays
    ("leaves at six in the morning and carries", "green"),  # edited
    ("The captain, Anna Lindholm, has crossed the strait", "blue"),  # deleted
    ("the crossing takes an hour longer", "pink"),  # moved
)
#: What is said of a snippet that moved, by language.
MOVED = {"en": "Moved.", "ru": "Фрагмент перемещён.", "be": "Фрагмент перамешчаны."}


def statuses(service: Service, token: str) -> dict[str, str]:
    """What became of each snippet, by the words that were marked."""
    snippets = service.get(f"/api/v1/shares/{token}").json["snippets"]
    return {snippet["quote"]: snippet["status"] for snippet in snippets}
