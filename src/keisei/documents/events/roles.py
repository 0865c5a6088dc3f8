"""Who does what to whom in a Japanese sentence: mentions with the particle behind them, clauses, coordination."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from keisei.documents.context import Context, Line
from keisei.documents.records import Mention

# a number may stand between a body and its particle: 特殊部隊約1500人が
_SKIP = r"(?:(?:約|およそ|少なくとも)?[0-9０-９][0-9０-９,.万千百]*(?:人|名|機|隻|個|発|社|カ国)(?:以上|余り|超|前後)?)?(?:[(（][^)）\n]{0,60}[)）])?(?:ら|たち|など(?:[0-9０-９]{1,3}(?:カ国|か国|ヵ国|カ所|者|首脳|人))?|自身|両国|両首脳|両氏|首脳|双方|のみ(?!なら)|だけ(?!で))?(?:[(（][^)）\n]{0,60}[)）])?"  # noqa: E501
_PARTICLE = re.compile(
    _SKIP
    + r"(?P<p>のみならず|とともに|と共に|と並んで|と一緒に|だけでなく|をはじめ|からすれば|からしてみれば|と言えども|といえども|に対して|に対し|に対する|に対しても|に向けて?|宛て?|によると|によれば|による|によって|により|にとって|に関する|に関して|"  # noqa: E501
    r"としては|として|からの|からも|からは|から|との間で|との|とは|とも|と(?=会談|会|協議|合意|の)|へと|への|へ|には|にも|に|では|でも|での|で|側?が|側?は|側?も|を|の|と|や|および|及び|並びに|、|・|,)?"
)
_ROLE = {
    "からすれば": "wa", "からしてみれば": "wa", "と言えども": "wa", "といえども": "wa",
    "が": "ga", "は": "wa", "も": "wa", "を": "wo", "に": "ni", "には": "ni", "にも": "ni", "へ": "to", "への": "to", "へと": "to",  # noqa: E501
    "に対して": "to", "に対し": "to", "に対する": "to", "に対しても": "to", "に向け": "to", "に向けて": "to", "宛": "to", "宛て": "to",  # noqa: E501
    "から": "kara", "からの": "kara", "からも": "kara", "からは": "kara", "による": "by", "によって": "by", "により": "by",  # noqa: E501
    "によると": "said", "によれば": "said", "と": "to_with", "との": "with", "とは": "with", "とも": "with", "との間で": "with",  # noqa: E501
    "の": "no", "で": "de", "では": "de", "での": "de", "でも": "de", "にとって": "none", "に関する": "none", "に関して": "none",  # noqa: E501
    "としては": "wa", "として": "none", "や": "and", "および": "and", "及び": "and", "並びに": "and", "のみならず": "and", "だけでなく": "and", "をはじめ": "and", "とともに": "along", "と共に": "along", "と並んで": "along", "と一緒に": "along", "、": "comma", "・": "and", ",": "comma",  # noqa: E501
}  # fmt: skip
_JOIN = re.compile(
    r"^(?:[(（][^)）\n]{0,60}[)）])?(?:と|、|・|や|および|及び|並びに|のみならず|だけでなく|だけでなく、|のみならず、|,|、そして|そして|両国と)$"
)


@dataclass(frozen=True)
class Argument:
    """A mention in a sentence with the role its particle gives it; coordinated mentions share the last one's."""

    mention: Mention
    role: str
    index: int


def embedded(line: Line, start: int, end: int) -> bool:
    """Whether a verb that modifies a noun stands between two places: what is before it belongs to that verb."""
    tokens = line.tokens
    for k in range(len(tokens) - 1):
        token, following = tokens[k], tokens[k + 1]
        if token.start < start or following.end > end:
            continue
        if token.pos not in ("動詞", "助動詞") or (
            token.surface not in _ADNOMINAL and not token.surface.endswith("る")
        ):
            continue
        if following.pos in ("名詞", "接頭辞", "連体詞", "代名詞") and following.surface not in FORMAL:
            return True
    return False


_ADNOMINAL = ("た", "だ", "ない", "する", "いる", "ある", "れる", "られる")
FORMAL = (
    "こと",
    "の",
    "もの",
    "ため",
    "よう",
    "はず",
    "わけ",
    "際",
    "時",
    "とき",
    "場合",
    "後",
    "上",
    "中",
    "うえ",
    "ところ",
    "結果",
)


@dataclass(frozen=True)
class Frame:
    """A sentence made ready: arguments in order, where its clauses end, its quotations."""

    line: Line
    arguments: list[Argument]
    ends: list[int]
    quotes: list[tuple[int, int]]

    def clause(self, at: int) -> tuple[int, int]:
        """Start and end of the clause around a place."""
        k = bisect_right(self.ends, at)
        return (self.ends[k - 1] if k else self.line.start), (self.ends[k] if k < len(self.ends) else self.line.end)

    def quote(self, at: int) -> tuple[int, int] | None:
        """The innermost quotation around a place; a word or two in brackets is no quotation of its own."""
        inside = [q for q in self.quotes if q[0] <= at < q[1] and q[1] - q[0] >= 14]
        return min(inside, key=lambda q: q[1] - q[0]) if inside else None


def _outermost(mentions: list[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for mention in mentions:
        if out and mention.start < out[-1].end:
            continue
        out.append(mention)
    return out


def _quotes(text: str, offset: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in _BRACKETS.finditer(text):
        if match.group() == "「":
            if len(stack) < 50:
                stack.append(match.end())
        elif stack:
            out.append((offset + stack.pop(), offset + match.start()))
    return out


# a noun that closes a clause when a verb stands before it: 伝えた際、
_CLAUSE_NOUNS = ("際", "時", "とき", "後", "場合", "一方", "ため", "結果", "なか", "中", "上", "うえ", "直後", "前")


def _clause_ends(line: Line) -> list[int]:
    """A comma behind a verb, an auxiliary or a joining particle ends a clause; a comma behind a noun does not."""
    ends = []
    tokens = line.tokens
    for k, token in enumerate(tokens):
        if token.surface in ("、", "，", ",") and k:
            before = tokens[k - 1]
            joins = before.pos == "助詞" and (
                "接続助詞" in before.sub or before.surface in ("が", "けれど", "し", "ば")
            )
            if before.surface == "が" and k >= 2 and tokens[k - 2].pos in ("名詞", "代名詞", "接尾辞"):
                joins = False
            noun = before.surface in _CLAUSE_NOUNS and k >= 2 and tokens[k - 2].pos in ("動詞", "助動詞", "助詞")
            if before.pos in ("動詞", "助動詞", "形容詞") or joins or noun:
                ends.append(token.end)
    return ends


_BRACKETS = re.compile(r"[「」]")
# パネルの推計では, 韓国側の発表によると: who counts or tells, not who acts
_BY_WHOSE_COUNT = re.compile(
    r"(?:側|政府|軍|当局|など)?の(?:推計|推定|試算|分析|調べ|集計|まとめ|統計|見立て|見積もり|調査|データ|発表|報告(?:書)?)"
    r"(?:では|によると|によれば|に従えば)"
)
_OF_WHOM = re.compile(r"の(?:[一-鿿]{2,8}(?:である|だった|の|・)?)?")
_BACK = re.compile(
    r"両国|両首脳|両指導者|両者|両氏|両政府|双方|その?2人|二人|三人(?=[がはのも])|三者|3者|三国|3カ国|三カ国|3か国|お互い(?=[がは])"
)


_HEADS = re.compile(r"President|leader|Prime Minister|Chancellor|Premier")


# whose letter, aide or sister it is: a person named only so is not one of the two that 両氏 stands for
_WHOSE = re.compile(
    r"の(?:親書|書簡|側近|特使|意向|発言|父|母|妹|兄|弟|娘|指示|命令|招待|代理|腹心|写真|銅像|名|後任|後継|前任|顧問)"
)


class Memory:
    """Who was named last, for 両国 and 両者: the pair of states or people that the text spoke of last."""

    def __init__(self) -> None:
        self.states: list[str] = []
        self.people: list[str] = []
        self.lands: list[str] = []  # countries of all that was named, places too
        self.heads: list[str] = []
        self.parties: list[str] = []  # states and people together
        self.country: dict[str, str | None] = {}

    def see(self, context: Context, mention: Mention) -> None:
        """Note a mention; the latest stands last, each id once."""
        for ident in mention.ids:
            entity = context.entities.get(ident)
            if entity is None:
                continue
            if entity.country and entity.type in ("state", "person", "place"):
                _latest(self.lands, entity.country)
            if entity.type in ("state", "person"):
                _latest(self.parties, ident)
            if entity.type == "state":
                _latest(self.states, ident)
            elif entity.type == "person":
                _latest(self.people, ident)
                shown = context.text[mention.start : mention.end]
                if entity.role and _HEADS.search(entity.role) and not _BELOW_HEAD.search(shown):
                    _latest(self.heads, ident)
                self.country[ident] = entity.country

    def resolve(self, word: str) -> tuple[str, ...]:
        """Whom 両国, 両者, 三者 stand for."""
        count = 3 if word[0] in "三3" else 2
        if count == 3 and "国" not in word and len(self.people) > 2 and self.parties[-1:] == self.people[-1:]:
            return tuple(self.people[-3:])
        if "国" in word or "政府" in word or count == 3:
            return tuple(self.states[-count:])
        if word in ("両者", "双方") or word.startswith("お互い"):
            if word == "双方" and self.parties and self.parties[-1] in self.states:
                return tuple(self.states[-2:])
            return tuple(self.people[-2:]) if len(self.people) >= 2 else tuple(self.states[-2:])
        if word in ("両首脳", "両指導者") and len(self.heads) > 1:
            # the last person and the one of the other country spoken of (プーチンは平壌を訪問し、両首脳は…)
            last = self.heads[-1]
            for land in reversed(self.lands):
                other = [p for p in self.heads if self.country[p] == land and self.country[last] != land]
                if other:
                    return other[-1], last
        return tuple(self.people[-2:])


# 李在明代表: not yet, or no longer, the head that the lexicon knows
_BELOW_HEAD = re.compile(
    r"(?:党首|代表|議員|幹事長|知事|市長|候補|元大統領|元首相|前大統領|前首相|外相|書記|次官|長官)$"
)


def _latest(kept: list[str], ident: str) -> None:
    if ident in kept:
        kept.remove(ident)
    kept.append(ident)
    del kept[:-6]


def prepare(context: Context, line: Line, memory: Memory | None = None) -> Frame:
    """Arguments and clauses of one sentence; with a memory, 両国 and the like are arguments too."""
    text = context.text
    mentions = _outermost([m for m in context.mentions_in(line.start, line.end) if m.end <= line.end])
    if memory is not None:
        named = list(mentions)
        back = [
            (line.start + m.start(), line.start + m.end(), m.group())
            for m in _BACK.finditer(line.text)
            if not any(n.start < line.start + m.end() and line.start + m.start() < n.end for n in named)
        ]
        for mention in named:
            for start, end, word in [b for b in back if b[0] < mention.start]:
                back.remove((start, end, word))
                ids = memory.resolve(word)
                if len(ids) > 1:
                    mentions.append(Mention(start, end, ids, "back"))
            if not _WHOSE.match(text, mention.end):
                memory.see(context, mention)
        for start, end, word in back:
            ids = memory.resolve(word)
            if len(ids) > 1:
                mentions.append(Mention(start, end, ids, "back"))
        mentions.sort(key=lambda m: m.start)
    arguments: list[Argument] = []
    roles: list[str] = []
    for mention in mentions:
        match = _PARTICLE.match(text, mention.end, min(line.end, mention.end + 80))
        roles.append(
            _ROLE.get(((match and match["p"]) or "").removeprefix("側"), "none") if match and match["p"] else "bare"
        )
        if roles[-1] in ("no", "none") and _BY_WHOSE_COUNT.match(text, mention.end):
            roles[-1] = "said"
    for k in range(len(mentions) - 1):
        between = text[mentions[k].end : mentions[k + 1].start]
        modifies = roles[k] == "no" and _OF_WHOM.fullmatch(between)
        if modifies and _headed(context, mentions[k], mentions[k + 1]):
            roles[k] = "modifier"
        if between == "・" and _state_of_body(context, mentions[k], mentions[k + 1]):
            roles[k] = "modifier"  # 韓国・高麗大学: where the body is
    # a list takes the role of its last member: 「中国とロシアは」, 「習主席と北朝鮮の金総書記は」
    for k in range(len(mentions) - 2, -1, -1):
        head = k + 1
        while head < len(mentions) - 1 and roles[head] == "modifier":
            head += 1
        between = text[mentions[k].end : mentions[k + 1].start]
        alike = is_actor(context, mentions[k]) == is_actor(context, mentions[head])
        if (
            alike
            and roles[k] in ("to_with", "and", "comma")
            and _JOIN.match(between)
            and roles[head] not in ("none", "bare")
        ):
            roles[k] = roles[head]
    for k, role in enumerate(roles):
        if role == "to_with":
            roles[k] = "with"
    if is_headline(context, line, mentions[:1]) and not (
        len(mentions) > 1 and mentions[1].start == mentions[0].end + 1
    ):
        roles[0] = "ga"
    for k, (mention, role) in enumerate(zip(mentions, roles, strict=True)):
        arguments.append(Argument(mention, role, k))
    return Frame(line, arguments, _clause_ends(line), _quotes(line.text, line.start))


def _state_of_body(context: Context, mention: Mention, following: Mention) -> bool:
    first, head = context.entities.get(mention.ids[0]), context.entities.get(following.ids[0])
    if first is None or head is None:
        return False
    return first.type in ("state", "place") and head.type in ("organisation", "place", "person")


def _headed(context: Context, mention: Mention, following: Mention) -> bool:
    """Whether a name with の only tells whose the next name is: a state's person, place or body."""
    first, head = context.entities.get(mention.ids[0]), context.entities.get(following.ids[0])
    if first is None or head is None:
        return False
    return head.type == "person" or (first.type == "state" and head.type in ("place", "organisation"))


_OPENS_HEADLINE = re.compile(r"(?:首脳|外相|防衛相|国防相|両国|両政府|両軍|政府|軍|側|当局|[0-9]カ国)?(?:が|も)?、")


def is_headline(context: Context, line: Line, mentions: list[Mention]) -> bool:
    """Whether a line without a full stop opens with who acts and a comma: 北朝鮮、弾道ミサイルを発射."""
    first = mentions[0] if mentions else None
    return (
        first is not None
        and first.start == line.start
        and _OPENS_HEADLINE.match(context.text, first.end) is not None
        and not line.text.rstrip().endswith(("。", "」", "す", "る", "た", "か", "?", "？"))
        and is_actor(context, first)
    )


def is_actor(context: Context, mention: Mention) -> bool:
    """States, people and bodies act; places, weapons and papers do not."""
    entity = context.entities.get(mention.ids[0])
    return entity is not None and entity.type in ("state", "person", "organisation") and mention.acts


__all__ = ["FORMAL", "Argument", "Frame", "Memory", "embedded", "is_actor", "is_headline", "prepare"]
