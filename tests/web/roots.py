"""The element on a page that holds the article, and nothing else."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from tests.service import Answer


def article_of(answer: Answer) -> Tag:
    article = BeautifulSoup(answer.text, "html.parser").find(id="article")
    assert isinstance(article, Tag)
    return article
