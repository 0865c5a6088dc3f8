"""English claims: reported judgement (X said that …, according to X), hedged and judging sentences of the text's own voice.

A quotation without a verb of saying goes on with the words of the speaker quoted last. What a body merely reports to
have happened is an event and no claim.
"""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator

from keisei.documents.context import Context, Line
from keisei.documents.continued import go_on
from keisei.documents.records import Claim, Entity, Event
from keisei.documents.said_en import SAID, VERB, Reported, is_person, words_reported
from keisei.documents.voices import official
from keisei.documents.weighed_en import ADVICE, ASKED, WILL, make_claim, strength_of

_TOLD_ONLY = re.compile(r"\b(?:said|says|told|added|announced|reported|claimed|noted)\b", re.I)
# a sentence that only says how somebody sees it: she was more sceptical
_MOOD = re.compile(
    r"\b(?:was|is|were|are|sounds?|sounded|remains?|remained) (?:(?:more|less|far|rather|even|equally|similarly|also|not so) )*(?:s[ck]eptical|optimistic|pessimistic|blunt(?:er)?|cautious|doubtful|dismissive|sure|certain|convinced|guarded|upbeat|gloom(?:y|ier)|harsh(?:er)?|divided|unconvinced|unimpressed|unmoved|unpersuaded|adamant|scathing|hopeful|sanguine|wary|unsure|categorical|bleak(?:er)?|bullish|bearish|resigned|alarmed|worried|charitable|of (?:a different|another|the same) (?:view|mind|opinion))\.?$"  # noqa: E501
)
_JUDGING = re.compile(
    r"\b(?:important|crucial|critical|significant|difficult|hard|easy|dangerous|threat|inevitabl\w+|clear|obvious\w*|serious|remarkable|never|always|most|more|less|rather|mainly|because|"
    r"therefore|thus|reflects?|shows?|means?|remains?|is|are|has become|have become|marks?|signals?|matters?|lacks?|worr\w+|fears?|wants?|prefers?|hopes?|depends?|reliance|too|best|worst|"  # noqa: E501
    r"unlike|contrary to|cannot|comes? as|can't|no longer|only|far|real|little|few|enough|unprecedented|key|central|explain\w*|due to|result|incentive|interest in|appetite|choice|leverage|fragile|vulnerable|weak(?:er|ened)?|strong(?:er)?|stronger|doomed|bolder|emboldened|isolated|dependent|beholden|evidence|cost|price|aim|goal|purpose|meant to|designed to|intended to|unhappy|wary|reluctant|determined|unwilling|willing|afraid|keen|has (?:made|given|left|turned|changed|become|lost|gained|deepened|tied|bought))\b",  # noqa: E501
    re.I,
)  # fmt: skip
_STRONG_JUDGING = re.compile(
    r"\b(?:no (?:incentive|reason|interest|appetite|choice|leverage)|important|crucial|critical|significant|difficult|hard|easy|dangerous|threat|inevitabl\w+|clear|obvious\w*|serious|remarkable|more than|rather|because|therefore|thus|reflects?|"  # noqa: E501
    r"unlike|comes? as|shows?|means?|remains?|has become|marks?|signals?|matters?|worr\w+|fears?|wants?|prefers?|best|worst|cannot|no longer|real|little|unprecedented|key|central|is (?:a|an|the|not|no|also|less|"  # noqa: E501
    r"only|still|far|too|what|why|now)|are (?:a|an|the|not|no|also|less|only|still|far|too|now))\b",
    re.I,
)  # fmt: skip
# two judgements set against each other: …, but he won't block one either
_TURN = re.compile(
    r"(?:,|;)(?: (?:he|she|they) (?:said|added|says|argued),?)? (?:but|and(?= (?:as long as|if|unless|that)\b)) (?=(?:he|she|they|it|we|as long as|if|that|would)\b[^.;]*\b(?:will|won['’]t|would|can|cannot|could|may|might|has|have|is|are|does)\b)|"  # noqa: E501
    r" but (?=would (?:only )?\w+)|, (?:he|she|they) (?:said|added|warned|argued|noted), (?:and|but) (?=[a-z])"
)
# one's own will: he would gladly extend his trip; would sit down only if …
_RESOLVED = re.compile(
    r"\W*(?:that )?(?:(?:he|she|they|it|we|I) (?:would|will|won['’]t|wouldn['’]t)|would|will|won['’]t|to \w+) (?!(?:be|have|become)\b)",  # noqa: E501
    re.I,
)
_HEDGED = re.compile(r"\b(?:likely|probably|presumably|expected|seems?|appears?|suggests?)\b", re.I)
_SECOND = re.compile(
    r",? (?:and|but) (?:(?:he|she|they|it) )?(?:(?:also )?(?:added|warned|argued|noted|said|insisted|hinted|suggested|stressed|claimed|predicted|estimated) )?that (?=[a-zA-Z])"  # noqa: E501
)


def find_english_claims(context: Context, events: list[Event]) -> list[Claim]:
    """All claims of an English text, in order."""
    out: list[Claim] = []
    last: tuple[int, str] | None = None
    recent: str | None = None  # whom he and she stand for: who spoke, or whom a sentence was about, last
    mooded: tuple[int, str] | None = None
    closing: dict[int, str] = {}
    triggers = sorted(e.trigger[0] for e in events)
    for number, line in _pieces(context):
        short = 12 if line.text.lstrip()[:1] in '“"' else 24
        if line.kind != "body" or len(line.text) < short or line.text.endswith("?"):
            continue
        if _SO_SAYS.match(line.text) and (who := _first_person(context, line)):
            closing[number], last, recent = who, (number, who), who  # So says X: the sentence before is X's
            continue
        heard = last[1] if last and number - last[0] <= 3 else None
        subject = _subject(context, line)
        mood = _MOOD.search(line.text) is not None
        subject = subject or (_named_last(context, line) if mood else None)
        before, recent = recent, subject or recent
        if subject and mood:
            last = mooded = (number, subject)  # the words that follow are theirs
            continue
        # he said behind one's own sentence about another is who spoke, not whom the sentence begins with
        taken_up = _SAID_HE.search(line.text) is not None
        reported = words_reported(context, line, heard, (heard or before) if taken_up and subject else recent)
        after_mood = mooded is not None and mooded[0] == number - 1 and _same_paragraph(context, number)
        if reported is None and mooded and after_mood and not _OWN_VOICE.search(line.text):
            reported = Reported(mooded[1], line.start, line.end, False, "holds")
        if reported is None and (who := _inside_quote(context, number, heard or recent)):
            begin = line.start + (len(line.text) - len(line.text.lstrip(' \t“"')))
            reported = Reported(who, begin, line.end, True, "goes on")
        recent = reported.speaker if reported else recent
        start, end = (reported.start, reported.end) if reported else (line.start, line.end)
        if end - start < 12:
            continue
        text = context.text[start:end]
        strength = _degree(context, reported, text)
        told = any(start <= t < end for t in triggers)
        if reported:
            last = (number, reported.speaker)
            asks = reported.verb == "urges"
            plain = strength == "certain" and not reported.quoted and not asks and not ADVICE.search(text)
            plain = plain and not WILL.search(text)
            told = told and not _of_others(context, start, end, reported.speaker)
            dull = told or not (_JUDGING.search(text) or _of_others(context, start, end, reported.speaker))
            if plain and _TOLD_ONLY.search(reported.verb) and dull:
                continue
            speaker, rule = reported.speaker, "CE-quote" if reported.quoted else "CE-reported"
            second = _SECOND.search(context.text, start, line.end) or _TURN.search(context.text, start, end)
            if second and second.start() - start >= 16 and line.end - second.end() >= 16:
                # argued that … and that …: two judgements
                out.append(
                    make_claim(
                        context,
                        start,
                        second.start(),
                        speaker,
                        _degree(context, reported, context.text[start : second.start()]),
                        rule,
                    )
                )
                start, end = second.end(), max(end, line.end) if second.re is _SECOND else end
                strength = _degree(context, reported, context.text[start:end])
        else:
            plain = strength == "certain" and not ADVICE.search(ASKED.sub("", text)) and not WILL.search(text)
            beside = _APPOSED.search(text) if plain else None
            lead = text[: beside.start()] if beside else ""
            if beside and (told or not _STRONG_JUDGING.search(lead)) and len(text) - beside.start("what") >= 20:
                start, text, told = start + beside.start("what"), text[beside.start("what") :], False
                out.append(make_claim(context, start, end, context.speaker(line), "certain", "CE-apposed"))
                continue
            if plain and (not _JUDGING.search(text) or (told and not _STRONG_JUDGING.search(text))):
                continue
            speaker, rule = context.speaker(line), "CE-voice"
        asks = reported is not None and reported.verb == "urges"
        ahead = reported is not None and bool(
            re.match(r"vow|pledg|promis|threaten|expect|predict|foresees|anticipates", reported.verb)
        )
        out.append(make_claim(context, start, end, speaker, "certain" if asks else strength, rule, asks, ahead))
    return go_on(context, out, closing)


_SAID_HE = re.compile(rf", (?:he|she|they) (?:also |then |later )?(?:{VERB})\b")
_OWN_VOICE = re.compile(r"\b(?:I|[Mm]y|[Oo]ur|me)\b")
_SO_SAYS = re.compile(
    r"\s*(?:So|Thus|Or so|That, at least,|Such|That) (?:says|said|argues|argued|believes|believed|thinks|writes|wrote|warns|runs|goes|reckons|insists|concludes|concluded|is the (?:view|verdict|judgement|judgment|conclusion|opinion|reading|argument|assessment) of|is how)\b"  # noqa: E501
)


def _first_person(context: Context, line: Line) -> str | None:
    """The first person that a sentence names."""
    return next((m.ids[0] for m in context.mentions_in(line.start, line.end) if is_person(context, m)), None)


def _same_paragraph(context: Context, number: int) -> bool:
    """Whether a line stands in the paragraph of the one before."""
    return "\n" not in context.text[context.lines[number - 1].end : context.lines[number].start]


def _named_last(context: Context, line: Line) -> str | None:
    """The only person of a sentence that says how somebody sees it (The director, Luca Ferri, was unmoved)."""
    people = {m.ids[0] for m in context.mentions_in(line.start, line.end) if is_person(context, m)}
    return people.pop() if len(people) == 1 else None


_SPEAKS = re.compile(
    rf"{SAID.pattern}|{_MOOD.pattern}|\b(?:considers|calls|sees|regards|views|deems|gives|puts)\b", re.I
)
_HALF = re.compile(r";\s+(?=[A-Z\"“])|; (?=[a-z]+ )")


def _pieces(context: Context) -> Iterator[tuple[int, Line]]:
    """The sentences with their numbers; one in which two speak, parted by a semicolon, comes in two pieces."""
    for number, line in enumerate(context.lines):
        cut = _HALF.search(line.text)
        first, second = (line.text[: cut.start()], line.text[cut.end() :]) if cut else (line.text, "")
        if cut is None or min(len(first), len(second)) < 40 or not (_SPEAKS.search(first) and _SPEAKS.search(second)):
            yield number, line
            continue
        yield number, Line(line.start, line.start + cut.start(), first, line.tokens, line.region)
        yield number, Line(line.start + cut.end(), line.end, second, line.tokens, line.region)


# what happened, and what it is: North Korea fired a missile, a reminder of how far apart they remain
_APPOSED = re.compile(
    r", (?P<what>an? (?:\w+ ){0,2}(?:reminder|sign|signal|step|move|shift|departure|blow|setback|victory|concession|gesture|indication|echo|testament|reversal|milestone|breakthrough|warning|measure|turn|gamble|test)\b)"  # noqa: E501
)


def _degree(context: Context, reported: Reported | None, text: str) -> str:
    """Strength of a claim: what a verb of expecting weighs is likely, what one means to do oneself is certain."""
    strength = strength_of(text)
    if reported is None:
        return strength
    if strength == "certain" and re.match(r"estimat|expect|reckons|suspects|foresees|anticipates", reported.verb):
        return "likely"
    if strength == "certain" and re.match(r"worr", reported.verb):
        return "possible"
    if strength == "certain" and re.match(r"believe", reported.verb):
        weighed = context.entities.get(reported.speaker)
        return "likely" if weighed is not None and weighed.type == "organisation" else strength
    if strength == "likely" and _RESOLVED.match(text) and not _HEDGED.search(text):
        return "certain"
    if strength == "likely" and _OWN_SIDE.match(text) and official(context, reported.speaker):
        return "certain"  # the minister said government and industry would work together
    return strength


_OWN_SIDE = re.compile(
    r"\W*(?:that )?(?:(?:the|his|her|its|their|both|all) )?(?:\w+ )?(?:governments?|ministry|country|administration|cabinet|authorities|sides|nations|industry|forces|army|navy|troops|ships|aircraft)\b"  # noqa: E501
    r"[^.;]{0,40}? would (?!be\b|have\b|likely\b|probably\b)"
)


def _opens(text: str) -> bool:
    """Whether a sentence ends inside a quotation that it opened."""
    return text.count("“") > text.count("”") or (text.count('"') % 2 == 1 and text.lstrip().startswith('"'))


def _inside_quote(context: Context, number: int, heard: str | None) -> str | None:
    """The speaker of a quotation that runs over several sentences: who is named where it closes, else who was heard."""
    lines = context.lines
    first = next((k for k in range(number, max(number - 4, -1), -1) if _opens(lines[k].text)), None)
    if first is None:
        return None
    for k in range(first + 1, min(first + 5, len(lines))):
        if re.search(r"[”\"]", lines[k].text):
            if k < number:
                return None  # it has closed before
            told = words_reported(context, lines[k], None, None)
            return told.speaker if told else heard
    return None


def _of_others(context: Context, start: int, end: int, speaker: str) -> bool:
    """Whether reported words are about another state or body than the speaker's own, which makes them a judgement."""
    own = context.entities.get(speaker)
    home = own.country if own else None
    countries = [e.country for m in context.mentions_in(start, end) for i in m.ids if (e := context.entities.get(i))]
    others = {c for c in countries if c and c != home}
    return bool(others) and countries[0] != home and not (own is not None and official_news(own))


def official_news(entity: Entity) -> bool:
    """Whether a body passes on news."""
    return bool(re.search(r"News|Press|Times|Post|Television|KCNA|TASS|Xinhua|Yonhap|Reuters|media", entity.name_en))


def _subject(context: Context, line: Line) -> str | None:
    """The person a sentence begins with."""
    if line.text.lstrip()[:1] in ('"', "“"):
        return None  # who is named in a quotation does not speak it
    for mention in context.mentions_in(line.start, min(line.end, line.start + 24)):
        entity = context.entities.get(mention.ids[0])
        if entity is not None and entity.type == "person":
            return mention.ids[0]
        if not re.match(r" [A-Z]", context.text[mention.end : mention.end + 2]):
            return None  # the sentence is about another
    return None


__all__ = ["find_english_claims"]
