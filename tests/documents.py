"""Generated documents: what publishers might send, well-formed or not."""

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = st.text(
    st.one_of(
        st.sampled_from("ab \n\t\r\f\u00a0\u00ad\u200b\u200d\u0301é猫สاש😀&<>\"'\x0b\x85\ufeff"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
    ),
    max_size=12,
)
_TAGS = st.sampled_from(
    "p div span b i a em ul ol li dl dt dd table tbody tr td th caption pre code br hr img h1 h2 blockquote section "
    "article main ruby rt rp details summary figure figcaption form label button select option textarea center font "
    "x-y svg math title script style noscript template nav sup u mark marquee object aside header "
    "map dialog nobr rb rtc tt h5 xmp mi mo mn mtext mrow msup mfrac semantics annotation mglyph maction "
    "mphantom time del ins xml".split()
)
_ATTRIBUTES = st.sampled_from(
    ["", " id=x", " id='y z'", " href='#x'", " href='/a?b=1&c'", " hidden", " style='display:none'", " lang=ru",
     " dir=rtl", " src=/i.png", " class=snippet", " onclick='x()'", " colspan=2", " name=n", " title='<&\">'",
     " popover", " open", " alttext='x^2'", " aria-hidden=true", " class=katex",
     " class=MsoListParagraph", " class=MsoTitle", " style='mso-list:l0 level2 lfo1'", " style='display:flex'",
     " style='font-weight:bold;text-decoration:line-through'", " style='font-weight:normal'", " class=lineno",
     " class=highlight", " class=line", " class=anchor", " aria-level=2", " class=lst-kix_x-1"]
)  # fmt: skip
_PIECES = st.one_of(
    _WORDS,
    st.builds("<{}{}>".format, _TAGS, _ATTRIBUTES),
    st.builds("</{}>".format, _TAGS),
    st.sampled_from("<!--c--> &amp; &lt;p&gt; &nbsp; &#13; &#x10ffff; <![CDATA[x]]> < </ <p".split()),
)

#: Any order of tags and text: most of it malformed.
soup = st.lists(_PIECES, max_size=40).map("".join)


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, attributes, pieces: f"<{tag}{attributes}>{''.join(pieces)}</{tag}>",
        _TAGS,
        _ATTRIBUTES,
        st.lists(inner, max_size=4),
    )


#: Elements that are closed where they should be.
nested = st.recursive(_WORDS.map(lambda words: words.replace("<", "&lt;")), _element, max_leaves=25)

documents = st.one_of(soup, nested, st.lists(nested, max_size=5).map("\n".join))
