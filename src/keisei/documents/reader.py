"""A page to read: the text with coloured spans, events and claims in the margin beside their paragraph.

One self-contained file: no font, script or picture from elsewhere. Every span shows on hover what was read and by which
rule; cards in the margin light up their words; labels in Japanese or English; made to be printed.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from html import escape
from pathlib import Path

from keisei.documents.events.rules import notes
from keisei.documents.read import Reading

_HERE = Path(__file__).parent
_JA = {
    "names": "名前", "dates": "日付と数量", "events": "出来事", "claims": "主張",
    "article": "記事", "translation": "翻訳", "summary": "要約", "blog": "ブログ", "blog_with_translation": "翻訳記事を含むブログ",  # noqa: E501
    "reprint": "転載", "original": "原文", "republication": "転載",
    "occurred": "起きた", "reported": "伝聞", "denied": "否定", "planned": "予定", "hypothetical": "仮定",
    "assessment": "評価", "forecast": "予測", "advice": "提言", "conditional_forecast": "条件付き予測",
    "certain": "断定", "likely": "有力", "possible": "可能性", "unlikely": "否定的", "AUTHOR": "筆者",
    "state": "国家", "person": "人物", "organisation": "組織", "place": "場所", "weapon": "兵器", "agreement": "取り決め", "document": "文書",  # noqa: E501
}  # fmt: skip


def _ui(english: str, japanese: str) -> str:
    return f'<span class="ui" lang="en">{escape(english)}</span><span class="ui" lang="ja">{escape(japanese)}</span>'


def _word(word: str) -> str:
    return _ui(word.replace("_", " "), _JA.get(word, word))


def _safe(text: str) -> str:
    # direction marks would turn the words around them; they are shown as what they are
    shown = "".join(
        f"‹U+{ord(c):04X}›" if c in "‪‫‬‭‮⁦⁧⁨⁩‎‏" or (ord(c) < 32 and c not in "\t\n") or 0xD800 <= ord(c) <= 0xDFFF else c
        for c in text
    )
    return escape(shown, quote=True)


def _marks(reading: Reading) -> tuple[list[tuple[int, int, str, str, str]], dict[int, list[str]]]:
    """Spans (start, end, class, hover text, id) and the markers that stand behind a place."""
    entities = {e.id: e for e in reading.entities}
    spans: list[tuple[int, int, str, str, str]] = []
    after: dict[int, list[str]] = {}
    for mention in reading.mentions:
        shown = [entities[i] for i in mention.ids if i in entities]
        if shown:
            text = "\n".join(
                f"{e.name_en} · {e.id}{' · ' + e.role if e.role else ''}{' · proposed' if e.proposed else ''}"
                for e in shown
            )
            spans.append((mention.start, mention.end, f"s-{shown[0].type}", f"{text}\nrule {mention.rule}", ""))
    for date in reading.dates:
        spans.append(
            (
                date.start,
                date.end,
                "s-date",
                f"{date.value or 'not resolved: ' + (date.reason or '')}\n{date.kind}, rule {date.rule}",
                "",
            )
        )
    for q in reading.quantities:
        bounds = (
            f" ({q.low if q.low is not None else '…'} – {q.high if q.high is not None else '…'})"
            if q.low is not None or q.high is not None
            else ""
        )
        spans.append((q.start, q.end, "s-quantity", f"{q.value} {q.unit}{bounds} {q.of or ''}\nrule {q.rule}", ""))
    known = notes(reading.language)
    for k, event in enumerate(reading.events, 1):
        note = known.get(event.rule, "")
        hover = f"{event.plover} · {event.instrument} · {event.status}\nrule {event.rule}{': ' + note if note else ''}"
        spans.append((*event.trigger, "s-trigger", hover, ""))
        spans.append((event.start, event.end, "", "", f"e{k}"))
        after.setdefault(event.trigger[1], []).append(f'<sup class="e" data-id="e{k}">{k}</sup>')
    for k, claim in enumerate(reading.claims, 1):
        spans.append((claim.start, claim.end, "", "", f"c{k}"))
        after.setdefault(claim.end, []).append(f'<sup class="c" data-id="c{k}">{_letter(k)}</sup>')
    return spans, after


def _letter(k: int) -> str:
    out = ""
    while k:
        k, rest = divmod(k - 1, 26)
        out = chr(97 + rest) + out
    return out


def _text(
    reading: Reading, start: int, end: int, spans: Sequence[tuple[int, int, str, str, str]], after: dict[int, list[str]]
) -> str:
    """The stretch as HTML: cut at every border, so that spans may cross."""
    here = [s for s in spans if s[0] < end and start < s[1]]
    cuts = sorted(
        {
            start,
            end,
            *(max(s[0], start) for s in here),
            *(min(s[1], end) for s in here),
            *(p for p in after if start < p <= end),
        }
    )
    out: list[str] = []
    for a, b in itertools.pairwise(cuts):
        cover = [s for s in here if s[0] <= a and b <= s[1]]
        classes = " ".join(dict.fromkeys(s[2] for s in cover if s[2]))
        hover = "\n".join(s[3] for s in cover if s[3])
        inside = " ".join(s[4] for s in cover if s[4])
        words = _safe(reading.text[a:b])
        if classes or inside:
            attributes = (f' class="{classes}"' if classes else "") + (f' data-l="{_safe(hover)}"' if hover else "")
            attributes += f' data-in="{inside}"' if inside else ""
            words = f"<span{attributes}>{words}</span>"
        out.append(words)
        out.extend(after.get(b, []))
    return "".join(out)


def _cards(reading: Reading, start: int, end: int) -> str:
    names = {e.id: e.name_en for e in reading.entities} | {"AUTHOR": "author"}

    def who(ids: Sequence[str]) -> str:
        return ", ".join(_safe(names.get(i, i)) for i in ids) or "?"

    out: list[tuple[int, str]] = []
    for k, event in enumerate(reading.events, 1):
        if start <= event.trigger[0] < end:
            arrow = "⇄" if event.sources == event.targets else "→"
            sides = (
                who(event.sources)
                if arrow == "⇄"
                else f"{who(event.sources)} → {who(event.targets)}"
                if event.targets
                else who(event.sources)
            )
            when = f" · {event.date}" if event.date else ""
            via = f" · ‹{_safe(names.get(event.attributed_to, event.attributed_to))}›" if event.attributed_to else ""
            out.append((event.trigger[0], f'<div class="card e" data-id="e{k}"><span class="n">{k}</span><b>{event.plover}</b> {event.instrument.replace("_", " ")}'  # noqa: E501
                        f'<span class="tag">{_word(event.status)}</span> {sides}<span class="d">{when}{via} · {event.rule}</span></div>'))  # fmt: skip  # noqa: E501
    for k, claim in enumerate(reading.claims, 1):
        if start <= claim.start < end:
            speaker = (
                _ui("author", "筆者") if claim.speaker == "AUTHOR" else _safe(names.get(claim.speaker, claim.speaker))
            )
            negated = (
                f'<span class="tag">{_ui("of the negation", "否定文")}</span>' if claim.polarity == "negated" else ""
            )
            condition = (
                f'<br><span class="d">{_ui("if", "条件")}: {_safe(claim.condition)}</span>' if claim.condition else ""
            )
            out.append((claim.start, f'<div class="card c" data-id="c{k}"><span class="n">{_letter(k)}</span><b>{speaker}</b> {_word(claim.kind)}'  # noqa: E501
                        f'<span class="tag">{_word(claim.modality)}</span>{negated}{condition}</div>'))  # fmt: skip
    return "".join(card for _, card in sorted(out, key=lambda c: c[0]))


def _document(reading: Reading) -> str:
    provenance = reading.provenance
    chain = " → ".join(
        f"{_safe(h.publisher or h.author or '?')}{' (' + _safe(h.author) + ')' if h.author and h.publisher else ''}"
        f"{', ' + h.date if h.date else ''} {_word(h.role)}" for h in provenance.chain
    )  # fmt: skip
    when = (
        escape(provenance.published)
        if provenance.published
        else _ui(
            f"no date of publication: {provenance.published_reason}; not before {provenance.not_before or '?'}",
            f"公開日不明（本文中の日付から {provenance.not_before or '?'} 以降）",
        )
    )
    spans, after = _marks(reading)
    rows: list[str] = []
    voice = "AUTHOR"
    at = 0
    regions = provenance.regions
    for region in regions:
        if region.start < at:
            continue
        heard = ""
        if region.speaker != voice:
            voice = region.speaker
            heard = f'<span class="voice">{_ui("voice", "語り手")}: {_word(voice) if voice == "AUTHOR" else _safe(voice)}</span>'  # noqa: E501
        body = _text(reading, region.start, region.end, spans, after)
        cards = _cards(reading, region.start, region.end)
        rows.append(
            f'<div class="row {region.kind}"><div class="t" lang="{reading.language}">{heard}{body}</div><div class="m">{cards}</div></div>'  # noqa: E501
        )
        at = region.end
    table = "".join(
        f"<tr><td>{_safe(e.id)}</td><td>{_word(e.type)}</td><td>{_safe(e.name_en)}</td><td>{_safe(' · '.join(reading.surfaces[e.id]))}</td>"  # noqa: E501
        f"<td>{_ui('proposed', '提案') if e.proposed else ''}</td></tr>" for e in reading.entities
    )  # fmt: skip
    title = next((reading.text[r.start : r.end].strip() for r in regions if r.kind == "title"), reading.name)
    return (
        f'<h1>{_safe(title[:120])}</h1><p class="meta">{_word(provenance.kind)} · <b>{when}</b> · {chain}<br>'
        f"{len(reading.entities)} {_ui('entities', '名前')} · {len(reading.dates)} {_ui('dates', '日付')} · {len(reading.quantities)} {_ui('quantities', '数量')} · "  # noqa: E501
        f"{len(reading.events)} {_ui('events', '出来事')} · {len(reading.claims)} {_ui('claims', '主張')}</p>"
        f"<article>{''.join(rows)}</article>"
        f"<details><summary>{_ui('Entities and their forms', '名前とその表記')}</summary><table>{table}</table></details>"  # noqa: E501
        f'<p class="meta">{_safe(reading.name)} · sha256 {reading.sha256[:16]}… · rules {escape(reading.versions["rules"])}, lexicon {escape(reading.versions["lexicon"])}, {escape(reading.versions["tokenizer"])}</p>'  # noqa: E501
    )


def page(readings: Sequence[Reading]) -> str:
    """One HTML page for some readings."""
    language = readings[0].language if readings else "en"
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" checked> {_word(name)}</label>'
        for name in ("names", "dates", "events", "claims")
    )
    key = "".join(
        f'<span class="key {css}">{_word(word)}</span>'
        for css, word in (
            ("s-state", "state"),
            ("s-person", "person"),
            ("s-organisation", "organisation"),
            ("s-place", "place"),
            ("s-weapon", "weapon"),
        )
    )
    documents = "".join(_document(r) for r in readings)
    css, script = (_HERE / "reader.css").read_text(encoding="utf-8"), (_HERE / "reader.js").read_text(encoding="utf-8")
    title = _safe(", ".join(r.name for r in readings)[:120])
    bar = f'<div class="bar"><div>{boxes}<span>{key}</span><button type="button">日本語 / English</button></div></div>'
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'  # noqa: E501
        f"<title>{title}</title><style>{css}</style></head>"
        f'<body class="{language}">{bar}<main>{documents}</main><div class="tip"></div><script>{script}</script></body></html>\n'  # noqa: E501
    )


__all__ = ["page"]
