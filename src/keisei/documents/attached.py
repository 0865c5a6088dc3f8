"""Names that stand beside a name: in brackets, in quotation marks, with a kind before them."""

from __future__ import annotations

import hashlib
import re

from keisei.documents.found import Found
from keisei.documents.lexicon import load
from keisei.documents.normal import key
from keisei.documents.records import Entity, Mention

_PAREN_ALIAS = re.compile(r"\s?[(（]([A-Za-zÀ-ž][A-Za-z0-9À-ž'’.\- ]{1,60})[)）、,;]")
_READING = re.compile(r"[(（]([ァ-ヺー][ァ-ヺー・＝=]{1,23})[)）]")
_SHORT = re.compile(r"[(（]([一-鿿]{2,5})[)）]")
_NAMED_THING = re.compile(
    r"((?:(?:新型|次世代|新たな|固体燃料(?:式)?)の?)?(?:(?:長|中|短)距離|極超音速|潜水艦発射|地対地|空対地|戦略|戦術)?(?:大陸間弾道ミサイル|大陸間弾道弾|中距離弾道ミサイル|短距離弾道ミサイル|極超音速ミサイル|巡航ミサイル|弾道ミサイル|ICBM|SLBM|軍事偵察衛星|偵察衛星|ミサイル|衛星|ロケット|原子力潜水艦|潜水艦|駆逐艦|無人機|防空システム|迎撃システム|防空ミサイル|地対空ミサイル|対艦ミサイル|空母|核魚雷))(?:[(（][A-Z]+[)）])?「([^」\n]{2,20})」"
)
_NEWNESS = re.compile(r"^(?:新型|次世代|新たな|固体燃料(?:式)?)の?")
# works, exercises and plans that have a name of their own: 天然ガスパイプライン「シベリアの力2」
_NAMED_WORK = re.compile(
    r"(?P<kind>[一-鿿ァ-ヺー]{0,8}(?:パイプライン|高速鉄道|列車|演習|訓練|作戦|経済回廊|構想|計画|イニシアチブ|プロジェクト))"
    r"「(?P<name>[^「」\n]{2,24})」"
)
_TITLED_WORK = re.compile(
    r"(?:著書|近著|共著|論文|報告書|寄稿|書籍|拙稿|拙著|論考|論説|記事)(?:に|は|の|で|、)?は?([「『])([^「」『』\n]{4,120})([」』])(?!と(?!題|い[うっ]|し))"
)
_PUBLICATION = re.compile(
    r"『([^』\n]{2,40})』(誌|紙)|(?:誌|紙|サイト|メディア|雑誌|新聞)『([^』\n]{2,40})』|『([^』\n]{2,40})』(?=(?:電子|オンライン|ウェブ|日本語?|英語|国際|アジア)版|[0-9０-９]{1,2}月号|最新号)"
)


def parentheses(text: str, found: Found) -> None:
    """A Latin name in brackets after a mention is a form of the same entity (国際刑事裁判所(ICC)…)."""
    names = load().aliases
    for mention in list(found.mentions):
        if len(mention.ids) != 1 or mention.rule in ("inner", "toward", "compound"):
            continue
        shown = text[mention.start : mention.end]
        short = _SHORT.match(text, mention.end)
        if short and _letters_of(short[1], shown):
            found.forms.extend([(short[1], mention.ids[0]), (shown + short.group(), mention.ids[0])])
        reading = _READING.match(text, mention.end)
        if (
            reading and re.search(r"[一-鿿]$", shown) and names.get(key(reading[1]), mention.ids[0]) == mention.ids[0]
        ):  # 板門店(パンムンジョム)
            found.forms.extend([(reading[1], mention.ids[0]), (shown + reading.group(), mention.ids[0])])
        match = _PAREN_ALIAS.match(text, mention.end)
        if match and mention.rule != "capital":
            found.forms.append((match[1].strip(), mention.ids[0]))
            thing = load().entities.get(mention.ids[0])
            if thing and thing.type in ("agreement", "place") and match[1].isupper() and match.group()[-1] in ")）":
                found.forms.append((shown + match.group().lstrip(), mention.ids[0]))  # 軍事情報包括保護協定(GSOMIA)


def _letters_of(short: str, name: str) -> bool:
    """Whether a name in brackets is made of some characters of the name before it, in order: 国家情報院(国情院)."""
    rest = iter(name)
    return len(short) < len(name) and short[0] == name[0] and all(char in rest for char in short)


def things(text: str, found: Found) -> None:
    """A weapon or satellite with its name in brackets, and papers with 誌/紙."""
    at = {m.start: m for m in found.mentions}
    for match in _NAMED_THING.finditer(text):
        inner = at.get(match.start(2))
        if inner:
            plain = _NEWNESS.sub("", match.group()) if "(" not in match.group() else match.group()
            found.forms.extend((form, inner.ids[0]) for form in dict.fromkeys((match.group(), plain)))
            kind = at.get(match.start(1))
            if kind is not None and kind.end == match.end(1) and inner is not kind:
                found.mentions[found.mentions.index(kind)] = Mention(kind.start, kind.end, kind.ids, "inner", False)
    for match in _NAMED_WORK.finditer(text):
        name = match["name"]
        if not re.search(r"[ァ-ヺA-Za-z0-9]|の", name) or re.search(r"[。、]|(?:する|した|べき|だ)$", name):
            continue
        ident = "PLAN_" + hashlib.sha1(name.encode("utf-8", "surrogatepass")).hexdigest()[:8].upper()
        found.proposed.setdefault(ident, Entity(ident, "agreement", name, None, None, proposed=True))
        found.forms.extend([(match.group(), ident), (f"「{name}」", ident), (name, ident)])
    for match in _TITLED_WORK.finditer(text):
        title = match[2]
        ident = "DOC_" + hashlib.sha1(title.encode("utf-8", "surrogatepass")).hexdigest()[:8].upper()
        found.proposed.setdefault(ident, Entity(ident, "document", title, None, None, proposed=True))
        found.forms.extend([(match[1] + title + match[3], ident), (title, ident)])
        both = re.fullmatch(r"(.{4,}?)[(（]([A-Z][^()（）]{6,})[)）]", title)
        if both:  # 『金正恩と爆弾(Kim Jong Un and the Bomb)』
            found.forms.extend((part, ident) for part in both.groups())
    for match in _PUBLICATION.finditer(text):
        group = match.lastindex if match.lastindex != 2 else 1
        title = match[group or 1]
        inner = at.get(match.start(group or 1))
        known = inner.ids[0] if inner else None
        if known is None:  # a paper that no lexicon has
            known = "PAPER_" + hashlib.sha1(title.encode("utf-8", "surrogatepass")).hexdigest()[:8].upper()
            found.proposed.setdefault(known, Entity(known, "organisation", title, None, None, proposed=True))
            found.forms.append((title, known))
        found.forms.append((match.group() if group == 1 else f"『{title}』", known))


__all__ = ["parentheses", "things"]
