"""English quantities told in words: fractions, ages between commas, odds, rates, how often."""

from __future__ import annotations

import re
from bisect import bisect_right

from keisei.documents.dates.numerals import ASCII_NUMBER
from keisei.documents.dates.numerals_en import NUMERAL, ORDINALS, parse_number
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
    r"\b(?P<a>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]even|[Nn]ine|(?<![\d.,])[1-9]) (?:in|out of(?: every)?) (?P<b>two|three|four|five|six|seven|eight|nine|ten|[1-9][0-9]?|100)(?= [a-z]+s?\b|[.,;])"  # noqa: E501
)
_AND_HALF = re.compile(
    r"\b(?P<n>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|\d{1,2}) and a half (?P<u>years|months|weeks|days|hours|minutes)\b"  # noqa: E501
)
# one and a half million people
_HALVES = re.compile(
    r"\b(?P<n>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|\d{1,2}) and a half (?P<s>million|billion|trillion)(?: (?P<noun>[a-z]+s|people|yen|yuan|won))?\b"  # noqa: E501
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
# at least 12 were killed and 30 wounded; six died
_HURT = (
    r"killed|wounded|injured|hurt|dead|died|missing|arrested|detained|captured|abducted|rescued|displaced|evacuated"
    r"|executed|sentenced|hospitali[sz]ed|deported|repatriated|unaccounted"
)
_KILLED = re.compile(
    rf"(?<![\w.,/-])(?:(?:(?P<about>about|around|some|nearly|almost|roughly|an estimated)"
    rf"|(?P<over>more than|at least|over|no fewer than)|(?P<under>up to|as many as)) )?(?P<n>{NUMERAL})"
    rf"(?= (?:(?:have|had|has|were|was|are)(?: been)? |more |others )?(?:(?P<hurt>{_HURT})\b|of them|of those|others\b|more were\b))",  # noqa: E501
    re.I,
)
# 14 in favor, one abstention; passed by 217 to 213, voted 14-0
_VOTED = re.compile(
    rf"(?<![\w.,/-])(?P<n>{NUMERAL})(?: (?:votes|members|countries|states))?(?: vot(?:ed|ing))?"
    r" (?:in favou?r|against|abstaining|abstained|abstentions?|opposed|voting (?:yes|no|against|for))\b(?! (?:of|the))",
    re.I,
)
_TALLY = re.compile(
    rf"\b(?:vot(?:e|ed|es|ing)|pass(?:ed|es)?|approv(?:ed|es|al)|reject(?:ed|s)|adopt(?:ed|s)|rul(?:ed|ing)|won|lost|beat)"
    rf"\b(?: [a-z]+){{0,5}}? (?P<a>{NUMERAL})(?: votes)?(?:-| to | ?– ?)(?P<b>{NUMERAL})\b"
    r"(?! (?:years|months|weeks|days|hours|minutes|percent|per|times|seats|million|billion))(?![-%])",
    re.I,
)
# a pair of bombers, a trio of ships
_GROUPED = re.compile(
    r"\b[Aa] (?P<n>pair|couple|trio|quartet|quintet) of (?P<noun>(?!years|months|weeks|days|hours|times|hundred|thousand|dozen|million|billion)(?:[a-z-]+ ){0,2}?[a-z]+s)\b"  # noqa: E501
)
_GROUP_SIZES = {"pair": 2, "couple": 2, "trio": 3, "quartet": 4, "quintet": 5}
# more than a decade, nearly a century: a length of one
_LONG = re.compile(
    r"\b(?:(?P<about>about|around|nearly|almost|roughly)|(?P<over>more than|over|at least|well over)|(?P<under>less than|under|within))"  # noqa: E501
    r" an? (?P<half>half[- ])?(?P<u>decade|century|year|month|week|day|hour|minute)\b(?! (?:ago|later|earlier|before|after|since|in\b|of\b))",  # noqa: E501
    re.I,
)
_HALF_CENTURY = re.compile(r"\b(?:half a|a quarter(?: of a)?|a quarter-) ?century\b", re.I)
# Mach 6; a third-largest economy; ranked third
_MACH = re.compile(r"\bMach (?P<n>[0-9]{1,2}(?:\.[0-9])?)\b")
_PLACE = re.compile(
    rf"\b(?P<n>{'|'.join(w for w in ORDINALS if w != 'first')})-(?=(?:largest|biggest|most|highest|busiest|richest|poorest|lowest|longest|ranked|strongest|deadliest)\b)"  # noqa: E501
    rf"|\b(?:rank(?:ed|s|ing)|placed|finished|came) (?P<m>{'|'.join(ORDINALS)})\b",
    re.I,
)
_QUARTER_OF = re.compile(
    r"\b(?:a|one|three) quarters? of a (?P<s>million|billion|trillion)(?: (?P<noun>[a-z]+s|people))?\b", re.I
)
_SHARES = re.compile(
    r"(?<![\w-])(?P<n>two|three|four|five)[ -](?P<of>third|quarter|fifth|sixth|tenth)s\b(?! (?:of|the|its|their|below|above|less|more|lower|higher|smaller|larger|up|down|off)\b)",  # noqa: E501
    re.I,
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
    for match in _HALVES.finditer(text):
        value = (_value(match["n"]) + 0.5) * {"million": 10**6, "billion": 10**9, "trillion": 10**12}[match["s"]]
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
        read = parse_number(match["n"])
        if read is None or (read.value is not None and read.value < 2):
            continue
        if re.fullmatch(r"[12][0-9]{3}", match["n"]):
            continue  # a year
        low = read.value if match["over"] else read.low
        high = read.value if match["under"] else read.high
        hedged = bool(match["about"] or match["over"] or match["under"])
        if not match["hurt"] and (not hedged or (read.value is not None and read.value < 100)):
            continue  # two of them: counted before
        out.append(Found(*match.span(), read.value, low, high, "count", hedged, "people", "en.bare"))
    for match in _VOTED.finditer(text):
        if number := _value(match["n"]):
            out.append(Found(*match.span("n"), number, None, None, "count", False, "votes", "en.votes"))
    for match in _TALLY.finditer(text):
        first, second = _value(match["a"]), _value(match["b"])
        if first and not re.fullmatch(r"(?:19|20)[0-9]{2}", match["a"]):
            out.append(Found(*match.span("a"), first, None, None, "count", False, "votes", "en.votes"))
            out.append(Found(*match.span("b"), second, None, None, "count", False, "votes", "en.votes"))
    for match in _GROUPED.finditer(text):
        size = _GROUP_SIZES[match["n"]]
        out.append(Found(*match.span(), size, None, None, "count", match["n"] == "couple", match["noun"], "en.grouped"))
    for match in _LONG.finditer(text):
        length = {"decade": 10, "century": 100}.get(match["u"].lower(), 1) * (0.5 if match["half"] else 1)
        unit = "year" if match["u"].lower() in ("decade", "century") else ENGLISH_PERIODS[match["u"].lower()]
        low, high = (length if match["over"] else None), (length if match["under"] else None)
        out.append(Found(*match.span(), length, low, high, unit, True, None, "en.length"))
    for match in _HALF_CENTURY.finditer(text):
        size = 50 if match.group().lower().startswith("half") else 25
        out.append(Found(*match.span(), size, None, None, "year", False, None, "en.length"))
    for match in _MACH.finditer(text):
        out.append(Found(*match.span(), float(match["n"]), None, None, "Mach", False, None, "en.mach"))
    for match in _PLACE.finditer(text):
        group = "n" if match["n"] else "m"
        out.append(
            Found(*match.span(group), ORDINALS[match[group].lower()], None, None, "rank", False, None, "en.rank")
        )
    for match in _QUARTER_OF.finditer(text):
        value = {"million": 250_000, "billion": 25 * 10**7, "trillion": 25 * 10**10}[match["s"].lower()]
        value *= 3 if match.group().lower().startswith("three") else 1
        out.append(Found(*match.span(), value, None, None, "count", False, match["noun"], "en.half"))
    for match in _SHARES.finditer(text):
        share = _COUNTS[match["n"].lower()] / _PARTS[match["of"].lower()] if match["n"].lower() in _COUNTS else None
        if share and share < 1:
            out.append(Found(*match.span(), share, None, None, "ratio", False, None, "en.fraction"))
    free = []
    end = -1
    for one in sorted(out, key=lambda f: (f.start, -f.end)):
        if one.start < end:
            continue
        k = bisect_right(starts, one.start)
        if not ((k and blocked[k - 1][1] > one.start) or (k < len(blocked) and blocked[k][0] < one.end)):
            free.append(one._replace(value=tidy(one.value)))
            end = one.end
    return free


_MONTH_NAMES = frozenset(MONTHS)


def _value(text: str) -> float:
    """A small number in words or figures."""
    number = parse_number(text)
    return float(number.value) if number is not None and number.value is not None else 0.0


__all__ = ["worded"]
