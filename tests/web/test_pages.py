"""Pages, redirects and lists as HTTP: caching, headers, secrets, and publishers' attacks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.service import PUBLISH_KEY, Answer, Service
from tests.web.harbour import TEXT
from tests.web.managing import manager
from tests.web.problems import is_problem


@pytest.fixture(scope="module")
def link(service: Service, harbour: str) -> Any:
    return service.share(harbour, "Monday", ("Ferries 🚢", "pink"))


PUBLIC = [
    "/",
    "/articles/{slug}",
    "/articles/{slug}/print",
    "/articles/{slug}?revision=1",
    "/api/v1/articles",
    "/api/v1/articles/{slug}",
    "/api/v1/articles/{slug}/text",
    "/api/v1/articles/{slug}/html",
    "/oembed?url={url}/articles/{slug}",
]
PRIVATE = [
    "/s/{token}",
    "/s/{token}?as=marked",
    "/s/{token}?marks=off",
    "/s/{token}/print",
    "/s/{token}/print?only=snippets",
    "/s/{token}.txt",
    "/s/{token}.md",
    "/s/{token}.json",
    "/s/{token}.jsonld",
    "/s/{token}/qr.svg",
    "/api/v1/shares/{token}",
    "/oembed?url={url}/s/{token}",
]
ERRORS = ["/nothing", "/articles/nothing", "/s/nothing", "/api/v1/nothing", "/?page=x", "/s/nothing.txt"]


def address(path: str, service: Service, slug: str, link: Any) -> str:
    return path.format(slug=slug, token=link["token"], url=service.url)


@pytest.mark.parametrize("path", PUBLIC + PRIVATE)
def test_what_is_unchanged_costs_a_304(service: Service, harbour: str, link: Any, path: str) -> None:
    where = address(path, service, harbour, link)
    first = service.get(where)
    assert first.status == 200
    assert first.headers["cache-control"] == ("public, no-cache" if path in PUBLIC else "private, no-cache")
    for matching in (first.headers["etag"], f'"other", {first.headers["etag"]}', "*"):
        again = service.get(where, **{"If-None-Match": matching})
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert service.get(where, **{"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize("path", PUBLIC + PRIVATE + ERRORS)
def test_heads(service: Service, harbour: str, link: Any, path: str) -> None:
    where = address(path, service, harbour, link)
    whole, head = service.get(where), service.call("HEAD", where)
    assert head.status == whole.status
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


@pytest.mark.parametrize("path", [*PUBLIC, *PRIVATE, *ERRORS, "/healthz", "/readyz", "/api/v1/shares"])
def test_headers_of_every_answer(service: Service, harbour: str, link: Any, path: str) -> None:
    where = address(path, service, harbour, link)
    for answer in (service.get(where), service.call("OPTIONS", where), service.call("PUT", where, {})):
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
        assert "unsafe" not in str(policy)
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["img-src"] == "'self' https:"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in answer.headers
        assert answer.headers.get("x-robots-tag") == (
            "noindex" if path.startswith(("/s/", "/api/v1/shares")) else None
        ), path


@pytest.mark.parametrize("slug", ["shares-fell", "shares", "s"])
@pytest.mark.parametrize("base", ["", "/shares", "/marks/s", "/marks/api/v1/shares"])
def test_what_an_article_or_the_public_path_is_called_hides_nothing_from_search_engines(
    service: Service, link: Any, later: Callable[..., FlaskClient], slug: str, base: str
) -> None:
    service.publish(slug, "<h1>Shares</h1><p>Words.</p>")
    client = later(0, BASE_URL=f"https://news.example{base}")
    for path in ("/", f"/articles/{slug}", f"/articles/{slug}/print", f"/api/v1/articles/{slug}"):
        assert "x-robots-tag" not in client.get(base + path).headers, path
    for path in (f"/s/{link['token']}", f"/api/v1/shares/{link['token']}", "/s/nothing", "/api/v1/shares/nothing/x"):
        assert client.get(base + path).headers["x-robots-tag"] == "noindex", path


def test_a_304_keeps_the_headers(service: Service, harbour: str, link: Any) -> None:
    etag = service.get(link["url"]).headers["etag"]
    answer = service.get(link["url"], **{"If-None-Match": etag})
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "x-robots-tag"):
        assert name in answer.headers


def test_static_files(service: Service, harbour: str) -> None:
    page = BeautifulSoup(service.get(f"/articles/{harbour}").text, "html.parser")
    tags = page.select("script[src], link[rel~=stylesheet]")
    files = [str(tag.get("src") or tag.get("href")) for tag in tags if "/static/" in str(tag)]
    assert len(files) >= 2
    for file in files:
        answer = service.get(file)
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert service.get(file, **{"If-None-Match": answer.headers["etag"]}).status == 304
        old = re.sub(r"/static/[^/]+/", "/static/older/", file)
        assert "immutable" not in service.get(old).headers["cache-control"]


def article_of(answer: Answer) -> Tag:
    article = BeautifulSoup(answer.text, "html.parser").find(id="article")
    assert isinstance(article, Tag)
    return article


def test_the_article_page(service: Service, harbour: str) -> None:
    answer = service.get(f"/articles/{harbour}")
    article = article_of(answer)
    assert article.name == "article"
    names = {name: article[name] for name in ("data-article", "data-revision", "lang", "dir")}
    assert names == {"data-article": harbour, "data-revision": "1", "lang": "en", "dir": "ltr"}
    assert article.get_text() == TEXT
    page = BeautifulSoup(answer.text, "html.parser")
    assert [tag["href"] for tag in page.select("link[rel=canonical]")] == [f"{service.url}/articles/{harbour}"]
    assert page.select('a[href="https://gazette.example/h"]')


@pytest.mark.parametrize("query", ["", "?as=marked", "?lang=ru", "?as=nonsense&marks=on"])
def test_the_shared_page_is_marked(service: Service, link: Any, query: str) -> None:
    article = article_of(service.get(f"/s/{link['token']}{query}"))
    assert article.get_text() == TEXT
    drawn = [
        (mark["data-snippets"], mark["data-color"], mark["data-status"], mark.get_text(), mark.get("id"))
        for mark in article.select("mark.snippet")
    ]
    assert drawn == [
        ("1", "yellow", "intact", "Monday", "snippet-1"),
        ("2", "pink", "intact", "Ferries 🚢", "snippet-2"),
    ]


@pytest.mark.parametrize(
    ("path", "same"),
    [
        ("/articles/{slug}", ["?x=1", "?x=2&x=3", "?page=7&as=marked&only=snippets"]),
        ("/articles/{slug}?revision=1", ["?revision=1&x", "?revision=01"]),
        ("/articles/{slug}/print", ["?utm_source=a", "?marks=off"]),
        ("/s/{token}", ["?as=nonsense", "?marks=on&revision=5", "?only=snippets&page=1"]),
        ("/s/{token}?as=marked&marks=off", ["?marks=off&as=marked&fbclid=1"]),
        ("/s/{token}/print?only=snippets", ["?only=snippets&y=1"]),
    ],
)
def test_what_a_page_does_not_go_by_makes_no_other_page(
    harbour: str, link: Any, later: Callable[..., FlaskClient], path: str, same: list[str]
) -> None:
    client = later(0)
    address = path.format(slug=harbour, token=link["token"])
    first = client.get(address)
    kept = client.application.extensions["snippetsvc"].pages.keys()
    assert kept
    for query in same:
        other = client.get(address.partition("?")[0] + query)
        assert (other.status_code, other.get_data()) == (200, first.get_data()), query
    assert client.application.extensions["snippetsvc"].pages.keys() == kept


def test_without_marks(service: Service, link: Any) -> None:
    article = article_of(service.get(f"/s/{link['token']}?marks=off"))
    assert article.get_text() == TEXT
    assert not article.select("mark")


def test_an_older_revision(service: Service, slug: str) -> None:
    for words in ("First", "Second"):
        service.publish(slug, f"<h1>Title</h1><p>{words} words.</p>")
    for path, words, number in (
        (f"/articles/{slug}", "Second", "2"),
        (f"/articles/{slug}?revision=1", "First", "1"),
        (f"/articles/{slug}/print?revision=1", "First", "1"),
    ):
        article = article_of(service.get(path))
        assert words in article.get_text()
        assert article["data-revision"] == number
    assert "First" in service.get(f"/api/v1/articles/{slug}/text?revision=1").text
    assert "<p>First words.</p>" in service.get(f"/api/v1/articles/{slug}/html?revision=1").text


def test_publishing(service: Service, slug: str) -> None:
    created = service.publish(slug, "<h1>A</h1><p>Words.</p>", lang="be", published_at="2026-01-02T03:04:05+03:00")
    assert created.status == 201
    assert created.headers["location"] == f"{service.url}/api/v1/articles/{slug}"
    article = created.json
    assert article.keys() == {
        *("slug", "title", "lang", "dir", "author", "publisher", "published_at", "source_url", "revision", "revisions")
    }
    assert (article["title"], article["lang"], article["published_at"]) == ("A", "be", "2026-01-02T03:04:05+03:00")
    (revision,) = article["revisions"]
    assert revision.keys() == {"number", "created_at", "digest", "length"}
    assert re.fullmatch(r"[0-9a-f]{64}", revision["digest"])
    assert revision["length"] == len(service.text(slug))

    same = service.publish(slug, "<h1>A</h1>\n\n<p>Words.</p>")
    assert (same.status, same.json["revision"]) == (200, 1)
    other = service.publish(slug, "<h1>A</h1><p>Others.</p>", author="Ada")
    assert (other.status, other.json["revision"], other.json["author"]) == (200, 2, "Ada")
    assert service.publish(slug, "<h1>A</h1><p>Others.</p>", author=None).json["author"] is None
    assert service.get(f"/api/v1/articles/{slug}").json["revision"] == 2


def test_a_renamed_article(service: Service, slug: str) -> None:
    new = f"{slug}-new"
    service.publish(slug, "<p>Some words.</p>")
    share = service.share(slug, "Some words")
    assert service.flask("articles", "rename", slug, new).returncode == 0
    for path, status in (
        ("/articles/{}", 301),
        ("/articles/{}?revision=1", 301),
        ("/articles/{}?lang=ru&from=a%26b&revision=1", 301),
        ("/articles/{}/print", 301),
        ("/articles/{}/print?revision=1&lang=be", 301),
        ("/api/v1/articles/{}", 308),
        ("/api/v1/articles/{}/text", 308),
        ("/api/v1/articles/{}/html?revision=1", 308),
    ):
        answer = service.get(path.format(slug))
        assert answer.status == status
        # Renamed back, and both redirects kept for ever, a browser would go round in circles.
        assert answer.headers["cache-control"] == "public, no-cache"
        target = answer.headers["location"].removeprefix(service.url)
        assert target == path.format(new)
        assert service.get(target).status == 200
    moved = service.publish(slug, "<p>Other words.</p>")
    assert (moved.status, moved.headers["location"]) == (308, f"{service.url}/api/v1/articles/{new}")
    assert service.get(f"/api/v1/shares/{share['token']}").json["article"] == new
    assert service.share(new, "Some words")["article"] == new
    other = {"article": slug, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Some words"}]}]}
    assert service.call("POST", "/api/v1/shares", other).json["article"] == new
    for old, taken in ((new, "harbour"), ("no-such-article", "x"), (new, "Not A Slug")):
        service.publish("harbour-of-another", "<p>x</p>")
        done = service.flask("articles", "rename", old, taken if taken != "harbour" else "harbour-of-another")
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1


def test_a_withdrawn_article(service: Service, slug: str) -> None:
    service.publish(slug, "<p>Some words.</p>")
    share = service.share(slug, "Some words")
    token = share["token"]
    assert service.flask("articles", "withdraw", slug).returncode == 0
    for path in (
        *(f"/articles/{slug}", f"/articles/{slug}/print", f"/articles/{slug}?revision=1", f"/s/{token}"),
        *(f"/s/{token}/print", f"/s/{token}?as=marked", f"/s/{token}?marks=off"),
    ):
        answer = service.get(path)
        assert answer.status == 410, path
        assert "Some words" not in answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for path in (
        *(f"/api/v1/articles/{slug}", f"/api/v1/articles/{slug}/text", f"/api/v1/articles/{slug}/html"),
        *(f"/api/v1/shares/{token}", f"/s/{token}.txt", f"/s/{token}.json", f"/s/{token}/qr.svg"),
        *(f"/oembed?url={share['url']}", f"/oembed?url={service.url}/articles/{slug}"),
    ):
        assert is_problem(service.get(path), 410)["reason"] == "withdrawn", path
    body = {"article": slug, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Some words"}]}]}
    assert is_problem(service.call("POST", "/api/v1/shares", body), 422)["errors"][0]["pointer"] == "/article"
    assert slug not in service.get("/").text
    assert service.call("DELETE", f"/api/v1/shares/{token}", headers=manager(share)).status == 204
    assert service.publish(slug, "<p>Some words.</p>").status == 200
    assert service.get(f"/articles/{slug}").status == 200


def test_lists_are_whole_in_pages(below: Service) -> None:
    for number in range(105):
        assert below.publish(f"listed-{number}", f"<p>Words of {number}.</p>").status == 201
    seen: list[str] = []
    path: str | None = "/api/v1/articles"
    sizes = []
    while path:
        page = below.get(path).json
        sizes.append(len(page["articles"]))
        seen += [article["slug"] for article in page["articles"]]
        assert page["next"] is None or page["next"].startswith("https://news.example/marks/api/v1/articles?")
        path = page["next"] and page["next"].removeprefix("https://news.example")
    assert sizes == [50, 50, 6]
    assert [slug for slug in seen if slug.startswith("listed-")] == [
        f"listed-{number}" for number in range(104, -1, -1)
    ]
    assert [len(article_links(below, number)) for number in (1, 2, 3)] == [50, 50, 6]
    assert below.get("/?page=4").status == 404


def article_links(service: Service, number: int) -> set[str]:
    return set(re.findall(r'href="/marks/articles/([^"?]+)', service.get(f"/?page={number}").text))


@pytest.mark.parametrize("prefix", ["", "/marks"])
def test_below_a_path(below: Service, prefix: str) -> None:
    public = "https://news.example/marks"
    body = {"article": "harbour", "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Monday"}]}]}
    issued = below.call("POST", f"{prefix}/api/v1/shares", body)
    share = issued.json
    token = share["token"]
    assert share["url"] == f"{public}/s/{token}"
    assert share["print_url"] == f"{public}/s/{token}/print"
    assert issued.headers["location"] == f"{public}/api/v1/shares/{token}"
    paths = ["/", "/articles/harbour", "/articles/harbour/print", f"/s/{token}", f"/s/{token}/print"]
    for path in [*paths, *(f"{path}?lang=ru" for path in paths)]:
        answer = below.get(prefix + path)
        assert answer.status == 200, path
        page = BeautifulSoup(answer.text, "html.parser")
        for tag in page.find_all(True):
            for name in ("href", "src", "action", "data-api", "data-article-url", "data-share-url", "data-words"):
                value = str(tag.get(name) or "")
                assert not value.startswith("/") or value.startswith("/marks/"), (path, tag)
                assert "127.0.0.1" not in value, (path, tag)
        for tag in page.select("script[src], link[rel~=stylesheet]"):
            assert below.get(str(tag.get("src") or tag.get("href"))).status == 200
    for path in (f"/s/{token}.txt", f"/s/{token}.md", f"/s/{token}.json", f"/s/{token}.jsonld"):
        exported = below.get(prefix + path)
        assert exported.status == 200
        assert f"{public}/s/{token}" in exported.text.replace("\\", "")
        assert "127.0.0.1" not in exported.text
    assert below.get(f"{prefix}/oembed?url={public}/s/{token}").status == 200
    for foreign in (f"{below.url}/s/{token}", f"https://news.example/s/{token}", f"{public}x/s/{token}"):
        assert below.get(f"{prefix}/oembed?url={foreign}").status == 404
    for path in ("/nothing", "/s/nothing"):
        assert 'href="/marks/"' in below.get(prefix + path).text
    assert below.get(f"{prefix}/healthz").status == 200


@pytest.mark.parametrize("base", ["/marks/articles", "/marks/s", "/shares", "/articles-of-ours"])
def test_below_a_path_that_only_looks_like_our_own_addresses(
    service: Service, harbour: str, link: Any, later: Callable[..., FlaskClient], base: str
) -> None:
    client = later(0, BASE_URL=f"https://news.example{base}")
    for path in (
        "/",
        f"/articles/{harbour}",
        f"/articles/{harbour}/print",
        f"/s/{link['token']}",
        f"/s/{link['token']}/print",
        f"/s/{link['token']}.json",
        f"/api/v1/shares/{link['token']}",
        f"/api/v1/articles/{harbour}/text",
    ):
        with_it, without = client.get(base + path), client.get(path)
        assert (with_it.status_code, without.status_code) == (200, 200), path
        assert with_it.get_data() == without.get_data()
    page = client.get(f"/s/{link['token']}").get_data(as_text=True)
    for sheet in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page):
        assert sheet.startswith(f"{base}/")
        assert client.get(sheet).status_code == 200
    assert client.get(f"{base}/s/nothing.json").content_type == "application/problem+json"
    assert client.post(f"{base}/articles/{harbour}").status_code == 405


def test_redirects_below_a_path(below: Service) -> None:
    below.publish("moving", "<p>Words.</p>")
    assert below.flask("articles", "rename", "moving", "moved").returncode == 0
    assert below.get("/marks/articles/moving").headers["location"].removeprefix("https://news.example") == (
        "/marks/articles/moved"
    )
    answer = below.get("/api/v1/articles/moving")
    assert answer.headers["location"] == "https://news.example/marks/api/v1/articles/moved"
    for path in ("/marks", "/marks//articles/moved", "/marks/articles//moved", "/marks/marks/", "/marksx/"):
        answer = below.get(path)
        if answer.status in (301, 308):
            location = answer.headers["location"]
            assert re.match(r"(https://news\.example)?/marks/", location), (path, location)
        else:
            assert answer.status in (200, 404)


def test_secrets_stay_out_of_the_log(below: Service) -> None:
    share = below.share("harbour", "Monday")
    token = share["token"]
    key = "an-idempotency-key-for-the-log"
    body = {"article": "harbour", "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Monday"}]}]}
    for method, path in (
        ("GET", f"/s/{token}"),
        ("GET", f"/marks/s/{token}/print"),
        ("GET", f"/s/{token}.nothing"),
        ("POST", f"/s/{token}"),
        ("GET", f"/oembed?url={share['url']}"),
        ("PATCH", f"/api/v1/shares/{token}"),
        ("DELETE", f"/api/v1/shares/{token}"),
        ("GET", f"/s/{token}"),
    ):
        below.call(method, path, {"expires_in": 60} if method == "PATCH" else None, manager(share))
    below.call("POST", "/api/v1/shares", body, {"Idempotency-Key": key})
    below.call("PUT", "/api/v1/articles/harbour", b"{", {"Authorization": f"Bearer {PUBLISH_KEY}"})
    log = below.log()
    signing = (below.data_dir / "secret-keys").read_text().strip()
    for secret in (token.partition(".")[2], token.partition(".")[0], share["manage_key"], PUBLISH_KEY, key, signing):
        assert secret not in log


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
            assert script.get("type") == "application/json" or str(script.get("src")).startswith("/static/")
        assert not page.select("[style]")
    assert service.text(slug) == article_of(service.get(f"/articles/{slug}")).get_text()


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
            assert script.get("type") == "application/json" or str(script.get("src")).startswith("/static/")
        assert "49" not in (page.title.get_text() if page.title else "")
    assert service.get(f"/s/{token}.json").json["snippets"][0]["quote"] == "Said: " + words
    assert service.get(f"/oembed?url={share['url']}").json["title"] == " ".join(words.split())
    markdown = service.get(f"/s/{token}.md").text
    assert not re.search(r"(?<!\\)(\]\(javascript|<script|<img)", markdown)
