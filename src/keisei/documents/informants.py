"""People without a name who are quoted: 運送業者は…と証言する, 在瀋陽の日本人商社員は「…」と語った.

Only the topic of a sentence that gives somebody's words is one, and only where its last word is a word for
people; what says whose or where they are stays outside the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from keisei.documents.context import Line
from keisei.documents.found import Found
from keisei.documents.newpeople import add
from keisei.documents.records import Entity
from keisei.documents.romaji import ident
from keisei.documents.tokens import reading
from keisei.documents.voices import ENDING, REPORT

_SAYS = re.compile(
    rf"(?:」|と(?<!こと))(?:も)?[^。「」、]{{0,10}}?(?:{REPORT}|言[うっい]){ENDING}?[^。「」、]{{0,6}}。?$"
)
_HEAD = (
    "業者|関係者|当局者|専門家|研究者|経営者|経験者|技術者|労働者|支持者|指導者|担当者|責任者|同行者|目撃者|生存者|有識者|識者|学者|記者|読者|消費者|投資家|外交官|"
    "事業家|実業家|評論家|活動家|政治家|銀行家|作家|商社員|会社員|駐在員|銀行員|店員|職員|議員|委員|隊員|乗組員|従業員|工作員|研究員|商人|貿易商|両替商|仲買人|"
    "住民|市民|島民|農民|漁民|難民|脱北者|留学生|学生|運転手|船員|船長|兵士|将校|士官|元兵士|幹部|高官|官僚|閣僚|側近|秘書|通訳|案内人|支配人|店主|社長|"
    "役員|部長|課長|筋|教師|医師|弁護士|宣教師|神父"
)
_TOPIC = re.compile(
    rf"(?:^|[、。　 ]|の|ある|元|現地|地元)(?P<who>(?:[一-鿿ァ-ヺー]{{0,8}}?)(?:{_HEAD}))(?P<many>ら|たち)?(?:[(（][^()（）\n]{{1,20}}[)）])?は"  # noqa: E501
)
_NOBODY = re.compile(r"^(?:多く|一部|両|各|全|同|当|某|諸|他|何|誰|専門家|研究者|関係者|有識者|識者|学者|読者|筋)$")


def informants(text: str, lines: Sequence[Line], found: Found, taken: bytearray) -> None:
    """Add a person for the topic of each sentence that gives words and names nobody as its topic."""
    for line in lines:
        if line.kind != "body" or "は" not in line.text:
            continue
        match = _TOPIC.search(line.text, 0, 60)
        if match is None or not _SAYS.search(line.text):
            continue
        told = line.text[: match.start("who")].endswith(("ある", "匿名の"))  # ある研究者 is one, 研究者 is anybody
        if _NOBODY.match(match["who"]) and not told:
            continue
        start, end = line.start + match.start("who"), line.start + match.end("who")
        if any(taken[start:end]):
            continue
        who = match["who"]
        entity = Entity(ident(*reading(who)) or "INFORMANT", "person", who, None, "not named", proposed=True)
        stop = end + len(match["many"] or "")
        owner = next((m for m in found.mentions if m.end == start - 1 and text[start - 1] == "の"), None)
        if owner is not None:
            found.forms.append((text[owner.start : end], entity.id))
        add(found, taken, start, stop, entity, "office", True)
        if stop != end:
            found.forms.append((who, entity.id))


__all__ = ["informants"]
