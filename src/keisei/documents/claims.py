"""Claims: judgements, forecasts and advice, with the voice behind them, kind and degree of certainty.

A voice is, in this order: the person whose quoted or reported words the stretch is (「…」と述べた, Xは…と指摘する, Xによると);
for hearsay without a name (という, とのこと) the last source named in the paragraph; else the voice of the region:
AUTHOR, or the author of the article inside a blog. An author's own hedges are the author's.

Polarity is kept apart from strength: 考えにくい is ``unlikely`` of what is said, ないだろう is ``likely`` of its negation.
A sentence that only tells what happened is an event and no claim.
"""  # noqa: E501

from __future__ import annotations

import re

from keisei.documents.asserted import CONDITION, JUDGING, MOOD, asserts, split, tells
from keisei.documents.certainty import POSSIBLE, UNLIKELY, kind_of, modality
from keisei.documents.context import Context
from keisei.documents.continued import go_on
from keisei.documents.events.roles import Frame, prepare
from keisei.documents.holders import (
    SAME,
    SAME_WHO,
    person_of,
    pointer_of,
    source_of,
    subject_of,
    topic_of,
)
from keisei.documents.records import Claim, Event
from keisei.documents.reported import INDIRECT, TURNED, VIEW_BARE, indirect
from keisei.documents.retold import retold
from keisei.documents.units import Unit, lone_quotation, own_voice, quoted_units, steps
from keisei.documents.voices import (
    ACCORDING,
    ESTIMATED,
    HEARSAY,
    NO_SOURCE,
    REPORT,
    Discourse,
    agency,
    proposes,
)
from keisei.documents.weighed import demand_of, midway, revealed_by

# without one of these ends there is no condition
_MAY_CONDITION = re.compile(r"(?:ば|なら|たら|ても|としても|限り|かぎり|場合(?:に)?は?)(?:、|[一-鿿ァ-ヺ])")
_AFTER_QUOTE = re.compile(
    rf"^(?:など)?(?:だ|である)?(?!とい[うった](?:批判|声|主張|指摘|見方|懸念|分析|説明|議論|反論|評価|訴え))(?:と|との|、と)(?:も)?[^。「」、]{{0,16}}?{REPORT}|^(?!とい[うった](?:批判|声|主張|指摘|見方|懸念|議論|反論))(?:と|として|だとして)"
)
_SAID_AFTER = re.compile(rf"^(?:など)?(?:と|との)(?:も)?[^。「」、]{{0,8}}?{REPORT}")
_SAME_SAID = re.compile(rf"(?:{SAME_WHO}|同(?:機関|研究所|紙|省|センター|通信))(?:による|によれ)(?:と|ば)、?")
# two judgements of one speaker: …は考えにくいとしながらも、…と警告した
_CONCEDED = re.compile(
    r"と(?<!こと)(?:し|述べ|認め|指摘し|みて)(?:ながらも?|つつも?|た上で|たうえで|て(?=いるが))、|と(?<!こと)(?:反発|非難|批判|主張|指摘|強調|否定|反論)し(?:て)?、"
)
# a word that judges what others said: 「偽情報」だとして否定した
_DISMISSED = re.compile(
    # a reason given for the act: …に違反するとして発射を非難した
    r"(?:だ|である)?と(?!い[うった])(?:して)?、?[^。「」、]{0,6}?(?:否定|切り捨て|一蹴|退け|反論|非難|批判|断じ|決めつけ|呼んで?非難)[ぁ-ん]{0,4}"
)
_LIKELY_OWN = re.compile(r"ということ(?:だ|である|になる)。?$|というわけ")
_NOT_CONDITION = re.compile(
    r"(?:からすれば|言えば|いえば|例えば|たとえば|見れば|みれば|によれば|考えれば|考えると|(?:特に|とりわけ)[^、]{1,8}の場合|の場合|ならば?こそ|だからこそ|にもかかわらず|ついても|において(?:も)?|に対しても)$"
)


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
        if heard is None and VIEW_BARE.search(line.text) and (told := talk.told_of(number)):
            heard = told[1]
        if points := pointer_of(context, frame):
            if _SO.search(line.text):
                closing[number] = points
            talk.say(number, points, line)
            continue
        if heard is None and (SAME.search(line.text) or _SAME_SAID.search(line.text)):
            heard = talk.person
        alone = lone_quotation(frame)
        if alone:
            polite = _POLITE.search(context.text, *alone) is not None
            speaker = talk.beside(number, own_voice(context, line), polite)
            behind = context.lines[number + 1] if number + 1 < len(context.lines) else None
            if behind is not None and not (talk.spoken and talk.spoken[0] == number - 1):
                speaker = pointer_of(context, prepare(context, behind)) or speaker
            if speaker:
                out.extend(_claim(context, frame, unit) for unit in quoted_units(context, *alone, speaker))
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
        if voice != context.speaker(line) and CONDITION.search(line.text) and _ascribed(context, number):
            voice = context.speaker(line)  # もし…なら細る。…とXは読む。
        before = talk.own
        if talk.proposer and _STEP.match(line.text) and _PLAIN.search(line.text):
            out.extend(_claim(context, frame, unit) for unit in steps(frame, talk.proposer))
            continue
        if proposes(line.text):
            talk.proposer = about or own_voice(context, line) or voice
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
            if MOOD.search(line.text):  # Xは慎重だ。…という: the view that follows is X's
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
    return named and TURNED.search(following.text) is not None


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


def _units(
    context: Context,
    frame: Frame,
    events: list[Event],
    last: tuple[int, str] | None,
    named: str | None,
    heard: str | None,
    voice: str,
) -> list[Unit]:
    line = frame.line
    text = line.text
    units: list[Unit] = []
    quoted = 0
    for start, end in sorted(frame.quotes):
        behind = text[end + 1 - line.start :]
        dismissed = _DISMISSED.match(behind) if end - start < 20 else None
        speaker = subject_of(context, frame, start, end, None) if dismissed else None
        if dismissed and speaker:  # 「偽情報」だとして否定した: a word that judges what others said
            units.append(Unit(start - 1, end + 1 + dismissed.end(), speaker, "C-dismissed", ""))
            quoted += end - start
            continue
        if end - start < 9:
            continue
        if not _AFTER_QUOTE.match(behind):
            continue
        speaker = subject_of(context, frame, start, end, heard if _SAID_AFTER.match(behind) else None)
        if speaker is None:
            continue
        units.extend(quoted_units(context, start, end, speaker))
        quoted += end - start
    last_quote = max((u.end for u in units), default=0)
    if units and line.end - last_quote <= 16:
        # nothing but the verb of saying stands behind, or what is asked beside it
        asked = demand_of(context, frame, voice, heard) if "を" in context.text[last_quote : line.end] else None
        return [*units, asked] if asked is not None and asked.start >= last_quote else units
    if quoted * 5 >= len(text) * 2 or (units and quoted >= 20 and INDIRECT.search(text)):
        return units
    mid = midway(context, frame, voice)
    if mid is not None and not any(u.start < mid[0].end and mid[0].start < u.end for u in units):
        units.append(mid[0])
    revealed = revealed_by(context, frame)
    if revealed is not None:
        units.append(revealed[0])
        mid = mid or (revealed if line.end - revealed[1] >= 12 else None)
    told = indirect(context, frame, voice, heard)
    if told is not None and told.rule == "C-own" and len(parts := split(frame)) == 2:
        return [*units, *(Unit(start, end, voice, "C-own", "") for start, end in parts)]
    if told is not None and mid is not None and told.start < mid[1]:
        told = Unit(mid[1], told.end, told.speaker, told.rule, told.tail) if told.end > mid[1] + 8 else None
    if told is not None:
        cut = _CONCEDED.search(context.text, told.start, told.end)
        if cut and cut.start() - told.start >= 8 and told.end - cut.end() >= 8:
            units.append(Unit(told.start, cut.start(), told.speaker, told.rule, ""))
            told = Unit(cut.end(), told.end, told.speaker, told.rule, told.tail)
        twice = any(u.start < told.end and u.end >= told.end - 2 for u in units)
        asked = demand_of(context, frame, voice, heard) if "を" in context.text[told.end : line.end] else None
        beside = [asked] if asked is not None and asked.start >= told.end else []
        return [*units, told, *beside] if told.end > told.start + 3 and not twice else [*units, *beside]
    same = _SAME_SAID.search(text)
    if same and heard and not named:
        return [*units, Unit(line.start + same.end(), line.end, heard, "C-according", "")]
    if named:
        match = ACCORDING.search(text)
        if match:
            # what a named source holds is its claim, be it an event as well; figures of a register and news are not
            begin = line.start + match.end()
            plain = NO_SOURCE.search(text) or agency(context, named)
            if plain and (events or not JUDGING.search(text)):
                return units
            said = text[match.start() : match.end()]
            parts = [(max(begin, a), b) for a, b in split(frame) if b - max(begin, a) >= 8]
            if len(parts) > 1:
                return [*units, *(Unit(a, b, named, "C-according", said) for a, b in parts)]
            return [*units, Unit(begin, line.end, named, "C-according", said)]
    if HEARSAY.search(text) and last is not None and not _LIKELY_OWN.search(text):
        return [*units, Unit(line.start, line.end, last[1], "C-hearsay", "")]
    demand = demand_of(context, frame, voice, heard)
    if demand is not None:
        return [*units, demand]
    if not asserts(text, events, line.end) or tells(context, line):
        return units
    parts = [(mid[1], line.end)] if mid is not None else split(frame)
    for start, end in parts:
        told_in = [e for e in events if start <= e.trigger[0] < end]
        if len(parts) == 1 or asserts(context.text[start:end].rstrip("、。") + "。", told_in, end):
            units.append(Unit(start, end, voice, "C-voice", ""))
    return units


_TAIL_WEIGHS = re.compile(r"考えられ|思われ|みられ|見方|予測|予想|見て|みて")
_TAIL_LIKELY = re.compile(r"見て(?:いる|いた)|みて(?:いる|いた)|予測|予想|推測|推計|試算|見積も|見込ん|との見方")


def _claim(context: Context, frame: Frame, unit: Unit) -> Claim:
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
    for match in CONDITION.finditer(text) if _MAY_CONDITION.search(text) else ():
        words = match["c"].strip()
        if not _NOT_CONDITION.search(words):
            condition = words
            break
    said = unit.rule in ("C-indirect", "C-hearsay", "C-according", "C-nested", "C-quote")
    kind = "advice" if unit.rule == "C-step" else kind_of(text, strength, condition, unit.tail, said)
    about = tuple(dict.fromkeys(i for m in context.mentions_in(unit.start, unit.end) for i in m.ids))
    return Claim(unit.start, unit.end, unit.speaker, kind, strength, polarity, condition, about, unit.rule)


__all__ = ["find_claims", "modality"]
