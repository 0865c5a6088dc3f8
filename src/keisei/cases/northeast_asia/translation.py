"""How the chronicle and the series of the case stand at the sites of its model."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from keisei.evidence import Fact, Measurement
from keisei.model.facts import Translation

_VOTERS = ("CHN", "RUS")
_FLOWN = ("IRBM", "ICBM", "SLBM")  # classes whose flights' outcomes the model asks
_TECHNOLOGY = {"air defence": "air_defence", "satellite technology": "satellite"}
_ON_RELIEF = ("CHN", "RUS", "USA", "FRA-GBR")
_SECTORS = ("minerals", "seafood", "textiles", "other", "labour")
_ISSUERS = {
    ("PRK-CHN", "CHN"): "CHN",
    ("PRK-CHN", "both"): "CHN",
    ("PRK-RUS", "RUS"): "RUS",
    ("PRK-RUS", "both"): "RUS",
}

# a joint statement and a declaration are one kind: both are agreed by the two
_KINDS = {
    "readout": "readout", "joint statement": "joint statement", "declaration": "joint statement",
    "statement": "statement", "none": "none",
}  # fmt: skip


def places(fact: Fact, severity: Mapping[str, float]) -> Iterator[tuple[str, float | str, bool]]:
    """(target, value, conditional) of each site a fact stands at; ``severity`` is coded for each resolution."""
    has = fact.attributes
    target = f"{fact.site}[{fact.index}]" if fact.index else fact.site
    match fact.site:
        case "PRK.launch.ballistic":
            yield target, fact.value, False
            if fact.index in _FLOWN and has.get("outcome") in ("success", "mixed", "failure"):
                yield f"PRK.launch.success[{fact.index}]", float(has["outcome"] != "failure"), True
        case "transfer":
            if has.get("good") in _TECHNOLOGY:
                yield f"transfer[{_TECHNOLOGY[has['good']]}]", 1.0, False
        case "PRK.launch.satellite":
            yield target, 1.0, False
            if has.get("outcome") in ("success", "failure"):
                yield "PRK.launch.satellite.outcome", has["outcome"], True
        case "UNSC.draft":
            panel = has.get("topic") == "PRK.panel"
            if not panel and has.get("topic") != "PRK.sanctions":
                return
            if panel:
                yield "UNSC.panel", 1.0, False
                for state in _VOTERS:
                    if has.get(state) in ("yes", "abstain", "no"):
                        yield f"UNSC.panel.vote[{state}]", has[state], True
                return
            yield target, 1.0, False
            if has.get("document") in severity:
                yield "UNSC.draft.severity", severity[has["document"]], True
                # what a resolution of the coded ones bars, by sector; what is not said it does not bar
                if has.get("result") == "adopted":
                    for sector in _SECTORS:
                        yield f"UNSC.draft.bars[{sector}]", has.get(sector, "none"), True
            for state in _VOTERS:
                if has.get(state) in ("yes", "abstain", "no"):
                    yield f"UNSC.vote[{state}]", has[state], True
        case "UNSC.lift":
            # a draft to lift that was put to the vote
            yield target, 1.0, False
            for state in _ON_RELIEF:
                if has.get(state) in ("yes", "abstain", "no"):
                    yield f"UNSC.vote[{state}]", has[state], True
        case "summit" | "summit.trilateral":
            if has.get("level", "leaders") == "leaders":
                yield target, 1.0, False
        case "text":
            yield from _text(fact)
        case "arms.shipment":
            if has.get("measure") == "rounds" and has.get("cumulative") == "yes" and not isinstance(fact.value, str):
                yield "arms.rounds.total", fact.value / 1000.0, True
            if has.get("measure") == "usd" and has.get("cumulative") == "yes" and not isinstance(fact.value, str):
                yield "arms.revenue.total", fact.value / 1e6, True
        case "UNSC.statement" | "treaty" | "visit" | "talks" | "PRK.test.nuclear" | "PRK.vehicle.new":
            yield target, 1.0, False


def _text(fact: Fact) -> Iterator[tuple[str, float | str, bool]]:
    """A text of a pair shows its kind and its words; what a minister says alone is no text of the pair."""
    has = fact.attributes
    said, kind = has.get("denuclearisation"), _KINDS.get(has.get("kind", ""))
    if fact.index == "CHN-PRK-RUS" and kind == "joint statement":
        yield f"statement.trilateral[{fact.index}]", 1.0, False
    issuer = _ISSUERS.get((fact.index, has.get("issuer", "")))
    if not issuer or kind is None:
        return
    if kind == "statement":
        yield f"statement[{issuer}]", 1.0, False
    else:
        yield f"text.kind[{fact.index}]", kind, True
    if said in ("named", "omitted", "accepted"):
        yield f"words.alone[{issuer}]" if kind == "statement" else f"words[{issuer}]", said, True


def states(fact: Fact) -> tuple[str, str] | None:
    """Deals with Washington are known: what was in force, month by month. A declaration of aims binds nobody."""
    if fact.index != "PRK-USA" or fact.attributes.get("binding") == "no":
        return None
    match fact.site:
        case "deal":
            return "deal.in_force", fact.attributes["size"]
        case "deal.end":
            return "deal.in_force", "none"
    return None


def series(figure: Measurement) -> tuple[str, float | None] | None:
    """(target, value in the site's unit) of a measurement, or None where the model has no site for it."""
    match figure.series:
        case "PRK.gdp_growth":
            return "PRK.gdp_growth", figure.value
        case "PRK.exports.CHN" if figure.index in ("minerals", "seafood", "textiles", "other"):
            # the total is their sum: it stays beside
            return f"PRK.exports.CHN.log[{figure.index}]", math.log1p(figure.value)
        case "PRK.trade.CHN":
            return "PRK.trade.CHN", figure.value
        case "PRK.warheads":
            # FAS counted none before 2015 by convention: no estimate of the stock
            known = figure.value > 0
            return f"PRK.warheads.log[{figure.index}]", math.log1p(figure.value) if known else None
        case "unga.ideal_point" if figure.index == "RUS":
            return "unga.ideal_point[RUS]", figure.value
        case "ideal_distance":
            return f"ideal_distance[{figure.index}]", figure.value
        case "unga.agreement" if figure.index in ("PRK-RUS", "PRK-CHN", "CHN-RUS"):
            return f"unga.agreement[{figure.index}]", figure.value
        case "gdelt.score" if figure.index in ("PRK-RUS", "PRK-CHN", "CHN-RUS"):
            # monthly sums of daily scores; asinh tames the news volume
            return f"gdelt.score[{figure.index}]", math.asinh(figure.value / 1500.0)
        case "KOR.support_nuclear" if figure.index in ("KINU", "Asan"):
            return f"KOR.support_nuclear[{figure.index}]", figure.value
    return None


def translation(history: frozenset[str], severity: Mapping[str, float]) -> Translation:
    """The translation of the case, with its coding of how severe each resolution is."""
    return Translation(history, lambda fact: places(fact, severity), series, states=states)
