"""English names that stand in no lexicon: people by what stands beside them, bodies of states, institutions by their words.

- a body of a state (Russian forces, South Korea's Defense Ministry) is an organisation STATE_CODE; its government is the state;
- an institution is a run of capitals that holds a telling word (Institute, University, Council …);
- a person is a run of two or three capitals beside an office, a verb of saying or an apposition.
"""  # noqa: E501

from __future__ import annotations

import re

from keisei.documents.english_bodies import BODIES
from keisei.documents.english_institutions import ACRONYM
from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.newpeople import add
from keisei.documents.normal import key
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident

_BODY = re.compile(
    "(?:['’]s?)? (?:(?P<holder>(?:(?:government|defen[cs]e|military|foreign ministry|presidential) )?(?:spokes(?:man|woman|person)|ambassadors?|envoys?(?= (?:to|in|and|met|said))|"  # noqa: E501
    r"(?:foreign|prime|defen[cs]e) minister(?! [A-Z])|president(?! [A-Z])|lawmakers?))|(?P<state>(?:central )?government|authorities|side)|(?P<office>(?:(?:government|intelligence|defen[cs]e|military|foreign ministry) )?"  # noqa: E501
    "(?:officials?|diplomats?|sources?|delegates?|negotiators?|aides?|officers?))|" + "|".join(f"(?P<b{k}>{pattern})" for k, (pattern, _, _) in enumerate(BODIES)) + r")\b(?! (?:Studies|studies)|(?<=military)(?: surveillance| cargo| transport)? (?:aircraft|planes?|jets?|ships?|vessels?|exercises?|drills?|operations?|personnel|attaché|aid|assistance|cooperation|ties|bases?|spending|budget|technology|power|equipment|hardware|satellites?|parade|alliance|support|activit))"  # noqa: E501
)  # fmt: skip
_ADMINISTRATION = re.compile(r"(?:['’]s)? (?:administration|government|regime|cabinet)\b")
_HALF = re.compile(
    r"\b[Tt]he (North|South)(?=['’]s |[.,;:)]| (?:has|had|is|was|will|would|could|may|might|also|and the (?:South|North)|to|did|does|said|says|fired|[a-z\-]{2,}ed)\b)"  # noqa: E501
)


def bodies(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """Let the mention of a state take in the body that stands behind it."""
    for k, mention in enumerate(found.mentions):
        ident_ = mention.ids[0]
        seat = lexicon.capitals.get(ident_)
        if len(mention.ids) != 1 or (ident_ not in lexicon.states and seat is None):
            continue
        match = _BODY.match(text, mention.end)
        if seat is not None and match is not None:
            if match["holder"] or match["office"] or match["state"] or not match.group().startswith(("'s", "’s")):
                continue
            ident_ = seat  # Seoul's Unification Ministry
        if match is None or any(taken[match.start() : match.end()]):
            continue
        state = lexicon.entities[ident_]
        entity = ident_
        if (match["office"] or match["holder"]) and re.search(
            r"\b(?:former|ex-|onetime) ?$", text[max(0, mention.start - 8) : mention.start]
        ):
            continue  # in apposition: a former British diplomat is who was named before
        if match["office"] and re.search(r"[a-z], an? $", text[max(0, mention.start - 5) : mention.start]):
            continue  # Henrik Solberg, a Norwegian diplomat
        if match["holder"] and _APPOSED.search(text, max(0, mention.start - 30), mention.start):
            continue  # Choe Son Hui, North Korea's foreign minister, …
        if match["holder"] and re.match(r",? [A-Z][\w\-]+ [A-Z]", text[match.end() : match.end() + 40]):
            continue  # South Korea's president, Yoon Suk Yeol, has a name
        if match["holder"]:
            title = re.sub(r"s$", "", match["holder"])
            entity = f"{ident_}_{ident(title)}"
            name = f"{state.name_en}: {title} (not named)"
            found.proposed.setdefault(entity, Entity(entity, "person", name, ident_, name, proposed=True))
        elif match["office"]:
            entity = f"{ident_}_OFFICIAL"
            name = f"{state.name_en}: official (not named)"
            found.proposed.setdefault(entity, Entity(entity, "person", name, ident_, name, proposed=True))
        elif not match["state"]:
            number = next(n for n in range(len(BODIES)) if match[f"b{n}"])
            _, code, label = BODIES[number]
            entity = f"{ident_}_{code}"
            found.proposed.setdefault(entity, Entity(entity, "organisation", f"{state.name_en}: {label}", ident_))
        found.forms.append((text[mention.start : mention.end], ident_))
        if " ministry" in match.group() and not match["holder"] and not match["office"]:
            found.forms.append((re.sub(r"^['’]s ", "", match.group()).strip(), entity))  # as it is called later
        found.mentions[k] = Mention(mention.start, match.end(), (entity,), "derived")
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())


# a name before the holder of an office in apposition
_APPOSED = re.compile(r"[A-Z][\w’'-]+ (?:[A-Z]\. )?[A-Z][\w’'-]+, (?:then |former |the )?$")
_OWNED = re.compile(r"['’]s (?:own )?")
_SECRETARY = "Security Council"


def owned(text: str, lexicon: Lexicon, found: Found) -> None:
    """A body of the lexicon behind its state (Seoul's Unification Ministry); Russia's Security Council is Russia's."""
    at = {m.start: (k, m) for k, m in enumerate(found.mentions)}
    for mention in list(found.mentions):
        if len(mention.ids) != 1:
            continue
        state = lexicon.capitals.get(mention.ids[0], mention.ids[0])
        if state not in lexicon.states:
            continue
        joint = _OWNED.match(text, mention.end)
        stop = joint.end() if joint else mention.end + 1
        behind = at.get(stop)
        if behind is None or not (joint or text[mention.end : stop] == " "):
            continue
        k, body = behind
        shown = text[body.start : body.end]
        entity = lexicon.entities.get(body.ids[0])
        if shown == _SECRETARY and body.ids == ("UNSC",):
            code = f"{state}_SECURITY_COUNCIL"
            name = f"{lexicon.entities[state].name_en}: security council"
            found.proposed.setdefault(code, Entity(code, "organisation", name, state))
            found.mentions[k] = Mention(body.start, body.end, (code,), "derived")
        elif joint and entity is not None and entity.type == "organisation" and entity.country == state:
            found.forms.append((text[mention.start : body.end], entity.id))


_MINISTRY_ALONE = re.compile(
    r"\b(?:(?:[Ii]ts|[Tt]heir|[Tt]he|[Hh]is) )?(?P<body>(?:[Ff]oreign|[Dd]efen[cs]e|[Uu]nification|[Ff]inance|[Cc]ommerce) [Mm]inistry|state media)\b"  # noqa: E501
)
_MINISTRY_CODES = {
    "foreign": "MFA",
    "defence": "MND",
    "defense": "MND",
    "unification": "UNIFICATION",
    "finance": "TREASURY",
    "commerce": "COMMERCE",
    "state": "STATE_MEDIA",
}


def ministries(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """A ministry named alone (its foreign ministry) belongs to the state named last."""
    states = sorted(
        (m.start, lexicon.capitals.get(m.ids[0], m.ids[0]))
        for m in found.mentions
        if len(m.ids) == 1 and (m.ids[0] in lexicon.states or m.ids[0] in lexicon.capitals)
    )
    for match in _MINISTRY_ALONE.finditer(text):
        before = [state for start, state in states if start < match.start()]
        if not before or any(taken[match.start() : match.end()]):
            continue
        code = _MINISTRY_CODES[match["body"].split()[0].lower()]
        label = next(name for _, known, name in BODIES if known == code)
        entity = f"{before[-1]}_{code}"
        name = f"{lexicon.entities[before[-1]].name_en}: {label}"
        start = match.start() if re.match(r"[Ii]ts|[Tt]heir", match.group()) else match.start("body")
        add(found, taken, start, match.end(), Entity(entity, "organisation", name, before[-1]), "ministry", True)
        found.forms.append((match["body"], entity))


def administrations(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """A leader's government: the Biden administration, Putin's government."""
    for k, mention in enumerate(found.mentions):
        person = lexicon.entities.get(mention.ids[0])
        match = _ADMINISTRATION.match(text, mention.end)
        if person is None or person.type != "person" or match is None:
            continue
        entity = f"{person.id.split('_')[0]}_ADMIN"
        family = text[mention.start : mention.end].split()[-1]
        found.proposed.setdefault(entity, Entity(entity, "organisation", f"{family} administration", person.country))
        found.mentions[k] = Mention(mention.start, match.end(), (entity,), "administration")
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())


def halves(text: str, found: Found, taken: bytearray) -> None:
    """The North and the South for the two Koreas, where the text names them and no compass point is meant."""
    for match in _HALF.finditer(text):
        state = "PRK" if match[1] == "North" else "KOR"
        if f"{match[1]} Korea" in text and not any(taken[match.start() : match.end()]):
            found.mentions.append(Mention(match.start(), match.end(), (state,), "north"))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())


_UNNAMED = re.compile(
    r"\b(?:(?P<n>(?:[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ss]everal|[Ss]ome|[Ss]enior|[Uu]nnamed|[Uu]nidentified)) )?"
    r"(?P<who>(?:European|Western|Arab|Asian|African|UN|U\.N\.|EU|NATO) (?:senior )?(?:diplomats?|officials?|envoys?|sources?|governments?|leaders|capitals)"  # noqa: E501
    r"|(?:senior |top |former )?(?:administration|intelligence|military|defen[cs]e|security|diplomatic|government) (?:officials?|sources?)(?= (?:said|says|say|told|who|speaking|warned|described|confirmed|familiar|added)\b|,))\b"  # noqa: E501
)
# whole kinds of people that tell or hold something: Diplomats and analysts say
_KINDS_OF_PEOPLE = "diplomats|analysts|experts|officials|scholars|researchers|traders|observers|economists|historians|critics|lawmakers|activists"  # noqa: E501
_TELLING = re.compile(
    rf"(?<![\w’'\-] )\b(?P<who>(?i:{_KINDS_OF_PEOPLE})(?: and (?:{_KINDS_OF_PEOPLE}))?)(?= (?:say|said|believe|warn|warned|argue|estimate|expect|think|agree|agreed|fear|worry|doubt|suspect|note|point out)\b)"  # noqa: E501
)
# those who came from a state: laborers from North Korea
_FROM = re.compile(
    r"\b(?P<who>workers|laborers|labourers|soldiers|troops|engineers|technicians|traders|hackers|defectors|refugees|miners|lumberjacks) from (?:the )?$"  # noqa: E501
)


def unnamed(text: str, found: Found, taken: bytearray) -> None:
    """Holders of an office of many lands, without a name: two European diplomats, Western governments."""
    for match in _UNNAMED.finditer(text):
        if any(taken[match.start("who") : match.end()]):
            continue
        who = match["who"]
        people = not who.endswith(("governments", "capitals"))
        west = not people and who.startswith("Western")
        entity = Entity(
            "WEST" if west else ident(who), "person" if people else "organisation", who, None, who, proposed=True
        )
        add(found, taken, match.start("who"), match.end(), entity, "office", True)
        if match["n"]:
            found.forms.append((match.group(), entity.id))
    for match in _TELLING.finditer(text):
        if not any(taken[match.start() : match.end()]):
            entity = Entity(ident(match["who"]), "organisation", match["who"], None, "not named", proposed=True)
            add(found, taken, match.start(), match.end(), entity, "office", True)


def sent(text: str, lexicon: Lexicon, found: Found) -> None:
    """The longer form of people with the state that they came from (laborers from North Korea)."""
    for mention in list(found.mentions):
        if len(mention.ids) != 1 or mention.ids[0] not in lexicon.states:
            continue
        match = _FROM.search(text, max(0, mention.start - 30), mention.start)
        if match:
            whole = text[match.start() : mention.end]
            entity = Entity(
                f"{mention.ids[0]}_{ident(match['who'])}", "organisation", whole, mention.ids[0], None, True
            )
            found.proposed.setdefault(entity.id, entity)
            found.forms.append((whole, entity.id))


# 2017 resolution, 2015 nuclear deal; the New Yalu River Bridge
_OF_YEAR = re.compile(
    r"(?<![\w.,$/-])(?:19|20)\d\d (?:(?!the\b|an?\b|of\b|in\b|to\b|and\b|that\b|by\b|its\b)[a-z]+ ){0,2}?(?P<kind>resolution|treaty|agreement|accord|pact|deal|declaration|communique|armistice|memorandum)\b"  # noqa: E501
)
_LANDMARK = re.compile(
    r"(?<![\w’'\-])[A-Z][a-z]+(?: [A-Z][a-z]+){0,3} (?:Bridge|Tunnel|Palace|Square|Cosmodrome|Shipyard|Airport|Seaport|Stadium|Guesthouse|Strait|Islands?|Canal)\b(?! [A-Z])"  # noqa: E501
)


def things(text: str, found: Found, taken: bytearray) -> None:
    """Papers and pacts named by their year, and landmarks by their last word."""
    for match in _OF_YEAR.finditer(text):
        kind = "document" if match["kind"] in ("resolution", "communique", "memorandum") else "agreement"
        entity = Entity(ident(match.group()), kind, match.group(), None, None, proposed=True)
        found.proposed.setdefault(entity.id, entity)
        found.forms.append((match.group(), entity.id))
    for match in _LANDMARK.finditer(text):
        start = match.start() + (4 if match.group().startswith("The ") else 0)
        name = text[start : match.end()]
        if " " in name and not any(taken[start : match.end()]):
            entity = Entity(ident(name), "place", name, None, None, proposed=True)
            add(found, taken, start, match.end(), entity, "new:place", False)


_PAIR_NAMES = {
    "U.S.": "USA", "US": "USA", "American": "USA", "South Korean": "KOR", "South Korea": "KOR", "North Korean": "PRK", "North Korea": "PRK",  # noqa: E501
    "Korean": "KOR", "Russian": "RUS", "Russia": "RUS", "Russo": "RUS", "Chinese": "CHN", "China": "CHN", "Sino": "CHN", "Japanese": "JPN",  # noqa: E501
    "Japan": "JPN", "Ukrainian": "UKR", "Iranian": "IRN", "Iran": "IRN", "ROK": "KOR", "DPRK": "PRK", "Soviet": "SUN", "EU": "EU", "Indian": "IND",  # noqa: E501
    "British": "GBR", "French": "FRA", "German": "DEU", "Polish": "POL", "Turkish": "TUR", "Israeli": "ISR",
}  # fmt: skip
_ONE = "|".join(sorted(map(re.escape, _PAIR_NAMES), key=len, reverse=True))
_PAIRED = re.compile(rf"(?<![\w.\-–])(?:{_ONE})(?:[-–](?:{_ONE})){{1,2}}(?![\w\-–])")


def pairs(text: str, found: Found, taken: bytearray) -> None:
    """Two or three states joined by a hyphen (U.S.-South Korean drills): each is an actor."""
    for match in _PAIRED.finditer(text):
        names = re.split(r"[-–](?=[A-Z])", match.group())
        ids = tuple(dict.fromkeys(_PAIR_NAMES[name] for name in names))
        if len(ids) < 2 or "EU" in ids:
            continue
        kept = [m for m in found.mentions if not match.start() <= m.start < match.end()]
        if any(m.end > match.end() for m in found.mentions if match.start() <= m.start < match.end()):
            continue
        found.mentions[:] = [*kept, Mention(match.start(), match.end(), ids, "compound")]
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())


_SITE = re.compile(
    r" (?:nuclear |satellite |missile |military |naval |air |test |launch |border |international |special |economic |uranium |enrichment |reprocessing |container |deep-water |tourist )*"  # noqa: E501
    r"(?:complex|site|facility|facilities|reactor|plant|test site|launch site|launching station|launch station|cosmodrome|shipyard|base|port|airport|airfield|bridge|border crossing|zone|resort|summit site|spaceport|cosmodrome|terminal|railway station|hub|region|oblast|province)\b"  # noqa: E501
)
_PENINSULA = re.compile(r"(?<=\b[Tt]he )peninsula(?! of\b)")


def works(text: str, lexicon: Lexicon, found: Found) -> None:
    """What is built at a place (Yongbyon nuclear complex), and the peninsula in a text about Korea."""
    for mention in list(found.mentions):
        entity = lexicon.entities.get(mention.ids[0]) or found.proposed.get(mention.ids[0])
        if entity is None or entity.type != "place" or len(mention.ids) != 1:
            continue
        match = _SITE.match(text, mention.end)
        if match:
            found.forms.append((text[mention.start : match.end()], entity.id))
    if "Korea" in text and _PENINSULA.search(text):
        found.forms.append(("peninsula", "KOREAN_PENINSULA"))


# Panel of Experts on North Korea: what a body of experts is for
_EXPERTS = re.compile(r"(?:Experts|Committee|Commission|Panel|Group|Team|Inquiry|Mission)$")
_ON_WHAT = re.compile(r" on (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+){0,3}")


def acronyms(text: str, lexicon: Lexicon, found: Found) -> None:
    """An organisation with its acronym behind it, and the parent that its name begins with (U.N. Security Council)."""
    for mention in list(found.mentions):
        entity = lexicon.entities.get(mention.ids[0])
        if entity is None or entity.type != "organisation":
            continue
        if on := _ON_WHAT.match(text, mention.end) if _EXPERTS.search(text, mention.start, mention.end) else None:
            found.forms.append((text[mention.start : on.end()], entity.id))
        short = ACRONYM.match(text, mention.end)
        if short:
            found.forms.append((text[mention.start : short.end()], entity.id))
        shown = text[mention.start : mention.end]
        if shown.startswith(("U.S. ", "US ")) and entity.country == "USA":
            found.forms.append((shown.split(" ")[0], "USA"))
        head, _, rest = shown.partition(" ")
        parent, part = lexicon.aliases.get(key(head)), lexicon.aliases.get(key(rest))
        if rest and parent and part == entity.id and parent != part:
            found.forms.extend([(head, parent), (rest, part)])


__all__ = [
    "acronyms",
    "administrations",
    "bodies",
    "halves",
    "ministries",
    "owned",
    "pairs",
    "sent",
    "things",
    "unnamed",
    "works",
]
