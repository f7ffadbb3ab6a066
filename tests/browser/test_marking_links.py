"""What can be done with a link: copying, quoting, expiry, revoking, and opening it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.reader import mark, saved, select, shows
from tests.service import Service

FAR = "".join(f"<p>Paragraph {number} of many.</p>" for number in range(80))
ARTICLE = f"<h1>Of links &amp; more</h1><p>Alpha beta gamma delta.</p>{FAR}<p>Epsilon zeta — eta-theta.</p><p>Iota.</p>"
DAY = 86_400
#: Of a page that is loaded: it has been where it wants to begin.
ARRIVED = "new Promise((over) => requestAnimationFrame(() => setTimeout(() => setTimeout(over))))"


@pytest.fixture
def article(page: Page, context: BrowserContext, service: Service, slug: str) -> Page:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    return page


def _clipboard(page: Page, kind: str = "text/plain") -> str:
    text: str = page.evaluate(
        """async (kind) => {
          const [item] = await navigator.clipboard.read();
          return (await item.getType(kind)).text();
        }""",
        kind,
    )
    return text


def test_copy_waits_for_the_link(article: Page) -> None:
    mark(article, "beta")
    article.click("#panel [data-do=copy]")
    expect(article.locator(".toast")).to_have_text("Link to 1 snippet copied.")
    assert _clipboard(article) == saved(article)


def test_with_nothing_marked_there_is_nothing_to_copy(article: Page) -> None:
    article.keyboard.press("Alt+Shift+c")
    mark(article, "beta")
    saved(article)
    expect(article.locator(".toast")).to_have_count(0)


def test_a_clipboard_that_fails_is_said(article: Page) -> None:
    article.evaluate(
        """() => {
          Object.defineProperty(navigator, 'clipboard', { value: undefined });
          document.execCommand = () => false;
        }"""
    )
    mark(article, "beta")
    saved(article)
    article.click("#panel [data-do=copy]")
    expect(article.locator(".toast")).to_contain_text("does not let this page copy")


def test_without_a_clipboard_interface_copying_works_still(article: Page) -> None:
    article.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    mark(article, "beta")
    link = saved(article)
    article.click("#panel [data-do=copy]")
    expect(article.locator(".toast")).to_have_text("Link to 1 snippet copied.")
    article.reload()
    assert _clipboard(article) == link


def test_copy_as_a_quotation(article: Page) -> None:
    mark(article, "beta", "gamma")
    mark(article, "eta-theta.", "Iota")
    link = saved(article)
    article.click("#panel summary")
    article.click("#panel [data-do=quote]")
    expect(article.locator(".toast")).to_have_text("Quotation copied.")
    assert _clipboard(article) == f"“beta gamma”\n\n“eta-theta.\nIota”\n\n— Of links & more\n{link}\n"
    html = _clipboard(article, "text/html")
    assert "<p>eta-theta.</p><p>Iota</p></blockquote>" in html
    assert f'<a href="{link}">Of links &#38; more</a>' in html or f'<a href="{link}">Of links &amp; more</a>' in html


def test_a_link_that_needs_no_service(article: Page, context: BrowserContext, service: Service, slug: str) -> None:
    mark(article, "gamma", "delta")
    mark(article, "eta-theta.", "Iota")
    saved(article)
    article.click("#panel summary")
    article.click("#panel [data-do=fragment]")
    expect(article.locator(".toast")).to_have_text("Link copied.")
    link = _clipboard(article)
    assert link == f"{service.url}/articles/{slug}#:~:text=gamma%20delta&text=eta%2Dtheta.,Iota"


@pytest.mark.parametrize(
    ("html", "first", "last", "fragment"),
    [
        ("<p>An apple. The APPLE here.</p>", "APPLE", None, "An%20apple.%20The-,APPLE,-here."),
        ("<p>One.</p><p>Twin.</p><p>Twin.</p>", "Twin.", None, "One.-,Twin.,-Twin."),
        ("<p>Of unique ones.</p>", "unique", None, "Of-,unique,-ones."),
        (
            "<p>Start an end. An end.</p><p>An end.</p><p>After it.</p>",
            "Start",
            "\nAn end.",
            "Title-,Start%20an%20end.%20An%20end.,An%20end.,-After%20it.",
        ),
    ],
    ids=["case", "repeated paragraph", "words of the page around", "its end comes earlier"],
)
def test_a_link_that_needs_no_service_leads_to_these_words(
    page: Page,
    context: BrowserContext,
    service: Service,
    slug: str,
    html: str,
    first: str,
    last: str | None,
    fragment: str,
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    service.publish(slug, f"<h1>Title</h1>{html}", lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, first, last)
    saved(page)
    page.click("#panel summary")
    page.click("#panel [data-do=fragment]")
    expect(page.locator(".toast")).to_have_text("Link copied.")
    assert _clipboard(page).partition("#:~:text=")[2] == fragment


def test_a_link_to_one_snippet(article: Page) -> None:
    mark(article, "beta")
    mark(article, "zeta")
    link = saved(article)
    article.locator("#article mark", has_text="zeta").click()
    article.click("#toolbar [data-do=snippet-link]")
    expect(article.locator(".toast")).to_have_text("Link to snippet 2 copied.")
    assert _clipboard(article) == f"{link}#snippet-2"


def test_a_fresh_visit_begins_at_the_first_snippet(article: Page, context: BrowserContext) -> None:
    mark(article, "zeta")
    link = saved(article)
    other = context.new_page()
    other.goto(link)
    expect(other.locator("#article mark")).to_be_in_viewport()
    other.evaluate("scrollTo(0, 300)")
    other.reload()
    other.evaluate(ARRIVED)
    assert other.evaluate("scrollY") == 300
    third = context.new_page()
    third.goto(f"{link}#main")
    third.evaluate(ARRIVED)
    expect(third.locator("#article mark")).not_to_be_in_viewport()


def test_expiry_is_chosen_and_changed(article: Page, service: Service) -> None:
    mark(article, "beta")
    link = saved(article)
    assert service.get(link + ".json").json["expires_at"] is None
    article.click("#panel summary")
    article.select_option("#panel [data-do=expiry]", str(DAY))
    expect(article.locator("#panel [data-show=state]")).to_contain_text("works until")
    assert article.url == link
    first = service.get(link + ".json").json["expires_at"]
    assert first is not None
    mark(article, "zeta")
    other = saved(article, link)
    assert service.get(other + ".json").json["expires_at"] is not None
    article.reload()
    expect(article.locator("#panel [data-do=expiry]")).to_have_value(str(DAY))
    article.goto(f"{service.url}/links")
    article.locator("[data-part=expiry]").select_option("")
    expect(article.locator(".toast")).to_contain_text("expiry was changed")
    assert service.get(other + ".json").json["expires_at"] is None


def test_what_is_marked_while_the_expiry_is_being_changed_gets_a_link_of_its_own(
    article: Page, service: Service
) -> None:
    mark(article, "beta")
    first = saved(article)
    held: list[Route] = []
    article.route("**/api/v1/shares/*", lambda route: held.append(route))
    article.click("#panel summary")
    with article.expect_request("**/api/v1/shares/*"):
        article.select_option("#panel [data-do=expiry]", str(DAY))
    mark(article, "zeta")
    second = saved(article, first)
    held[0].continue_()
    third = saved(article, second)
    shows(article, ["beta", "zeta"])
    assert len({first, second, third}) == 3
    for link, quotes in ((first, ["beta"]), (third, ["beta", "zeta"])):
        share = service.get(link + ".json").json
        assert [each["quote"] for each in share["snippets"]] == quotes
        assert share["expires_at"] is not None


def test_what_was_revoked_elsewhere_stays_marked_and_gets_another_link(article: Page, service: Service) -> None:
    mark(article, "beta")
    first = saved(article)
    mark(article, "zeta")
    second = saved(article, first)
    other = article.context.new_page()
    other.goto(f"{service.url}/links")
    revoke = other.locator("[data-part=revoke]")
    revoke.click()
    assert service.get(second).status == 200
    revoke.click()
    expect(other.locator(".own-link")).to_have_count(0)
    expect(article.locator("#panel [data-show=state]")).to_contain_text("revoked")
    shows(article, ["beta", "zeta"])
    article.click("#panel [data-do=copy]")
    third = saved(article, second)
    assert [service.get(link).status for link in (first, second, third)] == [410, 410, 200]


def test_the_interfaces_language_stays(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}?lang=ru")
    mark(page, "beta")
    expect(page).to_have_url(re.compile(r"/s/[^?]+\?lang=ru$"))
    link = page.locator("#panel [data-show=link]").input_value()
    assert "lang" not in link
    page.click("#panel [data-do=clear]")
    expect(page).to_have_url(f"{service.url}/articles/{slug}?lang=ru")


def test_a_share_without_its_marks_begins_anew(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    link = service.share(slug, "beta")["url"]
    page.goto(f"{link}?marks=off")
    select(page, "zeta")
    page.click("#toolbar [data-do=mark]")
    assert saved(page, link) != link
    shows(page, ["zeta"])


@pytest.fixture
def printable(article: Page) -> Locator:
    return article.get_by_role("link", name="Printable version")


def test_the_printable_version_is_of_what_is_marked(article: Page, printable: Locator) -> None:
    plain = printable.get_attribute("href")
    mark(article, "beta")
    link = saved(article)
    expect(printable).to_have_attribute("href", f"{link}/print")
    mark(article, "zeta")
    other = saved(article, link)
    printable.click()
    expect(article).to_have_url(f"{other}/print")
    shows(article, ["beta", "zeta"])
    article.go_back()
    article.go_back()
    expect(printable).to_have_attribute("href", str(plain))


def test_the_printable_version_is_in_the_language_of_the_page(article: Page) -> None:
    article.goto(f"{article.url}?lang=ru")
    printable = article.locator(".tools [data-do=print]")
    expect(printable).to_have_attribute("href", re.compile(r"lang=ru$"))
    mark(article, "beta")
    expect(article.locator("body")).to_have_attribute("data-state", "saved")
    for link in (printable, article.locator("#panel [data-show=print]")):
        expect(link).to_have_attribute("href", re.compile(r"/s/.*/print\?lang=ru$"))


def test_the_printable_version_waits_for_the_link(article: Page, printable: Locator) -> None:
    mark(article, "beta")
    printable.click()
    expect(article).to_have_url(re.compile("/s/.*/print$"))
    shows(article, ["beta"])


def test_without_a_link_there_is_nothing_to_print_yet_and_it_is_said(article: Page, printable: Locator) -> None:
    article.route("**/api/v1/shares", lambda route: route.abort())
    home = article.url
    mark(article, "beta")
    expect(article.locator("body")).to_have_attribute("data-state", "retrying")
    printable.click()
    expect(article.locator(".toast")).to_contain_text("could not be saved yet")
    expect(article).to_have_url(home)


def test_the_printable_version_of_a_link_whose_marks_were_taken_away(
    article: Page, printable: Locator, service: Service, slug: str
) -> None:
    article.goto(service.share(slug, "beta")["url"])
    expect(printable).to_have_attribute("href", re.compile("/s/.*/print$"))
    article.locator("#article mark").click()
    article.click("#toolbar [data-do=keep]")
    article.locator("#article mark").click()
    article.click("#toolbar [data-do=remove]")
    expect(printable).to_have_attribute("href", f"/articles/{slug}/print")


def test_words_that_a_text_fragment_leads_to_are_not_scrolled_away(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    link = service.share(slug, "Epsilon")["url"]
    page.goto(f"{link}#:~:text=beta%20gamma")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Alpha beta")).to_be_in_viewport()
    expect(page.locator("#article mark")).not_to_be_in_viewport()
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("#article mark")).to_be_in_viewport()
