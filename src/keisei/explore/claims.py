"""Claims of documents, declared as data: what is said, and the experiment that tries it.

``claims.yaml`` is a list of mappings. Nothing in a model refers to a claim; a claim refers to sites, records and
parameters of a model.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from keisei import months
from keisei.errors import InputError
from keisei.evidence.tables import Item, complaint, read_yaml
from keisei.explore.quantities import Quantity, parse_quantity, with_origin
from keisei.model.definition import Model
from keisei.model.rows import layout, near
from keisei.score import Row, parse_setting, settings_rows

Experiment = Literal["twin", "necessity", "level", "probability", "parameter", "cannot"]
STRENGTHS = ("certain", "likely", "possible", "unlikely")
KEYS = (
    "id", "claim_en", "claim_ja", "documents", "against", "places", "says", "strength", "experiment", "setup", "origin",
    "base", "changed", "parameters", "quantity", "minus", "scale", "unit", "comparison", "reference", "smallest",
    "reason", "limits", "says_ja", "setup_ja", "reason_ja", "limits_ja",
)  # fmt: skip
_LISTS = ("documents", "against", "places", "base", "changed", "parameters")
_REQUIRED = ("id", "claim_en", "claim_ja", "documents", "says", "strength", "experiment")
_TRIED = ("setup", "quantity", "unit", "comparison", "smallest")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
_PLACE = re.compile(r"(?P<document>[\w.-]+):(?P<start>\d{1,7})-(?P<end>\d{1,7})")
_SOME_ORIGIN = months.parse("2020-01")


@dataclass(frozen=True)
class Place:
    """Where a quote stands: a document and its characters ``start`` to ``end`` (0-based code points)."""

    document: str
    start: int
    end: int


@dataclass(frozen=True)
class Claim:
    """A claim and its experiment.

    Attributes:
        id: short name. claim_en, claim_ja: the claim in our own words. says: what the documents say of it.
        strength: how strongly they say it. documents, against: ids of those that say it, and that say otherwise.
        places: where the quotes stand.
        experiment: ``twin`` (two worlds, one thing changed: effect = changed − base), ``necessity`` (of the worlds in
            which it happened, the share in which it would not have happened), ``level`` (one world: a quantity, or
            the difference of two), ``probability`` (one world), ``parameter``, ``cannot``.
        setup: the experiment in words. origin: last month known, where it is not that of the run.
        base, changed: settings of both worlds, and of the changed one alone.
        parameters: ``NAME=NUMBER`` of the changed world from the origin on, where what is to change is no site.
        quantity, minus: texts of `quantities`; the second is taken from the first.
        scale: what the quantity is divided by. unit: of the effect.
        comparison, reference, smallest: the claim holds where ±(effect − reference) > smallest, plus for ``>``.
        reason: why it cannot be answered and what that would need. limits: what the answer leaves out.
        says_ja, setup_ja, reason_ja, limits_ja: the same in Japanese, where it is at hand.
    """

    id: str
    claim_en: str
    claim_ja: str
    documents: tuple[str, ...]
    says: str
    strength: str
    experiment: Experiment
    against: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    setup: str = ""
    origin: int | None = None
    base: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    quantity: str = ""
    minus: str = ""
    scale: float = 1.0
    unit: str = ""
    comparison: Literal[">", "<"] = ">"
    reference: float = 0.0
    smallest: float = 0.0
    reason: str = ""
    limits: str = ""
    says_ja: str = ""
    setup_ja: str = ""
    reason_ja: str = ""
    limits_ja: str = ""

    @property
    def sign(self) -> float:
        """+1 where the claim is that the effect is large, −1 where it is that it is small."""
        return 1.0 if self.comparison == ">" else -1.0

    def quantities(self, origin: int) -> tuple[Quantity, Quantity | None]:
        """What is measured, and what is taken from it."""
        minus = parse_quantity(self.minus, origin) if self.minus else None
        return parse_quantity(self.quantity, origin), minus

    def rows(self, origin: int, end: int) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """Score rows of (both worlds, the changed world) up to a month."""

        def of(settings: tuple[str, ...]) -> tuple[Row, ...]:
            return settings_rows([parse_setting(with_origin(s, origin)) for s in settings], end)

        return of(self.base), of(self.changed)

    def numbers(self) -> dict[str, float]:
        """Parameters of the changed world."""
        found = {}
        for text in self.parameters:
            name, _, number = text.partition("=")
            try:
                found[name.strip()] = float(number)
            except ValueError:
                number = "nan"
            if not math.isfinite(float(number)):
                raise InputError(f"parameters: '{text}' is not NAME=NUMBER", mend="write for example rate=0.5")
        return found

    def until(self, origin: int) -> int:
        """The last month that the quantity reads."""
        return max(q.span[1] for q in self.quantities(origin) if q is not None)


def _number(item: Item, key: str, default: float) -> float:
    text = item.cells.get(key)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"{key}: '{text}' is not a number", mend="write a finite number")
    return value


def parse_place(text: str) -> Place:
    """Read ``DOCUMENT:START-END``."""
    match = _PLACE.fullmatch(text)
    if not match or int(match["start"]) >= int(match["end"]):
        raise InputError(f"places: '{text}' is not a place", mend="write DOCUMENT:START-END, start before end")
    return Place(match["document"], int(match["start"]), int(match["end"]))


def _claim(item: Item) -> Claim:
    cells = {k: v for k, v in item.cells.items() if v is not None}
    for key in _LISTS:
        if isinstance(cells.get(key), str):
            raise InputError(f"{key}: it is not a list", mend="write [A, B]")
        cells[key] = tuple(cells.get(key, ()))
    for key, value in cells.items():
        if key not in _LISTS and not isinstance(value, str):
            raise InputError(f"{key}: it is a list", mend="write one text")
    experiment = cells.get("experiment", "")
    needed = _REQUIRED + (("reason",) if experiment == "cannot" else _TRIED)
    for key in needed:
        if not cells.get(key):
            raise InputError(f"{key}: it is missing", mend="add it")
    if not _ID.fullmatch(cells["id"]):
        raise InputError(f"id: '{cells['id']}' is not an id", mend="use letters and digits, joined by single hyphens")
    if experiment not in get_args(Experiment):
        raise InputError(f"experiment: '{experiment}' is none", mend=f"use {', '.join(get_args(Experiment))}")
    if cells["strength"] not in STRENGTHS:
        raise InputError(f"strength: '{cells['strength']}' is none", mend=f"use {', '.join(STRENGTHS)}")
    if cells.get("comparison", ">") not in (">", "<"):
        raise InputError(f"comparison: '{cells['comparison']}' is none", mend="write '>' or '<', in quotes")
    smallest, scale = _number(item, "smallest", 0.0), _number(item, "scale", 1.0)
    if smallest < 0 or scale <= 0:
        raise InputError("smallest, scale: a size cannot be negative, a scale must be above 0", mend="correct it")
    made = Claim(
        **(
            {k: v for k, v in cells.items() if k not in ("places", "origin", "scale", "reference", "smallest")}
            | {"places": tuple(parse_place(p) for p in cells["places"]), "scale": scale, "smallest": smallest}
            | {"origin": months.parse(cells["origin"]) if "origin" in cells else None}
            | {"reference": _number(item, "reference", 0.0)}
        )
    )
    if experiment != "cannot":
        _check_form(made)
    return made


def _check_form(claim: Claim) -> None:
    origin = claim.origin if claim.origin is not None else _SOME_ORIGIN
    for key in ("quantity", "minus", "base", "changed"):
        value = getattr(claim, key)
        try:
            if isinstance(value, str):
                parse_quantity(value or "value(none) within origin", origin)
            else:
                [parse_setting(with_origin(s, origin)) for s in value]
        except InputError as error:
            raise InputError(f"{key}: {error.message}", mend=error.mend) from None
    first, second = claim.quantities(origin)
    paired = claim.experiment in ("twin", "necessity")
    if claim.numbers() and claim.changed:
        raise InputError("parameters: a twin changes sites or parameters, not both", mend="keep one")
    if paired != bool(claim.changed or claim.parameters):
        raise InputError(
            "changed: a twin or necessity changes something, other experiments change nothing", mend="correct it"
        )
    if (claim.experiment == "parameter") != (first.kind == "parameter"):
        raise InputError("quantity: only the experiment 'parameter' reads a parameter", mend="change one of the two")
    if claim.experiment == "probability" and first.kind != "probability":
        raise InputError("quantity: the experiment 'probability' reads probability(…)", mend="change one of the two")
    if second is not None and "parameter" in (first.kind, second.kind) and first.kind != second.kind:
        raise InputError("minus: a parameter and a record cannot be subtracted", mend="use two of a kind")


def load_claims(path: Path) -> tuple[Claim, ...]:
    """The claims of a YAML file, in its order.

    Raises:
        InputError: the file cannot be read or a claim is wrong; with file and line.
    """
    found: dict[str, Claim] = {}
    for item in read_yaml(path, KEYS):
        try:
            claim = _claim(item)
        except InputError as error:
            line = item.lines.get(error.message.partition(":")[0].partition(",")[0], item.line)
            name = item.cells.get("id") or "?"
            raise complaint(f"claim '{name}': {error.message}", file=path, line=line, mend=error.mend) from None
        if claim.id in found:
            raise complaint(f"the id '{claim.id}' stands twice", file=path, line=item.lines["id"], mend="rename one")
        found[claim.id] = claim
    return tuple(found.values())


def check_claims(claims: Iterable[Claim], model: Model, origin: int) -> tuple[InputError, ...]:
    """What claims ask of a model that it does not have: sites, options, records, parameters, months."""
    wrong = []
    for claim in claims:
        if claim.experiment == "cannot":
            continue
        last = claim.origin if claim.origin is not None else origin
        try:
            for quantity in claim.quantities(last):
                if quantity is not None:
                    quantity.check(model.table, model.parameters)
            if claim.experiment == "parameter":
                continue
            reads = [q.span for q in claim.quantities(last) if q is not None]
            if min(first for first, _ in reads) < model.start or claim.until(last) > model.end:
                shown = f"{months.show(model.start)}..{months.show(model.end)}"
                raise InputError("it reads months outside the model's", mend=f"stay within {shown}")
            for name in claim.numbers():
                if name not in model.parameters.names:
                    raise InputError(f"'{name}' is not a parameter", mend=near(model.parameters.names, name))
            if claim.parameters and min(first for first, _ in reads) <= last:
                raise InputError("parameters change after the origin only", mend="start the window at origin+1")
            both, changed = claim.rows(last, claim.until(last))
            if any(row.month <= last for row in both):
                raise InputError("base: rows of both worlds lie at or before the origin", mend="start at origin+1")
            layout(model.table, (*both, *changed), model.start, model.end)
        except InputError as error:
            wrong.append(InputError(f"claim '{claim.id}': {error.message}", mend=error.mend))
    return tuple(wrong)


def chosen(claims: tuple[Claim, ...], ids: Iterable[str]) -> tuple[Claim, ...]:
    """The claims named, or all where none is.

    Raises:
        InputError: an id that is not there.
    """
    by_id: dict[str, Any] = {c.id: c for c in claims}
    wanted = list(ids)
    for name in wanted:
        if name not in by_id:
            raise InputError(f"there is no claim '{name}'", mend=near(by_id, name))
    return tuple(by_id[name] for name in wanted) if wanted else claims
