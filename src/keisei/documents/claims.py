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

from keisei.documents.context import Context, Line
from keisei.documents.continued import go_on
from keisei.documents.events.roles import Argument, Frame, is_actor, prepare
from keisei.documents.records import Claim, Event, Mention
from keisei.documents.retold import retold
from keisei.documents.voices import (
    ACCORDING,
    ENDING,
    ESTIMATED,
    HEARSAY,
    NO_SOURCE,
    REPORT,
    THOUGHT,
    Discourse,
    agency,
    official,
    proposes,
)

_UNLIKELY = re.compile(
    r"考えにくい|考えづらい|考えられない|(?:可能性|公算|確率|見込み|見通し)[はも](?:極めて|きわめて|かなり|ほぼ|ほとんど|なお|当面|当分|まず|もはや|依然|万に一つも)?(?:低|少な|小さ|薄|乏し|な[いく])|見込みは(?:薄|な)|望むべくもない|ことは(?:まず|ほぼ|ほとんど)(?:ない|あるまい|なかろう)|(?<!こ)とは(?:到底|とても|とうてい)?(?:思えない|思われない|考えられない)|おぼつかない|起こり(?:そうも|そうに)ない|期待薄|ほぼ(?:ない|あり得ない)|ありそう(?:に|も)ない|あり得ない|ありえない|(?<!れ)ないの?では(?:ない|なかろう)|"
    r"(?:とは|とも)(?:思えない|考えられない)|想像しにくい|懐疑(?:派|論)に|懐疑的(?:だ|である|にな)|望み薄|期待できない|想定しにくい|確率[^。]{0,16}(?:[1-4一二三四１-４]割|[1-4]\d?(?:%|％|パーセント))[^。]{0,4}(?:満たない|未満|以下|程度)|(?:難しい|困難だ?|遠い|厳しい)(?:と(?:み|見)(?:られ|る|て)|との見方|と予想)"
)
_ASKED = re.compile(
    r"(?![^。]*かは(?:もはや|もう)?(?:明らか|明白|自明|言うまでも))(?:何|誰|どこ|いつ|なぜ|どう|いくら|どの|どれ|いかに)[^。、]{0,30}(?:の)?だろう(?:か)?[。」]*$"
)
_LIKELY = re.compile(
    r"だろう(?!か)|(?<=[うくすつぬむるぐぶいれせけめえねげてべみ])まい(?=[。」]|$|と)|という話(?:だ|だった|である)。?」?$|であろう|でしょう(?!か)|ようだ|ようである|ように(?:見え|思え|映)|と?思われ|と?考えられ|とみられ|と見られ|とみられる|可能性が(?:非常に|極めて)?(?:高|強|大き)|"
    r"はずだ(?!った)|はずである|らしい|といわれ|と言われ|という(?:見方|こと)?(?:だ|が多|が強)?。?$|に違いない|とされる|と見ている|とみている|言い難|言いがたい|ではなかろうか|ではないだろうか|のではないか|"
    r"(?:疑い|公算|見方|観測)が(?:強い|濃厚|濃い)|濃厚だ|十中八九|まず間違いな|ほぼ(?:確実|間違いな)|(?<=[るただ])ものとみ|ほか(?:は)?あるまい|きらい|公算|見通しだ|見込み|ほとんどない|受け取られ|多くの人の見方|傾向が|おそらく|恐らく|だろう。?」?$|と推定|と推測|がうかがえ"
)
_POSSIBLE = re.compile(
    r"かもしれ|五分五分|半々(?:だ|である|と|。|$)|疑い(?:が|も)(?:ある|持たれ|かけられ)|(?:可能性|恐れ|余地)を(?:排除|否定)(?:しない|していない|でき)|(?:しない|る)とも限らない|(?:言い切れ|断言でき|断定でき|言い切ることはでき)ない|微妙(?:だ|である|だろう|な情勢)|確率[^。]{0,12}(?:[4-6][0-9](?:%|％|パーセント)|[四五六4-6]割|五分五分)|可能性(?!が(?:非常に|極めて)?(?:高|強|大き)|は(?:極めて|かなり|ほぼ|ほとんど)?(?:低|少な|小さ|な(?:い|く)))|かねない|のだろうか|だろうか|分からない|わからない|不透明|こともでき|こともあり得|ことができる。|(?:恐れ|おそれ|懸念|余地)[がはも](?:ある|残)|不明だ|定かでは?ない|未知数|見通せない|読めない|恐れも|"
    r"取り沙汰|あり得る|ありうる|余地がある|懸念(?:がある|される|も)|危険(?:性)?がある|(?:否定|排除)(?:は|も)?(?:でき|し切れ|しきれ)ない|もあり得|(?<=[いきしちにひみりぎじびえけせてねめれ])(?:得る|うる)(?=[。」]|$|と)"
)
_ADVICE = re.compile(
    r"べき(?:だ|で|もの|なの|。|と)|べから|ては(?:ならない|いけない|ならぬ)|ことが望ましい|が望まれる|のが(?:望ましい|賢明|得策|筋)|(?:する|した|いく|おく|める|せる)(?:ほう|方)が(?:よい|良い|賢明|得策)|求められ(?:る|ている)。|しなければならない。?$|"
    r"(?:する|いく|べき|ける|える|おく|める|せる)必要がある。?$|(?<=[うくすつぬむぐぶ])必要が(?:ある|あろう)。?$|ことが(?:肝要|不可欠|必要|求められる|急務|先決)(?:だ|である)?。?$|緩和を公然と主張|ねばならない。?$|(?:は|が)(?:急務|先決|得策|賢明)(?:だ|である)。?$|"
    r"(?:て|で)(?:ほしい|もらいたい|はどうか)|を(?:強く)?(?:求めたい|促したい|望みたい|提案したい|勧めたい)|(?<=[うくすつむぶぐるき])時(?:期)?(?:だ|である|に来ている|が来(?:た|ている))。?$|に越したことはない|^[ 　]*(?:第[一二三四五六1-6１-６]に|まず|次に|最後に)[、は][^。]*(?:こと|べきこと)(?:である|だ)?。?$|(?:て|で)おかねばならない|ことをためらってはならない|(?:する|す|る)べきでは?(?:な(?:い|かろう)|あるまい)|(?:急ぐ|備える|見直す|強める|深める|絞る|改める)(?:こと|べき)(?:だ|である)。?$|(?:て|で)はどうだろうか|(?:から|に|を)[^。、]{1,8}(?:しか|ほか|以外に(?:道|手|策)は)ない。?$"  # noqa: E501
)
_FORECAST_TAIL = re.compile(
    r"(?<=[うくすつぬむるぐぶ])(?:の|こと)は(?:ほぼ|もはや)?(?:確実|必至|時間の問題|避けられ|不可避|間違いな|まずな|必定)|(?<=[うくすつぬむるぐぶれせけめえねげてべ])まい[。」]*$|早くても[^。]{0,12}(?:になる|だ|である|となる)|できるかは[^。]{0,8}(?:だろう|だ|ない)|(?:[うくすつぬむるぐぶ]|ない|ていく|なる)(?:こと(?:に|は|も)(?:なる|ない|ある))?(?:だろう|であろう|でしょう|かもしれ|可能性|恐れ|おそれ|公算|見通し|はずだ(?!った)|に違いない|見込み|のではないか|のでは|とみられ|と考えられ|と思われ)|"
    r"かねない|ことになろう|ようになる|ことになる|ことはない|考えにくい|ことになるだろう|(?:今後|将来|いずれ|近く|やがて).{0,40}(?:(?<!であ)(?<![てで]い)る|だろう|かもしれない)。?$|(?<=[うくすつぬむぐぶる])とは(?:到底|とても)?(?:思え|考えられ|思われ)ない[。」]*$|(?:難し|困難)(?:い|に)だろう|(?:難しい|困難)と(?:み|見)|(?:実現|成立|成功)する(?:確率|見込み)|決して[^。]{1,16}ない(?:だろう)?。?$|と(?:予測|予想|見込)"
)
_PRESENT_STATE = re.compile(
    r"(?:ている|ていた|である|だった|た|の|ゆえ|から|である|ある|いる|ような|つもりはない|[一-鿿])(?:の)?(?:だろう|であろう|かもしれ|ようだ)|(?:である|ている|た)(?:可能性|公算|とみられ)"
)
_CONDITION = re.compile(
    r"(?P<c>(?:もし|仮に)?[^、。「」]{2,60}?(?:ければ|れば|えば|けば|せば|てば|めば|ねば|べば|げば|なら(?:ば)?|場合(?:に)?は?|たら|としても|ても|限り|かぎり|ない限り|とすれば|ことになれば)|[^、。「」]{2,40}に伴えば)(?:、|(?<=[えけせてねべめれ]ば)(?=[一-鿿ァ-ヺ])|(?<=[うくすつむぶぐるい]なら)(?=[一-鿿ァ-ヺ]))"
)
# without one of these ends there is no condition
_MAY_CONDITION = re.compile(r"(?:ば|なら|たら|ても|としても|限り|かぎり|場合(?:に)?は?)(?:、|[一-鿿ァ-ヺ])")
# what a condition brings, told without a hedge: …すれば、影響力を失う
_RESULT = re.compile(r"(?:ない理由はない|(?<![てで]い)(?<!あ)[うくすつぬむぶぐる])[」。]*$")
_STRONG_CONDITION = re.compile(
    r"(?:もし|仮に|ければ|(?:す|な|[けげせてねべめれえ])れば|(?<=[けげせてねべめれえ])ば|なら(?:ば)?|場合|たら|としても|ても$|でも$|ない(?:限り|かぎり)|条項付き)"
)
_AFTER_QUOTE = re.compile(
    rf"^(?:など)?(?:だ|である)?(?!とい[うった](?:批判|声|主張|指摘|見方|懸念|分析|説明|議論|反論|評価|訴え))(?:と|との|、と)(?:も)?[^。「」、]{{0,16}}?{REPORT}|^(?!とい[うった](?:批判|声|主張|指摘|見方|懸念|議論|反論))(?:と|として|だとして)"
)
_SAID_AFTER = re.compile(rf"^(?:など)?(?:と|との)(?:も)?[^。「」、]{{0,8}}?{REPORT}")
_INDIRECT = re.compile(
    rf"(?P<said>と(?<!こと)(?<!公然と)(?<!堂々と)(?<!平然と)(?<!淡々と)(?<!毅然と)(?<!延々と)(?<!きりと))(?P<also>も|まで|さらに)?(?:、?(?:のちに|後に|改めて|その後|さらに|重ねて|自ら))?(?P<verb>[^。「」、]{{0,10}}?(?:{REPORT}|言|伝え)){ENDING}"
    r"(?:ばかり(?:だ(?:った)?|である))?(?P<hedge>らしい|ようだ|ようである|そうだ|とみられる|という(?:ことだ)?|とのことだ)?。?$"
)
# a second view of the same speaker, with nothing but とも behind it: …は避けられない、とも。
_ALSO = re.compile(r"(?<=[るいただむすうくつぬぶぐ」])、?とも(?:(?:付け加え|指摘し|語っ|話し|言っ)?た)?。?$")
# how somebody holds what stands before it: …にすぎないと冷ややかだ
_COOL = re.compile(
    r"(?P<said>と(?<!こと))(?:、|も)?(?P<verb>(?:もっと|より|いたって|やや|むしろ|きわめて|極めて)?(?:冷ややか|手厳し|辛辣|懐疑的|悲観的?|楽観的?|否定的|肯定的|慎重|冷淡|強気|弱気|容赦な|にべもな|そっけな|素っ気な|断固として|歯切れがよ|不安げ|心配顔|自信満々|意気軒高|手放し))"
    r"(?:だ|である|い|だった|かった|な(?:姿勢|見方|口ぶり|構え)(?:だ|である|を崩さない))。?$"
)
_SAME_WHO = r"(?:同(?:報告書|評価|論文|白書|調査|文書|レポート|推計|分析|声明|氏|[一-鿿]{0,6}(?:員|授|士|官|相|長|統領|記者|家|使))|彼|彼女)"  # noqa: E501
_SAME = re.compile(rf"{_SAME_WHO}(?:は|が|も|によると)、?")
_SAME_END = re.compile(rf"{_SAME_WHO}$")
_SAME_SAID = re.compile(rf"(?:{_SAME_WHO}|同(?:機関|研究所|紙|省|センター|通信))(?:による|によれ)(?:と|ば)、?")
_VIEW = re.compile(
    r"、?と(?P<is>(?:いう|言う|みる|見る)?のが、?)(?=[^。、「」]{2,60}の(?:見方|見立て|考え|主張|分析|結論|読み|立場|見解|言い分|評価|診断|持論|説明|判断)(?:だ|である|だった)。?$)"
)
_SAME_TURNED = re.compile(
    rf"と(?<!こと)、?{_SAME_WHO}(?:は|も)[^、。「」]{{0,16}}(?:{REPORT}|言)[^。「」、]{{0,10}}。?$"
)
# what the speaker did before speaking (会談し、…と述べた) is no part of the words
_OTHER_ACT = re.compile(
    r"(?:会談|会見|訪問|出席|面会|協議|演説|発表|視察|会合|電話|声明|談話)[^、。「」]{0,8}?(?:し|して|で|い|き)、"
)
# who speaks the quotation that stands alone before or behind: Xはこう指摘する。
_POINTS = re.compile(
    rf"(?:は|が|も)、?[^。「」]{{0,24}}?(?:こう|このように|そう|次のように|以下のように)[^。「」、]{{0,6}}?{REPORT}"
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
    rf"(?P<said>と)、?(?=[^、。「」]{{2,40}}(?:は|も)[^。「」、]{{0,16}}?(?:{REPORT}|推定|推計|見積|言[うっい])[^。「」、]{{0,10}}。?$)"
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
    r"(?:研究者|元?官僚|教授|研究員|記者|専門家|作家|外交官|ジャーナリスト|出身|フェロー|元職員)です。?$|を(?:訳出し|お届けし|紹介し|掲載し|翻訳し)(?:ました|ます)。?$|^(?:本稿|本論|小論|本章|拙稿|以下|ここ)で?は?[^。]*(?:たい|する|みる|みたい)。?$|(?:[二三四2-5２-５]つ|次|以下)のことが[^。]{1,4}る。?$"
)
_NOT_CONDITION = re.compile(
    r"(?:からすれば|言えば|いえば|例えば|たとえば|見れば|みれば|によれば|考えれば|考えると|(?:特に|とりわけ)[^、]{1,8}の場合|の場合|ならば?こそ|だからこそ|にもかかわらず|ついても|において(?:も)?|に対しても)$"
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
        named = _named_source(context, frame)
        heard = talk.heard(number)
        if heard is None and _VIEW_BARE.search(line.text) and (told := talk.told_of(number)):
            heard = told[1]
        if points := _points(context, frame):
            if _SO.search(line.text):
                closing[number] = points
            talk.say(number, points, line)
            continue
        if heard is None and (_SAME.search(line.text) or _SAME_SAID.search(line.text)):
            heard = talk.person
        alone = _alone(frame)
        if alone:
            polite = _POLITE.search(context.text, *alone) is not None
            speaker = talk.beside(number, _own_voice(context, line), polite)
            behind = context.lines[number + 1] if number + 1 < len(context.lines) else None
            if behind is not None and not (talk.spoken and talk.spoken[0] == number - 1):
                speaker = _points(context, prepare(context, behind)) or speaker
            if speaker:
                out.extend(_claim(context, frame, unit) for unit in _quoted(context, *alone, speaker))
                talk.say(number, speaker, line)
                continue
        about = _person(context, frame)
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
        if turned_to := _topic(context, frame):
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


def _topic(context: Context, frame: Frame) -> str | None:
    """Whom a sentence is about: the person at its は, where it tells of no other's words."""
    people = [
        a.mention.ids[0]
        for a in frame.arguments
        if (a.role == "wa" or (a.role == "no" and _MANNER.match(context.text, a.mention.end)))
        and _speaking(context, frame, a)
        and context.entities[a.mention.ids[0]].type == "person"
    ]
    return people[0] if people else None


_MANNER = re.compile(
    r"の(?:評価|見方|見立て|見解|分析|読み|結論|口調|表情|答え|声|言葉|診断|指摘|説明|意見|主張|反応)(?:は|も)"
)


def _points(context: Context, frame: Frame) -> str | None:
    """The speaker of a sentence that only says who speaks the quotation beside it."""
    if "う" not in frame.line.text and "に" not in frame.line.text:
        return None
    cleft = _CLEFT.search(frame.line.text)
    if cleft:  # そう語るのは、…のX氏だ
        people = [
            m for m in context.mentions_in(frame.line.start + cleft.end(), frame.line.end) if _is_person(context, m)
        ]
        return people[-1].ids[0] if people else None
    match = _POINTS.search(frame.line.text) if _POINTING.search(frame.line.text) else None
    if match is None or frame.line.end - frame.line.start - match.end() > 8:
        return None
    at = frame.line.start + match.start()
    named = [a for a in frame.arguments if a.role in ("wa", "ga") and _speaking(context, frame, a)]
    near = [a for a in named if a.mention.end <= at + 2]
    return near[-1].mention.ids[0] if near else None


_POINTING = re.compile("こう|そう|ように")
_CLEFT = re.compile(
    r"^[ 　]*(?:そう|こう|このように|そのように|そんな風に)[^。、「」]{0,8}?(?:語|話|指摘|述べ|説明|分析|みる|見る|言|訴|警告|嘆|振り返|明か|打ち明)[^。、「」]{0,6}のは、?(?=[^。「」]{3,60}(?:だ|である|だった)。?$)"  # noqa: E501
)


def _is_person(context: Context, mention: Mention) -> bool:
    entity = context.entities.get(mention.ids[0])
    return entity is not None and entity.type == "person"


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


_REPORTS = re.compile("報告し|報じ|伝え|明らかにし|発表し")


def _named_source(context: Context, frame: Frame) -> str | None:
    """Who reports in this sentence: Xによると, or the topic of a reporting verb at its end."""
    for argument in frame.arguments:
        if argument.role == "said" and is_actor(context, argument.mention):
            return _who(context, argument.mention)
    text = frame.line.text
    if _REPORTS.search(text):
        for argument in frame.arguments:
            if argument.role in ("wa", "ga") and is_actor(context, argument.mention):
                return argument.mention.ids[0]
    match = ACCORDING.search(text)
    if match:
        at = frame.line.start + match.start()
        before = [a for a in frame.arguments if a.mention.end <= at + 2 and is_actor(context, a.mention)]
        if before and _HOLDS.fullmatch(context.text[before[-1].mention.end : max(at, before[-1].mention.end)]):
            return _who(context, before[-1].mention)
    return None


# between a source and によると: 氏, の分析, が公表した報告書
_HOLDS = re.compile(
    r"[)）]?(?:[(（][^()（）\n]{1,40}[)）])?(?:氏|側|ら)?(?:の[^、。「」はがを]{0,12}|が[^、。「」]{2,20}(?:た|する|ている)[^、。「」はがを]{0,12})?"
)


def _speaking(context: Context, frame: Frame, argument: Argument) -> bool:
    """Whether a name can be the one who speaks here: an actor outside quotations."""
    return is_actor(context, argument.mention) and frame.quote(argument.mention.start) is None


def _subject(context: Context, frame: Frame, at: int, until: int, last: str | None) -> str | None:
    """The speaker of quoted words: the は-marked name (before, else behind), 同氏 for the last one, else が-marked."""
    line = frame.line
    tail = context.text[until : line.end]
    if _QUOTED_BY.match(tail):  # 「…」と釘を刺すのは、Xだ
        people = [m for m in context.mentions_in(until, line.end) if _is_person(context, m)]
        if people:
            return people[-1].ids[0]
    if _SAME.search(tail) or _SAME.search(context.text[line.start : at]):
        return last
    for role in (("wa",), ("said",), ("ga",)):
        pool = [a for a in frame.arguments if a.role in role and _speaking(context, frame, a)]
        before = [a for a in pool if a.mention.end <= at]
        behind = [a for a in pool if a.mention.start >= until]
        if before or behind:
            first = before[0] if before else behind[-1]
            if (
                role[0] == "wa"
                and len(before) > 1
                and _NEW_CLAUSE.search(context.text, line.start, before[-1].mention.start)
            ):
                first = before[-1]  # Xは…とあしらい、Yも「…」と一蹴した
            elif role[0] != "wa" and before:
                first = before[-1]
            return _who(context, first.mention)
    self_named = [a for a in frame.arguments if a.mention.end <= at and context.text.startswith("自身", a.mention.end)]
    if self_named and _speaking(context, frame, self_named[-1]):
        return self_named[-1].mention.ids[0]
    named = re.search(r"(?:声明|談話|名義|論評)で", context.text[line.start : at])
    if named:
        near = [a for a in frame.arguments if a.mention.end <= at and is_actor(context, a.mention)]
        if near:
            return near[-1].mention.ids[0]
    return last


_QUOTED_BY = re.compile(r"」?(?:など)?と[^。「」、]{1,20}のは、?(?=[^。「」]{3,60}(?:だ|である|だった)。?$)")
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


def _scholar(context: Context, frame: Frame, argument: Argument) -> bool:
    """Whether a name is that of a person without an office of state, who speaks here."""
    entity = context.entities.get(argument.mention.ids[0])
    person = entity is not None and entity.type == "person"
    return person and _speaking(context, frame, argument) and not official(context, argument.mention.ids[0])


# コスキ氏が勧めるのは、…ことだ
_HELD_TO_BE = re.compile(r"(?:が|の)[^、。「」]{0,14}?[うくすつぬぶむぐる]のは、?(?=[^。]*(?:だ|である|だという)。?$)")
# a paper speaks for who issued it: ODNIが3月に公表した年次脅威評価は、…との判断を示した
_ISSUED = re.compile(
    r"(?:[(（][^()（）\n]{1,30}[)）])?(?:が|の)[^。、「」はも]{0,36}?(?:報告書?|評価|白書|分析|論文|調査|声明|文書|見通し|推計|統計|レポート|論考|記事|社説|コラム)(?:は|も|で(?:は)?)、?"
    r"|(?:[(（][^()（）\n]{1,30}[)）])?が[^。、「」]{0,30}(?:公表|発表|刊行|公開|発行|出|まとめ)(?:し)?た[「『][^「」『』\n]{2,40}[」』](?:は|も|で(?:は)?)、?"
)


def _issuer(context: Context, frame: Frame, until: int) -> tuple[str, int] | None:
    """Who issued the paper whose words a sentence gives, and where the words begin."""
    for argument in frame.arguments:
        if argument.mention.end < until and _speaking(context, frame, argument):
            match = _ISSUED.match(context.text, argument.mention.end, until)
            if match:
                return _who(context, argument.mention), match.end()
    return None


_NEW_CLAUSE = re.compile(r"(?:[いきしちりみびぎえけせてねめれっ]|だが|るが|たが|が|一方で?|ものの)、[^、。「」]{0,16}$")


def _who(context: Context, mention: Mention) -> str:
    """Who speaks under a name: the group where the name only says whose it is (西側の専門家), else its bearer."""
    return context.groups.get(mention.start, mention.ids[0])


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
        actors = [a for a in frame.arguments if a.role in ("wa", "said") and _scholar(context, frame, a)]
        if not actors and last is not None and voice == "AUTHOR":
            return _Unit(line.start, line.start + stands.start(), last, "C-indirect", text[stands.start() :])
    loose = _TURNED_ANY.search(text)
    if loose and not turned:
        at = line.start + loose.end("said")
        behind = [
            a for a in frame.arguments if a.mention.start >= at and a.role == "wa" and _scholar(context, frame, a)
        ]
        if behind and behind[0].mention.start - at <= 40:
            who = _who(context, behind[0].mention)
            return _Unit(line.start, line.start + loose.start(), who, "C-indirect", text[loose.start() :])
    view = _VIEW.search(text)
    if view:  # …というのがXの見方だ
        whose = [
            a
            for a in frame.arguments
            if line.start + view.end("is") <= a.mention.start and _speaking(context, frame, a)
        ]
        if whose:
            return _Unit(
                line.start,
                line.start + view.start(),
                _who(context, whose[-1].mention),
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
            a for a in frame.arguments if a.mention.end == line.start + cleft.start() and _speaking(context, frame, a)
        ]
        if holder and not official(context, holder[0].mention.ids[0]):
            who = _who(context, holder[0].mention)
            return _Unit(line.start + cleft.end(), line.end, who, "C-indirect", "")
    grounds = _grounds(context, frame, voice)
    if grounds is not None:
        return grounds
    also = _ALSO.search(text) if "とも" in text else None
    if also and last is not None and also.start() >= 8:
        return _Unit(line.start, line.start + also.start(), last, "C-indirect", text[also.start() :])
    match = _INDIRECT.search(text) or _COOL.search(text)
    if not match and (any_verb := _ANY_VERB.search(text)):
        topics = [a for a in frame.arguments if a.role == "wa" and a.mention.end < line.start + any_verb.start()]
        free = not _WITH_OTHERS.search(any_verb["verb"])
        match = any_verb if free and topics and _scholar(context, frame, topics[0]) else None
    if not match or _IMPERSONAL.search(text[match.start() :]):
        return None
    if re.search(r"(?<!執)筆者|(?:私|僕|わたし)(?:は|が)", text[: match.end()]):
        return _Unit(line.start, line.end, voice, "C-own", "")
    tail = text[match.start() :]
    until = line.start + match.start()
    turn = _turn(frame, until)
    same = _SAME.search(text, turn - line.start)
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
    behind_turn = [a for a in candidates if a.mention.start >= turn and a.role == "wa"]
    chosen = sorted(behind_turn or candidates + first, key=lambda a: a.mention.start)[:1]
    unnamed = _UNNAMED.match(text, turn - line.start if behind_turn else 0)
    if same and (not chosen or line.start + same.start() < chosen[0].mention.start):
        if last is None:
            return None
        return _Unit(line.start + same.end(), until, last, "C-indirect", tail)
    if not chosen:
        issuer = _issuer(context, frame, until)
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
    speaker, end = _who(context, chosen[0].mention), chosen[0].mention.end
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
    named = [a for a in frame.arguments if a.role in ("wa", "ga") and _speaking(context, frame, a)]
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
        return [*units, told] if told.end > told.start + 3 and not twice else units
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
    demand = _demand(context, frame, voice)
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
    who = [a for a in frame.arguments if a.role == "wa" and a.mention.end < until and _speaking(context, frame, a)]
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
    who = [a for a in frame.arguments if a.role == "wa" and a.mention.end < until and _speaking(context, frame, a)]
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
    r"(?P<what>[^、。「」はがも]{2,30}を)[^、。「」]{0,6}?(?:求め|促し|要求し|呼びかけ|呼び掛け|主張し|提案し|提唱し|打ち出し|訴え|求める|促す|要求する)"
    r"(?:た|て(?:いる|いた|きた)|る|ており、|、|し、)?(?:ばかりだ)?。?"
)


def _demand(context: Context, frame: Frame, voice: str) -> _Unit | None:
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
            if a.role in ("wa", "ga") and a.mention.end <= at and _speaking(context, frame, a)
        ]
        if actors and actors[0].mention.ids[0] != voice:
            return _Unit(at, line.start + match.end(), actors[0].mention.ids[0], "C-step", "")
    return None


# a sentence that only says how somebody sees it; the words follow
_MOOD = re.compile(
    r"^[^、。]{0,60}(?:は|も)(?:反対|慎重|懐疑的な?|批判的な?|悲観的な?|楽観的な?|異なる|正反対の?|逆の?|別の)(?:の)?(?:立場|見方|意見|見解)(?:を(?:とる|取る|示す|示した|とっている)|だ|である)。?$|^[^、。]{0,40}[、]?[^。、]{2,30}(?:は|も|の(?:評価|見方|答え|口調|反応|言葉)は)(?:もっと|より|さらに|やや|むしろ|いささか|対照的に|逆に)?(?:悲観的|楽観的|懐疑的|慎重|否定的|肯定的|冷ややか|辛辣|率直|明快|手厳し|厳し|その(?:一人|ひとり))(?:だ|である|い|だった|かった)。?$"
    r"|^[^、。]{0,60}[、]?[^。、]{2,40}の(?:見方|見解|意見|立場|評価|答え|主張|見立て|診断)は(?:やや|大きく|まったく|全く|少し|より)?(?:異なる|違う|正反対だ|正反対である|逆だ|逆である|対照的だ|分かれる|割れる|厳しい|暗い|明るい|楽観的だ|悲観的だ|慎重だ|辛い|辛口だ)。?$"
)


_IS_PLANNED = re.compile(r"予定(?:だ|である|という)?。?$")
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
    hedged = _LIKELY.search(text) or _POSSIBLE.search(text) or _UNLIKELY.search(text) or _ADVICE.search(text)
    if hedged:
        return True
    end_at = max(0, len(text) - 16)  # these ends are shorter
    if events and _IS_PLANNED.search(text, end_at):
        return False
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
    weighed = (_WEIGHING, _CONDITION, _LIKELY, _POSSIBLE, _UNLIKELY, _ADVICE)
    return not any(pattern.search(text) for pattern in weighed)


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
    for match in re.finditer(
        r"(?:ながらも|つつも)(?P<cut>、)|(?<=[うくすつぬむぐぶるいただ])し(?P<and>、)|(?<=[ただる])以上(?P<since>、)|(?:ており|でおり|があり)(?P<link>、)",
        text,
    ):
        second = match.end()
        first = second - 1
        if first < 14 or len(text) - second < 10 or frame.quote(line.start + first):
            continue
        behind = text[second:]
        moods = [
            bool(p.search(behind) and not p.search(text[:first])) for p in (_LIKELY, _POSSIBLE, _UNLIKELY, _ADVICE)
        ]
        wanted = any(moods) or _JUDGING.search(behind)
        if match["link"] and not (any(moods) and first >= 20):
            continue
        if match["since"] and not _ADVICE.search(behind):
            continue
        if wanted:
            first -= 1 if match["and"] else 0
            return [(line.start, line.start + first), (line.start + second, line.end)]
    for match in re.finditer(r"(?:ており|であり|おり|し|され)、", text):
        first, second = match.end() - 1, match.end()
        if first >= 36 and len(text) - second >= 36 and not frame.quote(line.start + first):
            return [(line.start, line.start + first), (line.start + second, line.end)]
    return [(line.start, line.end)]


# words that hold a negation and deny nothing, and the ends of a sentence that does
_NO_DENIAL = re.compile(
    r"かもしれな(?:い|かった)|かねな(?:い|かった)|に違いな(?:い|かった)|ではな(?:い|かろう)か|ざるを得ない|に他ならない|にほかならない|(?:否定|排除)(?:は|も)?(?:でき|し切れ|しきれ)ない"
)
_DENIES = re.compile(r"(?:ない|なかった|ぬ|ず)(?:だろう|であろう|と思われ|とみられ|ようだ|ことはない|。|」|$)")


def modality(words: str) -> tuple[str, str]:
    """Strength and polarity.

    >>> modality("核関連ノウハウを譲渡することは考えにくい。")
    ('unlikely', 'affirmed')
    >>> modality("戦場での変革にはつながらないだろう。")
    ('likely', 'negated')
    """
    tail = words[-44:]
    plain = _NO_DENIAL.sub("", tail) if "な" in tail else tail
    negated = _DENIES.search(plain) is not None
    if _UNLIKELY.search(tail):
        return "unlikely", "affirmed"
    if _ASKED.search(tail):
        return "possible", "affirmed"
    polarity = "negated" if negated else "affirmed"
    possible = [m.end() for m in _POSSIBLE.finditer(tail)]
    likely = [m.end() for m in _LIKELY.finditer(tail)]
    if possible and (not likely or max(possible) >= max(likely) - 3):
        return "possible", polarity
    if likely:
        return "likely", polarity
    return "certain", polarity


_TAIL_WEIGHS = re.compile(r"考えられ|思われ|みられ|見方|予測|予想|見て|みて")
_TAIL_LIKELY = re.compile(r"見て(?:いる|いた)|みて(?:いる|いた)|予測|予想|推測|推計|試算|見積も|見込ん|との見方")


def _claim(context: Context, frame: Frame, unit: _Unit) -> Claim:
    text = context.text[unit.start : unit.end]
    words = text + unit.tail if unit.tail and _TAIL_WEIGHS.search(unit.tail) else text
    if unit.rule in ("C-according", "C-hearsay"):
        plain = re.sub(r"(?:だ|である)?という(?:こと(?:だ|である)|もの(?:だ|である))?。?$", "", words)
        words = plain if _POSSIBLE.search(plain[-12:]) or _UNLIKELY.search(plain[-12:]) else words
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
    kind = "advice" if unit.rule == "C-step" else _kind(text, strength, condition, unit.tail, said)
    about = tuple(dict.fromkeys(i for m in context.mentions_in(unit.start, unit.end) for i in m.ids))
    return Claim(unit.start, unit.end, unit.speaker, kind, strength, polarity, condition, about, unit.rule)


# a probability, a change to come, something never again, what one cannot yet say
_AHEAD = re.compile(
    r"(?:する|なる|れる|られる|[うくすつむぶぐる])確率(?:を|は|が)[^。]{0,24}(?:とみる|とみて|見積も|に満たない|前後|程度)|"
    r"(?:れ|え|け|せ|て|め|べ|げ|く)なくなる(?:だろう)?[。」]*$|(?:こと|の)は、?(?:もはや|もう|二度と|決して)(?:ない|あるまい)(?:から(?:だ|である))?[。」]*$|"
    r"できるか(?:どうか)?は?[^。]{0,6}(?:微妙|不透明|未知数|分からない|わからない|定かでない|見通せない)|(?:おそらく|恐らく|いずれ|やがて|近く|遠からず|早晩)[^。]*(?:(?<![てで]い)(?<!われ)(?<!えられ)(?<!みられ)(?<!あ)[うくすつむぶぐる]|(?<!て)(?<!で)(?:し|れ|ら|え|き|か|わ|ま)ない)[。」]*$|"
    r"(?:には|のは|まで)[^。]{0,12}(?:年|月|カ月|か月|週間)(?:は|を|も)?(?:かか|要する|先に)|(?:よう|こと)になる[。」]*$"
)
# told as another's words, a plain verb of movement or change is of what is to come: 工兵が派遣されると明かした
_TO_COME = re.compile(
    r"(?=する|される)(?<!保有)(?<!違反)(?<!依存)(?<!存在)(?<!意味)(?<!反対)(?<!支持)(?<!歓迎)(?<!機能)(?<!矛盾)(?<!共有)(?<!直面)(?<!該当)(?<!相当)(?<!由来)(?<!起因)(?<!匹敵)(?<!一致)(?<!関与)(?<!象徴)(?<!反映)(?<!示唆)(?<!尊重)(?<!重視)"
    r"(?<!期待)(?<!懸念)(?<!要求)(?<!確信)(?<!同意)(?<!拒否)(?<!否定)(?<!非難)(?<!評価)(?<!認識)(?<!推計)(?<!推定)(?<=[一-鿿]{2})(?:する|される)[」。]*$|"
    r"(?:派遣|供与|供給|輸出|輸入|建設|開始|再開|実施|開催|署名|締結|配備|発射|拡大|縮小|撤退|提供|着工|完成|導入|増強|延長|解除|訪問|訪朝|訪露|訪ロ|訪中|実現|崩壊|失敗|成功|悪化|改善|継続|回復)(?:する|される|しない|されない)(?:と|という)?[^。、]{0,16}[。」]*$|"
    r"(?:流れ|届|運ばれ|送られ|渡され|始ま|終わ|増え|減|細|戻|失|倒れ|開かれ|上が|下が)(?:る|く|う)(?:と|という)?[^。、]{0,16}[。」]*$"
)


_PROVIDES = re.compile(
    r"と(?<!こと)(?:うた(?:う|っている|った)|定め(?:る|た|ている)|規定(?:する|した|している)|明記(?:する|した|している|された)|記(?:す|している|した|されている))(?:が)?[。」]*$"
)


def _kind(text: str, strength: str, condition: str | None, behind: str = "", said: bool = False) -> str:
    tail = text[-40:]
    if _ADVICE.search(tail) or (text[:4].lstrip(" 　").startswith("第") and _ADVICE.search(text)):
        return "advice"
    if _PROVIDES.search(text):
        return "assessment"  # what a treaty provides for is no forecast
    future = bool(_FORECAST_TAIL.search(tail)) and not _PRESENT_STATE.search(tail)
    future = (
        future
        or bool(_AHEAD.search(text) or (behind and _AHEAD.search(text + behind)))
        or (said and bool(_TO_COME.search(text)))
    )
    if condition and _STRONG_CONDITION.search(condition) and _RESULT.search(text):
        return "conditional_forecast"
    if condition and re.search(r"^(?:もし|仮に|たとえ)|とすれば$|としたら$|となれば$", condition):
        return "conditional_forecast"
    if condition and (future or strength in ("likely", "possible")) and _STRONG_CONDITION.search(condition):
        return "conditional_forecast"
    return "forecast" if future else "assessment"


__all__ = ["find_claims", "modality"]
