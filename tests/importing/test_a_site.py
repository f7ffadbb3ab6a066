"""A site of 300 pages is imported by the command, interrupted, gone on with, and imported again after changes."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.importing.command import below, ended, start, summary
from tests.importing.sites import Reply, Site, page
from tests.service import Service
from tests.store.servers import Server
from tests.store.stores import connected

STORIES = [f"/news/2026/story-{number}.html" for number in range(1, 281)]
SLOW = STORIES[149]
#: Only in the feed.
BRIEFS = [f"/briefs/{number}" for number in range(1, 4)]
OLD = [f"/old/{number}" for number in range(1, 6)]
TRACKED = ["/news/2026/story-9.html?utm_source=mail", "/amp/story-10"]
MISSING = ["/missing/1", "/missing/2", "/missing/3"]
PRIVATE = ["/private/1", "/private/2"]
OTHERS = ["/навіны/першая-старонка", "/навины", "/busy", "/broken", "/"]
ALIAS = "at another address of the same article"
#: As far as the sitemap names them.
PAGES = [*STORIES, *OLD, *TRACKED, *MISSING, *PRIVATE, *OTHERS]


@pytest.fixture
def site(site: Site) -> Site:
    assert len({*PAGES, *BRIEFS}) == 300
    for number, path in enumerate(STORIES, 1):
        site.page(path, f"Story {number}", f"The words of story {number}.")
    for number, path in enumerate(BRIEFS, 1):
        site.page(path, f"Brief {number}", f"In short, brief {number}.")
    for number, path in enumerate(OLD, 1):
        site.moved(path, STORIES[number - 1], 301 if number % 2 else 308)
    canonical = "<link rel='canonical' href='{}'>"
    site.page(TRACKED[0], "Story 9", "The words of story 9.", canonical.format(STORIES[8]))
    site.page(TRACKED[1], "Story 10", "The words of story 10.", canonical.format(site.url + STORIES[9]))
    for path in PRIVATE:
        site.page(path, "Private", "Not for robots.")
    for path, title in zip(map(quote, OTHERS[:2]), ("Першая старонка", "Навины"), strict=True):
        site.page(path, title, "Слова.")
    site.page("/", "Home", "All our news.")
    site.replies["/broken"] = Reply(b"<p>Oh.</p>", 500)
    busy = iter([Reply(status=429, headers={"Retry-After": "0"})])
    site.replies["/busy"] = lambda: next(busy, Reply(page("Busy", "It was.")))
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})
    site.index("/sitemap.xml", ["/sitemap-1.xml", "/sitemap-2.xml.gz"])
    site.sitemap("/sitemap-1.xml", PAGES[:200])
    site.sitemap("/sitemap-2.xml.gz", PAGES[200:])
    site.feed("/feed.xml", [*BRIEFS, *STORIES[:10]])
    return site


@pytest.mark.parametrize("interrupt", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_an_import_that_is_interrupted_says_how_to_go_on(
    tmp_path: Path, site: Site, server: Server, interrupt: signal.Signals
) -> None:
    asked, released = threading.Event(), threading.Event()

    def slowly() -> Reply:
        asked.set()
        released.wait(60)
        return Reply()

    site.sitemap("/few.xml", [*STORIES[:2], "/slow"])
    site.replies["/slow"] = slowly
    process = start(tmp_path, server, f"{site.url}/few.xml", "--delay", "0")
    assert asked.wait(60)
    process.send_signal(interrupt)
    code, out, err = ended(process)
    released.set()
    assert code == 128 + interrupt
    assert summary(out) == {"documents": 2, "new": 2}
    assert err == "interrupted; the same command goes on from here\n"


def test_a_site_is_imported_interrupted_gone_on_with_elsewhere_and_imported_again(
    tmp_path: Path, site: Site, server: Server
) -> None:
    command = [f"{site.url}/sitemap.xml", f"{site.url}/feed.xml", "--delay", "0"]
    story = site.replies[SLOW]
    assert isinstance(story, Reply)
    asked, released = threading.Event(), threading.Event()

    def slowly() -> Reply:
        asked.set()
        released.wait(60)
        return story

    # Interrupted while it waits for a slow page.
    site.replies[SLOW] = slowly
    process = start(tmp_path / "here", server, *command)
    assert asked.wait(60)
    process.send_signal(signal.SIGINT)
    code, out, _ = ended(process)
    released.set()
    site.replies[SLOW] = story
    assert code == 128 + signal.SIGINT
    assert summary(out) == {"documents": 149, "new": 149}

    # Gone on with: nothing is fetched twice that was fetched.
    code, out, _ = ended(start(tmp_path / "elsewhere", server, *command))
    assert code == 1
    pages = [*STORIES, *OLD, *TRACKED, *MISSING, *map(quote, OTHERS), *BRIEFS]
    twice = {SLOW, "/busy", *STORIES[:5]}  # asked anew, and led to by redirects
    assert {path: site.times[path] for path in pages if site.times[path] != 1 + (path in twice)} == {}
    assert [site.times[path] for path in PRIVATE] == [0, 0]
    assert "(149 of them before it was interrupted)" in out
    assert summary(out) == {"documents": 300, "new": 287, ALIAS: 7, "refused": 6}
    refused = [line.split()[0] for line in below("refused", out)]
    assert sorted(refused) == ["404", "404", "404", "500", "robots", "robots"]

    # Again: nothing comes twice that has not changed, and nothing is revised.
    site.statuses.clear()
    code, out, _ = ended(start(tmp_path / "here", server, *command))
    assert summary(out) == {"documents": 300, "same": 287, ALIAS: 7, "refused": 6}
    assert {site.statuses[f"{path} 304"] for path in STORIES[5:]} == {1}
    assert {site.statuses[f"{path} 200"] for path in STORIES} == {0}

    # Changes in between.
    site.page(STORIES[20], "Story 21", "Other words of story 21.")
    site.page("/news/2026/extra", "Extra", "An extra story.")
    del site.replies[STORIES[30]]
    site.replies[STORIES[31]] = Reply(status=410)
    left = [page for page in PAGES[:200] if page != STORIES[40]]
    site.sitemap("/sitemap-1.xml", [*left, "/news/2026/extra"])
    code, out, _ = ended(start(tmp_path / "here", server, *command))
    assert summary(out) == {"documents": 300, "new": 1, "changed": 1, "same": 283, ALIAS: 7, "gone": 3, "refused": 6}
    gone = {line.split()[1] for line in below("gone, and kept here", out)}
    assert gone == {f"news-2026-story-{number}" for number in (31, 32, 41)}

    assert {agent.partition("/")[0] for agent in site.agents} == {"snippetsvc"}
    with connected(server.url) as kept:
        revisions = {article.slug: len(article.revisions) for article in kept.articles(0, 400)[0]}
    assert len(revisions) == 288
    assert {slug for slug, count in revisions.items() if count != 1} == {"news-2026-story-21"}
    assert {"naviny", "naviny-pershaya-staronka", "briefs-1", "busy"} <= set(revisions)
    assert not any("old" in slug or "utm" in slug or "amp" in slug for slug in revisions)


def test_from_a_sitemap_to_a_marked_link(tmp_path: Path, site: Site) -> None:
    """As docs/importing.md tells it."""
    with Service(tmp_path / "data", FETCH_ALLOW="127.0.0.1") as service:
        sitemap = [f"{site.url}/sitemap-2.xml.gz", "--delay", "0", "--limit", "3"]
        assert summary(service.flask("articles", "import", *sitemap, "--dry-run").stdout) == {"documents": 3, "new": 3}
        assert summary(service.flask("articles", "import", *sitemap).stdout) == {"documents": 3, "new": 3}
        slug, revision, language, title = service.flask("articles", "list").stdout.splitlines()[0].split("\t")
        assert (revision, language, title) == ("1", "en", "Story 203")
        link = service.share(slug, "words of story 203")["url"]
        assert '<mark class="snippet"' in service.get(link).text
