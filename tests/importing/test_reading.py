"""Documents of each kind become manuscripts: their words, what they say of themselves, what was lost of them."""

from __future__ import annotations

from email.message import Message

import pytest

from snippetsvc.errors import Invalid
from snippetsvc.importing.reading import kind_of_answer, kind_of_file, manuscript
from snippetsvc.models import Notice
from tests.importing.documents import comments, packed, paragraph, run, word


def refusal(data: bytes, kind: str) -> str:
    with pytest.raises(Invalid) as raised:
        manuscript(data, kind)
    (problem,) = raised.value.problems
    return problem.rule


def told(notices: tuple[Notice, ...]) -> list[str]:
    return [f"{each.kind} {each.did} {each.count} {each.example}".strip() for each in notices]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("", {}),
        ("---\ntitle: A day\nauthor: Ada Writer\ndate: 2026-02-03\nlang: en\n---\n", "all"),
        ("---\ntitle: 'A day'\nauthors: [Ada Writer]\npublished: 2026-02-03\nlanguage: en\n---\n", "all"),
        ("---\ntitle: A day\nauthors:\n  - name: Ada Writer\ndate: '2026-02-03'\nlang: en\ntags: [a]\n---\n", "all"),
        ("+++\ntitle = 'A day'\nauthor = 'Ada Writer'\ndate = 2026-02-03\nlang = 'en'\n+++\n", "all"),
        ("\ufeff---\r\ntitle: A day\r\n---\r\n", {"title": "A day"}),
        ("---\nauthors: [Ada, Bob]\n---\n", {"authors": ("Ada", "Bob")}),
        ("---\nlang: en_GB\n---\n", {"lang": "en-GB"}),
        ("---\nlang: Klingon language\ntitle: 7\n---\n", {"title": "7"}),
        ("---\ndate: 2026-02-03 10:00:00+03:00\n---\n", {"published_at": "2026-02-03T10:00:00+03:00"}),
        ("---\ntitle:\n  en: A day\nauthor: ''\n---\n", {}),
        ('---\ntitle: "A \\ud800day\\u0007"\n---\n', {"title": "A day"}),
    ],
)
def test_what_stands_before_markdown_is_said_of_it(front: str, said: dict[str, str] | str) -> None:
    everything = {"title": "A day", "authors": ("Ada Writer",), "published_at": "2026-02-03", "lang": "en"}
    read = manuscript(f"{front}# Heading\n\nWords.\n".encode(), "markdown")
    assert read.html == "<h1>Heading</h1>\n<p>Words.</p>\n"
    assert read.said == (everything if said == "all" else said)
    assert read.notices == ()


def test_a_date_that_cannot_be_read_is_told() -> None:
    read = manuscript(b"---\ndate: last summer\n---\nWords.\n", "markdown")
    assert (dict(read.said), told(read.notices)) == ({}, ["date dropped 1 last summer"])


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a | b\n--|--\n1 | 2", "<td>1</td>"),
        ("~~struck~~", "<s>struck</s>"),
        ("<div lang='be'>\n\nсловы\n\n</div>", "<div lang='be'>\n<p>словы</p>\n</div>"),
        ("---\n\nWords between lines.\n\n---\n", "<p>Words between lines.</p>"),
        ("    code", "<pre><code>code"),
    ],
)
def test_markdown(markdown: str, html: str) -> None:
    read = manuscript(markdown.encode(), "markdown").html
    assert isinstance(read, str)
    assert html in read


@pytest.mark.parametrize(
    ("markdown", "rule"),
    [
        (b"---\ntitle: [\n---\nWords.", "front-matter"),
        (b"---\ntitle: a: b\n---\nWords.", "front-matter"),
        (b"+++\ntitle = \n+++\nWords.", "front-matter"),
        ("Слова".encode("cp1251"), "encoding"),
    ],
)
def test_markdown_that_cannot_be_read(markdown: bytes, rule: str) -> None:
    assert refusal(markdown, "markdown") == rule


CHANGED = '<w:{0} w:id="1" w:author="Ed" w:date="2026-01-01T00:00:00Z">{1}</w:{0}>'
DELETED = CHANGED.format("del", "<w:r><w:delText>secret</w:delText></w:r>")
PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{}"/><a:graphic><a:graphicData>'
    '<a:blip r:embed="rId9"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


def test_a_word_document() -> None:
    read = manuscript(word(paragraph(run("A day"), style="Heading1"), paragraph(run("Words, "), run("more."))), "word")
    assert read.html == "<h1>A day</h1><p>Words, more.</p>"
    assert (dict(read.said), read.notices) == ({}, ())


def test_what_a_word_document_had_beside_its_words_is_told_and_not_shown() -> None:
    data = word(
        paragraph(run("Kept, "), DELETED, CHANGED.format("ins", run("put in")), run(".")),
        paragraph('<w:commentRangeStart w:id="0"/>', run("Noted"), '<w:r><w:commentReference w:id="0"/></w:r>'),
        paragraph(PICTURE.format("The harbour"), PICTURE.format("")),
        paragraph(run("Half is "), "<m:oMath><m:r><m:t>1/2</m:t></m:r></m:oMath>"),
        comments=comments("Is that so?"),
    )
    read = manuscript(data, "word")
    assert read.html == "<p>Kept, put in.</p><p>Noted</p><p>Half is </p>"
    assert told(read.notices) == [
        "formula dropped 1",
        "picture dropped 2 The harbour",
        "change replaced 2",
        "comment dropped 1",
    ]


def test_hidden_words_of_a_word_document_stay_hidden() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    shown = "<w:rPr><w:vanish w:val='0'/></w:rPr>"
    read = manuscript(word(paragraph(run("Seen"), run("unseen", hidden), run(" and shown", shown))), "word")
    assert read.html == "<p>Seen and shown</p>"
    assert told(read.notices) == ["hidden dropped 1"]


DOCTYPE = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:1/a.dtd">'
FILE = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "rule"),
    {
        "no zip file": (b"PK no", "docx"),
        "a zip file of something else": (packed({"a.txt": "words"}), "docx"),
        "cut off": (word(paragraph(run("Words")))[:-30], "docx"),
        "XML that is none": (word("<w:p>"), "xml"),
        "entities": (word(paragraph(run("&b;")), before=DOCTYPE), "xml"),
        "a document type elsewhere": (word(paragraph(run("Words")), before=EXTERNAL), "xml"),
        "a file as an entity": (word(paragraph(run("&a;")), before=FILE), "xml"),
        "entities in another part": (word(paragraph(run("W")), styles=f"{DOCTYPE}<w:document>&b;</w:document>"), "xml"),
        "more than 64 MB": (word(paragraph(run("Words")), large=bytes(64 * 1024 * 1024)), "large"),
        "more than 1,000 parts": (packed({f"word/{number}.txt": "a" for number in range(1_001)}), "large"),
    }.values(),
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_word_documents_that_are_refused(data: bytes, rule: str) -> None:
    assert refusal(data, "word") == rule


@pytest.mark.parametrize(
    ("page", "canonical"),
    [
        ("<link rel=canonical href=/a>", "/a"),
        (
            "<LINK HREF='https://news.example/a?b=1&amp;c=2' REL='shortlink Canonical'>",
            "https://news.example/a?b=1&c=2",
        ),
        ("<link rel=canonical href=/a><link rel=canonical href=/b>", "/a"),
        ("<link rel=stylesheet href=/a>", None),
        ("<!-- <link rel=canonical href=/a> -->", None),
        ("<script>'<link rel=canonical href=/a>'</script>", None),
        ("<body><link rel=canonical href=/a>", None),
        ("<link rel=canonical>", None),
        ("<base href=/news/><link rel=canonical href=a>", "/news/a"),
        ("<link rel=canonical href=a><base href='https://news.example/b/'>", "https://news.example/b/a"),
        ("<base href='http://['><link rel=canonical href=a>", None),
        ("<base target=_blank><base href=b/><base href=c/><link rel=canonical href=a>", "b/a"),
        ("<![endif]--><![end if]><![><link rel=canonical href=/a>", "/a"),
    ],
)
def test_the_address_that_a_page_names_as_its_own(page: str, canonical: str | None) -> None:
    assert manuscript(f"<title>A day</title>{page}".encode(), "html").canonical == canonical


@pytest.mark.parametrize(
    ("data", "charset", "words"),
    [
        ("Слова".encode(), None, None),
        ("Слова".encode(), "windows-1251", None),
        ("Слова".encode("cp1251"), "windows-1251", "Слова"),
        ("Слова".encode("koi8-r"), "KOI8-R", "Слова"),
        ("Curly “quotes”".encode("cp1252"), "iso-8859-1", "Curly “quotes”"),
        ("Слова".encode("cp1251"), "no-such", None),
        ("Слова".encode("cp1251"), None, None),
    ],
)
def test_a_server_says_how_a_page_is_written(data: bytes, charset: str | None, words: str | None) -> None:
    """What it does not say, or says wrongly, is found out as for any page."""
    assert manuscript(data, "html", charset).html == (data if words is None else words)


@pytest.mark.parametrize(
    ("content_type", "path", "body", "kind"),
    [
        ("text/html; charset=utf-8", "/a.pdf", b"", "html"),
        ("application/xhtml+xml", "/", b"", "html"),
        ("text/markdown", "/a", b"", "markdown"),
        ("text/plain", "/a.md", b"# A", "markdown"),
        ("application/octet-stream", "/a.docx", b"PK", "word"),
        (None, "/", b" \n<!doctype html>", "html"),
        (None, "/", b"%PDF", None),
        ("application/pdf", "/a.html", b"%PDF", None),
        ("image/svg+xml", "/a", b"<svg>", None),
    ],
)
def test_what_kind_an_answer_is(content_type: str | None, path: str, body: bytes, kind: str | None) -> None:
    headers = Message()
    if content_type:
        headers["Content-Type"] = content_type
    assert kind_of_answer(headers, path, body) == kind


@pytest.mark.parametrize(
    ("name", "kind"), [("a.HTM", "html"), ("a.b.md", "markdown"), ("a.docx", "word"), ("a.doc", None), ("html", None)]
)
def test_what_kind_a_file_is(name: str, kind: str | None) -> None:
    assert kind_of_file(name) == kind
