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

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.normal import key
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident
from keisei.documents.tokens import reading

_NAME = "一-鿿々ァ-ヺーA-Za-z0-9"
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
_ABROAD = re.compile(rf"(?<![{_NAME}])(?:外国|各国|第三国|第3国|周辺国|友好国|欧州|西側)(?=の(?:{_MEMBERS}|{_GUESTS}))")
# 北朝鮮から労働者2万人を受け入れる: whose they are stands before から
_SENT = re.compile(
    r"から(?:の|、)?(?:[^。、「」]{0,6}の)?(?P<kind>労働者|兵士|工兵|部隊|技術者|観光客|作業員|建設部隊)(?=[0-9０-９約数を]|[一二三四五六七八九十百千万]+人)"
)
_AND_SENT = re.compile(
    r"[0-9０-９,万千百余約]+人と(?P<kind>[一-鿿]{0,4}(?:部隊|労働者|工兵|兵士|技術者|作業員))(?=[0-9０-９約数])"
)

_BUILT = (
    "造船所|無人機工場|兵器工場|軍需工場|戦車工場|弾薬工場|工場|実験用軽水炉|軽水炉|原子炉|濃縮施設|再処理施設|核施設|軍事施設|核実験場|試験場|射撃場|弾薬庫|空軍基地|海軍基地|潜水艦基地|飛行場|"
    "中央駅|国境検問所|検問所|大使館|総領事館|領事館|製油所|製鉄所|水力発電所|火力発電所|原子力発電所|原発|発電所|刑務所|収容所|炭鉱|鉱山|展示場|会議場|迎賓館|別荘|博物館|墓地|軍事学校|スキー場|観光地区|工業団地|経済特区|特区|"
    "自由貿易区|保税区|国際空港|空港|大橋|鉄橋|新港|ターミナル|精錬所|備蓄基地|レーダー施設|射爆場|演習場"
)
_MEGAWATT = r"(?:[0-9０-９]+(?:メガワット|キロワット|万キロワット))?"
_OF_PLACE = re.compile(rf"の(?P<what>{_MEGAWATT}[一-鿿ァ-ヺー]{{0,6}}?(?:{_BUILT}))(?![{_NAME}])")
_AT_PLACE = re.compile(
    rf"(?P<what>[一-鿿]{{0,4}}?(?:{_BUILT}))(?P<after>にある(?P<more>[一-鿿ァ-ヺー]{{0,6}}(?:{_BUILT})))?(?![{_NAME}])"
)
_DIRECTION = re.compile(r"(?:(?<=[^一-鿿])|^)(?:[東西南北]|北東|北西|南東|南西)$")

_TRADE = re.compile(
    r"(?:の)?(?P<trade>国営|国有|政府系|民間|[一-鿿ァ-ヺー]{1,8}?(?:大手|最大手|メーカー|企業|財閥|会社|商社|ファンド))(?:の)?「?(?P<name>[ァ-ヺー・]{3,20}|[A-Z][A-Za-z&.]{2,15})(?![一-鿿ァ-ヺー・])"
)

_OWN_KIND = r"(?:最初の|最後の|前回の|今回の|第[0-9０-９一二三四五六七八九十]{1,2}[回次]の?|[0-9０-９]{1,2}回目の|初の|新たな|最終|中間|年次|定例|共同|公式の?|内部|機密|最新の|年次の)*"  # noqa: E501
_REPORT = re.compile(rf"(?<![一-鿿])(?P<how>{_OWN_KIND})(?P<core>報告書|白書)(?![一-鿿])")
_PACT = re.compile(
    r"(?<![一-鿿])(?P<core>(?:了解)?覚書|共同声明|共同宣言|共同コミュニケ|共同文書|合意文書|共同報道文|議定書)(?![一-鿿]|[をも](?:出さ|発表し(?:な|ないこ)|発表せ|採択せ|まとめ(?:ず|な|られ)))"
)
_BINDING = re.compile(
    r"「(?P<name>[^「」。、\n]{2,24}(?P<core>覚書|協定|合意|議定書|対話|宣言|構想|ドクトリン|原則|憲章|プロセス|イニシアチブ|ロードマップ|行動計画|カ年計画|共同体|条約|枠組み))」"
)
_NAMED_PAPER = re.compile(
    r"「(?P<name>[^「」。、\n]{2,30}(?:レポート|白書|報告書|年鑑|アウトルック|戦略|ペーパー|ブリーフ)(?:[ 　]?(?:[0-9]{4}(?:年版)?|No\.? ?[0-9]+))?)」"  # noqa: E501
)
_CONTRACT = re.compile(
    r"第[0-9一二三四五六七八九十]{1,2}次(?:契約|合意|協定)(?![一-鿿])|(?P<core>(?:売買|開発|供給|調達|輸出|輸入|供与|購入|建設|採掘)契約)(?![一-鿿])"
)
_EMBARGO = re.compile(r"(?P<core>(?:(?:包括的な|全面)?(?:武器|石油|原油|石炭|穀物))?禁輸)(?:措置)?(?![品対])")
_EMBARGOED = re.compile(r"[一-鿿ァ-ヺー]{1,8}(?:と[一-鿿ァ-ヺー]{1,8})?の$")
_PACKAGE = re.compile(
    r"(?P<of>(?:対[一-鿿ロァ-ヺー]{1,6})?(?:追加)?制裁(?:パッケージ)?(?:の)?)?(?P<core>第[0-9０-９一二三四五六七八九十]{1,3}弾)(?![一-鿿])"
)
_SANCTION_KINDS = re.compile(r"(?<![一-鿿ァ-ヺー])(?:二次|2次)制裁(?![一-鿿](?<![措を]))")
_PLAN = re.compile(
    r"(?<![一-鿿ァ-ヺー])(?P<name>(?:[0-9０-９]|[二三四五])段階(?:論|案|構想|提案)|[0-9０-９]{1,2}項目の?(?:提案|計画|和平案))(?![一-鿿])"
)
_READOUT = re.compile(r"(?P<name>(?:首脳)?(?:会談|会見|協議|電話)の要旨)")
_LAW = re.compile(
    r"(?P<core>(?:改正|特措|基本|禁止|規制|管理|制裁|安全|保安|保護|促進|対策|防止|授権|関係|特別|支援|貸与|人権|統制|強化|再建|教育|排斥|確保)法案?)(?![一-鿿])"
)
# what may stand before the last word of such a name, up to where it begins
_LEAD = re.compile(r"(?<![一-鿿ァ-ヺー])[一-鿿ァ-ヺー・]{1,16}$")


def find(text: str, found: Found, lexicon: Lexicon) -> None:
    """Add all of them to what was found."""
    owners = [m for m in found.mentions if len(m.ids) == 1 and m.rule not in ("toward",)]
    _groups(text, found, lexicon, owners)
    _works(text, found, lexicon, owners)
    _makers(text, found, lexicon, owners)
    _bare(text, found)
    _western(text, found)
    _bodies(text, found, lexicon)
    _letters(text, found, lexicon)
    _short_bodies(text, found)
    _articles(text, found, lexicon)
    _papers(text, found, lexicon)
    _peninsula(text, found)
    _titles(text, found)
    _made(text, found, lexicon)
    hide(text, found, lexicon)


def _type(name: str, found: Found, lexicon: Lexicon) -> str | None:
    entity = lexicon.entities.get(name) or found.proposed.get(name)
    return entity.type if entity else None


def _sounds(name: str) -> str:
    return ident(*reading(name)) or "THING"


def _form(found: Found, surface: str, name: str, kind: str, country: str | None = None) -> None:
    found.proposed.setdefault(name, Entity(name, kind, surface, country, None, proposed=True))
    found.forms.append((surface, name))


def _country(mention: Mention, found: Found, lexicon: Lexicon) -> str | None:
    entity = lexicon.entities.get(mention.ids[0]) or found.proposed.get(mention.ids[0])
    return entity.country if entity else None


def _groups(text: str, found: Found, lexicon: Lexicon, owners: list[Mention]) -> None:
    spans = [
        (m.start, _closed(text, m.end), m.ids[0], _country(m, found, lexicon))
        for m in owners
        if _type(m.ids[0], found, lexicon) in ("state", "organisation", "place")
    ]
    ends = {m.end: m.start for m in owners if _type(m.ids[0], found, lexicon) == "place"}
    spans += [(m.start(), m.end(), _sounds(m.group()), None) for m in _ABROAD.finditer(text)]
    for start, end, owner, country in spans:
        match = _GROUP.match(text, end)
        if match:
            name = f"{owner}_{_sounds(match['kind'])}"
            whole = text[start : match.end("kind")]
            _form(found, whole, name, "organisation", country)
            if match["many"]:
                _form(found, whole + match["many"], name, "organisation", country)
            seat = ends.get(start - 1) if start and text[start - 1] == "の" else None
            if seat is not None and match["kind"] in ("外交官", "労働者", "代表部", "国連代表部"):
                _form(found, text[seat : match.end("kind")], name, "organisation", country)
            if match["own"] and match.group().startswith("の") and match["kind"] not in _COMMON:
                _form(found, match["kind"], name, "organisation", country)
        sent = _SENT.match(text, end)
        if sent:
            _form(found, sent["kind"], f"{owner}_{_sounds(sent['kind'])}", "organisation", country)
    known = {form for form, _ in found.forms}
    for match in _AND_SENT.finditer(text):
        before = re.search(r"([一-鿿]{2,6})$", text[max(0, match.start() - 6) : match.start()])
        kinds = [match["kind"]] + ([before[1]] if before and re.search(r"兵|隊|者|員$", before[1]) else [])
        for kind in kinds:
            if kind not in known:
                known.add(kind)
                _form(found, kind, f"SENT_{_sounds(kind)}", "organisation")


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
            _form(found, match["kind"], f"PRK_{_sounds(match['kind'])}", "organisation", "PRK")


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
                _form(found, form, "UN_MEMBERS", "organisation")
    if "国連安保理" in text or "国連安全保障理事会" in text:
        found.forms.append(("国連", "UN"))
    if "安保理決議" in text:
        found.forms.append(("安保理", "UNSC"))
    for match in _LANDS.finditer(text):
        known = lexicon.aliases.get(key(match.group()))
        if known is None:
            _form(found, match.group(), _sounds(match.group()), "organisation")
    for match in _AUTHORITIES.finditer(text) if "当局" in text else ():
        _form(found, match.group(), _sounds(match.group()), "organisation")
    for match in _TOWARD_SANCTIONS.finditer(text) if "制裁" in text else ():
        who = match["who"]
        state = lexicon.abbreviations.get(who) or lexicon.state_names.get(who)
        if state:
            code = "UN_SANCTIONS" if state == "PRK" else f"{state}_SANCTIONS"
            entity = lexicon.entities.get(code)
            _form(found, match.group(), code, entity.type if entity else "agreement")
    for match in _TOWARD_RESOLUTION.finditer(text) if "決議" in text else ():
        state = lexicon.abbreviations.get(match["who"]) or lexicon.state_names.get(match["who"])
        if state:
            _form(
                found, match.group(), f"{state}_{'DRAFT' if match.group().endswith('案') else 'RESOLUTION'}", "document"
            )
    for match in _ALLIES.finditer(text) if "同盟" in text else ():
        _form(found, match.group(), "ALLIES", "organisation")
    if _ARSENAL.search(text):
        _form(found, "核・ミサイル", "NUCLEAR_MISSILES", "weapon")
        for k, mention in enumerate(found.mentions):
            if text.startswith("核・ミサイル", mention.start - 2) and text[mention.start : mention.end] == "ミサイル":
                found.mentions[k] = Mention(mention.start, mention.end, mention.ids, "inner", False)
    for match in _PANEL.finditer(text) if "専門家パネル" in text else ():
        found.forms.append((match.group(), "UN_PANEL"))
    for match in _ABDUCTED.finditer(text) if "拉致被害者" in text else ():
        _form(found, "拉致被害者", "ABDUCTEES", "person")
        if match["kin"]:
            for form in dict.fromkeys((match.group(), match.group().rstrip("らたち"))):
                _form(found, form, "ABDUCTEE_FAMILIES", "organisation")


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
        kind = _type(mention.ids[0], found, lexicon)
        shown = text[mention.start : mention.end]
        if kind == "person":
            match = _LETTER.match(text, mention.end) or _STATEMENT.match(text, mention.end)
            if match and len(shown) >= 2:
                code = f"{mention.ids[0]}_{_sounds(match['core'])}"
                _form(found, shown + match.group(), code, "document")
                if match.re is _LETTER:
                    _form(found, match["core"], code, "document")
        elif kind == "state":
            match = _WITH.match(text, mention.end)
            if match and re.search(r"条約|協定|合意", match["core"]):
                code = f"{mention.ids[0]}_{_sounds(match['core'])}"
                _form(found, shown + match.group(), code, "agreement")
                _form(found, match["core"], code, "agreement")


def _western(text: str, found: Found) -> None:
    """欧米企業, 西側の情報機関: of the West, but not the West itself."""
    for match in _WESTERN.finditer(text):
        if match["kind"] in ("諸国", "各国"):
            continue
        _form(found, match.group(), f"WESTERN_{_sounds(match['kind'])}", "organisation")
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
        if text.startswith("第", mention.end) and _type(mention.ids[0], found, lexicon) in ("document", "agreement"):
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


def _works(text: str, found: Found, lexicon: Lexicon, owners: list[Mention]) -> None:
    starts = {m.start for m in found.mentions}
    for mention in owners:
        place = _type(mention.ids[0], found, lexicon) == "place" or mention.rule == "capital"
        if not place or mention.rule == "inner":
            continue
        match = _OF_PLACE.match(text, mention.end)
        country = _country(mention, found, lexicon)
        shown = text[mention.start : mention.end]
        if match and match.start("what") not in starts:
            name = f"{mention.ids[0]}_{_sounds(match['what'])}"
            _form(found, shown + match.group(), name, "place", country)
            _form(found, match["what"], name, "place", country)
        beside = _AT_PLACE.match(text, mention.end)
        if beside and beside["what"] and shown + beside["what"] not in lexicon.aliases:
            part = f"{mention.ids[0]}_{_sounds(beside['what'])}"
            region = beside["what"].endswith(("特区", "工業団地", "観光地区"))
            known = mention.ids[0] if region else lexicon.aliases.get(key(shown + beside["what"]), part)
            _form(found, shown + beside["what"], known, "place", country)
            if beside["more"]:
                _form(found, beside["more"], f"{mention.ids[0]}_{_sounds(beside['more'])}", "place", country)
        before = _DIRECTION.search(text[max(0, mention.start - 3) : mention.start])
        if before and _type(mention.ids[0], found, lexicon) == "place" and mention.rule != "capital":
            whole = before.group() + shown
            if len(shown) >= 3 and not shown.startswith(("東", "西", "南", "北")):
                _form(found, whole, f"{mention.ids[0]}_{_sounds(before.group())}_SIDE", "place", country)


def _makers(text: str, found: Found, lexicon: Lexicon, owners: list[Mention]) -> None:
    at = {m.start: m for m in found.mentions}
    for mention in owners:
        if _type(mention.ids[0], found, lexicon) != "state" or mention.rule == "inner":
            continue
        match = _TRADE.match(text, mention.end)
        if match is None:
            continue
        inner = at.get(match.start("name"))
        if inner is not None and _type(inner.ids[0], found, lexicon) != "organisation":
            continue
        if inner is not None:
            found.forms.append((text[mention.start : inner.end], inner.ids[0]))
            continue
        name = _sounds(match["name"])
        for form in (text[mention.start : match.end("name")], match["name"]):
            if "「" not in form:
                _form(found, form, name, "organisation", mention.ids[0])


def _papers(text: str, found: Found, lexicon: Lexicon) -> None:
    numbered_reports = re.search(r"(?:最初の|最後の|第[0-9０-９一二三四五]{1,2}[回次]の?)報告書", text) is not None
    for match in _REPORT.finditer(text) if "報告書" in text or "白書" in text else ():
        numbered = re.match(r"第|最初|最後|前回|[0-9０-９]", match.group())
        name = _sounds(match.group() if numbered else match["core"])
        for form in dict.fromkeys((match.group(),) if numbered else (match.group(), match["core"])):
            if not (form == match["core"] and numbered_reports):
                _form(found, form, name, "document")
    for match in _BINDING.finditer(text):
        name = _sounds(match["name"])
        for form in (match.group(), match["name"]):
            _form(found, form, name, "agreement")
        if match["core"] == "覚書":
            _form(found, match["core"], name, "agreement")
    for match in _NAMED_PAPER.finditer(text):
        _form(found, match["name"], _sounds(match["name"]), "document")
    named = {form for form, _ in found.forms}
    for match in _PACT.finditer(text):
        if match["core"] not in named:
            _form(found, match["core"], lexicon.aliases.get(key(match["core"]), _sounds(match["core"])), "agreement")
    for match in _CONTRACT.finditer(text) if "契約" in text or "次" in text else ():
        name = (_lead(text, match.start()) if match["core"] else "") + match.group()
        if name != match["core"]:
            _form(found, name, _sounds(name), "agreement")
    for match in _EMBARGO.finditer(text) if "禁輸" in text else ():
        core = match["core"]
        known = lexicon.aliases.get(key(core), _sounds(core))
        _form(found, core, known, "agreement")
        goods = _EMBARGOED.search(text, max(0, match.start() - 18), match.start())
        if goods:
            _form(found, goods.group() + core, known, "agreement")
    _sanctions(text, found, lexicon)
    for match in _LAW.finditer(text) if "法" in text else ():
        name = _lead(text, match.start()) + match.group()
        if name != match["core"]:
            _form(found, name, lexicon.aliases.get(key(name), _sounds(name)), "document")
    for pattern, word in ((_PLAN, "段階"), (_PLAN, "項目"), (_READOUT, "要旨")):
        for match in pattern.finditer(text) if word in text else ():
            _form(found, match.group(), _sounds(match.group()), "document")
    _plans(text, found, lexicon)


def _lead(text: str, start: int) -> str:
    """The run of characters before the last word of a name."""
    lead = _LEAD.search(text, max(0, start - 17), start)
    return lead.group() if lead else ""


def _sanctions(text: str, found: Found, lexicon: Lexicon) -> None:
    """Packages by their number (対ロ制裁第15弾) and kinds of sanctions (二次制裁)."""
    if "制裁" not in text:
        return
    for match in _PACKAGE.finditer(text):
        if not (match["of"] or "制裁" in text[max(0, match.start() - 120) : match.start()]):
            continue
        name = f"PACKAGE_{_sounds(match['core'])}"
        _form(found, match["core"], name, "document")
        if match["of"] and match["of"].startswith("対"):
            _form(found, match.group(), name, "document")
    for match in _SANCTION_KINDS.finditer(text):
        known = lexicon.aliases.get(key(match.group()), _sounds(match.group()))
        _form(found, match.group(), known, "agreement")


_AUTHORED = re.compile(r"案(?![一-鿿])")


def _plans(text: str, found: Found, lexicon: Lexicon) -> None:
    """A plan by its author: エルドリッジ案."""
    for mention in list(found.mentions):
        if len(mention.ids) == 1 and _type(mention.ids[0], found, lexicon) == "person":
            plan = _AUTHORED.match(text, mention.end)
            if plan and mention.end - mention.start >= 2:
                _form(found, text[mention.start : plan.end()], f"{mention.ids[0]}_PLAN", "document")


_MADE = re.compile(r"製(?:の)?(?:[一-鿿]{1,3}型)?$")
_LIKE = re.compile(r"(?P<joint>[とや])$")


def _made(text: str, found: Found, lexicon: Lexicon) -> None:
    """Arms by where they are made (アラブガ製の無人機), and shells and rockets named in one breath."""
    ends = {m.end: m for m in found.mentions if m.rule != "inner"}
    for mention in list(found.mentions):
        if not text.startswith(("製", "の"), mention.end) or len(mention.ids) != 1 or mention.rule == "inner":
            continue
        if _type(mention.ids[0], found, lexicon) != "state":
            continue
        arms = _ARMS_OF.match(text, mention.end)
        if arms:  # 北朝鮮製兵器
            name = f"{mention.ids[0]}_{_sounds(arms.group()[1:].lstrip('の'))}"
            _form(found, text[mention.start : arms.end()], name, "weapon", mention.ids[0])
        draft = _DRAFT.match(text, mention.end)
        if draft:
            _form(found, text[mention.start : draft.end()], f"{mention.ids[0]}_DRAFT", "document")
    for mention in list(found.mentions):
        if _type(mention.ids[0], found, lexicon) != "weapon":
            continue
        shown = text[mention.start : mention.end]
        made = _MADE.search(text, max(0, mention.start - 6), mention.start)
        maker = ends.get(made.start()) if made else None
        if maker:
            found.forms.append((text[maker.start : mention.start] + shown, mention.ids[0]))
        other = ends.get(mention.start - 1) if _LIKE.search(text, max(0, mention.start - 1), mention.start) else None
        if other and other.ids == mention.ids and text[other.start : other.end] != shown:
            found.forms.append((text[other.start : mention.end], mention.ids[0]))


_KNOW_HOW = re.compile(r"(?:関連)?技術|開発(?![者国])|防衛|計画|発射|実験|試射|問題")


def hide(text: str, found: Found, lexicon: Lexicon) -> None:
    """What stands only inside a longer name is none of its own: シベリア of 「シベリアの力2」, ミサイル of 固体燃料ミサイル."""  # noqa: E501
    named = {form for form, name in found.forms if name.startswith("PLAN_") or _type(name, found, lexicon) == "weapon"}
    named |= {form for form, name in found.forms if name.endswith("_SIDE")}
    plain = [form for form in named if not re.search("と|製", form)]
    longer: dict[str, list[str]] = {}
    for k, mention in enumerate(found.mentions):
        shown = text[mention.start : mention.end]
        kind = _type(mention.ids[0], found, lexicon)
        if (
            not (kind == "place" or (kind == "weapon" and (shown in _BROAD or shown.endswith("弾道ミサイル"))))
            or mention.rule == "inner"
        ):
            continue
        if shown not in longer:
            longer[shown] = [form for form in plain if shown in form and len(form) > len(shown)][:200]
        know_how = kind == "weapon" and shown.endswith("ミサイル") and _KNOW_HOW.match(text, mention.end)
        if know_how or (
            (shown in _BROAD or kind == "place") and any(_covers(text, form, mention) for form in longer[shown])
        ):
            found.mentions[k] = Mention(mention.start, mention.end, mention.ids, "inner", False)


_BROAD = ("ミサイル", "ロケット", "衛星", "無人機", "潜水艦", "戦闘機", "爆撃機", "戦車", "砲弾", "弾頭", "ドローン")


def _covers(text: str, form: str, mention: Mention) -> bool:
    """Whether a mention stands inside this longer form here."""
    at = text.find(form, max(0, mention.start - len(form)), mention.end + len(form))
    return 0 <= at <= mention.start and mention.end <= at + len(form) and len(form) > mention.end - mention.start


_DRAFT = re.compile(r"の(?:制裁|非難)?決議案(?![一-鿿])")
_ARMS_OF = re.compile(r"製の?(?:兵器|武器|装備|軍需品|弾薬|砲弾|ミサイル|無人機|ドローン|部品)(?![一-鿿])")
_OWN_TITLE = re.compile(r"^(?P<title>[^\n()（）。、]{4,40})[(（](?P<original>[A-Z][A-Za-z’':,?!\- ]{6,90})[)）]$", re.M)
_COLUMN = re.compile(r"^\W{0,2}(?P<name>[^\n()（）。、「」]{3,20})[(（]第?[0-9０-９]{1,4}回?[)）]", re.M)


def _titles(text: str, found: Found) -> None:
    """The title of a translated article with its original behind it, and a column's own name before its number."""
    for match in _OWN_TITLE.finditer(text):
        name = ident(match["original"])
        for form in (match["title"], match["original"]):
            _form(found, form, name, "document")
    column = _COLUMN.search(text[:200])
    if column:
        _form(found, column["name"], _sounds(column["name"]), "document")


def _peninsula(text: str, found: Found) -> None:
    """半島 alone in a text about the Korean peninsula."""
    if "朝鮮半島" in text and re.search(r"(?<![一-鿿ァ-ヺー])半島(?=[のはがをにで情])", text):
        found.forms.append(("半島", "KOREAN_PENINSULA"))


__all__ = ["find", "hide"]
