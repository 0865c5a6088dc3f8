"""Mentions: where the names of the lexicon stand, with titles, compounds and abbreviations read in context.

Rules, by the name that a mention carries:

- ``name``: a form of the lexicon, on the folded copy, with script boundaries (ラオス is not in コラオスト).
- ``titled``: a name with offices before or after it (金正恩総書記, プーティン露大統領, 北朝鮮最高指導者・金正恩総書記).
- ``family``: a family name alone, where the person stands in full elsewhere or an office follows.
- ``compound``: states joined by one-character names (米朝, 中ロ朝, 日米韓); each character is an actor.
- ``toward``: 対/親/反 with a one-character name; ``inner``: such a name inside a word (訪朝, 米軍), no surface of its own.
- ``north``: 北 for North Korea, only beside particles that a compass direction seldom takes, in a text about North Korea.
- ``derived``: a body of a state (ロシア軍, 中国外務省); ``capital``: a capital that acts as a government does.
"""  # noqa: E501

from __future__ import annotations

import re
from functools import lru_cache

from keisei.documents import offices
from keisei.documents.attached import parentheses, things
from keisei.documents.bodies import bodies
from keisei.documents.compounds import compounds, inner, north, sanctions
from keisei.documents.datelines import datelines
from keisei.documents.described import described
from keisei.documents.designations import designations
from keisei.documents.families_meant import ADMINISTRATION, OWNERS, choose, person, person_ids, short_families
from keisei.documents.found import Found
from keisei.documents.institutions import institutions, spans
from keisei.documents.lexicon import Lexicon, load
from keisei.documents.namesakes import full_names, of_another
from keisei.documents.normal import Folded, fold, is_katakana, key
from keisei.documents.records import Entity, Mention
from keisei.documents.ships import ships
from keisei.documents.words import title_after, words

_METONYM = re.compile(
    r"は|が(?!ある|開催|会場|舞台|候補|選ば)|も(?!ある)|による|とし?ては|との|に対し|から目|側|に(?:圧力|絶好|とって|譲歩|接近|すり寄|肩入れ|配慮|屈し|釘|くぎ|求め|迫|促|働きか|呼びか|抗議|反発)|を(?:[^、。はが訪]{0,8})(?:非難|批判|支持|支え|説得|怒ら|脅|警戒|無視|後押し|突き放|見捨|動か|牽制|けん制|擁護|かば|懐柔|孤立|刺激)|の(?:意図|思惑|野望|立場|戦略|軍事|核|指導|支援|外交(?!専門|筋|官|関係|当局|評論|消息|団|学)|政権|態度|姿勢|要求|狙い|返事|返答|回答|反応|政策|計算|本音|真意|出方|体制|国庫|砲弾|兵器|武器|ミサイル|軍(?!事パレード)|沈黙|国益|要請|協力|支持|同意|賛同|論理|主張|説明|関与|決断|決定|判断|顔色|懐|譲歩|約束|言い分|不満|警戒|影響力|後押し|「)"
)
_ALSO_GIVEN = ("マリ", "チャド")
_PLACE_USE = re.compile(
    r"訪問|会談|発(?![表言展])|行き|大使館|支局|で(?!は|も)|に本|から(?!目)|に到着|に(?:ある|いる|近)|を訪|へ向|に(?:招|赴|集|駐|置|本部|拠点)|空港|市|郊外|近郊|入り|滞在|での|の(?:空港|郊外|街|中心|展示|ホテル|軍事パレード)|駅|行き"
)
_SEATS = "平壌|北京|モスクワ|ワシントン|クレムリン|ソウル|東京|キーウ|テヘラン"
_JOINED = re.compile(rf"(?:と|にも|も)(?:{_SEATS})(?!で(?!は)|に(?:ある|到着|着)|を訪)")
_JOINED_BEFORE = re.compile(rf"(?:{_SEATS})(?:と|にも|も)$")
# what only a government can give, get or be dealt with: からの書簡, への圧力, とは国交を保つ
_DEALT = re.compile(
    r"から(?:の)?(?:書簡|親書|圧力|要求|要請|提案|支援|援助|技術|部品|回答|返答|譲歩|協力|同意|承認|約束|対価|見返り|資金|武器|食糧|食料|批判|警告|メッセージ|シグナル|誘い|招待|供与|保証|独立|離反|の(?:距離|自立|独立))|"
    r"への(?:圧力|配慮|接近|依存|譲歩|要求|書簡|親書|支援|支持|影響|不満|不信|打撃|牽制|けん制|警告|シグナル|メッセージ|輸出|供与|送金|派兵|傾斜|働きかけ|制裁|武器|援助|忠誠|対抗|抗議)|"
    r"と(?:は|も)?[^、。]{0,12}(?:国交|関係|同盟|条約|協定|合意|取引|交渉|対話|協議|連携|協力|対立|和解|手を(?:組|結)|歩調)|"
    r"を(?:説得|牽制|けん制|刺激|非難|批判|支援|支持|怒らせ|動かす|追い込|孤立|無視|利する|失望|安心|喜ば|慌て|突き放|見限|見捨て|引き込|取り込|後押し|締め付|罰|信頼|敵視|警戒|交渉|説き伏せ|揺さぶ|苛立|いら立|怒|訴え|名指し)|"
    r"に(?:とり|要求|要請|譲歩|警告|通告|通知|通報|伝達|打診|提案|約束|依存|頼|従|屈|傾|働きかけ|抗議|反発|支援|武器|圧|迫|求め|返答|回答|配慮|気兼ね|遠慮|すり寄|接近|不信|不満|見返り|融和)"
)
# the original behind a translated title names nobody in the text
_ORIGINAL_TITLE = re.compile(r"^[^。\n]{4,60}[(（](?P<original>[A-Z][A-Za-z’',:;?!\-–— ]{8,100})[)）]$", re.M)
# the given name of another person behind a Korean or Chinese family name
_GIVEN_BEHIND = re.compile(r" [A-Z][a-z]+(?:-[a-z]+| [A-Z][a-z]+)(?![\w])(?<! Jong Un)")
_NUMBERED = re.compile(r"[-‐‑–ー―—−]?[0-9０-９]{1,2}(?:[-‐–—―−][0-9])?(?:号|型)")
_MORE_NAME = re.compile(r"・[ァ-ヺ]| (?!Jr\b|Administration\b)[A-Z][a-zà-ž]")
_GIVEN = re.compile(r"([ァ-ヺー]{2,12})・$")
# what is named after a person is a place: 金日成広場
_AFTER = {
    "広場": "SQUARE", "総合大学": "UNIVERSITY", "大学": "UNIVERSITY", "軍事大学": "MILITARY_UNIVERSITY", "国際空港": "AIRPORT",  # noqa: E501
    "空港": "AIRPORT", "通り": "STREET", "競技場": "STADIUM", "記念館": "MEMORIAL", "廟": "MAUSOLEUM", "図書館": "LIBRARY",  # noqa: E501
}  # fmt: skip
_NAMED_AFTER = re.compile("|".join(sorted(_AFTER, key=len, reverse=True)))


def _with_office(text: str, name: str) -> bool:
    """Whether a family name stands with an office or as a government's somewhere in the text."""
    return any(
        title_after(text, m.end()) or ADMINISTRATION.match(text, m.end()) for m in re.finditer(re.escape(name), text)
    )


def _boundary(text: str, start: int, end: int) -> bool:
    """Whether a name may begin and end here: no katakana or Latin word goes on across its edges."""
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if is_katakana(first) and before and is_katakana(before):
        return False
    if is_katakana(last) and after and is_katakana(after):
        return False
    # a digit may follow a letter's word and the other way round (G20BRICS), a letter may not follow a letter
    if before and (
        (first.isascii() and first.isalpha() and before.isalpha() and before.isascii())
        or (first.isdigit() and before.isdigit())
    ):
        return False
    return not (
        after
        and (
            (last.isascii() and last.isalpha() and after.isalpha() and after.isascii())
            or (last.isdigit() and after.isdigit())
        )
    )


@lru_cache(maxsize=1)
def _first_characters() -> re.Pattern[str]:
    """The characters that a name of the lexicon may begin with."""
    return re.compile("[" + "".join(sorted({re.escape(two[0]) for two in load().starts})) + "]")


def _names(text: str, folded: Folded, lexicon: Lexicon) -> list[tuple[int, int, str, bool]]:
    """Lexicon forms on the folded copy: (start, end, folded form, whether it is a short name only)."""
    out: list[tuple[int, int, str, bool]] = []
    copy, starts, aliases, family = folded.text, lexicon.starts, lexicon.aliases, lexicon.family
    first = _first_characters()
    i, n = 0, len(copy)
    while (hit := first.search(copy, i)) is not None:
        i = hit.start()
        lengths = starts.get(copy[i : i + 2])
        if lengths:
            for length in lengths:
                form = copy[i : i + length]
                known = form in aliases
                if not (known or form in family) or i + length > n:
                    continue
                start, end = folded.span(i, i + length)
                while end < len(text) and text[end] in "ーｰ":
                    end += 1
                if form in lexicon.spelled and text[start:end] not in lexicon.spelled[form]:
                    continue
                if _boundary(text, start, end):
                    out.append((start, end, form, not known))
                    i += length - 1
                    break
        i += 1
    return out


def find(text: str, language: str) -> Found:
    """All mentions, in the order of the text, none overlapping another except those inside a longer form."""
    lexicon = load()
    found = Found()
    folded = fold(text)
    names = _names(text, folded, lexicon)
    people = person_ids(text, names, lexicon)
    taken = bytearray(len(text) + 1)
    offices.urls(text, taken)

    def claim(start: int, end: int) -> None:
        taken[start:end] = b"\1" * (end - start)

    def add(start: int, end: int, ids: tuple[str, ...], rule: str, acts: bool = True) -> None:
        found.mentions.append(Mention(start, end, ids, rule, acts))
        claim(start, end)

    if language == "ja":
        institutions(text, found, spans(text, names, lexicon), lexicon, taken)
    namesake: dict[str, bool] = {}  # once a form, not once a mention
    for start, end, form, short in names:
        if taken[start]:
            continue
        if short:
            ident = choose(form, start, people, lexicon)
            given = _GIVEN.search(text, max(0, start - 16), start)
            if given and ident and not any(name.startswith(key(given[1])[:2]) for name in full_names()[ident]):
                continue  # マーク・ハリス is not the ハリス of the lexicon
            if language == "en" and ident and ident not in people:
                if form not in namesake:
                    namesake[form] = of_another(text, text[start:end], ident, lexicon)
                if namesake[form]:
                    continue  # Andrei Kozlov is not the Kozlov of the lexicon, nor is Kozlov alone beside him
            known = ident in people or text.startswith(" administration", end)
            known = known or (language == "en" and _plain_family(ident, form, lexicon))
            if ident is None or (language == "en" and not known):
                continue
            if ident in lexicon.guarded and ident not in people:
                if _MORE_NAME.match(text, end):
                    continue  # Petro Ivanenko is not the Petro of the lexicon
                if language == "ja" and not _with_office(text, text[start:end]):
                    continue  # サドル is a saddle where no サドル師 is named
            if language == "en" and _GIVEN_BEHIND.match(text, end) and not text.startswith(" administration", end):
                continue  # Kim Un Chol is another Kim
        else:
            ident = lexicon.aliases[form]
            if form in lexicon.family and (given := _GIVEN.search(text, max(0, start - 16), start)):
                known_by = full_names().get(ident, ())
                if not any(name.startswith(key(given[1])[:2]) for name in known_by):
                    continue  # アレクセイ・コズロフ is not the コズロフ of the lexicon
        entity = lexicon.entities[ident]
        if entity.type == "person":
            named_after = _NAMED_AFTER.match(text, end) if language == "ja" else None
            if named_after:
                place = Entity(
                    f"{ident}_{_AFTER[named_after.group()]}",
                    "place",
                    text[start : named_after.end()],
                    entity.country,
                    proposed=True,
                )
                found.proposed.setdefault(place.id, place)
                add(start, named_after.end(), (place.id,), "named after", False)
                continue
            person(text, start, end, ident, language, found, add)
        elif entity.type == "state":
            if text[start:end] in _ALSO_GIVEN and "・" in (text[start - 1 : start], text[end : end + 1]):
                continue  # マリ・ルブラン
            _state(text, start, end, ident, lexicon, found, add)
        elif ident in lexicon.capitals:
            if re.match(r"(?:大学|条約|宣言|大会|五輪|オリンピック|株|証券)", text[end : end + 6]):
                continue
            acts = bool(_METONYM.match(text, end)) and not _PLACE_USE.match(text, end)
            acts = acts or bool(_DEALT.match(text, end))
            if language == "en":
                acts = _english_metonym(text, start, end)
            elif (ident in ("MOSCOW", "WASHINGTON_DC") and not _PLACE_USE.match(text, end)) or (
                _JOINED.match(text, end) or _JOINED_BEFORE.search(text, max(0, start - 7), start)
            ):
                acts = True
            state = lexicon.capitals[ident]
            if _state(text, start, end, state, lexicon, found, add, only_suffix=True):
                continue
            if text[max(0, start - 2) : start] == "首都":
                acts = False
                found.forms.extend([(text[start - 2 : end], ident), (text[start:end], ident)])
            elif owner := _owner(text, start, lexicon):
                acts = False  # 米ワシントン: the city of that state
                found.forms.extend([(text[start - 1], owner), (text[start:end], ident)])
            if acts and ident == "BRUSSELS" and ("EU" in text or "欧州連合" in text or "European Union" in text):
                state = "EU"  # the Union, not the kingdom whose capital it is
            add(start, end, (state,) if acts else (ident,), "capital", acts)
        elif (
            ident == "KREMLIN"
            and not re.search(r"\b(?:at|in|inside|outside|near) the $", text[max(0, start - 14) : start])
            and not re.match(r"で(?!は)", text[end : end + 2])
        ):
            add(start, end, ("RUS",), "capital")
        else:
            if ident == "WHITE_HOUSE" and text[end : end + 8] == "国家安全保障会議":
                add(start, end + 8, ("NSC",), "name")
                found.forms.append(("国家安全保障会議", "NSC"))
                continue
            if lexicon.abbreviations.get(text[start]) == entity.country and text[end : end + 1] in ("(", "（"):
                plain = text[start + 1 : end]
                if lexicon.aliases.get(key(plain)) == ident:
                    found.forms.append((plain, ident))  # 米国家安全保障会議(NSC) is 国家安全保障会議
            if ident == "CCP" and text[end : end + 2] == "政府":
                add(start, end + 2, ("CHN",), "name")
                found.forms.append((text[start:end], ident))
                continue
            if ident == "WEST" and text[start:end] == "西側" and text[end : end + 1] in "(（":
                continue
            if entity.type == "weapon" and _NUMBERED.match(text, end) and not text[end - 1].isdigit():
                continue  # 万里鏡2号 is another than 万里鏡: left to the designations
            if (
                entity.type == "weapon"
                and language == "ja"
                and re.search(r"[A-Za-z][-‐–]?[0-9]{1,3}[A-Z]?$", text[max(0, start - 7) : start])
            ):
                continue  # Tu-95爆撃機: the kind behind a designation
            if entity.type == "weapon" and text[end - 1].isdigit() and text[end : end + 1] in ("型", "号"):
                found.forms.append((text[start:end], ident))
                end += 1
            owner = _owner(text, start, lexicon) if entity.type == "place" else None
            if owner and owner == entity.country:
                found.forms.append((text[start - 1], owner))  # 豪シドニー
            if language == "ja" and entity.type == "place":
                part = _PART_OF_LAND.match(text, end)
                end = part.end() if part else end
            add(start, end, (ident,), "name", entity.type in ("organisation",))
    if language == "ja":
        for title in _ORIGINAL_TITLE.finditer(text):
            claim(title.start("original"), title.end("original"))
            found.mentions = [
                m for m in found.mentions if not title.start("original") <= m.start < title.end("original")
            ]
    designations(text, language, lexicon, found, taken)
    datelines(text, language, lexicon, found, taken)
    if language == "ja":
        short_families(text, people, lexicon, taken, found, add)
        compounds(text, lexicon, taken, found, add)
        inner(text, lexicon, taken, found, add)
        north(text, taken, found, add)
        sanctions(text, taken, add)
        found.mentions.sort(key=lambda m: (m.start, -m.end))
        alone = offices.ministries(text, found.mentions, lexicon, found.proposed, taken)
        offices.ministry_forms(text, alone, found.forms)
        found.mentions.extend(alone)
        found.mentions.sort(key=lambda m: (m.start, -m.end))
        bodies(text, found, taken)
        offices.offices(text, found.mentions, lexicon, found.proposed, taken, found.forms)
        offices.unnamed(text, found.mentions, found.proposed, taken, found.forms)
        offices.bodies_of_chairs(text, found.mentions, lexicon, found.proposed, found.forms)
        offices.office_forms(text, found.mentions, found.forms)
        offices.inner_forms(text, found.mentions, lexicon, found.forms)
        offices.owner_forms(text, found.mentions, lexicon, found.proposed, found.forms)
    ships(text, language, lexicon, found, taken)
    found.mentions.sort(key=lambda m: (m.start, -m.end))
    if language == "ja":
        parentheses(text, found)
        things(text, found)
        described(text, found, lexicon)
    return found


# what kind of place a name is: 広島市
_PART_OF_LAND = re.compile(r"(?:市|県|州)(?![一-鿿])")
# family names that mean one person in English news even where the text never gives the full name
_PLAIN_NAMES = (
    "TRUMP_DONALD",
    "BIDEN_JOE",
    "OBAMA_BARACK",
    "BLINKEN_ANTONY",
    "RUBIO_MARCO",
    "HEGSETH_PETE",
    "POMPEO_MIKE",
    "XI_JINPING",
    "MODI_NARENDRA",
)


def _plain_family(ident: str | None, form: str, lexicon: Lexicon) -> bool:
    if ident is None or len(lexicon.family.get(form, ())) != 1:
        return False
    country = lexicon.entities[ident].country
    return ident in _PLAIN_NAMES or (
        len(form) >= 5 and country not in ("USA", "GBR", "KOR", "PRK", "CHN", "JPN", "AUS", "CAN")
    )


def _owner(text: str, start: int, lexicon: Lexicon) -> str | None:
    """The state whose one character stands before a name (米ワシントン, 豪メルボルン)."""
    if not start or text[start - 1] not in OWNERS or (start > 1 and "一" <= text[start - 2] <= "鿿"):
        return None
    return lexicon.abbreviations.get(text[start - 1])


def _state(
    text: str, start: int, end: int, ident: str, lexicon: Lexicon, found: Found, add: object, only_suffix: bool = False
) -> bool:
    """A state's name, with what makes of it a body of the state. Returns whether anything was added."""
    w = words()
    suffix = w.state_suffix.match(text, end)
    derived = w.derived.match(text, end)
    if derived and (not suffix or derived.end() > suffix.end()):
        code, label = w.derived_codes[derived.group()]
        organisation = f"{ident}_{code}"
        entity = lexicon.entities[ident]
        found.proposed.setdefault(
            organisation, Entity(organisation, "organisation", f"{entity.name_en}: {label}", ident)
        )
        add(start, derived.end(), (organisation,), "derived")  # type: ignore[operator]
        if not only_suffix:
            found.forms.append((text[start:end], ident))
        return True
    if suffix and not (suffix.group() == "側" and text[suffix.end() : suffix.end() + 1] in "面近"):
        add(start, suffix.end(), (ident,), "name")  # type: ignore[operator]
        if suffix.group() == "政府" and not only_suffix:
            found.forms.append((text[start:end], ident))
        return True
    if only_suffix:
        return False
    add(start, end, (ident,), "name")  # type: ignore[operator]
    return True


_WITH_AND = re.compile(r"\b(?:with|against|by|between|towards?) [A-Z]\w+(?:, [A-Z]\w+)? and $")


def _english_metonym(text: str, start: int, end: int) -> bool:
    after = text[end : end + 30]
    before = text[max(0, start - 14) : start].lower()
    if re.search(
        r"\b(?:with|against|by|between|towards?|behind|urged|told|asked|accused|pressed|warned|costs?|gives?|gave|offer(?:s|ed)?|owe[sd]?|anger(?:s|ed)|irk(?:s|ed)?|alarm(?:s|ed)?|unnerve[sd]?|reassure[sd]?|embarrass(?:es|ed)|please[sd]|push(?:es|ed)?|lobbied|blame[sd]?|thanked|criticized|criticised|rebuked|pressured|convinced?|persuade[sd]?)\s+$",
        before,
    ):
        return True
    if _WITH_AND.search(text, max(0, start - 40), start):
        return True  # coordinated with Seoul and Tokyo
    if re.search(r"\b(?:in|at|from|near|outside|visited?|to)\s+(?:the\s+)?$", before):
        return False
    return bool(
        re.match(
            r"(?:'s|,\s+which\s|\s+(?:(?:later|then|now|again|still|once|instead|never|soon|also|itself|long|twice)\s+)?(?:has|had|is|was|will|would|and|said|says|may|could|can|might|should|must|did|does|also|ha)|\s+(?:(?:\w+ly|later|then|now|again|still|once|instead|never|soon|long|twice)\s+)?"
            r"(?:[a-z]+(?:ed|s)|sent|gave|took|made|got|kept|held|put|sought|won|lost|threw|broke|cut|bought|sold|met|told|paid|let|left|stood|struck|drew|began|froze|shut|built|fought|lent)\b)",
            after,
        )
    )


__all__ = ["find", "person_ids"]
