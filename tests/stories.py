"""Words for whole pages: prose of any length in which hardly four words in a row come twice."""

from __future__ import annotations

_WHO = (
    "The harbour master|A second pilot|Her deputy|One of the divers|An old fisherman|The night watch|A surveyor".split(
        "|"
    )
)
_DID = (
    "measured|described|photographed|repaired|questioned|remembered|abandoned|counted|sketched|praised|painted".split(
        "|"
    )
)
_WHAT = (
    "the northern pier|seven rusty buoys|a broken lantern|the tide tables|two grey barges|the customs shed|"
    "an empty warehouse|the signal mast|a row of cranes|the lighthouse stairs|every mooring ring|a sunken launch|"
    "the ferry landing"
).split("|")
_WHEN = "before dawn|in heavy rain|during the strike|without a word|on the second day".split("|")


def sentence(number: int) -> str:
    words = (each[number % len(each)] for each in (_WHO, _DID, _WHAT, _WHEN))
    return f"{' '.join(words)}."


def story(paragraphs: int, first: int = 0) -> str:
    """Paragraphs of three sentences each."""
    starts = range(first, first + 3 * paragraphs, 3)
    return "".join(f"<p>{' '.join(map(sentence, range(start, start + 3)))}</p>" for start in starts)
