"""What a body weighs, reveals, sets against another or asks for, in a part of a sentence."""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.events.roles import Frame
from keisei.documents.holders import (
    is_speaking,
)
from keisei.documents.units import Unit
from keisei.documents.voices import (
    REPORT,
    agency,
    official,
)

# a body weighs what it says only as likely: …とみて分析を進めている
_WEIGHED = re.compile(
    r"と(?:み|見)て(?:い(?:る|た)|、?[^。「」、]{0,12}(?:分析|調査|警戒|検討|注視|監視)[^。「」、]{0,8})。?$"
)
_ON_GROUNDS = re.compile(
    r"(?<!こ)(?:だ|である)?として、?(?=[^。「」、]{0,60}(?:非難|批判|抗議|反対|拒否|警告|否定|退け|締め出|制裁|起訴|逮捕|追放|凍結|訴追|指定|提訴|摘発)[^。「」、]{0,8}。?$)"
)
# what one is reported to have said: …は、金総書記が…と述べたと伝えた
_NESTED = re.compile(
    rf"(?P<said>と(?<!こと))[^。「」、]{{0,8}}?{REPORT}(?:た|ている|ていた)と[^。「」、]{{0,6}}?(?:伝え|報じ|明らかに|発表)"
)
_PASSED_ON = re.compile("伝え|報じ|明らかに|発表")


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


def grounds_in(context: Context, frame: Frame, voice: str) -> Unit | None:
    """What a body weighs (とみて分析を進めている), the reason it gives for an act (に違反するとして非難した), and nested words."""  # noqa: E501
    line = frame.line
    named = [a for a in frame.arguments if a.role in ("wa", "ga") and is_speaking(context, frame, a)]
    nested = _NESTED.search(line.text) if _PASSED_ON.search(line.text) else None
    if nested and frame.quote(line.start + nested.start()) is None:
        until = line.start + nested.start("said")
        inside = [a for a in named if a.role == "ga" and a.mention.end < until]
        if inside:
            begin = inside[-1].mention.end + 1
            return Unit(begin, until, inside[-1].mention.ids[0], "C-nested", line.text[nested.start() :])
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
    return Unit(begin, until, speaker, "C-grounds", line.text[match.start() :]) if until - begin >= 6 else None


_REVEALS = re.compile(
    r"(?P<said>と(?<!こと))(?:発表|公表|公開|明らかに|報告)し(?:た|ている|ていた)(?:(?:が|ものの)、|。?$)"
)


def revealed_by(context: Context, frame: Frame) -> tuple[Unit, int] | None:
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
    return Unit(begin, until, speaker, "C-revealed", ""), line.start + match.end()


# another's words in the first half of a sentence that goes on in the voice of the text: Xは…べきだと主張したが、…
_MIDWAY = re.compile(
    rf"(?P<said>と(?<!こと))[^。「」、]{{0,8}}?{REPORT}し?(?:た|てい(?:る|た)|てきた)(?:が|ものの|のに対し|一方で?)、"
)


def midway(context: Context, frame: Frame, voice: str) -> tuple[Unit, int] | None:
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
    return Unit(
        begin, until, who[0].mention.ids[0], "C-indirect", line.text[match.start() : match.end()]
    ), line.start + match.end()


_DEMAND = re.compile(
    r"(?P<what>(?:[^、。「」はがも]{2,30}|「[^「」]{2,30}」)を)[^、。「」]{0,6}?(?:求め|促し|要求し|呼びかけ|呼び掛け|主張し|提案し|提唱し|打ち出し|訴え|求める|促す|要求する)"
    r"(?:た|て(?:いる|いた|きた)|る(?:にとど[^、。]{0,4})?|ており、|、|し、)?(?:ばかりだ)?[。、]?"
)


def demand_of(context: Context, frame: Frame, voice: str, heard: str | None) -> Unit | None:
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
            return Unit(at, line.start + match.end(), actors[0].mention.ids[0], "C-step", "")
        if not actors and heard and voice == "AUTHOR" and not _OWN_TOPIC.search(line.text, 0, match.start()):
            return Unit(at, line.start + match.end(), heard, "C-step", "")  # …と述べた。撤回も求めた。
    return None


_OWN_TOPIC = re.compile(r"[はがも](?![、]?$)")


__all__ = ["demand_of", "grounds_in", "midway", "revealed_by"]
