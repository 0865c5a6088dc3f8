"""What the documents claim, and what the model makes of it: results of ``keisei claims --json``, for a reader."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from keisei.errors import InputError
from keisei.report import shipped
from keisei.report.labels import Labels, named
from keisei.report.view import Cited, Text
from keisei.report.words import number, percent, points

FILE = "keisei-claims.json"
COMMAND = "keisei claims --json"
VERDICTS = ("supports", "contradicts", "assumed", "undecided", "cannot answer")


@dataclass(frozen=True)
class HingeView:
    """A parameter that moves the effect, and whether it can be told apart from none.

    Attributes:
        index, half: the share of the effect that it explains alone, with half its 95 % interval; None in results of
            before such shares. correlation: of their ranks.
    """

    label: Text
    index: float | None
    half: float | None
    correlation: float
    stands_out: bool

    @property
    def low(self) -> float:
        return max(0.0, (self.index or 0.0) - (self.half or 0.0))

    @property
    def high(self) -> float:
        return min(1.0, (self.index or 0.0) + (self.half or 0.0))


@dataclass(frozen=True)
class RivalView:
    """A rival structure: the verdict under it. ``flips``: it brings another verdict about."""

    label: Text
    verdict: str
    p_prior: float | None
    p_posterior: float | None
    flips: bool


@dataclass(frozen=True)
class ShareView:
    """An option of a switch and its share among the calibrated draws, and among the prior ones (``before``)."""

    label: Text
    share: float | None
    before: float | None = None


@dataclass(frozen=True)
class ClaimView:
    """A claim with its answer. Numbers are None where it cannot be answered.

    Attributes:
        says, strength: what the documents say and how strongly. sources, against: documents.
        origin: the last month known to the experiment, YYYY-MM. setup: how the claim was tried; like: the same of
            claims that it names.
        fraction: the effect is a probability or a share, which readers want in per cent. change: it is a difference,
            of two worlds or two months, and not a level.
        estimate, q05, q95: effect with its 90 % interval, in ``unit``. prior, prior_q05, prior_q95: before evidence.
        toward: -1, 0 or 1: whether a larger effect speaks for the claim; 0 where nothing was measured.
        reference, smallest: the claim holds where the effect is beyond the reference by more than the smallest size.
        hinges, rivals, shares: what the verdict hangs on.
    """

    id: str
    claim: Text
    says: Text
    strength: str
    sources: tuple[Cited, ...]
    against: tuple[Cited, ...]
    setup: Text
    unit: Text
    estimate: float | None
    q05: float | None
    q95: float | None
    prior: float | None
    prior_q05: float | None
    prior_q95: float | None
    p_prior: float | None
    p_posterior: float | None
    verdict: str
    why: Text
    limits: Text
    reference: float = 0.0
    smallest: float = 0.0
    toward: int = 1
    origin: str = ""
    fraction: bool = False
    change: bool = False
    like: tuple[Cited, ...] = ()
    hinges: tuple[HingeView, ...] = ()
    rivals: tuple[RivalView, ...] = ()
    shares: tuple[ShareView, ...] = ()

    def scaled(self, effect: float | None) -> float | None:
        """An effect in smallest sizes of interest beyond the reference, positive where it speaks for the claim."""
        if effect is None or not math.isfinite(effect):
            return None
        return self.toward * (effect - self.reference) / (self.smallest or 1.0)

    @property
    def bound(self) -> float:
        """The effect beyond which the claim holds."""
        return self.reference + self.toward * self.smallest

    def shown(self, effect: float | None) -> str:
        """An effect in figures: a level of a fraction in per cent, a change of one in points."""
        if not self.fraction or effect is None or not math.isfinite(effect):
            return number(effect)
        return points(effect) if self.change else percent(effect)

    @property
    def flipped(self) -> tuple[RivalView, ...]:
        """Rival structures under which the verdict is another."""
        return tuple(r for r in self.rivals if r.flips)

    @property
    def told(self) -> bool:
        """Whether some rival structure had enough draws to say anything."""
        return any(r.verdict != "too few draws" for r in self.rivals)


@dataclass(frozen=True)
class ClaimsView:
    """The claims of a case, by verdict, and how they were tried (``settings``).

    ``stale``: vintages whose draws are other ones now than those the claims were tried with.
    """

    file: str
    settings: Mapping[str, str]
    claims: tuple[ClaimView, ...]
    stale: tuple[str, ...] = ()

    def count(self, verdict: str) -> int:
        return sum(c.verdict == verdict for c in self.claims)

    @property
    def groups(self) -> list[tuple[str, list[ClaimView]]]:
        """Claims by verdict, those that say most first."""
        order = [*VERDICTS, *sorted({c.verdict for c in self.claims} - set(VERDICTS))]
        found = [(v, [c for c in self.claims if c.verdict == v]) for v in order]
        return [(v, list_) for v, list_ in found if list_]


def read_claims(
    path: Path, labels: Labels, meanings: Mapping[str, str], draws: Mapping[str, str] | None = None
) -> ClaimsView:
    """Results of ``keisei claims --json``.

    Args:
        meanings: of parameters without a label, by id. draws: vintage → hash of the draws that the case ships.

    Raises:
        InputError: the file is no document of that shape; what it has beside is passed over.
    """
    document = shipped.read_document(path, COMMAND)
    rows = shipped.entries(document, "claims", path, COMMAND)
    try:
        claims = _with_setups(tuple(_claim(row, labels, meanings) for row in rows))
    except (KeyError, TypeError, ValueError) as error:
        said = f"a claim of it is incomplete: {type(error).__name__} at {error}"
        raise InputError(said, file=path, mend=f"write it with {COMMAND}") from None
    stale = shipped.other_draws(document, draws or {})
    return ClaimsView(path.name, shipped.settings(document, "claims"), claims, stale)


def _with_setups(claims: Sequence[ClaimView]) -> tuple[ClaimView, ...]:
    """Claims with the setups of those that their own setup names ("As C1; …")."""
    setups = {c.id: c.setup for c in claims}

    def named_in(c: ClaimView) -> tuple[Cited, ...]:
        words = re.findall(r"[A-Za-z0-9-]+", c.setup.en)
        return tuple(Cited(word, setups[word]) for word in dict.fromkeys(words) if word in setups and word != c.id)

    return tuple(replace(c, like=named_in(c)) for c in claims)


def _claim(row: Mapping[str, Any], labels: Labels, meanings: Mapping[str, str]) -> ClaimView:
    def text(key: str) -> Text:
        return sourced(Text(str(row.get(key) or ""), str(row.get(f"{key}_ja") or "")), labels)

    def value(key: str) -> float | None:
        return shipped.number(row, key)

    verdict, unit = str(row["verdict"]), str(row.get("unit") or "")
    answered = verdict != "cannot answer"
    return ClaimView(
        id=str(row["id"]), claim=sourced(Text(str(row["claim"]), str(row.get("claim_ja") or "")), labels),
        says=text("says"), strength=str(row.get("strength") or ""), sources=_cited(row, "sources", labels),
        against=_cited(row, "against", labels), setup=text("setup"), unit=named(labels.units, unit),
        estimate=value("estimate"), q05=value("q05"), q95=value("q95"), prior=value("prior_estimate"),
        prior_q05=value("prior_q05"), prior_q95=value("prior_q95"), p_prior=value("p_prior"),
        p_posterior=value("p_posterior"), verdict=verdict,
        why=text("reason") if row.get("reason_ja") else why_in_words(str(row.get("why") or "")), limits=text("limits"),
        reference=value("reference") or 0.0, smallest=value("smallest") or 0.0,
        origin=str(row.get("origin") or ""), fraction=unit.startswith(("probability", "share")),
        change=not value("reference") and row.get("experiment") != "necessity",
        toward=(-1 if row.get("comparison") == "<" else 1) if answered else 0,
        hinges=tuple(_hinge(h, labels, meanings) for h in row.get("hinges") or ()),
        rivals=tuple(_rival(f, labels) for f in row.get("forks") or ()),
        shares=tuple(_share(o, labels) for o in row.get("options") or ()),
    )  # fmt: skip


def _cited(row: Mapping[str, Any], key: str, labels: Labels) -> tuple[Cited, ...]:
    return tuple(Cited(str(name), named(labels.sources, str(name))) for name in row.get(key) or ())


def _share(o: Mapping[str, Any], labels: Labels) -> ShareView:
    return ShareView(_option(o, labels), shipped.number(o, "share"), shipped.number(o, "prior"))


def _hinge(h: Mapping[str, Any], labels: Labels, meanings: Mapping[str, str]) -> HingeView:
    name = str(h["parameter"])
    label = labels.parameters.get(name) or Text(plain(meanings.get(name, name)))
    index, half = shipped.number(h, "index"), shipped.number(h, "half")
    apart = index is not None and half is not None and index - half > 0 and index > float(h.get("chance") or 0.0)
    return HingeView(label, index, half, float(h["correlation"]), apart)


def _option(o: Mapping[str, Any], labels: Labels) -> Text:
    return named(labels.options, f"{o['switch']}={float(o['option']):g}")


def _rival(f: Mapping[str, Any], labels: Labels) -> RivalView:
    p = shipped.number
    return RivalView(_option(f, labels), str(f["verdict"]), p(f, "p_prior"), p(f, "p_posterior"), bool(f.get("flips")))


def plain(meaning: str) -> str:
    """A parameter's meaning without remarks for those who write priors: "; symmetric (C3)"."""
    return re.sub(r"; (?:symmetric|flat)\b.*$", "", meaning)


def sourced(text: Text, labels: Labels) -> Text:
    """A text with the names of sources in place of their ids."""
    if not labels.sources:
        return text
    ids = re.compile(r"(?<![A-Za-z0-9])(" + "|".join(map(re.escape, labels.sources)) + r")(?![A-Za-z0-9])")
    return Text(
        ids.sub(lambda m: labels.sources[m[1]].en, text.en), ids.sub(lambda m: labels.sources[m[1]].ja, text.ja)
    )


# sentences of keisei.explore.verdicts and what they say to a reader; the group is a factor of the odds
_WHY: Sequence[tuple[str, Text]] = (
    (
        r"only (\S+) effective draws, too few to tell",
        Text("only {0} effective draws, too few to tell", "有効な標本が{0}組しかなく、判断できない"),
    ),
    (
        r"the odds moved by (\S+), which so few draws can do by chance",
        Text(
            "the odds moved by a factor of {0}, which so few draws can do by chance",
            "オッズは{0}倍になったが、標本が少なく、偶然でも起こる",
        ),
    ),
    (
        r"the evidence moved the odds by 1/(\S+), and the effect goes the other way",
        Text(
            "the evidence cut the odds by a factor of {0}, and the effect goes the other way",
            "証拠によりオッズは{0}分の1になり、効果は逆向きである",
        ),
    ),
    (
        r"the evidence moved the odds by (\S+), and the effect is of interesting size",
        Text(
            "the evidence raised the odds by a factor of {0}, and the effect is of a size that matters",
            "証拠によりオッズは{0}倍になり、効果も関心下限を超える",
        ),
    ),
    (
        r"the odds moved by (\S+), but the mean effect is smaller than is of interest",
        Text(
            "the odds rose by a factor of {0}, but the mean effect is too small to matter",
            "オッズは{0}倍になったが、平均効果は関心下限に満たない",
        ),
    ),
    (
        r"the odds fell by 1/(\S+), but the mean effect does not go the other way",
        Text(
            "the odds fell by a factor of {0}, but the mean effect does not go the other way",
            "オッズは{0}分の1に下がったが、平均効果は逆向きではない",
        ),
    ),
    (
        r"it was all but certain before any evidence, and the evidence has not moved it",
        Text(
            "it was all but certain before any evidence, and the evidence has not moved it",
            "証拠の前からほぼ確実で、証拠によって動いていない",
        ),
    ),
    (
        r"it was all but ruled out before any evidence, and the evidence has not moved it",
        Text(
            "it was all but ruled out before any evidence, and the evidence has not moved it",
            "証拠の前からほぼ否定されており、証拠によって動いていない",
        ),
    ),
    (
        r"in no draw, before or after the evidence, is the effect large enough to matter, either way",
        Text(
            "in no draw, before or after the evidence, is the effect large enough to matter, either way: nothing in "
            "the model leads from the one to the other",
            "証拠の前後を通じ、効果が関心下限に届く標本は正負いずれにもない。モデルの中で両者はつながっていない",
        ),
    ),
    (
        r"the evidence has not moved the odds by a factor of three",
        Text("the evidence has not moved the odds by a factor of three", "証拠はオッズを3倍以上動かしていない"),
    ),
)


def why_in_words(why: str) -> Text:
    """The reason of a verdict in both languages; in English alone where the sentence is a new one.

    >>> why_in_words("the evidence moved the odds by 34.4, and the effect is of interesting size").ja
    '証拠によりオッズは34.4倍になり、効果も関心下限を超える'
    """
    for pattern, said in _WHY:
        match = re.fullmatch(pattern, why)
        if match:
            figures = [number(float(found)) for found in match.groups()]
            return Text(said.en.format(*figures), said.ja.format(*figures))
    return Text(why)
