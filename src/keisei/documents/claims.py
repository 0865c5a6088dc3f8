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

from keisei.documents.certainty import ADVICE, LIKELY, POSSIBLE, UNLIKELY, kind_of, modality, plain
from keisei.documents.context import Context, Line
from keisei.documents.continued import go_on
from keisei.documents.events.roles import Frame, prepare
from keisei.documents.holders import (
    SAME,
    SAME_WHO,
    is_scholar,
    is_speaking,
    issuer_of,
    name_of,
    person_of,
    pointer_of,
    source_of,
    subject_of,
    topic_of,
)
from keisei.documents.records import Claim, Event
from keisei.documents.retold import retold
from keisei.documents.voices import (
    ACCORDING,
    ENDING,
    ESTIMATED,
    HEARSAY,
    NO_SOURCE,
    NOUN_END,
    REPORT,
    THOUGHT,
    Discourse,
    agency,
    official,
    proposes,
)

_CONDITION = re.compile(
    r"(?P<c>(?:もし|仮に)?[^、。「」]{2,60}?(?:ければ|れば|えば|けば|せば|てば|めば|ねば|べば|げば|なら(?:ば)?|場合(?:に)?は?|たら|としても|ても|限り|かぎり|ない限り|とすれば|ことになれば)|[^、。「」]{2,40}に伴えば)(?:、|(?<=[えけせてねべめれ]ば)(?=[一-鿿ァ-ヺ])|(?<=[うくすつむぶぐるい]なら)(?=[一-鿿ァ-ヺ]))"
)
# without one of these ends there is no condition
_MAY_CONDITION = re.compile(r"(?:ば|なら|たら|ても|としても|限り|かぎり|場合(?:に)?は?)(?:、|[一-鿿ァ-ヺ])")
_AFTER_QUOTE = re.compile(
    rf"^(?:など)?(?:だ|である)?(?!とい[うった](?:批判|声|主張|指摘|見方|懸念|分析|説明|議論|反論|評価|訴え))(?:と|との|、と)(?:も)?[^。「」、]{{0,16}}?{REPORT}|^(?!とい[うった](?:批判|声|主張|指摘|見方|懸念|議論|反論))(?:と|として|だとして)"
)
_SAID_AFTER = re.compile(rf"^(?:など)?(?:と|との)(?:も)?[^。「」、]{{0,8}}?{REPORT}")
_INDIRECT = re.compile(
    rf"(?P<said>と(?<!こと)(?<!公然と)(?<!堂々と)(?<!平然と)(?<!淡々と)(?<!毅然と)(?<!延々と)(?<!きりと))(?P<also>も|まで|さらに)?(?:、?(?:のちに|後に|改めて|その後|さらに|重ねて|自ら))?(?P<verb>[^。「」、]{{0,10}}?(?:{REPORT}|言|伝え)(?:{ENDING}|{NOUN_END}))"
    r"(?:ばかり(?:だ(?:った)?|である))?(?P<hedge>らしい|ようだ|ようである|そうだ|とみられる|という(?:ことだ)?|とのことだ)?。?$"
)
# a second view of the same speaker, with nothing but とも behind it: …は避けられない、とも。
_ALSO = re.compile(r"(?<=[るいただむすうくつぬぶぐ」])、?とも(?:(?:付け加え|指摘し|語っ|話し|言っ)?た)?。?$")
# …は確認されていないとしている: what a body or an office gives out
_GIVES_OUT = re.compile(
    r"(?P<said>と(?<=[るいただうくすつぬむぐぶ]と)(?<!こと)(?<!もと))(?P<verb>して)(?:いる|いた|おり)(?P<hedge>)。?$"
)
# how somebody holds what stands before it: …にすぎないと冷ややかだ
_COOL = re.compile(
    r"(?P<said>と(?<!こと))(?:、|も)?(?P<verb>(?:もっと|より|いたって|やや|むしろ|きわめて|極めて)?(?:冷ややか|手厳し|辛辣|懐疑的|悲観的?|楽観的?|否定的|肯定的|慎重|冷淡|強気|弱気|容赦な|にべもな|そっけな|素っ気な|断固として|歯切れがよ|不安げ|心配顔|自信満々|意気軒高|手放し))"
    r"(?:だ|である|い|だった|かった|な(?:姿勢|見方|口ぶり|構え)(?:だ|である|を崩さない))。?$"
)
_SAME_END = re.compile(rf"{SAME_WHO}$")
_SAME_SAID = re.compile(rf"(?:{SAME_WHO}|同(?:機関|研究所|紙|省|センター|通信))(?:による|によれ)(?:と|ば)、?")
_VIEW = re.compile(
    r"、?と(?P<is>(?:いう|言う|みる|見る)?のが、?)(?=[^。、「」]{1,60}の(?:見方|見立て|考え|主張|分析|結論|読み|立場|見解|言い分|評価|診断|持論|説明|判断|解釈|見通し|予測)(?:だ|である|だった|です|でした)。?$)"
)
_SAME_TURNED = re.compile(
    rf"と(?<!こと)、?{SAME_WHO}(?:は|も)[^、。「」]{{0,16}}(?:{REPORT}|言)[^。「」、]{{0,10}}。?$"
)
# what the speaker did before speaking (会談し、…と述べた) is no part of the words
_OTHER_ACT = re.compile(
    r"(?:会談|会見|訪問|出席|面会|協議|演説|発表|視察|会合|電話|声明|談話)[^、。「」]{0,8}?(?:し|して|で|い|き)、"
)
# two judgements of one speaker: …は考えにくいとしながらも、…と警告した
_CONCEDED = re.compile(
    r"と(?<!こと)(?:し|述べ|認め|指摘し|みて)(?:ながらも?|つつも?|た上で|たうえで|て(?=いるが))、|と(?<!こと)(?:反発|非難|批判|主張|指摘|強調|否定|反論)し(?:て)?、"
)
# a body weighs what it says only as likely: …とみて分析を進めている
_WEIGHED = re.compile(
    r"と(?:み|見)て(?:い(?:る|た)|、?[^。「」、]{0,12}(?:分析|調査|警戒|検討|注視|監視)[^。「」、]{0,8})。?$"
)
# a word that judges what others said: 「偽情報」だとして否定した
_DISMISSED = re.compile(
    # a reason given for the act: …に違反するとして発射を非難した
    r"(?:だ|である)?と(?!い[うった])(?:して)?、?[^。「」、]{0,6}?(?:否定|切り捨て|一蹴|退け|反論|非難|批判|断じ|決めつけ|呼んで?非難)[ぁ-ん]{0,4}"
)
_ON_GROUNDS = re.compile(
    r"(?<!こ)(?:だ|である)?として、?(?=[^。「」、]{0,60}(?:非難|批判|抗議|反対|拒否|警告|否定|退け|締め出|制裁|起訴|逮捕|追放|凍結|訴追|指定|提訴|摘発)[^。「」、]{0,8}。?$)"
)
# what one is reported to have said: …は、金総書記が…と述べたと伝えた
_NESTED = re.compile(
    rf"(?P<said>と(?<!こと))[^。「」、]{{0,8}}?{REPORT}(?:た|ている|ていた)と[^。「」、]{{0,6}}?(?:伝え|報じ|明らかに|発表)"
)
_PASSED_ON = re.compile("伝え|報じ|明らかに|発表")
_TURNED = re.compile(
    rf"(?P<said>と)、?(?=[^、。「」]{{1,40}}(?:は|も)[^。「」、]{{0,16}}?(?:{REPORT}|推定|推計|見積|言[うっい])[^。「」、]{{0,10}}。?$)"
)
_IMPERSONAL = re.compile(
    r"(?:と|も)?(?:思われ|考えられ|みられ|見られ|いわれ|言われ|される|されて|言える|いえる|言っても)"
)
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
    r"(?:こと|点|理由|課題|条件|道|教訓|論点|選択肢)は(?:[一二三四五2-5２-５]つ|[2-5２-５]点|[一二三四五2-5２-５]通り)(?:ある|だ|である)。?$|(?:訳者|編集部|筆者|編者)による(?:もの)?(?:です|である|だ)。?$|"
    r"(?:研究者|元?官僚|教授|研究員|記者|専門家|作家|外交官|ジャーナリスト|出身|フェロー|元職員|経験を持つ人|知られる人物?)(?:です|だ)。?$|を(?:訳出|お届け|紹介|掲載|翻訳)(?:した|する)。?$|^(?:本稿|本論|小論|本章|拙稿|以下|ここ)で?は?[^。]*(?:たい|する|みる|みたい)。?$|(?:整理|紹介|確認|説明|解説|要約)して(?:おく|おきたい|みる|みよう)。?$|(?:を|について)[^。、]{0,8}(?:見ていこう|見ていく|見てみよう|振り返ろう|振り返ってみよう|紹介する|取り上げる)。?$|(?:感想|私見|余談|要約|要旨)(?:だ|である)。?$|を(?:[二三四五]つ|いくつか)(?:挙げ|示し|並べ)ている。?$|にも触れている。?$|また取り上げる。?$|(?:[二三四2-5２-５]つ|次|以下)のことが[^。]{1,4}る。?$"
)
_NOT_CONDITION = re.compile(
    r"(?:からすれば|言えば|いえば|例えば|たとえば|見れば|みれば|によれば|考えれば|考えると|(?:特に|とりわけ)[^、]{1,8}の場合|の場合|ならば?こそ|だからこそ|にもかかわらず|ついても|において(?:も)?|に対しても)$"
)
_NARRATIVE_END = re.compile(
    r"(?:行っ|開い|行われ|発表し|発表され|述べ|語っ|訪れ|訪問し|会談し|視察し|署名し|締結し|採択し|採択され|到着し|出席し|参加し|合意し|打ち上げ|発射し|実施し|報じ|伝え|明らかにし|行使し|会っ|招待し|許可し|輸送し|送っ|"
    r"開催し|開催され|派遣し|向かっ|出し|示し|挨拶し|告白し|選ん|終わっ|始まっ|再選され|選ばれ|失敗し|成功し|指示し|表明し|公開し|相次い|廃案となっ|議題となっ|議題にのぼっ|可決され|否決され|撮影され|流れ|配信し|開業し|オープンし|運航し|報告し|公表し|設立し|粛清し|処刑し|増やし|制限し|派遣し|派兵し|求め|要求し)(?:た|たばかりだ|ている|てきた|ていた)。?$"
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
    by_line = _events_by_line(context, events)
    talk = Discourse(context)
    told_again = retold(context)
    listed: tuple[int, str] | None = None
    thus: tuple[int, str] | None = None
    closing: dict[int, str] = {}
    for number, line in enumerate(context.lines):
        if line.kind != "body" or len(line.text) < 8:
            continue
        talk.open(number, line)
        if not any(t.pos in ("動詞", "助動詞", "形容詞", "形状詞") for t in line.tokens):
            continue  # a caption or a fragment asserts nothing
        frame = prepare(context, line)
        named = source_of(context, frame)
        heard = talk.heard(number)
        if heard is None and _VIEW_BARE.search(line.text) and (told := talk.told_of(number)):
            heard = told[1]
        if points := pointer_of(context, frame):
            if _SO.search(line.text):
                closing[number] = points
            talk.say(number, points, line)
            continue
        if heard is None and (SAME.search(line.text) or _SAME_SAID.search(line.text)):
            heard = talk.person
        alone = _alone(frame)
        if alone:
            polite = _POLITE.search(context.text, *alone) is not None
            speaker = talk.beside(number, _own_voice(context, line), polite)
            behind = context.lines[number + 1] if number + 1 < len(context.lines) else None
            if behind is not None and not (talk.spoken and talk.spoken[0] == number - 1):
                speaker = pointer_of(context, prepare(context, behind)) or speaker
            if speaker:
                out.extend(_claim(context, frame, unit) for unit in _quoted(context, *alone, speaker))
                talk.say(number, speaker, line)
                continue
        about = person_of(context, frame)
        talk.person = about or talk.person
        voice = talk.voice(line)
        if voice == "AUTHOR" and number in told_again:
            voice = told_again[number]
        if voice == "AUTHOR" and listed and number - listed[0] <= 4 and _ITEM.match(line.text):
            voice = listed[1]  # Xは三つの要因を挙げる。第一に…
        elif voice == "AUTHOR" and thus and number == thus[0] + 1:
            voice = thus[1]  # Xの読みはこうだ。平壌は…動かない。
            talk.say(number, voice, line)
        elif listed and listed[0] < number and not _ITEM.match(line.text):
            listed = None
        if about and _LISTS.search(line.text):
            listed = (number, about)
        if about and (_THUS.search(line.text) or _GOES_ON.search(line.text)):
            thus = (number, about)
            continue
        if voice != context.speaker(line) and _CONDITION.search(line.text) and _ascribed(context, number):
            voice = context.speaker(line)  # もし…なら細る。…とXは読む。
        before = talk.own
        if talk.proposer and _STEP.match(line.text) and _PLAIN.search(line.text):
            out.extend(_claim(context, frame, unit) for unit in _steps(frame, talk.proposer))
            continue
        if proposes(line.text):
            talk.proposer = about or _own_voice(context, line) or voice
        near = talk.near(number) or talk.told_of(number)
        for unit in _units(context, frame, by_line.get(number, []), near, named, heard, voice):
            out.append(_claim(context, frame, unit))
            if unit.speaker != voice:
                talk.say(number, unit.speaker, line)
        talk.own = talk.own or before
        if named:
            talk.source = (number, named)
        if turned_to := topic_of(context, frame):
            talk.topic = (number, turned_to)
            if _MOOD.search(line.text):  # Xは慎重だ。…という: the view that follows is X's
                talk.source = (number, turned_to)
    return go_on(context, out, closing)


_POLITE = re.compile(r"(?:です|ます|ません|ました|でした|でしょう|ください)[かねよ]?(?:。|$)")
_THUS = re.compile(
    r"の(?:読み|見立て|見方|答え|考え|結論|主張|説明|分析|理屈|言い分|診断|見通し|予測|評価|指摘|論旨|議論|提案|処方箋)は(?:こうだ|こうである|こうだった|次の通りだ|(?:正反対|真逆|逆|反対|対照的)(?:だ|である|だった)|明快だ|単純だ|簡単だ|単純明快だ|明確だ)。?$"
)
_GOES_ON = re.compile(r"^[^。、]{0,8}、?と、?[^。、]{1,16}は(?:続け|言|付け加え|釘を刺|語|話|断)[^。、]{0,4}。?$")
_LISTS = re.compile(
    r"(?:要因|理由|点|シナリオ|条件|可能性|課題|教訓|根拠|論点|背景|選択肢|懸念|問題|兆候|効果|狙い)(?:を|が)[^。、]{0,6}(?:挙げ|列挙し|数え|並べ|示|指摘し|あるという|あると(?:み|見|言|述|指摘))"
)
_ITEM = re.compile(
    r"[ 　]*(?:第[一二三四五1-5]|[一二三]つ(?:目|めは|は)|[1-5]つ目|もう[一1]つ|まず|次に|最後に|ひとつ(?:は|目))"
)
_SO = re.compile(
    r"(?:そう|このように|こう)[^。「」、]{0,6}?(?:み|見|考え|読|述べ|指摘|語|話|主張|結論|分析|断|続け|締めく|付け加|言|訴|嘆|説|明か|振り返)"
)


# the steps of a plan: まず…を止める。次に…を戻す。
_STEP = re.compile(
    r"[ 　]*(?:まず|はじめに|最初に|次に|次いで|続いて|そのうえで|その上で|さらに|加えて|最後に|第[一二三四1-4]に|見返りに|代わりに|並行して|同時に|あわせて|併せて|そして|その間|完全な|最終)"  # noqa: E501
)
_PLAIN = re.compile(r"(?<![てで]い)(?<!であ)(?<!があ)[うくすつぬむぶぐる](?:べきだ)?。$|(?:られ|され|れ)、「")


def _ascribed(context: Context, number: int) -> bool:
    """Whether the next sentence is given to the author of what is summed up."""
    following = context.lines[number + 1] if number + 1 < len(context.lines) else None
    if following is None:
        return False
    speaker = context.speaker(following)
    named = any(m.ids == (speaker,) for m in context.mentions_in(following.start, following.end))
    return named and _TURNED.search(following.text) is not None


def _steps(frame: Frame, speaker: str) -> list[_Unit]:
    """The steps of a sentence; words quoted in it are a claim of their own."""
    long = [q for q in frame.quotes if q[1] - q[0] >= 9]
    if not long:
        return [_Unit(start, end, speaker, "C-step", "") for start, end in _split(frame)]
    start, end = long[0]
    first = [_Unit(frame.line.start, start - 2, speaker, "C-step", "")] if start - frame.line.start > 10 else []
    return [*first, _Unit(start, end, speaker, "C-quote", "")]


def _own_voice(context: Context, line: Line) -> str | None:
    """The author of what is summed up speaks in a quotation that has no other speaker."""
    speaker = context.speaker(line)
    return speaker if context.digest and speaker != "AUTHOR" else None


def _alone(frame: Frame) -> tuple[int, int] | None:
    """The quotation that is a sentence of its own, with no verb of saying."""
    line = frame.line
    for start, end in frame.quotes:
        if start == line.start + 1 and line.text[end - line.start :].strip("」。 　") == "" and end - start >= 5:
            return start, end
    return None


def _quoted(context: Context, start: int, end: int, speaker: str) -> list[_Unit]:
    """The sentences inside a quotation, each a claim; a lone one with its brackets."""
    pieces = re.finditer(r"[^。]+?(?:[^。]{14}(?:ておらず|ており)、(?=[^。]{14})|。|$)", context.text[start:end])
    inner = [i for i in pieces if len(i.group()) >= 6]
    if len(inner) > 1:
        return [_Unit(start + m.start(), start + m.end(), speaker, "C-quote", "") for m in inner]
    return [_Unit(start - 1, end + 1, speaker, "C-quote", "")]


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


# a view that goes on without its holder: …余地は残るとの立場だ
_STANDS = re.compile(
    r"との(?:立場|考え|見方|見立て|認識|見解|読み|主張|分析|判断|解釈|結論)(?:だ|である|だった|を崩さない)。?$"
)
_VIEW_BARE = re.compile(
    r"、?と(?:いう|言う)のが(?:その|同氏の|氏の|彼の|彼女の)?(?:持論|口癖|診断|結論|言い分|主張|見立て|考え|見方|読み|立場|論旨|答え)(?:だ|である|だった)。?$"
)
# a scholar's words whatever the verb: …だろう、とXは推し量る; Xは…だと皮肉る
_TURNED_ANY = re.compile(
    r"、(?<=[るいただむすうくつぬぶぐ」]、)(?P<said>と)、?(?=[^、。「」]{2,60}は[^。「」、]{1,20}[うくすつぬぶむるた]。?$)"
)
_ANY_VERB = re.compile(
    r"(?P<said>と(?<=[るいただむすうくつぬぶぐう]と)(?<!こと)(?<!るると))(?P<also>も)?(?P<verb>[^。「」、]{0,8}?(?:[一-鿿][ぁ-ん]{0,4}(?:[うくすつぬぶむぐる]|[いしっきりみちんえけせてねべめれげ][ただ])|[一-鿿]{1,3}(?:する|した|している|していた)|[一-鿿]{2,4}(?:的|げ|気味)?(?:だ|である|だった)|[一-鿿]{1,2}しい|(?:する|している|していた)))(?P<hedge>)。?$"
)
_WITH_OTHERS = re.compile(r"会|協|交渉|対|戦|比|組|並|結|連|同|争|離|違|異|似|な[るっ]")


# コスキ氏が勧めるのは、…ことだ
_HELD_TO_BE = re.compile(r"(?:が|の)[^、。「」]{0,14}?[うくすつぬぶむぐる]のは、?(?=[^。]*(?:だ|である|だという)。?$)")


def _indirect(context: Context, frame: Frame, voice: str, last: str | None) -> _Unit | None:
    """Reported words without quotation marks: Xは…と指摘する, …と、Xは推定している."""
    line = frame.line
    text = line.text
    turned = _TURNED.search(text)
    if turned:
        at = line.start + turned.end("said")
        behind = [
            a for a in frame.arguments if a.mention.start >= at and a.role == "wa" and is_speaking(context, frame, a)
        ]
        if behind and behind[0].mention.ids[0] in context.authors.values() and voice == "AUTHOR" and not context.digest:
            return _Unit(line.start, line.end, voice, "C-own", "")
        if behind and behind[0].mention.start - at <= 24:
            return _Unit(
                line.start, line.start + turned.start(), behind[0].mention.ids[0], "C-indirect", text[turned.start() :]
            )
    bare = _VIEW_BARE.search(text)
    if bare and last is not None:
        return _Unit(line.start, line.start + bare.start(), last, "C-indirect", text[bare.start() :])
    stands = _STANDS.search(text)
    if stands and stands.start() >= 8 and _goes_on(context, last):
        actors = [a for a in frame.arguments if a.role in ("wa", "said") and is_scholar(context, frame, a)]
        if not actors and last is not None and voice == "AUTHOR":
            return _Unit(line.start, line.start + stands.start(), last, "C-indirect", text[stands.start() :])
    loose = _TURNED_ANY.search(text)
    if loose and not turned:
        at = line.start + loose.end("said")
        behind = [
            a for a in frame.arguments if a.mention.start >= at and a.role == "wa" and is_scholar(context, frame, a)
        ]
        if behind and behind[0].mention.start - at <= 40:
            who = name_of(context, behind[0].mention)
            return _Unit(line.start, line.start + loose.start(), who, "C-indirect", text[loose.start() :])
    view = _VIEW.search(text)
    if view:  # …というのがXの見方だ
        whose = [
            a
            for a in frame.arguments
            if line.start + view.end("is") <= a.mention.start and is_speaking(context, frame, a)
        ]
        if whose:
            return _Unit(
                line.start,
                line.start + view.start(),
                name_of(context, whose[-1].mention),
                "C-indirect",
                text[view.start() :],
            )
    back = _SAME_TURNED.search(text)
    if back and last is not None:  # …だったと、同氏は記憶している
        return _Unit(line.start, line.start + back.start(), last, "C-indirect", text[back.start() :])
    cleft = _HELD_TO_BE.search(text) if "のは" in text else None
    if cleft and last is not None and _SAME_END.search(text, 0, cleft.start()) and line.end - line.start >= 12:
        return _Unit(line.start + cleft.end(), line.end, last, "C-indirect", "")  # 同氏が根拠に挙げるのは、…ことだ
    if cleft and line.end - line.start - cleft.end() >= 6:
        holder = [
            a for a in frame.arguments if a.mention.end == line.start + cleft.start() and is_speaking(context, frame, a)
        ]
        if holder and not official(context, holder[0].mention.ids[0]):
            who = name_of(context, holder[0].mention)
            return _Unit(line.start + cleft.end(), line.end, who, "C-indirect", "")
    grounds = _grounds(context, frame, voice)
    if grounds is not None:
        return grounds
    also = _ALSO.search(text) if "とも" in text else None
    if also and last is not None and also.start() >= 8:
        return _Unit(line.start, line.start + also.start(), last, "C-indirect", text[also.start() :])
    match = _INDIRECT.search(text) or _COOL.search(text) or _GIVES_OUT.search(text)
    if not match and (any_verb := _ANY_VERB.search(text)):
        topics = [a for a in frame.arguments if a.role == "wa" and a.mention.end < line.start + any_verb.start()]
        free = not _WITH_OTHERS.search(any_verb["verb"])
        match = any_verb if free and topics and is_scholar(context, frame, topics[0]) else None
    if not match or _IMPERSONAL.search(text[match.start() :]):
        return None
    if re.search(r"(?<!執)筆者|(?:私|僕|わたし)(?:は|が)", text[: match.end()]):
        return _Unit(line.start, line.end, voice, "C-own", "")
    tail = text[match.start() :]
    until = line.start + match.start()
    turn = _turn(frame, until)
    same = SAME.search(text, turn - line.start)
    candidates = [
        a
        for a in frame.arguments
        if a.mention.end < until and a.role in ("wa", "said") and is_speaking(context, frame, a)
    ]
    first = [
        a
        for a in frame.arguments
        if a.role == "ga"
        and is_speaking(context, frame, a)
        and context.text[a.mention.end : a.mention.end + 2] == "が、"
    ]
    behind_turn = [a for a in candidates if a.mention.start >= turn and a.role == "wa"]
    chosen = sorted(behind_turn or candidates + first, key=lambda a: a.mention.start)[:1]
    unnamed = _UNNAMED.match(text, turn - line.start if behind_turn else 0)
    if same and (not chosen or line.start + same.start() < chosen[0].mention.start):
        if last is None:
            return None
        return _Unit(line.start + same.end(), until, last, "C-indirect", tail)
    if not chosen:
        issuer = issuer_of(context, frame, until)
        if issuer is not None and issuer[0] != voice:
            return _Unit(issuer[1], until, issuer[0], "C-indirect", tail)
    if not chosen and not unnamed and _goes_on(context, last) and voice == "AUTHOR":
        assert last is not None  # …にすぎないとみる: who was heard last holds it
        return _Unit(line.start, until, last, "C-indirect", tail)
    if (
        chosen
        and last is not None
        and context.entities[chosen[0].mention.ids[0]].type == "state"
        and _goes_on(context, last)
        and _OUGHT.search(text, 0, match.start())
    ):
        return _Unit(line.start, until, last, "C-indirect", tail)  # 日本は…急ぐべきだ、と忠告した
    if not chosen or (unnamed and line.start + unnamed.end() <= chosen[0].mention.start):
        return None
    speaker, end = name_of(context, chosen[0].mention), chosen[0].mention.end
    if speaker == voice or (THOUGHT.search(match["verb"]) and official(context, speaker)):
        return None
    passes_on = re.search(r"伝え|報告", match["verb"]) and agency(context, speaker)
    if passes_on or re.search(r"明らかに|発表|公表|報じ", match["verb"]):
        return _Unit(end, end, speaker, "C-told", tail)
    particle = re.match(
        r"(?:[(（][^()（）\n]{1,40}[)）])?(?:として)?(?:側)?(?:は|が|も|によると|によれば)?(?:[^、。「」]{0,20}(?:で|に|へ|として|日|月|年))?、|(?:[(（][^()（）\n]{1,40}[)）])?(?:は|が|も)",
        context.text[end:until],
    )
    begin = end + (particle.end() if particle else 0)
    begin = max([m.end() for m in _OTHER_ACT.finditer(context.text, begin, until)], default=begin)
    return _Unit(begin, until, speaker, "C-indirect", tail)


_OUGHT = re.compile(r"(?:べき(?:だ|である)|てはならない|なければならない|たほうがよい|た方がいい)、$")


def _goes_on(context: Context, who: str | None) -> bool:
    """Whether somebody without an office of state was heard, whose view a sentence without a subject may go on with."""
    entity = context.entities.get(who) if who else None
    return entity is not None and who is not None and entity.type == "person" and not official(context, who)


# what is agreed or bought is no finding
_OWN_DEALING = re.compile(r"合意|まとまっ|署名|締結|購入|捜索し|指定|会談|協議|開催|訪問|予定|方針|決定")
_DONE_BY_OTHERS = re.compile(r"(?:れ|し|っ|け|せ|り|て|い|え|め|べ)た$|んだ$|ている$|ていた$")


def _of_others(context: Context, frame: Frame, speaker: str, end: int, until: int) -> int | None:
    """Where words begin that reveal what another state did (砲弾が運ばれたと公表した); None where none do."""
    words = context.text[end:until]
    lead = re.match(
        r"(?:[(（][^()（）\n]{1,40}[)）])?(?:側|当局|政府)?(?:は|が|も)(?:[^、。「」]{0,20}(?:に|で|へ|日|月|年)、|[0-9０-９]+(?:年|月|日)[^、。「」]{0,6}、|[^、。「」は]{0,12}[年月日]、|、)?",
        words,
    )
    if (
        lead is None
        or _OWN_DEALING.search(words)
        or not _DONE_BY_OTHERS.search(words)
        or "が" not in words[lead.end() :]
    ):
        return None
    home = context.entities[speaker].country or speaker
    begin = end + lead.end()
    named = {
        e.country or i
        for a in frame.arguments
        if begin <= a.mention.start < until
        for i in a.mention.ids
        if (e := context.entities.get(i)) is not None and e.type in ("state", "organisation", "person")
    }
    foreign = {"PRK", "RUS", "CHN", "IRN", "UKR"} & (named - {home})
    arms = re.search(r"軍需|砲弾|弾薬|兵|武器|ミサイル|部隊|石油|労働者|暗号", words)
    return begin if (foreign or arms) and until - begin >= 12 and official(context, speaker) | bool(arms) else None


_UNNAMED = re.compile(r"(?:一方、|また、|しかし、)?(?:[^、。「」はがも]{2,16})(?<![にで])は、?")
_TURN = re.compile(r"(?:[たるだい](?:が|ものの|一方で?)|(?:のに対し|に対し)て?)、")


def _turn(frame: Frame, until: int) -> int:
    """Where the last contrast before reported words begins anew (…と一蹴したが、Xは…と主張する)."""
    line = frame.line
    turns = [line.start + m.end() for m in _TURN.finditer(line.text) if line.start + m.end() < until]
    free = [at for at in turns if frame.quote(at) is None]
    return free[-1] if free else line.start


def _grounds(context: Context, frame: Frame, voice: str) -> _Unit | None:
    """What a body weighs (とみて分析を進めている), the reason it gives for an act (に違反するとして非難した), and nested words."""  # noqa: E501
    line = frame.line
    named = [a for a in frame.arguments if a.role in ("wa", "ga") and is_speaking(context, frame, a)]
    nested = _NESTED.search(line.text) if _PASSED_ON.search(line.text) else None
    if nested and frame.quote(line.start + nested.start()) is None:
        until = line.start + nested.start("said")
        inside = [a for a in named if a.role == "ga" and a.mention.end < until]
        if inside:
            begin = inside[-1].mention.end + 1
            return _Unit(begin, until, inside[-1].mention.ids[0], "C-nested", line.text[nested.start() :])
        return None
    match = _WEIGHED.search(line.text) or ("として" in line.text and _ON_GROUNDS.search(line.text)) or None
    if match is None or frame.quote(line.start + match.start()) is not None:
        return None
    until = line.start + match.start()
    first = [a for a in named if a.mention.end < until]
    topics = [a for a in first if a.role == "wa"]
    if len(topics) > 1 and "、" in context.text[topics[0].mention.end : topics[-1].mention.start]:
        first = topics[-1:]  # ロシアは…を配り、米国は…だとして退けた
    speaker = first[0].mention.ids[0] if first else voice
    if speaker == voice or (match.re is _WEIGHED and context.entities[speaker].type != "organisation"):
        return None
    begin = first[0].mention.end + 1
    before = context.text[begin:until]
    for clause in re.finditer(r"(?:とし|出し|開き|示し|会談し|会見し|述べ)(?:て)?、", before):
        begin = first[0].mention.end + 1 + clause.end()
    while context.text[begin : begin + 1] in "は、が":
        begin += 1
    return _Unit(begin, until, speaker, "C-grounds", line.text[match.start() :]) if until - begin >= 6 else None


def _units(
    context: Context,
    frame: Frame,
    events: list[Event],
    last: tuple[int, str] | None,
    named: str | None,
    heard: str | None,
    voice: str,
) -> list[_Unit]:
    line = frame.line
    text = line.text
    units: list[_Unit] = []
    quoted = 0
    for start, end in sorted(frame.quotes):
        behind = text[end + 1 - line.start :]
        dismissed = _DISMISSED.match(behind) if end - start < 20 else None
        speaker = subject_of(context, frame, start, end, None) if dismissed else None
        if dismissed and speaker:  # 「偽情報」だとして否定した: a word that judges what others said
            units.append(_Unit(start - 1, end + 1 + dismissed.end(), speaker, "C-dismissed", ""))
            quoted += end - start
            continue
        if end - start < 9:
            continue
        if not _AFTER_QUOTE.match(behind):
            continue
        speaker = subject_of(context, frame, start, end, heard if _SAID_AFTER.match(behind) else None)
        if speaker is None:
            continue
        units.extend(_quoted(context, start, end, speaker))
        quoted += end - start
    last_quote = max((u.end for u in units), default=0)
    if units and line.end - last_quote <= 16:
        # nothing but the verb of saying stands behind, or what is asked beside it
        asked = _demand(context, frame, voice, heard) if "を" in context.text[last_quote : line.end] else None
        return [*units, asked] if asked is not None and asked.start >= last_quote else units
    if quoted * 5 >= len(text) * 2 or (units and quoted >= 20 and _INDIRECT.search(text)):
        return units
    mid = _midway(context, frame, voice)
    if mid is not None and not any(u.start < mid[0].end and mid[0].start < u.end for u in units):
        units.append(mid[0])
    revealed = _revealed(context, frame)
    if revealed is not None:
        units.append(revealed[0])
        mid = mid or (revealed if line.end - revealed[1] >= 12 else None)
    told = _indirect(context, frame, voice, heard)
    if told is not None and told.rule == "C-own" and len(parts := _split(frame)) == 2:
        return [*units, *(_Unit(start, end, voice, "C-own", "") for start, end in parts)]
    if told is not None and mid is not None and told.start < mid[1]:
        told = _Unit(mid[1], told.end, told.speaker, told.rule, told.tail) if told.end > mid[1] + 8 else None
    if told is not None:
        cut = _CONCEDED.search(context.text, told.start, told.end)
        if cut and cut.start() - told.start >= 8 and told.end - cut.end() >= 8:
            units.append(_Unit(told.start, cut.start(), told.speaker, told.rule, ""))
            told = _Unit(cut.end(), told.end, told.speaker, told.rule, told.tail)
        twice = any(u.start < told.end and u.end >= told.end - 2 for u in units)
        asked = _demand(context, frame, voice, heard) if "を" in context.text[told.end : line.end] else None
        beside = [asked] if asked is not None and asked.start >= told.end else []
        return [*units, told, *beside] if told.end > told.start + 3 and not twice else [*units, *beside]
    same = _SAME_SAID.search(text)
    if same and heard and not named:
        return [*units, _Unit(line.start + same.end(), line.end, heard, "C-according", "")]
    if named:
        match = ACCORDING.search(text)
        if match:
            # what a named source holds is its claim, be it an event as well; figures of a register and news are not
            begin = line.start + match.end()
            plain = NO_SOURCE.search(text) or agency(context, named)
            if plain and (events or not _JUDGING.search(text)):
                return units
            said = text[match.start() : match.end()]
            parts = [(max(begin, a), b) for a, b in _split(frame) if b - max(begin, a) >= 8]
            if len(parts) > 1:
                return [*units, *(_Unit(a, b, named, "C-according", said) for a, b in parts)]
            return [*units, _Unit(begin, line.end, named, "C-according", said)]
    if HEARSAY.search(text) and last is not None and not _LIKELY_OWN.search(text):
        return [*units, _Unit(line.start, line.end, last[1], "C-hearsay", "")]
    demand = _demand(context, frame, voice, heard)
    if demand is not None:
        return [*units, demand]
    if not _asserts(text, events, line.end) or _tells(context, line):
        return units
    parts = [(mid[1], line.end)] if mid is not None else _split(frame)
    for start, end in parts:
        told_in = [e for e in events if start <= e.trigger[0] < end]
        if len(parts) == 1 or _asserts(context.text[start:end].rstrip("、。") + "。", told_in, end):
            units.append(_Unit(start, end, voice, "C-voice", ""))
    return units


_REVEALS = re.compile(
    r"(?P<said>と(?<!こと))(?:発表|公表|公開|明らかに|報告)し(?:た|ている|ていた)(?:(?:が|ものの)、|。?$)"
)


def _revealed(context: Context, frame: Frame) -> tuple[_Unit, int] | None:
    """What a government makes known of another's doings: 砲弾が運ばれたと公表した."""
    line = frame.line
    if not ("発表" in line.text or "公" in line.text or "明らかにし" in line.text or "報告し" in line.text):
        return None
    match = _REVEALS.search(line.text)
    if match is None or frame.quote(line.start + match.start()) is not None:
        return None
    until = line.start + match.start("said")
    who = [a for a in frame.arguments if a.role == "wa" and a.mention.end < until and is_speaking(context, frame, a)]
    if not who or agency(context, who[0].mention.ids[0]):
        return None
    speaker = who[0].mention.ids[0]
    begin = _of_others(context, frame, speaker, who[0].mention.end, until)
    if begin is None or any(begin <= a and b <= until for a, b in frame.quotes if b - a >= 9):
        return None
    return _Unit(begin, until, speaker, "C-revealed", ""), line.start + match.end()


# another's words in the first half of a sentence that goes on in the voice of the text: Xは…べきだと主張したが、…
_MIDWAY = re.compile(
    rf"(?P<said>と(?<!こと))[^。「」、]{{0,8}}?{REPORT}し?(?:た|てい(?:る|た)|てきた)(?:が|ものの|のに対し|一方で?)、"
)


def _midway(context: Context, frame: Frame, voice: str) -> tuple[_Unit, int] | None:
    """The words given to another before a contrast, and where the sentence goes on."""
    line = frame.line
    if not ("が、" in line.text or "ものの、" in line.text or "対し、" in line.text or "一方" in line.text):
        return None
    match = _MIDWAY.search(line.text)
    if match is None or frame.quote(line.start + match.start()) is not None or line.end - line.start - match.end() < 12:
        return None
    until = line.start + match.start("said")
    who = [a for a in frame.arguments if a.role == "wa" and a.mention.end < until and is_speaking(context, frame, a)]
    if not who or who[0].mention.ids[0] == voice or re.search(r"明らかに|発表|公表|報じ|伝え", match.group()):
        return None
    begin = who[0].mention.end
    lead = re.match(r"(?:[(（][^()（）\n]{1,40}[)）])?(?:側)?は、?", context.text[begin:until])
    begin += lead.end() if lead else 0
    if any(begin <= a and b <= until for a, b in frame.quotes if b - a >= 9) or until - begin < 8:
        return None
    return _Unit(
        begin, until, who[0].mention.ids[0], "C-indirect", line.text[match.start() : match.end()]
    ), line.start + match.end()


_DEMAND = re.compile(
    r"(?P<what>(?:[^、。「」はがも]{2,30}|「[^「」]{2,30}」)を)[^、。「」]{0,6}?(?:求め|促し|要求し|呼びかけ|呼び掛け|主張し|提案し|提唱し|打ち出し|訴え|求める|促す|要求する)"
    r"(?:た|て(?:いる|いた|きた)|る(?:にとど[^、。]{0,4})?|ており、|、|し、)?(?:ばかりだ)?[。、]?"
)


def _demand(context: Context, frame: Frame, voice: str, heard: str | None) -> _Unit | None:
    """What an office or a government asks others to do is its advice: 即時撤退を求めた, 3段階論を打ち出しており."""
    line = frame.line
    for match in _DEMAND.finditer(line.text):
        at = line.start + match.start()
        final = line.end - line.start - match.end() <= 1 or match.group().endswith("、")
        if frame.quote(at) is not None or not final:
            continue
        actors = [
            a
            for a in frame.arguments
            if a.role in ("wa", "ga") and a.mention.end <= at and is_speaking(context, frame, a)
        ]
        if actors and actors[0].mention.ids[0] != voice:
            return _Unit(at, line.start + match.end(), actors[0].mention.ids[0], "C-step", "")
        if not actors and heard and voice == "AUTHOR" and not _OWN_TOPIC.search(line.text, 0, match.start()):
            return _Unit(at, line.start + match.end(), heard, "C-step", "")  # …と述べた。撤回も求めた。
    return None


_OWN_TOPIC = re.compile(r"[はがも](?![、]?$)")


# a sentence that only says how somebody sees it; the words follow
_MOOD = re.compile(
    r"^[^、。]{0,60}(?:は|も)(?:反対|慎重|懐疑的な?|批判的な?|悲観的な?|楽観的な?|異なる|正反対の?|逆の?|別の)(?:の)?(?:立場|見方|意見|見解)(?:を(?:とる|取る|示す|示した|とっている)|だ|である)。?$|^[^、。]{0,40}[、]?[^。、]{2,30}(?:は|も|の(?:評価|見方|答え|口調|反応|言葉)は)(?:もっと|より|さらに|やや|むしろ|いささか|対照的に|逆に)?(?:悲観的|楽観的|懐疑的|慎重|否定的|肯定的|冷ややか|辛辣|率直|明快|手厳し|厳し|その(?:一人|ひとり))(?:だ|である|い|だった|かった)。?$"
    r"|^[^、。]{0,60}[、]?[^。、]{2,40}の(?:見方|見解|意見|立場|評価|答え|主張|見立て|診断)は(?:やや|大きく|まったく|全く|少し|より)?(?:異なる|違う|正反対だ|正反対である|逆だ|逆である|対照的だ|分かれる|割れる|厳しい|暗い|明るい|楽観的だ|悲観的だ|慎重だ|辛い|辛口だ)。?$"
)


_IS_PLANNED = re.compile(r"予定(?:だ|である|という|して(?:いる|おり))?。?$")
_NOUN_LAST = re.compile(r"[一-鿿ァ-ヺー]。$")
_CHANGED = re.compile(r"[0-9０-９割%％倍](?:増|減|超|高|安|弱|強|ぶり|目)。$|方針。$|見込み。$")
_QUESTION = re.compile(r"(?<!ない)(?<!だろう)(?<!なかろう)(?<!まい)か。$")
_NOTE = re.compile(r"[(（]訳?者?注")
_ADDRESS = re.compile(r"[？?]$|(?:次|以下)の(?:通り|とおり)|参考\)?。?$|ください|みたい。?$|いただき")
_BRACKETED = re.compile(r"[(（].*[)）]。?")
_PAST_END = re.compile(
    r"(?:(?<![近多少強弱高低早遅長短浅深薄厚重軽苦悪良し大小き]かっ)(?<!うとし)(?<!だっ)(?<!なかっ)(?<!なっ)(?<!であっ)た|んだ|(?:次|継|防|注|稼)いだ)。?$"
)
_TO_THIS_DAY = re.compile(r"(?:今|いま)(?:この|なお|も|だに)|依然")
_TOLD_AS_JUDGED = re.compile(r"見せつけ|ことだ|異なり|のである|わけ|ため|結果")


def _asserts(text: str, events: list[Event], end: int) -> bool:
    """Whether a sentence judges; one that only tells what happened does not."""
    text = plain(text)
    hedged = LIKELY.search(text) or POSSIBLE.search(text) or UNLIKELY.search(text) or ADVICE.search(text)
    if hedged:
        return True
    end_at = max(0, len(text) - 16)  # these ends are shorter
    if events and _IS_PLANNED.search(text, end_at):
        return False
    if _NOUN_LAST.search(text) and (_CHANGED.search(text) or any(e.trigger[1] >= end - 4 for e in events)):
        return False  # …と会談。 …25%増。: a report in the clipped style
    if _QUESTION.search(text, end_at) or _NOTE.match(text):
        return False  # a question asserts nothing
    if _MOOD.search(text):
        return False
    if _ADDRESS.search(text):
        return False
    if _RECORD.search(text) or _SIGNPOST.search(text) or (text[0] in "(（" and _BRACKETED.fullmatch(text)):
        return False
    ends_in_past = _PAST_END.search(text, end_at)
    last = max((e.trigger[1] for e in events if e.status in ("occurred", "reported")), default=-1)
    if ends_in_past and last >= end - 12 and not _JUDGED_PAST.search(text):
        return False
    if ends_in_past and not _JUDGING.search(text) and not _JUDGED_PAST.search(text):
        return False
    if _NARRATIVE_END.search(text, end_at) and not _TO_THIS_DAY.search(text):
        telling = [e for e in events if e.status in ("occurred", "reported", "planned")]
        return bool(_TOLD_AS_JUDGED.search(text)) or (not telling and bool(_JUDGING_TOLD.search(text)))
    return True


# the ends of a sentence that tells in the present tense what happened on a day that is past
_TELLING_END = re.compile(r"(?:する|される|[一-鿿]れる|[一-鿿][うくすつむぐぶ]|[てで]い(?:る|ない))。?$")
_WEIGHING = re.compile(
    r"重要|意味|ため|ので|より|最も|最大|異例|象徴|転機|転換|狙い|思惑|むしろ|示し|結果|理由|背景|影響|にすぎない|に過ぎない|だけでなく|ばかりか|急速|深刻|明らか|まだ|いまだ|依然|今なお|もはや"
)


def _tells(context: Context, line: Line) -> bool:
    """Whether a sentence only tells, in the present tense, what happened in a month that is past."""
    text = line.text
    if not _TELLING_END.search(text[-8:]):
        return False
    now = context.reference(line)
    days = [d.value for d in context.dates_in(line.start, line.end) if d.granularity in ("day", "month") and d.value]
    if now is None or not any(len(d) >= 7 and "/" not in d and d[:7] < now[:7] for d in days):
        return False
    weighed = (_WEIGHING, _CONDITION, LIKELY, POSSIBLE, UNLIKELY, ADVICE)
    return not any(pattern.search(text) for pattern in weighed)


def _split(frame: Frame) -> list[tuple[int, int]]:
    """A sentence is one claim, or two where a hedged or long first half is set against the second (…かもしれないが、…)."""  # noqa: E501
    line = frame.line
    text = line.text
    for match in re.finditer(
        r"(?:かもしれない|だろう|でしょう|かもしれません|である|だ|いる|ある|いた|ない|する|した|れた|ます|です|ました|ません)(?P<but>が、|けれども、|ものの、)",
        text,
    ):
        first, second = match.start("but"), match.end()
        if first >= 14 and len(text) - second >= 12 and not frame.quote(line.start + first):
            return [(line.start, line.start + first), (line.start + second, line.end)]
    for match in re.finditer(
        r"(?:ながらも|つつも)(?P<cut>、)|(?<=[うくすつぬむぐぶるいただ])し(?P<and>、)|(?<=[ただる])以上(?P<since>、)|(?:ており|でおり|があり)(?P<link>、)",
        text,
    ):
        second = match.end()
        first = second - 1
        if first < 14 or len(text) - second < 10 or frame.quote(line.start + first):
            continue
        behind = text[second:]
        moods = [bool(p.search(behind) and not p.search(text[:first])) for p in (LIKELY, POSSIBLE, UNLIKELY, ADVICE)]
        wanted = any(moods) or _JUDGING.search(behind)
        if match["link"] and not (any(moods) and first >= 20):
            continue
        if match["since"] and not ADVICE.search(behind):
            continue
        if wanted:
            first -= 1 if match["and"] else 0
            return [(line.start, line.start + first), (line.start + second, line.end)]
    for match in re.finditer(r"(?:ており|であり|おり|し|され)、", text):
        first, second = match.end() - 1, match.end()
        if first >= 36 and len(text) - second >= 36 and not frame.quote(line.start + first):
            return [(line.start, line.start + first), (line.start + second, line.end)]
    return [(line.start, line.end)]


_TAIL_WEIGHS = re.compile(r"考えられ|思われ|みられ|見方|予測|予想|見て|みて")
_TAIL_LIKELY = re.compile(r"見て(?:いる|いた)|みて(?:いる|いた)|予測|予想|推測|推計|試算|見積も|見込ん|との見方")


def _claim(context: Context, frame: Frame, unit: _Unit) -> Claim:
    text = context.text[unit.start : unit.end]
    words = text + unit.tail if unit.tail and _TAIL_WEIGHS.search(unit.tail) else text
    if unit.rule in ("C-according", "C-hearsay"):
        plain = re.sub(r"(?:だ|である)?という(?:こと(?:だ|である)|もの(?:だ|である))?。?$", "", words)
        words = plain if POSSIBLE.search(plain[-12:]) or UNLIKELY.search(plain[-12:]) else words
    strength, polarity = modality(words)
    if strength == "certain" and (ESTIMATED.search(unit.tail) or ESTIMATED.search(text)):
        strength = "likely"
    if strength == "certain" and unit.tail and _TAIL_LIKELY.search(unit.tail):
        strength = "likely"
    condition = None
    for match in _CONDITION.finditer(text) if _MAY_CONDITION.search(text) else ():
        words = match["c"].strip()
        if not _NOT_CONDITION.search(words):
            condition = words
            break
    said = unit.rule in ("C-indirect", "C-hearsay", "C-according", "C-nested", "C-quote")
    kind = "advice" if unit.rule == "C-step" else kind_of(text, strength, condition, unit.tail, said)
    about = tuple(dict.fromkeys(i for m in context.mentions_in(unit.start, unit.end) for i in m.ids))
    return Claim(unit.start, unit.end, unit.speaker, kind, strength, polarity, condition, about, unit.rule)


__all__ = ["find_claims", "modality"]
