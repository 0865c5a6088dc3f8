"""Whether a Japanese numeral and its unit are a quantity: no name (第二埠頭), no idiom (180度異なる), no other word."""

from __future__ import annotations

import re

from keisei.documents.dates.numerals import KANJI_NUMERAL, NUMERAL

# What a counter must not run on into: 3人称, 5国間, 2機能 … by counter.
_NOT_AFTER = {
    "人": "称格工種民権間気口材道類物事",
    "国": "間家際民籍境連交会語務営",
    "カ国": "協同首枠会関連語",
    "か国": "協同首枠会関連語",
    "ヵ国": "協同首枠会関連語",
    "名": "簿",
    "社": "会長員説交",
    "度": "数目合外胸量線",
    "回": "転帰答復路避り",
    "件": "名",
    "点": "検火灯在滴",
    "本": "部当人的質格社来土国音",
    "発": "表射言見展電電生達効動足覚信揮想給",
    "機": "関能会密構動械運",
    "市": "場民長内街町役立井川況販",
    "町": "長民内役工",
    "村": "民長落役",
    "省": "略令",
    "島": "民国",
    "株": "式主価券",
    "床": "面屋",
    "団": "体地結員長子",
    "箱": "根",
    "袋": "小",
    "大学": "院校生入受",
    "事業": "者所年化",
    "家族": "計",
    "言語": "学",
    "台": "湾頭風北本詞所",
    "両": "国者方院面親側首軍",
    "門": "家戸番前",
    "席": "巻",
    "通": "り",
    "頭": "部",
    "種": "目",
    "州": "知都",
    "基": "地本準づ礎金盤",
    "個": "人別性",
    "者": "会協間択",
    "戦": "争闘",
    "点の": "",
    "校": "正",
    "店": "頭",
    "地域": "",
    "便": "宜利益乗",
    "元": "首来年",
    "円": "滑卓満形高安熟盤",
    "年": "代号度齢貢",
    "人目": "を",
    "席の": "",
    "位": "置相階",
    "倍": "増政権",
    "戸": "籍惑別",
    "つ": "いか大",
    "日": "本",
    "丁": "寧目",
    "氏": "名族",
    "国の": "",
    "分野": "",
    "段階": "",
    "羽": "田",
    "通の": "",
    "ドン": "ト",
    "ランド": "ブセ",
    "ポイント": "",
    "港": "湾",
    "県": "警知庁議",
    "企業": "体",
    "原則": "的",
    "銀行": "員",
    "キロ": "トワバリグ",
    "ミリ": "タ",
    "ドル": "ト",
    "個人": "的主情差化名史",
    "党": "員首",
    "地区": "長",
    "議員": "団立連",
    "兵士": "宿",
    "文書": "館化",
    "条約": "機",
    "大臣": "室官",
    "住宅": "街ロ",
    "要素": "",
    "部隊": "長員",
    "工場": "長",
    "世帯": "主",
    "空港": "ビ",
    "拠点": "化",
    "施設": "長",
    "組": "織閣",
}
# words that names with a large number end in, too: 1961年条約, 2397文書
_SMALL_ONLY = frozenset({"条約", "文書", "要素", "提案", "法律", "大臣", "議員", "基地", "指標"})
_NEED_FIGURES = ("市", "町", "村", "省", "島", "駅", "艇", "床", "株", "箱", "袋", "缶", "団", "坪", "大学", "民族")
KANJI_ONLY = re.compile(rf"[{KANJI_NUMERAL}数幾何余]+\Z")
_NAME_BEFORE = re.compile(r"(?:第|[A-Za-z]-?|号|条|緯|経|-)\Z")
_YEAR_NAME = re.compile(r"条約|協定|合意|体制|憲法|革命|危機|世代|宣言|決議|改正|制(?!限)")
FRACTION = re.compile(rf"分の(?P<part>{NUMERAL})")
_LASTS = re.compile(r"ぶり|連続|分|余|以上|以内|未満|ほど|程度|足らず|近く|あまり|にわた")
_SHARE = re.compile(r"に(?:[0-9]{1,2}|[一二三四五])人")
_SHARE_OF = re.compile(r"(?:[0-9]|[一二三四五六七八九十])人に\Z")
_RATE = re.compile(
    r"[=＝]|(?:当たり|あたり|につき)|(?:約|およそ)?[$€£¥]?[0-9][0-9.,万億千]*(?:米)?(?:ドル|円|ウォン|元|ユーロ|ルーブル|ポンド|セント)"
)
# after a number of days that is a length: わずか16日しかもたなかった
_ONLY = ("しか", "足らず", "限り", "がかり", "天下")
_TALKS = re.compile(
    r"(?:ほど)?(?:の(?:こと|側面|論点|観点|視点|角度|問い|疑問|教訓|条件が|理由が|点|神話|課題|可能性|シナリオ|要因|選択肢|見方)|(?:引っかか|気にな|疑問|理由を|挙げ|指摘し))"
)


def allowed(text: str, start: int, numeral: str, unit: re.Match[str]) -> bool:
    """Whether numeral and unit are a quantity, not a name or an idiom."""
    word = unit.group().strip()
    after = text[unit.end() : unit.end() + 1] or "\n"
    if word == "発" and text.startswith("生産", unit.end()):
        return True
    if after in _NOT_AFTER.get(word, ""):
        return False
    if numeral in ("1", "一") and _RATE.match(text, unit.end()):
        return False  # 1バレル60ドル: what the price is for
    if word in _SMALL_ONLY and len(numeral) > 2:
        return False
    if word == "点" and after == "目":
        return False  # 1点目は…: the text counts its own points
    if word == "人" and (_SHARE.match(text, unit.end()) or _SHARE_OF.search(text, max(0, start - 6), start)):
        return False  # 3人に1人: a share, read as one
    if word == "個人" and numeral in ("一", "1"):
        return False
    before = text[max(0, start - 2) : start]
    if _NAME_BEFORE.search(before) and not unit["rank"] and not before.endswith("-"):
        return False
    if before.endswith("第") and unit["rank"] is None:
        return False
    if word == "分":  # 十分, 5分の1 and 分野 are none
        sized = numeral[0] in "0123456789数" and text[start - 1 : start] != "時"
        return sized and after not in "割裂担野析類布離岐" and not FRACTION.match(text, unit.end() - 1)
    if word == "年" and len(numeral) == 2 and numeral.isdigit() and _YEAR_NAME.match(text, unit.end()):
        return False  # 61年条約 is the treaty of 1961
    if word in ("つ", "点", "件") and (
        _TALKS.match(text, unit.end()) or text[max(0, start - 2) : start] in ("次の", "下の")
    ):
        return False  # 三つのことが言える, 次の3点: the text counts its own points
    if word == "件" and text[max(0, start - 5) : start].endswith(("コメント(", "記事(")):
        return False
    if word == "つ":
        return (numeral.isascii() and numeral != "1") or numeral in "二三四五六七八九"
    if word == "度" and ((after in "異転変の方" and numeral in ("180", "360", "90")) or numeral in ("一", "再")):
        return False
    if word == "日":  # else a day of the month, or one that a rate counts by (1日に30本)
        counted = text[start - 2 : start] in ("月に", "週に", "年に") if start >= 2 else False
        short = text.startswith(("わずか", "たった"), max(0, start - 3)) or text.startswith(_ONLY, unit.end())
        return counted or short or _LASTS.match(text, unit.end()) is not None
    if word in (
        "国",
        "者",
        "氏",
        "種",
        "席",
        "丁",
        "戸",
        "本",
        "点",
        "門",
        "度",
        "回",
        "通",
        "台",
        "組",
        "戦",
        "州",
        *_NEED_FIGURES,
    ) and KANJI_ONLY.match(numeral):
        return word in ("回", "度", "本", "台") and numeral not in ("一", "千", "万", "百") and len(numeral) <= 4
    if KANJI_ONLY.match(numeral) and unit["count"] and numeral in ("一", "万", "千", "百", "億"):
        return False
    if KANJI_ONLY.match(numeral) and unit["period"] and numeral in ("千", "万", "百", "一") and word == "年":
        return False
    if word in ("年", "元") and numeral in ("一", "千", "万"):
        return False
    return not (word == "位" and numeral == "一")


__all__ = ["FRACTION", "KANJI_ONLY", "allowed"]
