"""A case's model described in ODD form, from its code and its files (``keisei case describe``).

ODD: overview, design concepts, details (Grimm et al. 2020, JASSS 23(2):7). What code and data cannot say stands in the
case's ``description.yaml``; everything else is read from the laws' docstrings, the traced table, the YAML files and the
draws, so that the page is true as long as it is generated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from keisei import months
from keisei.cases.anatomy import Law, laws_of, model_doc, reading
from keisei.cases.load import Case
from keisei.cases.picture import reads_picture
from keisei.cases.systems import read_ablations, size
from keisei.cases.vintages import blocks_of, vintages
from keisei.errors import InputError
from keisei.evidence.tables import load_yaml
from keisei.model import Parameter

PICTURE = "model-reads.svg"


class Words(BaseModel):
    """``description.yaml``."""

    model_config = ConfigDict(extra="forbid")
    purpose: str
    patterns: list[str]
    concepts: dict[str, str]


@dataclass(frozen=True)
class Description:
    """The page and its picture."""

    page: str
    picture: str


def read_words(path: Path) -> Words:
    """Read ``description.yaml``.

    Raises:
        InputError: it is absent or lacks a key.
    """
    if not path.exists():
        raise InputError("the file is absent", file=path, mend="write purpose, patterns and concepts in it")
    try:
        return Words.model_validate(load_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(x) for x in first["loc"])
        raise InputError(f"{place}: {first['msg']}", file=path, mend="give purpose, patterns and concepts") from None


def describe(case: Case) -> Description:
    """The case's model in ODD form, and the picture of what reads what."""
    words, laws = read_words(case.folder / "description.yaml"), laws_of(case)
    parts = [
        _overview(case, words, laws), _schedule(case, laws), _concepts(words), _start(laws), _input(case),
        _submodels(case, laws), _sources(case),
    ]  # fmt: skip
    return Description("\n".join(line for part in parts for line in part) + "\n", reads_picture(case.model.reads, laws))


def _table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> list[str]:
    heads = list(heads)
    body = ["| " + " | ".join(str(c).replace("|", "\\|") for c in row) + " |" for row in rows]
    return ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads), *body, ""]


def _first(text: str) -> str:
    return text.splitlines()[0] if text else ""


def _overview(case: Case, words: Words, laws: tuple[Law, ...]) -> list[str]:
    about, table = case.about, case.model.table
    actors, background = about.get("actors", ()), about.get("background", ())
    kinds = Counter(s.kind for s in table.sites)
    sizes = [
        ("laws", len(laws)), ("stocks", len(case.model.stocks)),
        ("sites", f"{len(table.sites)} ({', '.join(f'{n} {k}' for k, n in sorted(kinds.items()))})"),
        ("records", len(table.records)), ("parameters", len(case.parameters.items)),
        ("questions", len(case.questions)),
    ]  # fmt: skip
    return [
        f"# The {about['name_en']} model", "",
        "Written by `keisei case describe` from code and data, in ODD form (Grimm et al. 2020); edit those, not this",
        "page.", "", "## 1. Purpose and patterns", "", words.purpose.strip(), "",
        "Patterns by which it is judged (how far it meets them: docs/climate.md):", "",
        *(f"- {p}" for p in words.patterns),
        "", "## 2. Entities, state variables, scales", "",
        f"Actors: {', '.join(actors)}; in the background {', '.join(background)}. One step is a",
        f"month, {months.show(case.model.start)} to {months.show(case.model.end)}. Space is not modelled: states are",
        "points.",
        "",
        *_table(("what", "how many"), sizes),
        "Stocks, sites and records are listed with their law in section 7. A *stock* is carried from month to month. A",
        "*site* is a named place at which something is drawn, decided, observed or set. A *record* is what questions",
        "ask.", "",
    ]  # fmt: skip


def _schedule(case: Case, laws: tuple[Law, ...]) -> list[str]:
    counts = reading(case, laws)
    names = [law.name for law in laws]
    rows = [[f"**{r}**", *(counts.get((r, c), 0) or "·" for c in names)] for r in names]
    return [
        "## 3. Process overview and scheduling", "", model_doc(case), "",
        "In each month the laws act in this order; a law sees what those before it did in this month, and last month's "
        "stocks of all:", "",
        *(f"{i}. **{law.name}** — {law.title}. {_first(law.steps)}" for i, law in enumerate(laws, 1)),
        "", f"![Which site reads which stock](figures/{PICTURE})", "",
        "How many direct dependencies stand between two laws (row reads column; through stocks of last month and sites",
        "of this one), as traced from the code:", "", *_table(("reads", *names), rows),
    ]  # fmt: skip


def _concepts(words: Words) -> list[str]:
    out = ["## 4. Design concepts", ""]
    for name, text in words.concepts.items():
        out += [f"**{name}.** {text.strip()}", ""]
    return out


def _start(laws: tuple[Law, ...]) -> list[str]:
    drawn = [s.target for law in laws for s in law.sites if s.initial]
    lines = ["## 5. Initialisation", "", f"Drawn before the first month: {', '.join(f'`{d}`' for d in drawn)}.", ""]
    return [*lines, *(f"- {law.name}: {_first(law.start)}" for law in laws if law.start), ""]


def _input(case: Case) -> list[str]:
    evidence = case.evidence
    checked = Counter(f.checked for f in evidence.facts)
    by_site: dict[str, list[Any]] = {}
    for fact in evidence.facts:
        by_site.setdefault(fact.site, []).append(fact)
    facts = [
        (f"`{site}`", len(found), min(f.span.first for f in found), max(f.span.last for f in found),
         len({s for f in found for s in f.sources}))
        for site, found in sorted(by_site.items())
    ]  # fmt: skip
    by_series: dict[str, list[Any]] = {}
    for m in evidence.measurements:
        by_series.setdefault(m.series, []).append(m)
    series = [
        (f"`{name}`", len(found), len({m.index for m in found}), ", ".join(sorted({m.maker for m in found})),
         ", ".join(sorted({s for m in found for s in m.sources})))
        for name, found in sorted(by_series.items())
    ]  # fmt: skip
    return [
        "## 6. Input data", "",
        f"{len(evidence.facts)} facts ({', '.join(f'{n} {k}' for k, n in sorted(checked.items()))}), "
        f"{len(evidence.measurements)} measurements, {len(evidence.sources)} sources. Exogenous history, set in every "
        "month: " + ", ".join(f"`{s}`" for s in case.about.get("history", ())) + ".", "",
        *_table(("facts at", "n", "from", "until", "sources"), facts),
        *_table(("series", "n", "indices", "maker", "sources"), series),
    ]  # fmt: skip


def prior_text(p: Parameter) -> str:
    """A prior as it is written in parameters.yaml."""
    if p.family == "among":
        return f"among({', '.join(f'{x:g}' for x in p.options)})"
    return f"{p.family}({p.a:g})" if p.family in ("fixed", "halfnormal") else f"{p.family}({p.a:g}, {p.b:g})"


def _posteriors(case: Case) -> tuple[str, dict[str, str]]:
    """The latest vintage and, by parameter, mean ± sd of its draws (for a switch the share of each option)."""
    found = vintages(case)
    if not found:
        return "", {}
    vintage = max(found)
    with np.load(found[vintage]) as file:
        names, draws = [str(x) for x in file["names"]], file["draws"].astype(float)
    out = {}
    for i, name in enumerate(names):
        if name not in case.parameters.names:
            continue
        p, x = case.parameters[name], draws[:, i]
        if p.family == "among":
            out[name] = ", ".join(f"{o:g}: {100 * np.isclose(x, o).mean():.0f} %" for o in p.options)
        else:
            out[name] = f"{x.mean():.3g} ± {x.std(ddof=1):.2g}"
    return months.show(vintage), out


def _submodels(case: Case, laws: tuple[Law, ...]) -> list[str]:
    vintage, posterior = _posteriors(case)
    tried = read_ablations(case.folder / "ablations.csv")
    weighed = {name for block in blocks_of(case) for name in block.parameters}
    out = [
        "## 7. Submodels", "",
        f"Posterior: mean ± standard deviation of the draws of vintage {vintage or '(none: prior only)'}. A parameter",
        "marked ° is in no calibration block: no row of evidence weighs it, and it keeps its prior.", "",
        "Ablations hold a mechanism constant (benchmarks/ablations.py): change of the held-out log score of its rows",
        "(negative: foretold worse without it) and shift of an unobserved record's mean. Where neither is beyond two",
        "standard errors, or the score gets better, the mechanism is **unproven**.", "",
    ]  # fmt: skip
    for law in laws:
        out += [f"### {law.name}", "", "```text", *law.doc.splitlines(), "```", ""]
        marks = [
            (a.mechanism, a.replaced_by, size(a), "**unproven**" if a.unproven else "", a.settings)
            for a in tried
            if a.law == law.name
        ]
        out += _table(("mechanism", "replaced by", "what changed", "", "run"), marks) if marks else []
        out += _table(("stock", "unit"), [(f"`{n}`", u) for n, u in law.stocks])
        sites = []
        for s in law.sites:
            reads = case.model.reads.get(s.target, ())
            stocks = [r.removeprefix("state:") for r in reads if r.startswith("state:")]
            others = [r for r in reads if not r.startswith(("state:", "param:")) and r != "month"]
            what = ", ".join(s.options) or s.unit
            sites.append((f"`{s.target}`", s.kind, what, ", ".join(stocks) or "—", ", ".join(others) or "—"))
        out += _table(("site", "kind", "options or unit", "reads stocks", "reads sites"), sites)
        out += _table(("record", "kind", "unit"), [(f"`{r.variable}`", r.kind, r.unit) for r in law.records])
        rows = []
        for name in law.parameters:
            p = case.parameters[name]
            mark = "" if name in weighed or p.family == "fixed" else " °"
            rows.append(
                (f"`{name}`{mark}", p.meaning, p.unit, prior_text(p), posterior.get(name, "—"), ", ".join(p.sources))
            )
        out += _table(("parameter", "meaning", "unit", "prior", "posterior", "sources"), rows)
    return out


def _sources(case: Case) -> list[str]:
    named = sorted({s for p in case.parameters.items for s in p.sources if s in case.evidence.sources})
    out = ["## Sources of parameters", "", "`estimate` is our own estimate; its prior is its range.", ""]
    for name in named:
        source = case.evidence.sources[name]
        parts = ["; ".join(source.author), source.title, source.publisher, source.date, source.url]
        out.append(f"- `{name}`: {'. '.join(str(x) for x in parts if x)}")
    return [*out, "", "Sources of facts and series: `keisei evidence list`."]
