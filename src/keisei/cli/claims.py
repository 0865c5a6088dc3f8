"""``keisei claims``, ``voices`` and ``explore sensitivity``: what documents say, tried on the model of a case."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from keisei.cases.load import Case as LoadedCase
    from keisei.explore.claims_page import ClaimRow
    from keisei.explore.experiments import DrawSets, Trial
    from keisei.explore.voices import Entry, Voice

Case = Annotated[str, typer.Option("--case", help="a bundled case, or a folder")]
Json = Annotated[bool, typer.Option("--json", help="one JSON document on standard output")]
Members = Annotated[int, typer.Option(min=1, help="members of each pair of worlds")]
Draws = Annotated[int, typer.Option(min=1, help="parameter draws, of the prior and of the calibrated ones each")]
Particles = Annotated[int, typer.Option(min=2, help="state particles a draw, a power of two")]
Seed = Annotated[int, typer.Option(help="seed of all noise")]
Origin = Annotated[str | None, typer.Option(help="last month known, YYYY-MM; default the latest calibrated vintage")]


def claims(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="claims; default all")] = None,
    case: Case = "northeast_asia",
    origin: Origin = None,
    members: Members = 1024,
    draws: Draws = 64,
    particles: Particles = 64,
    seed: Seed = 1,
    write: Annotated[Path | None, typer.Option(help="write the page as Markdown to a file")] = None,
    as_json: Json = False,
) -> None:
    """The claims of the documents as experiments: P(claim) before and after the evidence, effect, verdict."""
    loaded, rows, about, trial, last = _tried(case, ids or [], origin, members, draws, particles, seed, write)
    from keisei.explore.claims_page import as_json as plain
    from keisei.explore.claims_page import markdown

    if write is not None:
        write.write_text(markdown(rows, about), encoding="utf-8")
        print(f"wrote {write}", file=sys.stderr)
    if as_json:
        head = _head(loaded, trial, last, members, particles, seed)
        print(json.dumps({**head, "claims": plain(rows)}, ensure_ascii=False))
        return
    _print_claims(rows, about)


def sensitivity(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="id of a claim")],
    case: Case = "northeast_asia",
    origin: Origin = None,
    members: Members = 1024,
    draws: Draws = 128,
    particles: Particles = 64,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """What a verdict hangs on: the three parameters that move it most, and whether a rival structure flips it."""
    from keisei.explore.claims_page import as_json as plain

    loaded, rows, about, trial, last = _tried(case, [claim], origin, members, draws, particles, seed, None)
    if as_json:
        found = plain(rows)[0]
        wanted = (
            "id",
            "claim",
            "verdict",
            "p_prior",
            "p_posterior",
            "estimate",
            "q05",
            "q95",
            "hinges",
            "forks",
            "options",
        )
        head = _head(loaded, trial, last, members, particles, seed)
        print(json.dumps({**head, **{k: found[k] for k in wanted}}, ensure_ascii=False))
        return
    row = rows[0]
    print(f"{row.id}: {row.claim}\n{row.verdict}: {row.why}\n{about}")
    for h in row.hinges:
        note = "" if h.stands_out else f"  (not distinguishable; chance reaches {h.chance:.2f})"
        print(f"  {h.parameter:<28} Sobol index {h.index:.2f} ± {h.half:.2f}  ranks {h.correlation:+.2f}{note}")
    for f in row.forks:
        flag = "  FLIPS" if f.flips else ""
        print(f"  {f.switch} = {f.option:g}: P {f.p_prior:.0%} → {f.p_posterior:.0%}, {f.verdict}{flag}")
    for o in row.options:
        print(
            f"  {o.switch} = {o.option:g}: {o.share:.0%} of the calibrated draws, {o.evidence_share:.0%} by likelihood "
            f"({o.effective:.1f} effective prior draws)"
        )


def _writable(write: Path | None) -> None:
    from keisei.errors import InputError

    if write is not None and not write.parent.is_dir():
        raise InputError(f"the folder {write.parent} does not exist", mend="create it, or choose another --write")


def _tried(
    case: str, ids: Sequence[str], origin: str | None, members: int, draws: int, particles: int, seed: int,
    write: Path | None,
) -> tuple[LoadedCase, list[ClaimRow], str, Trial, int]:  # fmt: skip
    from keisei import months
    from keisei.cases import load_case
    from keisei.cli.bounds import origin_within
    from keisei.cli.progress import Bar
    from keisei.ensemble.backend import cache_dir
    from keisei.explore.claims import chosen, load_claims
    from keisei.explore.claims_page import claim_rows
    from keisei.explore.experiments import try_claims

    _writable(write)
    loaded = load_case(case)
    asked = origin_within(loaded, origin)
    path = loaded.folder / "claims.yaml"
    every = load_claims(path) if path.is_file() else ()
    wanted = chosen(every, ids)
    sets, wide, vintage = draw_sets(loaded, draws, seed, asked)
    last = asked if asked is not None else vintage if vintage is not None else loaded.origin
    bars: list[Bar] = []

    def stage(label: str) -> Bar:
        while bars:
            bars.pop().close()
        bars.append(Bar(label))
        return bars[0]

    trial = try_claims(
        loaded, wanted, sets, origin=last, wide=wide, every=every, members=members, particles=particles, seed=seed,
        progress=stage, checkpoint=cache_dir() / "runs",
    )  # fmt: skip
    while bars:
        bars.pop().close()
    rows = claim_rows(trial, loaded.parameters, switch_logliks(loaded, trial))
    known = "no calibrated draws" if vintage is None else f"calibrated draws of {months.show(vintage)}"
    noop = "" if trial.noop is None else f"; largest difference of worlds between which nothing was set {trial.noop:g}"
    about = (
        f"Origin {months.show(last)} unless a claim has its own, {len(sets.prior)} prior and {len(sets.calibrated)} "
        f"calibrated draws ({known}), {particles} particles each, {members} members, seed {seed}{noop}."
    )
    return loaded, rows, about, trial, last


def draw_sets(
    case: LoadedCase, draws: int, seed: int, origin: int | None = None
) -> tuple[DrawSets, DrawSets, int | None]:
    """Draws to run, all draws there are (for claims on parameters), and the vintage, which is not after the origin."""
    import numpy as np

    from keisei.cases.vintages import draws_for, vintages
    from keisei.explore.experiments import DrawSets

    last = case.origin if origin is None else origin
    usable = [m for m in vintages(case) if m <= last]
    prior, many = case.parameters.draw(draws, seed), case.parameters.draw(4096, seed)
    if not usable:
        none = np.zeros((0, prior.shape[1]))
        return DrawSets(prior, none, None), DrawSets(many, none, None), None
    with np.load(vintages(case)[max(usable)]) as file:
        stored = len(file["draws"])
    every = draws_for(case, last, stored, seed).values
    return DrawSets(prior, every[:draws], max(usable)), DrawSets(many, every, max(usable)), max(usable)


def switch_logliks(case: LoadedCase, trial: Trial) -> dict[str, Any]:
    """For each switch the log-likelihoods of the prior draws: of its calibration block's rows where it has a block."""
    from keisei.cases.vintages import blocks_of
    from keisei.ensemble.calibration import block_loglik

    if not trial.analyses:
        return {}
    analysis = trial.analyses[max(trial.analyses)]
    n = len(trial.draws.prior)
    blocks = {name: block for block in blocks_of(case) for name in block.parameters}
    return {
        p.id: (block_loglik(analysis, blocks[p.id]) if p.id in blocks else analysis.loglik.sum(axis=1))[:n]
        for p in case.parameters.items
        if p.family == "among"
    }


def _made() -> dict[str, Any]:
    """When and by which code a document was made: the report that shows it says so."""
    from datetime import date

    from keisei.forecast.ledger import code_version

    return {"made": date.today().isoformat(), "version": code_version()}


def _head(
    case: LoadedCase, trial: Trial, origin: int, members: int, particles: int, seed: int
) -> dict[str, Any]:  # fmt: skip
    """How a trial was run, and with which draws, so that a report notices when the case ships others."""
    from keisei import months
    from keisei.cases.vintages import draw_hashes

    sets = trial.draws
    vintage = None if sets.vintage is None else months.show(sets.vintage)
    return {
        **_made(), "origin": months.show(origin), "members": members, "particles": particles, "seed": seed,
        "draws_prior": len(sets.prior), "draws_calibrated": len(sets.calibrated),
        "vintage": vintage, "draw_hashes": draw_hashes(case, [vintage]), "noop_difference": trial.noop,
    }  # fmt: skip


def _print_claims(rows: Sequence[ClaimRow], about: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="what the documents claim, and what the model makes of it", caption=about)
    for head in ("id", "claim", "effect", "90 %", "P before → after", "odds ×", "verdict"):
        table.add_column(head)
    for r in rows:
        if r.estimate is None or r.p_prior is None or r.p_posterior is None:
            table.add_row(r.id, r.claim, "–", "–", "–", "–", r.verdict)
            continue
        table.add_row(
            r.id, r.claim, f"{r.estimate:.3g} {r.unit}", f"{r.q05:.3g} … {r.q95:.3g}",
            f"{r.p_prior:.0%} → {r.p_posterior:.0%}", f"{r.factor:.2g}", r.verdict,
        )  # fmt: skip
    Console().print(table)


def voices(
    case: Case = "northeast_asia",
    members: Annotated[int, typer.Option(min=1, help="members of each forecast")] = 512,
    draws: Draws = 64,
    particles: Particles = 64,
    seed: Seed = 1,
    model: Annotated[bool, typer.Option("--model/--no-model", help="run the model beside the voices")] = True,
    write: Annotated[Path | None, typer.Option(help="write the page as Markdown to a file")] = None,
    as_json: Json = False,
) -> None:
    """The scoreboard of voices: forecasts in the documents in numbers, the model beside them, scores once decided."""
    from dataclasses import asdict

    from keisei import months
    from keisei.cases import load_case
    from keisei.explore.voices import Forecasts, load_voices, load_wordings

    _writable(write)
    loaded = load_case(case)
    path = loaded.folder / "voices.yaml"
    terms = load_wordings()
    found = load_voices(path, terms) if path.is_file() else Forecasts()
    entries = _scoreboard(loaded, found.voices, members, draws, particles, seed, model)
    if write is not None:
        from keisei.explore.voices_page import markdown

        run = f"{members} members, {draws} draws, {particles} particles each, seed {seed}."
        text = markdown(entries, found.unasked, terms.values(), run if model else "The model was not run.")
        write.write_text(text, encoding="utf-8")
        print(f"wrote {write}", file=sys.stderr)
    if as_json:
        rows = [
            {
                **asdict(e), "apart": e.apart,
                "voice": {**asdict(e.voice), "asked": months.show(e.voice.asked)},
            }
            for e in entries
        ]  # fmt: skip
        from keisei.cases.vintages import draw_hashes

        head = _made() | {"draw_hashes": draw_hashes(loaded, [e.vintage for e in entries])}
        head |= {"members": members, "draws": draws, "particles": particles, "seed": seed} if model else {}
        wordings = [asdict(t) for t in terms.values()]
        unasked = [asdict(u) for u in found.unasked]
        print(json.dumps({**head, "wordings": wordings, "voices": rows, "unasked": unasked}, ensure_ascii=False))
        return
    _print_voices(entries)
    print(f"{len(found.unasked)} forecasts more are not asked; --json gives the reasons")


def _scoreboard(
    case: LoadedCase, found: Sequence[Voice], members: int, draws: int, particles: int, seed: int, model: bool
) -> list[Entry]:
    """One forecast for each month in which voices spoke; nothing later is used."""
    from keisei import months
    from keisei.cases.observed import observations
    from keisei.cases.outlook import answers, make_outlook
    from keisei.cli.progress import Bar
    from keisei.ensemble.backend import cache_dir
    from keisei.explore.voices import entry
    from keisei.forecast import expressions as ex

    happened = observations(case, case.origin)
    levels = {str(happened[v].attrs["record"]) for v in happened.data_vars if happened[v].attrs["kind"] == "level"}
    # a level measured with error decides nothing by itself: a person rules on it; a ruling stands wherever it is given
    decided = {
        v.id: ex.resolve(v.tree, happened)
        if v.outcome is None and not {r.name for r in ex.names(v.tree)} & levels
        else None
        for v in found
    }
    given: dict[str, dict[str, Any]] = {v.id: {} for v in found}
    for asked in sorted({v.asked for v in found}) if model else ():
        here = [v for v in found if v.asked == asked]
        bar = Bar(f"voices of {months.show(asked)}")
        # every record of every voice, so that all months share their executables
        names = {r.name for v in found for r in ex.names(v.tree)}
        outlook = make_outlook(
            case, asked, until=max(ex.span(v.tree)[1] for v in here), members=members, draws=draws,
            particles=particles, seed=seed, records=names, progress=bar, checkpoint=cache_dir() / "runs",
        )  # fmt: skip
        bar.close()
        vintage = outlook.analysis.vintage
        for voice, found_answer in zip(here, answers(outlook, [v.expression for v in here]), strict=True):
            given[voice.id] = {
                "probability": found_answer.probability.value, "mc_error": found_answer.probability.mc_error,
                "low": found_answer.probability.low, "high": found_answer.probability.high,
                "effective_draws": outlook.analysis.effective_draws,
                "vintage": "prior" if vintage is None else months.show(vintage),
            }  # fmt: skip
    return [entry(v, decided[v.id], **given[v.id]) for v in found]


def _print_voices(entries: Sequence[Entry]) -> None:
    from rich.console import Console
    from rich.table import Table

    from keisei.explore.voices import side_by_side

    table = Table(title="voices and the model", caption="wordings in numbers: Intelligence Community Directive 203")
    for head in ("about", "voice", "said", "range", "model then", "happened", "Brier voice", "Brier model"):
        table.add_column(head)
    for about, group in side_by_side(entries).items():
        for e in group:
            v = e.voice
            table.add_row(
                about, f"{v.speaker} ({v.document})", f"{v.says_en} [{v.wording}]",
                f"{v.term.low:.0%}–{v.term.high:.0%}",
                "–" if e.probability is None else f"{e.probability:.1%} ± {e.mc_error:.1%} ({e.apart})",
                "open" if e.happened is None else "yes" if e.happened else "no",
                "–" if e.brier is None else f"{e.brier:.2f} ({e.brier_low:.2f}–{e.brier_high:.2f})",
                "–" if e.brier_model is None else f"{e.brier_model:.2f}",
            )  # fmt: skip
            about = ""
    Console().print(table)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(claims)
    app.command()(voices)
    explore = typer.Typer(help="What a result hangs on.", no_args_is_help=True)
    explore.command()(sensitivity)
    explore.callback()(lambda: None)
    app.add_typer(explore, name="explore")
