"""Japanese date patterns: each rule pairs an id with a regex whose groups name the parts.

The parts are shared by the news reader (`japanese`) and by the assistant-style reader (`recognizers`): y/ey/ry a
year in figures, in an era, by a word; m/rm a month; d/rd a day; rw a week; wd a weekday; part a part of the
period. Everything matches the folded text, which has the offsets of the original.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from keisei.documents.dates.calendar_words import (
    DAY_WORDS,
    DECADE_PARTS,
    ERAS,
    FEAST_DAYS,
    MONTH_WORDS,
    VAGUE,
    WEEK_WORDS,
    YEAR_WORDS,
)

SP = r"[ ]{0,3}"


def words(*names: str) -> str:
    """An alternation of words, the longest first."""
    return "|".join(sorted((re.escape(n) for n in names), key=len, reverse=True))


_N2 = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_K = "〇零一二三四五六七八九"
YEAR = (
    rf"(?:(?:西暦|紀元|翌)?(?P<y>[0-9]{{4}}|[{_K}]{{4}}|[一二三]?千[{_K}十百]{{0,6}})"
    rf"(?:\((?:{words(*ERAS)})(?:元|{_N2})年?\))?{SP}年(?:\((?:{words(*ERAS)})(?:元|{_N2})年\))?"
    rf"|(?P<era>{words(*ERAS)}){SP}(?P<ey>元|[0-9]{{1,4}}|[一二三四五六七八九十]{{1,4}})(?:\([0-9]{{4}}(?:年)?\))?{SP}年(?:\([0-9]{{4}}年\))?"
    rf"|(?P<ry>{words(*YEAR_WORDS)}))"
)
MONTH = rf"(?:(?P<m>{_N2}){SP}月(?!間|ぶり|額|産|例|給|報|刊|次|齢|面|餅|ごと|ずつ)|(?P<rm>{words(*MONTH_WORDS)}))"
DAY = (
    rf"(?:(?P<d>[0-9]{{1,2}}){SP}日(?!本|間|ぶり|目|後|前|以内|以上|以下|連続|余り|余|程度|分の|当たり|あたり|あまり"
    rf"|足らず|ほど|ごと|おき|程|数|にわたって|も早|1回|[0-9]|に[0-9一二三]回|に(?:約|最大|平均|延べ)?[0-9][0-9,万千]*(?:本|便|バレル|トン|隻|時間|人|食|台|キロ)|[0-9]+(?:便|本|食))"
    rf"|(?P<rd>{words(*DAY_WORDS)})(?!本|比|程|暮|物))"
)
_NAMED_DAY = r"(?:[ ]?[月火水木金土日]曜日?|[ ]?\([月火水木金土日]曜日\))?"
WEEKDAY = rf"(?:{SP}[,、]?{SP}(?P<wd>[月火水木金土日])曜日?)"
YEAR_PART = (
    r"(?P<part>(?:第?[1-4一二三四](?:四半期|クォーター))|上半期|下半期|前半|後半|上期|下期|初め頃|初め|はじめ|始め|初頭|年初|初(?![めの代期回戦])|年頭"
    r"|年明け|暮れ|末|終わり(?:ごろ|頃)?|春|夏|秋|冬|初夏|初春|晩秋|半ば|なかば|中頃|中盤)(?:ごろ|頃)?"
)
MONTH_PART = (
    r"(?P<part>上旬|中旬|下旬|初旬|初め|はじめ|始め|初頭|月末|末|終わり|終盤|半ば|なかば|中頃|前半|後半)(?:ごろ|頃)?"
)
COUNT = r"(?P<n>[0-9]{1,4}(?:\.[0-9]{1,2})?|[一二三四五六七八九十百]{1,5}|数十|十数|数|半|幾)"
UNIT = r"(?P<u>年|[かカヵケ箇ヵ]月|ヶ月|週間?|日間?|世紀|時間|分|秒)"


class Pattern(NamedTuple):
    """A rule: its id, its regex and the characters a match can begin with."""

    rule: str
    regex: re.Pattern[str]
    starts: str


_DIGITS = "0123456789"
_KANJI = "〇零一二三四五六七八九十千"


def _first(names: object) -> str:
    return "".join(sorted({str(n)[0] for n in names}))  # type: ignore[attr-defined]


_YEARS = _DIGITS + _KANJI + "西紀翌" + _first(ERAS) + _first(YEAR_WORDS)
_MONTHS = _DIGITS + "一二三四五六七八九十" + _first(MONTH_WORDS)
_DAYS = _DIGITS + "一二三四五六七八九十" + _first(DAY_WORDS)


def _rule(rule: str, regex: str, starts: str) -> Pattern:
    return Pattern(rule, re.compile(regex), starts)


PATTERNS: tuple[Pattern, ...] = (
    _rule("ja.ymd", rf"{YEAR}[のに]?{SP}{MONTH}の?{SP}(?P<d>{_N2}){SP}日(?!間|本){_NAMED_DAY}", _YEARS),
    _rule("ja.ym", rf"{YEAR}の?{SP}{MONTH}(?:の?{MONTH_PART})?", _YEARS),
    _rule("ja.y.part", rf"{YEAR}の?{YEAR_PART}", _YEARS),
    _rule(
        "ja.y.fiscal",
        rf"{YEAR}度(?!比)(?:の?(?P<part>上半期|下半期|前半|後半|上期|下期|第?[1-4一二三四]四半期))?",
        _YEARS,
    ),
    _rule(
        "ja.decade",
        rf"(?P<dec>[0-9]{{2,4}}|[{_K}]{{2,4}})年代(?:の?(?P<part>{words(*DECADE_PARTS)}))?",
        _DIGITS + _KANJI,
    ),
    _rule(
        "ja.century",
        rf"(?P<cen>{_N2}|今|前)世紀(?!ぶり|以上|余|近く|間|にわた|半(?!ば)|前(?!半)|後[^半])(?:の?(?P<part>{words(*DECADE_PARTS)}))?",
        _DIGITS + _KANJI + "今前",
    ),
    _rule("ja.y.whole", rf"(?P<ry>{words(*YEAR_WORDS)})の?[1一]年間", _first(YEAR_WORDS)),
    _rule("ja.same", rf"{YEAR}の?(?:同期|同月|同じ月|同じ時期|同時期)(?!間|入)", _YEARS),
    _rule("ja.y", rf"{YEAR}(?!度|代|間|比|同期|来|ぶり|越し|以上|余り|目|齢|配|俸|賀|来の|並み)", _YEARS),
    _rule("ja.yy.md", rf"(?P<yy>[0-9]{{2}})年(?P<m>{_N2})月(?:(?P<d>{_N2})日)?", _DIGITS),
    _rule("ja.yy.fiscal", r"(?P<yy>[0-9]{2})年度(?!比)(?:末|内)?", _DIGITS),
    _rule("ja.yy.next", r"翌(?P<yy>[0-9]{2})年(?!間|度|代)", "翌"),
    _rule(
        "ja.feast",
        rf"(?:(?P<ry>{words(*YEAR_WORDS)})の?)?(?P<feast>{words(*FEAST_DAYS)})(?!商戦|休暇|島|ツリー|カード)",
        _first(FEAST_DAYS) + _first(YEAR_WORDS),
    ),
    _rule("ja.md", rf"{MONTH}の?{SP}(?P<d>{_N2}){SP}日(?!間|本){_NAMED_DAY}", _MONTHS),
    _rule("ja.m.part", rf"{MONTH}の?{MONTH_PART}", _MONTHS),
    _rule("ja.m", rf"{MONTH}(?!比|並み|の?石|曜)", _MONTHS),
    _rule("ja.next", r"翌(?:(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日)?|(?P<only>[0-9]{1,2})日)(?!間)", "翌"),
    _rule("ja.d", rf"{DAY}", _DAYS),
    _rule("ja.week.day", rf"(?P<rw>{words(*WEEK_WORDS)})の?(?P<wd>[月火水木金土日])曜日?", _first(WEEK_WORDS)),
    _rule(
        "ja.week.part",
        rf"(?P<rw>{words(*WEEK_WORDS)})の?(?P<part>初め|はじめ|前半|半ば|後半|終わり|末)",
        _first(WEEK_WORDS),
    ),
    _rule("ja.week", rf"(?P<rw>{words(*WEEK_WORDS)})(?!比)", _first(WEEK_WORDS)),
    _rule("ja.weekday", r"(?P<wd>[月火水木金土日])曜日", "月火水木金土日"),
    _rule("ja.iso", r"(?P<y>[12][0-9]{3})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9])", "12"),
    _rule("ja.yy.part", r"(?P<yy>[0-9]{2})年(?P<part>末|暮れ|初め|春|夏|秋|冬|上半期|下半期)(?!間)", _DIGITS),
    _rule(
        "ja.yy",
        r"(?P<yy>[0-9]{2})年(?=[のには、末まか以]|頃|ごろ)(?!にわた|に及|に達|に満|に近|にも|に迫|に延|に短|に一度|に1度|の間|の歳月|の歴史|以上|まえ)",
        _DIGITS,
    ),
    _rule(
        "ja.yy.range",
        r"(?P<y>[12][0-9]{3})(?:年)?[~–—-](?P<y2>[0-9]{4}|[0-9]{2})年(?!代|間|度|[0-9])",
        "12",
    ),
    _rule(
        "ja.yy.list",
        r"(?P<y>[12][0-9]{3})[、,・](?P<y2>[0-9]{4}|[0-9]{2})(?:両)?年(?!代|間|度|[0-9])",
        "12",
    ),
    _rule(
        "ja.dd.range",
        rf"(?:(?:{YEAR}の?)?{MONTH})?(?P<d>[0-9]{{1,2}})日?(?:[~–—-]|から)(?P<d2>[0-9]{{1,2}})日(?!本|間|ぶり|目|後)(?:まで)?",
        _YEARS + _MONTHS,
    ),
    _rule(
        "ja.dd.list",
        rf"(?:(?:{YEAR}の?)?{MONTH})?(?P<d>[0-9]{{1,2}})(?:日と|[・、])(?P<d2>[0-9]{{1,2}})(?:の?両)?日(?!本|間|ぶり|目|後)",
        _YEARS + _MONTHS,
    ),
    _rule(
        "ja.mm.range",
        rf"(?:{YEAR}の?)?(?P<m>[0-9]{{1,2}})月?(?:[~–—-]|から)(?P<m2>[0-9]{{1,2}})月(?![0-9間])(?:まで)?",
        _YEARS,
    ),
    _rule(
        "ja.ago",
        rf"(?:(?:約|およそ|その|今から|いまから|ほぼ|わずか){{0,2}}){COUNT}{UNIT}(?:以上|余り|余|足らず|ほど|ぐらい|くらい|近く|あまり|弱|強|半)?(?P<way>前|後)(?!半|後|期|線|継|任|世)",
        _DIGITS + "一二三四五六七八九十百数半幾約およそ今いほわ",
    ),
    _rule(
        "ja.past",
        rf"(?:過去|この|ここ|向こう|今後|直近)の?{COUNT}{UNIT}(?:余り|ほど|余|近く|あまり|足らず|以上)?間?",
        "過こ向今直",
    ),
    _rule(
        "ja.still",
        r"(?:年の瀬|年の暮れ|年の初め|年内|年度内|月内|週内|今年中|年末年始|年末|年初|年明け|年頭|月末|月初め|週末|週明け|年度末|月初|年央|秋口|春先|今夏|今秋|今春|今冬|昨夏|昨秋|昨春|昨冬|来春|来夏|来秋|来冬|翌春|翌夏|翌秋|翌冬|一昨春|一昨夏|一昨秋|一昨冬|この春|この夏|この秋|この冬|その春|その夏|その秋|その冬|上半期|下半期)(?!闘|季|節|斗)",
        "年月週今昨来翌一上下秋春こそ",
    ),
    _rule("ja.season", r"(?P<s>[春夏秋冬])(?P<to>まで(?:に|には)?|以降|ごろ|頃|には)(?!の)", "春夏秋冬"),
    _rule(
        "ja.now",
        r"(?:現時点|現状|現在|目下|現段階|現下|今や|いまや|(?:今|いま)(?:では|(?=、)|なお)|(?:今|いま)(?=は(?!昔|回|後)|も(?!っ))|今(?:ごろ|頃)|いまごろ|今日では|(?:今|いま)(?:この|まさに|のこの)瞬間|(?:今|いま)(?:まさに)?(?=、)|この瞬間)(?!地|維持|変更|認識|打破|進行)",
        "現目今いこ",
    ),
    _rule(
        "ja.then",
        (
            r"(?:当時|その当時|同時期|この時期|その時期|その頃|そのころ|この頃|その時(?!点|代|々|期|間)|[そこあ]の時点|同時点|そのとき(?!どき)"
            r"|あの(?:とき|時)(?!点|代|期|間)|この時(?!点|代|期|間)|このとき(?!ばかり)|同じころ|同じ頃|即日)(?!の大統領選)"
        ),
        "当同こそ即あ",
    ),
    _rule(
        "ja.since",
        r"(?:その後|それ以降|それ以来|その直後|その間)(?:[0-9一二三四五六七八九十数]{0,3}(?:年|か月|カ月|週間|日)(?:間|余り)?)?",
        "そ",
    ),
    _rule(
        "ja.y.now",
        r"(?P<ry>来年|今年|昨年|去年|翌年|前年|再来年|一昨年)の(?:今ごろ|今頃|いまごろ|この時期)",
        "来今昨去翌前再一",
    ),
    _rule(
        "ja.every",
        r"毎年の?(?:春|夏|秋|冬|初め|末|年末|年始|この時期|暮れ)",
        "毎",
    ),
    _rule("ja.quarter", r"第?(?P<q>[1-4一二三四])四半期", "第1234一二三四"),
    _rule(
        "ja.soon",
        r"(?:その)?(?P<n>数|[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?P<u>日|週間?|[かカヵケ箇ヶ]月|年)(?:の?うちに|と(?:たたず|経たず|置かず|おかず|たたない(?:うち|間)に)|を?(?:経|へ|置か|おか)ずに?)",
        _DIGITS + "一二三四五六七八九十数そ",
    ),
    _rule(
        "ja.term",
        r"(?P<who>トランプ|オバマ)(?:[前元]?米?大統領|氏|[前元]?政権)?の?(?:第(?P<n>[12一二])期(?![一-鿿])|(?P<m>[12一二])期目)",
        "トオ",
    ),
    _rule("ja.come", r"(?P<ry>一昨年|昨年|去年|今年|同年|前年)来(?![客場日月年週襲])", "一昨去今同前"),
    _rule("ja.vague", rf"(?:{words(*VAGUE)})", _first(VAGUE)),
    _rule(
        "ja.vague.span",
        r"(?:ここ|この|過去)(?:数(?:十|百)?|[1-9一二三四五][、~][2-9二三四五六])(?:年|[かカヵケ箇]月|週間|日)間?",
        "こ過",
    ),
    _rule(
        "ja.yy.mm",
        r"(?P<yy>[0-9]{2})年(?P<m>[0-9]{1,2})月?(?:[~–—-]|から)(?P<m2>[0-9]{1,2})月(?![0-9間])",
        _DIGITS,
    ),
)
