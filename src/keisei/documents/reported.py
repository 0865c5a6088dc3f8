"""Words that a Japanese sentence gives to someone: reported, weighed, revealed, asked for or quoted."""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.events.roles import Frame
from keisei.documents.holders import (
    SAME,
    SAME_WHO,
    is_scholar,
    is_speaking,
    issuer_of,
    name_of,
)
from keisei.documents.units import Unit
from keisei.documents.voices import (
    ENDING,
    NOUN_END,
    REPORT,
    THOUGHT,
    agency,
    official,
)
from keisei.documents.weighed import grounds_in

INDIRECT = re.compile(
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
TURNED = re.compile(
    rf"(?P<said>と)、?(?=[^、。「」]{{1,40}}(?:は|も)[^。「」、]{{0,16}}?(?:{REPORT}|推定|推計|見積|言[うっい])[^。「」、]{{0,10}}。?$)"
)
_IMPERSONAL = re.compile(
    r"(?:と|も)?(?:思われ|考えられ|みられ|見られ|いわれ|言われ|される|されて|言える|いえる|言っても)"
)


# a view that goes on without its holder: …余地は残るとの立場だ
_STANDS = re.compile(
    r"との(?:立場|考え|見方|見立て|認識|見解|読み|主張|分析|判断|解釈|結論)(?:だ|である|だった|を崩さない)。?$"
)
VIEW_BARE = re.compile(
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


# X氏が指摘するように、…
_AS_SAID = re.compile(
    r"が(?:すでに|かつて|つとに|繰り返し)?(?:指摘|強調|警告|分析|予測|主張|説明|論証|喝破)(?:する|した|している|してきた)(?:ように|通り|とおり)、"
    r"|が(?:述べ|論じ|書い|言っ|説い|語っ|見抜い)(?:る|た|ている|てきた)(?:ように|通り|とおり)、"
)
# X教授は、…の譲歩には懐疑的だ
_LEANS = re.compile(
    r"(?:に(?:は|も|対しては|ついては)?|を)[^、。「」]{0,8}?(?:懐疑的|悲観的|楽観的|否定的|肯定的|批判的|慎重|冷ややか|疑問視|問題視|不安視|危険視|有望視|危ぶ|危惧|憂慮)"
    r"(?:だ|である|だった|する|している|した|む|んでいる|な見方を示す|な見方を示した)。?$"
)


def indirect(context: Context, frame: Frame, voice: str, last: str | None) -> Unit | None:
    """Reported words without quotation marks: Xは…と指摘する, …と、Xは推定している."""
    line = frame.line
    text = line.text
    turned = TURNED.search(text)
    if turned:
        at = line.start + turned.end("said")
        behind = [
            a for a in frame.arguments if a.mention.start >= at and a.role == "wa" and is_speaking(context, frame, a)
        ]
        if behind and behind[0].mention.ids[0] in context.authors.values() and voice == "AUTHOR" and not context.digest:
            return Unit(line.start, line.end, voice, "C-own", "")
        if behind and behind[0].mention.start - at <= 24:
            return Unit(
                line.start, line.start + turned.start(), behind[0].mention.ids[0], "C-indirect", text[turned.start() :]
            )
    bare = VIEW_BARE.search(text)
    if bare and last is not None:
        return Unit(line.start, line.start + bare.start(), last, "C-indirect", text[bare.start() :])
    stands = _STANDS.search(text)
    if stands and stands.start() >= 8 and _goes_on(context, last):
        actors = [a for a in frame.arguments if a.role in ("wa", "said") and is_scholar(context, frame, a)]
        if not actors and last is not None and voice == "AUTHOR":
            return Unit(line.start, line.start + stands.start(), last, "C-indirect", text[stands.start() :])
    loose = _TURNED_ANY.search(text)
    if loose and not turned:
        at = line.start + loose.end("said")
        behind = [
            a for a in frame.arguments if a.mention.start >= at and a.role == "wa" and is_scholar(context, frame, a)
        ]
        if behind and behind[0].mention.start - at <= 40:
            who = name_of(context, behind[0].mention)
            return Unit(line.start, line.start + loose.start(), who, "C-indirect", text[loose.start() :])
    view = _VIEW.search(text)
    if view:  # …というのがXの見方だ
        whose = [
            a
            for a in frame.arguments
            if line.start + view.end("is") <= a.mention.start and is_speaking(context, frame, a)
        ]
        if whose:
            return Unit(
                line.start,
                line.start + view.start(),
                name_of(context, whose[-1].mention),
                "C-indirect",
                text[view.start() :],
            )
    back = _SAME_TURNED.search(text)
    if back and last is not None:  # …だったと、同氏は記憶している
        return Unit(line.start, line.start + back.start(), last, "C-indirect", text[back.start() :])
    cleft = _HELD_TO_BE.search(text) if "のは" in text else None
    if cleft and last is not None and _SAME_END.search(text, 0, cleft.start()) and line.end - line.start >= 12:
        return Unit(line.start + cleft.end(), line.end, last, "C-indirect", "")  # 同氏が根拠に挙げるのは、…ことだ
    if cleft and line.end - line.start - cleft.end() >= 6:
        holder = [
            a for a in frame.arguments if a.mention.end == line.start + cleft.start() and is_speaking(context, frame, a)
        ]
        if holder and not official(context, holder[0].mention.ids[0]):
            who = name_of(context, holder[0].mention)
            return Unit(line.start + cleft.end(), line.end, who, "C-indirect", "")
    as_said = _AS_SAID.search(text) if "よう" in text or "通り" in text or "とおり" in text else None
    if as_said and line.end - line.start - as_said.end() >= 8:
        holder = [
            a
            for a in frame.arguments
            if a.mention.end == line.start + as_said.start() and is_scholar(context, frame, a)
        ]
        if holder:
            return Unit(line.start + as_said.end(), line.end, name_of(context, holder[0].mention), "C-indirect", "")
    leans = _LEANS.search(text)
    if leans:
        holder = [
            a
            for a in frame.arguments
            if a.role == "wa" and a.mention.end < line.start + leans.start() and is_scholar(context, frame, a)
        ]
        if holder:
            whom = holder[0].mention
            particle_at = re.compile(r"は、?").search(text, whom.end - line.start)
            begin = line.start + particle_at.end() if particle_at and particle_at.end() < leans.end() else whom.end
            return Unit(begin, line.end, name_of(context, whom), "C-indirect", "")
    grounds = grounds_in(context, frame, voice)
    if grounds is not None:
        return grounds
    also = _ALSO.search(text) if "とも" in text else None
    if also and last is not None and also.start() >= 8:
        return Unit(line.start, line.start + also.start(), last, "C-indirect", text[also.start() :])
    match = INDIRECT.search(text) or _COOL.search(text) or _GIVES_OUT.search(text)
    if not match and (any_verb := _ANY_VERB.search(text)):
        topics = [a for a in frame.arguments if a.role == "wa" and a.mention.end < line.start + any_verb.start()]
        free = not _WITH_OTHERS.search(any_verb["verb"])
        match = any_verb if free and topics and is_scholar(context, frame, topics[0]) else None
    if not match or _IMPERSONAL.search(text[match.start() :]):
        return None
    if re.search(r"(?<!執)筆者|(?:私|僕|わたし)(?:は|が)", text[: match.end()]):
        return Unit(line.start, line.end, voice, "C-own", "")
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
        return Unit(line.start + same.end(), until, last, "C-indirect", tail)
    if not chosen:
        issuer = issuer_of(context, frame, until)
        if issuer is not None and issuer[0] != voice:
            return Unit(issuer[1], until, issuer[0], "C-indirect", tail)
    if not chosen and not unnamed and _goes_on(context, last) and voice == "AUTHOR":
        assert last is not None  # …にすぎないとみる: who was heard last holds it
        return Unit(line.start, until, last, "C-indirect", tail)
    if (
        chosen
        and last is not None
        and context.entities[chosen[0].mention.ids[0]].type == "state"
        and _goes_on(context, last)
        and _OUGHT.search(text, 0, match.start())
    ):
        return Unit(line.start, until, last, "C-indirect", tail)  # 日本は…急ぐべきだ、と忠告した
    if not chosen or (unnamed and line.start + unnamed.end() <= chosen[0].mention.start):
        return None
    speaker, end = name_of(context, chosen[0].mention), chosen[0].mention.end
    if speaker == voice or (THOUGHT.search(match["verb"]) and official(context, speaker)):
        return None
    passes_on = re.search(r"伝え|報告", match["verb"]) and agency(context, speaker)
    if passes_on or re.search(r"明らかに|発表|公表|報じ", match["verb"]):
        return Unit(end, end, speaker, "C-told", tail)
    particle = re.match(
        r"(?:[(（][^()（）\n]{1,40}[)）])?(?:として)?(?:側)?(?:は|が|も|によると|によれば)?(?:[^、。「」]{0,20}(?:で|に|へ|として|日|月|年))?、|(?:[(（][^()（）\n]{1,40}[)）])?(?:は|が|も)",
        context.text[end:until],
    )
    begin = end + (particle.end() if particle else 0)
    begin = max([m.end() for m in _OTHER_ACT.finditer(context.text, begin, until)], default=begin)
    return Unit(begin, until, speaker, "C-indirect", tail)


_OUGHT = re.compile(r"(?:べき(?:だ|である)|てはならない|なければならない|たほうがよい|た方がいい)、$")


def _goes_on(context: Context, who: str | None) -> bool:
    """Whether somebody without an office of state was heard, whose view a sentence without a subject may go on with."""
    entity = context.entities.get(who) if who else None
    return entity is not None and who is not None and entity.type == "person" and not official(context, who)


_UNNAMED = re.compile(r"(?:一方、|また、|しかし、)?(?:[^、。「」はがも]{2,16})(?<![にで])は、?")
# 取材に対し、… is whom one speaks to, no contrast
_TURN = re.compile(
    r"(?:[たるだい](?:が|ものの|一方で?)|のに対して?|(?<!取材)(?<!記者団)(?<!質問)(?<!問い)(?<!記者)(?<![紙社局誌])(?<!アンケート)に対して?)、"
)


def _turn(frame: Frame, until: int) -> int:
    """Where the last contrast before reported words begins anew (…と一蹴したが、Xは…と主張する)."""
    line = frame.line
    turns = [line.start + m.end() for m in _TURN.finditer(line.text) if line.start + m.end() < until]
    free = [at for at in turns if frame.quote(at) is None]
    return free[-1] if free else line.start


__all__ = ["INDIRECT", "TURNED", "VIEW_BARE", "indirect"]
