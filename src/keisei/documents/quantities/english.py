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
_MEASURE = "|".join(name.replace(" ", "[ -]") for name in sorted(ENGLISH_MEASURES, key=len, reverse=True))
_PERIOD = "|".join(ENGLISH_PERIODS)
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))

HEDGE = re.compile(
    r"(?:(?P<about>about|around|roughly|approximately|some|nearly|almost|an estimated|estimated"
    r"|close to|up to|as many as|as much as|as few as|an average of|on average|a total of|a record|some of)"
    r"|(?P<over>more than|over|at least|no fewer than|no less than|upwards of|exceeding|above|in excess of|well over)"
    r"|(?P<under>less than|fewer than|under|below|at most|no more than|just under|not more than|within)) (?:the )?\Z",
    re.IGNORECASE,
)
_SCALE = r"(?:[ -](?:hundred|thousand|million|billion|trillion|mn|bn|tn|m|b)\b|(?:mn|bn|tn|m|b|k)\b)"
NUMBER = re.compile(
    rf"(?<![A-Za-z0-9_.,/-])(?:(?P<symbol>{_SYMBOL})(?P<amount>{ASCII_NUMBER}){_SCALE}?"
    rf"|(?P<ordinal>[0-9]{{1,3}}(?:st|nd|rd|th)|(?i:{_ORDINAL}))\b|(?P<minus>[-–]|minus )?(?P<numeral>(?i:{NUMERAL})))"
)
UNIT = re.compile(
    rf"(?P<percent> ?%| percent\b| per cent\b| pct\b)|(?P<point> (?:percentage|basis) points?\b)|(?P<times> times"
    rf"(?= (?:as|more|the|higher|larger|bigger|greater|faster|longer|heavier|its|their|that of|over)\b)|[- ]?fold\b)"
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
    r"-(?P<noun>(?!year|month|week|day|hour|minute|second|old|fold|way|star|time|digit|kilo|metre|meter|mile|ton|foot|inch|member-|plus|something|odd|percent|point(?! (?:[a-z]+ )?(?:plan|program|programme|proposal|agenda|list|statement|declaration|platform|roadmap))|range|strong|long|to|and|or)[a-z]{3,})(?= [a-z])"  # noqa: E501
)
_THE = re.compile(r"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Bb]oth|[Ii]ts|[Tt]heir) \Z")
_PARTIES = re.compile(
    r"(?:.* )?(?:countries|nations|sides|leaders|states|governments|neighbou?rs|allies|parties|Koreas|capitals|powers"
    r"|rivals|partners|presidents|ministers|foes|adversaries|militaries|economies)\Z"
)
# thousands of | Shahed drones: before a name the numeral alone is the quantity, not before an adjective of a state
_OF = re.compile(r"(?: of)?")
_ADJECTIVE = re.compile(
    r"(?:North |South |New |East |West )?(?:(?!Europ|Asi|Afric)[A-Z][a-z]+(?:an|ese|ish|i|ch|ss|ino)"
    r"|Thai|Greek|Czech|Kazakh|Uzbek|Tajik|Kyrgyz|Turk|Arab|Serb|Slovak|Uyghur|Zealand)\b"
)
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
# 11,000 of its soldiers, five of the judges: a part of what is named
_PART_OF = re.compile(
    r" of (?:its|his|her|their|our|the|these|those|[A-Z][A-Za-z]+['’]s?) "
    r"(?:(?!(?:of|to|in|by|at|on|for|from|and|or|as|with|were|was|is|are|had|have|has|that|which)\b)[A-Za-z-]+ ){0,3}?"
    r"(?P<noun>[a-z]{2,}s|people|men|women|personnel|aircraft|staff)\b"
)
# two of them: the text's own, counted before
_OF_THEM = re.compile(r" of (?:them|us|you|whom|which|these|those|it)\b")
# 13,000 km or more, 100,000 or so troops
_OR_MORE = re.compile(r" or (?:(?P<over>more)|(?P<under>fewer|less)|so)\b|-(?P<plus>plus)\b|-odd\b")
# raised from 40 to 50: two figures, not a span
_CHANGED = re.compile(
    r"\b(?:increas|rais|ros|ris|grew|grow|fell|fall|drop|cut|reduc|lower|expand|jump|climb|declin|slash|lift|shrank"
    r"|shrink|mov|chang|went|up|down|widen|narrow|doubl|tripl|boost)[a-z]*\b[^.;:]{0,50}\bfrom \Z"
)
# rose $2 to $80: a step and where it led
_STEPPED = re.compile(r"\b(?:rose|fell|gained|lost|climbed|dropped|jumped|slid|slipped|added|up|down)(?: by)? \Z")
# the same thing's number before: up from 64, compared with 12
_EARLIER = re.compile(r"\b(?:[Uu]p|[Dd]own|[Cc]ompared|[Aa]gainst|[Vv]ersus|rather)(?: from| with| to| than)? \Z")
# a population of 26 million, a crowd of 50,000
_HEADS = re.compile(
    r"\b(?:population|crowd|army|force|workforce|garrison|audience|membership|electorate|toll|total|turnout|number)s?"
    r"(?: (?:of|at|to|is|was|stands at|stood at|reached|rose to))? \Z"
)
_RANGE = re.compile(r" ?(?:-|–|—) ?| to | or ")
# between 20% and 30%, 2%-3%
_TO_PERCENT = re.compile(rf"(?P<joint> ?[-–—] ?| to | and )(?P<n>{ASCII_NUMBER})(?: ?%| per ?cent\b| pct\b)")
_BETWEEN = re.compile(r" and ")
# a 1.2-million-strong army
_STRONG = re.compile(r"-strong\b")
# two hours and ten minutes, three years and two months: one length, in the smaller unit
_LENGTHS = re.compile(rf" (?:(?P<u>years?) and (?P<n>{NUMERAL}) months?|hours?(?: and|,)? (?P<m>{NUMERAL}) minutes?)\b")
# what parts a text, not the world: draws three conclusions
_OF_TEXT = re.compile(
    r"(?:conclusions|recommendations|lessons|observations|caveats|takeaways|steps|virtues|vices|reasons|things|ways"
    r"|questions|problems|factors|scenarios|challenges|weaknesses|flaws|strengths|advantages|drawbacks|myths|paths"
    r"|aspects|dimensions|explanations|arguments|consequences|implications|priorities|possibilities|puzzles|trends"
    r"|developments|facts|ideas|themes|merits|risks|readings|points here|assumptions|objections|theories|dangers)\Z"
)
_DOWN = re.compile(r" (?:drop|fall|decline|decrease|contraction|reduction)\b")
_FALL = re.compile(r"\b(?:fell|dropped|declined|shrank|decreased|contracted|down)(?: by)? \Z")


def _unit_of(match: re.Match[str]) -> tuple[str, str]:
    """Unit and rule of a matched unit."""
    if match["percent"]:
        return "percent", "percent"
    if match["point"]:
        return "basis point" if "basis" in match["point"] else "percentage point", "point"
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
        return ENGLISH_MEASURES[match["measure"].lower().replace("-", " ")], "measure"
    return ENGLISH_PERIODS[match["period"].lower()], "period"


_SYMBOLS = {"$": "USD", "US$": "USD", "HK$": "HKD", "NT$": "TWD", "A$": "AUD", "C$": "CAD"}
_LETTERS = {"m": 10**6, "b": 10**9, "k": 10**3}


def _amount(text: str) -> float | None:
    """A sum of money in figures with its scale (4.5 billion, 3m)."""
    tail = re.search(r"[ -]?([mbk])\Z", text)
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
    if not found or not hit["numeral"]:
        return None
    before = _EARLIER.search(text, max(0, hit.start() - 18), hit.start())
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", hit["numeral"])
    if not (before and not year) and not re.search(r"(?:million|billion|trillion)\Z", hit["numeral"]):
        return None
    number, last = parse_number(hit["numeral"]), found[-1]
    if (
        number is None
        or number.value is None
        or re.match(
            r"[ -][A-Za-z]" if not before else r"[ -](?!(?:in|a|the|on|at|last|this|during)\b)[A-Za-z]",
            text[hit.end() : hit.end() + 8],
        )
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
    or_more: re.Match[str] | None = None
    if hit["numeral"] and (strong := _STRONG.match(text, end)) and (number := parse_number(hit["numeral"])):
        return Found(
            start, strong.end(), tidy(number.value), number.low, number.high, "count", False, "people", "en.made"
        )
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
            stepped = _STEPPED.search(text, max(0, start - 20), start) or _CHANGED.search(
                text, max(0, start - 80), start
            )
            if other and other > value and not stepped and (between or " and " not in second.group()):
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
                        if _CHANGED.search(text, max(0, start - 80), start):
                            return _changed(text, hit, value, after)
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
            if rule == "percent" and value is not None and (second := _TO_PERCENT.match(text, end)):
                above = parse_number(second["n"])
                joined = second["joint"] != " and " or text[max(0, start - 8) : start].lower() == "between "
                changed = second["joint"] == " to " and _CHANGED.search(text, max(0, start - 80), start)
                if above and above.value is not None and above.value > value and joined and not changed:
                    low, high, end = value, above.value, second.end()
            if rule == "period" and unit_match["period"].lower() == "decade":
                value, low, high = (None if x is None else x * 10 for x in (value, low, high))  # in years
        else:
            or_more = _OR_MORE.match(text, end)
            noun = _NOUN.match(text, or_more.end() if or_more else end)
            if _OF_THEM.match(text, end):
                return None
            if value is not None and re.match(
                rf" of (?:the |its |their |[A-Z][a-z]+(?:'s|’s) )?(?:[a-z]+ )?(?:[0-9]|{NUMERAL})", text[end : end + 40]
            ):
                return Found(start, end, tidy(value), None, None, "count", False, None, "en.of")  # 34 of 50 drones
            if _THE.search(text[max(0, start - 8) : start]) and noun and _PARTIES.match(noun["noun"]):
                return None  # the two countries are who was named before
            if noun is None and (found := _bare(text, start, end, hit, value, low, high)):
                return found
            if (part := _PART_OF.match(text, end)) and hit["numeral"].lower() != "one":
                noun = part
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
            named = counted[:1].isupper() and not _ADJECTIVE.match(counted)
            unit, rule, end = "count", "count", short.end() if short and named else noun.end()
    approximate = value is None
    if tail := or_more or _OR_MORE.match(text, end):
        approximate = True
        low = value if tail["over"] or tail["plus"] else low
        high = value if tail["under"] else high
        end = max(end, tail.end())
    if low is not None and high is not None and value is not None:
        value = (low + high) / 2
    hedge = HEDGE.search(text, max(0, start - 18), start)
    if hedge:
        start, approximate = hedge.start(), True
        low = value if hedge["over"] else low
        high = value if hedge["under"] or hedge.group().lower().startswith(("up to", "as many")) else high
    fell = hit["minus"] or _FALL.search(text, max(0, start - 16), start) or _DOWN.match(text, end)
    if unit.startswith("degree ") and value is not None and hit["minus"]:
        value = -value
    if rule == "percent" and value is not None and fell:
        value = -value
        low, high = (None if high is None else -high), (None if low is None else -low)
    return Found(start, end, tidy(value), tidy(low), tidy(high), unit, approximate, counted, f"en.{rule}")


def _changed(text: str, hit: re.Match[str], value: float, behind: re.Match[str]) -> Found:
    """The first of two figures between which something changed: it has the unit of the second."""
    unit, rule = _unit_of(behind) if "percent" in behind.groupdict() else ("count", "count")
    return Found(hit.start(), hit.end(), tidy(value), None, None, unit, False, None, f"en.{rule}")


def _bare(
    text: str, start: int, end: int, hit: re.Match[str], value: float | None, low: float | None, high: float | None
) -> Found | None:
    """A number without a noun: who makes up a crowd (a force of 50,000)."""
    if hit["numeral"] is None or (value is not None and (value < 10 or 1900 <= value <= 2100)):
        return None
    hedge = HEDGE.search(text, max(0, start - 18), start)
    begin = hedge.start() if hedge else start
    if _HEADS.search(text, max(0, begin - 40), begin) is None or re.match(r"[ -][A-Za-z0-9]|[%°]", text[end : end + 2]):
        return None
    return Found(begin, end, tidy(value), low, high, "count", hedge is not None, None, "en.heads")
