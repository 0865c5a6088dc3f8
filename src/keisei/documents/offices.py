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
from functools import lru_cache

from keisei.documents.families import FAMILIES
from keisei.documents.lexicon import Lexicon
from keisei.documents.normal import Folded, fold, key
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident
from keisei.documents.tokens import reading
from keisei.documents.words import words

Add = Callable[..., None]

_OFFICE = re.compile(
    r"(?P<no>の)?(?:政府|軍|外務省|国防省|国務省|国防総省|大統領府|情報)?の?(?P<title>国家主席|最高指導者|次期大統領|大統領|首相|外相|国防相|防衛相|国防長官|国務長官|外務次官|国連大使|"
    r"駐[一-鿿ァ-ヺー]{1,6}大使|大使|首席代表|特使|参謀総長|副報道官|報道官|報道局長|スポークスマン|政府高官|高官|情報当局者|"
    r"政府当局者|当局者|政府関係者|関係者|情報筋|外交筋|消息筋|政府筋|幹部|外務省高官|外交官|軍関係者|事務総長|事務局長|広報官|代弁人|担当者|司令官|閣僚)(?!声明|選|府|制|令|館|級|会[談議合])(?P<many>ら|たち)?"
)
# behind の an office is a holder only as a part of the sentence, not before another noun (ロシアの大統領府, 中国の外交官家族)  # noqa: E501
_STANDS = re.compile(r"(?:ら|たち)?(?:は|が|も|を|に(?!な|就)|と(?!し)|から|による|、|。|の(?![^、。はがを]{0,6}氏))")
_NAMED_BEFORE = re.compile(rf"(?:^|[^一-鿿々])[{FAMILIES}][一-鿿々]{{1,2}}(?<![元前現新各])$")
_NAME_FOLLOWS = re.compile(r"^(?:の|・)?(?:[一-鿿]{2,4}(?:氏|・)|[ァ-ヺー]{2,}(?:・[ァ-ヺー]+)*(?:氏|さん)?)")
_MINISTRY = re.compile(
    r"(?<![一-鿿ァ-ヺーA-Za-z])(?P<body>外務省|外交部(?!門)|国防省|国防部(?!門)|国防総省|大統領府|防衛省|統一省|統一部|財務省|商務省|国務省|最高人民会議|国会(?!議員|議事堂|図書館)|議会(?!制|政治|選|内|外|人)|上院(?!議員|選)|下院(?!議員|選|議長)|情報機関|情報当局|税関|検察(?!官))"
    r"(?P<part>装備総局|代弁人|報道局(?!長)|(?!報道)[一-鿿]{2,6}局)?"
)
_MINISTRY_END = re.compile(
    r"(?:外務省|国防省|国防総省|財務省|商務省|統一省|国務省|国会|議会|上院|下院|情報機関|情報当局)$"
)
# of these a bare name is that of a state just named; the second list is America's in such texts
_NEAR = ("議会", "上院", "下院", "情報機関", "情報当局", "国務省")
_AMERICAN = ("上院", "下院", "国務省")
_CODES = {"外務省": "MFA", "外交部": "MFA", "国防省": "MND", "国防部": "MND", "防衛省": "MND", "大統領府": "PRESIDENTIAL_OFFICE", "財務省": "TREASURY", "商務省": "COMMERCE", "統一省": "UNIFICATION", "統一部": "UNIFICATION", "国会": "PARLIAMENT", "税関": "CUSTOMS", "検察": "PROSECUTORS", "国務省": "STATE_DEPT", "議会": "PARLIAMENT", "上院": "SENATE", "下院": "LOWER_HOUSE", "情報機関": "INTELLIGENCE", "情報当局": "INTELLIGENCE"}  # fmt: skip  # noqa: E501
_LABELS = {"MFA": "Ministry of Foreign Affairs", "MND": "Ministry of Defence", "PRESIDENTIAL_OFFICE": "presidential office", "TREASURY": "Ministry of Finance", "COMMERCE": "Ministry of Commerce", "UNIFICATION": "Ministry of Unification", "PARLIAMENT": "parliament", "CUSTOMS": "customs", "PROSECUTORS": "prosecutors", "STATE_DEPT": "State Department", "SENATE": "upper house", "LOWER_HOUSE": "lower house", "INTELLIGENCE": "intelligence service"}  # fmt: skip  # noqa: E501
_TAILS = ("宇宙基地", "楼上", "戦闘機", "地域", "スキ場")
_LEGAL = re.compile(
    r"(?:(?:一般|公益)(?:財団|社団)法人|独立行政法人|国立研究開発法人|学校法人|株式会社|NPO法人|特定非営利活動法人)[ 　]?$"  # noqa: E501
)
_ACRONYM = re.compile(r"[(（][A-Z][A-Za-z0-9]{1,9}[)）]")
_OFFICE_EN = {
    "最高指導者": "LEADER", "次期大統領": "PRESIDENT_ELECT", "防衛相": "DEFENCE_MINISTER", "国防長官": "DEFENCE_SECRETARY", "大使": "AMBASSADOR",  # noqa: E501
    "国務長官": "SECRETARY_OF_STATE", "首席代表": "CHIEF_DELEGATE", "特使": "ENVOY", "参謀総長": "CHIEF_OF_STAFF",
    "国家主席": "PRESIDENT", "大統領": "PRESIDENT", "首相": "PRIME_MINISTER", "外相": "FOREIGN_MINISTER", "国防相": "DEFENCE_MINISTER",  # noqa: E501
    "外務次官": "VICE_FOREIGN_MINISTER", "国連大使": "UN_AMBASSADOR", "副報道官": "SPOKESPERSON", "報道官": "SPOKESPERSON", "報道局長": "SPOKESPERSON",  # noqa: E501
    "スポークスマン": "SPOKESPERSON", "代弁人": "SPOKESPERSON", "広報官": "SPOKESPERSON", "事務総長": "SECRETARY_GENERAL", "事務局長": "DIRECTOR_GENERAL",  # noqa: E501
    "司令官": "COMMANDER",
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
    for k, mention in enumerate(mentions):
        entity = lexicon.entities.get(mention.ids[0]) or proposed.get(mention.ids[0])
        if entity is None or entity.type not in ("state", "organisation") or mention.rule in ("inner", "toward"):
            continue
        match = _OFFICE.match(text, mention.end, mention.end + 24)
        if match is None:
            bracket = _ACRONYM.match(text, mention.end)
            match = _OFFICE.match(text, bracket.end(), bracket.end() + 24) if bracket else None
        if not match or any(taken[match.start() : match.end()]):
            continue
        if text[mention.start - 1 : mention.start] == "駐":
            continue  # 駐イスラエル大使: one's own ambassador there
        if _NAMED_BEFORE.search(text, max(0, mention.start - 4), mention.start):
            continue  # 張軍国連大使 is a name with its office
        if match.group().startswith("の") and not _STANDS.match(text, match.end()):
            continue
        if len(mention.ids) > 1 and (not match["no"] or match["title"] in ("関係者", "当局者", "高官")):
            continue  # 米韓外相 are two people; 米韓の国防相 are named together
        if _NAME_FOLLOWS.match(text[match.end() : match.end() + 12]):
            continue
        code = _OFFICE_EN.get(match["title"], "OFFICIAL")
        ident = f"{'_'.join(mention.ids)}_{code}" + ("S" if len(mention.ids) > 1 else "")
        name = f"{entity.name_en}: {code.lower().replace('_', ' ')} (not named)"
        proposed.setdefault(ident, Entity(ident, "person", name, entity.country, name, proposed=True))
        forms.extend((text[mention.start : mention.end], each) for each in mention.ids)
        if match.start() > mention.end:
            forms.append((text[mention.start : match.start()], entity.id))
        start = mention.start - 2 if text[max(0, mention.start - 2) : mention.start] == "ある" else mention.start
        taken[start : match.end()] = b"\1" * (match.end() - start)
        mentions[k] = Mention(start, match.end(), (ident,), "office")


_UNNAMED = re.compile(
    r"(?<![一-鿿ァ-ヺー])(?P<some>ある|複数の|匿名の|別の)?(?P<who>(?:欧州|西側|外国|アジア|中東|政府|軍|与党|野党|外交|情報|治安|国防|党|現地|業界|労組)の?(?:外交官|外交筋|高官|当局者|関係者|消息筋|筋|幹部))(?P<many>ら|たち)?"
    r"(?=は|が|も|に|によ|と(?!し)|、|「|の(?:話|証言|説明|見方))"
)


# 欧州のある理事国の外交官, 米国のある元高官; behind them この外交官 is the same person
_UNNAMED_OF = re.compile(
    r"(?<![一-鿿ァ-ヺー])(?:欧州|西側|アジア|中東|東欧|北欧|米国|韓国|中国|ロシア|日本|国連)の(?:ある|匿名の|別の)[一-鿿]{0,8}(?:の)?(?:元|前)?(?:外交官|高官|当局者|関係者|幹部|大使)(?=は|が|も|に|によ|と(?!し)|、|「)"
)
_TAKEN_UP = re.compile(
    r"(?<![一-鿿])(?:この|その|同)(?:元|前)?(?P<title>外交官|高官|当局者|関係者|消息筋|幹部)(?=は|が|も|に|によ|と(?!し)|、|「|の(?:話|証言|説明|見方))"
)


def unnamed(
    text: str, mentions: list[Mention], proposed: dict[str, Entity], taken: bytearray, forms: list[tuple[str, str]]
) -> None:
    """Officials and diplomats of whom only the side is told (ある欧州外交官, 西側外交筋, 政府高官)."""
    known: list[tuple[int, int, str, str]] = [
        (m.start, m.end, m.ids[0], text[m.start : m.end]) for m in mentions if m.rule == "office"
    ]
    for match in _UNNAMED_OF.finditer(text):
        whole = match.group()
        name = ident(*reading(whole)) or "OFFICIALS"
        kept = [m for m in mentions if not (match.start() <= m.start < match.end())]
        if len(kept) < len(mentions) - 2 or taken[match.end() - 1]:
            continue
        mentions[:] = kept
        proposed.setdefault(name, Entity(name, "person", whole, None, "not named", proposed=True))
        mentions.append(Mention(match.start(), match.end(), (name,), "office"))
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        known.append((match.start(), match.end(), name, whole))
    for match in _UNNAMED.finditer(text):
        if taken[match.end("who") - 1]:
            continue
        who = match["who"]
        whose = next((m for m in mentions if m.end == match.start() - 1 and m.rule in ("compound", "name")), None)
        if whose and text[match.start() - 1] == "の" and len(whose.ids) > 1:  # 日米韓の外交当局者
            whole = text[whose.start : match.end()]
            name = f"{'_'.join(whose.ids)}_OFFICIALS"
            proposed.setdefault(name, Entity(name, "person", whole, None, "not named", proposed=True))
            mentions.append(Mention(whose.start, match.end(), (name,), "office"))
            forms.extend((text[whose.start : whose.end], each) for each in whose.ids)
            mentions.remove(whose)
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            continue
        name = ident(*reading(who)) or "OFFICIALS"
        proposed.setdefault(name, Entity(name, "person", who, None, "not named", proposed=True))
        mentions.append(Mention(match.start(), match.end(), (name,), "office"))
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        known.append((match.start(), match.end(), name, who))
        if match.group() != who:
            forms.append((who, name))
    for match in _TAKEN_UP.finditer(text):
        before = [k for k in known if k[1] <= match.start() and k[3].rstrip("らたち").endswith(match["title"])]
        if before and not any(taken[match.start() : match.end()]):
            mentions.append(Mention(match.start(), match.end(), (before[-1][2],), "office"))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())


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
    states = [
        (m.start, m.ids[0])
        for m in mentions
        if m.ids[0] in lexicon.states and (m.rule != "inner" or lexicon.entities[m.ids[0]].id == "USA")
    ]
    starts = [s for s, _ in states]
    longer: dict[str, list[Mention]] = {}  # 米議会, which 議会 behind it takes up
    for mention in mentions:
        of_state = mention.ids[0] in lexicon.states
        body = None if of_state else _MINISTRY_END.search(text, mention.start + 1, mention.end)
        if body:
            longer.setdefault(body.group(), []).append(mention)
    out: list[Mention] = []
    for match in _MINISTRY.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        known_bodies = longer.get(match["body"], [])
        at = bisect_left(known_bodies, match.start(), key=lambda m: m.start) - 1
        k = bisect_left(starts, match.start()) - 1
        code = _CODES.get(match["body"])
        if at >= 0 and not match["part"]:
            out.append(Mention(match.start(), match.end(), known_bodies[at].ids, "ministry"))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            continue
        if k < 0 or code is None:
            continue
        state = states[k][1]
        far = match["body"] in _AMERICAN or match.start() - states[k][0] > 60
        if match["body"] in _NEAR and state != "USA" and far:
            continue
        known = lexicon.aliases.get("米" + match["body"]) if state == "USA" else None
        ident = known or f"{state}_{code}"
        if known is None:
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


@lru_cache(maxsize=4096)
def _folded(name: str) -> Folded:
    """The folded copy of a name; the same names come again and again."""
    return fold(name)


def inner_forms(text: str, mentions: list[Mention], lexicon: Lexicon, forms: list[tuple[str, str]]) -> None:
    """Shorter lexicon names inside longer mentions, legal forms before and acronyms behind."""
    seen: set[tuple[str, str]] = set()
    for mention in mentions:
        ident = mention.ids[0]
        if len(mention.ids) != 1:
            continue
        kind = lexicon.entities[ident].type if ident in lexicon.entities else "organisation"
        shown = text[mention.start : mention.end]
        folded = _folded(shown)
        copy = folded.text
        again = (shown, ident) in seen  # the forms inside it are known
        seen.add((shown, ident))
        for i in () if again else range(len(copy)):
            for length in lexicon.starts.get(copy[i : i + 2], ()):
                form = copy[i : i + length]
                inner = lexicon.aliases.get(form)
                if inner is None or length == len(copy) or i + length > len(copy):
                    continue
                entity = lexicon.entities[inner]
                rest = copy[i + length :]
                same = i == 0 and (
                    (inner in ("UN", "UNSC") and kind in ("organisation", "agreement", "document"))
                    or (inner == ident and rest in _TAILS)
                    or (inner in ("WPK", "CCP") and kind == "organisation" and inner != ident)
                    or (entity.type == "place" and rest.startswith("の") and kind == "place")
                )
                same = same or (
                    i > 0
                    and inner == ident
                    and i + length == len(copy)
                    and not copy.endswith("条約")
                    and _STATES.fullmatch(copy[:i]) is not None
                )
                body = kind == "person" and entity.type == "organisation"
                if same or body:
                    a, b = folded.span(i, i + length)
                    part = shown[a:b]
                    if len(part) > 1 and not (b < len(shown) and "ァ" <= shown[b] <= "ヺ" and "ァ" <= part[-1] <= "ヺ"):
                        forms.append((part, inner))
                    break
        if kind == "state" and (behind := _ACRONYM.match(text, mention.end)):
            forms.append((text[mention.start : behind.end()], ident))  # アラブ首長国連邦(UAE)
        if kind == "organisation" and not again:
            _state_before(text, shown, ident, lexicon, forms)
        if kind == "organisation":
            before = _LEGAL.search(text[max(0, mention.start - 14) : mention.start])
            if before:
                forms.append((text[mention.start - len(before.group()) : mention.end], ident))
            behind = _ACRONYM.match(text, mention.end)
            if behind:
                forms.append((text[mention.start : behind.end()], ident))


def _state_before(text: str, shown: str, ident: str, lexicon: Lexicon, forms: list[tuple[str, str]]) -> None:
    """The state and its forces before the name of a body: 韓国軍合同参謀本部."""
    for k in range(2, min(8, len(shown) - 1)):
        lead, rest = shown[:k], shown[k:]
        state = lexicon.state_names.get(lead.removesuffix("軍").removesuffix("の"))
        if state and lexicon.aliases.get(key(rest)) == ident:
            if text.count(rest) > text.count(shown):  # it stands alone elsewhere
                forms.append((rest, ident))
            forms.append((lead.removesuffix("軍").removesuffix("の"), state))
            if lead.endswith("軍"):
                forms.append((lead, f"{state}_ARMED_FORCES"))
            return


_STATES = re.compile(r"[米中ロ露朝韓日ソ英仏独印南北]{2,3}")
_STATE_CHARACTER = re.compile(r"(?:[米英仏独豪印露伊加](?!国(?!防|務|家安|家情|土))|[韓中日](?![国本]))")
_PAIR = re.compile(r"[米中ロ露朝韓日ソ英仏独印台欧]{2,3}(?=条約|協定|同盟|共同|新|安保|首脳|合意|平壌|軍事|自由)")


def owner_forms(
    text: str, mentions: list[Mention], lexicon: Lexicon, proposed: dict[str, Entity], forms: list[tuple[str, str]]
) -> None:
    """The state's one character before its body (米 of 米国務省), and the states of a treaty (ソ朝 of ソ朝条約)."""
    agreements = [name for name, of in forms if _kind(of, lexicon, proposed) == "agreement"]
    for mention in mentions:
        shown = text[mention.start : mention.end]
        kind = _kind(mention.ids[0], lexicon, proposed)
        if kind == "agreement":
            agreements.append(shown)
        elif kind == "organisation" and len(shown) >= 2 and _STATE_CHARACTER.match(shown):
            entity = lexicon.entities.get(mention.ids[0]) or proposed[mention.ids[0]]
            owner = lexicon.abbreviations.get(shown[0])
            rest = shown[1:]
            own = mention.rule == "derived" or rest in words().derived_codes
            if owner and owner == entity.country and (own or lexicon.aliases.get(key(rest)) == entity.id):
                forms.append((shown[0], owner))
    for name in dict.fromkeys(agreements):
        pair = _PAIR.match(name)
        for char in pair.group() if pair else "":
            forms.append((pair.group(), "EU" if char == "欧" else lexicon.abbreviations[char]))  # type: ignore[union-attr]


def _kind(name: str, lexicon: Lexicon, proposed: dict[str, Entity]) -> str | None:
    entity = lexicon.entities.get(name) or proposed.get(name)
    return entity.type if entity else None


_CHAIR = re.compile(
    r"(?:(?<=[^一-鿿])|^)(?P<body>[一-鿿]{2,10}(?:会議|委員会|理事会|総局))(?=第?[一1]?副?(?:議長|委員長|書記|局長))"
)


def bodies_of_chairs(
    text: str, mentions: list[Mention], lexicon: Lexicon, proposed: dict[str, Entity], forms: list[tuple[str, str]]
) -> None:
    """The body inside the office of a person: メドベージェフ安全保障会議副議長 belongs to Russia's 安全保障会議."""
    for mention in mentions:
        person = lexicon.entities.get(mention.ids[0])
        if person is None or person.type != "person" or not person.country:
            continue
        match = _CHAIR.search(text, mention.start, mention.end)
        if match and key(match["body"]) not in lexicon.aliases:
            known = words().derived_codes.get(match["body"])
            code = f"{person.country}_{known[0] if known else ident(*reading(match['body']))}"
            proposed.setdefault(code, Entity(code, "organisation", match["body"], person.country, None, proposed=True))
            forms.append((match["body"], code))


def urls(text: str, taken: bytearray) -> None:
    """No name is read inside an address."""
    if not ("://" in text or "www." in text or "@" in text):
        return
    for match in re.finditer(
        r"https?://[^\s「」、。]+|www\.[^\s「」、。]+|[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]+", text
    ):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())


__all__ = [
    "bodies_of_chairs",
    "inner_forms",
    "ministries",
    "ministry_forms",
    "office_forms",
    "offices",
    "owner_forms",
    "unnamed",
    "urls",
]
