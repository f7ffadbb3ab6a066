"""A proof: the page of an article as it would stand, with its notices beside it, in one file."""

from __future__ import annotations

from flask import current_app
from markupsafe import Markup

from snippetsvc.language import LANGUAGES
from snippetsvc.service.articles import Draft
from snippetsvc.service.impact import Marks
from snippetsvc.web.templates import templates


def proof(draft: Draft, marks: Marks | None) -> str:
    """The file's HTML. It is for publishers, as commands are, and speaks English. Its pictures stay where they are."""
    return templates().render(
        "proof.html",
        LANGUAGES["en"],
        article=draft.new,
        revision=len(draft.new.revisions),
        body=Markup(draft.prepared.html),  # noqa: S704  # it is sanitised
        notices=draft.prepared.notices,
        marks=marks,
        style=Markup(current_app.extensions["assets"].text("page.css")),  # noqa: S704  # a file of ours
    )
