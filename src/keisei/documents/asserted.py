"""Whether a sentence judges or only tells what happened, and where it falls into two claims."""

from __future__ import annotations

import re

from keisei.documents.certainty import ADVICE, LIKELY, POSSIBLE, UNLIKELY, plain
from keisei.documents.context import Context, Line
from keisei.documents.events.roles import Frame
from keisei.documents.records import Event

CONDITION = re.compile(
    r"(?P<c>(?:もし|仮に)?[^、。「」]{2,60}?(?:ければ|れば|えば|けば|せば|てば|めば|ねば|べば|げば|なら(?:ば)?|場合(?:に)?は?|たら|としても|ても|限り|かぎり|ない限り|とすれば|ことになれば)|[^、。「」]{2,40}に伴えば)(?:、|(?<=[えけせてねべめれ]ば)(?=[一-鿿ァ-ヺ])|(?<=[うくすつむぶぐるい]なら)(?=[一-鿿ァ-ヺ]))"
)
_JUDGING_TOLD = re.compile(r"重要|深刻|大き|急速|著し|明らか|成果|意味|初めて|象徴|異例")
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
_NARRATIVE_END = re.compile(
    r"(?:行っ|開い|行われ|発表し|発表され|述べ|語っ|訪れ|訪問し|会談し|視察し|署名し|締結し|採択し|採択され|到着し|出席し|参加し|合意し|打ち上げ|発射し|実施し|報じ|伝え|明らかにし|行使し|会っ|招待し|許可し|輸送し|送っ|"
    r"開催し|開催され|派遣し|向かっ|出し|示し|挨拶し|告白し|選ん|終わっ|始まっ|再選され|選ばれ|失敗し|成功し|指示し|表明し|公開し|相次い|廃案となっ|議題となっ|議題にのぼっ|可決され|否決され|撮影され|流れ|配信し|開業し|オープンし|運航し|報告し|公表し|設立し|粛清し|処刑し|増やし|制限し|派遣し|派兵し|求め|要求し)(?:た|たばかりだ|ている|てきた|ていた)。?$"
)
JUDGING = re.compile(
    r"重要|危機|好機|転機|契機|打撃|衝撃|当然|容易|困難|難し|深刻|重大|脅威|危険|有利|不利|恩恵|影響|意味|理由|背景|要因|結果|成果|象徴|異例|明らか|限界|問題|戦略|思惑|狙い|本音|意図|立場|姿勢|関係|必要|だからだ|わけだ|わけである|のである|のだ|"
    r"に過ぎない|ほど|より|最も|最大|全く|必ずしも|むしろ|にもかかわらず|ため|ので|によって|示して|示した|反映|物語|見せつけ|高ま|低下|変化|大きく|著しく|急速|ますます|益々"
)


# a sentence that only says how somebody sees it; the words follow
MOOD = re.compile(
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


def asserts(text: str, events: list[Event], end: int) -> bool:
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
    if MOOD.search(text):
        return False
    if _ADDRESS.search(text):
        return False
    if _RECORD.search(text) or _SIGNPOST.search(text) or (text[0] in "(（" and _BRACKETED.fullmatch(text)):
        return False
    ends_in_past = _PAST_END.search(text, end_at)
    last = max((e.trigger[1] for e in events if e.status in ("occurred", "reported")), default=-1)
    if ends_in_past and last >= end - 12 and not _JUDGED_PAST.search(text):
        return False
    if ends_in_past and not JUDGING.search(text) and not _JUDGED_PAST.search(text):
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


def tells(context: Context, line: Line) -> bool:
    """Whether a sentence only tells, in the present tense, what happened in a month that is past."""
    text = line.text
    if not _TELLING_END.search(text[-8:]):
        return False
    now = context.reference(line)
    days = [d.value for d in context.dates_in(line.start, line.end) if d.granularity in ("day", "month") and d.value]
    if now is None or not any(len(d) >= 7 and "/" not in d and d[:7] < now[:7] for d in days):
        return False
    weighed = (_WEIGHING, CONDITION, LIKELY, POSSIBLE, UNLIKELY, ADVICE)
    return not any(pattern.search(text) for pattern in weighed)


def split(frame: Frame) -> list[tuple[int, int]]:
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
        wanted = any(moods) or JUDGING.search(behind)
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


__all__ = ["CONDITION", "JUDGING", "MOOD", "asserts", "split", "tells"]
