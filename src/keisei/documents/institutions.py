"""Japanese institutions by their ending, found before the lexicon's names are: 翰林国際戦略研究所 is not its 国際戦略研究所.

A run of kanji and katakana before 研究所, センター, 大学 and the like is one name, with a state or a known institute inside
(日本防衛政策フォーラム). A state's one character before it (豪メルボルン湾岸大学, 米ワシントン大学) is no part of it, and
where the run is a state before a name of the lexicon (英国際戦略研究所), the lexicon is right.
"""  # noqa: E501

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.newpeople import add
from keisei.documents.normal import key
from keisei.documents.records import Entity
from keisei.documents.romaji import ident
from keisei.documents.tokens import kinds, reading

_ENDING = (
    r"研究所|研究院|研究会|研究センター|研究機構|経済学院|行政学院|外交学院|政治学院|国際学院|(?:戦略|諮問|経済諮問|安保|情報|外交|国防|政策|分析|開発|科学|社会科学|行政)院|センター|フォーラム|大学院大学|大学(?:大学院)?(?:[一-鿿]{1,10}?(?:学部|研究科|学院|学科|研究院))|大学校?|"
    r"シンクタンク|観測所|監視団|学会|財団|協会|評議会|アカデミー|インスティテュート|通信社|新聞社"
)
_RUN = re.compile(
    rf"(?<![一-鿿々ァ-ヺー・A-Za-z])[一-鿿々ァ-ヺー・A-Za-z]{{2,26}}?(?:{_ENDING})"
    r"(?:(?![一-鿿々ァ-ヺー])|(?=(?:主任|主席|首席|上級|上席|特別|客員|名誉|准|副)?(?:研究員|教授|所長|理事|会長|学長|院長)))"
)
_NOT_SO = re.compile(
    r"^(?:同|各|両|本|当|某|他|有力|主要|民間|国立|私立|公立|州立|政府系|保守系|独立系|外国|海外|地元|名門|一流|国内|米国内|系|専門|総合|大手|学術|教育|医療|文化|情報|支援|安全|中央|全国|国際|記者|コール|ショッピング|データ|コンタクト|サービス|イノベーション)*$"
)
# 沿海国際大のヴェトロワ教授: the short form of a university is one only where somebody of it stands behind
_SHORT_UNIVERSITY = re.compile(
    r"(?<![一-鿿々ァ-ヺー・A-Za-z])[一-鿿々ァ-ヺー]{2,12}(?<![最巨拡重強増肥])大(?=の[一-鿿ァ-ヺー・]{2,20}?(?:名誉|准|客員|特任)?(?:教授|講師|学長))"
)
_STATE_CHAR = re.compile(
    r"[米英仏独露豪印韓中](?=[ァ-ヺ])|[米英仏独豪露](?=[一-鿿])(?!.?(?<=[米英仏独豪露])[国立教語雄自裁断占雨州年])|[米英](?=[王国]立)|米国(?=[ァ-ヺ])"
)


# what a body is, before its name in katakana: 非営利団体オープンソースセンター
_KIND_BEFORE = re.compile(
    r"(?:[一-鿿]{0,4}(?:非営利団体|非政府組織|民間団体|市民団体|人権団体|支援団体|調査団体|調査会社|分析会社|調査機関|研究機関|分析機関|政策研究機関|調査報道機関|調査報道団体|独立系団体)|(?:[一-鿿]{0,3})シンクタンク)の?「?(?=[ァ-ヺA-Z])"
)
# somebody of the institution behind its name: 国防安全研究院の蘇紫雲所長
_WHOSE = re.compile(
    r"(?:[(（][^()（）\n]{1,20}[)）])?の[一-鿿ァ-ヺー・]{2,20}?(?:氏|所長|院長|教授|研究員|講師|会長|理事|代表|学長|主任)"
)
# 極東国際史研究所主任研究員
_OFFICE_BEHIND = re.compile(
    r"(?:主任|主席|首席|上級|上席|特別|客員|名誉|准|副)?(?:研究員|研究委員|教授|所長|理事長|会長|学長|院長)"
)
_FACULTY = re.compile(r"(?P<school>.{2,}?大学(?:大学院)?)[一-鿿]{1,10}(?:学部|研究科|学院|学科|研究院)$")


def spans(text: str, names: list[tuple[int, int, str, bool]], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where such names stand, in order; none that the lexicon tells better."""
    out: list[tuple[int, int]] = []
    starts = {start: (end, form) for start, end, form, short in names if not short}
    ends = {end: start for start, (end, _) in starts.items()}
    matches = sorted((*_RUN.finditer(text), *_SHORT_UNIVERSITY.finditer(text)), key=lambda m: m.span())
    for match in matches:
        start, end = match.span()
        state = _STATE_CHAR.match(text, start)
        if state and state.end() < end - 3:
            start = state.end()
        kind = _KIND_BEFORE.match(text, start)
        if kind and kind.end() < end - 3:
            start = kind.end()
        if match.re is _SHORT_UNIVERSITY:
            if end not in ends:
                out.append((start, end))
            continue
        ending = re.search(rf"(?:{_ENDING})$", text[start:end])
        stem = text[start : end - len(ending.group())] if ending else ""
        if len(stem) < 2 or (_NOT_SO.match(stem) and not (len(stem) >= 4 and _WHOSE.match(text, end))):
            continue
        known = ends.get(end)
        if known is not None and (known <= start or _only_state(text[start:known], lexicon)):
            continue
        if any(e > end and s < end for s, (e, _) in starts.items() if start <= s < end):
            continue
        longer = known is not None and known - start >= 2  # 王立防衛研究所 is not 防衛研究所
        plain = not longer and re.fullmatch(r"[一-鿿々]+", stem) and not _named(stem, text[start:end], starts, start)
        if plain and not (_WHOSE.match(text, end) or _OFFICE_BEHIND.match(text, end)):
            continue
        out.append((start, end))
    return out


def _only_state(before: str, lexicon: Lexicon) -> bool:
    """Whether what stands before a known name only says whose it is."""
    return before in lexicon.state_names or before in lexicon.abbreviations or before in ("米国", "英国")


def _named(stem: str, whole: str, starts: dict[int, tuple[int, str]], start: int) -> bool:
    """Whether a stem in kanji names something: it begins with a known name, a proper name or an unknown word, or is long."""  # noqa: E501
    return start in starts or bool(set(kinds(whole)[:2]) & {"place", "person", "proper", "unknown"}) or len(stem) >= 6


def institutions(text: str, found: Found, places: list[tuple[int, int]], lexicon: Lexicon, taken: bytearray) -> None:
    """Add them; the state that a name begins with is the institution's country."""
    for start, end in places:
        name = text[start:end]
        country = next(
            (lexicon.state_names[name[:k]] for k in range(5, 1, -1) if name[:k] in lexicon.state_names), None
        )
        entity = Entity(ident(*reading(name)) or "BODY", "organisation", name, country, None, proposed=True)
        if not any(taken[start:end]):
            school = _FACULTY.match(name)
            if school:  # 東都大学法学部: the university is the body
                known = lexicon.aliases.get(key(school["school"]))
                known = known or ident(*reading(school["school"])) or "BODY"
                entity = lexicon.entities.get(known) or Entity(
                    known, "organisation", school["school"], country, None, proposed=True
                )
                found.forms.append((school["school"], known))
            add(found, taken, start, end, entity, "new:organisation", True)
            owner = lexicon.abbreviations.get(text[start - 1]) if start else None
            if owner and not ("一" <= text[max(0, start - 2)] <= "鿿" and start > 1):
                found.forms.append((text[start - 1], owner))


__all__ = ["institutions", "spans"]
