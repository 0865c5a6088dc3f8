"""Words of a report in both languages: names of systems, of how sure and how checked a fact is, and number formats."""

from __future__ import annotations

import math
import re

from keisei.report.view import QuestionView, Text

SYSTEMS = {
    "S1": Text("The war in Ukraine", "ウクライナ戦争"),
    "S2": Text("Exchange between North Korea and Russia", "ロ朝の取引"),
    "S3": Text("North Korea's economy", "北朝鮮経済"),
    "S4": Text("Side channels and enforcement", "抜け道と制裁履行"),
    "S5": Text("The Security Council", "国連安保理"),
    "S6": Text("Missiles, tests and warheads", "ミサイル・核実験・核弾頭"),
    "S7": Text("China as patron", "後ろ盾としての中国"),
    "S8": Text("Between two patrons", "二つの後ろ盾の間"),
    "S9": Text("Summits and treaties", "首脳会談と条約"),
    "S10": Text("Official words", "公式文書の言葉"),
    "S11": Text("The triangle", "三国の枠組み"),
    "S12": Text("The bargain with the United States", "米朝の取引"),
    "S13": Text("Allies and own deterrents", "同盟国と独自核武装"),
    "S13b": Text("North Korea's own line", "北朝鮮の路線"),
    "S14": Text("Isolation and status", "孤立と地位"),
    "S15": Text("Forecasts of others", "他者の予測"),
    "S16": Text("Figures that disagree", "食い違う数字"),
}

CERTAINTY = {
    "confirmed": Text("confirmed", "確認済み"),
    "reported": Text("reported", "報道"),
    "estimate": Text("estimate", "推計"),
    "contested": Text("contested", "争いあり"),
    "denied": Text("denied", "否定"),
}

CHECKED = {
    "opened": Text("source opened", "原典を確認"),
    "document": Text("from a document read", "読んだ文書による"),
    "memory": Text("from memory", "記憶による"),
}

UNUSED = {
    "from memory": Text("from memory", "記憶による"),
    "denied": Text("denied", "否定されている"),
    "contested": Text("contested", "争いがある"),
    "dated to the year only": Text("dated to the year only", "年までしか分からない"),
    "dated to the interval only": Text("dated to a span only", "期間までしか分からない"),
    "dated to the quarter only": Text("dated to the quarter only", "四半期までしか分からない"),
    "no place in the model": Text("the model has no place for it", "モデルに対応する場所がない"),
}

PLACING = {
    "above": Text("above", "上回る"),
    "below": Text("below", "下回る"),
    "alike": Text("not told apart", "差は認められない"),
    "unknown": Text("no base rate", "基準率なし"),
}

FORECASTERS = {
    "climatology": Text("climatology", "過去の平均"),
    "exponential": Text("exponentially weighted rate", "指数加重の発生率"),
    "persistence": Text("persistence", "持続"),
    "lag_logit": Text("lag regression", "ラグ回帰"),
    "lag_negative_binomial": Text("lag regression", "ラグ回帰"),
    "given_rate": Text("rate after provocations", "挑発後の発生率"),
    "drift": Text("drift", "趨勢の延長"),
    "uninitialized": Text("free-running model", "証拠なしのモデル"),
}

METRICS = {
    "log_score": Text("nats", "対数得点"),
    "brier": Text("Brier", "ブライア得点"),
    "crps": Text("CRPS", "CRPS"),
}

WORTH = {
    "the model adds": Text("adds", "付加価値あり"),
    "the model takes away": Text("takes away", "悪化させる"),
    "not shown that the model adds": Text("adds nothing shown", "付加価値は示されない"),
    "too few origins for an interval": Text("too few origins", "起点が少なすぎる"),
    "not demonstrable": Text("too few events to tell", "事例が少なく判定できない"),
}


def worth(verdict: str) -> Text:
    """A verdict of the verification, without the number of events in brackets."""
    return named(WORTH, verdict.partition(" (")[0])


TRUST = {
    "high": Text("trust high", "信頼度 高"),
    "medium": Text("trust medium", "信頼度 中"),
    "low": Text("trust low", "信頼度 低"),
}

VERDICTS = {
    "supports": Text("supports", "支持する"),
    "contradicts": Text("contradicts", "反する"),
    "assumed": Text("assumed", "前提"),
    "undecided": Text("undecided", "決まらない"),
    "cannot answer": Text("cannot answer", "答えられない"),
    "too few draws": Text("too few draws", "標本不足"),
}

VERDICT_MEANINGS = {
    "supports": Text(
        "the evidence raised the odds of the claim threefold or more, beyond chance, and the effect is of a size that "
        "matters",
        "証拠が主張のオッズを偶然を超えて3倍以上に高め、効果も関心下限を超える",
    ),
    "contradicts": Text(
        "the evidence cut the odds of the claim to a third or less, beyond chance, and the effect goes the other way",
        "証拠が主張のオッズを偶然を超えて3分の1以下に下げ、効果は逆向きである",
    ),
    "assumed": Text(
        "the model was built so: all but certain before any evidence, which has not moved it",
        "モデルの作りによる。証拠の前からほぼ確実で、証拠によって動いていない",
    ),
    "undecided": Text(
        "the evidence that the model has taken in does not tell; each claim says why",
        "モデルが取り込んだ証拠では決まらない。理由は各主張に示す",
    ),
    "cannot answer": Text(
        "the model has no law that bears on it; each claim says what that would need",
        "モデルに対応する法則がない。必要なものは各主張に示す",
    ),
}

STRENGTHS = {
    "certain": Text("said as certain", "断定"),
    "likely": Text("said as likely", "可能性が高いとする"),
    "possible": Text("said as possible", "ありうるとする"),
    "unlikely": Text("said as unlikely", "可能性は低いとする"),
}

TERMS = {
    "almost-no-chance": Text("almost no chance", "ほぼありえない"),
    "very-unlikely": Text("very unlikely", "まずありそうにない"),
    "unlikely": Text("unlikely", "可能性は低い"),
    "roughly-even": Text("roughly even", "五分五分"),
    "possible": Text("possible", "ありうる"),
    "likely": Text("likely", "可能性が高い"),
    "very-likely": Text("very likely", "可能性は非常に高い"),
    "almost-certain": Text("almost certain", "ほぼ確実"),
}

APART = {
    "inside": Text("within the range", "範囲内"),
    "below": Text("below the range", "範囲より低い"),
    "above": Text("above the range", "範囲より高い"),
    "untold": Text("too few members to tell", "標本が少なく判断できない"),
}

# Titles of laws and what they leave unproven are written in English beside the code; these are their translations.
# A line that has changed there is shown in English until it is translated anew.
LAWS = {
    "South Korea's own deterrent (S13)": "韓国の独自核武装(S13)",
    "both hazards (n = 0)": "二つの段階の発生率(前例なし)",
    "The US–North Korea bargain as games (S12)": "ゲームとしての米朝交渉(S12)",
    "every weight that those few decisions leave at its prior, above all that of outside options: none of them was "
    "taken while Russia paid": (
        "少数の決定では事前分布のまま動かない重みすべて、特に外部の選択肢の重み(ロシアの支払いのもとでの決定はない)"
    ),
    "Channels of trade and their enforcement (S2, S4, S5, S7)": "貿易の経路と制裁履行(S2, S4, S5, S7)",
    "Russia's enforcement (no customs data since 2022)": "ロシアの制裁履行(2022年以降、通関統計なし)",
    "The Security Council (S5)": "国連安保理(S5)",
    "the band of abstention; the panel's law rests on one veto": (
        "棄権にとどまる幅、専門家パネルの法則(拒否権は一度だけ)"
    ),
    "Three pairs, their meetings and treaties, and the triangle (S7–S9, S11)": (
        "三つの二国間関係、会談と条約、三国の枠組み(S7–S9, S11)"
    ),
    "dissolution (never seen)": "解消(前例なし)",
    "Drivers (S1, S14): war, governments, borders, rivalry, isolation, harvest": (
        "外生要因(S1, S14):戦争・政権・国境・対立・孤立・収穫"
    ),
    "the speed of isolation": "孤立の進む速さ",
    "North Korea's economy (S3)": "北朝鮮経済(S3)",
    "the harvest": "収穫の効果",
    "The exchange with the patrons (S2, S7, S8): Nash-in-Nash over two links": (
        "後ろ盾との取引(S2, S7, S8):二つの関係の同時ナッシュ交渉"
    ),
    "worth of technology and its cost to Russia (priors flat enough to let it be given); worth of deference; how "
    "China takes missile technology in Pyongyang, and whether Russia heeds it": (
        "技術の価値とロシアにとっての費用(供与もありうる平坦な事前分布)、恭順の価値、"
        "平壌へのミサイル技術移転を中国がどう受け止め、ロシアがそれに配慮するか"
    ),
    "Pyongyang's line and posture, and the launches (S6, S8, S13b)": "平壌の路線と姿勢、発射(S6, S8, S13b)",
    "patrons' support in the line; effect of missile technology on readiness (no transfer of it was ever seen)": (
        "路線に対する後ろ盾の支援の効果、ミサイル技術が即応度に及ぼす効果(移転は一度も観察されていない)"
    ),
    "The nuclear and satellite programme (S6)": "核・衛星開発(S6)",
    "effect of transfers on R rests on one success": "技術移転が即応度に及ぼす効果は一度の成功だけに基づく",
    "Official words (S10): what a text says of denuclearisation, and what its silence means": (
        "公式文書の言葉(S10):非核化への言及と、沈黙の意味"
    ),
    "Russia's stance before 2024 (few texts)": "2024年より前のロシアの立場(文書が少ない)",
}


def named(table: dict[str, Text], key: str) -> Text:
    """The words for a code, or the code itself."""
    return table.get(key, Text(key))


_JA = "\u3040-\u30ff\u3400-\u9fff\u3005\u300c-\u300f"
_ROUND = re.compile(r"\(([^()]*)\)")
_AFTER = re.compile(f"(?<=[{_JA}\uff09])[:;]")
_WIDE = {":": "\uff1a", ";": "\uff1b"}


def typeset(text: str) -> str:
    """Japanese with the full-width brackets, colons and semicolons that its typography wants; other text as it is.

    Sources write them in ASCII, which linters and terminals tell apart more surely.

    >>> typeset("区間(95%):S1") == "区間\uff0895%\uff09\uff1aS1"
    True
    """

    def brackets(m: re.Match[str]) -> str:
        near = text[max(0, m.start() - 1) : m.end() + 1]
        return f"\uff08{m[1]}\uff09" if re.search(f"[{_JA}]", near) else m[0]

    return _AFTER.sub(lambda m: _WIDE[m[0]], _ROUND.sub(brackets, text))


def percent(p: float) -> str:
    """A probability to read: whole percents, one decimal below ten and above ninety.

    >>> percent(0.342), percent(0.0421), percent(0.0004)
    ('34%', '4.2%', '<0.1%')
    """
    if 0 < p < 0.001:
        return "<0.1%"
    if 0.999 < p < 1:
        return ">99.9%"
    return f"{100 * p:.0f}%" if 0.0995 <= p <= 0.9005 or p in (0, 1) else f"{100 * p:.1f}%"


def probability(q: QuestionView) -> str:
    """A question's probability, as a bound where every member says the same."""
    return chance(q.now, q.low, q.high, q.bound)


def chance(p: float, low: float, high: float, bound: bool) -> str:
    """A probability, or the bound that can be given in its place.

    >>> chance(0.0, 0.0, 0.02, True), chance(0.3, 0.2, 0.4, False)
    ('<2.0%', '30%')
    """
    if not bound:
        return percent(p)
    return f"<{percent(high).lstrip('<')}" if p < 0.5 else f">{percent(low).lstrip('>')}"


def span(low: float, high: float) -> str:
    """A range of probabilities in whole percents.

    >>> span(0.05, 0.2)
    '5–20%'
    """
    return f"{100 * low:.0f}–{100 * high:.0f}%"


def points(change: float) -> str:
    """A change in percentage points, signed.

    >>> points(0.034), points(-0.2)
    ('+3.4', '−20')
    """
    size = abs(100 * change)
    shown = f"{size:.1f}" if size < 9.95 else f"{size:.0f}"
    if shown == "0.0":
        return "0"
    return ("+" if change > 0 else "−") + shown


def signed(correlation: float) -> str:
    """A correlation, signed.

    >>> signed(0.746), signed(-0.5)
    ('+0.75', '−0.50')
    """
    return ("−" if correlation < 0 else "+") + f"{abs(correlation):.2f}"


def score(x: float) -> str:
    """A Brier score.

    >>> score(0.06)
    '0.06'
    """
    return f"{x:.2f}"


def number(x: float | None) -> str:
    """A quantity to three significant digits, without exponents.

    >>> number(12345.6), number(0.1234), number(-4.14), number(None)
    ('12,346', '0.123', '−4.14', '–')
    """
    if x is None or not math.isfinite(x):
        return "–"
    if x == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(x))))
    shown = f"{abs(x):,.{min(digits, 4)}f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return f"−{shown}" if x < 0 and shown != "0" else shown
