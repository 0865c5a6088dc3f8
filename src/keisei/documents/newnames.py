"""Names that stand in no lexicon: proposed under a stable id made from the name, and flagged as proposed.

People need an office or 氏 beside the name (or a byline); organisations and places need a telling ending; places may
also come from the tokenizer's knowledge of place names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from keisei.documents.found import Found
from keisei.documents.newpeople import add, people, person, person_id
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident
from keisei.documents.tokens import Token, reading
from keisei.documents.words import title_after, words

_GENERIC = {
    "日本人",
    "中国人",
    "北朝鮮人",
    "外国",
    "両国",
    "自国",
    "他国",
    "同国",
    "西側",
    "東側",
    "北側",
    "南側",
    "朝鮮",
    "共和国",
}

_OWNERS = {
    "米": "USA",
    "英": "GBR",
    "仏": "FRA",
    "独": "DEU",
    "豪": "AUS",
    "露": "RUS",
    "伊": "ITA",
    "加": "CAN",
}

_GENERIC_BODY = re.compile(
    rf"([{''.join(_OWNERS)}])?(?:民間|政府系|有力)?(?:シンクタンク|研究所|研究機関|大学|新聞|通信社|メディア|放送局|財団|政府機関)"
)


def propose(text: str, tokens: Sequence[Token], found: Found, taken: bytearray, language: str) -> None:
    """Add the proposed names of one sentence to what was found; ``taken`` marks the characters already named."""
    if language == "ja":
        people(text, tokens, found, taken)
        _runs(text, tokens, found, taken)


_EASTERN_FAMILY = (
    "Kim|Lee|Yi|Ri|Rhee|Park|Pak|Choi|Choe|Jung|Jong|Chung|Jeong|Kang|Cho|Jo|Yoon|Yun|Jang|Chang|Lim|Im|Rim|Han|Oh|O|Shin|Sin|Seo|Suh|Kwon|Hwang|Ahn|An|Song|Ryu|Yoo|Hong|Jeon|Jon|Ko|Moon|Mun|"
    "Yang|Son|Bae|Paek|Baek|Heo|Ho|Nam|No|Noh|Roh|Ha|Kwak|Sung|Cha|Ju|Joo|Woo|U|Ku|Koo|Min|Na|Chon|Thae|Tae|Hyon|Hyun|Hwang|Ji|Chin|Um|Pyon|Wi|Ban|Wang|Li|Zhang|Liu|Chen|Zhao|Huang|Zhou|Wu|Xu|Sun|Zhu|Hu|Guo|He|Gao|Lin|Luo"
)
_EASTERN_NAME = re.compile(rf"(?:{_EASTERN_FAMILY}) [A-Z][a-z]+(?:-[a-z]+| [A-Z][a-z]+)|[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+")


_SYLLABLE = (
    "min|ji|hyun|hyon|su|soo|woo|young|yong|ho|jun|joon|seok|sok|sung|song|jin|kyung|hee|hye|eun|in|won|tae|thae|dong|chul|chol|il|"
    "ju|sang|jae|seung|gyu|kyu|hwan|hoon|hun|gi|ki|bin|na|mi|ha|yeon|yon|myung|myong|gwang|kwang|nam|un|ok|suk|sik|beom|chan|do|geun|"
    "han|hyeok|hyok|kang|mun|pil|rae|ryong|se|so|ye|yun|yoon|"
    "ai|an|bai|bao|bo|cheng|chun|fang|fei|feng|fu|gang|guo|hai|hang|he|hong|hua|huan|hui|jia|jian|jiang|jie|jing|jun|kai|ke|kun|lei|li|"
    "liang|lin|ling|long|lu|mei|meng|ming|ning|peng|ping|qi|qian|qiang|qing|quan|ren|rong|rui|shan|sheng|shi|shu|tao|tian|ting|tong|wei|"
    "wen|wu|xi|xia|xian|xiang|xiao|xin|xing|xiu|xu|xue|yan|yang|yao|yi|ying|you|yu|yuan|yue|ze|zhang|zhen|zheng|zhi|zhong|zhu|zi"
)
# Zhu Weimin, Cho Minsu: the family first and a given name of two syllables
_JOINED_NAME = re.compile(
    rf"(?:{_EASTERN_FAMILY}|Zhu|Xie|Tang|Cao|Peng|Jiang|Cai|Lu|Yuan|Pan|Dong|Shen|Ding|Wei|Fan|Ren|Yao|Qin|Meng|Deng|Shi|Jia|Fu|Cheng|Zheng|Feng|Yu|Xia|Tian|Zhong|Du|Dai|Ye|Su|Shao|Bai|Qiu|Wan|Duan|Lei|Qian|Hou|Kong|Bo|Ma|Hao|Gu|Mao|Tao|Zeng|Xiao) "  # noqa: E501
    rf"(?i:(?:{_SYLLABLE})(?:{_SYLLABLE}))"
)


def eastern(name: str) -> bool:
    """Whether a name in Latin letters has the family's first (Kim Un Chol, Yoon Ji-ah)."""
    return _EASTERN_NAME.fullmatch(name) is not None or _JOINED_NAME.fullmatch(name) is not None


_HONORIFIC = re.compile(r"\b(?:Mr|Ms|Mrs|Dr)\. $")


def family_mentions(text: str, found: Found, taken: bytearray, language: str) -> None:
    """Later mentions of a proposed person by the last part of the name with 氏 or an office (スミス氏)."""
    proposed = [
        (entity.name_en, entity.id)
        for entity in found.proposed.values()
        if entity.type == "person" and not (language == "en" and entity.name_en == entity.role)  # nobody named
    ]
    for name, who in proposed:
        parts = [p for p in re.split(r"[・＝゠=\s]+", name) if p]
        if re.fullmatch(r"[一-鿿々]{3,5}", name):
            shorts = [name, name[:2]] if len(name) > 3 else [name, name[:2], name[:1]]
        else:
            # either part may be the family's: スミス氏 of ジョン・スミス, ソ研究員 of ソ・ミンギョン
            shorts = [name, parts[-1], parts[0]] if len(parts) > 1 and language == "ja" else [name, parts[-1]]
            if language == "en" and eastern(name):
                shorts = [name, parts[0]] if parts[0] != "Kim" else [name]
        for short in shorts:
            if len(short) < 1:
                continue
            for match in re.finditer(re.escape(short), text):
                start, end = match.span()
                if any(taken[start:end]):
                    continue
                if language == "ja":
                    title = title_after(text, end, 40)
                    whole = short == name
                    if not title and not whole and not _alone(text, start, end, short, parts):
                        continue
                    if start and short[0] >= "一" and "一" <= text[start - 1] <= "鿿":
                        continue
                    if (
                        start
                        and "ァ" <= short[0] <= "ヺ"
                        and ("ァ" <= text[start - 1] <= "ヺ" or text[start - 1] in "ー・")
                    ):
                        continue
                    finish = title.end() if title else end
                    if finish - end > 10:
                        finish = end
                else:
                    if re.match(r"\w", text[end : end + 1]) or re.match(r"\w", text[max(0, start - 1) : start]):
                        continue
                    finish = end
                found.mentions.append(Mention(start, finish, (who,), "new:person"))
                taken[start:finish] = b"\1" * (finish - start)
                honorific = _HONORIFIC.search(text, max(0, start - 6), start) if language == "en" else None
                if honorific:
                    found.forms.append((text[honorific.start() : end], who))
                if finish != end and len(short) > 1 and (short == name or (len(parts) == 1 and language == "en")):
                    found.forms.append((short, who))


_BARE = re.compile(
    r"(?:は|が|も|を|に(?!ある|おける)|の|と|、|。|」|で(?:は|も|あ)|から|へ|側|自身|ら(?:は|が|の)|案|論文|論考|論説|発言|証言|提案|構想|路線|外交|によ|だ)"
)


def _alone(text: str, start: int, end: int, short: str, parts: list[str]) -> bool:
    """Whether the family name of someone named in full stands alone, as reports write it later (エルドリッジは)."""
    if len(parts) < 2 or short != parts[-1] or len(short) < 3 or not re.fullmatch(r"[ァ-ヺー]+", short):
        return False
    return _BARE.match(text, end) is not None and not ("一" <= text[max(0, start - 1)] <= "鿿")


_NO_PLACE = re.compile(r"[新旧再未既各諸全][一-鿿]{2}")


def _runs(text: str, tokens: Sequence[Token], found: Found, taken: bytearray) -> None:
    """Runs of nouns: people by the tokenizer's 人名 with an office, organisations and places by their endings."""
    w = words()
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        if token.pos not in ("名詞", "接頭辞") or taken[token.start] or "数詞" in token.sub:
            i += 1
            continue
        j = i
        while (
            j < n
            and tokens[j].pos in ("名詞", "接尾辞", "接頭辞")
            and not taken[tokens[j].start]
            and "数詞" not in tokens[j].sub
        ):
            j += 1
        owner = _OWNERS.get(tokens[i].surface)
        if owner and j - i > 1 and "地名" in tokens[i + 1].sub and tokens[i + 1].surface[0] >= "ァ":
            found.forms.append((tokens[i].surface, owner))  # 豪シドニー: the state, and the place of it
            i += 1
        run = tokens[i:j]
        start, end = run[0].start, run[-1].end
        named = [t for t in run if "固有名詞" in t.sub]
        persons = [t for t in run if "人名" in t.sub]
        surface = text[start:end]
        if surface.isascii():
            i = j
            continue
        if persons and run[0] is persons[0]:
            k = 0
            while k < len(run) and "人名" in run[k].sub:
                k += 1
            stop = run[k - 1].end
            title = title_after(text, stop, 40)
            name = text[start:stop]
            label = re.search(r"(?:編集長|著者|訳者|監訳|執筆|聞き手|解説)[:：]\s?$", text[max(0, start - 8) : start])
            if label and len(name) >= 3:
                entity = Entity(person_id(name), "person", name, None, re.sub(r"\W", "", label.group()), proposed=True)
                add(found, taken, start, stop, entity, "new:person", True)
                i = j
                continue
            if title and len(name) >= 2 and re.fullmatch(r"[一-鿿々ぁ-んァ-ヺー]{2,8}", name):
                person(text, start, stop, title.end(), found, taken, title)
                i = j
                continue
        generic = _GENERIC_BODY.fullmatch(surface)
        if generic:  # 米シンクタンク: some institute of that state
            if generic[1]:
                found.forms.append((generic[1], _OWNERS[generic[1]]))
            i = j
            continue
        if len(surface) >= 3 and w.organisation.search(surface) and (named or re.search(r"[ァ-ヺA-Z]", surface)):
            entity = Entity(_thing_id(surface), "organisation", surface, None, None, proposed=True)
            add(found, taken, start, end, entity, "new:organisation", True)
        elif named and "地名" in named[0].sub and run[0] is named[0] and surface not in _GENERIC:
            place = w.place.search(surface)
            stop = end if place else named[0].end
            name = text[start:stop]
            if _NO_PLACE.fullmatch(surface) or (
                text.startswith("・", stop)
                and text.rfind("『", max(0, start - 12), start) > text.rfind("』", max(0, start - 12), start)
            ):
                i = j
                continue  # 新開発のエンジン; 『ダニューブ・レビュー』
            entity = Entity(_thing_id(name), "place", name, None, None, proposed=True)
            add(found, taken, start, stop, entity, "new:place", False)
        i = j
    del n


def _thing_id(name: str) -> str:
    return ident(*reading(name)) or "THING"


__all__ = ["family_mentions", "person_id", "propose"]
