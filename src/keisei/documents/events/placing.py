"""Instrument, date and span of a Japanese event."""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.dates import DateSpan
from keisei.documents.events.entities import HEADS
from keisei.documents.events.roles import Frame
from keisei.documents.events.rules import Rule, RuleBook

_HEAD_OFFICE = re.compile(r"(?<!副)(?:大統領|総書記|国家主席|国務委員長|書記長|最高指導者|第一書記|第1書記|主席|国王)$")
_UNDER_A_HEAD = ("CHN", "RUS", "PRK", "KOR", "VNM", "FRA", "UKR", "LAO", "CUB", "MNG")
_ON_THE_ROSTRUM = re.compile(r"パレード|閲兵|観閲|観兵|楼上|ひな壇")
# what may stand between a predicate and the date behind it
_BEHIND = re.compile(r"(?:[^。、]{0,10}[たる]|[がは]|[=＝])$")
_READOUT = re.compile(r"(?:発表|声明|公表)(?:文)?(?:に)?(?:よると|よれば)")
_PRECISION = {"day": "day", "month": "month", "year": "year", "week": "day"}


_CLEFT_DATE = re.compile(r"[^、。はが]{1,16}?[たる]のは")
_SINCE = re.compile(r"(?:以来|以降|いらい)の")  # 2019年以来の会談: not its own day


def instrument_of_act(
    context: Context, frame: Frame, rule: Rule, book: RuleBook, start: int, end: int, sources: tuple[str, ...]
) -> str:
    text = context.text
    if rule.instrument == "object":
        window = text[max(frame.clause(start)[0], start - 40) : end]
        best: tuple[int, str] | None = None
        for name, pattern in book.objects:
            for match in pattern.finditer(window):
                if best is None or match.end() > best[0]:
                    best = (match.end(), name)
        if best is None:  # 送った砲弾: the thing behind
            head = re.compile(r"[ぁ-ん]{0,5}(?:[0-9一-鿿]{0,4}の)?").match(text, end)
            at = head.end() if head else end
            best = next(((at, name) for name, pattern in book.objects if pattern.match(text, at)), None)
        return best[1] if best else rule.other
    if rule.instrument == "sanctions":
        window = text[max(frame.line.start, start - 16) : end]
        if "貿易" in window:
            return "trade"
        if re.search(r"国連|安保理|安全保障理事会|決議", window) or {"UN", "UNSC"} & set(sources):
            return "sanction_resolution"
        if "国際" in window and "PRK" in {i for a in frame.arguments for i in a.mention.ids}:
            return "sanction_resolution"
        return "other"
    if rule.plover in ("AGREE", "SUPPORT") and _READOUT.search(text, frame.line.start, start):
        return "readout"
    if rule.id == "J953-support":
        near = text[max(frame.clause(start)[0], start - 24) : end]
        return (
            "war"
            if re.search(r"戦争|侵攻|作戦", near)
            else "sanction_resolution"
            if re.search(r"禁輸|制裁", near)
            else "other"
        )
    if rule.id in ("W651-meet", "W656-gathering") and _ON_THE_ROSTRUM.search(text, frame.clause(start)[0], end):
        return "parade"
    if rule.id in ("J412-meet", "J4121-contact", "W651-meet") and re.search(
        r"会談|会見|対面|会[いうっ]|再会|向き合|握手|顔を合|話し込|テーブルを囲|膝を交|食卓を囲", text[start:end]
    ):
        if re.search(r"首脳[^。、]{0,12}$", text[frame.clause(start)[0] : start]):
            return "summit"
        if any(
            m.end == start and (e := context.entities.get(m.ids[0])) and e.type == "place"
            for m in context.mentions_in(start - 10, start)
        ):
            return "summit"  # ウラジオストク会談
        heads = [i for i in sources if _head_of_state(context, frame, i)]
        premiers = [i for i in sources if i not in heads and _premier(context, frame, i)]
        if len(heads) >= 2 and len(heads) + len(premiers) == len(sources):
            return "summit"
    if rule.id == "W651-meet" and "首脳" in text[start:end]:
        return "summit"
    if rule.instrument == "missile_test" and _ROCKET.search(text, max(frame.line.start, start - 12), end):
        return (
            "satellite_launch"
            if text.count("衛星") >= 2 and "ミサイル" not in text[max(0, start - 12) : end]
            else "missile_test"
        )
    return rule.instrument


def _head_of_state(context: Context, frame: Frame, ident: str) -> bool:
    """Whether someone leads a state: by the office in this sentence, else by the role; a premier beside a head does not."""  # noqa: E501
    entity = context.entities.get(ident)
    if entity is None or entity.type != "person":
        return False
    for argument in frame.arguments:
        if argument.mention.ids == (ident,):
            shown = context.text[argument.mention.start : argument.mention.end]
            if _HEAD_OFFICE.search(shown):
                return True
            if shown.endswith("首相"):
                return entity.country not in _UNDER_A_HEAD
    return bool(entity.role and HEADS.search(entity.role) and "Foreign" not in entity.role)


_ROCKET = re.compile(r"飛翔体|ロケット(?!弾|砲)")


def _premier(context: Context, frame: Frame, ident: str) -> bool:
    """Whether someone is named as a premier, who may meet two heads as their peer."""
    return any(
        a.mention.ids == (ident,) and context.text[a.mention.start : a.mention.end].endswith("首相")
        for a in frame.arguments
    )


# 1956年の共同宣言を土台に…で一致した: the year of a pact is not that of the act
_OF_PACT = re.compile(
    r"の[一-鿿・ァ-ヺー]{0,14}(?:条約|協定|宣言|声明|決議|憲法|覚書)(?=[をにとがはやで]|の(?!締結|調印|採択))"
)


def date_of_act(
    context: Context, frame: Frame, start: int, quote: tuple[int, int] | None, heading: list[DateSpan]
) -> tuple[str | None, str]:
    """The date nearest before the predicate, of its own clause where it has one."""
    low = quote[0] if quote else frame.line.start
    spans = [d for d in context.dates_in(low, start) if d.value]
    clause = frame.clause(start)[0]
    spans = [d for d in spans if not _SINCE.match(context.text, d.end)] or spans[:0]
    spans = [d for d in spans if not ((pact := _OF_PACT.match(context.text, d.end)) and pact.end() < start)]
    near = [d for d in spans if d.start >= clause] or spans
    if not near:
        # a date in brackets right behind: 条約(2000年), 会見(2023年9月13日、…)
        bracket = _TO_BRACKET.match(context.text, start, min(frame.line.end, start + 24))
        if bracket:
            near = [d for d in context.dates_in(bracket.end(), bracket.end() + 2) if d.value]
    if not near or near is spans:
        # 関係が修復されたのは、1970年4月に…からである: what the cleft singles out
        focus = _CLEFT_DATE.match(context.text, start, frame.line.end)
        singled = [d for d in context.dates_in(focus.end(), frame.line.end) if d.value] if focus else []
        near = singled[:1] or near
    if not near:
        near = [d for d in heading if d.value]
    if not near:
        # behind: 決裂した同年2月, 首脳会談が年内に実現する; a caption's =10日
        clause_end = frame.clause(start)[1]
        behind = [d for d in context.dates_in(start, clause_end) if d.value]
        near = behind if len(behind) == 1 and _BEHIND.search(context.text[start : behind[0].start]) else []
    if not near:
        return None, "none"
    span = near[-1]
    finest = _PRECISION.get(span.granularity)
    return span.value, finest or ("month" if span.value and len(span.value) > 4 else "year")


_INFLECTION = re.compile(r"[ぁ-ん]{0,14}")
_DONE = re.compile(r"(?:を|に|が)?(?:行っ|実施し|開催し|発表し|表明し|開い|果たし)[ぁ-ん]{0,6}")
_TO_BRACKET = re.compile(r"[^、。「」はがを]{0,12}[(（]")
_CARRIED_OUT = re.compile(
    r"[をにがはも][^、。はがをに「」]{0,6}?[一-鿿]{1,4}(?:[いきしちにみりぎじびっわけせてねめれげでべ]|った|した)[ぁ-ん]{0,6}"
)
# who reports or reckons, before the clause proper: 研究所の推計では、
_ASIDE = re.compile(r"[^、。]{2,40}(?:では|によると|によれば|として|ものの|一方で?)、(?=[^、。]{2,30}[はが])")


def span_of_act(
    context: Context, frame: Frame, clause_start: int, start: int, end: int, quote: tuple[int, int] | None
) -> tuple[int, int]:
    """The clause: from its start to the end of the predicate's inflection."""
    text, line = context.text, frame.line
    low = max(clause_start, quote[0] if quote else clause_start)
    high = quote[1] if quote else line.end
    match = _INFLECTION.match(text, end, high)
    stop = match.end() if match else end
    tail = _DONE.match(text, end, high)
    if tail:
        stop = max(stop, tail.end())
    while stop > end and text[stop - 1] in "がはもをにとでのや":
        stop -= 1
    verb = _CARRIED_OUT.match(text, stop, high)
    if verb:
        stop = verb.end()
    aside = _ASIDE.match(text, low, start)
    if aside:
        low = aside.end()
    return min(low, start), max(stop, end)


__all__ = ["date_of_act", "instrument_of_act", "span_of_act"]
