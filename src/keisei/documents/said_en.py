"""Who says something in an English sentence, and which words are theirs: said, according to, in the view of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from keisei.documents.context import Context, Line
from keisei.documents.events.roles import is_actor
from keisei.documents.records import Mention
from keisei.documents.voices import official

VERB = (
    r"said|says|argued|argues|warned|warns|noted|notes|told|added|adds|believes?|believed|explained|explains|suggested(?! \w+ing\b)|claimed|claims|stressed|predicted|predicts|writes|wrote|thinks|"  # noqa: E501
    r"denied(?= that)|denies(?= that)|worry(?= (?:\w+ )?that)|worries(?= (?:\w+ )?that)|worried(?= (?:\w+ )?that)|assesses|assessed|reports|reported|acknowledges?|acknowledged|admits|admitted|fears?|feared|doubts?|doubted|finds|found that|judges?|judged|reckons?|reckoned|asserts?|asserted|replied|recalls?|recalled|testified|contends|contended|insisted|insists|estimates|estimated|concluded(?= that|,| (?:in|on|last|this|earlier) [\w .,]{2,24}that)|concludes(?= that|,)|cautioned|cautions|observed|assessed|assesses|maintains|maintained|put it|sees|expects|countered|counters|hinted|hints|signal(?:l)?ed|conceded|alleged|remarked|quipped|reiterated|emphasi[sz]ed|underlined|underscored|pointed out|declared|lamented|speculated|objected|mused|boasted|foresees|anticipates|suspects|(?<!to )(?<!not )(?<!n't )(?<!n’t )(?<!would )(?<!will )(?<!could )(?<!may )(?<!might )(?<!can )(?<!should )(?<!must )(?<!the )(?<!no )(?<!any )(?<!a )(?:say|argue|insist|think|predict|expect|suspect|maintain|contend)|holds(?= that)|held(?= that)|posits|posited|surmises|surmised|advises|advised|counsels|ventures|ventured|vowed(?= to)|pledged(?= to)|promised(?= to)|threatened(?= to)"  # noqa: E501
)
SAID = re.compile(rf"\b(?:{VERB})\b", re.I)
_ACCORDING = re.compile(
    r"\baccording to\s+(?:(?:a|an|the|one|new|recent|its|two) (?:[\w\-]+ ){0,4}?(?:study|report|analysis|paper|estimates?|poll|survey|data|figures|tally|count|forecast|projections?|assessment|index|brief|briefing|researchers|experts|analysts|economists|officials|people)(?: \w+ed)? (?:by|from|of|at) )?(?:the\s+)?$|"  # noqa: E501
    r"\b(?:[Ii]n|[Bb]y) the (?:view|eyes|words|telling|opinion|assessment|judge?ment|reckoning|estimation|account|estimate|analysis|reading|count|calculation)s? of (?:the )?$",  # noqa: E501
    re.I,
)
# Nguyen disagrees: the country must …; Cruz shrugged: "They never have"
_COLON = re.compile(
    r"\b(?:disagrees?|disagreed|demurs?|differs?|differed|dissents?|begs to differ|(?:is|was|sounds?|remains?) (?:(?:more|less|far|rather|even|equally|not so|very|quite) )*(?:s[ck]eptical|optimistic|pessimistic|cautious|doubtful|dismissive|sure|certain|convinced|guarded|upbeat|gloomy|harsh|unconvinced|unimpressed|adamant|scathing|hopeful|sanguine|wary|worried)|shrugs?|shrugged|scoffs?|scoffed|snorts?|snorted|smiles?|sighs?|sighed|laughs?|laughed|agrees?|agreed|concurs?|concurred|is blunt(?:er)?|was blunt(?:er)?|thinks otherwise|thought otherwise|sees it differently|saw it differently|is categorical|was categorical|is clear|was clear|has an answer|goes further|went further|has a warning|is succinct|offers? a \w+ view|takes? the opposite view|draws? (?:a|the) (?:different|opposite) (?:lesson|conclusion))(?: (?:at|about|with|on|over) [^:;.,]{2,50})?:\s"  # noqa: E501
)
# how a scholar holds a thing: gives the reformists little chance, puts the blame on the guarantor
_HOLDS = re.compile(
    r"^(?:[^,.;:]{0,3}|(?: (?:of|at|from|with) [^,;:.]{3,70})?,[^.;:]{3,110},| (?:of|at|from|with) [^,;:.]{3,70}|,? (?:also|too|by contrast|however|meanwhile|for (?:his|her) part),?) ?(?:also |still |likewise )?(?:gives?|gave|puts?|calls|called|considers?|considered|regards?|regarded|views?|viewed|deems?|deemed|rates?|rated|blames?|blamed|credits?|credited|likens?|likened|compares?|compared|questions?|questioned|rules? out|ruled out|interprets?|interpreted|attributes?|attributed|traces?|traced|faults?|faulted|holds?|sides?|sided|takes?|dates?|detects?|detected|discerns?|reads?|sees|saw|draws?|drew|spots?|spotted|senses?|sensed|wonders?|wondered|worries|worried|hopes|hoped|takes|scorns?|scorned|dismisses|mocks|mocked|praises|praised|laments|bemoans|bemoaned|points to|pointed to|links|linked|ties)\b"  # noqa: E501
)
# Garrick's view is that …; in Garrick's view, …; for Garrick, …
_VIEW_OF = re.compile(
    r"(?:['’]s?)? (?:own )?(?:view|telling|eyes|words|estimation|reckoning|mind|assessment|judge?ment|reading|estimate|opinion|analysis|account|argument|conclusion|verdict|forecast|advice|prescription)(?P<is>(?: is| was) (?:that )?|, )"  # noqa: E501
)
# As X of Y puts it, …
_AS_PUT = re.compile(
    r"(?: (?:of|at|from) [^,.;]{3,60})?(?:, [^,.;]{3,80},)? (?:puts?|put|sees?|saw|tells|told|reads?|likes to put|argues|argued|notes|noted|warned|warns|observes|observed|writes|wrote|said|says) ?(?:it)?, "  # noqa: E501
)
_FOR = re.compile(r"(?:^|[;,] (?:but )?)(?:[Ff]or|[Tt]o) (?!whom\b|which\b)(?:\w+ ){0,3}$")
# Experts at the Stimson Center believe …: the words are the institution's
_STAFF = re.compile(
    r"\b(?:[Ee]xperts|[Aa]nalysts|[Rr]esearchers|[Ss]cholars|[Ii]nvestigators|[Ee]conomists|[Ss]cientists|[Ii]nspectors|[Oo]fficials|[Aa]uthors|[Rr]eport|[Ss]tudy|[Pp]aper)(?:,? by| at| from| with| of| in) (?:the )?$"  # noqa: E501
)
# what a voice asks others to do
_URGES = re.compile(
    r"\b(?:urge[sd]?|urging|call(?:s|ed|ing) (?:on|for)|demand(?:s|ed|ing)?|press(?:es|ed) for|appeal(?:s|ed) (?:to|for)|recommend(?:s|ed)?|propose[sd]?|advocate[sd]?)\b"  # noqa: E501
)
_VIEW = re.compile(
    r"\b(?:[Ii]n|[Tt]o|[Bb]y) (?:his|her|their|its) (?:own )?(?:view|eyes|mind|assessment|opinion|telling|reading|account|words|reckoning|estimation|judge?ment|estimate|count|calculation|book)\b"  # noqa: E501
)
_BY_PRONOUN = re.compile(r"\s*(?:He|She|They|It)\s+(?!is\b|was\b|has been\b)")
_JOINED_VERB = re.compile(r"\b(?:and|but) (?:also |then |later )?$")
_THAT_IT = re.compile(r"\b(?:that|which) (?:it|they) $")
_PRONOUN = re.compile(r"\b(?:he|she|they|it)\s*(?:also |then |later )?$", re.I)
_DESCRIBED = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat) (?:(?:spy|news|intelligence|same|former|retired|senior) )?(?:agency|ministry|service|institute|think[- ]tank|cent(?:re|er)|spokes(?:man|woman|person)|official|diplomat|analyst|professor|scholar|researcher|minister|envoy|ambassador|lawmaker|economist|historian|author|report|paper|study|article|group|firm|survey)\s*(?:also |then |later |has |had )*$"  # noqa: E501
)
_HELD = re.compile(
    r"\b(?:of|in|with|from|for|to|on|at|by|over|near|about|between|against|than)\s+(?:the\s+|an?\s+)?(?:[\w’'\-]+\s){0,2}$",
    re.I,
)
_BEFORE_THAT = re.compile(
    r"(?:\s+(?:(?:on|in|at|last|late|early|this)\s)?[\w’'.\-]+){0,9}?\s+that\s+|\s*[,:]?\s*(?:that\s+)?"
)
# verbs whose object is what is judged: accuse Iran of …, dismissed the reports as "baseless"
_JUDGES = re.compile(
    r"\b(?:call(?:s|ed)(?= (?:the|this|that|it|them|its|his) (?:[\w\-]+ ){0,5}?(?:an? (?:\w+ ){0,2}(?:provocation|threat|mistake|lie|farce|stunt|violation|betrayal|milestone|success|failure|victory|step|blow|gift|gamble)\b|(?:illegal|dangerous|baseless|unacceptable|reckless|irresponsible|groundless|absurd|unjustified|historic|unfair)\b))|accus(?:e|es|ed)(?= (?:[\w'’.\-]+ ){1,6}of\b)|(?:dismiss(?:es|ed)?|denounc(?:es|ed)|condemn(?:s|ed)|describ(?:es|ed)|brand(?:s|ed)|reject(?:s|ed))(?= [^.;,]{1,60}\bas\b))"  # noqa: E501
)
# is said by state media to reach that far; a stockpile, estimated by the institute at 600: the words of the agent
_PASSIVE = re.compile(
    r"(?:,|\b(?:is|are|was|were|been|being)) (?:said|estimated|believed|reported|thought|reckoned|judged|assessed|projected) by (?:the )?$"  # noqa: E501
)
# within a clause that only describes a person: Larin, a retired general who heads | the Forum, contends
_DESCRIBES = re.compile(r"^,[^.;:“”\"]{0,60}\b(?:who|whose)\b[^,.;:“”\"]*$")
# what the South's military said was a missile: no statement of its own
_WHAT = re.compile(r"\bwhat [^,.;]{2,60}$")
_QUOTE = re.compile(r"[“\"][^“”\"]{8,}[”\"]")


@dataclass(frozen=True)
class Reported:
    """Who speaks and the span of the words; ``quoted`` where they stand in quotation marks."""

    speaker: str
    start: int
    end: int
    quoted: bool
    verb: str


def _scholar(context: Context, ident: str) -> bool:
    """A person without an office of state."""
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "person" and not official(context, ident)


def words_reported(context: Context, line: Line, last: str | None, recent: str | None) -> Reported | None:
    """The reported speaker and the words reported."""
    text = context.text
    actors = [m for m in context.mentions_in(line.start, line.end) if m.end <= line.end and is_actor(context, m)]
    quotes = [(m.start() + line.start, m.end() + line.start) for m in _QUOTE.finditer(line.text)]
    if _VIEW.search(line.text) and (last or recent):
        return Reported(last or recent or "", line.start, line.end, False, "view")
    for mention in actors:
        view = _VIEW_OF.match(text, mention.end)
        if view:
            begin = view.end() if view["is"] != ", " else line.start
            return Reported(mention.ids[0], begin, line.end, False, "view")
        lead = text[line.start : mention.start]
        if _FOR.search(lead) and is_person(context, mention) and re.match(r"[^,]{0,60},", text[mention.end : line.end]):
            return Reported(mention.ids[0], line.start, line.end, False, "view")
    for mention in actors:
        puts = _AS_PUT.match(text, mention.end, line.end)
        if puts and re.search(r"\bAs (?:the )?$", text[max(line.start, mention.start - 8) : mention.start]):
            return Reported(mention.ids[0], puts.end(), line.end, text[puts.end() : puts.end() + 1] in '“"', "holds")
    for mention in actors:
        if _ACCORDING.search(text[max(line.start, mention.start - 90) : mention.start]):
            return Reported(_owned(text, actors, mention).ids[0], line.start, line.end, False, "said")
    for mention in actors:
        if _PASSIVE.search(text[max(line.start, mention.start - 40) : mention.start]):
            return Reported(mention.ids[0], line.start, line.end, False, "estimates")
    colon = _COLON.search(line.text)
    if colon and actors and line.end - line.start - colon.end() >= 8:
        first = next((m for m in actors if m.start - line.start < colon.start() and is_person(context, m)), None)
        if first is not None:
            begin = line.start + colon.end()
            quoted = text[begin : begin + 1] in '“"'
            return Reported(first.ids[0], begin, line.end, quoted, "goes on" if quoted else "holds")
    if actors and actors[0].start - line.start <= 40 and _scholar(context, actors[0].ids[0]):
        holds = _HOLDS.match(text[actors[0].end : line.end])
        if holds and not SAID.search(line.text):
            return Reported(actors[0].ids[0], line.start, line.end, False, "holds")
    urges = _URGES.search(line.text)
    if urges and not any(a <= line.start + urges.start() < b for a, b in quotes):
        who, _ = _speaker(context, line, actors, quotes, urges, recent or last)
        if who and not SAID.search(line.text[: urges.start()]):
            return Reported(who, line.start + urges.start(), line.end, False, "urges")
    judges = _JUDGES.search(line.text)
    if judges and not any(a <= line.start + judges.start() < b for a, b in quotes):
        speaker, _ = _speaker(context, line, actors, [], judges, last)
        if speaker:
            stop = re.search(r"[;,](?= (?:and|but|while)\b)|[;.]$", line.text[judges.end() :])
            return Reported(
                speaker,
                line.start + judges.end(),
                line.start + judges.end() + stop.start() if stop else line.end,
                False,
                "judges",
            )
    outside = [
        m
        for m in SAID.finditer(line.text)
        if not _WHAT.search(line.text[: m.start()]) and not line.text.startswith(" by ", m.end())
        if not any(a <= line.start + m.start() < b for a, b in quotes)
    ]
    if not outside:
        if last and sum(b - a for a, b in quotes) * 10 >= len(line.text) * 8:
            return Reported(last, line.start, line.end, True, "goes on")
        return None
    match = outside[0]
    speaker, behind = _speaker(context, line, actors, quotes, match, recent or last)
    if speaker is None:
        return None
    after = line.start + match.end()
    long = [(a, b) for a, b in quotes if b - a >= 24]
    if long:
        return Reported(speaker, long[0][0], long[-1][1], True, match.group())
    comma = line.text.rfind(",", 0, match.start())
    if comma > 4 and line.text[match.end() : match.end() + 2] == ", " and line.end - after >= 30 and not quotes:
        return Reported(speaker, line.start, line.end, False, match.group())  # If it happens, X said, the North would …
    if behind or line.end - after < 30:
        return Reported(speaker, line.start, line.start + comma if comma > 20 else line.end, False, match.group())
    that = _BEFORE_THAT.match(text, after, min(line.end, after + 110))
    return Reported(speaker, that.end() if that else after, line.end, False, match.group())


def _speaker(
    context: Context,
    line: Line,
    actors: list[Mention],
    quotes: list[tuple[int, int]],
    match: re.Match[str],
    last: str | None,
) -> tuple[str | None, bool]:
    """Who says it, and whether the name stands behind the verb."""
    text = context.text
    verb, after = line.start + match.start(), line.start + match.end()
    lead = line.text[: match.start()]
    if not _THAT_IT.search(lead) and (_PRONOUN.search(lead) or _DESCRIBED.search(lead)):
        return last, False
    free = [m for m in actors if not any(a <= m.start < b for a, b in quotes)]
    if _JOINED_VERB.search(lead) and _BY_PRONOUN.match(line.text):
        return last, False  # She accused … and urged …
    if _THAT_IT.search(lead):
        bodies = [m for m in free if m.end <= verb and not is_person(context, m)]
        return (bodies[0].ids[0] if bodies else last), False  # released photographs that it said showed …
    before = [m for m in free if m.end <= verb and verb - m.end <= 140]
    staff = [m for m in before if _STAFF.search(text[max(line.start, m.start - 40) : m.start])]
    if staff and _reaches(text[staff[-1].end : verb]):
        return staff[-1].ids[0], False
    unheld = [m for m in before if not _HELD.search(text[max(line.start, m.start - 40) : m.start])]
    people = [m for m in before if is_person(context, m)]
    unheld = [m for m in unheld if not any(_DESCRIBES.match(text[p.end : m.start]) for p in people if p.end < m.start)]
    near = [m for m in unheld if _reaches(text[m.end : verb])]
    behind = [
        m
        for m in free
        if 0 <= m.start - after <= 24 and re.fullmatch(r"\s(?:(?!that\b)[\w\-]+\s){0,3}", text[after : m.start])
    ]
    if behind and (not near or (quotes and quotes[0][1] <= verb + 2)):
        return behind[0].ids[0], True
    if not near:
        return None, False
    k = before.index(near[-1])
    while (
        k
        and re.fullmatch(r",? (?:and )?(?:the )?", text[before[k - 1].end : before[k].start])
        and is_person(context, before[k]) == is_person(context, before[k - 1])
    ):
        k -= 1  # the United States, Britain and France said: the first speaks for all
    return before[k].ids[0], False


def _owned(text: str, actors: list[Mention], mention: Mention) -> Mention:
    """The body behind the name of its state (South Korea's National Intelligence Service), else the name itself."""
    if not re.match(r"['’]s ", text[mention.end : mention.end + 3]):
        return mention
    return next((m for m in actors if m.start == mention.end + 3), mention)


def is_person(context: Context, mention: Mention) -> bool:
    entity = context.entities.get(mention.ids[0])
    return entity is not None and entity.type == "person"


def _reaches(gap: str) -> bool:
    """Whether only an apposition, an office or an adverb stands between a name and its verb of saying."""
    return len(gap) <= 24 or bool(
        re.fullmatch(
            r"(?:'s|’s)?[^,]{0,24}(?:,[^\"“”;]{2,120},|\s(?:of|at|from|with) (?:the )?[^,\"“”;]{3,80})?(?:, (?:by contrast|however|meanwhile|for (?:his|her) part|too|in turn|though|by comparison|in particular),)?\s*(?:\w+ly |also |has |have |then )?",  # noqa: E501
            gap,
        )
    )


__all__ = ["SAID", "VERB", "Reported", "is_person", "words_reported"]
