"""English quantities told in words: fractions, ages between commas, odds, rates, how often."""

from __future__ import annotations

import re
from bisect import bisect_right

from keisei.documents.dates.numerals import ASCII_NUMBER
from keisei.documents.dates.numerals_en import parse_number
from keisei.documents.dates.patterns_en import MONTHS
from keisei.documents.quantities.found import Found, tidy
from keisei.documents.quantities.units_en import ENGLISH_CURRENCIES, ENGLISH_MEASURES, ENGLISH_PERIODS

# fractions in words: two-thirds of, a fifth of, half of
_FRACTION = re.compile(
    r"(?<![\w-])(?:(?P<n>a|an|one|two|three|four|five|seven|nine)[ -](?P<of>third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?|(?P<half>[Hh]alf))(?= (?:of|the|its|their|below|above|less|more|lower|higher|smaller|larger|up|down|off)\b)",  # noqa: E501
    re.I,
)
_PARTS = {
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
# twice, three times; one in five; eight and a half years; more than 4,700 were killed
_OFTEN = re.compile(
    r"\b(?:(?P<twice>[Tt]wice)|(?P<n>[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|\d{1,3}) times)(?! (?:as|the|more|higher|larger|bigger|greater|over|a|an|per|daily|weekly|that|its|their|his|what|less|lower|faster)\b)(?!-)"  # noqa: E501
)
_ONE_IN = re.compile(
    r"\b(?P<a>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]even|[Nn]ine) (?:in|out of(?: every)?) (?P<b>two|three|four|five|six|seven|eight|nine|ten|20|100)(?= [a-z]+s?\b|[.,;])"  # noqa: E501
)
_AND_HALF = re.compile(
    r"\b(?P<n>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|\d{1,2}) and a half (?P<u>years|months|weeks|days|hours|minutes)\b"  # noqa: E501
)
# half a million tonnes; a magnitude of 7.8
_HALF_OF = re.compile(r"\b[Hh]alf a (?P<s>million|billion|trillion)(?: (?P<noun>[a-z]+s|people))?\b")
_MAGNITUDE = re.compile(r"\b[Mm]agnitude(?: of)? (?P<n>[0-9](?:\.[0-9])?)\b|\b(?P<m>[0-9]\.[0-9])[- ]magnitude\b")
_MORE = re.compile(
    r"\b(?P<n>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Tt]en|\d{1,2}) more "
    r"(?P<u>year|month|week|day|hour|minute|decade)s?\b"
)
# is growing by roughly 100 a year
_RATE = re.compile(
    rf"(?:(?P<about>[Aa]bout|[Aa]round|[Ss]ome|[Nn]early|[Aa]lmost|[Rr]oughly|[Uu]p to)|(?P<over>[Mm]ore than|[Aa]t least|[Oo]ver)) (?P<n>{ASCII_NUMBER})(?= (?:a|per|each|every) (?:year|month|week|day)\b)"  # noqa: E501
)
_ODDS = re.compile(r"\b(?:chances?|odds|probability|likelihood)\b[^.;]{0,60}\Z")
_KILLED = re.compile(
    rf"(?:(?P<about>[Aa]bout|[Aa]round|[Ss]ome|[Nn]early|[Aa]lmost|[Rr]oughly)|(?P<over>[Mm]ore than|[Aa]t least|[Oo]ver)) (?P<n>{ASCII_NUMBER})(?= (?:have|had|has|were|was|are|died|dead|killed|wounded|missing|of them|of those|others|more were)\b)"  # noqa: E501
)
_AGED = re.compile(r"(?<=[a-z’'.]), (?P<age>[1-9][0-9]|1[01][0-9]),(?= (?!(?:0|[0-9]{3})\b))")
_COMPARED = re.compile(r" (?:below|above|less|more|lower|higher|smaller|larger|up|down|off)\b")
_ABOUT = re.compile(r"\b(?:about|almost|nearly|roughly|around|some) $")


def worded(text: str, blocked: list[tuple[int, int]]) -> list[Found]:
    """Fractions in words and ages between commas (two-thirds of, Anna Nowak, 44, said)."""
    out: list[Found] = []
    starts = [a for a, _ in blocked]
    for match in _FRACTION.finditer(text):
        value = 0.5 if match["half"] else _COUNTS[match["n"].lower()] / _PARTS[match["of"].lower()]
        if _COMPARED.match(text, match.end()):  # about a fifth below: a difference, in percent
            about = _ABOUT.search(text, max(0, match.start() - 12), match.start())
            start = about.start() if about else match.start()
            out.append(
                Found(
                    start, match.end(), round(value * 100, 1), None, None, "percent", bool(about), None, "en.compared"
                )
            )
            continue
        out.append(Found(match.start(), match.end(), value, None, None, "ratio", False, None, "en.fraction"))
    for match in _AGED.finditer(text):
        name = re.search(r"[A-Z][\w’'-]+\Z", text[max(0, match.start() - 30) : match.start()])
        if name and name.group() not in _MONTH_NAMES:
            out.append(Found(*match.span("age"), float(match["age"]), None, None, "year", False, "age", "en.age"))
    for match in _HALF_OF.finditer(text):
        value = {"million": 500_000.0, "billion": 5e8, "trillion": 5e11}[match["s"]]
        noun = match["noun"] or ""
        unit = ENGLISH_MEASURES.get(noun.removesuffix("s")) or ENGLISH_CURRENCIES.get(noun) or "count"
        out.append(Found(*match.span(), value, None, None, unit, False, noun or None, "en.half"))
    for match in _MAGNITUDE.finditer(text):
        number = float(match["n"] or match["m"])
        out.append(Found(*match.span(), number, None, None, "magnitude", False, None, "en.magnitude"))
    for match in _OFTEN.finditer(text):
        number = 2 if match["twice"] else _value(match["n"])
        out.append(Found(*match.span(), number, None, None, "count", False, "times", "en.often"))
    for match in _ONE_IN.finditer(text):
        number = _value(match["a"]) / _value(match["b"])
        odds = _ODDS.search(text, max(0, match.start() - 80), match.start())
        if number < 1 and odds:
            out.append(Found(*match.span(), round(number * 100, 1), None, None, "percent", False, "odds", "en.odds"))
        elif number < 1:
            out.append(Found(*match.span(), number, None, None, "ratio", False, None, "en.fraction"))
    for match in _MORE.finditer(text):
        unit = ENGLISH_PERIODS[match["u"]]
        out.append(Found(*match.span(), _value(match["n"]), None, None, unit, False, None, "en.more"))
    for match in _RATE.finditer(text):
        low = _value(match["n"]) if match["over"] else None
        out.append(Found(*match.span(), _value(match["n"]), low, None, "count", True, None, "en.rate"))
    for match in _AND_HALF.finditer(text):
        unit = ENGLISH_PERIODS[match["u"].removesuffix("s")]
        out.append(Found(*match.span(), _value(match["n"]) + 0.5, None, None, unit, False, None, "en.half"))
    for match in _KILLED.finditer(text):
        number = _value(match["n"])
        if number >= 100 and not (1500 <= number <= 2100 and "," not in match["n"]):
            low = number if match["over"] else None
            out.append(Found(*match.span(), number, low, None, "count", True, "people", "en.bare"))
    free = []
    for one in sorted(out, key=lambda f: f.start):
        k = bisect_right(starts, one.start)
        if not ((k and blocked[k - 1][1] > one.start) or (k < len(blocked) and blocked[k][0] < one.end)):
            free.append(one._replace(value=tidy(one.value)))
    return free


_MONTH_NAMES = frozenset(MONTHS)


def _value(text: str) -> float:
    """A small number in words or figures."""
    number = parse_number(text)
    return float(number.value) if number is not None and number.value is not None else 0.0


__all__ = ["worded"]
