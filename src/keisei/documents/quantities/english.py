"""English quantities: a numeral in figures or words, its unit or the noun it counts, what hedges it.

A bare numeral counts where a plural noun follows (300 missiles); one, and numerals in names, do not.
"""

from __future__ import annotations

import re

from keisei.documents.dates.numerals import ASCII_NUMBER
from keisei.documents.dates.numerals_en import NUMERAL, ORDINALS, parse_number
from keisei.documents.quantities.found import Found, tidy
from keisei.documents.quantities.units_en import ENGLISH_CURRENCIES, ENGLISH_MEASURES, ENGLISH_PERIODS
from keisei.documents.quantities.worded_en import worded

_SYMBOL = r"(?:US|HK|NT|A|C)?\$|[€£¥₩₽₴₹]|(?:USD|EUR|GBP|JPY|KRW|CNY|RMB|RUB) "
_MONEY = "|".join(sorted((re.escape(c) for c in ENGLISH_CURRENCIES if c.isalpha() or " " in c), key=len, reverse=True))
_MEASURE = "|".join(sorted(ENGLISH_MEASURES, key=len, reverse=True))
_PERIOD = "|".join(ENGLISH_PERIODS)
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))

HEDGE = re.compile(
    r"(?:(?P<about>about|around|roughly|approximately|some|nearly|almost|an estimated|estimated"
    r"|close to|up to|as many as)"
    r"|(?P<over>more than|over|at least|no fewer than|upwards of|exceeding|above|in excess of)"
    r"|(?P<under>less than|fewer than|under|below|at most|no more than|just under)) (?:the )?\Z",
    re.IGNORECASE,
)
_SCALE = r"(?:[ -](?:hundred|thousand|million|billion|trillion|mn|bn|tn|m|b)\b)"
NUMBER = re.compile(
    rf"(?<![A-Za-z0-9_.,/-])(?:(?P<symbol>{_SYMBOL})(?P<amount>{ASCII_NUMBER}){_SCALE}?"
    rf"|(?P<ordinal>[0-9]{{1,3}}(?:st|nd|rd|th)|(?i:{_ORDINAL}))\b|(?P<minus>[-–]|minus )?(?P<numeral>(?i:{NUMERAL})))"
)
UNIT = re.compile(
    rf"(?P<percent> ?%| percent\b| per cent\b)|(?P<point> percentage points?\b)|(?P<times> times "
    rf"(?=as|more|the|higher|larger)|[- ]?fold\b)"
    rf"|[ -](?P<money>(?i:(?:US |Hong Kong |Australian |Canadian |New Zealand |Singapore |Taiwan(?:ese)? )?(?:{_MONEY})))\b"  # noqa: E501
    rf"|[ -]?(?P<measure>(?i:{_MEASURE}))s?\b|[- ](?P<period>(?i:{_PERIOD}))s?\b(?P<old>[- ]olds?\b)?"
)
_NOUN = re.compile(
    r" (?P<noun>(?:of )?(?:(?!(?:of|to|in|by|at|on|for|from)\b)[a-z]+(?<!s) and (?=[a-z]+ [a-z]+s\b))?"
    r"(?:(?!(?:of|to|in|by|at|on|for|from|and|or|as|with|were|was|is"
    r"|are|had|have|has|that|which|when|if|but|the|a|his|its)\b)"
    r"(?:[a-z]+(?:-[a-z]+)?|[A-Z][A-Za-z-]+) ){0,3}?(?:[a-z]{2,}s|people|men|women|personnel|aircraft|staff))\b"
)
_MADE_OF = re.compile(
    r"-(?P<noun>(?!year|month|week|day|hour|minute|second|old|fold|way|star|time|digit|kilo|metre|meter|mile|ton|foot|inch|member-|plus|something|odd|percent|point|range|strong|long|to|and|or)[a-z]{3,})(?= [a-z])"  # noqa: E501
)
_THE = re.compile(r"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Bb]oth|[Ii]ts|[Tt]heir) \Z")
_PARTIES = re.compile(
    r"(?:countries|nations|sides|leaders|states|governments|neighbou?rs|allies|parties|Koreas|capitals|powers)\b"
)
# before a name the numeral alone is the quantity: hundreds of | Shahed drones
_OF = re.compile(r"(?: of)?")
_NAMED = re.compile(
    r"(?:Resolution|Article|No\.|Flight|Room|Chapter|Unit|Type|Class|Group|Section|Bureau"
    r"|Office|Order|Base|Camp|Su|MiG|KN) ?-?\Z"
)
_NO_NOUN = re.compile(
    r"(?:is|was|has|as|its|this|his|us|does|years|always|across|percent|times|plus|versus|these|those|others|degrees"
    r"|says|goes|comes|makes|means|needs|sides)\Z"
)
_RANK_AFTER = re.compile(
    r" (?:[a-z]+ )?(?:time|largest|biggest|test|round|meeting|summit|visit|attempt|launch"
    r"|year|day|anniversary|place|term|"
    r"congress|session|package|satellite|resolution|straight|consecutive)\b"
)
_RANGE = re.compile(r" ?(?:-|–|—) ?| to | or ")
_BETWEEN = re.compile(r" and ")
# two hours and ten minutes, three years and two months: one length, in the smaller unit
_LENGTHS = re.compile(rf" (?:(?P<u>years?) and (?P<n>{NUMERAL}) months?|hours?(?: and|,)? (?P<m>{NUMERAL}) minutes?)\b")
# what parts a text, not the world: draws three conclusions
_OF_TEXT = re.compile(r"(?:conclusions|recommendations|lessons|observations|caveats|takeaways)\Z")
_DOWN = re.compile(r" (?:drop|fall|decline|decrease|contraction|reduction)\b")
_FALL = re.compile(r"\b(?:fell|dropped|declined|shrank|decreased|contracted|down)(?: by)? \Z")


def _unit_of(match: re.Match[str]) -> tuple[str, str]:
    """Unit and rule of a matched unit."""
    if match["percent"]:
        return "percent", "percent"
    if match["point"]:
        return "percentage point", "point"
    if match["times"]:
        return "times", "times"
    if match["money"]:
        words = match["money"].lower()
        special = {
            "hong kong": "HKD",
            "australian": "AUD",
            "canadian": "CAD",
            "new zealand": "NZD",
            "singapore": "SGD",
            "taiwan": "TWD",
        }
        named = next((code for name, code in special.items() if words.startswith(name)), None)
        return named or ENGLISH_CURRENCIES[words.removeprefix("us ")], "money"
    if match["measure"]:
        return ENGLISH_MEASURES[match["measure"].lower()], "measure"
    return ENGLISH_PERIODS[match["period"].lower()], "period"


_SYMBOLS = {"$": "USD", "US$": "USD", "HK$": "HKD", "NT$": "TWD", "A$": "AUD", "C$": "CAD"}
_LETTERS = {"m": 10**6, "b": 10**9}


def _amount(text: str) -> float | None:
    """A sum of money in figures with its scale (4.5 billion, 3m)."""
    tail = re.search(r"[ -]([mb])\Z", text)
    number = parse_number(text[: tail.start()] if tail else text)
    if number is None or number.value is None:
        return None
    return number.value * (_LETTERS[tail[1]] if tail else 1)


def find(text: str, blocked: list[tuple[int, int]]) -> list[Found]:
    """All quantities of a folded text outside the blocked spans, in order."""
    found: list[Found] = worded(text, blocked)
    blocked = sorted(blocked + [(f.start, f.end) for f in found])
    in_words, found = found, []
    position = block = 0
    while (hit := NUMBER.search(text, position)) is not None:
        while block < len(blocked) and blocked[block][1] <= hit.start():
            block += 1
        if block < len(blocked) and blocked[block][0] < hit.end():
            position = max(blocked[block][1], hit.start() + 1)
            continue
        one = _read(text, hit) or _same_unit(text, hit, found)
        if one is None or (found and one.start < found[-1].end):
            position = max(hit.end(), position + 1)
            continue
        found.append(one)
        position = one.end
    return sorted(found + in_words, key=lambda f: f.start)


def _same_unit(text: str, hit: re.Match[str], found: list[Found]) -> Found | None:
    """A large number without a unit has that of the quantity before it in the sentence (up to 55 billion)."""
    if not found or not hit["numeral"] or not re.search(r"(?:million|billion|trillion)\Z", hit["numeral"]):
        return None
    number, last = parse_number(hit["numeral"]), found[-1]
    if (
        number is None
        or number.value is None
        or re.match(r"[ -][A-Za-z]", text[hit.end() : hit.end() + 2])
        or "." in text[last.end : hit.start()]
    ):
        return None
    hedge = HEDGE.search(text, max(0, hit.start() - 18), hit.start())
    most = hedge is not None and hedge.group().lower().startswith(("up to", "as many"))
    return Found(
        hedge.start() if hedge else hit.start(), hit.end(), tidy(number.value), None, tidy(number.value) if most else None,  # noqa: E501
        last.unit, hedge is not None, last.of, "en.same",
    )  # fmt: skip


def _read(text: str, hit: re.Match[str]) -> Found | None:
    start, end = hit.span()
    low: float | None = None
    high: float | None = None
    value: float | None
    counted: str | None = None
    made = _MADE_OF.match(text, end) if hit["numeral"] and not hit["minus"] else None
    if made:  # a 47-article document
        number = parse_number(hit["numeral"])
        if number and number.value is not None and number.value > 1:
            return Found(start, made.end(), number.value, None, None, "count", False, made["noun"] + "s", "en.made")
    if hit["ordinal"]:
        behind = _RANK_AFTER.match(text, end)
        word = hit["ordinal"].lower()
        if behind is None or (word in ("first", "second") and behind.group().strip() not in ("time", "test", "launch")):
            return None
        if word == "first":
            return None
        if behind.group().endswith("anniversary"):
            years = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
            return Found(start, behind.end(), years, None, None, "year", False, None, "en.anniversary")
        rank = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
        return Found(start, end, rank, None, None, "rank", False, behind.group().strip(), "en.rank")
    if hit["symbol"]:
        value = _amount(hit.group()[len(hit["symbol"]) :])
        symbol = hit["symbol"].strip()
        unit, rule = _SYMBOLS.get(symbol) or ENGLISH_CURRENCIES[symbol.lower()], "money"
        second = re.compile(rf" ?(?:-|–|to|and) ?(?:{_SYMBOL})?({ASCII_NUMBER}){_SCALE}?").match(text, end)
        if second and value is not None:
            other = _amount(re.sub(rf"\A ?(?:-|–|to|and) ?(?:{_SYMBOL})?", "", second.group()))
            between = text[max(0, start - 8) : start].lower() == "between "
            if other and other > value and (between or " and " not in second.group()):
                low, high, end = value, other, second.end()
    else:
        number = parse_number(hit["numeral"])
        if number is None:
            return None
        value, low, high = number
        if (
            value is not None
            and (long := _LENGTHS.match(text, end))
            and (more := parse_number(long["n"] or long["m"]))
            and more.value
        ):
            factor, unit = (12, "month") if long["u"] else (60, "minute")
            return Found(
                start, long.end(), tidy(value * factor + more.value), None, None, unit, False, None, "en.length"
            )
        unit_match = UNIT.match(text, end)
        between = text[max(0, start - 8) : start].lower() == "between "
        joint = _RANGE.match(text, end) or (_BETWEEN.match(text, end) if between else None)
        if joint and value is not None:
            second = NUMBER.match(text, joint.end()) or re.compile(rf"(?P<numeral>{NUMERAL})").match(text, joint.end())
            if second and second.groupdict().get("numeral"):
                other_number = parse_number(second["numeral"])
                if other_number and other_number.value is not None and other_number.value > value:
                    after = UNIT.match(text, second.end()) or _NOUN.match(text, second.end())
                    if after:
                        low, high, end = value, other_number.value, second.end()
                        scale = re.search(r"(thousand|million|billion|trillion)\Z", second["numeral"])
                        if scale and not re.search(r"[a-z]", hit["numeral"]):
                            low *= parse_number("one " + scale[1]).value  # type: ignore[union-attr, operator]
                        unit_match = UNIT.match(text, end)
        if unit_match:
            unit, rule = _unit_of(unit_match)
            hyphened = text.startswith("-", end) and text[max(0, start - 1) : start] != "-"
            if rule == "period" and hit["numeral"].lower() in ("one", "a") and not hyphened:
                return None  # a one-year freeze lasts a year, one year is no count
            end = unit_match.end()
            if rule == "period" and unit_match["period"].lower() == "decade":
                value, low, high = (None if x is None else x * 10 for x in (value, low, high))  # in years
        else:
            noun = _NOUN.match(text, end)
            if value is not None and re.match(
                r" of (?:the |its |their |[A-Z][a-z]+(?:'s|’s) )?(?:[a-z]+ )?[0-9]", text[end : end + 32]
            ):
                return Found(start, end, tidy(value), None, None, "count", False, None, "en.of")  # 34 of 50 drones
            if _THE.search(text[max(0, start - 8) : start]) and noun and _PARTIES.match(noun["noun"]):
                return None  # the two countries are who was named before
            if (
                noun is None
                or _NO_NOUN.match(noun["noun"].split()[-1])
                or _OF_TEXT.search(noun["noun"])
                or hit["numeral"].lower() in ("one", "a", "an", "zero")
            ):
                return None
            if _NAMED.search(text[max(0, start - 12) : start]):
                return None
            counted = noun["noun"].removeprefix("of ").strip()
            short = _OF.match(text, end)
            unit, rule, end = "count", "count", short.end() if short and counted[:1].isupper() else noun.end()
    approximate = value is None
    if low is not None and high is not None and value is not None:
        value = (low + high) / 2
    hedge = HEDGE.search(text, max(0, start - 18), start)
    if hedge:
        start, approximate = hedge.start(), True
        low = value if hedge["over"] else low
        high = value if hedge["under"] or hedge.group().lower().startswith(("up to", "as many")) else high
    fell = hit["minus"] or _FALL.search(text, max(0, start - 16), start) or _DOWN.match(text, end)
    if rule == "percent" and value is not None and fell:
        value = -value
        low, high = (None if high is None else -high), (None if low is None else -low)
    return Found(start, end, tidy(value), tidy(low), tidy(high), unit, approximate, counted, f"en.{rule}")
