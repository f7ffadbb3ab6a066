"""Formulas: one of what stands there for eyes and for screen readers, as MathML Core, its source as `alttext`.

KaTeX, MathJax and wikis draw a formula twice: as MathML for screen readers, and for eyes as positioned pieces or a
picture that is `aria-hidden`. The pieces alone read as nonsense ("21" for a half), so the MathML stays. Where there is
none, its TeX stands as words.
"""

from __future__ import annotations

import re
from itertools import takewhile

from bs4 import Tag
from bs4.element import PageElement

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import KEPT, MATHML, RENAMED, TOKENS, attribute
from snippetsvc.html.source.page import Page, plain, read
from snippetsvc.html.tree import around, elements, is_gone
from snippetsvc.models import Did, NoticeKind

#: The classes of what the libraries put a drawn formula into.
_DRAWN = re.compile(r"(?:^|\s)(?:katex|MathJax|MathJax_(?:CHTML|SVG)|mjx-chtml)(?:\s|$)")
_SOURCE = re.compile(r"math/(?:tex|asciimath|mml)", re.IGNORECASE)
_TEX = re.compile(r"tex\b", re.IGNORECASE)
#: Around the whole of it, this changes how it is drawn, not what it says.
_STYLE = re.compile(r"\A\{\s*\\(?:display|text)style\s+(.*)\}\Z", re.DOTALL)
#: Not displayed, or said by other means.
_NOT_DRAWN = frozenset({"annotation", "annotation-xml", "mphantom", "malignmark"})
#: Elements that say something of the formula in them.
_MEANING = (KEPT - {"span"}) | RENAMED.keys()
_UNKNOWN = "[…]"


def formulas(root: Tag, page: Page, notices: Notices) -> None:
    for script in elements(root, "script"):
        if _SOURCE.search(attribute(script, "type")):
            _join(script)
    with_formula = around(elements(root, "math"))
    for drawn in filter(_is_drawn, elements(root)):
        if not is_gone(drawn) and id(drawn) not in with_formula:
            _replace(drawn, notices)
    fuller: set[int] = set()
    for formula in elements(root, "math"):
        if formula.find_parent("math") is None:
            alternative = _alternative(formula)
            _take_from_its_twin(formula, alternative, fuller)
            _simplify(formula)
            if not plain(formula) and alternative:
                notices.add(NoticeKind.FORMULA, Did.REPLACED, alternative)
                formula.replace_with(alternative)
                continue
            formula["alttext"] = alternative or in_a_line(formula)


def in_a_line(element: Tag) -> str:
    """What a part of a formula says, as it is written where there is one line alone: `1/2`, `x^2`."""
    if element.name in TOKENS:
        return " ".join(element.get_text().split())
    parts = [in_a_line(child) for child in element.children if isinstance(child, Tag)]
    match element.name, parts:
        case "mfrac", [over, under]:
            return f"{_held(over)}/{_held(under)}"
        case "msup" | "mover", [base, above]:
            return f"{_held(base)}^{_held(above)}"
        case "msub" | "munder", [base, below]:
            return f"{_held(base)}_{_held(below)}"
        case "msubsup" | "munderover", [base, below, above]:
            return f"{_held(base)}_{_held(below)}^{_held(above)}"
        case "mroot", [base, index]:
            return f"{_held(index)}√{_held(base)}"
        case "msqrt", _:
            return f"√{_held(''.join(parts))}"
        case "mtr", _:
            return ", ".join(parts)
        case "mtable", _:
            return "; ".join(parts)
    return "".join(parts)


def _held(part: str) -> str:
    return part if len(part) < 2 or part.isalnum() else f"({part})"


def _join(script: Tag) -> None:
    """Give what a script says to the formula that was drawn of it, just before; or put it in the script's place."""
    said = script.get_text().strip()
    before = (each for sibling in script.find_previous_siblings(limit=2) for each in (sibling, *sibling.find_all(True)))
    drawn = next(filter(_is_drawn, before), None)
    formula = read(said).tree.find("math") if "mml" in attribute(script, "type").lower() else None
    if formula is None and drawn is not None:
        formula = drawn.find("math")
        (formula or drawn).attrs.setdefault("alttext", said)
        return
    script.replace_with(formula or said)
    if drawn is not None:
        drawn.decompose()


def _is_drawn(element: Tag) -> bool:
    return element.name == "mjx-container" or _DRAWN.search(attribute(element, "class")) is not None


def _replace(drawn: Tag, notices: Notices) -> None:
    """Put what a drawn formula was made of in its place, or a sign that there was one."""
    kept = attribute(drawn, "data-mathml")
    formula = read(kept).tree.find("math") if kept else None
    if isinstance(formula, Tag):
        drawn.replace_with(formula)
        return
    names = ("alttext", "data-tex", "data-latex", "data-expr", "aria-label", "title")
    said = next(filter(None, (attribute(drawn, name) for name in names)), "")
    notices.add(NoticeKind.FORMULA, Did.REPLACED if said else Did.DROPPED, said or plain(drawn))
    drawn.replace_with(said or _UNKNOWN)


def _alternative(formula: Tag) -> str:
    """What the formula's author wrote for it: `alttext`, or the TeX that it was made of."""
    notes = formula.find_all("annotation", encoding=_TEX)
    said = attribute(formula, "alttext") or next(filter(None, (plain(note) for note in notes)), "")
    while styled := _STYLE.match(said):
        said = styled[1].strip()
    return " ".join(said.split())


def _take_from_its_twin(formula: Tag, alternative: str, fuller: set[int]) -> None:
    """Put the formula in the place of what holds nothing but it and the same for eyes.

    fuller: elements that are known to say more than one formula.
    """
    held = None
    for outer in formula.parents:
        is_place = attribute(outer, "id") != "" and not _is_drawn(outer)
        if outer.name in _MEANING or is_place or outer.parent is None or id(outer) in fuller:
            break
        if _says_more(outer, formula, alternative):
            fuller.add(id(outer))
            break
        held = outer
    if held is not None:
        held.replace_with(formula.extract())


def _says_more(outer: Tag, formula: Tag, alternative: str) -> bool:
    for piece in outer.descendants:
        if piece.name != "img" if isinstance(piece, Tag) else not str(piece).strip():
            continue
        around = [piece, *takewhile(lambda each: each is not outer, piece.parents)]
        if not any(each is formula or _is_for_eyes(each, alternative) for each in around):
            return True
    return False


def _is_for_eyes(element: PageElement, alternative: str) -> bool:
    if not isinstance(element, Tag):
        return False
    pictured = element.name == "img" and alternative and alternative in " ".join(attribute(element, "alt").split())
    return bool(pictured) or attribute(element, "aria-hidden") == "true"


def _simplify(formula: Tag) -> None:
    """Leave what MathML Core draws, words in tokens alone."""
    for element in formula.find_all(True):
        if is_gone(element):
            continue
        if element.name in _NOT_DRAWN:
            element.decompose()
        elif element.name == "maction":
            for other in [each for each in element.children if isinstance(each, Tag)][1:]:
                other.decompose()
    for element in formula.find_all(True):
        if element.name == "mglyph" and attribute(element, "alt"):
            element.insert(0, attribute(element, "alt"))
        if element.name not in MATHML or element.name == "math":
            element.unwrap()
    for words in formula.find_all(string=True):
        if words.parent is not None and words.parent.name not in TOKENS and words.strip():
            words.wrap(Tag(name="mtext"))
