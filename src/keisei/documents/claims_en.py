"""English claims: reported judgement (X said that …, according to X), hedged and judging sentences of the text's own voice.

A quotation without a verb of saying goes on with the words of the speaker quoted last. What a body merely reports to
have happened is an event and no claim.
"""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from keisei.documents.context import Context, Line
from keisei.documents.continued import go_on
from keisei.documents.events.roles import is_actor
from keisei.documents.records import Claim, Entity, Event, Mention
from keisei.documents.voices import official

_UNLIKELY = re.compile(
    r"\b(?:unlikely|improbable|hardly (?:likely|conceivable)|doubtful|doubts?|little (?:chance|prospect|likelihood)|no (?:chance|prospect) (?:of|that)|slim|remote(?: chance| possibility)|a long shot|far from (?:certain|likely)|(?:seems|looks|appears) (?:un\w+|improbable)|not likely|cannot imagine|hard to (?:imagine|see)|far-fetched|implausible)\b",  # noqa: E501
    re.I,
)
_LIKELY = re.compile(
    r"\b(?:likely|probably|presumably|seems?|seemed|appears?|appeared|apparently|suggests?|expected|expects?|should be(?! \w+ing\b)|in all likelihood|is thought|almost certainly|estimates?d?|tends? to|probable|more likely than not|in all probability|most probably|looks? set to|is poised to|are poised to|is set to|are set to|is on course to|there is every (?:chance|reason)|no doubt|doubtless|my (?:guess|hunch|bet|sense) is|I (?:suspect|expect|would bet|would guess)|a good chance|strong chance|odds are|chances are|looks? (?:like|as if)|looks? (?!at\b|for\b|to\b|into\b|back\b|forward\b|after\b|up\b|over\b|on\b)|presumed|believed to|thought to|reportedly|ostensibly|evidently)\b",  # noqa: E501
    re.I,
)
_POSSIBLE = re.compile(
    r"\b(?:(?-i:may)|might|could(?! not\b)|possibl[ey]|possibility|perhaps|risks?|potentially|conceivabl[ey]|uncertain|unclear|maybe|plausib(?:le|ly)|cannot be (?:ruled out|excluded)|can['’]t be ruled out|an open question|remains to be seen|up in the air|in theory|can(?! (?:afford|count|boast|draw|point|rely|live|claim)\b))\b",  # noqa: E501
    re.I,
)
_WILL = re.compile(r"\b(?:will|won['’]t|would|is going to|are going to|is bound to)\b", re.I)
_ADVICE = re.compile(
    r"\b(?:would be (?:wise|well advised|better advised|foolish|a mistake) to|is better off|are better off|it is (?:high )?time|would do better to|(?:has|have) to (?:stop|start|act|find|accept|choose|learn|prepare|recognise|recognize)|should(?! (?:expect|worry|alarm|concern|come as|surprise|trouble|reassure|remind|be (?:obvious|clear|no surprise))\b)|ought to|must|needs? to|had better|it is time (?:to|for)|would do well to)\b(?! (?:be|have been) (?:likely|expected)| have\b)",  # noqa: E501
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:(?:almost |all but |virtually )?certain to|sure to|set to|poised to|(?:un)?likely (?:before|by|until|unless|if|this|next|in the|any)|doubts? that|should expect|expects? (?:[\w\-]+ ){1,5}?to|will|won['’]t|would|going to|shall|(?-i:may)(?! (?:still|already|well) be\b)|might|could|unlikely to|likely to|bound to|expected to|cannot \w+ until)\b(?! have (?:been|had|\w+(?:ed|en|one|ept|ost|ade|old))\b)",  # noqa: E501
    re.I,
)
_IF_FIRST = re.compile(r"\W*If (?:[^,.;]|, (?=and\b))*, (?!.*\b(?:was|were|had|did|would have)\b)(?=.{8,})")
# Should Beijing cut the oil, Were it to attack, Had it known
_INVERTED = re.compile(r"^(?P<c>(?:Should|Were|Had)\s[^,.?;]{4,120}),\s")
_CONDITION = re.compile(
    r"\b(?P<c>(?:if|unless|provided that|as long as|so long as|in the event (?:of|that)|(?-i:Should)|without)\s[^,.;]{4,120})",  # noqa: E501
    re.I,
)
_VERB = (
    r"said|says|argued|argues|warned|warns|noted|notes|told|added|adds|believes?|believed|explained|explains|suggested(?! \w+ing\b)|claimed|claims|stressed|predicted|predicts|writes|wrote|thinks|"  # noqa: E501
    r"denied(?= that)|denies(?= that)|worry(?= (?:\w+ )?that)|worries(?= (?:\w+ )?that)|worried(?= (?:\w+ )?that)|assesses|assessed|reports|reported|acknowledges?|acknowledged|admits|admitted|fears?|feared|doubts?|doubted|finds|found that|judges?|judged|reckons?|reckoned|asserts?|asserted|replied|recalls?|recalled|testified|contends|contended|insisted|insists|estimates|estimated|concluded(?= that|,| (?:in|on|last|this|earlier) [\w .,]{2,24}that)|concludes(?= that|,)|cautioned|cautions|observed|assessed|assesses|maintains|maintained|put it|sees|expects|countered|counters|hinted|hints|signal(?:l)?ed|conceded|alleged|remarked|quipped|reiterated|emphasi[sz]ed|underlined|underscored|pointed out|declared|lamented|speculated|objected|mused|boasted|foresees|anticipates|suspects|(?<!to )(?<!not )(?<!n't )(?<!n’t )(?<!would )(?<!will )(?<!could )(?<!may )(?<!might )(?<!can )(?<!should )(?<!must )(?<!the )(?<!no )(?<!any )(?<!a )(?:say|argue|insist|think|predict|expect|suspect|maintain|contend)|holds(?= that)|held(?= that)|posits|posited|surmises|surmised|advises|advised|counsels|ventures|ventured|vowed(?= to)|pledged(?= to)|promised(?= to)|threatened(?= to)"  # noqa: E501
)
_SAID = re.compile(rf"\b(?:{_VERB})\b", re.I)
_TOLD_ONLY = re.compile(r"\b(?:said|says|told|added|announced|reported|claimed|noted)\b", re.I)
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
# a sentence that only says how somebody sees it: she was more sceptical
_MOOD = re.compile(
    r"\b(?:was|is|were|are|sounds?|sounded|remains?|remained) (?:(?:more|less|far|rather|even|equally|similarly|also|not so) )*(?:s[ck]eptical|optimistic|pessimistic|blunt(?:er)?|cautious|doubtful|dismissive|sure|certain|convinced|guarded|upbeat|gloom(?:y|ier)|harsh(?:er)?|divided|unconvinced|unimpressed|unmoved|unpersuaded|adamant|scathing|hopeful|sanguine|wary|unsure|categorical|bleak(?:er)?|bullish|bearish|resigned|alarmed|worried|charitable|of (?:a different|another|the same) (?:view|mind|opinion))\.?$"  # noqa: E501
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
# verbs whose object is what is judged: accuse Iran of …, dismissed the reports as "baseless"
_JUDGES = re.compile(
    r"\b(?:call(?:s|ed)(?= (?:the|this|that|it|them|its|his) (?:[\w\-]+ ){0,5}?(?:an? (?:\w+ ){0,2}(?:provocation|threat|mistake|lie|farce|stunt|violation|betrayal|milestone|success|failure|victory|step|blow|gift|gamble)\b|(?:illegal|dangerous|baseless|unacceptable|reckless|irresponsible|groundless|absurd|unjustified|historic|unfair)\b))|accus(?:e|es|ed)(?= (?:[\w'’.\-]+ ){1,6}of\b)|(?:dismiss(?:es|ed)?|denounc(?:es|ed)|condemn(?:s|ed)|describ(?:es|ed)|brand(?:s|ed)|reject(?:s|ed))(?= [^.;,]{1,60}\bas\b))"  # noqa: E501
)
_ODDS = re.compile(
    r"\b(?:odds|chances?|probability|likelihood)\b[^.;]{0,40}?\b(?P<n>\d{1,3})(?:\.\d)? ?(?:percent|per cent|%)|\b(?P<m>\d{1,3}) ?(?:percent|per cent|%) (?:chance|probability|likelihood)",  # noqa: E501
    re.I,
)
# two judgements set against each other: …, but he won't block one either
_TURN = re.compile(
    r"(?:,|;)(?: (?:he|she|they) (?:said|added|says|argued),?)? (?:but|and(?= (?:as long as|if|unless|that)\b)) (?=(?:he|she|they|it|we|as long as|if|that|would)\b[^.;]*\b(?:will|won['’]t|would|can|cannot|could|may|might|has|have|is|are|does)\b)|"  # noqa: E501
    r" but (?=would (?:only )?\w+)|, (?:he|she|they) (?:said|added|warned|argued|noted), (?:and|but) (?=[a-z])"
)
# an indirect question advises nothing: over how much relief the closure should buy
_ASKED = re.compile(r"\b(?:how|what|whether|who|where|when|why)\b[^,;.]{0,90}\bshould\b[^,;.]*")
# one's own will: he would gladly extend his trip; would sit down only if …
_RESOLVED = re.compile(
    r"\W*(?:that )?(?:(?:he|she|they|it|we|I) (?:would|will|won['’]t|wouldn['’]t)|would|will|won['’]t|to \w+) (?!(?:be|have|become)\b)",  # noqa: E501
    re.I,
)
_HEDGED = re.compile(r"\b(?:likely|probably|presumably|expected|seems?|appears?|suggests?)\b", re.I)
# is said by state media to reach that far; a stockpile, estimated by the institute at 600: the words of the agent
_PASSIVE = re.compile(
    r"(?:,|\b(?:is|are|was|were|been|being)) (?:said|estimated|believed|reported|thought|reckoned|judged|assessed|projected) by (?:the )?$"  # noqa: E501
)
# within a clause that only describes a person: Larin, a retired general who heads | the Forum, contends
_DESCRIBES = re.compile(r"^,[^.;:“”\"]{0,60}\b(?:who|whose)\b[^,.;:“”\"]*$")
# what the South's military said was a missile: no statement of its own
_WHAT = re.compile(r"\bwhat [^,.;]{2,60}$")
_SECOND = re.compile(
    r",? (?:and|but) (?:(?:he|she|they|it) )?(?:(?:also )?(?:added|warned|argued|noted|said|insisted|hinted|suggested|stressed|claimed|predicted|estimated) )?that (?=[a-zA-Z])"  # noqa: E501
)
_QUOTE = re.compile(r"[“\"][^“”\"]{8,}[”\"]")


@dataclass(frozen=True)
class _Reported:
    """Who speaks and the span of the words; ``quoted`` where they stand in quotation marks."""

    speaker: str
    start: int
    end: int
    quoted: bool
    verb: str


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
        reported = _reported(context, line, heard, (heard or before) if taken_up and subject else recent)
        after_mood = mooded is not None and mooded[0] == number - 1 and _same_paragraph(context, number)
        if reported is None and mooded and after_mood and not _OWN_VOICE.search(line.text):
            reported = _Reported(mooded[1], line.start, line.end, False, "holds")
        if reported is None and (who := _inside_quote(context, number, heard or recent)):
            begin = line.start + (len(line.text) - len(line.text.lstrip(' \t“"')))
            reported = _Reported(who, begin, line.end, True, "goes on")
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
            plain = strength == "certain" and not reported.quoted and not asks and not _ADVICE.search(text)
            plain = plain and not _WILL.search(text)
            told = told and not _of_others(context, start, end, reported.speaker)
            dull = told or not (_JUDGING.search(text) or _of_others(context, start, end, reported.speaker))
            if plain and _TOLD_ONLY.search(reported.verb) and dull:
                continue
            speaker, rule = reported.speaker, "CE-quote" if reported.quoted else "CE-reported"
            second = _SECOND.search(context.text, start, line.end) or _TURN.search(context.text, start, end)
            if second and second.start() - start >= 16 and line.end - second.end() >= 16:
                # argued that … and that …: two judgements
                out.append(
                    _claim(
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
            plain = strength == "certain" and not _ADVICE.search(_ASKED.sub("", text)) and not _WILL.search(text)
            beside = _APPOSED.search(text) if plain else None
            lead = text[: beside.start()] if beside else ""
            if beside and (told or not _STRONG_JUDGING.search(lead)) and len(text) - beside.start("what") >= 20:
                start, text, told = start + beside.start("what"), text[beside.start("what") :], False
                out.append(_claim(context, start, end, context.speaker(line), "certain", "CE-apposed"))
                continue
            if plain and (not _JUDGING.search(text) or (told and not _STRONG_JUDGING.search(text))):
                continue
            speaker, rule = context.speaker(line), "CE-voice"
        asks = reported is not None and reported.verb == "urges"
        ahead = reported is not None and bool(
            re.match(r"vow|pledg|promis|threaten|expect|predict|foresees|anticipates", reported.verb)
        )
        out.append(_claim(context, start, end, speaker, "certain" if asks else strength, rule, asks, ahead))
    return go_on(context, out, closing)


_SAID_HE = re.compile(rf", (?:he|she|they) (?:also |then |later )?(?:{_VERB})\b")
_OWN_VOICE = re.compile(r"\b(?:I|[Mm]y|[Oo]ur|me)\b")


_SO_SAYS = re.compile(
    r"\s*(?:So|Thus|Or so|That, at least,|Such|That) (?:says|said|argues|argued|believes|believed|thinks|writes|wrote|warns|runs|goes|reckons|insists|concludes|concluded|is the (?:view|verdict|judgement|judgment|conclusion|opinion|reading|argument|assessment) of|is how)\b"  # noqa: E501
)


def _first_person(context: Context, line: Line) -> str | None:
    """The first person that a sentence names."""
    return next((m.ids[0] for m in context.mentions_in(line.start, line.end) if _is_person(context, m)), None)


def _same_paragraph(context: Context, number: int) -> bool:
    """Whether a line stands in the paragraph of the one before."""
    return "\n" not in context.text[context.lines[number - 1].end : context.lines[number].start]


def _named_last(context: Context, line: Line) -> str | None:
    """The only person of a sentence that says how somebody sees it (The director, Luca Ferri, was unmoved)."""
    people = {m.ids[0] for m in context.mentions_in(line.start, line.end) if _is_person(context, m)}
    return people.pop() if len(people) == 1 else None


def _scholar(context: Context, ident: str) -> bool:
    """A person without an office of state."""
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "person" and not official(context, ident)


_SPEAKS = re.compile(
    rf"{_SAID.pattern}|{_MOOD.pattern}|\b(?:considers|calls|sees|regards|views|deems|gives|puts)\b", re.I
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


def _degree(context: Context, reported: _Reported | None, text: str) -> str:
    """Strength of a claim: what a verb of expecting weighs is likely, what one means to do oneself is certain."""
    strength = _strength(text)
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
            told = _reported(context, lines[k], None, None)
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


def _claim(
    context: Context,
    start: int,
    end: int,
    speaker: str,
    strength: str,
    rule: str,
    asks: bool = False,
    ahead: bool = False,
) -> Claim:
    text = context.text[start:end]
    inverted = _INVERTED.search(text)
    condition = inverted or _CONDITION.search(text)
    future = bool(_FUTURE.search(text[inverted.end() :] if inverted else text))
    future = future or bool(_ODDS.search(text) and re.search(r"\b(?:puts?|sees?|gives?|rates?)\b", text))
    future = future or (ahead and not re.match(r"\W*that\b", text))
    if asks:
        kind = "advice"
    elif inverted:
        kind = "conditional_forecast" if future else "assessment"
    elif _ADVICE.search(_ASKED.sub("", text)) and not (condition and _WILL.search(text)):
        kind = "advice"
    elif condition and (
        re.match(r"(?:as|so) long as", condition["c"], re.I)
        or (future and not condition["c"].lower().startswith("without"))
    ):
        kind = "conditional_forecast"
    elif condition and _IF_FIRST.match(text):
        kind = "conditional_forecast"  # If Moscow pays, Beijing loses its lever
    else:
        kind = "forecast" if future else "assessment"
    about = tuple(dict.fromkeys(i for m in context.mentions_in(start, end) for i in m.ids))
    polarity = "negated" if re.search(r"\b(?:not|never|no)\b|n['’]t\b", text) else "affirmed"
    clause = condition["c"].strip() if condition and kind == "conditional_forecast" else None
    return Claim(start, end, speaker, kind, strength, polarity, clause, about, rule)


def _strength(text: str) -> str:
    inverted = _INVERTED.search(text)
    text = text[inverted.end() :] if inverted else text
    odds = _ODDS.search(text)
    if odds:
        chance = int(odds["n"] or odds["m"])
        return "unlikely" if chance < 40 else "possible" if chance < 60 else "likely"
    if re.search(r"\b(?:fifty-fifty|50-50|even odds|toss-up|coin toss)\b", text, re.I):
        return "possible"
    if _UNLIKELY.search(text):
        return "unlikely"
    if re.search(
        r"\b(?:most )?likely\b|\bprobably\b|\b(?:almost|nearly|all but|virtually) certain(?:ly)?\b|\bexpected to\b",
        text,
        re.I,
    ):
        return "likely"
    if _POSSIBLE.search(text):
        return "possible"
    if _LIKELY.search(text) or (re.search(r"\bwould\b", text) and not _ADVICE.search(text)):
        return "likely"
    return "certain"


def _reported(context: Context, line: Line, last: str | None, recent: str | None) -> _Reported | None:
    """The reported speaker and the words reported."""
    text = context.text
    actors = [m for m in context.mentions_in(line.start, line.end) if m.end <= line.end and is_actor(context, m)]
    quotes = [(m.start() + line.start, m.end() + line.start) for m in _QUOTE.finditer(line.text)]
    if _VIEW.search(line.text) and (last or recent):
        return _Reported(last or recent or "", line.start, line.end, False, "view")
    for mention in actors:
        view = _VIEW_OF.match(text, mention.end)
        if view:
            begin = view.end() if view["is"] != ", " else line.start
            return _Reported(mention.ids[0], begin, line.end, False, "view")
        lead = text[line.start : mention.start]
        if (
            _FOR.search(lead)
            and _is_person(context, mention)
            and re.match(r"[^,]{0,60},", text[mention.end : line.end])
        ):
            return _Reported(mention.ids[0], line.start, line.end, False, "view")
    for mention in actors:
        puts = _AS_PUT.match(text, mention.end, line.end)
        if puts and re.search(r"\bAs (?:the )?$", text[max(line.start, mention.start - 8) : mention.start]):
            return _Reported(mention.ids[0], puts.end(), line.end, text[puts.end() : puts.end() + 1] in '“"', "holds")
    for mention in actors:
        if _ACCORDING.search(text[max(line.start, mention.start - 90) : mention.start]):
            return _Reported(_owned(text, actors, mention).ids[0], line.start, line.end, False, "said")
    for mention in actors:
        if _PASSIVE.search(text[max(line.start, mention.start - 40) : mention.start]):
            return _Reported(mention.ids[0], line.start, line.end, False, "estimates")
    colon = _COLON.search(line.text)
    if colon and actors and line.end - line.start - colon.end() >= 8:
        first = next((m for m in actors if m.start - line.start < colon.start() and _is_person(context, m)), None)
        if first is not None:
            begin = line.start + colon.end()
            quoted = text[begin : begin + 1] in '“"'
            return _Reported(first.ids[0], begin, line.end, quoted, "goes on" if quoted else "holds")
    if actors and actors[0].start - line.start <= 40 and _scholar(context, actors[0].ids[0]):
        holds = _HOLDS.match(text[actors[0].end : line.end])
        if holds and not _SAID.search(line.text):
            return _Reported(actors[0].ids[0], line.start, line.end, False, "holds")
    urges = _URGES.search(line.text)
    if urges and not any(a <= line.start + urges.start() < b for a, b in quotes):
        who, _ = _speaker(context, line, actors, quotes, urges, recent or last)
        if who and not _SAID.search(line.text[: urges.start()]):
            return _Reported(who, line.start + urges.start(), line.end, False, "urges")
    judges = _JUDGES.search(line.text)
    if judges and not any(a <= line.start + judges.start() < b for a, b in quotes):
        speaker, _ = _speaker(context, line, actors, [], judges, last)
        if speaker:
            stop = re.search(r"[;,](?= (?:and|but|while)\b)|[;.]$", line.text[judges.end() :])
            return _Reported(
                speaker,
                line.start + judges.end(),
                line.start + judges.end() + stop.start() if stop else line.end,
                False,
                "judges",
            )
    outside = [
        m
        for m in _SAID.finditer(line.text)
        if not _WHAT.search(line.text[: m.start()]) and not line.text.startswith(" by ", m.end())
        if not any(a <= line.start + m.start() < b for a, b in quotes)
    ]
    if not outside:
        if last and sum(b - a for a, b in quotes) * 10 >= len(line.text) * 8:
            return _Reported(last, line.start, line.end, True, "goes on")
        return None
    match = outside[0]
    speaker, behind = _speaker(context, line, actors, quotes, match, recent or last)
    if speaker is None:
        return None
    after = line.start + match.end()
    long = [(a, b) for a, b in quotes if b - a >= 24]
    if long:
        return _Reported(speaker, long[0][0], long[-1][1], True, match.group())
    comma = line.text.rfind(",", 0, match.start())
    if comma > 4 and line.text[match.end() : match.end() + 2] == ", " and line.end - after >= 30 and not quotes:
        return _Reported(
            speaker, line.start, line.end, False, match.group()
        )  # If it happens, X said, the North would …
    if behind or line.end - after < 30:
        return _Reported(speaker, line.start, line.start + comma if comma > 20 else line.end, False, match.group())
    that = _BEFORE_THAT.match(text, after, min(line.end, after + 110))
    return _Reported(speaker, that.end() if that else after, line.end, False, match.group())


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
        bodies = [m for m in free if m.end <= verb and not _is_person(context, m)]
        return (bodies[0].ids[0] if bodies else last), False  # released photographs that it said showed …
    before = [m for m in free if m.end <= verb and verb - m.end <= 140]
    staff = [m for m in before if _STAFF.search(text[max(line.start, m.start - 40) : m.start])]
    if staff and _reaches(text[staff[-1].end : verb]):
        return staff[-1].ids[0], False
    unheld = [m for m in before if not _HELD.search(text[max(line.start, m.start - 40) : m.start])]
    people = [m for m in before if _is_person(context, m)]
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
        and _is_person(context, before[k]) == _is_person(context, before[k - 1])
    ):
        k -= 1  # the United States, Britain and France said: the first speaks for all
    return before[k].ids[0], False


def _owned(text: str, actors: list[Mention], mention: Mention) -> Mention:
    """The body behind the name of its state (South Korea's National Intelligence Service), else the name itself."""
    if not re.match(r"['’]s ", text[mention.end : mention.end + 3]):
        return mention
    return next((m for m in actors if m.start == mention.end + 3), mention)


def _is_person(context: Context, mention: Mention) -> bool:
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


__all__ = ["find_english_claims"]
