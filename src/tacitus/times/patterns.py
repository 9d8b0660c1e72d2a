"""Pattern fragments that the rules are composed of. All are matched without regard to case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tacitus.times.words import alternatives, load_words

S = r"(?:\s{1,3})"  # between two words; a blank line in between is ruled out afterwards
HYPHEN = r"(?:\s?[-‐‑–]\s?|\s{1,3})"


@cache
def fragments() -> Mapping[str, str]:
    """Named fragments without capturing groups."""
    words = load_words()
    tens = alternatives(w for w, n in words.numbers.items() if 20 <= n <= 90)
    ones = alternatives(w for w, n in words.numbers.items() if 1 <= n <= 9 and w not in ("a", "an"))
    small = alternatives(w for w, n in words.numbers.items() if 1 <= n <= 19 and w not in ("a", "an"))
    below = rf"(?:{tens}(?:{HYPHEN}{ones})?|{small})"
    spelled = rf"(?:(?:(?:a|an|{below}){S})?(?:hundred|thousand|dozen)(?:{S}(?:and{S})?{below})?|{below})"
    digits = rf"\d{{1,4}}(?:,\d{{3}})*(?:\.\d+)?(?:{S}\d/\d|{S}?½)?"
    year_word = rf"(?:(?:nineteen|eighteen|seventeen|sixteen|fifteen|twenty){HYPHEN}(?:{tens}(?:{HYPHEN}{ones})?|ten|eleven|twelve"
    year_word += rf"|\w+teen|oh{HYPHEN}{ones})|two{S}thousand(?:{S}(?:and{S})?{small})?)"
    return {
        "MONTH": rf"(?:{alternatives(words.months)}|{alternatives(words.month_abbreviations)}\.?)(?!\w)",
        "FULLMONTH": rf"(?:{alternatives(words.months)}|{alternatives(words.month_abbreviations)}\.)(?!\w)",
        "WEEKDAY": alternatives(words.weekdays) + r"(?!\w)",
        "WEEKDAYANY": rf"(?:{alternatives(words.weekdays)}|{alternatives(words.weekday_abbreviations)}\.?)(?!\w)",
        "WEEKDAYS": "(?:" + "|".join(f"{day}s" for day in words.weekdays) + ")",
        "UNITS": alternatives(name for name in words.units if name.endswith("s") or name == "centuries"),
        "SEASON": alternatives(words.seasons),
        "PART": alternatives(words.day_parts),
        "UNIT": alternatives(words.units),
        "NUMBER": rf"(?:{spelled}|{digits})",
        "ORDINAL": rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{alternatives(words.ordinals)})",
        "DAY": rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?|{alternatives(words.ordinals)})(?!\w|[:,.]\d)",
        "YEAR": rf"(?:1[0-9]\d\d|20\d\d|{year_word})(?!\w|[:,.]\d)",
        "DIGITYEAR": r"(?:1[0-9]\d\d|20\d\d)(?!\w|[:,.]\d)",
        "DECADE": alternatives(words.decades),
        "HOLIDAY": alternatives(words.holidays),
        "REFERENCE": alternatives(words.references),
        "ADJECTIVE": alternatives(words.reference_adjectives),
        "SETADVERB": alternatives(words.set_adverbs),
        "VAGUE": rf"(?:(?:the{S})?(?:several|many|some|numerous|various)|(?:the{S})?(?:a{S})?few|a{S}number{S}of)",
        "APPROX": rf"(?:(?:about|around|nearly|almost|approximately|roughly|over(?={S}an?\b)|close{S}to"
        rf"|more{S}than|less{S}than|fewer{S}than|at{S}least|at{S}most|up{S}to|no{S}more{S}than|not{S}less{S}than){S})",
        "POSITION": rf"(?:(?:very{S})?(?:early|earlier|late|later){S}(?:in{S}|on{S})?|mid[- ]|midway{S}through{S}|sometime{S}"
        rf"|(?:the{S})?(?:end|beginning|start|middle|close|turn|eve|outset){S}of{S})",
        "CLOCK": r"(?:(?:2[0-4]|1\d|0?\d)(?:[:.][0-5]\d){0,2}\s{0,2}(?:[ap]\.m\.|[ap]\.?m)(?!\w)|(?:2[0-4]|1\d|0?\d):[0-5]\d(?::[0-5]\d)?"
        r"(?:\s?(?:hrs|hours|h))?(?![\w:])|(?:2[0-4]|[01]\d)[0-5]\d\s?(?:GMT|UTC|hrs|hours)(?!\w)|(?:noon|midday|midnight)(?!\w)"
        r"|(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s{1,2}o[’']clock)",
        "ZONE": r"(?:\s{1,2}\(?(?:GMT|UTC|[ECMP][SD]?T|CET|BST|MSK|IST|local\s{1,2}time)\)?(?!\w))",
    }


def pattern(template: str) -> re.Pattern[str]:
    """Compile a rule. ``<NAME>`` stands for a fragment, ``_`` for the white space between two words, ``~`` for a hyphen or white
    space; groups are named in lower case, without an underscore. A match ends at the end of a word.
    """
    spaced = template.replace("_", S).replace("~", HYPHEN)
    text = re.sub(r"<([A-Z]+)>", lambda match: fragments()[match[1]], spaced)
    return re.compile(rf"{text}(?!\w)", re.IGNORECASE)
