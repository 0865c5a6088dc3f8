"""Predicates by dictionary form: verbal nouns, verbs and set phrases of the rules that list words.

One look at each token finds a whole family of words in all their inflections, which a pattern would have to spell out.
An entry is a verbal noun (拒否), a verb (退ける) or a phrase whose last word stands behind a space (距離を 置く).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from keisei.documents.context import Line
from keisei.documents.events.rules import Rule, rules
from keisei.documents.tokens import Token
from keisei.documents.words import load_yaml

_VERB_END = "うくぐすつぬぶむる"
_DO = ("する", "為る", "できる", "出来る", "なさる", "いたす", "致す", "さす")
_PASSIVE_NOUN = ("受ける", "浴びる", "被る")  # 批判を受ける
_SUFFERS = ("遭う", "遭遇")  # 待ち伏せに遭う
_AUXILIARY = ("れる", "られる")
# what tells that an act named by a noun took place: 会談が開かれた, 実験が行われた
_GIVING = frozenset(("流す", "与える", "譲る", "貸す", "配る", "回す"))
_HAPPENS = (
    "行う",
    "行なう",
    "開く",
    "催す",
    "始まる",
    "実施",
    "再開",
    "実現",
    "続く",
    "成立",
    "起きる",
    "起こる",
    "相次ぐ",
    "繰り返す",
)
_IS = ("ある", "有る", "ない", "無い", "ありうる")  # of meetings and blows: 会談があった
# nouns and suffixes behind which an act stays an act; behind others it names a thing (支援策, 輸出先)
_TAIL = (
    "など",
    "等",
    "後",
    "中",
    "時",
    "前",
    "直後",
    "以降",
    "以来",
    "開始",
    "再開",
    "継続",
    "問題",
    "完了",
    "決定",
    "通告",
    "宣言",
)


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(str(load_yaml("events_light.yaml")["japanese"]).split())


@dataclass(frozen=True)
class Use:
    """A predicate where it stands; ``nominal``: as a noun without a verb that carries it out."""

    rule: Rule
    start: int
    end: int
    nominal: bool
    passive: bool


@dataclass(frozen=True)
class _Index:
    nouns: dict[str, list[Rule]]
    tails: set[str]
    verbs: dict[str, list[Rule]]
    phrases: dict[str, list[tuple[str, str, Rule]]]
    nouns_of: dict[str, re.Pattern[str]]  # for a word that ends many phrases, any of their nouns


@lru_cache(maxsize=1)
def _index() -> _Index:
    index = _Index({}, set(), {}, {}, {})
    for rule in rules("ja").worded:
        for word in rule.words:
            head, _, last = word.rpartition(" ")
            forms = {last, last[:-2] + "ずる"} if last.endswith("じる") else {last}  # 応じる has either lemma
            if head:
                for form in forms:
                    index.phrases.setdefault(form, []).append((head[:-1], head[-1], rule))
            elif word[-1] in _VERB_END:
                for form in forms:
                    index.verbs.setdefault(form, []).append(rule)
            else:
                index.nouns.setdefault(word, []).append(rule)
                index.tails.add(word[-2:])
    for form, entries in index.phrases.items():
        if len(entries) > 3:
            index.nouns_of[form] = re.compile("|".join(sorted({re.escape(noun) for noun, _, _ in entries})))
    return index


def uses(line: Line) -> Iterator[Use]:
    """The predicates of a sentence, phrases first; of the rules of one word the first that holds stands."""
    index, tokens = _index(), line.tokens
    found: list[Use] = []
    for k, token in enumerate(tokens):
        if token.pos == "動詞":
            word = token.lemma
            at = token.start - line.start
            if word in _GIVING and _IDLE.search(line.text, max(0, at - 4), at + 1):
                continue
            if word in index.phrases:
                yield from _phrases(line, index.phrases[word], index.nouns_of, token, k)
            if word in index.verbs and not (k and "非自立" in token.sub and _joins(tokens[k - 1])):
                passive = _passive(tokens, k)
                found.extend(Use(rule, token.start, token.end, False, passive) for rule in index.verbs[word])
        elif token.pos == "名詞" or token.surface == "式":
            word = token.surface
            if word in index.phrases:
                yield from _phrases(line, index.phrases[word], index.nouns_of, token, k)
            if word[-2:] in index.tails:
                found.extend(_nouns(line, index, tokens, k))
    yield from found


def _nouns(line: Line, index: _Index, tokens: list[Token], k: int) -> Iterator[Use]:
    """The verbal noun that ends at a token: a compound (宣戦布告, 武装解除) before its head."""
    token = tokens[k]
    for first in range(max(0, k - 2), k + 1):
        here = index.nouns.get(line.text[tokens[first].start - line.start : token.end - line.start], ())
        yield from filter(None, (_noun(rule, tokens, first, k) for rule in here))
    if len(token.surface) >= 4 and token.surface not in index.nouns:  # 一時停止 as one token
        yield from filter(None, (_noun(rule, tokens, k, k) for rule in index.nouns.get(token.surface[-2:], ())))


def _joins(token: Token) -> bool:
    """Whether a verb behind this one only goes on with it (送ってくる): the first tells the act."""
    return token.surface in ("て", "で") and "接続助詞" in token.sub


_BRACKET = re.compile(r"^[(（][^()（）]{1,12}[)）]")
# set phrases in which nothing is given, sent or shed: 影響を与える, 血を流す
_IDLE = re.compile(
    r"(?:[血涙汗]を流|(?:影響|打撃|衝撃|印象|損害|被害|余地|口実|機会|猶予|痛手|動揺|錯覚|示唆|重み|弾み|圧力)(?:を|も|は)与|席を譲|道を譲|耳を貸|目を配|気を配|手を回|敵に回)"
)
_CUT_NI, _CUT = re.compile(r"[、。が]"), re.compile(r"[、。をが]")


def _phrases(
    line: Line, entries: list[tuple[str, str, Rule]], nouns_of: dict[str, re.Pattern[str]], last: Token, k: int
) -> Iterator[Use]:
    """Set phrases that end in this word; a few characters may stand between (距離を大きく置く)."""
    at = last.start - line.start
    gate = nouns_of.get(last.lemma if last.pos == "動詞" else last.surface)
    if gate and not gate.search(line.text, max(0, at - 30), at):
        return
    before = line.text[max(0, at - 30) : at]
    for noun, particle, rule in entries:
        found = before.rfind(noun)
        if found < 0:
            continue
        gap = _BRACKET.sub("", before[found + len(noun) :])  # 会議(NSC)を開く
        marks = (particle, "も", "は", "が", "の") if particle == "を" else (particle, "も")
        if not gap.startswith(marks) or (_CUT_NI if particle == "に" else _CUT).search(gap, 1):
            continue
        if len(gap) > (20 if "を" in gap[1:] else 9):  # 制裁の対象に個人15人を加えた
            continue
        start = last.start - len(before) + found
        yield Use(rule, start, last.end, False, last.lemma in _SUFFERS or _passive(line.tokens, k))


def _passive(tokens: list[Token], k: int) -> bool:
    """Whether a verb, or a noun with する, stands in the passive."""
    following = tokens[k + 1 : k + 3]
    if following and following[0].lemma in _DO:
        following = following[1:]
    return bool(following) and following[0].lemma in _AUXILIARY


def _noun(rule: Rule, tokens: list[Token], first: int, k: int) -> Use | None:
    """A verbal noun: done (拒否した, 拒否を表明した, 拒否、), or as a noun, for which sides must stand beside it."""
    start, token = tokens[first].start, tokens[k]
    if k + 1 >= len(tokens):
        return Use(rule, start, token.end, False, False)
    following = tokens[k + 1]
    if following.lemma in _DO and following.pos in ("動詞", "接尾辞"):
        return Use(rule, start, token.end, False, _passive(tokens, k))
    if following.surface in ("、", "。"):
        return Use(rule, start, token.end, False, False)
    if following.surface in ("を", "に", "も") and k + 2 < len(tokens):
        light = tokens[k + 2]
        if {light.lemma, light.surface} & _light():
            suffered = light.lemma in _PASSIVE_NOUN
            # する behind the light noun is left to the words of mood and status
            return Use(rule, start, light.end, False, suffered or _passive(tokens, k + 2))
    if (
        following.surface in ("が", "は", "も")
        and k + 2 < len(tokens)
        and tokens[k + 2].lemma
        in (_HAPPENS + _IS if rule.plover in ("CONSULT", "ASSAULT", "MOBILIZE", "PROTEST") else _HAPPENS)
    ):
        return Use(rule, start, tokens[k + 2].end, False, rule.frame == "act")
    if following.pos in ("名詞", "接尾辞") and following.surface not in _TAIL:
        return None
    return Use(rule, start, token.end, True, False) if rule.noun else None


__all__ = ["Use", "uses"]
