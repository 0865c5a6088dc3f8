"""Claims: judgements, forecasts and advice, with the voice behind them, kind and degree of certainty.

A voice is, in this order: the person whose quoted or reported words the stretch is (「…」と述べた, Xは…と指摘する, Xによると);
for hearsay without a name (という, とのこと) the last source named in the paragraph; else the voice of the region:
AUTHOR, or the author of the article inside a blog. An author's own hedges are the author's.

Polarity is kept apart from strength: 考えにくい is ``unlikely`` of what is said, ないだろう is ``likely`` of its negation.
A sentence that only tells what happened is an event and no claim.
"""  # noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass

from keisei.documents.context import Context
from keisei.documents.events.roles import Argument, Frame, is_actor, prepare
from keisei.documents.records import Claim, Event

_UNLIKELY = re.compile(
    r"考えにくい|考えづらい|考えられない|(?:可能性|公算|確率|見込み)[はも](?:極めて|かなり|ほぼ|ほとんど|なお)?(?:低|少な|小さ|薄|な[いく])|見込みは(?:薄|な)|ありそう(?:に|も)ない|あり得ない|ありえない|(?<!れ)ないの?では(?:ない|なかろう)|"
    r"(?:とは|とも)(?:思えない|考えられない)|想像しにくい|望み薄|期待できない|想定しにくい|確率[^。]{0,16}(?:[1-4一二三四１-４]割|[1-4]\d?(?:%|％|パーセント))[^。]{0,4}(?:満たない|未満|以下|程度)|(?:難しい|困難だ?|遠い|厳しい)(?:と(?:み|見)(?:られ|る|て)|との見方|と予想)"
)
_LIKELY = re.compile(
    r"だろう(?!か)|(?<=[うくすつぬむるぐぶいれせけめえねげてべみ])まい(?=[。」]|$|と)|という話(?:だ|だった|である)。?」?$|懐疑(?:派|的)に?[^。]{0,6}。?$|であろう|でしょう(?!か)|ようだ|ようである|ように(?:見え|思え|映)|と?思われ|と?考えられ|とみられ|と見られ|とみられる|可能性が(?:非常に|極めて)?(?:高|強|大き)|"
    r"はずだ(?!った)|はずである|らしい|といわれ|と言われ|という(?:見方|こと)?(?:だ|が多|が強)?。?$|に違いない|とされる|と見ている|とみている|言い難|言いがたい|ではなかろうか|ではないだろうか|のではないか|"
    r"きらい|公算|見通しだ|見込み|ほとんどない|受け取られ|多くの人の見方|傾向が|おそらく|恐らく|だろう。?」?$|と推定|と推測|がうかがえ"
)
_POSSIBLE = re.compile(
    r"かもしれ|(?:言い切れ|断言でき|断定でき|言い切ることはでき)ない|微妙(?:だ|である|だろう|な情勢)|確率[^。]{0,12}(?:[4-6][0-9](?:%|％|パーセント)|[四五六4-6]割|五分五分)|可能性(?!が(?:非常に|極めて)?(?:高|強|大き)|は(?:極めて|かなり|ほぼ|ほとんど)?(?:低|少な|小さ|な(?:い|く)))|かねない|のだろうか|だろうか|分からない|わからない|不透明|こともでき|こともあり得|ことができる。|(?:恐れ|おそれ|懸念|余地)[がはも]ある|恐れも|"
    r"取り沙汰|あり得る|ありうる|余地がある|懸念(?:がある|される|も)|危険(?:性)?がある|(?:否定|排除)(?:は|も)?(?:でき|し切れ|しきれ)ない|もあり得|(?<=[いきしちにひみりぎじびえけせてねめれ])(?:得る|うる)(?=[。」]|$|と)"
)
_ADVICE = re.compile(
    r"べき(?:だ|で|もの|なの|。|と)|てはならない|ことが望ましい|が望まれる|(?:する|した)ほうが(?:よい|良い)|求められ(?:る|ている)。|しなければならない。?$|(?:する|いく|べき|ける|える)必要がある。?$|ことが(?:肝要|不可欠|必要|求められる)(?:だ|である)?。?$|緩和を公然と主張"
)
_FORECAST_TAIL = re.compile(
    r"(?<=[うくすつぬむるぐぶれせけめえねげてべ])まい[。」]*$|早くても[^。]{0,12}(?:になる|だ|である|となる)|できるかは[^。]{0,8}(?:だろう|だ|ない)|(?:[うくすつぬむるぐぶ]|ない|ていく|なる)(?:こと(?:に|は|も)(?:なる|ない|ある))?(?:だろう|であろう|でしょう|かもしれ|可能性|恐れ|おそれ|公算|見通し|はずだ(?!った)|に違いない|見込み|のではないか|のでは|とみられ|と考えられ|と思われ)|"
    r"かねない|ことになろう|ようになる|ことになる|ことはない|考えにくい|ことになるだろう|(?:今後|将来|いずれ|近く|やがて).{0,40}(?:る|だろう|かもしれない)。?$|(?:難し|困難)(?:い|に)だろう|(?:難しい|困難)と(?:み|見)|(?:実現|成立|成功)する(?:確率|見込み)|決して[^。]{1,16}ない(?:だろう)?。?$|と(?:予測|予想|見込)"
)
_PRESENT_STATE = re.compile(
    r"(?:ている|ていた|である|だった|た|の|ゆえ|から|である|ある|いる|ような|つもりはない|[一-鿿])(?:の)?(?:だろう|であろう|かもしれ|ようだ)|(?:である|ている|た)(?:可能性|公算|とみられ)"
)
_CONDITION = re.compile(
    r"(?P<c>(?:もし|仮に)?[^、。「」]{2,60}?(?:ければ|れば|えば|けば|せば|てば|めば|ねば|べば|げば|なら(?:ば)?|場合(?:に)?は?|たら|としても|ても|限り|ない限り|とすれば|ことになれば)|[^、。「」]{2,40}に伴えば)(?:、|(?<=[えけせてねべめれ]ば)(?=[一-鿿ァ-ヺ]))"
)
# what a condition brings, told without a hedge: …すれば、影響力を失う
_RESULT = re.compile(r"(?:ない理由はない|(?<![てで]い)(?<!あ)[うくすつぬむぶぐる])[」。]*$")
_STRONG_CONDITION = re.compile(
    r"(?:もし|仮に|ければ|(?:す|な|[けげせてねべめれえ])れば|(?<=[けげせてねべめれえ])ば|なら(?:ば)?|場合|たら|としても|ない限り|条項付き)"
)
_REPORT = r"(?:述べ|語|話し|話す|指摘|主張|強調|分析|説明|予測|予想|警告|訴え|発言|論じ|見て|みて|見る|みる|考え|批判|反論|結論|言及|明らかに|表明|断言|示唆|推測|付け加え|続け|語気|断じ|切り捨て|不満を|語っ|呼びかけ|求め|述懐|記し|書い|コメント|答え|推定し|推計し|試算し|見積も|回顧し|振り返|釘を|懸念を|との(?:見方|考え|認識|見解|分析)|の(?:見方|考え|認識|見解|懸念|立場|見通し)を(?:示[しす]|述べ|明らかにし|表明し|伝え|繰り返)|だと(?:して|し))"  # noqa: E501
_AFTER_QUOTE = re.compile(
    rf"^(?:など)?(?:だ)?(?:と|との|、と)(?:も)?[^。「」、]{{0,16}}?{_REPORT}|^(?:と|として|だとして)"
)
_SAID_AFTER = re.compile(rf"^(?:など)?(?:と|との)(?:も)?[^。「」、]{{0,8}}?{_REPORT}")
_INDIRECT = re.compile(
    rf"(?P<said>(?<!こ)と)(?P<also>も|まで|さらに)?(?:、?(?:のちに|後に|改めて|その後|さらに|重ねて))?(?P<verb>[^。「」、]{{0,10}}?(?:{_REPORT}|言))(?:て?い(?:る|た|ます)|[るたうす]|して(?:いる|いた)|する|した|える|えた|(?<=みる)|(?<=見る)|(?<=話す))"
    r"(?:ばかり(?:だ(?:った)?|である))?(?:という(?:ことだ)?|とのことだ)?。?$"
)
_SAME_WHO = r"(?:同(?:氏|[一-鿿]{0,6}(?:員|授|士|官|相|長|統領|記者|家|使))|彼|彼女)"
_SAME = re.compile(rf"{_SAME_WHO}(?:は|が|も|によると)、?")
_SAME_SAID = re.compile(rf"(?:{_SAME_WHO}|同(?:機関|研究所|紙|省|センター|通信))(?:による|によれ)(?:と|ば)、?")
# what the speaker did before speaking (会談し、…と述べた) is no part of the words
_OTHER_ACT = re.compile(
    r"(?:会談|会見|訪問|出席|面会|協議|演説|発表|視察|会合|電話|声明|談話)[^、。「」]{0,8}?(?:し|して|で|い|き)、"
)
# who speaks the quotation that stands alone before or behind: Xはこう指摘する。
_POINTS = re.compile(
    rf"(?:は|が|も)、?[^。「」]{{0,24}}?(?:こう|このように|そう|次のように|以下のように)[^。「」、]{{0,6}}?{_REPORT}"
)
# two judgements of one speaker: …は考えにくいとしながらも、…と警告した
_CONCEDED = re.compile(r"(?<!こ)と(?:し|述べ|認め|指摘し|みて)(?:ながらも?|つつも?|た上で|たうえで|て(?=いるが))、")
# a body weighs what it says only as likely: …とみて分析を進めている
_WEIGHED = re.compile(
    r"と(?:み|見)て(?:い(?:る|た)|、?[^。「」、]{0,12}(?:分析|調査|警戒|検討|注視|監視)[^。「」、]{0,8})。?$"
)
# a word that judges what others said: 「偽情報」だとして否定した
_DISMISSED = re.compile(
    # a reason given for the act: …に違反するとして発射を非難した
    r"(?:だ|である)?と(?:して)?、?[^。「」、]{0,6}?(?:否定|切り捨て|一蹴|退け|反論|非難|批判|断じ|決めつけ|呼んで?非難)[ぁ-ん]{0,4}"
)
_ON_GROUNDS = re.compile(
    r"(?<!こ)(?:だ|である)?として、?(?=[^。「」、]{0,24}(?:非難|批判|抗議|反対|拒否|警告|否定)[^。「」、]{0,8}。?$)"
)
# what one is reported to have said: …は、金総書記が…と述べたと伝えた
_NESTED = re.compile(
    rf"(?P<said>(?<!こ)と)[^。「」、]{{0,8}}?{_REPORT}(?:た|ている|ていた)と[^。「」、]{{0,6}}?(?:伝え|報じ|明らかに|発表)"
)
_TURNED = re.compile(
    rf"(?P<said>と)、?(?=[^、。「」]{{2,40}}(?:は|も)[^。「」、]{{0,16}}(?:{_REPORT}|推定|推計|見積)[^。「」、]{{0,10}}。?$)"
)
_IMPERSONAL = re.compile(
    r"(?:と|も)?(?:思われ|考えられ|みられ|見られ|いわれ|言われ|される|されて|言える|いえる|言っても)"
)
_OFFICIAL = re.compile(
    r"President|leader|Leader|Minister|Secretary|Chairman|Premier|Chancellor|spokes|Governor|ambassador|director of|大統領|首相|外相|国防相|総書記|主席|報道官|長官|大使|次官"  # noqa: E501
)
_ACCORDING = re.compile(
    r"(?:による(?:と|報告)|によれば|の(?:発表|声明|報告|分析|話|見立て)(?:によると|によれば|では))、?"
)
_HEARSAY = re.compile(r"(?:という|とのこと(?:だ|である)?|そうだ|ということだ|といわれている|とされる|とされている)。?$")
_JUDGING_TOLD = re.compile(r"重要|深刻|大き|急速|著し|明らか|成果|意味|初めて|象徴|異例")
_LIKELY_OWN = re.compile(r"ということ(?:だ|である|になる)。?$|というわけ")
_JUDGED_PAST = re.compile(
    r"ため|ので|結果|ことで|によって|により|第[一二三四]に|大きく|大きな|大幅|急速|著し|初めて|変え|見せつけ|にもかかわらず"
)
# a record (16年ぶりとなる, 今年10回目だ) is a fact; what the text itself sets out to do is no judgement
_RECORD = re.compile(
    r"(?:ぶり(?:だ|となる|である|になる|の(?:こと|訪問|会談)(?:だ|である))?|(?:回|度|例|発|人)目(?:だ|となる|である|になる)|"
    r"初めて(?:だ|となる|である|のこと(?:だ|である))|(?:年|月|日|間|時間)(?:後|前)のこと(?:だ|である|だった|であった)|"
    r"のは、?[^。、]{0,20}[0-9０-９]+[年月日][^。]{0,24}(?:から|後|こと|の|とき)?(?:だ|である|だった|であった))。?$"
)
_SIGNPOST = re.compile(
    r"^(?:本稿|本論|小論|本章|拙稿|以下|ここ)で?は?[^。]*(?:たい|する|みる|みたい)。?$|(?:[二三四2-5２-５]つ|次|以下)のことが[^。]{1,4}る。?$"
)
_NOT_CONDITION = re.compile(
    r"(?:からすれば|言えば|いえば|例えば|たとえば|見れば|みれば|によれば|考えれば|考えると|(?:特に|とりわけ)[^、]{1,8}の場合|の場合|ならば?こそ|だからこそ|にもかかわらず|ついても|において(?:も)?|に対しても|としても$)$"
)
_NARRATIVE_END = re.compile(
    r"(?:行っ|開い|行われ|発表し|発表され|述べ|語っ|訪れ|訪問し|会談し|視察し|署名し|締結し|採択し|採択され|到着し|出席し|参加し|合意し|打ち上げ|発射し|実施し|報じ|伝え|明らかにし|行使し|会っ|招待し|許可し|輸送し|送っ|"
    r"開催し|開催され|派遣し|向かっ|出し|示し|挨拶し|告白し|選ん|終わっ|始まっ|再選され|選ばれ|失敗し|成功し|指示し|表明し|公開し|撮影され|流れ|配信し|開業し|オープンし|運航し|報告し|公表し|設立し|粛清し|処刑し|増やし|制限し|派遣し|派兵し|求め|要求し)(?:た|たばかりだ|ている|てきた|ていた)。?$"
)
_JUDGING = re.compile(
    r"重要|危機|好機|転機|契機|打撃|衝撃|当然|容易|困難|難し|深刻|重大|脅威|危険|有利|不利|恩恵|影響|意味|理由|背景|要因|結果|成果|象徴|異例|明らか|限界|問題|戦略|思惑|狙い|本音|意図|立場|姿勢|関係|必要|だからだ|わけだ|わけである|のである|のだ|"
    r"に過ぎない|ほど|より|最も|最大|全く|必ずしも|むしろ|にもかかわらず|ため|ので|によって|示して|示した|反映|物語|見せつけ|高ま|低下|変化|大きく|著しく|急速|ますます|益々"
)


@dataclass(frozen=True)
class _Unit:
    start: int
    end: int
    speaker: str
    rule: str
    tail: str  # words behind it that carry the mood of the whole (と考えられる)


def find_claims(context: Context, events: list[Event]) -> list[Claim]:
    """All claims of a text, in order."""
    if context.language != "ja":
        from keisei.documents.claims_en import find_english_claims

        return find_english_claims(context, events)
    out: list[Claim] = []
    source: tuple[int, str] | None = None  # line of the text, last named source
    spoken: tuple[int, str] | None = None  # line of the text, who was quoted last
    by_line = _events_by_line(context, events)
    person: str | None = None  # who was named last outside quotations
    for number, line in enumerate(context.lines):
        if line.kind != "body" or len(line.text) < 8:
            continue
        if not any(t.pos in ("動詞", "助動詞", "形容詞", "形状詞") for t in line.tokens):
            continue  # a caption or a fragment asserts nothing
        frame = prepare(context, line)
        named = _named_source(context, frame)
        near = source if source and number - source[0] <= 2 else None
        heard = spoken[1] if spoken and number - spoken[0] <= 4 else None
        if _points(context, frame):
            spoken = (number, _points(context, frame) or "")
            continue
        if heard is None and (_SAME.search(line.text) or _SAME_SAID.search(line.text)):
            heard = person
        alone = _alone(frame)
        if alone:
            behind = context.lines[number + 1] if number + 1 < len(context.lines) else None
            if behind is not None and not (spoken and spoken[0] == number - 1):
                heard = _points(context, prepare(context, behind)) or heard
            if heard:
                out.extend(_claim(context, frame, unit) for unit in _quoted(context, *alone, heard))
                spoken = (number, heard)
                continue
        person = _person(context, frame) or person
        for unit in _units(context, frame, by_line.get(number, []), near, named, heard):
            out.append(_claim(context, frame, unit))
            if unit.speaker != context.speaker(line):
                spoken = (number, unit.speaker)
        if named:
            source = (number, named)
    return out


def _points(context: Context, frame: Frame) -> str | None:
    """The speaker of a sentence that only says who speaks the quotation beside it."""
    match = _POINTS.search(frame.line.text)
    if match is None or frame.line.end - frame.line.start - match.end() > 8:
        return None
    at = frame.line.start + match.start()
    named = [a for a in frame.arguments if a.role in ("wa", "ga") and _speaking(context, frame, a)]
    near = [a for a in named if a.mention.end <= at + 2]
    return near[-1].mention.ids[0] if near else None


def _alone(frame: Frame) -> tuple[int, int] | None:
    """The quotation that is a sentence of its own, with no verb of saying."""
    line = frame.line
    for start, end in frame.quotes:
        if start == line.start + 1 and line.text[end - line.start :].strip("」。 　") == "" and end - start >= 9:
            return start, end
    return None


def _quoted(context: Context, start: int, end: int, speaker: str) -> list[_Unit]:
    """The sentences inside a quotation, each a claim; a lone one with its brackets."""
    pieces = re.finditer(r"[^。]+?(?:[^。]{14}(?:ておらず|ており)、(?=[^。]{14})|。|$)", context.text[start:end])
    inner = [i for i in pieces if len(i.group()) >= 8]
    if len(inner) > 1:
        return [_Unit(start + m.start(), start + m.end(), speaker, "C-quote", "") for m in inner]
    return [_Unit(start - 1, end + 1, speaker, "C-quote", "")]


def _person(context: Context, frame: Frame) -> str | None:
    """The last person named outside quotations."""
    people = [
        a.mention.ids[0]
        for a in frame.arguments
        if _speaking(context, frame, a) and context.entities[a.mention.ids[0]].type == "person"
    ]
    return people[-1] if people else None


def _events_by_line(context: Context, events: list[Event]) -> dict[int, list[Event]]:
    out: dict[int, list[Event]] = {}
    k = 0
    ordered = sorted(events, key=lambda e: e.trigger)
    for number, line in enumerate(context.lines):
        while k < len(ordered) and ordered[k].trigger[0] < line.end:
            if ordered[k].trigger[0] >= line.start:
                out.setdefault(number, []).append(ordered[k])
            k += 1
    return out


def _named_source(context: Context, frame: Frame) -> str | None:
    """Who reports in this sentence: Xによると, or the topic of a reporting verb at its end."""
    for argument in frame.arguments:
        if argument.role == "said" and is_actor(context, argument.mention):
            return argument.mention.ids[0]
    text = frame.line.text
    if re.search(r"報告し|報じ|伝え|明らかにし|発表し", text):
        for argument in frame.arguments:
            if argument.role in ("wa", "ga") and is_actor(context, argument.mention):
                return argument.mention.ids[0]
    match = _ACCORDING.search(text)
    if match:
        before = [
            a
            for a in frame.arguments
            if a.mention.end <= frame.line.start + match.start() + 2 and is_actor(context, a.mention)
        ]
        if before and frame.line.start + match.start() - before[-1].mention.end <= 16:
            return before[-1].mention.ids[0]
    return None


def _speaking(context: Context, frame: Frame, argument: Argument) -> bool:
    """Whether a name can be the one who speaks here: an actor outside quotations."""
    return is_actor(context, argument.mention) and frame.quote(argument.mention.start) is None


def _subject(context: Context, frame: Frame, at: int, until: int, last: str | None) -> str | None:
    """The speaker of quoted words: the は-marked name (before, else behind), 同氏 for the last one, else が-marked."""
    line = frame.line
    tail = context.text[until : line.end]
    if _SAME.search(tail) or _SAME.search(context.text[line.start : at]):
        return last
    for role in (("wa",), ("said",), ("ga",)):
        pool = [a for a in frame.arguments if a.role in role and _speaking(context, frame, a)]
        before = [a for a in pool if a.mention.end <= at]
        behind = [a for a in pool if a.mention.start >= until]
        if before or behind:
            return (before[0] if role[0] == "wa" and before else before[-1] if before else behind[-1]).mention.ids[0]
    named = re.search(r"(?:声明|談話|名義|論評)で", context.text[line.start : at])
    if named:
        near = [a for a in frame.arguments if a.mention.end <= at and is_actor(context, a.mention)]
        if near:
            return near[-1].mention.ids[0]
    return last


def _official(context: Context, ident: str) -> bool:
    """Leaders and ministers: what they are said to think is the writer's judgement, not their claim."""
    entity = context.entities.get(ident)
    return entity is not None and (entity.type != "person" or bool(entity.role and _OFFICIAL.search(entity.role)))


def _indirect(context: Context, frame: Frame, voice: str, last: str | None) -> _Unit | None:
    """Reported words without quotation marks: Xは…と指摘する, …と、Xは推定している."""
    line = frame.line
    text = line.text
    turned = _TURNED.search(text)
    if turned:
        at = line.start + turned.end("said")
        behind = [
            a for a in frame.arguments if a.mention.start >= at and a.role == "wa" and _speaking(context, frame, a)
        ]
        if behind and behind[0].mention.ids[0] in context.authors.values() and voice == "AUTHOR":
            return _Unit(line.start, line.end, voice, "C-own", "")
        if behind and behind[0].mention.start - at <= 24:
            return _Unit(
                line.start, line.start + turned.start(), behind[0].mention.ids[0], "C-indirect", text[turned.start() :]
            )
    grounds = _grounds(context, frame, voice)
    if grounds is not None:
        return grounds
    match = _INDIRECT.search(text)
    if not match or _IMPERSONAL.search(text[match.start() :]):
        return None
    if re.search(r"筆者|(?:私|僕|わたし)(?:は|が)", text[: match.end()]):
        return _Unit(line.start, line.end, voice, "C-own", "")
    tail = text[match.start() :]
    until = line.start + match.start()
    same = _SAME.search(text)
    candidates = [
        a
        for a in frame.arguments
        if a.mention.end < until and a.role in ("wa", "said") and _speaking(context, frame, a)
    ]
    first = [
        a
        for a in frame.arguments
        if a.role == "ga" and _speaking(context, frame, a) and context.text[a.mention.end : a.mention.end + 2] == "が、"
    ]
    unnamed = re.match(r"(?:一方、|また、|しかし、)?(?:[^、。「」はがも]{2,16})は、?", text)
    chosen = sorted(candidates + first, key=lambda a: a.mention.start)[:1]
    if same and (not chosen or line.start + same.start() < chosen[0].mention.start):
        if last is None:
            return None
        return _Unit(line.start + same.end(), until, last, "C-indirect", tail)
    if not chosen or (unnamed and line.start + unnamed.end() <= chosen[0].mention.start):
        return None
    speaker, end = chosen[0].mention.ids[0], chosen[0].mention.end
    if speaker == voice or (re.search(r"考え|みて|見て|みる|見る", match["verb"]) and _official(context, speaker)):
        return None
    if re.search(r"明らかに|発表|公表|報じ|伝え|報告", match["verb"]):
        return _Unit(end, end, speaker, "C-told", tail)
    particle = re.match(
        r"(?:[(（][^()（）\n]{1,40}[)）])?(?:として)?(?:側)?(?:は|が|も|によると|によれば)?(?:[^、。「」]{0,20}(?:で|に|へ|として|日|月|年))?、|(?:[(（][^()（）\n]{1,40}[)）])?(?:は|が|も)",
        context.text[end:until],
    )
    begin = end + (particle.end() if particle else 0)
    begin = max([m.end() for m in _OTHER_ACT.finditer(context.text, begin, until)], default=begin)
    return _Unit(begin, until, speaker, "C-indirect", tail)


def _grounds(context: Context, frame: Frame, voice: str) -> _Unit | None:
    """What a body weighs (とみて分析を進めている), the reason it gives for an act (に違反するとして非難した), and nested words."""  # noqa: E501
    line = frame.line
    named = [a for a in frame.arguments if a.role in ("wa", "ga") and _speaking(context, frame, a)]
    nested = _NESTED.search(line.text)
    if nested and frame.quote(line.start + nested.start()) is None:
        until = line.start + nested.start("said")
        inside = [a for a in named if a.role == "ga" and a.mention.end < until]
        if inside:
            begin = inside[-1].mention.end + 1
            return _Unit(begin, until, inside[-1].mention.ids[0], "C-nested", line.text[nested.start() :])
        return None
    match = _WEIGHED.search(line.text) or _ON_GROUNDS.search(line.text)
    if match is None or frame.quote(line.start + match.start()) is not None:
        return None
    until = line.start + match.start()
    first = [a for a in named if a.mention.end < until]
    speaker = first[0].mention.ids[0] if first else voice
    if speaker == voice or (match.re is _WEIGHED and context.entities[speaker].type != "organisation"):
        return None
    begin = first[0].mention.end + 1
    before = context.text[begin:until]
    for clause in re.finditer(r"(?:とし|出し|開き|示し|会談し|会見し|述べ)(?:て)?、", before):
        begin = first[0].mention.end + 1 + clause.end()
    while context.text[begin : begin + 1] in "は、が":
        begin += 1
    return _Unit(begin, until, speaker, "C-grounds", line.text[match.start() :]) if until - begin >= 8 else None


def _units(
    context: Context,
    frame: Frame,
    events: list[Event],
    last: tuple[int, str] | None,
    named: str | None,
    heard: str | None,
) -> list[_Unit]:
    line = frame.line
    text = line.text
    voice = context.speaker(line)
    units: list[_Unit] = []
    quoted = 0
    for start, end in sorted(frame.quotes):
        behind = text[end + 1 - line.start :]
        dismissed = _DISMISSED.match(behind) if end - start < 20 else None
        speaker = _subject(context, frame, start, end, None) if dismissed else None
        if dismissed and speaker:  # 「偽情報」だとして否定した: a word that judges what others said
            units.append(_Unit(start - 1, end + 1 + dismissed.end(), speaker, "C-dismissed", ""))
            quoted += end - start
            continue
        if end - start < 9:
            continue
        if not _AFTER_QUOTE.match(behind):
            continue
        speaker = _subject(context, frame, start, end, heard if _SAID_AFTER.match(behind) else None)
        if speaker is None:
            continue
        units.extend(_quoted(context, start, end, speaker))
        quoted += end - start
    last_quote = max((u.end for u in units), default=0)
    if units and line.end - last_quote <= 16:
        return units  # nothing but the verb of saying stands behind
    if quoted * 5 >= len(text) * 2 or (units and quoted >= 20 and _INDIRECT.search(text)):
        return units
    told = _indirect(context, frame, voice, heard)
    if told is not None:
        cut = _CONCEDED.search(context.text, told.start, told.end)
        if cut and cut.start() - told.start >= 8 and told.end - cut.end() >= 8:
            units.append(_Unit(told.start, cut.start(), told.speaker, told.rule, ""))
            told = _Unit(cut.end(), told.end, told.speaker, told.rule, told.tail)
        twice = any(u.start < told.end and u.end >= told.end - 2 for u in units)
        return [*units, told] if told.end > told.start + 5 and not twice else units
    same = _SAME_SAID.search(text)
    if same and heard and not named:
        return [*units, _Unit(line.start + same.end(), line.end, heard, "C-according", "")]
    if named:
        match = _ACCORDING.search(text)
        if match:
            # reported facts of a named source: a claim of that source where they judge, an event where they tell
            begin = line.start + match.end()
            if not events or _JUDGING.search(text):
                return [*units, _Unit(begin, line.end, named, "C-according", "")] if not events else units
            return units
    if _HEARSAY.search(text) and last is not None and not _LIKELY_OWN.search(text):
        return [*units, _Unit(line.start, line.end, last[1], "C-hearsay", "")]
    if not _asserts(text, events, line.end):
        return units
    parts = _split(frame)
    for start, end in parts:
        told_in = [e for e in events if start <= e.trigger[0] < end]
        if len(parts) == 1 or _asserts(context.text[start:end].rstrip("、。") + "。", told_in, end):
            units.append(_Unit(start, end, voice, "C-voice", ""))
    return units


def _asserts(text: str, events: list[Event], end: int) -> bool:
    """Whether a sentence judges; one that only tells what happened does not."""
    hedged = _LIKELY.search(text) or _POSSIBLE.search(text) or _UNLIKELY.search(text) or _ADVICE.search(text)
    if hedged:
        return True
    if re.search(r"予定(?:だ|である|という)?。?$", text) and events:
        return False
    if re.search(r"[？?]$|(?:次|以下)の(?:通り|とおり)|参考\)?。?$|ください|みたい。?$|いただき", text):
        return False
    if _RECORD.search(text) or _SIGNPOST.search(text) or re.fullmatch(r"[(（].*[)）]。?", text):
        return False
    ends_in_past = re.search(r"(?:(?<!だっ)(?<!なかっ)(?<!なっ)(?<!であっ)た|んだ|(?:次|継|防|注|稼)いだ)。?$", text)
    last = max((e.trigger[1] for e in events if e.status in ("occurred", "reported")), default=-1)
    if ends_in_past and last >= end - 12 and not _JUDGED_PAST.search(text):
        return False
    if ends_in_past and not _JUDGING.search(text) and not _JUDGED_PAST.search(text):
        return False
    if _NARRATIVE_END.search(text):
        telling = [e for e in events if e.status in ("occurred", "reported", "planned")]
        return bool(re.search(r"見せつけ|ことだ|異なり|のである|わけ|ため|結果", text)) or (
            not telling and bool(_JUDGING_TOLD.search(text))
        )
    return True


def _split(frame: Frame) -> list[tuple[int, int]]:
    """A sentence is one claim, or two where a hedged or long first half is set against the second (…かもしれないが、…)."""  # noqa: E501
    line = frame.line
    text = line.text
    for match in re.finditer(
        r"(?:かもしれない|だろう|である|だ|いる|ある|いた|ない|する|した|れた)(?P<but>が、|けれども、|ものの、)", text
    ):
        first, second = match.start("but"), match.end()
        if first >= 14 and len(text) - second >= 12 and not frame.quote(line.start + first):
            return [(line.start, line.start + first), (line.start + second, line.end)]
    for match in re.finditer(r"(?:ており|であり|おり|し|され)、", text):
        first, second = match.end() - 1, match.end()
        if first >= 36 and len(text) - second >= 36 and not frame.quote(line.start + first):
            return [(line.start, line.start + first), (line.start + second, line.end)]
    return [(line.start, line.end)]


def modality(words: str) -> tuple[str, str]:
    """Strength and polarity.

    >>> modality("核関連ノウハウを譲渡することは考えにくい。")
    ('unlikely', 'affirmed')
    >>> modality("戦場での変革にはつながらないだろう。")
    ('likely', 'negated')
    """
    tail = words[-44:]
    plain = re.sub(
        r"かもしれな(?:い|かった)|かねな(?:い|かった)|に違いな(?:い|かった)|ではな(?:い|かろう)か|ざるを得ない|に他ならない|にほかならない|(?:否定|排除)(?:は|も)?(?:でき|し切れ|しきれ)ない",
        "",
        tail,
    )
    negated = bool(
        re.search(r"(?:ない|なかった|ぬ|ず)(?:だろう|であろう|と思われ|とみられ|ようだ|ことはない|。|」|$)", plain)
    )
    if _UNLIKELY.search(tail):
        return "unlikely", "affirmed"
    polarity = "negated" if negated else "affirmed"
    possible = [m.end() for m in _POSSIBLE.finditer(tail)]
    likely = [m.end() for m in _LIKELY.finditer(tail)]
    if possible and (not likely or max(possible) >= max(likely) - 3):
        return "possible", polarity
    if likely:
        return "likely", polarity
    return "certain", polarity


def _claim(context: Context, frame: Frame, unit: _Unit) -> Claim:
    text = context.text[unit.start : unit.end]
    words = text + unit.tail if re.search(r"考えられ|思われ|みられ|見方|予測|予想|見て|みて", unit.tail) else text
    strength, polarity = modality(words)
    if strength == "certain" and re.search(
        r"見て(?:いる|いた)|みて(?:いる|いた)|予測|予想|推測|推計|試算|との見方", unit.tail
    ):
        strength = "likely"
    condition = None
    for match in _CONDITION.finditer(text):
        words = match["c"].strip()
        if not _NOT_CONDITION.search(words) and not (
            words.endswith("ても") and not words.endswith(("なくても", "しても", "くても"))
        ):
            condition = words
            break
    kind = _kind(text, strength, condition)
    about = tuple(dict.fromkeys(i for m in context.mentions_in(unit.start, unit.end) for i in m.ids))
    return Claim(unit.start, unit.end, unit.speaker, kind, strength, polarity, condition, about, unit.rule)


def _kind(text: str, strength: str, condition: str | None) -> str:
    tail = text[-40:]
    if _ADVICE.search(tail):
        return "advice"
    future = bool(_FORECAST_TAIL.search(tail)) and not _PRESENT_STATE.search(tail)
    if condition and _STRONG_CONDITION.search(condition) and _RESULT.search(text):
        return "conditional_forecast"
    if condition and (future or strength in ("likely", "possible")) and _STRONG_CONDITION.search(condition):
        return "conditional_forecast"
    return "forecast" if future else "assessment"


__all__ = ["find_claims", "modality"]
