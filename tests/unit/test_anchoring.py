"""Spans carried through edits: tables of named situations, in English unless the name says otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetsvc import anchoring
from snippetsvc.models import Span, Status
from snippetsvc.text.selectors import TextQuoteSelector

OLD = """\
The river rose on Monday and the mill stopped. Nobody in the valley had seen so much water since the great flood.
The baker carried his ovens to the upper floor, and the school was closed for three days. Children built dams of clay.
When the water went away, the bridge was gone."""


def carried(old: str, new: str, quote: str) -> tuple[str | None, str]:
    start = old.index(quote)
    (result,) = anchoring.carry(old, new, [Span(start, start + len(quote))])
    return (result.span.of(new) if result.span else None), str(result.status)


@pytest.mark.parametrize(
    ("edit", "quote", "expected"),
    [
        pytest.param(("Monday", "Tuesday"), "on Monday and", ("on Tuesday and", "changed"), id="word replaced"),
        pytest.param(("Monday", "Tuesday"), "Monday", ("Tuesday", "changed"), id="the only word replaced"),
        pytest.param(("Monday", "Tuesday"), "rose on Monday", ("rose on Tuesday", "changed"), id="last word replaced"),
        pytest.param(("built", "biult"), "built dams", ("biult dams", "changed"), id="typo"),
        pytest.param((" since the great flood", ""), "the great flood", (None, "lost"), id="deleted"),
        pytest.param(
            (" since the great flood", ""), "so much water since", ("so much water", "changed"), id="end deleted"
        ),
        pytest.param(("his ovens", "“his ovens”"), "ovens to", ("ovens” to", "changed"), id="quotation mark put in"),
        pytest.param(
            ("The river", "Above.\nThe river"), "The river rose", ("The river rose", "intact"), id="put in above"
        ),
        pytest.param(
            ("stopped. Nobody", "stopped.\nNobody"), "stopped. Nobody", ("stopped.\nNobody", "intact"), id="split"
        ),
    ],
)
def test_edit(edit: tuple[str, str], quote: str, expected: tuple[str | None, str]) -> None:
    assert carried(OLD, OLD.replace(*edit), quote) == expected


def test_moved_paragraph() -> None:
    first, second, third = OLD.split("\n")
    assert carried(OLD, "\n".join([third, first, second]), "the bridge") == ("the bridge", "intact")


FOREIGN = "Rain fell on the marquee with the sound of distant applause. Nobody had ordered the balloons."


def test_words_put_into_a_passage_that_moved_leave_it_one() -> None:
    first, second, third = OLD.split("\n")
    baker = second.replace("days. Children", f"days. {FOREIGN} Children")
    new = "\n".join([third, first, baker])
    quote = "closed for three days. Children built"
    assert carried(OLD, new, quote) == (f"closed for three days. {FOREIGN} Children built", "changed")


def test_little_that_is_left_behind_what_was_put_in_is_the_end_all_the_same() -> None:
    new = OLD.replace("stopped. Nobody", f"stopped. {FOREIGN} Nobody")
    assert carried(OLD, new, "the mill stopped. Nobody") == (f"the mill stopped. {FOREIGN} Nobody", "changed")


def test_a_word_of_a_sentence_for_which_another_came_is_lost() -> None:
    sentence = "Nobody in the valley had seen so much water since the great flood."
    new = OLD.replace(sentence, "Posters in the library announced a concert for the end of the year.")
    for word in ("valley", "water", "seen so", "great"):
        assert carried(OLD, new, word) == (None, "lost"), word


def test_a_word_around_which_all_was_written_anew_stays() -> None:
    new = OLD.replace(
        "Nobody in the valley had seen so much water since the great flood.\nThe baker carried his ovens to the upper",
        "Old people said they knew worse.\nAll with cellars emptied them, some ovens were saved and stand in the dry",
    )
    assert carried(OLD, new, "ovens") == ("ovens", "intact")


REST = "Whoever comes later than seven finds an empty shop, a closed door and a bowl of water for the dogs."


def test_the_last_word_of_a_heading_is_told_from_its_twin_below_it() -> None:
    old = f"The bakery in Raftsmen Lane\nThe bakery in Raftsmen Lane opens at half past five, in the dark. {REST}"
    new = f"Where to buy bread at night: Lane\nBread is sold from half past four since spring, by lamplight. {REST}"
    assert carried(old, new, "Lane") == ("Lane", "intact")
    assert carried(old, new.replace(": Lane\n", "\n"), "Lane") == (None, "lost")
    between = new.replace(": Lane\n", "\n").replace("since spring", "since Lane closed")
    assert carried(old, between, "Lane") == (None, "lost")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Bread is sold by lamplight since spring, from the cart in Lane", id="of the text below"),
        pytest.param("Bread is sold by lamplight since spring\nAsk anybody for Lane", id="of a line more"),
    ],
)
def test_the_last_word_of_a_heading_is_not_taken_for_that_of_another_line(body: str) -> None:
    old = f"The bakery in Raftsmen Lane\nThe bakery in Raftsmen Lane opens at half past five, in the dark.\n{REST}"
    assert carried(old, f"Where to buy bread at night\n{body}\n{REST}", "Lane") == (None, "lost")


def test_of_two_in_a_passage_written_anew_the_one_in_its_place_is_meant() -> None:
    before = "The chronicle of the town is short, and every book on the shelf tells it differently."
    old = (
        "A box came with the morning tide and was dried on a line by the mayor, with the lid of the stove on it,"
        " while some of the children learned a song about ice; two brothers opened a shop for kites and sold the lid"
        " in the end."
    )
    new = (
        "Nobody asks today who left. It rained for weeks then; people stayed at home and played chess with the lid"
        " down until everybody knew every opening, which spoiled it for good, as old men complain now and again."
    )
    text, changed = (f"{before} {middle} {REST}" for middle in (old, new))
    places = [Span(at, at + len("the lid")) for at in (text.index("the lid"), text.rindex("the lid"))]
    one, other = anchoring.carry(text, changed, places)
    assert one.span is not None
    assert (one.span.of(changed), one.status) == ("the lid", "intact")
    assert (other.span, other.status) == (None, "lost")


WENT = "mayor choir song ice brothers shop kites sexton lamp window paint scaffold insurance sheet salt country".split()
CAME = "chess candle rain weeks opening elders buttons tin kitchen potatoes clock tide meadow goats fishing".split()


@given(st.permutations(WENT * 3), st.permutations(CAME * 2), st.integers(1, 30), st.integers(1, 12), st.integers(0, 30))
def test_two_of_the_same_words_never_become_one(
    went: list[str], came: list[str], first: int, apart: int, there: int
) -> None:
    went.insert(first, "the cost")
    went.insert(first + apart, "the cost")
    came.insert(there, "the cost")
    old, new = (f"Twelve steps lead down. {' '.join(words)}. {REST}" for words in (went, came))
    places = [Span(at, at + len("the cost")) for at in (old.index("the cost"), old.rindex("the cost"))]
    one, other = anchoring.carry(old, new, places)
    assert one.span is None or one.span != other.span


def test_sentences_put_in_beside_a_long_quote_are_none_of_it() -> None:
    """Between its neighbours stands more than the quote, whose own beginning was put differently."""
    quote = (
        "The gap between two flashes tells the keeper everything, and if it were to change by the tenth of a second "
        "she would know at once. Last autumn nothing unusual was to be seen on any screen of the office, and all the "
        "same she picked up the telephone and said that the light was half a second late."
    )
    stands = (
        "Gaps of two flashes told keepers all, and had it changed by a tenth of seconds they knew at once. "
        "Last autumn nothing unusual was to be seen on any screen of the office, and all the "
        "same she picked up the telephone and said that the light was half a second late."
    )
    before, after = "Every eight seconds the beam touches the pines. ", " The young engineer found a shell in the cogs."
    selector = TextQuoteSelector(quote, before[-32:], after[:32])
    put_in = "The gentleman beside me had three tickets. About the dog in the corner of the picture opinions differ. "
    for text in (before + stands + after, before + put_in + stands + after):
        place = anchoring.anchor(text, [selector])
        assert place is None or place.of(text) == stands


def test_a_phrase_is_found_in_a_passage_written_anew_without_spaces_between_words() -> None:
    old = (
        "港の倉庫は長いあいだ空いたままで、窓には板が打ちつけられ、鳩だけが出入りしていた。鍵は市役所の三階で埃をかぶっていた。"
        "ある冬の朝、若い大工が蝶番を直しに来て、床下から古い羅針盤を見つけた。それを磨いて窓辺に置くと、子どもたちが毎日見に来るようになった。"
        "大工はそこに机を並べ、土曜日ごとに帆の縫い方を教えはじめた。春には生徒が二十人になり、夏には小さな舟が三艘できた。"
    )
    new = (
        "岸辺の建物に人の声が戻ったのは去年のことで、だれが最初に灯をともしたのかは今も分からないという話である。噂では、"
        "っていた。あという看板を掲げた店がそこで飲み物を出していたらしい。客は船乗りばかりで、勘定は貝殻でもよかったとか。"
    )
    before = "町の歴史を書いた本はどれも短く、しかも互いに食い違っている。"
    after = "図書館の司書は、その全部を棚の同じ段に並べて、読者に任せている。"
    assert carried(before + old + after, before + new + after, "っていた。あ") == ("っていた。あ", "intact")


def test_a_number_in_a_table_is_edited_in_its_cell() -> None:
    old = "Costs\nPart\n2024\n2025\nSluice\n340\n410\nBanks\n220\n300"
    assert carried(old, old.replace("340", "345"), "340") == ("345", "changed")


def through(texts: list[str], quote: str) -> tuple[str | None, str]:
    start = texts[0].index(quote)
    (result,) = anchoring.carry_through(texts, [Span(start, start + len(quote))])
    return (result.span.of(texts[-1]) if result.span else None), str(result.status)


def test_what_was_taken_out_and_put_back_is_there() -> None:
    first, _, third = OLD.split("\n")
    back = OLD.replace("three days", "four days")
    quote = "carried his ovens to the upper floor, and the school was closed for three days. Children built"
    assert through([OLD, "\n".join([first, third]), OLD], "his ovens") == ("his ovens", "intact")
    assert through([OLD, "\n".join([first, third]), back], quote) == (quote.replace("three", "four"), "changed")


def test_a_sentence_written_anew_step_by_step_is_found_whole_or_not_at_all() -> None:
    steps = [
        OLD,
        OLD.replace("Nobody in the valley", "No one in our valley"),
        OLD.replace("Nobody in the valley had seen so much water", "No one in our valley had ever met such masses"),
        OLD.replace(
            "Nobody in the valley had seen so much water since the great flood.",
            "No one in our valley had ever met such masses within living memory.",
        ),
    ]
    quote = "Nobody in the valley had seen so much water since the great flood."
    assert through(steps, quote)[0] in (None, "No one in our valley had ever met such masses within living memory.")


AROUND = "Every three hours the keeper writes down wind and clouds. {} In winter a rope is drawn to the hut."


@pytest.mark.parametrize(
    ("was", "now"),
    [
        pytest.param("我很爱你", "我爱你", id="a character went"),
        pytest.param("Stop, thief", "Stop thief", id="a comma went"),
        pytest.param("It is $5 or so", "It is 5 or so", id="a sign went"),
        pytest.param("a very long night", "a long night", id="a word went"),
    ],
)
def test_what_went_is_missed_although_the_old_words_are_gone(was: str, now: str) -> None:
    """Of a retracted revision."""
    old, new = AROUND.format(was), AROUND.format(now)
    alignment = anchoring.align(old, new)
    start = old.index(was)
    spans = [Span(start, start + len(was)), Span(0, 5)]
    answers = anchoring.carry(alignment.sketch(new), new, spans, alignment)
    assert [answer.status for answer in answers] == [Status.CHANGED, Status.INTACT]


def test_what_was_replaced_in_a_passage_that_moved_has_moved() -> None:
    first, second, third = OLD.split("\n")
    new = "\n".join([second, third, first.replace("Monday", "Tuesday")])
    start = OLD.index("Monday")
    (answer,) = anchoring.carry(OLD, new, [Span(start, start + len("Monday"))])
    assert answer.span is not None
    assert (answer.span.of(new), answer.moved) == ("Tuesday", True)


def test_a_word_whose_parts_parted_does_not_cover_what_came_between() -> None:
    one = AROUND.format("The lighthouse shone.")
    two = one.replace("lighthouse", "light house")
    three = two.replace("light house", f"light {FOREIGN} Every house")
    place, _ = through([one, two, three], "lighthouse")
    assert place in (None, "light", "house")


def test_the_end_of_a_quote_is_no_end_of_a_sentence() -> None:
    text = AROUND.format("Here the tall captain never waits for mail.")
    place = anchoring.anchor(text, [TextQuoteSelector("the tall captain never waits xx")])
    assert place is not None
    assert place.of(text) == "the tall captain never waits"


def test_an_empty_span_is_nowhere() -> None:
    (answer,) = anchoring.carry(OLD, OLD.replace("Monday", "Tuesday"), [Span(6, 6)])
    assert answer.status is Status.LOST


def test_status_names() -> None:
    assert [str(status) for status in Status] == ["intact", "changed", "lost"]
