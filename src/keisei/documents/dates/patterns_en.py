"""English date patterns: each rule pairs an id with a regex whose groups name the parts.

Months and weekdays count only with a capital (May, not may); a year in figures only where it is no count of
something (2,000 soldiers; 2000 soldiers).
"""

from __future__ import annotations

import re

from keisei.documents.dates.numerals_en import ORDINALS, WORD_NUMBER

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("January", "Jan"),
            ("February", "Feb"),
            ("March", "Mar"),
            ("April", "Apr"),
            ("May",),
            ("June", "Jun"),
            ("July", "Jul"),
            ("August", "Aug"),
            ("September", "Sept", "Sep"),
            ("October", "Oct"),
            ("November", "Nov"),
            ("December", "Dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = {n: i for i, n in enumerate(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# a period belongs to a month cut short only (Sept. 9), not to May. at the end of a sentence
_SHORT = (
    r"(?:(?<=Jan)|(?<=Feb)|(?<=Mar)|(?<=Apr)|(?<=Jun)|(?<=Jul)|(?<=Aug)|(?<=Sep)|(?<=Sept)|(?<=Oct)|(?<=Nov)|(?<=Dec))"
)
M = rf"(?P<m>{_MONTH})\b(?:{_SHORT}\.)?"
M2 = rf"(?P<m2>{_MONTH})\b(?:{_SHORT}\.)?"
D = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:%])"
D2 = r"(?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:%])"
Y = r"(?P<y>(?:1[5-9]|20|21)[0-9]{2})(?![0-9%]|[.,][0-9])"
PART = (
    r"(?:(?i:the )?(?P<part>(?i:early|mid|late|beginning|start|end|middle|first half|second half"
    r"|first quarter|second quarter|third quarter|fourth quarter))(?:[- ](?i:of )?(?i:the )?)?)"
)
WD = rf"(?P<wd>{'|'.join(WEEKDAYS)})\b"
UNIT = r"(?P<u>(?i:year|month|week|day|decade|century|centurie|hour|minute))s?\b"
COUNT = rf"(?P<n>[0-9]{{1,4}}|(?i:{WORD_NUMBER}|an?|several|a few|few|a couple of|half a|many|a dozen|couple of|some))"
_SEASON = "|".join(SEASONS)
_ORD = "|".join(sorted(ORDINALS, key=len, reverse=True))
_NOT_COUNTED = (
    r"(?! (?i:people|troops|soldiers|workers|men|women|tons?|tonnes?|metric|kilomet|km|miles|met(?:er|re)s|missiles|"
    r"rockets|shells|rounds|containers|dollars|euros|barrels|mw|megawatts|million|billion|students|cases|deaths|"
    r"refugees|civilians|vehicles|tanks|ships|drones|warheads|feet|pounds|words|pages|years|votes|companies))"
)
_NO_FIGURE = r"(?<![0-9$€£¥.,#–-])"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(regex))
    for rule, regex in (
        ("en.mdy.range", rf"{M} {D} ?(?:-|–|—|to|and) ?{D2},? {Y}"),
        ("en.dmy.range", rf"{D} ?(?:-|–|—|to|and) ?{D2} {M},? ?{Y}"),
        ("en.mdy", rf"{M} {D}(?:,| of)? ?{Y}"),
        ("en.dmy", rf"(?i:the )?{D}(?: of)? {M},? {Y}"),
        ("en.my", rf"(?:{PART})?{M},?(?: of)? {Y}"),
        (
            "en.m.rel",
            rf"(?:{PART})?{M},?(?: of)? (?P<rel>(?i:this|last|next|that|the same|the following|the previous)) year\b",
        ),
        ("en.md.rel", rf"{M} {D},?(?: of)? (?P<rel>(?i:this|last|next|that|the same|the following)) year\b"),
        ("en.md.range", rf"{M} {D} ?(?:-|–|—|to|and) ?{D2}(?!,? (?:1[5-9]|20)[0-9]{{2}})"),
        ("en.md", rf"{M} {D}(?!,? ?(?:1[5-9]|20)[0-9]{{2}})"),
        ("en.dm", rf"(?i:the )?{D}(?: of)? {M}"),
        (
            "en.m",
            rf"(?:{PART}|(?P<rel>(?i:last|this|next|that)) )?{M}(?(part)|(?(rel)|(?! [A-Z][a-z])))",
        ),
        ("en.y", rf"(?:{PART}|(?i:the )?(?P<season>(?i:{_SEASON})) (?:of )?)?{_NO_FIGURE}{Y}{_NOT_COUNTED}"),
        ("en.yy.range", rf"{Y} ?[-–—/] ?(?P<y2>[0-9]{{4}}|[0-9]{{2}})(?![0-9-])"),
        ("en.iso", r"(?P<y>[12][0-9]{3})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})(?![0-9])"),
        ("en.mid", rf"(?i:(?P<side>early|mid|late|post|pre))-{Y}"),
        (
            "en.fiscal",
            r"(?i:fiscal(?: year)?|FY) ?(?P<y>(?:19|20)[0-9]{2})(?:[-/–](?:20)?[0-9]{2})?(?![0-9])|(?i:the )?(?P<y3>(?:19|20)[0-9]{2})(?:[-/–][0-9]{2})? (?i:fiscal|financial) year\b",  # noqa: E501
        ),
        (
            "en.first.months",
            (
                rf"(?i:(?:the )?(?P<side>first|last|final|opening)) (?P<n>[0-9]{{1,2}}|(?i:{WORD_NUMBER})) months"
                rf"(?: (?i:of) (?:{Y}|(?P<rel>(?i:this|last|next|the|that)) year\b)|(?=[,.;]| compared| from a year| up\b| down\b))"  # noqa: E501
            ),
        ),
        (
            "en.closing",
            r"(?i:(?:the )?(?P<rel>this |last )?(?P<u>year|month|week)(?:['’]s |-)end)\b(?! of)",
        ),
        ("en.out", r"(?i:before the (?P<u>year|month|week|decade) is (?:out|over))\b"),
        ("en.overnight", r"(?i:overnight)\b(?! (?:success|stay|train|rate|sensation|guest))"),
        ("en.quarter", r"(?i:the (?P<q>first|second|third|fourth) quarter)\b(?! of)"),
        (
            "en.holiday",
            r"(?P<holiday>New Year['’]s Day|New Year['’]s Eve|Christmas Day|Christmas Eve|Christmas|Boxing Day)\b",
        ),
        ("en.weekend", r"(?i:(?:over|at|during) the weekend)\b"),
        ("en.time", rf"(?i:in) {COUNT} (?P<u>(?i:year|month|week|day))s?['’] time\b"),
        (
            "en.decade",
            (
                r"(?i:the )?(?:(?P<part>(?i:early|mid|late))[- ](?i:to[- ]late[- ])?)?(?:(?P<dec>(?:1[5-9]"
                r"|20)[0-9]0)s|'(?P<dec2>[0-9]0)s)\b"
            ),
        ),
        (
            "en.century",
            (
                rf"(?i:the )?(?:(?P<part>(?i:early|mid|late))[- ])?(?P<cen>[0-9]{{1,2}}(?:st|nd|rd|th)"
                rf"|(?i:{_ORD}))[- ](?i:century)\b"
            ),
        ),
        (
            "en.day",
            (
                r"(?P<day>(?i:the day before yesterday|the day after tomorrow|today|yesterday|tomorrow"
                r"|tonight|last night))\b"
            ),
        ),
        (
            "en.rel",
            (
                rf"(?:(?P<lead>(?i:earlier|later|early|late)) )?(?P<rel>(?i:this|last|next|this past"
                rf"|this coming)) (?P<u>(?i:year|month|week|weekend|decade|century|{_SEASON}))\b(?!-)"
            ),
        ),
        (
            "en.rel.part",
            (
                r"(?:(?P<part>(?i:the end|the beginning|the start|the middle|the first half|the second half"
                r"|end|beginning|early|late|the first quarter|the second quarter|the third quarter"
                r"|the fourth quarter)) (?:of )?)(?P<rel>(?i:this|last|next|the)) (?P<u>(?i:year|month"
                r"|week))\b"
            ),
        ),
        (
            "en.season",
            r"(?:(?<=\bby )|(?<=through )|(?<=before )|(?<=until )|(?<=till )|(?<=over )|(?<=after )|(?<=during )|(?<=\bin (?=the )))"  # noqa: E501
            rf"(?i:the )?(?P<s>(?i:{_SEASON}))\b(?! (?:of|before|after|break|camp|school|olympic|games|palace|court|session|offensive))(?! (?:19|20)[0-9]{{2}})",  # noqa: E501
        ),
        ("en.weekday", rf"(?:(?P<rel>(?i:last|this|next|this past|this coming|the coming)) )?{WD}"),
        (
            "en.within",
            r"(?i:(?:earlier|later|late|early) (?:in|on) (?:the )?(?:that )?(?P<u>day|week|month|year))\b(?! of)",
        ),
        (
            "en.nth",
            r"(?<=\b[Oo]n the )(?P<d>[0-9]{1,2})(?:st|nd|rd|th)(?= [a-z]|[.,;)]|\Z)(?! (?:anniversary|floor|time|day|round))",  # noqa: E501
        ),
        (
            "en.decade.end",
            r"(?i:(?:the )?(?P<part>end|middle|start|beginning|turn) of (?:the|this) (?P<u>decade|century))\b",
        ),
        (
            "en.that",
            (
                rf"(?P<rel>(?i:the following|the next|the previous|the preceding|the same|that same"
                rf"|that|the subsequent|later that|earlier that|the end of that)) (?P<u>(?i:year|month"
                rf"|week|day|evening|night|morning|{_SEASON}))\b(?! of| later)"
            ),
        ),
        ("en.next.day", r"(?i:a day|the day) (?P<way>(?i:later|before|after|earlier))\b"),
        (
            "en.ago",
            (
                rf"(?:(?i:about|around|nearly|almost|more than|over|less than|roughly|some|just|barely"
                rf"|only|just over|just under) )?{COUNT}(?: more)?[ -]{UNIT} (?P<way>(?i:ago|earlier"
                rf"|later|before|after|prior|previously|from now|hence|on(?=[,.;])))\b"
            ),
        ),
        (
            "en.past",
            (
                rf"(?i:(?:over |in |during |for |within )?(?:the |these )?)(?P<rel>(?i:past|last|next"
                rf"|coming|previous|preceding|following))(?: {COUNT})? {UNIT}"
            ),
        ),
        (
            "en.since",
            (
                r"(?i:ever since|since then|thereafter|from then on|after that|afterwards)\b(?! [A-Za-z0-9])"
                r"|(?i:since then|ever since then)\b"
            ),
        ),
        (
            "en.then",
            (
                r"(?i:at the time|at that time|in those days|during that time|that period|during this period"
                r"|at that point)\b"
            ),
        ),
        (
            "en.now",
            r"(?i:currently|at present|at the moment|presently|as of now|to date|right now|this very (?:moment|day|week|month))\b|(?<![Ff]or )\bnow\b(?! that\b)(?!-)",  # noqa: E501
        ),
        (
            "en.term",
            (
                r"(?P<who>Clinton|Bush|Obama|Trump|Biden)(?:['’]s)? (?:(?P<n>(?i:first|second)) term(?: in office)?|(?P<years>presidency|years(?! [a-z]+ing)))\b"  # noqa: E501
            ),
        ),
        (
            "en.vague",
            (
                r"(?i:recently|lately|nowadays|(?:(?:in|over|for|during) )?(?:the )?(?:most )?recent (?:years|months|weeks|days|decades|times)"  # noqa: E501
                r"|in the (?:near |distant )?future|in the past|(?:in|over|during|for) (?:the )?coming (?:years|months|weeks"  # noqa: E501
                r"|days|decades)|in the (?:years|months|weeks|days|decades) (?:ahead|to come|that followed|since|after|before|leading up to)|these days|once upon a time|formerly|in the long run|for decades"  # noqa: E501
                r"|over the years|within (?:a few|several|a couple of|some) (?:hours|days|weeks|months|years)|decades ago|years ago|months ago|weeks ago|days ago|(?:years|months|weeks|days|decades|hours) (?:later|earlier)|at (?:an early|a later|an appropriate|some) (?:date|time|point)|in due course)\b"  # noqa: E501
            ),
        ),
        (
            "en.era",
            (
                r"(?i:(?:during |since |after |before )?(?:the )?(?:end of )?(?:the )?)Cold War(?: era"
                r"| years| period)?\b|(?i:post|pre)-Cold[- ]War(?: era)?\b|(?i:the )?Soviet(?: era"
                r"| times| period|-era)\b|(?i:the )?(?:postwar|post-war|prewar|pre-war)(?: era| years"
                r"| period)\b"
            ),
        ),
    )
)

_WORDS = (
    list(MONTHS)
    + list(WEEKDAYS)
    + [
        "the",
        "this",
        "last",
        "next",
        "that",
        "early",
        "mid",
        "late",
        "end",
        "beginning",
        "start",
        "middle",
        "first",
        "second",
        "third",
        "fourth",
        "earlier",
        "later",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "a",
        "an",
        "about",
        "around",
        "nearly",
        "almost",
        "more",
        "over",
        "less",
        "roughly",
        "some",
        "just",
        "barely",
        "only",
        "several",
        "few",
        "half",
        "many",
        "couple",
        "dozen",
        "past",
        "coming",
        "previous",
        "preceding",
        "following",
        "in",
        "during",
        "for",
        "within",
        "these",
        "ever",
        "since",
        "thereafter",
        "from",
        "after",
        "afterwards",
        "at",
        "currently",
        "now",
        "Clinton",
        "Bush",
        "Obama",
        "Trump",
        "Biden",
        "presently",
        "as",
        "to",
        "right",
        "recently",
        "recent",
        "most",
        "hours",
        "turn",
        "over",
        "lately",
        "nowadays",
        "once",
        "formerly",
        "decades",
        "years",
        "months",
        "weeks",
        "days",
        "before",
        "Cold",
        "post",
        "pre",
        "Soviet",
        "postwar",
        "prewar",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "year",
        "month",
        "week",
        "fiscal",
        "overnight",
        "Christmas",
        "New",
        "Boxing",
        "opening",
        "final",
    ]
    + list(ORDINALS)
)
TRIGGER = re.compile(
    rf"(?<![A-Za-z0-9_])(?:(?i:{'|'.join(sorted(set(_WORDS), key=len, reverse=True))})\b"
    rf"|FY ?[0-9]{{4}}\b|'?[0-9]{{1,4}}(?:st|nd|rd|th|s)?(?![0-9A-Za-z]))"
)
