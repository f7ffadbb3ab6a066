"""Highlighted code is published as code: whole, with its lines, without their numbers and without buttons."""

from __future__ import annotations

import re

import pytest

from snippetsvc.html.prepare import prepare

TWO = "def f():\n    return 1"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Pygments, in a table",
         "<div class=highlight><table class=highlighttable><tr><td class=linenos><div class=linenodiv><pre>1\n2"
         "</pre></div>"
         "</td><td class=code><div><pre><span></span><span class=k>def</span> f():\n    return 1\n</pre></div></td>"
         "</tr>"
         "</table></div>"),
        ("Pygments, in the lines",
         "<div class=highlight><pre><span class=linenos>1</span>def f():\n<span class=linenos>2</span>    return 1"
         "</pre>"),
        ("Rouge",
         "<div class=highlight><pre><code><table class=rouge-table><tbody><tr><td class='rouge-gutter gl'>"
         "<pre class=lineno>"
         "1\n2\n</pre></td><td class=rouge-code><pre>def f():\n    return 1\n</pre></td></tr></tbody></table>"
         "</code></pre>"),
        ("Chroma, in a table",
         "<div class=highlight><div><table class=lntable><tr><td class=lntd><pre><code><span class=lnt>1\n</span>"
         "<span class=lnt>2\n</span></code></pre></td><td class=lntd><pre><code>def f():\n    return 1</code></pre>"
         "</td>"
         "</tr></table></div></div>"),
        ("Chroma, in the lines",
         "<pre><code><span class=line><span class=ln>1</span><span class=cl>def f():\n</span></span>"
         "<span class=line><span class=ln>2</span><span class=cl>    return 1\n</span></span></code></pre>"),
        ("Hexo",
         "<figure class=highlight><table><tr><td class=gutter><pre><span class=line>1</span><br><span class=line>2"
         "</span>"
         "<br></pre></td><td class=code><pre><span class=line>def f():</span><br><span class=line>    return 1"
         "</span><br>"
         "</pre></td></tr></table></figure>"),
        ("highlight.js",
         "<pre><code class=hljs><table class=hljs-ln><tbody><tr><td class='hljs-ln-line hljs-ln-numbers' "
         "data-line-number=1><div class=hljs-ln-n data-line-number=1></div></td><td class='hljs-ln-line hljs-ln-code'>"
         "def f():</td></tr><tr><td class='hljs-ln-line hljs-ln-numbers' data-line-number=2><div class=hljs-ln-n></div>"
         "</td><td class=hljs-ln-code>    return 1</td></tr></table></code></pre>"),
        ("a code host's view of a file",
         "<div class=blob-wrapper><table class='highlight js-file-line-container'><tr><td id=L1 "
         "class='blob-num js-line-number' data-line-number=1></td><td id=LC1 class='blob-code'>def f():</td></tr>"
         "<tr><td class=blob-num>2</td><td class=blob-code>    return <span>1</span></td></tr></table></div>"),
        ("SyntaxHighlighter",
         "<div class=syntaxhighlighter><table><tr><td class=gutter><div class='line number1'>1</div><div class='line'>2"
         "</div></td><td class=code><div class=container><div class='line number1'><code class=keyword>def</code>"
         "<code class=plain> f():</code></div><div class='line number2'><code>    return 1</code></div></div></td></tr>"
         "</table></div>"),
        ("Prism, with numbers beside",
         "<pre class='line-numbers language-py'><code>def f():\n    return 1"
         "<span aria-hidden=true class=line-numbers-rows>"
         "<span></span><span></span></span></code></pre>"),
        ("Prism in React",
         "<pre class=prism-code><code><span class=token-line style='color:red'><span class='codeLineNumber_a1 x'>1"
         "</span>"
         "<span>def f():</span><br></span><span class=token-line><span>    return 1</span><br></span></code></pre>"),
        ("a list",
         "<pre class='prettyprint linenums'><ol class=linenums><li class=L0>def f():</li><li class=L1>    return 1"
         "</li></ol></pre>"),
        ("blocks", "<pre><div>def f():</div><div>    return 1</div></pre>"),
        ("blocks by their style",
         "<pre><code><span style='display:block'>def f():</span><span style=display:block>    return 1</span>"
         "</code></pre>"),
        ("blocks by their name",
         "<pre><code><span class=line>def f():</span><span class=line>    return 1</span></code></pre>"),
        ("lines that end as lines",
         "<pre><span class=line>def f():</span>\n<span class=line>    return 1</span></pre>"),
        ("numbers without a name",
         "<table><tr><td><pre>9\n10</pre></td><td><pre>def f():\n    return 1</pre></td></tr></table>"),
        ("links of the lines",
         "<pre><code><span id=l-1><a id=c-1 name=c-1 href='#c-1'></a>def f():\n</span><span id=l-2>"
         "<a id=c-2 href='#c-2'>"
         "</a>    return 1</span></code></pre>"),
        ("buttons",
         "<div class=highlight><div class=code-toolbar><button class=copy>Copy</button></div><pre><button>Copy</button>"
         "def f():\n    return 1</pre><div class=zeroclipboard-container><clipboard-copy>Copy</clipboard-copy></div>"
         "<a class=copy-btn href='#'>Copy code</a></div>"),
    ],
)  # fmt: skip
def test_whole_and_alone(name: str, source: str) -> None:
    html = prepare(source, fallback_title="T").html
    assert re.sub(r"\s*\Z", "", re.sub("<[^>]*>", "", html)) == f"T\n{TWO}"
    assert html.count("<pre") == 1
    assert "<table" not in html


def test_empty_lines_stay() -> None:
    source = (
        "<pre><div>a</div><div></div><div>b</div></pre><pre><code><div>c</div><div><br></div><div>d</div></code></pre>"
    )
    html = prepare(source, fallback_title="T").html
    assert re.sub("<[^>]*>", "", html) == "T\na\n\nb\nc\n\nd"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a table of data",
         "<table><tr><td>1</td><td><code>a</code></td></tr><tr><td>2</td><td><code>b</code></td></tr></table>"),
        ("numbers that are the code", "<pre class=line-numbers><code>42</code></pre>"),
        ("words under such a name", "<p class=gutter>Of gutters</p><pre>x</pre>"),
        ("whose text it is", "<div><pre>x</pre><p class=copyright>© A. B.</p></div>"),
        ("a paragraph about copies", "<p class=copy>Copy this out.</p>"),
    ],
)  # fmt: skip
def test_what_is_none_of_it_stays(name: str, source: str) -> None:
    html = prepare(source, fallback_title="T").html
    assert re.sub(r"\s+", "", re.sub("<[^>]*>", "", html)) == "T" + re.sub(r"\s+", "", re.sub("<[^>]*>", "", source))
    assert html.count("<t") == source.count("<t") + (1 if "<table" in source else 0)


@pytest.mark.parametrize(
    "kept",
    [
        '<div class="row no-gutters"><div class="col"><img alt="It" src="https://a.example/b.jpg"></div></div>',
        "<table class=no-gutters><tbody><tr><td>12</td><td>13</td></tr></tbody></table>",
        "<b class=koln>3:1</b>",
        "<h2 class=copy-heading>Why it matters</h2>",
        "<p class=body-copy>Not yet.</p>",
    ],
)
def test_what_is_only_called_alike_stays(kept: str) -> None:
    def body(source: str) -> str:
        return prepare(f"<h1>T</h1>{source}<pre>x = 1</pre>", fallback_title="F").html

    assert body(kept) == body(re.sub(r" class=(?:\"[^\"]*\"|[\w-]+)", "", kept))
