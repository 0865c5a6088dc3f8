"""One document from text to records: the pipeline.

    reading = read_text(text, name="report", published=None)
    reading.to_json()   # the format of programs and of the evidence store

Every span is in code points of the text given, and every record names the rule that made it; the reading names the
versions of rules and dictionary.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from keisei.documents import (
    anaphora,
    apposed,
    described,
    english_institutions,
    english_names,
    english_people,
    groups,
    hands,
    headlines,
    informants,
    kinds_en,
    newnames,
    sites,
    structure,
)
from keisei.documents import lexicon as lexicon_module
from keisei.documents import mentions as mention_finder
from keisei.documents.context import Context, Line
from keisei.documents.dates import DateSpan, find_dates
from keisei.documents.found import Found
from keisei.documents.informants_en import informants_en
from keisei.documents.quantities import QuantitySpan, find_quantities
from keisei.documents.records import Claim, Entity, Event, Mention, Provenance
from keisei.documents.sentences import split
from keisei.documents.tokens import tokenize
from keisei.documents.tokens import version as tokenizer_version
from keisei.documents.version import rules_version


@dataclass(frozen=True)
class Reading:
    """All that was read from one text."""

    name: str
    text: str
    language: str
    provenance: Provenance
    entities: tuple[Entity, ...]
    surfaces: dict[str, tuple[str, ...]]
    mentions: tuple[Mention, ...]
    dates: tuple[DateSpan, ...]
    quantities: tuple[QuantitySpan, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    versions: dict[str, str]

    @property
    def sha256(self) -> str:
        """Hash of the text in UTF-8."""
        return digest(self.text)

    def to_json(self) -> dict[str, Any]:
        """The document as one JSON object (keys of the format, and more)."""
        from keisei.documents.output import document

        return document(self)


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8; lone surrogates are hashed as they stand."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def language_of(text: str) -> str:
    """``ja`` where kana stand in numbers, else ``en``."""
    sample = text[:20000]
    kana = len(re.findall(r"[ぁ-んァ-ヺ]", sample))
    return "ja" if kana * 12 > len(re.findall(r"[A-Za-z]", sample)) and kana else "en"


def _dates(text: str, provenance: Provenance, language: str) -> tuple[list[DateSpan], dict[int, str | None]]:
    """Dates by voice: an article inside a blog has its own date of publication."""
    first: dict[str, list[int]] = {}
    order: list[tuple[int, int, str | None]] = []
    for region in provenance.regions:
        if order and order[-1][2] == region.published:
            order[-1] = (order[-1][0], region.end, region.published)
        else:
            order.append((region.start, region.end, region.published))
    if not order:
        order = [(0, len(text), provenance.published)]
    out: list[DateSpan] = []
    references: dict[int, str | None] = {}
    for k, (start, _, published) in enumerate(order):
        stop = order[k + 1][0] if k + 1 < len(order) else len(text)
        begin = 0 if k == 0 else start
        part = text[begin:stop]
        reference = published
        if reference is None:
            # without a date of publication: not before the latest day that the text itself names
            days = [s.value for s in find_dates(part, published=None, language=language) if s.granularity == "day"]
            known = [d[:10] for d in days if d and "/" not in d]
            reference = max([*known, *([provenance.not_before] if provenance.not_before else [])], default=None)
        references[begin] = reference
        day = datetime.date.fromisoformat(reference) if reference else None
        for span in find_dates(part, published=day, language=language):
            out.append(
                DateSpan(
                    span.start + begin,
                    span.end + begin,
                    span.quote,
                    span.value,
                    span.kind,
                    span.granularity,
                    span.reason,
                    span.rule,
                )
            )
    del first
    return sorted(out, key=lambda s: (s.start, s.end)), references


def read_text(
    text: str, *, name: str = "document", published: str | None = None, language: str | None = None
) -> Reading:
    """Read one text.

    Args:
        text: as it stands in the file, line ends untouched.
        name: what the document is called (the file's name without its ending).
        published: ISO date of publication, where the user knows it.
        language: ``ja`` or ``en``; guessed from the letters where not given.
    """
    from keisei.documents import claims as claim_finder
    from keisei.documents.events import find_events

    tongue = language or language_of(text)
    provenance = structure.analyse(text, published=published)
    found = mention_finder.find(text, tongue)
    taken = bytearray(len(text) + 1)
    for mention in found.mentions:
        if mention.rule != "inner":
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    if tongue == "ja":
        apposed.apposed(text, found, lexicon_module.load(), taken)
    authors = _authors(text, provenance, found, taken)
    written = hands.hands(text, found, taken) if tongue == "ja" else {}
    if tongue == "ja":
        headlines.headlines(text, found, lexicon_module.load(), taken)
        sites.sites(text, found, taken)
    else:
        headlines.series(text, found)
    if not authors and len(written) == 1:
        (ident,) = written.values()
        for match in re.finditer("(?:執)?筆者", text):
            if not any(taken[match.start() : match.end()]):
                found.mentions.append(Mention(match.start(), match.end(), (ident,), "author"))
    lines: list[Line] = []
    regions = iter(provenance.regions)
    region = next(regions, None)
    for sentence in split(text):
        while region is not None and sentence.start >= region.end:
            region = next(regions, None)
        tokens = tokenize(sentence.text, sentence.start) if tongue == "ja" else []
        newnames.propose(text, tokens, found, taken, tongue)
        lines.append(Line(sentence.start, sentence.end, sentence.text, tokens, region))
    if tongue == "en":
        english_names.pairs(text, found, taken)
        english_names.owned(text, lexicon_module.load(), found)
        english_names.administrations(text, lexicon_module.load(), found, taken)
        english_names.halves(text, found, taken)
        english_names.bodies(text, lexicon_module.load(), found, taken)
        english_names.ministries(text, lexicon_module.load(), found, taken)
        english_names.unnamed(text, found, taken)
        kinds_en.named_by_kind(text, lexicon_module.load(), found, taken)
        informants_en(text, found, taken)
        english_names.sent(text, lexicon_module.load(), found)
        english_names.things(text, found, taken)
        english_institutions.institutions(text, lexicon_module.load(), found, taken)
        english_people.people(text, found, taken)
        english_names.acronyms(text, lexicon_module.load(), found)
    newnames.family_mentions(text, found, taken, tongue)
    if tongue == "en":
        english_people.person_forms(text, lexicon_module.load(), found)
        english_people.kin(text, lexicon_module.load(), found)
        english_names.works(text, lexicon_module.load(), found)
    described.joined_places(text, found, lexicon_module.load())
    if tongue == "ja":
        groups.find(text, found, lexicon_module.load())
        informants.informants(text, lines, found, taken)
        anaphora.anaphora(text, found, lexicon_module.load(), taken)
    found.mentions.sort(key=lambda m: (m.start, -m.end))
    dates, references = _dates(text, provenance, tongue)
    quantities = list(find_quantities(text, language=tongue, dates=dates))
    entities, surfaces = _entities(text, found)
    digest = provenance.kind == "summary"
    context = Context(text, tongue, lines, found.mentions, dates, quantities, entities, authors, references, digest)
    context.groups.update(_groups(text, found, entities) if tongue == "ja" else {})
    events = find_events(context)
    claims = claim_finder.find_claims(context, events)
    versions = {
        "rules": rules_version(),
        "lexicon": lexicon_module.version(),
        "tokenizer": tokenizer_version() if tongue == "ja" else "none",
    }
    return Reading(
        name, text, tongue, provenance, tuple(entities.values()), surfaces, tuple(found.mentions), tuple(dates),
        tuple(quantities), tuple(events), tuple(claims), versions,
    )  # fmt: skip


def _authors(text: str, provenance: Provenance, found: Found, taken: bytearray) -> dict[str, str]:
    """Entity ids of the names in bylines; unknown ones are proposed. 筆者 is a form of the sole author."""
    known = {text[m.start : m.end]: m.ids[0] for m in found.mentions} | dict(found.forms)
    out: dict[str, str] = {}
    for author in provenance.authors:
        ident = known.get(author)
        if (ident is None and not re.search(r"[\s、]", author)) or ident is None:
            ident = newnames.person_id(author)
            found.proposed.setdefault(ident, Entity(ident, "person", author, None, "author", proposed=True))
        out[author] = ident
        spaced = (
            r"[ 　]?".join(map(re.escape, author))
            if re.fullmatch(r"[一-鿿々ぁ-んァ-ヺ]{2,8}", author)
            else re.escape(author)
        )
        for match in re.finditer(spaced, text):
            if not any(taken[match.start() : match.end()]):
                end = match.end() + (1 if text[match.end() : match.end() + 1] == "氏" else 0)
                found.mentions.append(Mention(match.start(), end, (ident,), "byline"))
                found.forms.append((match.group(), ident))
                taken[match.start() : end] = b"\1" * (end - match.start())
    translators = [out[h.author] for h in provenance.chain if h.role == "translation" and h.author and h.author in out]
    for match in (
        re.finditer("訳者(?!まえがき|から|による前書|後記|あとがき|註|注|前書|解説)", text) if translators else ()
    ):
        if not any(taken[match.start() : match.end()]):
            found.mentions.append(Mention(match.start(), match.end(), (translators[0],), "author"))
    original = next((out[h.author] for h in provenance.chain if h.role == "original" and h.author in out), None)
    if translators and original and original not in translators:
        for match in re.finditer("筆者|原著者", text):
            if not any(taken[match.start() : match.end()]):
                found.mentions.append(Mention(match.start(), match.end(), (original,), "author"))
    elif len(out) == 1:
        (ident,) = out.values()
        for match in re.finditer("筆者", text):
            if not any(taken[match.start() : match.end()]):
                found.mentions.append(Mention(match.start(), match.end(), (ident,), "author"))
    return out


_GROUPED = re.compile(
    r"(?:専門家|外交官|高官|当局者|関係者|研究者|学者|識者|外交筋|消息筋|アナリスト|有識者|軍事筋)(?:ら|たち)?$"
)


def _groups(text: str, found: Found, entities: dict[str, Entity]) -> dict[int, str]:
    """Where a name begins that only tells whose a group is (西側の専門家は…とみる), with the group."""
    forms = {form: name for form, name in found.forms if name in entities and _GROUPED.search(form)}
    if not forms:
        return {}
    starts = {m.start for m in found.mentions}
    out: dict[int, str] = {}
    for form, name in forms.items():
        at = text.find(form)
        while at >= 0:
            if at in starts:
                out[at] = name
            at = text.find(form, at + 1)
    return out


def _entities(text: str, found: Found) -> tuple[dict[str, Entity], dict[str, tuple[str, ...]]]:
    lexicon = lexicon_module.load()
    forms: dict[str, dict[str, None]] = {}
    for mention in found.mentions:
        for ident in mention.ids:
            if mention.rule not in ("inner", "anaphor"):
                forms.setdefault(ident, {})[text[mention.start : mention.end]] = None
    for form, ident in found.forms:
        forms.setdefault(ident, {})[form] = None
    order = {"state": 0, "person": 1, "organisation": 2, "place": 3, "weapon": 4, "agreement": 5, "document": 6}
    entities: dict[str, Entity] = {}
    for ident in forms:
        entity = lexicon.entities.get(ident) or found.proposed.get(ident)
        if entity is not None:
            entities[ident] = entity
    named = Counter(ident for mention in found.mentions for ident in mention.ids)
    ranked = sorted(entities.values(), key=lambda e: (order.get(e.type, 9), -named[e.id]))  # most named first
    return {e.id: e for e in ranked}, {e.id: tuple(forms[e.id]) for e in ranked}


__all__ = ["Reading", "digest", "language_of", "read_text"]
