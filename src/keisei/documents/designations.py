"""Names that a pattern tells: weapons by type and number, treaties and resolutions by their endings.

- weapons: a family of missiles, rockets or satellites with its number (火星19, 北極星3型), a maker's letters with
  a number (Su-35, T-90, スホイ57). The number makes the id, so that 火星19 and Hwasong-19 are one.
- agreements: a run that ends in 条約, 協定, 議定書 and names more than its kind; resolutions with a number, and
  those that condemn or sanction a state, are documents. They are forms without a mention: states inside stay actors.
"""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.normal import key
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident
from keisei.documents.tokens import reading

_FAMILIES = {
    "火星": ("HWASONG", "Hwasong"), "北極星": ("PUKGUKSONG", "Pukguksong"), "銀河": ("UNHA", "Unha"),
    "千里馬": ("CHOLLIMA", "Chollima"), "万里鏡": ("MALLIGYONG", "Malligyong"),
    "光明星": ("KWANGMYONGSONG", "Kwangmyongsong"),
    "東風": ("DF", "DF"), "巨浪": ("JL", "JL"), "紅旗": ("HQ", "HQ"), "鷹撃": ("YJ", "YJ"), "スホイ": ("SU", "Su"),
    "ミグ": ("MIG", "MiG"), "ツポレフ": ("TU", "Tu"), "イリューシン": ("IL", "Il"), "シャヘド": ("SHAHED", "Shahed"),
    "玄武": ("HYUNMOO", "Hyunmoo"), "殲": ("J", "J"),
    "Hwasong": ("HWASONG", "Hwasong"), "Pukguksong": ("PUKGUKSONG", "Pukguksong"), "Unha": ("UNHA", "Unha"),
    "Chollima": ("CHOLLIMA", "Chollima"), "Malligyong": ("MALLIGYONG", "Malligyong"), "Shahed": ("SHAHED", "Shahed"),
    "Hyunmoo": ("HYUNMOO", "Hyunmoo"), "Dongfeng": ("DF", "DF"), "Kwangmyongsong": ("KWANGMYONGSONG", "Kwangmyongsong"),
}  # fmt: skip
_KIND = r"(?:戦闘爆撃機|戦闘機|爆撃機|輸送機|攻撃機|偵察機|戦車|自走砲|多連装ロケット砲)"
_FAMILY = re.compile(
    rf"(?P<name>{'|'.join(sorted(_FAMILIES, key=len, reverse=True))})[\-‐‑–ー―—−\s]?(?P<number>[0-9０-９]{{1,3}}(?:[-‐–—―−][0-9](?=号))?)"  # noqa: E501
    rf"(?P<more>[A-Zア-ン]{{0,2}}(?![a-z])(?:型|号)?(?:[A-Z](?![a-z]))?)(?:{_KIND})?"
)
_LETTERS = re.compile(
    r"(?<![A-Za-z0-9])(?P<name>Su|MiG|Tu|Il|An|Ka|Mi|KN|DF|JL|HQ|YJ|RS|Kh|RQ|MQ|SM|PAC|TOS|BM|Yak|FP|ATACMS|SLAM|UGM|AGM|GBU)[\-‐‑–]?(?P<number>\d{1,3})"
    r"(?P<more>[A-Z]{0,2}(?![A-Za-z0-9]))"
    rf"(?:{_KIND})?|(?<![A-Za-z0-9])(?P<letter>[BCEFJKMNPSTVX])[\-‐‑–]?(?P<digits>\d{{1,3}}[A-Z]{{0,2}})(?:{_KIND})|"
    r"(?<![A-Za-z0-9\-])(?P<dash>[BCEFHJKMPSTVXYZ])[\-‐‑–](?P<after>\d{1,3}[A-Z]{0,2})(?![A-Za-z0-9\-])(?!\s?(?:ビザ|visa))"
)
# how newspapers write it: the kind, then letters and digits without a hyphen (爆撃機B1B, 戦闘機F35)
_BEHIND_KIND = re.compile(
    r"(?:爆撃機|戦闘機|輸送機|偵察機|哨戒機|攻撃機|空中給油機|無人機|ヘリコプター|自走砲|自走榴弾砲|榴弾砲|ロケット砲|ミサイル|戦車)「?(?P<dash>[A-Z]{1,3})[\-‐‑–]?(?P<after>\d{1,3}[A-Z]?)(?![A-Za-z0-9])"
)
_ENGLISH_KIND = (
    r"(?:(?:short|medium|intermediate|long)-range |intercontinental |solid-fuel(?:led|ed)? |ballistic |cruise |hypersonic |anti-ship |surface-to-air |air defen[cs]e |multiple |stealth |surveillance |reconnaissance |patrol |transport |early[- ]warning "  # noqa: E501
    r"|maritime |spy |attack |main battle |self-propelled |refuel?ling |electronic warfare |strategic |heavy |light )*"
    r"(?:missiles?|fighters?(?: jets?)?|jets|bombers?|drones?|rockets?|howitzers?|tanks?|launchers?|submarines?|destroyers?|frigates?|helicopters?|systems?|artillery|planes?|aircraft|satellites?|torpedo(?:es)?|shells?)"  # noqa: E501
)
_ENGLISH_WEAPON = re.compile(
    rf"(?<![\w\-])(?P<name>[A-Z][a-z]+(?:[- ][A-Z][a-z]+)?-\d{{1,3}}[A-Z]?)(?= {_ENGLISH_KIND}\b)|(?<![\w\-])(?P<maker>[A-Z][a-z]{{3,}})(?= (?:drones?|missiles?|rockets?)\b)"  # noqa: E501
)
_KIND_BEHIND = re.compile(rf" {_ENGLISH_KIND}(?![\w\-])")
_ENGLISH_PACT = re.compile(
    r"(?<![\w\-])(?:(?:comprehensive|strategic|mutual|defen[cs]e|partnership|friendship|security|peace|non-aggression|cooperation|military|trade) (?:and )?){1,5}(?:treaty|pact|agreement)\b(?! talks)"  # noqa: E501
    r"|\b\d{1,3}-year (?:treaty|pact|agreement|deal)\b|\b(?:19|20)\d\d (?:nuclear |peace |trade |arms control )?(?:treaty|pact|agreement|accord|deal)\b"  # noqa: E501
    r"|\b(?:international |Western |economic |U\.S\. |US |EU |unilateral )?sanctions(?= (?:on|against|regime|relief|before|and|are|were|have|has|could|would|will|may|might|can|should|must|was|is|in|by|for|imposed|since|after|remain|remained|that|had|to)\b|[.,;])"  # noqa: E501
)
_TREATY = re.compile(
    r"(?<![一-鿿ァ-ヺーA-Za-z・])(?P<name>[一-鿿ァ-ヺーA-Z・]{3,28}?(?:条約|協定|議定書|基本合意書|共同宣言))(?![案化国])"
)
_PLAIN_TREATY = re.compile(
    r"^(?:同|新|両|旧|本|この|当該|国際|二国間|多国間|平和|軍事|安全保障|友好|同盟|防衛|休戦|停戦|通商|経済|自由貿易|包括|相互防衛|軍縮|関連|協力)+(?:的)?(?:条約|協定|議定書|共同宣言)$"
)
_RESOLUTION = re.compile(
    r"(?:国連)?(?:安全保障理事会|安保理)?(?:制裁)?決議(?:第)?\s?(?P<number>\d{3,4})号?|(?:UN |U\.N\. )?(?:Security Council )?[Rr]esolution (?P<en>\d{3,4})"  # noqa: E501
)
_NO_MAKER = frozenset(
    [
        "These",
        "Those",
        "Some",
        "Many",
        "Most",
        "More",
        "Such",
        "Both",
        "Several",
        "Other",
        "Their",
        "Fresh",
        "Enemy",
        "Attack",
        "Suicide",
        "Kamikaze",
        "Cruise",
        "Ballistic",
        "Cheap",
        "Hostile",
        "When",
        "With",
        "From",
        "Nuclear",
    ]
)
_CONDEMNING = re.compile(r"[一-鿿ァ-ヺー]{2,10}?(?:非難|制裁)決議案?(?![一-鿿])")
_ENGLISH_TREATY = re.compile(
    r"(?<!\w)(?:[A-Z][\w\-’']{1,40}\s(?:(?:of|on|and|for|the)\s)*){1,7}(?:Treaty|Pact|Accord|Convention|Protocol|Declaration|Communiqué|Communique)\b"
)


# a letter or the last character of a family's name before a number, without which there is no designation
_NUMBERED = re.compile(r"[A-Za-z火星極河馬鏡明風浪旗撃イグフンド武殲][\-‐‑–ー\s]?[0-9０-９]")


def designations(text: str, language: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """Add weapons, agreements and documents that a pattern tells."""
    for pattern in (_FAMILY, _LETTERS) if _NUMBERED.search(text) else ():
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            name, label = _weapon(match)
            entity = lexicon.entities.get(name) or Entity(name, "weapon", label, None, None, proposed=True)
            found.proposed.setdefault(entity.id, entity)
            found.mentions.append(Mention(match.start(), match.end(), (entity.id,), "designation", False))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            plain = re.sub(rf"{_KIND}$", "", match.group())
            if plain != match.group():
                found.forms.append((plain, entity.id))
    for match in _BEHIND_KIND.finditer(text) if _NUMBERED.search(text) else ():
        start, end = match.start("dash"), match.end()
        if not any(taken[start:end]):
            code = f"{match['dash']}{match['after']}"
            found.proposed.setdefault(code, lexicon.entities.get(code) or Entity(code, "weapon", code, proposed=True))
            found.mentions.append(Mention(start, end, (code,), "designation", False))
            taken[start:end] = b"\1" * (end - start)
    for match in _RESOLUTION.finditer(text) if "決議" in text or "esolution" in text else ():
        number = match["number"] or match["en"]
        _form(found, match.group(), f"UNSC_RES_{number}", "document", f"UN Security Council resolution {number}")
    if language == "ja":
        ends = {m.end: m for m in found.mentions}
        given: set[str] = set()
        for match in _TREATY.finditer(text):
            if generic := _of_states(match, ends, lexicon):
                if match["name"] not in given:
                    found.forms.append((match["name"], generic))
                    given.add(match["name"])
                continue
            if not _PLAIN_TREATY.match(match["name"]) and not any(taken[match.start() : match.end()]):
                _form(found, match["name"], _sounds(match["name"]), "agreement", match["name"])
        for match in _CONDEMNING.finditer(text) if "決議" in text else ():
            if not taken[match.start()] or not taken[match.end() - 1]:
                _form(found, match.group(), _sounds(match.group()), "document", match.group())
    else:
        _english_arms(text, lexicon, found, taken)
        for match in _ENGLISH_PACT.finditer(text):
            if not any(taken[match.start() : match.end()]):
                name = lexicon.aliases.get(key(match.group())) or ident(match.group())
                _form(found, match.group(), name, "agreement", match.group())
                if match.group().endswith(" sanctions"):
                    _form(found, "sanctions", name, "agreement", match.group())
        for match in _ENGLISH_TREATY.finditer(text):
            name = match.group().removeprefix("The ")
            if not any(taken[match.end() - len(name) : match.end()]):
                _form(found, name, ident(name), "agreement", name)


def _of_states(match: re.Match[str], ends: dict[int, Mention], lexicon: Lexicon) -> str | None:
    """The pact that a kind of pact behind its parties is (日露平和条約), where the kind has a name in the lexicon."""
    mention = ends.get(match.end("name"))
    entity = lexicon.entities.get(mention.ids[0]) if mention else None
    if mention is None or mention.start <= match.start("name") or entity is None or entity.type != "agreement":
        return None
    parties = match.string[match.start("name") : mention.start]
    return entity.id if re.fullmatch(r"[日米中露ロ朝韓ソ英仏独印豪比台越北南欧]{2,4}", parties) else None


def _english_arms(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """A maker's name or a type with its number before the kind of weapon, and the kind as a part of the longer form."""
    for match in _ENGLISH_WEAPON.finditer(text):
        name = match["name"] or match["maker"]
        start, end = match.start(), match.start() + len(name)
        if any(taken[start:end]) or key(name) in lexicon.aliases or name in lexicon.adjectives or name in _NO_MAKER:
            continue
        entity = Entity(ident(name), "weapon", name, None, None, proposed=True)
        found.proposed.setdefault(entity.id, entity)
        found.mentions.append(Mention(start, end, (entity.id,), "designation", False))
        taken[start:end] = b"\1" * (end - start)
    at = {m.start: k for k, m in enumerate(found.mentions)}
    for mention in list(found.mentions):
        weapon = found.proposed.get(mention.ids[0]) or lexicon.entities.get(mention.ids[0])
        behind = _KIND_BEHIND.match(text, mention.end) if weapon and weapon.type == "weapon" else None
        if behind:
            found.forms.append((text[mention.start : behind.end()], mention.ids[0]))
            kind = at.get(mention.end + 1)
            if kind is not None and found.mentions[kind].end == behind.end():
                inner = found.mentions[kind]  # the kind behind its name is no weapon of its own
                found.mentions[kind] = Mention(inner.start, inner.end, inner.ids, "inner", False)


def _weapon(match: re.Match[str]) -> tuple[str, str]:
    """Id and English name: HWASONG_19, Su-35."""
    groups = match.groupdict()
    family = groups.get("name")
    if family:
        number = "_".join(str(int(part)) for part in re.split(r"[-‐–—―−]", groups["number"]))
        code, label = _FAMILIES.get(family, (family.upper(), family))
        more = re.sub(r"[型号]", "", groups.get("more") or "")
        code = f"{code}{number}" if code in ("MALLIGYONG", "CHOLLIMA", "KN") else f"{code}_{number}"
        return f"{code}{_latin(more)}", f"{label}-{number}{more if more.isascii() else ''}"
    letter, digits = (groups["letter"], groups["digits"]) if groups.get("letter") else (groups["dash"], groups["after"])
    return f"{letter}{digits}", f"{letter}-{digits}"


def _latin(more: str) -> str:
    return ("_" + ident(more)) if more and not more.isascii() else more


def _sounds(name: str) -> str:
    return ident(*reading(name)) or "THING"


def _form(found: Found, surface: str, entity: str, kind: str, label: str) -> None:
    found.proposed.setdefault(entity, Entity(entity, kind, label, None, None, proposed=True))
    found.forms.append((surface, entity))


__all__ = ["designations"]
