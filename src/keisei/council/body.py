"""A voting body as data: seats by year, weights, and rules of decision.

A draft is **adopted** under a rule iff all of its conditions hold, with Y the members in favour out of N, W their
weight out of all weight:

    |Y| ≥ least_yes,   |Y|/N ≥ least_yes_share,   |Y| > N/2 (majority_of_members),
    W(Y)/W ≥ least_weight_share, unless fewer than least_blocking members are not in favour,
    no permanent member votes no (veto),   nobody votes no (consensus).

It is **vetoed** if only the veto stands in its way, else **failed**: with too few in favour anyway, a permanent no is
no veto in the Council's own counting. Abstaining is neither for nor against. Shares are exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from keisei.errors import InputError

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Rule:
    """Conditions of adoption; those left at their default ask nothing."""

    __pydantic_config__ = _STRICT
    least_yes: int = 0
    least_yes_share: Fraction = Fraction(0)
    majority_of_members: bool = False
    least_weight_share: Fraction = Fraction(0)
    least_blocking: int = 0
    veto: bool = False
    consensus: bool = False


@dataclass(frozen=True)
class Term:
    """Who sits, besides the permanent members, in the years from first to last (both included)."""

    __pydantic_config__ = _STRICT
    years: tuple[int, int]
    elected: tuple[str, ...]
    source: str


class Outcome(NamedTuple):
    """What came of a vote.

    Attributes:
        result: adopted, vetoed or failed.
        yes, no, abstain: members by vote, in the order of their seats.
        blocked_by: permanent members whose no was a veto.
        weight_share: weight of those in favour as a share of all (1 for each member where no weights are given).
    """

    result: Literal["adopted", "vetoed", "failed"]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    abstain: tuple[str, ...]
    blocked_by: tuple[str, ...]
    weight_share: Fraction

    @property
    def adopted(self) -> bool:
        """Whether it was carried."""
        return self.result == "adopted"


@dataclass(frozen=True)
class Body:
    """A voting body: name, sources, rules by name, permanent members, terms, weights (none: all weigh the same)."""

    __pydantic_config__ = _STRICT
    name: str
    sources: tuple[str, ...]
    rules: Mapping[str, Rule]
    permanent: tuple[str, ...]
    terms: tuple[Term, ...]
    weights: Mapping[str, int] = field(default_factory=dict)

    def members(self, year: int) -> tuple[str, ...]:
        """Who sits in a year, permanent members first.

        Raises:
            InputError: no term of the data covers the year.
        """
        for term in self.terms:
            if term.years[0] <= year <= term.years[1]:
                return self.permanent + term.elected
        known = ", ".join(f"{a}–{b}" if a != b else str(a) for a, b in (t.years for t in self.terms))
        raise InputError(f"{self.name}: no seats are known for {year}", mend=f"add a term, or use one of {known}")

    def rule(self, name: str) -> Rule:
        """A rule by its name.

        Raises:
            InputError: there is none of that name.
        """
        if name not in self.rules:
            raise InputError(f"{self.name} has no rule '{name}'", mend=f"use one of {', '.join(self.rules)}")
        return self.rules[name]

    def decide(self, rule: str, year: int, *, no: Iterable[str] = (), abstain: Iterable[str] = ()) -> Outcome:
        """The outcome of a vote in which all others are in favour (absent members abstain).

        Raises:
            InputError: a name has no seat that year, or votes twice; the rule or the year is not in the data.
        """
        seats, against, aside = self.members(year), tuple(no), tuple(abstain)
        for name in (*against, *aside):
            if name not in seats:
                raise InputError(f"{name} has no seat in {self.name} in {year}", mend="name members of that year")
            if (*against, *aside).count(name) > 1:
                raise InputError(f"{name} votes twice", mend="name each member once")
        r = self.rule(rule)
        yes = tuple(m for m in seats if m not in against and m not in aside)
        weight = {m: self.weights.get(m, 1) for m in seats}
        share = Fraction(sum(weight[m] for m in yes), sum(weight.values()))
        few_block = len(seats) - len(yes) < r.least_blocking
        enough = (
            len(yes) >= r.least_yes
            and Fraction(len(yes), len(seats)) >= r.least_yes_share
            and (not r.majority_of_members or 2 * len(yes) > len(seats))
            and (share >= r.least_weight_share or few_block)
            and not (r.consensus and against)
        )
        vetoes = tuple(m for m in self.permanent if m in against) if r.veto and enough else ()
        return Outcome(
            "vetoed" if vetoes else "adopted" if enough else "failed",
            yes,
            tuple(m for m in seats if m in against),
            tuple(m for m in seats if m in aside),
            vetoes,
            share,
        )


def load_body(source: str | Path) -> Body:
    """A body from a YAML file, or one of the bundled ones by name (``unsc``, ``eu_council``).

    Raises:
        InputError: the file is absent, is not YAML, lacks or misspells a part, repeats a member, or asks a rule for
            what its members cannot give; with file and line.
    """
    bundled = resources.files("keisei.council") / "data" / f"{source}.yaml"
    if isinstance(source, str) and bundled.is_file():
        text, file = bundled.read_text(encoding="utf-8"), f"{source}.yaml"
    else:
        path = Path(source)
        if not path.is_file():
            raise InputError("there is no such file", file=path, mend="name a YAML file, or 'unsc' or 'eu_council'")
        text, file = path.read_text(encoding="utf-8"), str(path)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise InputError("this is not YAML", file=file, line=line, mend="check indentation and brackets") from None
    try:
        body = TypeAdapter(Body).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(
            f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}",
            file=file,
            line=_line(node, first["loc"]),
            mend="see unsc.yaml for the form",
        ) from None
    _check(body, node, file)
    return body


def _check(body: Body, node: Any, file: str) -> None:
    """What types cannot say: seats are distinct, weights complete, rules can be met."""

    def refuse(message: str, loc: tuple[str | int, ...], mend: str) -> None:
        raise InputError(message, file=file, line=_line(node, loc), mend=mend)

    if not body.terms:
        refuse("no term says who sits", ("terms",), "give at least one term")
    if not body.rules:
        refuse("there is no rule of decision", ("rules",), "give at least one rule")
    for n, term in enumerate(body.terms):
        seats = body.permanent + term.elected
        twice = [m for m in seats if seats.count(m) > 1]
        if twice:
            refuse(f"{twice[0]} holds two seats", ("terms", n, "elected"), "name each member once")
        if not seats:
            refuse("nobody sits in this term", ("terms", n), "name the members")
        if term.years[0] > term.years[1]:
            refuse("the term ends before it starts", ("terms", n, "years"), "write [first, last]")
        for other in body.terms[:n]:
            if term.years[0] <= other.years[1] and other.years[0] <= term.years[1]:
                refuse("two terms cover one year", ("terms", n, "years"), "let terms follow one another")
        missing = [m for m in seats if body.weights and m not in body.weights]
        if missing:
            refuse(f"{missing[0]} has no weight", ("weights",), "give every member a weight, or none")
        for name, rule in body.rules.items():
            if rule.least_yes > len(seats):
                refuse(
                    f"rule '{name}' asks for {rule.least_yes} of {len(seats)} members",
                    ("rules", name),
                    "ask for no more votes than there are seats",
                )
    for member, weight in body.weights.items():
        if weight <= 0:
            refuse(f"the weight of {member} is not positive", ("weights", member), "give a positive number")
    for name, rule in body.rules.items():
        if not (0 <= rule.least_yes_share <= 1 and 0 <= rule.least_weight_share <= 1):
            refuse(f"rule '{name}' has a share outside 0–1", ("rules", name), 'write 55 % as "0.55"')
        if rule == Rule():
            refuse(f"rule '{name}' asks for nothing", ("rules", name), "give it at least one condition")


def _line(node: Any, loc: Iterable[str | int]) -> int | None:
    """The 1-based line at which a part of a composed YAML document starts, as far down as it exists."""
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == part), None)
            if found is None:
                break
            node = found[1] if isinstance(found[1], yaml.MappingNode | yaml.SequenceNode) else found[0]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            break
    return node.start_mark.line + 1 if node is not None else None
