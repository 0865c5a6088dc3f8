"""Whose words a sentence gives: the verbs that report, the phrases that name a source, and who spoke before.

The laws, in this order:

1. a source in the sentence itself (Xによると, Xの推計では, Xは…と述べた, …とXはみる);
2. a quotation that stands alone: who spoke in the sentence before, else whom that sentence is about (Xは悲観的だ。「…」);
3. という, とのこと, らしい: who spoke or was named as a source last in the same paragraph;
4. in a summary that names its author in the third person: the author behind a sentence given to him in the same
   paragraph, else the one who sums up;
5. else the voice of the region: author, author of the article inside, translator.
"""  # noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass, field

from keisei.documents.context import Context, Line

# stems of the verbs that report words or thoughts; those in one character say which ending follows
_SAYING = (
    "述べ|語|話し|話す|指摘|主張|強調|非難(?=。?$)|分析|説明|警告|訴え|発言|論じ|批判|反論|結論(?:づけ|付け)?|言及|明らかに|表明|断言|示唆|付け加え|続け|語気|断じ|切り捨て|不満を|語っ|呼びかけ|呼び掛け|求め|述懐|記し|書い|コメント|"
    "答え|回顧し|振り返|釘を|懸念を|明か|漏ら|打ち明け|説(?=[くい])|評し|評する|嘆(?=[くい])|皮肉|戒め|たしなめ|釈明|弁明|弁解|抗弁|強弁|力説|反駁|反発し|一蹴し|言い切|言い添え|書(?=[きく])|言明|念を押|警鐘を鳴ら|"
    "苦笑|失笑|言い放|吐き捨て|明言|公言|一笑に付|慨嘆|請け合|賛同し|同調し|称え|たたえ|呆れ|あきれ|問いかけ|皮肉|見通しを(?:示|語)|警戒を(?:示|促)|認め(?=[るたて])|"
    "疑問を(?:呈し|投げ)|首をかしげ|首をひね|太鼓判を|証言(?=[しす])|報告(?=[しす])|提言(?=[しす])|提案(?=[しす])|解説(?=[しす])|論評(?=[しす])|総括(?=[しす])|喝破(?=[しす])|読み解(?=[いく])|位置(?:づけ|付け)|回答(?=[しす])|見立て(?=[てる])|力を込め|つぶや|こぼ|打ち消|懐かし|回想し|記憶し|振り返|断(?=[りるっ])|はじ(?=[くいき])|釘を刺|忠告(?=[しす])|助言(?=[しす])|進言(?=[しす])|表現(?=[しす])|形容(?=[しす])|胸を張|認定し|判定し|断定し|裁定し|苦言を呈|口をそろえ|口を揃え|声を落と|"
    "との(?:見方|考え|認識|見解|分析|見立て)|の(?:見方|考え|認識|見解|懸念|立場|見通し|見立て|判断|結論|推計|試算|評価|警告|分析)を(?:示[しす]|述べ|明らかにし|表明し|伝え|繰り返)|だと(?:して|し)"
)
_THINKING = "予測|予想|見て|みて|見る|みる|考え|推測|推定し|推計し|試算し|見積も|推論し|読(?=[むみん])|踏(?=[むん])|信じ|疑(?=[うっ])|恐れ|危惧し|憂慮し|懸念し|期待し|案じ|予言し|解釈し|見通し|見込(?=[むんみ])"  # noqa: E501
REPORT = rf"(?:{_SAYING}|{_THINKING})"
# how such a verb ends
ENDING = (
    r"(?:て?い(?:る|た|ます|ました)|します|しました|[いきしちりみえけせてねめれべげ]ま(?:す|した)|して(?:います|いました)|[るたうすくむぐぶ]|いて(?:いる|いた)|ん(?:だ|で(?:いる|いた))|っ(?:た|て(?:いる|いた))|して(?:いる|いた|きた)|する|した|える|えた|"
    r"(?<=みる)|(?<=見る)|(?<=話す)|(?<=評する))"
)
# a report that ends in its noun, as agencies write: …に成功したと主張。
NOUN_END = r"(?<=主張|指摘|強調|分析|説明|警告|表明|明言|断言|反論|批判|非難|発言|示唆|言明|予測|予想|推計|推定|証言|力説|釈明|提言|提案|評価|結論)(?=。?$)"  # noqa: E501
# thoughts given to rulers are the writer's judgement; those given to researchers and services are theirs
THOUGHT = re.compile(r"考え|みて|見て|みる|見る|信じ|疑|恐れ|危惧|憂慮|懸念し|期待|案じ|見込")
_STUDIES = re.compile(
    r"intelligence|Intelligence|Institute|Cent(?:er|re)|Universit|Agency|Foundation|Council on|Association|研究|情報|分析|センター|大学|機関|シンクタンク"  # noqa: E501
)
OFFICE = re.compile(
    r"President|leader|Leader|Minister|Secretary|Chairman|Premier|Chancellor|spokes|Governor|ambassador|director of|大統領|首相|外相|国防相|総書記|主席|報道官|長官|大使|次官"  # noqa: E501
)
_MATTER = "発表|声明|報告書?|分析|話|見立て|推計|推定|試算|見積もり|予測|見通し|見方|見解|調査|計算|評価|集計|情報|証言|説明|主張|論文|著書|研究|診断|解釈|読み|言い分|計画"  # noqa: E501
ACCORDING = re.compile(
    rf"(?:による(?:と|報告)|によれば|の(?:{_MATTER})(?:によると|によれば|では|に従えば)|の(?:推計|推定|試算|集計)で(?=(?:は)?(?:約|およそ|少なくとも|推定)?[0-9０-９])|に言わせれば)、?"
)
# what is estimated is held for likely
ESTIMATED = re.compile(
    r"の(?:推計|推定|試算|見積もり|予測)(?:によると|によれば|では|で(?=[約およそ少なくとも0-9０-９]))"
)
HEARSAY = re.compile(
    r"(?:という(?:の(?:だ|である))?|とのこと(?:だ|である)?|そうだ|ということだ|といわれている|とされる|とされている)。?$"
)
# hearsay that only takes up what was just said, whatever its noun
TAKEN_UP = re.compile(r"(?:はず|予定|計画|見通し|見込み|公算)だという。?$|(?:とも|とさえ)(?:いう|言う|話す)。?$")
NO_SOURCE = re.compile(r"(?:統計|報道|資料|データ|関係者の話|外電)(?:によると|によれば|では)")

_AUTHOR_NAMED = r"(?:同氏|同論文|同記事|同稿|同書|論文|著者|筆者)"
_PROPOSES = re.compile(
    r"(?:を|と|ことを)(?:提案|提唱|提言|提起|勧告|推奨)(?:する|した|している|したい)。?$|(?:処方箋|道筋|手順|行程表|青写真|代案|対案)を(?:示す|示した|描く|描いた|示している|描いている)。?$|"
    r"(?:提案|提言|処方箋|手順)は(?:次の|以下の|こう|単純|明快|三|3|二|2|四|4)"
)


def official(context: Context, ident: str) -> bool:
    """Rulers, ministers and governments: what they are said to think is the writer's judgement, not their claim."""
    entity = context.entities.get(ident)
    if entity is None:
        return False
    if entity.type == "person":
        return bool(entity.role and OFFICE.search(entity.role))
    return entity.type == "state" or not _STUDIES.search(f"{entity.name_en} {entity.id}")


def agency(context: Context, ident: str) -> bool:
    """News agencies, papers and broadcasters: what they pass on is a report and no judgement of theirs."""
    entity = context.entities.get(ident)
    return bool(
        entity
        and entity.type == "organisation"
        and re.search(r"News|Agency\b.*(?:Press|Telegraph)|Press|Shimbun|Ilbo|Times|Post|TV|Television|通信|新聞|テレビ|放送|紙$|KCNA|NHK|BBC|CNN|Reuters|TASS|Xinhua|Kyodo|Yonhap|media", f"{entity.name_en} {entity.id}")  # noqa: E501
    )  # fmt: skip


@dataclass
class Discourse:
    """Who spoke, who was named as a source and whom the text was about, line by line.

    ``source`` and ``spoken`` are (number of the line, entity id); ``own`` is the author of a summary once a sentence of
    the paragraph was given to him.
    """

    context: Context
    source: tuple[int, str] | None = None
    spoken: tuple[int, str] | None = None
    topic: tuple[int, str] | None = None
    person: str | None = None
    own: bool = False
    proposer: str | None = None
    third_person: frozenset[str] = field(default_factory=frozenset)
    _paragraph: int = 0
    _last_end: int = 0

    def __post_init__(self) -> None:
        self.third_person = frozenset(summed_up(self.context))

    def open(self, number: int, line: Line) -> None:
        """Begin a line; a line break before it begins a paragraph."""
        if "\n" in self.context.text[self._last_end : line.start] or number == 0:
            self._paragraph, self.own, self.proposer = number, False, None
        self._last_end = line.end

    def heard(self, number: int) -> str | None:
        """Who spoke last, within four lines."""
        return self.spoken[1] if self.spoken and number - self.spoken[0] <= 4 else None

    def near(self, number: int) -> tuple[int, str] | None:
        """The source named or heard last: within two lines, or since the paragraph began for one that spoke."""
        told = self.source if self.source and number - self.source[0] <= 2 else None
        said = (
            self.spoken if self.spoken and self._paragraph <= self.spoken[0] and number - self.spoken[0] <= 2 else None
        )
        return max((s for s in (told, said) if s), default=None, key=lambda s: s[0])

    def told_of(self, number: int) -> tuple[int, str] | None:
        """The person without an office of state that the paragraph told of last (朴氏は川を渡った。…という)."""
        topic = self.topic
        if topic is None or number - topic[0] > 2 or topic[0] < self._paragraph or official(self.context, topic[1]):
            return None
        return topic

    def beside(self, number: int, own: str | None, spoken: bool = False) -> str | None:
        """The speaker of a quotation that stands alone: who spoke in the line before, else whom that line is about.

        ``own`` is the author of what is summed up, who speaks where no other does. Words in the polite style
        (``spoken``) are a person's, not those of the statistics that were quoted before them.
        """
        before = self.context.entities.get(self.spoken[1]) if self.spoken else None
        if spoken and self.person and before is not None and before.type != "person":
            return self.person if not official(self.context, self.person) else self.spoken[1] if self.spoken else None
        if self.spoken and self.spoken[0] >= number - 1:
            return self.spoken[1]
        if self.topic and self.topic[0] >= number - 1:
            return self.topic[1]
        return own or self.heard(number)

    def voice(self, line: Line) -> str:
        """The voice of a line that names no source."""
        speaker = self.context.speaker(line)
        if speaker in self.third_person and not self.own:
            return "AUTHOR"
        return speaker

    def say(self, number: int, speaker: str, line: Line) -> None:
        """A sentence was given to this speaker."""
        self.spoken = (number, speaker)
        if self.third_person:
            self.own = speaker in self.third_person


def summed_up(context: Context) -> set[str]:
    """The authors whom a summary names in the third person: there the rest is the words of the one who sums up."""
    out = set()
    for line in context.lines:
        speaker = context.speaker(line) if line.kind == "body" else "AUTHOR"
        if speaker == "AUTHOR" or speaker in out or not context.digest:
            continue
        named = any(
            m.ids == (speaker,)
            and re.match(r"(?:氏|教授|[^、。]{0,8}員)?(?:は|が|の|によ)", context.text[m.end : m.end + 14])
            for m in context.mentions_in(line.start, line.end)
        )
        if named or re.search(rf"(?<![一-鿿]){_AUTHOR_NAMED}(?:は|が|の|によ)", line.text):
            out.add(speaker)
    return out


def proposes(text: str) -> bool:
    """Whether a sentence announces steps that its speaker proposes."""
    return _PROPOSES.search(text) is not None


__all__ = [
    "ACCORDING", "ENDING", "ESTIMATED", "HEARSAY", "NOUN_END", "NO_SOURCE", "OFFICE", "REPORT", "TAKEN_UP", "THOUGHT", "Discourse", "agency",  # noqa: E501
    "official", "proposes",
]  # fmt: skip
