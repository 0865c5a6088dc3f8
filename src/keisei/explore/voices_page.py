"""The scoreboard of voices as a Markdown page: questions with the model beside them, wordings, what is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keisei import months
from keisei.explore.voices import Entry, Term, Unasked, side_by_side


def _percent(x: float | None) -> str:
    return "–" if x is None else f"{x:.0%}"


def _brier(entry: Entry) -> str:
    if entry.brier is None:
        return "–"
    model = "–" if entry.brier_model is None else f"{entry.brier_model:.2f}"
    return f"{entry.brier:.2f} ({entry.brier_low:.2f}–{entry.brier_high:.2f}); {model}"


def _outcome(entry: Entry) -> str:
    return "open" if entry.happened is None else f"{'yes' if entry.happened else 'no'} ({entry.by})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def markdown(entries: Sequence[Entry], unasked: Sequence[Unasked], terms: Iterable[Term], about: str) -> str:
    """The page: one table of voices by what they are about, one of what is not asked, and the wordings.

    Args:
        about: how the model was run, one sentence.
    """
    decided = [e for e in entries if e.brier is not None]
    lines = [
        "# What the documents forecast",
        "",
        "Made by `keisei voices --write docs/voices.md`; do not edit. Each forecast of the documents is a question "
        "with months and a rule; its wording is read as a range (the last table), and the model's probability is what "
        "it said in the month of the forecast, with nothing later. Voices on one thing stand together.",
        "",
        about,
        "",
        f"{len(entries)} forecasts are asked, {len(decided)} of them decided; {len(unasked)} are not asked. Brier: the "
        "voice at the middle of its range (best–worst within it); the model.",
        "",
        "| about | voice | says | wording | range | question | model | happened | Brier |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for topic, group in side_by_side(entries).items():
        for e in group:
            v = e.voice
            said = f"{v.speaker} ({v.document}, {months.show(v.asked)})"
            model = "–" if e.probability is None else f"{_percent(e.probability)} ({e.apart})"
            lines.append(
                f"| {topic} | {said} | {_cell(v.says_en)} | {v.wording} | {v.term.low:.0%}–{v.term.high:.0%} | "
                f"`{_cell(v.expression)}` | {model} | {_outcome(e)} | {_brier(e)} |"
            )
    lines += ["", "## How each is decided", ""]
    lines += [f"- `{e.voice.id}`: {e.voice.resolution}" for e in entries]
    lines += ["", "## Not asked", "", "| voice | says | wording | why not |", "| --- | --- | --- | --- |"]
    for u in unasked:
        lines.append(f"| {u.speaker} ({u.document}) | {_cell(u.says_en)} | {u.wording or '–'} | {u.unasked} |")
    lines += ["", "## Wordings in numbers", ""]
    lines += ["| term | range | Japanese wordings | why |", "| --- | --- | --- | --- |"]
    lines += [f"| {t.id} | {t.low:.0%}–{t.high:.0%} | {'、'.join(t.ja)} | {_cell(t.why)} |" for t in terms]
    return "\n".join(lines) + "\n"
