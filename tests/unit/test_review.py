"""What editors said to each other in a word processor is not published, and the publisher is told."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare
from snippetsvc.text.document import Document

WORD = '<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><title>T</title></head><body>'
#: As Word saves a comment about "the bridge" as a page.
COMMENTED = (
    "<p class=MsoNormal>Of <a style='mso-comment-reference:AB_1;mso-comment-date:20260304T1201'>the bridge</a>"
    "<span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]>"
    '<a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[AB1]</a><![endif]>'
    "<span style='mso-special-character:comment'>&nbsp;</span></span></span> they speak.</p>"
)
COMMENTS = (
    "<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff align=left><![endif]>"
    '<div style=\'mso-element:comment\'><div id="_com_1" class=msocomtxt><a name="_msocom_1"></a>'
    '<p class=MsoCommentText><a href="#_msoanchor_1" class=msocomoff>[AB1]</a>Is it?</p>'
    "<p class=MsoCommentText>Ask him.</p></div></div></div>"
)
GOOGLE = '<p><span>The bridge</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup><span>.</span></p>'


@pytest.mark.parametrize(
    ("name", "source", "text", "notices"),
    [
        ("Word", WORD + COMMENTED + COMMENTS, "Of the bridge they speak.",
         [("comment", "dropped", 1, "[AB1]Is it?Ask him.")]),
        ("Word, pasted",
         "<p class=MsoNormal>The <!--[if !supportAnnotations]--><a class=msocomanchor href='#_msocom_1'>[AB1]</a>"
         "<!--[endif]-->bridge.</p><p class='MsoCommentText'>Is it?</p><p class=MsoCommentText>Ask him.</p>",
         "The bridge.", [("comment", "dropped", 2, "Is it?")]),
        ("Word, a mark alone", WORD + '<p>The bridge.<a style="MSO-COMMENT-REFERENCE: AB_1">[1]</a></p>',
         "The bridge.", []),
        ("Word, a comment that has no mark", WORD + '<p>Of <a style="mso-comment-reference:A_1">the bridge</a>.</p>',
         "Of the bridge.", []),
        ("Word, a list without comments of its own",
         WORD + "<p>a</p><div style='mso-element:comment-list'><p>Is it?</p></div>", "a",
         [("comment", "dropped", 1, "Is it?")]),
        ("Google Docs",
         GOOGLE + '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is it?</span></p><p>Ask.</p></div>',
         "The bridge.", [("comment", "dropped", 1, "[a]Is it?Ask.")]),
        ("Google Docs, in a block around it all",
         f'<div>{GOOGLE}<p>More.</p><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>Is it?</p></div>', "The bridge.\nMore.",
         [("comment", "dropped", 1, "[a]Is it?")]),
        ("tracked changes",
         WORD + '<p>It <del cite="mailto:AB" datetime="2026-03-03T10:00">was</del><ins cite="mailto:AB">is</ins> open'
         "<span class=msoDel>, they say</span><span class=msoIns> now</span>.</p>", "It is open now.",
         [("change", "dropped", 2, "was"), ("change", "replaced", 2, "is")]),
        ("tracked changes, pasted", "<p class=MsoNormal>It <del>was</del> <ins>is</ins> open.</p>", "It is open.",
         [("change", "dropped", 1, "was"), ("change", "replaced", 1, "is")]),
        ("tracked changes of LibreOffice",
         "<html><head><meta name=Generator content='LibreOffice 24.2 (Linux)'><body><p>It <del>was</del><ins>is</ins>.",
         "It is.", [("change", "dropped", 1, "was"), ("change", "replaced", 1, "is")]),
        ("an author's own corrections", "<p>It <del>was</del> <ins>is</ins> open.</p>", "It was is open.", []),
        ("readers' comments", "<p>a</p><div id=comments><p id=cmnt1>First!</p></div>", "a\nFirst!", []),
    ],
)  # fmt: skip
def test_what_is_published(name: str, source: str, text: str, notices: list[tuple[str, str, int, str]]) -> None:
    found = prepare(source, fallback_title="T")
    assert Document(found.html).text == f"T\n{text}"
    assert [(each.kind, each.did, each.count, each.example) for each in found.notices] == notices


def test_an_author_s_corrections_stay_what_they_are() -> None:
    source = "<h1>T</h1>\n<p>It <del>was</del><ins>is</ins> open.</p>"
    assert prepare(source, fallback_title="T").html == source


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("empty paragraphs", "<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>b</p>",
         "<p>a</p>\n<p>b</p>"),
        ("empty paragraphs, filtered",
         "<p class=MsoNormal>a</p><p class=MsoNormal>&nbsp;</p><p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("settings", "<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><p>a</p>", "<p>a</p>"),
        ("a picture alone", "<p class=MsoNormal><img src=https://example.org/a.png alt=a></p><p>b</p>",
         '<p><img alt="a" src="https://example.org/a.png"></p><p>b</p>'),
        ("an author's own space", "<p>a</p><p>&nbsp;</p>", "<p>a</p>\n<p>&nbsp;</p>"),
    ],
)  # fmt: skip
def test_what_word_leaves_behind(name: str, source: str, html: str) -> None:
    assert prepare(source, fallback_title="T").html == f"<h1>T</h1>\n{html}"
