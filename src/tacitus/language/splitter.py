"""Words of running text by rule, after the conventions of the English UD treebanks (EWT, GUM).

"do|n't", "Israel|'s", "well|-|known", but "anti-war", "non-lethal" (prefixes stay); "U.S.", "1,000", "9/11", "$|5|m", "20|%".
Every code point that is not white space belongs to exactly one word; words never overlap. One pass, linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_CHUNK = 1_000  # code points without white space: longer is no prose (base64, minified code) and stays one word


class Split(NamedTuple):
    """A word's place; `glued` when no white space stands before it."""

    start: int
    end: int
    glued: bool


# White space, and what is as good as it: control characters, zero-width marks, lone surrogates stay out of words.
_CHUNK = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\ud800-\udfff]+")

_APOSTROPHE = "['’ʼ`]"
_ABBREVIATIONS = (
    "Mr Mrs Ms Dr Prof Rev Hon Gov Gen Lt Col Maj Capt Sgt Cpl Cmdr Adm Brig Sen Sens Rep Reps Amb Pres St Ste Mt Ft Jr Sr Messrs Mme "
    "Inc Ltd Corp Co Cos Bros Assn Dept Univ Govt vs cf al approx est Jan Feb Apr Jun Jul Aug Sep Sept Oct Nov Dec Tues Wed "
    "Thur Thurs Ave Blvd Rd Ariz Calif Colo Conn Fla Ill Mass Mich Minn Okla Tenn Tex Wash Wis viz eg ie ca Ph.D M.D D.C"
)
_BEFORE_NUMBER = "No Nos Mar Sun Sat Mon Fri p pp vol Vol Art art Sec sec Fig fig ch"  # words of their own elsewhere
_UNITS = (
    "pm am PM AM mm cm km kg mg ml ft lb lbs oz mph kph kmh km/h mi kW MW GW kWh MWh GWh Hz kHz MHz GHz KB MB GB TB kb mb gb "
    "m k b bn tn mn M K B BN hr hrs min mins sec secs yo hh x p C F g"
)
_PREFIXES = "anti co counter cross e ex inter intra mid mini micro multi neo non over post pre pro psycho re semi socio sub ultra un arch"
_FILES = "com org net edu gov mil int info biz io tv doc docx xls xlsx pdf txt html htm jpg png gif zip exe mp3 ppt csv"
_CURRENCIES = "(?:US|U|A|C|HK|NZ|AU|CA|R|S|NT|MX)?[$]|[€£¥₹₽₩₪₴₺₦]"


def _any(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))


_LETTER = r"[^\W\d_]"
_NO_WORD_AFTER = r"(?![^\W_])"
_WORD = re.compile(
    "|".join(
        f"(?:{pattern})"
        for pattern in (
            # addresses; a closing stop or bracket belongs to the sentence
            r"(?i:https?|ftp|mailto):(?:[^\s<>\"“”|]*[^\s<>\"“”|.,;:!?'’)\]}])",
            r"(?i:www)\.(?:[^\s<>\"“”|]*[^\s<>\"“”|.,;:!?'’)\]}])",
            r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,12}",
            rf"(?:[\w-]{{1,40}}\.){{1,4}}(?:{_any(_FILES)}){_NO_WORD_AFTER}",
            # signs
            r"[:;=][-'o^]?[)(\]\[DPp/\\|*3](?![\w/(])|<3|\^_\^|[(][:;]",
            r"[#@](?=[^\W\d])\w+",
            r"[.!?]{2,}|…+|-{2,}|={2,}|\*{2,}|_{2,}|~{2,}|\+{2,}|<{2,}|>{2,}|''|``|’’|‘’",
            # numbers
            r"\d{1,4}/\d{1,2}/\d{2,4}(?!\d)|\d{1,3}/\d{1,3}(?![\d/])",
            r"(?:\d-)?\d{3}-\d{3}-\d{4}(?!\d)|\d{3}-\d{4}(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)",
            rf"\d[\d.,:]*(?:st|nd|rd|th|s|ST|ND|RD|TH|['’]s){_NO_WORD_AFTER}",
            rf"\d+(?:[.:]\d+|,\d{{3}}(?!\d))*(?=(?:{_any(_UNITS)}){_NO_WORD_AFTER})",
            r"\d+(?:[.:]\d+|,\d{3}(?!\d))*(?![^\W_])|\.\d+(?![^\W_])",
            _CURRENCIES,
            # shortened words
            rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?![^\W_]))?",
            rf"(?:{_any(_ABBREVIATIONS)})\.{_NO_WORD_AFTER}",
            r"[Ee]tc\.(?=\s*[^\s\w]|\s+[a-z])",
            rf"(?:{_any(_BEFORE_NUMBER)})\.(?=\s?\d)",
            rf"(?!I\.)[A-Z]\.(?=\s+(?:[A-Z]\.\s*)*[A-Z]{_LETTER})",
            rf"[A-Z]{{1,3}}&[A-Z]{{1,2}}{_NO_WORD_AFTER}",
            # negations and clitics that stand alone, then words
            rf"[nN]{_APOSTROPHE}[tT]{_NO_WORD_AFTER}",
            rf"{_APOSTROPHE}(?i:s|re|ve|ll|d|m|em){_NO_WORD_AFTER}",
            rf"['’]\d\d(?:s)?{_NO_WORD_AFTER}",
            rf"(?i:{_any(_PREFIXES)})-[^\W_]+(?:{_APOSTROPHE}{_LETTER}+)*",
            rf"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*(?:{_APOSTROPHE}{_LETTER}+)*",
            r"[\U0001F1E6-\U0001F1FF]{2}|[\u2600-\u27bf\U0001F300-\U0001FAFF][\ufe0f\U0001F3FB-\U0001F3FF]?(?:\u200d[\u2600-\u27bf\U0001F300-\U0001FAFF]\ufe0f?)*",
            r".",
        )
    ),
    re.DOTALL,
)

_CLITIC = re.compile(
    rf"(?i:[^\W_])(?P<cut>(?:(?<=[^\W_])n{_APOSTROPHE}t|{_APOSTROPHE}(?:s|re|ve|ll|d|m)))$", re.IGNORECASE
)
# Words written as one, and how many letters the first has.
_FUSIONS = """
    cannot:3 gonna:3 wanna:3 gotta:3 gimme:3 lemme:3 outta:3 dont:2 didnt:3 doesnt:4 wont:2 cant:2 isnt:2 wasnt:3 arent:3 werent:4 wouldnt:5
    couldnt:5 shouldnt:6 havent:4 hasnt:3 hadnt:3 aint:2 im:1 ive:1 youre:3 theyre:4 youve:3 whats:4 thats:4
"""
_FUSED = {word: int(cut) for word, _, cut in (entry.partition(":") for entry in _FUSIONS.split())}
_O_CLOCK = re.compile(rf"(?i:ma{_APOSTROPHE}am|o{_APOSTROPHE}clock|y{_APOSTROPHE}all)$")


def split_words(text: str, start: int = 0, end: int | None = None) -> Iterator[Split]:
    """The words of `text[start:end]` in order, with offsets into `text`."""
    glued = False
    last = start
    for chunk in _CHUNK.finditer(text, start, len(text) if end is None else end):
        glued = chunk.start() == last and chunk.start() > start
        if chunk.end() - chunk.start() > LONGEST_CHUNK:
            yield Split(chunk.start(), chunk.end(), glued)
        else:
            yield from _split_chunk(text, chunk.start(), chunk.end(), glued=glued)
        last = chunk.end()


def _split_chunk(text: str, start: int, end: int, *, glued: bool) -> Iterator[Split]:
    while start < end:
        # The text is not cut at the chunk's end: abbreviations look at the word after the space.
        match = _WORD.match(text, start)
        stop = min(match.end(), end) if match else start + 1
        cut = start + _clitic_at(text[start:stop])
        if start < cut < stop:
            yield Split(start, cut, glued)
            start, glued = cut, True
        yield Split(start, stop, glued)
        start, glued = stop, True


def _clitic_at(word: str) -> int:
    """Where the second word begins in a fused form ("don't": 2, "cannot": 3), or 0."""
    if len(word) < 2 or not word[0].isalpha() or len(word) > 40:
        return 0
    fused = _FUSED.get(word.lower())
    if fused is not None:
        return fused
    if word.isalpha() or _O_CLOCK.match(word):
        return 0
    clitic = _CLITIC.search(word)
    return clitic.start("cut") if clitic else 0
