"""The names of those whose hands a text went through, in its first and last lines.

訳=片桐悠子, 聞き手・相馬圭一, 研究員 相馬圭一, Magdalena Wilczek 1978年生まれ: a label, an office with a space or
a note on a life stands beside a name. The writer among them is whom 筆者 and 執筆者 mean.
"""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.newpeople import add, person_id
from keisei.documents.records import Entity

_NAME = r"(?:[一-鿿々]{2,6}(?:[ 　][一-鿿々ぁ-んァ-ヺー]{1,4})?|[一-鿿々]{1,4}[ぁ-ん]{1,4}|[ァ-ヺー]{2,12}(?:[・＝=][ァ-ヺー]{2,14}){1,3})"  # noqa: E501
_LATIN = r"[A-Z][A-Za-zÀ-ž'’\-]+(?: [A-Z]\.)?(?: [A-Z][A-Za-zÀ-ž'’\-]+){1,2}"
_LABEL = re.compile(
    rf"(?:^|[\s(（【／/])(?P<label>翻訳|訳者|訳|監訳|抄訳|聞き手|構成|取材|撮影|写真|文|文責|編集|解説|監修|執筆|筆者|著者|寄稿|報告|報告者|報告書執筆|講師|司会)"
    rf"[ 　]?[=＝:：・／/][ 　]?(?P<name>{_NAME}|{_LATIN})(?=[)）】\s、,／/]|$)",
    re.M,
)
_OFFICE = re.compile(
    r"^[ 　]*(?:[一-鿿ァ-ヺー・]{0,24}[ 　])?(?P<office>(?:上席|上級|主任|首席|主席|客員|特別|専任|特任)?(?:研究員|研究官|研究主幹|分析官|記者|特派員|編集委員|論説委員|解説委員|"  # noqa: E501
    rf"教授|准教授|講師|所長|理事|フェロー|アナリスト|コラムニスト|ジャーナリスト|支局長|代表))[ 　]+(?P<name>{_NAME})[ 　]*$",  # noqa: E501
    re.M,
)
_LIFE = re.compile(
    rf"^[ 　◇●■▼]*(?P<name>{_LATIN}|{_NAME})(?:氏)?(?:[(（][^()（）\n]{{2,40}}[)）])?[ 　:：]*(?=[0-9０-９]{{4}}年[^\n]{{0,12}}生まれ|専門は)",  # noqa: E501
    re.M,
)
# (三宅航平「港町国際ノート」): who signs a text and where he writes
_SIGNED = re.compile(rf"^[ 　]*[(（](?P<name>{_NAME})[ 　、・]?[「『](?P<where>[^」』\n]{{2,24}})[」』][)）]\s*$", re.M)
_NONE = re.compile(
    r"^(?:本誌|編集部|本紙|当社|当会|同社|各社|共同|時事|編集|全訳|抄訳|要約|以下|敬称略|写真|記事|筆者|著者)"
)
_WRITES = ("執筆", "筆者", "著者", "寄稿", "報告", "報告者", "文", "文責")
_HEAD, _FOOT = 700, 500


def hands(text: str, found: Found, taken: bytearray) -> dict[str, str]:
    """Add them; returns the writers by name with their ids."""
    writers: dict[str, str] = {}
    known = dict(found.forms) | {text[m.start : m.end]: m.ids[0] for m in found.mentions}
    foot = max(_HEAD, len(text) - _FOOT)
    for pattern in (_LABEL, _OFFICE, _LIFE):
        for match in (*pattern.finditer(text, 0, min(_HEAD, len(text))), *pattern.finditer(text, foot)):
            start, end = match.span("name")
            name = match["name"]
            if any(taken[start:end]) or _NONE.match(name) or len(name) < 3:
                continue
            code = known.get(name) or person_id(name)
            if pattern is _LIFE and match["name"][0].isascii() and writers:
                code = next(iter(writers.values()))
            groups = match.groupdict()
            role = groups.get("office") or groups.get("label") or "author"
            entity = found.proposed.get(code) or Entity(code, "person", name, None, role, proposed=True)
            add(found, taken, start, end, entity, "byline", True)
            if pattern is _OFFICE or groups.get("label") in _WRITES:
                writers.setdefault(name, code)
    for match in _SIGNED.finditer(text, foot):
        start, end = match.span("name")
        if not any(taken[start:end]) and not _NONE.match(match["name"]):
            name = match["name"]
            code = known.get(name) or person_id(name)
            add(found, taken, start, end, Entity(code, "person", name, None, "author", proposed=True), "byline", True)
            writers.setdefault(name, code)
            place = Entity(f"{code}_WRITES_IN", "document", match["where"], None, None, proposed=True)
            found.proposed.setdefault(place.id, place)
            quoted = text[match.start("where") - 1 : match.end("where") + 1]
            found.forms.extend([(quoted, place.id), (match["where"], place.id)])
    return writers


__all__ = ["hands"]
