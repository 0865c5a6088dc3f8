"""People taken up by their office alone: 博士は, 同教授によると, 大統領は, 氏は, 前者は.

Whoever was named last with that office before stands behind the bare word (尹泰植博士 … 博士は). The mention lets
the sentence have an actor and a speaker; the word itself is no name, so that it is no surface form but for 博士, which
texts use in the place of a name.
"""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.records import Entity, Mention

_EXPERT = (
    "名誉教授|准教授|教授|博士|上級研究員|主任研究員|上席研究員|研究員|研究委員|副所長|所長|院長|学長|講師|分析官|アナリスト|"
    "記者|編集長|論説委員|弁護士|元大使|大使|元高官|将軍|元将軍|司令官|代表"
)
_RULER = "大統領|首相|外相|国防相|委員長|総書記|主席|国家主席|長官|事務局長|事務総長|報道官|議長|党首|知事|総裁"
_PARTICLE = r"(?=は|が(?!い)|も|の(?!職|座|任|間|地位|選|立場に)|に(?!な|就|選|当)|によ|自身|、|と(?:い|し)?|「)"
_TITLE = re.compile(
    rf"(?<![一-鿿々ァ-ヺーA-Za-z・])(?:同?(?P<title>{_EXPERT}|{_RULER})|(?P<name>氏)){_PARTICLE}"
    r"|(?<![一-鿿々ァ-ヺーA-Za-z・])(?P<pronoun>彼女|彼)(?=は|が|も|の(?:計算|試算|見立て|見方|見解|考え|分析|推計|読み|結論|主張|説明|答え|話|言葉|目|評価|指摘|意見)|によ|に言わせ|、)"
)
_CLOSE = re.compile(r"[(（][^()（）\n]{1,30}[)）]$|(?:ら|たち)$")
_PAIR = re.compile(r"(?<![一-鿿々])(?P<which>前者|後者)(?=は|が|も|の|によ|、)")
_REACH = 900
_SHOWN = ("博士",)
_SCHOLAR = re.compile(rf"(?:{_EXPERT}|氏|さん)$")

_EXPERT_END = re.compile(rf"(?:{_EXPERT})$")


def anaphora(text: str, found: Found, lexicon: Lexicon, taken: bytearray) -> None:
    """Add a mention of the person for every bare office whose holder was named before it."""
    matches = [m for m in _TITLE.finditer(text) if not any(taken[m.start() : m.end()])]
    pairs = list(_PAIR.finditer(text)) if "前者" in text or "後者" in text else []
    if not matches and not pairs:
        return
    named: list[tuple[int, str, str, str]] = []  # end of the mention, id, what is shown, role
    for mention in sorted(found.mentions, key=lambda m: m.start):
        entity = _person(mention.ids[0], found, lexicon)
        unnamed = entity is not None and entity.role == "not named"
        if entity is not None and len(mention.ids) == 1 and (mention.rule != "office" or unnamed):
            shown = _CLOSE.sub("", text[mention.start : mention.end])
            named.append((mention.end, entity.id, shown, entity.role or ""))
    reached: dict[str, int] = {}  # where each office was last taken up, so that a chain of them reaches far
    for match in matches:
        holder = _holder(_office(match), match.start(), named, reached)
        if holder is not None:
            rule = "titled" if _office(match) in _SHOWN else "anaphor"
            found.mentions.append(Mention(match.start(), match.end(), (holder,), rule))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            reached[_office(match)] = match.end()
    for match in pairs:
        held = [
            who
            for end, who, shown, role in named
            if end < match.start() and (_EXPERT_END.search(shown) or _EXPERT_END.search(role))
        ]
        if len(set(held)) == 2 or (len(set(held)) > 2 and len(set(held[-6:])) == 2):
            # a text on two who disagree: in the order in which it brought them in
            two = list(reversed(list(dict.fromkeys(held if len(set(held)) == 2 else held[-6:]))))
        else:
            two = list(
                dict.fromkeys(who for end, who, _, _ in reversed(named) if match.start() - 400 < end < match.start())
            )
        if len(two) >= 2:
            who = two[1] if match["which"] == "前者" else two[0]
            found.mentions.append(Mention(match.start(), match.end(), (who,), "anaphor"))


def _person(name: str, found: Found, lexicon: Lexicon) -> Entity | None:
    entity = lexicon.entities.get(name) or found.proposed.get(name)
    return entity if entity is not None and entity.type == "person" else None


def _office(match: re.Match[str]) -> str:
    """The office that a match takes up; 氏 and 彼 stand for whoever was named."""
    return match["title"] or match["pronoun"] or "氏"


def _holder(title: str, at: int, named: list[tuple[int, str, str, str]], reached: dict[str, int]) -> str | None:
    """Who was named with this office last before a place, not too far back."""
    near = min(at, reached.get(title, at))
    for end, who, shown, role in reversed(named):
        if end > at:
            continue
        if min(at, near) - end > _REACH:
            return None
        if shown.endswith(title) and len(shown) > len(title):
            return who
        plain = title in ("氏", "彼", "彼女")
        if (_SCHOLAR.search(shown) or role == "not named") if plain else role.endswith(title):
            return who
    return None


__all__ = ["anaphora"]
