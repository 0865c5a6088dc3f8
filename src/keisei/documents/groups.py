"""Bodies, works and papers that texts name by a description: whose they are, then what they are.

- ``groups``: people of a state, a land or a body (北朝鮮の溶接工たち, IAEAの査察官, 欧州の外交官);
- ``works``: what is built at a place (グダニスクの造船所, ワルシャワ中央駅), lands by direction (西シベリア);
- ``makers``: a company behind its trade (フランスの核燃料大手オラノ, ロシア国営ガスプロム);
- ``papers``: reports, memoranda, contracts, embargoes, packages of sanctions, plans by their author (エルドリッジ案).

All are forms without a mention: the names inside stay what acts. Each is proposed under an id made of owner and kind,
so that the long and the short form are one.
"""

from __future__ import annotations

import re

from keisei.documents.built import NAME, country_of, hide, made_arms, makers, works
from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.normal import key
from keisei.documents.papers import add_form, kind_of_entity, papers, sounds, titles
from keisei.documents.records import Mention

# who a group may be; those of the second list are seldom named again without their owner
_MEMBERS = (
    "溶接工|作業員|技術者|科学者|研究者|専門家|査察官|査察団|監視団|調査団|軍事顧問団?|教官|医師団|義勇兵|傭兵|捕虜|工兵|砲兵|将兵|将校|派遣部隊|建設部隊|砲兵部隊|特殊作戦部隊|サイバー部隊|"
    "ハッカー集団|ハッカー|情報技術者|IT技術者|IT労働者|出稼ぎ労働者|建設労働者|派遣労働者|船員|漁民|脱北者|亡命者|難民|移民|商人|貿易商|投資家|造船会社|海運会社|貿易会社|石油会社|軍需企業|防衛企業|国営企業|"
    "民間企業|シンクタンク|両替業者|店頭両替業者|金融業者|仲介業者|密輸業者|ブローカー|フロント企業|ペーパーカンパニー|軍需部門|情報当局|治安当局|捜査当局|税関当局|国連代表部|代表部|通商代表部"
)
# words too common to be a name without their owner
_COMMON = ("専門家", "研究者", "科学者", "技術者", "商人", "貿易商", "難民", "移民", "船員", "投資家", "住民", "脱北者")
_GUESTS = "外交官|代表団|使節団|経済使節団|訪問団|議員団|視察団|選手団|応援団|観光客|旅行者|留学生|住民|銀行|保険会社|将官|工作員|外交団|財界|経済界|建設現場|国民|船舶|貨物船|タンカー|漁船|船(?!舶)|合弁企業"  # noqa: E501
_GROUP = re.compile(
    rf"(?:の(?:大手|主要|国有|国営|地方|中小|民間)?)?(?P<kind>(?P<own>{_MEMBERS})|(?:{_GUESTS}))(?P<many>たち|ら(?!れ|し|ず|ぬ|ない))?(?!「|[一-鿿ァ-ヺー](?<![約数計]))"
)
_ABROAD = re.compile(rf"(?<![{NAME}])(?:外国|各国|第三国|第3国|周辺国|友好国|欧州|西側)(?=の(?:{_MEMBERS}|{_GUESTS}))")
# 北朝鮮から労働者2万人を受け入れる: whose they are stands before から
_SENT = re.compile(
    r"から(?:の|、)?(?:[^。、「」]{0,6}の)?(?P<kind>労働者|兵士|工兵|部隊|技術者|観光客|作業員|建設部隊)(?=[0-9０-９約数を]|[一二三四五六七八九十百千万]+人)"
)
_AND_SENT = re.compile(
    r"[0-9０-９,万千百余約]+人と(?P<kind>[一-鿿]{0,4}(?:部隊|労働者|工兵|兵士|技術者|作業員))(?=[0-9０-９約数])"
)


def find(text: str, found: Found, lexicon: Lexicon) -> None:
    """Add all of them to what was found."""
    owners = [m for m in found.mentions if len(m.ids) == 1 and m.rule not in ("toward",)]
    _groups(text, found, lexicon, owners)
    works(text, found, lexicon, owners)
    makers(text, found, lexicon, owners)
    _bare(text, found)
    _western(text, found)
    _bodies(text, found, lexicon)
    _letters(text, found, lexicon)
    _short_bodies(text, found)
    _articles(text, found, lexicon)
    papers(text, found, lexicon)
    _peninsula(text, found)
    titles(text, found)
    made_arms(text, found, lexicon)
    hide(text, found, lexicon)


def _groups(text: str, found: Found, lexicon: Lexicon, owners: list[Mention]) -> None:
    spans = [
        (m.start, _closed(text, m.end), m.ids[0], country_of(m, found, lexicon))
        for m in owners
        if kind_of_entity(m.ids[0], found, lexicon) in ("state", "organisation", "place")
    ]
    ends = {m.end: m.start for m in owners if kind_of_entity(m.ids[0], found, lexicon) == "place"}
    spans += [(m.start(), m.end(), sounds(m.group()), None) for m in _ABROAD.finditer(text)]
    for start, end, owner, country in spans:
        match = _GROUP.match(text, end)
        if match:
            name = f"{owner}_{sounds(match['kind'])}"
            whole = text[start : match.end("kind")]
            add_form(found, whole, name, "organisation", country)
            if match["many"]:
                add_form(found, whole + match["many"], name, "organisation", country)
            seat = ends.get(start - 1) if start and text[start - 1] == "の" else None
            if seat is not None and match["kind"] in ("外交官", "労働者", "代表部", "国連代表部"):
                add_form(found, text[seat : match.end("kind")], name, "organisation", country)
            if match["own"] and match.group().startswith("の") and match["kind"] not in _COMMON:
                add_form(found, match["kind"], name, "organisation", country)
        sent = _SENT.match(text, end)
        if sent:
            add_form(found, sent["kind"], f"{owner}_{sounds(sent['kind'])}", "organisation", country)
    known = {form for form, _ in found.forms}
    for match in _AND_SENT.finditer(text):
        before = re.search(r"([一-鿿]{2,6})$", text[max(0, match.start() - 6) : match.start()])
        kinds = [match["kind"]] + ([before[1]] if before and re.search(r"兵|隊|者|員$", before[1]) else [])
        for kind in kinds:
            if kind not in known:
                known.add(kind)
                add_form(found, kind, f"SENT_{sounds(kind)}", "organisation")


# who these are needs no owner in a text about North Korea
_BARE = re.compile(
    r"(?<![一-鿿ァ-ヺーA-Za-z])(?:同じ)?(?P<kind>特殊部隊|派遣部隊|ハッカー集団|ハッカー部隊|サイバー部隊|IT労働者|IT技術者|IT人材|派遣労働者|出稼ぎ労働者|軍需部門|建設部隊|工兵部隊)(?=[はがのをにとも、へで]|約?[0-9０-９]|から)"
)


def _bare(text: str, found: Found) -> None:
    """Soldiers, hackers and workers sent abroad, named without their state where the text is about North Korea."""
    if text.count("北朝鮮") < 3:
        return
    known = {form for form, _ in found.forms}
    for match in _BARE.finditer(text):
        if match["kind"] not in known and not re.search(
            r"(?:韓国|米|ロシア|ウクライナ)軍?の?$", text[max(0, match.start() - 8) : match.start()]
        ):
            known.add(match["kind"])
            add_form(found, match["kind"], f"PRK_{sounds(match['kind'])}", "organisation", "PRK")


_WESTERN = re.compile(
    r"(?<![一-鿿])(?P<who>欧米|西側|外国)(?:の)?(?P<kind>企業|諸国|各国|金融機関|投資家|専門家|当局|情報機関)"
)


_MEMBER_STATES = re.compile(r"(?P<all>全)?加盟国(?=[はがのをにでもと、]|から|へ)")
_LANDS = re.compile(
    r"(?<![一-鿿ァ-ヺー])(?:東南アジア|南アジア|中央アジア|北東アジア|東アジア|アジア|アフリカ|サヘル|中東|湾岸|アラブ|イスラム|欧州|東欧|南欧|北欧|中南米|南米|カリブ|"
    r"太平洋島しょ|太平洋島嶼|バルト|バルカン|西バルカン|途上|新興|先進|非同盟|同盟|友好|周辺|近隣|産油|参加|理事)(?:諸国|各国)"
)
_AUTHORITIES = re.compile(r"(?<![一-鿿ァ-ヺー])(?:地方|地元|現地|治安|捜査|司法|税関|国境|占領|自治)当局(?![一-鿿])")
_TOWARD_SANCTIONS = re.compile(
    r"対(?P<who>[ロ露中米北朝]|[一-鿿ァ-ヺー]{2,6}?)(?:経済|独自|追加)?制裁(?![一-鿿](?<![措を]))"
)
_TOWARD_RESOLUTION = re.compile(
    r"対(?P<who>[ロ露中米北朝]|[一-鿿ァ-ヺー]{2,6}?)(?:追加)?(?:制裁|非難)?決議案?(?![一-鿿](?<![採違可否草]))"
)
_ALLIES = re.compile(r"(?<![一-鿿ァ-ヺー])同盟(?:諸)?国(?=[はがのをにとでもへ、]|など|から)")
_ARSENAL = re.compile(r"核・ミサイル")
_PANEL = re.compile(r"(?:国連安保理|安保理|国連安全保障理事会|国連)の専門家パネル")
_ABDUCTED = re.compile(r"拉致被害者(?P<kin>の家族(?P<many>ら|たち)?)?")


def _bodies(text: str, found: Found, lexicon: Lexicon) -> None:
    """Members of a union, lands of a region, authorities of a place, sanctions by their target."""
    if "加盟国" in text and ("国連" in text or "安保理" in text):
        for match in _MEMBER_STATES.finditer(text):
            for form in dict.fromkeys((match.group(), "加盟国")):
                add_form(found, form, "UN_MEMBERS", "organisation")
    if "国連安保理" in text or "国連安全保障理事会" in text:
        found.forms.append(("国連", "UN"))
    if "安保理決議" in text:
        found.forms.append(("安保理", "UNSC"))
    for match in _LANDS.finditer(text):
        known = lexicon.aliases.get(key(match.group()))
        if known is None:
            add_form(found, match.group(), sounds(match.group()), "organisation")
    for match in _AUTHORITIES.finditer(text) if "当局" in text else ():
        add_form(found, match.group(), sounds(match.group()), "organisation")
    for match in _TOWARD_SANCTIONS.finditer(text) if "制裁" in text else ():
        who = match["who"]
        state = lexicon.abbreviations.get(who) or lexicon.state_names.get(who)
        if state:
            code = "UN_SANCTIONS" if state == "PRK" else f"{state}_SANCTIONS"
            entity = lexicon.entities.get(code)
            add_form(found, match.group(), code, entity.type if entity else "agreement")
    for match in _TOWARD_RESOLUTION.finditer(text) if "決議" in text else ():
        state = lexicon.abbreviations.get(match["who"]) or lexicon.state_names.get(match["who"])
        if state:
            add_form(
                found, match.group(), f"{state}_{'DRAFT' if match.group().endswith('案') else 'RESOLUTION'}", "document"
            )
    for match in _ALLIES.finditer(text) if "同盟" in text else ():
        add_form(found, match.group(), "ALLIES", "organisation")
    if _ARSENAL.search(text):
        add_form(found, "核・ミサイル", "NUCLEAR_MISSILES", "weapon")
        for k, mention in enumerate(found.mentions):
            if text.startswith("核・ミサイル", mention.start - 2) and text[mention.start : mention.end] == "ミサイル":
                found.mentions[k] = Mention(mention.start, mention.end, mention.ids, "inner", False)
    for match in _PANEL.finditer(text) if "専門家パネル" in text else ():
        found.forms.append((match.group(), "UN_PANEL"))
    for match in _ABDUCTED.finditer(text) if "拉致被害者" in text else ():
        add_form(found, "拉致被害者", "ABDUCTEES", "person")
        if match["kin"]:
            for form in dict.fromkeys((match.group(), match.group().rstrip("らたち"))):
                add_form(found, form, "ABDUCTEE_FAMILIES", "organisation")


_LETTER = re.compile(r"(?:の)(?P<core>親書|書簡|回顧録|自伝)(?![一-鿿])")
_STATEMENT = re.compile(r"(?P<core>談話|演説|声明|論文|発言録)(?=(?:を|は|が|の|に|で|と)(?!出|発表))")
_WITH = re.compile(
    r"との(?P<core>(?:基本|友好|平和|国境|漁業|租税|投資|貿易|通商|自由貿易|軍事|防衛|安保|安全保障|相互防衛|戦略)(?:協力|条約|協定|合意)(?:条約|協定)?)(?![一-鿿])"
)


def _letters(text: str, found: Found, lexicon: Lexicon) -> None:
    """Letters and statements by whose they are (トランプ氏の親書), and treaties by with whom (韓国との基本条約)."""
    for mention in list(found.mentions):
        if len(mention.ids) != 1 or mention.rule == "inner":
            continue
        kind = kind_of_entity(mention.ids[0], found, lexicon)
        shown = text[mention.start : mention.end]
        if kind == "person":
            match = _LETTER.match(text, mention.end) or _STATEMENT.match(text, mention.end)
            if match and len(shown) >= 2:
                code = f"{mention.ids[0]}_{sounds(match['core'])}"
                add_form(found, shown + match.group(), code, "document")
                if match.re is _LETTER:
                    add_form(found, match["core"], code, "document")
        elif kind == "state":
            match = _WITH.match(text, mention.end)
            if match and re.search(r"条約|協定|合意", match["core"]):
                code = f"{mention.ids[0]}_{sounds(match['core'])}"
                add_form(found, shown + match.group(), code, "agreement")
                add_form(found, match["core"], code, "agreement")


def _western(text: str, found: Found) -> None:
    """欧米企業, 西側の情報機関: of the West, but not the West itself."""
    for match in _WESTERN.finditer(text):
        if match["kind"] in ("諸国", "各国"):
            continue
        add_form(found, match.group(), f"WESTERN_{sounds(match['kind'])}", "organisation")
        for k, mention in enumerate(found.mentions):
            if mention.start == match.start() and mention.ids == ("WEST",) and match.group()[len(match["who"])] != "の":
                found.mentions[k] = Mention(mention.start, mention.end, mention.ids, "inner", mention.acts)


# a body by the last part of its name, once it has been named in full: (short form, what must stand in the text, id)
_SHORT_BODIES = (
    (
        re.compile(r"(?<![一-鿿ァ-ヺー])理事会(?=[はがのをにでも、])"),
        ("安全保障理事会",),
        ("欧州理事会", "人権理事会", "IAEA理事会", "定例理事会"),
        "UNSC",
    ),
    (re.compile(r"(?<![一-鿿ァ-ヺー])(?:同)?パネル(?=[はがのをにでも、])"), ("専門家パネル",), (), "UN_PANEL"),
    (re.compile(r"(?<![一-鿿ァ-ヺー])同チーム(?=[はがのをにでも、])"), ("制裁監視チーム",), (), "MSMT"),
    (re.compile(r"(?<![一-鿿ァ-ヺー])(?:同)?機関(?=[はが、])"), ("国際原子力機関",), (), "IAEA"),
    (re.compile(r"国連の専門家パネル"), ("国連の専門家パネル",), (), "UN_PANEL"),
)


def _short_bodies(text: str, found: Found) -> None:
    """理事会 for the Security Council and パネル for the panel of experts, where no other of the kind is named."""
    taken = {(m.start, m.end) for m in found.mentions}
    for pattern, needs, others, name in _SHORT_BODIES:
        if not any(n in text for n in needs) or any(o in text for o in others):
            continue
        first = min(text.find(n) for n in needs if n in text)
        for match in pattern.finditer(text, first):
            if name == "IAEA" and not match.group().startswith("同"):
                continue
            if match.group().startswith("国連の"):
                found.forms.append((match.group(), name))
            elif (match.start(), match.end()) not in taken:
                found.mentions.append(Mention(match.start(), match.end(), (name,), "short"))


_ARTICLE = re.compile(r"(?:第[0-9０-９一二三四五六七八九十]{1,3}条)(?:第[0-9０-９一二三四五六七八九十]{1,3}項)?")


def _articles(text: str, found: Found, lexicon: Lexicon) -> None:
    """An article behind the document it stands in (国連憲章第51条)."""
    for mention in found.mentions if "条" in text else ():
        if text.startswith("第", mention.end) and kind_of_entity(mention.ids[0], found, lexicon) in (
            "document",
            "agreement",
        ):
            match = _ARTICLE.match(text, mention.end)
            if match:
                found.forms.append((text[mention.start : match.end()], mention.ids[0]))
    for match in re.finditer(r"対北(?!京|方|部|海|欧|米)(?:朝鮮)?", text) if "対北" in text else ():
        found.forms.append((match.group(), "PRK"))
    for mention in found.mentions:
        if not text.startswith(("朝鮮労働党", "中国共産党"), mention.start):
            continue
        shown = text[mention.start : mention.end]
        party = re.match(r"(?:朝鮮労働党|中国共産党)(?=.{4,})", shown)
        if party and mention.ids[0] not in ("WPK", "CCP"):
            entity = lexicon.entities.get(mention.ids[0])
            if entity is not None and entity.type == "organisation" and party.end() < len(shown):
                found.forms.append((shown[party.end() :], mention.ids[0]))


def _closed(text: str, end: int) -> int:
    """The end of a name with its acronym in brackets (国際原子力機関(IAEA)の査察官)."""
    bracket = re.compile(r"[(（][A-Z][A-Za-z]{1,9}[)）]").match(text, end)
    return bracket.end() if bracket else end


def _peninsula(text: str, found: Found) -> None:
    """半島 alone in a text about the Korean peninsula."""
    if "朝鮮半島" in text and re.search(r"(?<![一-鿿ァ-ヺー])半島(?=[のはがをにで情])", text):
        found.forms.append(("半島", "KOREAN_PENINSULA"))


__all__ = ["find", "hide"]
