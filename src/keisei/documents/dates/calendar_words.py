"""Words of the calendar: eras, deictic words and their offsets, parts of a year, seasons."""

from __future__ import annotations

# First year of an era minus one: era year 1 (元年) is ERA + 1.
ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "主体": 1911,
    "チュチェ": 1911,
    "主體": 1911,
    "民国": 1911,
    "檀紀": -2333,
    "寛政": 1788,
    "慶応": 1864,
    "皇紀": -660,
}

# word → (offset, base): base "this" counts from publication, "that" from the last date named.
YEAR_WORDS = {
    "今年": (0, "this"),
    "ことし": (0, "this"),
    "本年": (0, "this"),
    "昨年": (-1, "this"),
    "去年": (-1, "this"),
    "一昨年": (-2, "this"),
    "おととし": (-2, "this"),
    "来年": (1, "this"),
    "明年": (1, "this"),
    "再来年": (2, "this"),
    "同年": (0, "that"),
    "その年": (0, "that"),
    "この年": (0, "that"),
    "同じ年": (0, "that"),
    "翌年": (1, "that"),
    "その翌年": (1, "that"),
    "翌々年": (2, "that"),
    "次の年": (1, "that"),
    "前年": (-1, "that"),
    "その前年": (-1, "that"),
    "前の年": (-1, "that"),
}
MONTH_WORDS = {
    "今月": (0, "this"),
    "本月": (0, "this"),
    "先月": (-1, "this"),
    "先々月": (-2, "this"),
    "来月": (1, "this"),
    "再来月": (2, "this"),
    "同月": (0, "that"),
    "その月": (0, "that"),
    "同じ月": (0, "that"),
    "翌月": (1, "that"),
    "その翌月": (1, "that"),
    "次の月": (1, "that"),
    "前月": (-1, "that"),
    "前の月": (-1, "that"),
    "その前月": (-1, "that"),
}
DAY_WORDS = {
    "本日": (0, "this"),
    "今朝": (0, "this"),
    "けさ": (0, "this"),
    "今夜": (0, "this"),
    "今晩": (0, "this"),
    "今夕": (0, "this"),
    "昨夜": (-1, "this"),
    "昨晩": (-1, "this"),
    "昨夕": (-1, "this"),
    "ゆうべ": (-1, "this"),
    "明朝": (1, "this"),
    "明晩": (1, "this"),
    "同夜": (0, "that"),
    "きょう": (0, "this"),
    "昨日": (-1, "this"),
    "きのう": (-1, "this"),
    "一昨日": (-2, "this"),
    "おととい": (-2, "this"),
    "おとつい": (-2, "this"),
    "一昨昨日": (-3, "this"),
    "一昨々日": (-3, "this"),
    "明日": (1, "this"),
    "あす": (1, "this"),
    "あした": (1, "this"),
    "明後日": (2, "this"),
    "あさって": (2, "this"),
    "しあさって": (3, "this"),
    "弥明後日": (3, "this"),
    "明々後日": (3, "this"),
    "さきおととい": (-3, "this"),
    "同日": (0, "that"),
    "その日": (0, "that"),
    "この日": (0, "that"),
    "同じ日": (0, "that"),
    "翌日": (1, "that"),
    "その翌日": (1, "that"),
    "次の日": (1, "that"),
    "翌々日": (2, "that"),
    "前日": (-1, "that"),
    "その前日": (-1, "that"),
}
WEEK_WORDS = {
    "今週": (0, "this"),
    "先週": (-1, "this"),
    "先々週": (-2, "this"),
    "来週": (1, "this"),
    "再来週": (2, "this"),
    "同週": (0, "that"),
    "同じ週": (0, "that"),
    "その週": (0, "that"),
    "翌週": (1, "that"),
    "次の週": (1, "that"),
    "前週": (-1, "that"),
}
WEEKDAYS = {c: i for i, c in enumerate("月火水木金土日")}

# part of a year → first and last month
YEAR_PARTS = {
    "上半期": (1, 6),
    "下半期": (7, 12),
    "前半": (1, 6),
    "後半": (7, 12),
    "上期": (1, 6),
    "下期": (7, 12),
    "初め": (1, 1),
    "はじめ": (1, 1),
    "始め": (1, 1),
    "初頭": (1, 1),
    "初": (1, 1),
    "年初": (1, 1),
    "年頭": (1, 1),
    "年明け": (1, 1),
    "暮れ": (12, 12),
    "年末": (12, 12),
    "年の瀬": (12, 12),
    "末": (12, 12),
    "終わり": (12, 12),
    "春": (3, 5),
    "夏": (6, 8),
    "秋": (9, 11),
    "冬": (12, 14),
    "初春": (3, 3),
    "初夏": (6, 6),
    "晩秋": (11, 11),
    "半ば": (6, 6),
    "なかば": (6, 6),
    "中頃": (6, 6),
    "中盤": (6, 6),
}

# part of a decade or century → first and last tenth, counted from 0
DECADE_PARTS = {
    "初頭": (0, 2),
    "初め": (0, 2),
    "はじめ": (0, 2),
    "前半": (0, 4),
    "半ば": (4, 6),
    "なかば": (4, 6),
    "中頃": (4, 6),
    "中盤": (4, 6),
    "後半": (5, 9),
    "末": (8, 9),
    "終わり": (8, 9),
    "終盤": (8, 9),
    "末期": (8, 9),
}

# feasts on a fixed day: month and day
FEAST_DAYS = {
    "元日": (1, 1),
    "元旦": (1, 1),
    "クリスマスイブ": (12, 24),
    "クリスマス": (12, 25),
    "大みそか": (12, 31),
    "大晦日": (12, 31),
    "光復節": (8, 15),
    "太陽節": (4, 15),
    "光明星節": (2, 16),
    "国慶節": (10, 1),
    "戦勝節": (7, 27),
}

# terms of presidents of the United States: the years in which they began, and the year in which the last one ended
TERMS = {
    "Clinton": (1993, 1997, 2001),
    "Bush": (2001, 2005, 2009),
    "Obama": (2009, 2013, 2017),
    "Trump": (2017, 2021),
    "Biden": (2021, 2025),
    "クリントン": (1993, 1997, 2001),
    "ブッシュ": (2001, 2005, 2009),
    "オバマ": (2009, 2013, 2017),
    "トランプ": (2017, 2021),
    "バイデン": (2021, 2025),
}
_SECOND_TRUMP = (2025, 2029)


def term(who: str, number: str | None) -> tuple[int, int] | None:
    """The first and last year of a president's first or second term, or of all of them."""
    years = TERMS[who]
    if number in ("second", "2", "二", "２"):
        if who in ("Trump", "トランプ"):
            return _SECOND_TRUMP
        return (years[1], years[2]) if len(years) == 3 else None
    if number is None:
        return None if who in ("Trump", "トランプ") else (years[0], years[-1])
    return years[0], years[1]


# words that name a time without saying which
VAGUE = {
    "最近": "no length is said",
    "コロナ前": "an era without agreed ends",
    "コロナ禍前": "an era without agreed ends",
    "コロナ禍": "an era without agreed ends",
    "数年以内": "the words give no number",
    "数年内": "the words give no number",
    "数カ月以内": "the words give no number",
    "数か月以内": "the words give no number",
    "近年": "no length is said",
    "昨今": "no length is said",
    "ここ最近": "no length is said",
    "かつて": "some time in the past",
    "のちに": "some time after what was told",
    "当初": "the beginning of what is told of",
    "ほどなくして": "soon after what was told",
    "ほどなく": "soon after what was told",
    "往年": "some time in the past",
    "近い将来": "some time in the future",
    "将来": "some time in the future",
    "今後": "some time in the future",
    "当面": "no length is said",
    "当分": "no length is said",
    "ゆくゆく": "some time in the future",
    "往時": "some time in the past",
    "その昔": "some time in the past",
    "ひと昔前": "some time in the past",
    "一昔前": "some time in the past",
    "先ごろ": "some time in the past",
    "先頃": "some time in the past",
    "先般": "some time in the past",
    "近日中": "some time in the future",
    "近く": "some time in the future",
    "近々": "some time in the future",
    "先日": "some time in the past",
    "過日": "some time in the past",
    "直近": "no length is said",
    "このほど": "no day is said",
    "ここにきて": "no length is said",
    "ここに来て": "no length is said",
    "過去": "no length is said",
    "戦後": "which war's end is not said",
    "戦前": "which war is not said",
    "戦時中": "which war is not said",
    "戦中": "which war is not said",
    "今日": "the day or the times",
}
