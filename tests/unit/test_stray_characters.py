"""Bytes and characters that no text should have: read as browsers read them, and told; what is no text is refused."""

from __future__ import annotations

import zlib

import pytest

from snippetsvc.errors import Invalid
from snippetsvc.html.prepare import prepare
from snippetsvc.models import Did, Notice, NoticeKind
from snippetsvc.text.document import Document

UTF8 = "<meta charset=utf-8>"


def replaced(count: int, example: str) -> tuple[Notice, ...]:
    return (Notice(NoticeKind.CHARACTER, count, Did.REPLACED, example),)


@pytest.mark.parametrize(
    ("name", "source", "text", "notices"),
    [
        ("a stray byte", UTF8.encode() + b"<p>All in ASCII\x85 but one.</p>",
         "All in ASCII\ufffd but one.", replaced(1, "All in ASCII\ufffd but one.")),
        ("a character that is cut off", UTF8.encode() + "<p>Первые слова</p><p>мос".encode() + b"\xd1</p>",
         "Первые слова\nмос\ufffd", replaced(1, "мос\ufffd")),
        ("several, and one that is meant",
         (UTF8 + "<p>\ufffd is meant").encode() + b"</p><p>d\xe9j\xe0 vu lu</p>",
         "\ufffd is meant\nd\ufffdj\ufffd vu lu", replaced(2, "d\ufffdj\ufffd vu lu")),
        ("UTF-8 that is not declared, with a stray byte", "<p>Слова и ещё слова".encode() + b"\xff.</p>",
         "Слова и ещё слова\ufffd.", replaced(1, "Слова и ещё слова\ufffd.")),
        ("UTF-8 that is called another encoding, with a stray byte",
         "<meta charset=windows-1251><p>Слова и ещё слова".encode() + b"\xff.</p>",
         "Слова и ещё слова\ufffd.", replaced(1, "Слова и ещё слова\ufffd.")),
        ("a byte that windows-1251 has no letter for",
         "<meta charset=windows-1251><p>Слова ".encode("cp1251") + b"\x98" + " и слова</p>".encode("cp1251"),
         "Слова \ufffd и слова", replaced(1, "Слова \ufffd и слова")),
        ("half a character in Shift_JIS", "<meta charset=shift_jis><p>橋が開通".encode("cp932") + b"\x8b",
         "橋が開通\ufffd", replaced(1, "橋が開通\ufffd")),
        ("half a character in UTF-16", b"\xff\xfe" + "<p>Words".encode("utf-16-le") + b"\x00",
         "Words\ufffd", replaced(1, "Words\ufffd")),
        ("NUL in a file", b"<p>Fee\0d\0 me</p>", "Feed me", replaced(2, "Feed me")),
        ("NUL in what is sent", "<p>Fee\0d me</p>", "Feed me", replaced(1, "Feed me")),
        ("references to characters that are none", "<p>a&#0;b &#xd800; &#128;</p>", "a\ufffdb \ufffd €", ()),
    ],
)  # fmt: skip
def test_what_browsers_read(name: str, source: str | bytes, text: str, notices: tuple[Notice, ...]) -> None:
    found = prepare(source, fallback_title="T")
    assert Document(found.html).text == f"T\n{text}"
    assert found.notices == notices


@pytest.mark.parametrize(
    ("name", "source", "rule"),
    [
        ("a lone surrogate", "<p>a\ud800b</p>", "characters"),
        ("another alphabet that calls itself UTF-8", (UTF8 + "<p>Слова по-русски</p>").encode("cp1251"), "encoding"),
        ("another alphabet that calls itself nothing", "<p>Слова по-русски</p>".encode("koi8-r"), "encoding"),
        ("a portable document",
         b"%PDF-1.7\n1 0 obj <</Length 9>> stream\n" + zlib.compress(bytes(range(256)) * 9) * 9 + b"endstream " * 99,
         "characters"),
        ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "encoding"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(name: str, source: str | bytes, rule: str) -> None:
    with pytest.raises(Invalid) as caught:
        prepare(source, fallback_title="T")
    assert [(problem.pointer, problem.rule) for problem in caught.value.problems] == [("/html", rule)]
