"""What becomes of formulas in a publisher's HTML, and how people read them."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare
from snippetsvc.html.rewriting.formulas import in_a_line
from snippetsvc.html.sanitise import tree_of
from snippetsvc.models import Span
from snippetsvc.text.document import Document

HALF = "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"
HALF_IN_TEX = (
    "<math><semantics><mfrac><mn>1</mn><mn>2</mn></mfrac>"
    '<annotation encoding="application/x-tex">\\frac{1}{2}</annotation></semantics></math>'
)


def made(inner: str) -> str:
    document = Document(prepare(f"<h1>T</h1><p>It is {inner} of it</p>", fallback_title="F").html)
    return document.reading(Span(len("T\n"), len(document.text)))


@pytest.mark.parametrize(
    ("name", "inner", "read"),
    [
        ("MathML", HALF, "1/2"),
        ("MathML with its TeX", HALF_IN_TEX, r"\frac{1}{2}"),
        ("MathML with words for it", '<math alttext="one half"><mn>½</mn></math>', "one half"),
        ("what was drawn of it without a word", '<math alttext="one half"><mspace width="1em"/></math>', "one half"),
        ("words in it that are in no token", "<math><mrow>x</mrow></math>", "x"),
        ("HTML in it", "<math><mtext>if <b>x</b></mtext></math>", "if x"),
        ("words in it that nobody sees", "<math><mi>x</mi><mphantom><mi>y</mi></mphantom></math>", "x"),
        ("the first of what it may be switched to",
         "<math><maction><mi>x</mi><mi>y</mi></maction></math>", "x"),
        ("KaTeX",
         f'<span class="katex"><span class="katex-mathml">{HALF_IN_TEX}</span>'
         '<span class="katex-html" aria-hidden="true"><span>2</span><span>1</span></span></span>', r"\frac{1}{2}"),
        ("KaTeX on a line of its own",
         f'<span class="katex-display"><span class="katex"><span class="katex-mathml">{HALF}</span>'
         '<span class="katex-html" aria-hidden="true">21</span></span></span>', "1/2"),
        ("KaTeX, for eyes alone",
         '<span class="katex"><span class="katex-html" aria-hidden="true"><span>2</span><span>1</span></span></span>',
         "[…]"),
        ("MathJax 2",
         '<span class="MathJax_Preview"></span><span class="MathJax" id="MathJax-Element-1-Frame"><nobr '
         f'aria-hidden="true"><span>2</span>1</nobr><span class="MJX_Assistive_MathML">{HALF}</span></span>'
         r'<script type="math/tex">\tfrac12</script>', r"\tfrac12"),
        ("MathJax 2 without MathML, by its source",
         r'<span class="MathJax"><nobr aria-hidden="true">21</nobr></span><script type="math/tex">\tfrac12</script>',
         r"\tfrac12"),
        ("MathJax 2, by its attribute",
         f'''<span class="MathJax_SVG" data-mathml='{HALF}'><svg><text>21</text></svg></span>''', "1/2"),
        ("MathJax that has not run", r'<script type="math/tex; mode=display">\tfrac12</script>', r"\tfrac12"),
        ("MathML for MathJax", f'<script type="math/mml">{HALF}</script>', "1/2"),
        ("MathJax 3",
         f'<mjx-container class="MathJax" jax="CHTML"><mjx-math aria-hidden="true"><mjx-mn>21</mjx-mn></mjx-math>'
         f"<mjx-assistive-mml>{HALF}</mjx-assistive-mml></mjx-container>", "1/2"),
        ("MathJax 3 with words for it",
         '<mjx-container aria-label="one half"><mjx-math><mjx-mn>21</mjx-mn></mjx-math></mjx-container>', "one half"),
        ("a wiki's, hidden behind its picture",
         r'<span><span style="display: none;"><math alttext="{\displaystyle {\frac {1}{2}}}"><mn>½</mn></math></span>'
         r'<img src="https://x.example/half.svg" aria-hidden="true" alt="{\displaystyle {\frac {1}{2}}}"></span>',
         r"{\frac {1}{2}}"),
        ("with a picture of something else",
         f'<span>{HALF}<img src="https://x.example/i.png" alt="one half"></span>', "1/2"),
        ("among words", f'<span>about {HALF}<span aria-hidden="true">!</span></span>', "about 1/2!"),
    ],
)  # fmt: skip
def test_a_formula_is_read_as_it_was_written(name: str, inner: str, read: str) -> None:
    assert made(inner) == f"It is {read} of it"


@pytest.mark.parametrize(
    ("name", "inner", "html"),
    [
        ("withdrawn, and put in", f"<del>{HALF}</del> <ins>{HALF}</ins>", "<del>½</del> <ins>½</ins>"),
        ("a link", f"<a href=https://x.example/>{HALF}</a>", '<a href="https://x.example/">½</a>'),
        ("lowered",
         f'H<sub><span class="katex"><span class="katex-mathml">{HALF}</span><span aria-hidden="true">21</span></span>'
         "</sub>", "H<sub>½</sub>"),
        ("a place", f'<span id="eq">{HALF}</span> <a href="#eq">there</a>',
         '<span id="c-eq">½</span> <a href="#c-eq">there</a>'),
        ("a block of its own", f"one<center>{HALF}</center>two", "one\n<div>½</div>\ntwo"),
        ("styled twice",
         r'<math alttext="{\displaystyle {\displaystyle 1/2}}"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>',
         "½"),
    ],
)  # fmt: skip
def test_what_a_formula_stands_in_stays(name: str, inner: str, html: str) -> None:
    made = prepare(f"<h1>T</h1>{inner}", fallback_title="F").html
    half = '<math alttext="1/2"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>'
    assert made == f"<h1>T</h1>\n{html.replace('½', half)}"
    assert prepare(made, fallback_title="F").html == made


def test_a_formula_without_a_source_is_told() -> None:
    drawn = '<p>a <span class="katex"><span class="katex-html" aria-hidden="true">21</span></span> b'
    (notice,) = prepare(drawn, fallback_title="F").notices
    assert (notice.kind, notice.did, notice.count, notice.example) == ("formula", "dropped", 1, "21")


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("<mi>x</mi><mo>+</mo><mn>12</mn>", "x+12"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
        ("<msup><mi>e</mi><mrow><mi>i</mi><mi>π</mi></mrow></msup>", "e^iπ"),
        ("<msub><mi>a</mi><mi>n</mi></msub>", "a_n"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑_(i=1)^n"),
        ("<msqrt><mn>2</mn><mi>x</mi></msqrt>", "√2x"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "3√x"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd></mtr></mtable>",
         "1, 0; 0"),
    ],
)  # fmt: skip
def test_a_formula_in_a_line(formula: str, line: str) -> None:
    assert in_a_line(tree_of(f"<math>{formula}</math>")) == line


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("a link", '<mi href="javascript:alert(1)">x</mi>'),
        ("an action", '<maction actiontype="statusline#http://x.example" onclick="alert(1)"><mi>x</mi></maction>'),
        ("HTML in an annotation",
         '<semantics><mi>x</mi><annotation-xml encoding="text/html"><img src=x onerror=alert(1)>'),
        ("a style in a glyph", "<mi>x<mglyph><style><img src=x onerror=alert(1)>"),
    ],
)  # fmt: skip
def test_of_a_formula_only_what_draws_it_is_left(name: str, formula: str) -> None:
    html = prepare(f"<h1>T</h1><p><math>{formula}</math>", fallback_title="F").html
    assert html == '<h1>T</h1>\n<p><math alttext="x"><mi>x</mi></math></p>'


def test_of_a_span_people_read_the_whole_of_a_formula() -> None:
    document = Document(f"<p>a {HALF}{HALF} b</p>".replace("<math>", '<math alttext="½">'))
    assert document.text == "a 1212 b"
    assert document.reading(Span(0, 2)) == "a "
    assert document.reading(Span(0, 3)) == "a ½"
    assert document.reading(Span(3, 5)) == "½½"
    assert document.reading(Span(6, 8)) == " b"


def test_a_great_many_formulas_in_a_line() -> None:
    document = Document(prepare(f"<p><span>{f'{HALF} ' * 3_000}</span>", fallback_title="F").html)
    assert len(document.formulas) == 3_000
