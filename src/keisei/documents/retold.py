"""Stretches that give another's words without saying so in every sentence: interviews retold, questions and answers.

- a retold piece: the text names an interview, a talk or an essay and whose it is, says that it sums it up first
  (まず要点を紹介し…, 以下はその要約である) and says where its own words begin (ここからは私見, ■感想). Between these
  two the plain sentences are the words of the one retold;
- questions and answers: lines that begin with a dash or Q are the questioner's; the lines between are those of the
  guest, the expert named last before the first question.
"""

from __future__ import annotations

import re

from keisei.documents.context import Context, Line

_PIECE = (
    r"インタビュー|講演|対談|鼎談|寄稿|論考|論文|論評|著書|新著|近著|新刊|コラム|講義|談話|証言|回顧録|スピーチ|演説|番組|"
    r"ポッドキャスト|記事|報告|発言"
)
_SUM = r"紹介|まとめ|要約|追[うい]|たど|整理|記[すし]|抜き出|拾|見て(?:いく|いき|みる|みま|おき)|書き(?:出|留)|おさらい"
_OPENS = re.compile(
    rf"(?:要点|要旨|概要|骨子|内容|論旨|議論|主張|発言|中身|さわり|あらまし|ポイント|議論|見立て|やりとり)(?:を|は|から)[^。]{{0,16}}(?:{_SUM}|以下|次の|こう)"
    rf"|かいつまん|以下(?:に|、|は)[^。]{{0,14}}(?:要約|抄録|概要|要旨|要点|まとめ)|(?:まず|以下)[、は]?[^。]{{0,20}}(?:{_PIECE})[^。]{{0,8}}(?:{_SUM})"
)
_CLOSES = re.compile(
    r"(?:ここから(?:先)?は?|以下は?|ここで)、?[^。]{0,14}(?:私見|感想|私の|筆者の|自分の|個人的)|(?:以上|ここまで)(?:が|は)、?[^。]{0,24}(?:要約|要旨|要点|紹介|主張|議論|内容|骨子|論旨|見立て|だ)"
    r"|私見(?:だ|を|では|ながら|になるが)|(?:私|筆者)の(?:感想|考え|見方|意見)(?:を|は|では)|読み終え|読後|^\W{0,2}(?:ひとこと|感想|所感|私見|コメント|雑感|考察|私の見方|おわりに|読後感)$"
)
_OWN = re.compile(r"^[ 　]*(?:だが|しかし|もっとも|ただ)?、?(?:私|筆者|小生|僕)(?:は|も|には|としては)")
_QUESTION = re.compile(r"^[ 　]*(?:――|——|──|―(?!―)|—|[QＱ][.．:：、 　]|問[:：]|[\[【]?聞き手)")
_GUEST = re.compile(
    r"(?:に(?:聞いた|話を聞いた|尋ねた|聞く|話を聞く|インタビューした|うかがった|伺った)|のインタビュー|との一問一答|が語る|に問う)"
)


def retold(context: Context) -> dict[int, str]:
    """The number of each line that another's words are told in, with whose words they are."""
    out = _answers(context)
    if out:
        return out
    if not any(line.kind == "body" and _OPENS.search(line.text) for line in context.lines):
        return {}
    speaker: str | None = None
    begun = False
    for number, line in enumerate(context.lines):
        text = line.text
        if begun and (_CLOSES.search(text) or _OWN.match(text)):
            begun = False
        elif not begun and line.kind == "body" and _OPENS.search(text):
            speaker = _whose(context, number)
            begun = speaker is not None
        elif begun and speaker and line.kind == "body":
            out[number] = speaker
    closed = bool(out) and any(_CLOSES.search(line.text) or _OWN.match(line.text) for line in context.lines)
    return out if closed else {}


def _people(context: Context, line: Line) -> list[tuple[int, str]]:
    return [
        (m.end, m.ids[0])
        for m in context.mentions_in(line.start, line.end)
        if len(m.ids) == 1 and (e := context.entities.get(m.ids[0])) is not None and e.type == "person"
    ]


def _whose(context: Context, number: int) -> str | None:
    """The person whose interview or essay the text named last before a line."""
    whose = re.compile(
        rf"(?:氏)?(?:の[^、。「」]{{0,10}}|による[^、。「」]{{0,10}}|が[^。「」]{{0,24}})(?:{_PIECE}|議論|主張|見解|分析)"
    )
    for line in reversed(context.lines[max(0, number - 8) : number + 1]):
        people = [who for end, who in _people(context, line) if whose.match(context.text, end)]
        if people:
            return people[-1]
    return None


def _answers(context: Context) -> dict[int, str]:
    """Lines between questions, given to the guest."""
    questions = [k for k, line in enumerate(context.lines) if _QUESTION.match(line.text) and _begins(context, line)]
    if len(questions) < 2:
        return {}
    guest: str | None = None
    for line in context.lines[: questions[0]]:
        people = _people(context, line)
        if people and (guest is None or _GUEST.search(line.text)):
            guest = people[-1][1]
    if guest is None:
        return {}
    out: dict[int, str] = {}
    asked = set(questions)
    inside = False
    for k in range(questions[0], len(context.lines)):
        line = context.lines[k]
        if k in asked:
            inside = False
        first = _begins(context, line)
        if first and k not in asked:
            inside = not re.match(r"[(（【]?(?:聞き手|構成|取材|まとめ|文責)", line.text)
        if inside and line.kind == "body" and k not in asked:
            out[k] = guest
    return out


def _begins(context: Context, line: Line) -> bool:
    """Whether a line of the text begins with this sentence."""
    return context.text[max(0, line.start - 1) : line.start] in ("", "\n", "\r", "　", " ")


__all__ = ["retold"]
