"""Bodies and offices without a personal name, and the shorter names that stand inside longer ones.

- ``office``: a holder who is not named (中国国家主席, ホワイトハウス報道官, 米国情報当局者ら, ある中国高官): a person of that state.
- ``ministry``: 外務省, 国防省 and the like alone belong to the state named nearest before them.
- ``legal``: 一般財団法人 and the like belong to the name behind; an acronym in brackets belongs to the name before.
- inner forms: 国連 inside 国連安保理, 朝鮮労働党 inside 金正恩朝鮮労働党総書記, Su-35 inside Su-35戦闘機.
"""  # noqa: E501

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from keisei.documents.lexicon import Lexicon
from keisei.documents.normal import fold
from keisei.documents.records import Entity, Mention

Add = Callable[..., None]

_OFFICE = re.compile(
    r"(?:の)?(?:政府|軍|外務省|国防省|国務省|国防総省|大統領府|情報)?の?(?P<title>国家主席|大統領|首相|外相|国防相|外務次官|国連大使|駐[一-鿿ァ-ヺー]{1,6}大使|副報道官|報道官|報道局長|スポークスマン|政府高官|高官|情報当局者|"
    r"政府当局者|当局者|政府関係者|関係者|情報筋|外交筋|消息筋|政府筋|外務省高官|外交官|軍関係者)(?!声明|選|府|制|令)(?P<many>ら|たち)?"
)
_NAME_FOLLOWS = re.compile(r"^(?:の|・)?(?:[一-鿿]{2,4}(?:氏|・)|[ァ-ヺー]{2,}(?:・[ァ-ヺー]+)*(?:氏|さん)?)")
_MINISTRY = re.compile(
    r"(?<![一-鿿ァ-ヺーA-Za-z])(?P<body>外務省|外交部(?!門)|国防省|国防部(?!門)|国防総省|大統領府|防衛省|統一省|統一部|財務省|商務省|最高人民会議)"
    r"(?P<part>装備総局|代弁人|報道官|報道局|当局者|[一-鿿]{2,6}局長?)?"
)
_CODES = {"外務省": "MFA", "外交部": "MFA", "国防省": "MND", "国防部": "MND", "防衛省": "MND", "大統領府": "PRESIDENTIAL_OFFICE", "財務省": "TREASURY", "商務省": "COMMERCE", "統一省": "UNIFICATION", "統一部": "UNIFICATION"}  # fmt: skip  # noqa: E501
_LABELS = {"MFA": "Ministry of Foreign Affairs", "MND": "Ministry of Defence", "PRESIDENTIAL_OFFICE": "presidential office", "TREASURY": "Ministry of Finance", "COMMERCE": "Ministry of Commerce", "UNIFICATION": "Ministry of Unification"}  # fmt: skip  # noqa: E501
_TAILS = ("宇宙基地", "戦闘機", "地域", "スキ場")
_LEGAL = re.compile(
    r"(?:(?:一般|公益)(?:財団|社団)法人|独立行政法人|国立研究開発法人|学校法人|株式会社|NPO法人|特定非営利活動法人)$"
)
_ACRONYM = re.compile(r"[(（][A-Z][A-Za-z0-9]{1,9}[)）]")
_OFFICE_EN = {
    "国家主席": "PRESIDENT", "大統領": "PRESIDENT", "首相": "PRIME_MINISTER", "外相": "FOREIGN_MINISTER", "国防相": "DEFENCE_MINISTER",  # noqa: E501
    "外務次官": "VICE_FOREIGN_MINISTER", "国連大使": "UN_AMBASSADOR", "副報道官": "SPOKESPERSON", "報道官": "SPOKESPERSON", "報道局長": "SPOKESPERSON",  # noqa: E501
    "スポークスマン": "SPOKESPERSON",
}  # fmt: skip


def offices(
    text: str,
    mentions: list[Mention],
    lexicon: Lexicon,
    proposed: dict[str, Entity],
    taken: bytearray,
    forms: list[tuple[str, str]],
) -> None:
    """Give unnamed holders of an office a mention of their own; a state's mention before it is taken into it."""
    for k, mention in enumerate(list(mentions)):
        entity = lexicon.entities.get(mention.ids[0])
        if entity is None or len(mention.ids) != 1 or entity.type not in ("state", "organisation"):
            continue
        match = _OFFICE.match(text, mention.end, mention.end + 24)
        if not match or not match.group() or any(taken[match.start() : match.end()]):
            continue
        if match.group().startswith("の") and match["title"] not in (
            "情報筋",
            "政府高官",
            "高官",
            "当局者",
            "情報当局者",
            "報道官",
        ):
            continue
        if _NAME_FOLLOWS.match(text[match.end() : match.end() + 12]):
            continue
        code = _OFFICE_EN.get(match["title"], "OFFICIAL")
        ident = f"{entity.id}_{code}"
        name = f"{entity.name_en}: {code.lower().replace('_', ' ')} (not named)"
        proposed.setdefault(ident, Entity(ident, "person", name, entity.country, name, proposed=True))
        forms.append((text[mention.start : mention.end], entity.id))
        start = mention.start - 2 if text[max(0, mention.start - 2) : mention.start] == "ある" else mention.start
        taken[start : match.end()] = b"\1" * (match.end() - start)
        for index, other in enumerate(mentions):
            if other is mention:
                mentions[index] = Mention(start, match.end(), (ident,), "office")
                break
        del k


def office_forms(text: str, mentions: list[Mention], forms: list[tuple[str, str]]) -> None:
    """The forms of an office without ある and ら."""
    for mention in mentions:
        if mention.rule == "office":
            shown = text[mention.start : mention.end]
            plain = re.sub(r"(?:ら|たち)$", "", shown.removeprefix("ある"))
            if plain != shown:
                forms.append((plain, mention.ids[0]))


def ministries(
    text: str, mentions: list[Mention], lexicon: Lexicon, proposed: dict[str, Entity], taken: bytearray
) -> list[Mention]:
    """Ministries named alone, given to the state named nearest before."""
    states = [(m.start, m.ids[0]) for m in mentions if m.ids[0] in lexicon.states and m.rule != "inner"]
    starts = [s for s, _ in states]
    out: list[Mention] = []
    for match in _MINISTRY.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        k = bisect_left(starts, match.start()) - 1
        code = _CODES.get(match["body"])
        if k < 0 or code is None:
            continue
        state = states[k][1]
        ident = f"{state}_{code}"
        proposed.setdefault(
            ident, Entity(ident, "organisation", f"{lexicon.entities[state].name_en}: {_LABELS[code]}", state)
        )
        out.append(Mention(match.start(), match.end(), (ident,), "ministry"))
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return out


def ministry_forms(text: str, mentions: list[Mention], forms: list[tuple[str, str]]) -> None:
    """外務省 inside 外務省代弁人."""
    for mention in mentions:
        match = _MINISTRY.match(text, mention.start)
        if match and match["part"]:
            forms.append((match["body"], mention.ids[0]))


def inner_forms(text: str, mentions: list[Mention], lexicon: Lexicon, forms: list[tuple[str, str]]) -> None:
    """Shorter lexicon names inside longer mentions, legal forms before and acronyms behind."""
    for mention in mentions:
        ident = mention.ids[0]
        if len(mention.ids) != 1:
            continue
        kind = lexicon.entities[ident].type if ident in lexicon.entities else "organisation"
        shown = text[mention.start : mention.end]
        folded = fold(shown)
        copy = folded.text
        for i in range(len(copy)):
            for length in lexicon.starts.get(copy[i : i + 2], ()):
                form = copy[i : i + length]
                inner = lexicon.aliases.get(form)
                if inner is None or length == len(copy) or i + length > len(copy):
                    continue
                entity = lexicon.entities[inner]
                rest = copy[i + length :]
                same = i == 0 and (
                    (inner == "UN" and kind in ("organisation", "agreement", "document"))
                    or (inner == ident and rest in _TAILS)
                )
                body = kind == "person" and entity.type == "organisation"
                if same or body:
                    a, b = folded.span(i, i + length)
                    part = shown[a:b]
                    if len(part) > 1 and not (b < len(shown) and "ァ" <= shown[b] <= "ヺ" and "ァ" <= part[-1] <= "ヺ"):
                        forms.append((part, inner))
                    break
        if kind == "organisation":
            before = _LEGAL.search(text[max(0, mention.start - 14) : mention.start])
            if before:
                forms.append((text[mention.start - len(before.group()) : mention.end], ident))
            behind = _ACRONYM.match(text, mention.end)
            if behind:
                forms.append((text[mention.start : behind.end()], ident))


def urls(text: str, taken: bytearray) -> None:
    """No name is read inside an address."""
    if not ("://" in text or "www." in text or "@" in text):
        return
    for match in re.finditer(
        r"https?://[^\s「」、。]+|www\.[^\s「」、。]+|[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]+", text
    ):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())


__all__ = ["inner_forms", "ministries", "ministry_forms", "office_forms", "offices", "urls"]
