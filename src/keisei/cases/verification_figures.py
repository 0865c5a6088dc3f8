"""The figures of the verification page: reliability diagrams, and gains with their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_COLOURS = {
    "the model adds": "#1d6f5c", "the model takes away": "#b3261e", "not shown that the model adds": "#c77c11",
    "not demonstrable": "#8a8f98", "too few origins for an interval": "#c4c7cc",
}  # fmt: skip


def draw_reliability(bins: list[dict[str, Any]], file: Path) -> None:
    """Diagrams of one target, leads side by side; ``bins`` have the keys of `ReliabilityBin` and ``lead``."""
    import altair as alt

    order = _by_number(b["lead"] for b in bins)
    percent = alt.Axis(format="%", values=[0, 0.5, 1])
    x = alt.X("forecast:Q", scale=alt.Scale(domain=[0, 1]), axis=percent, title="said")
    y = alt.Y("observed:Q", scale=alt.Scale(domain=[0, 1]), axis=percent, title="came")
    ends = alt.Data(values=[{"forecast": 0.0, "observed": 0.0}, {"forecast": 1.0, "observed": 1.0}])
    line = alt.Chart(ends).mark_line(color="#999", strokeDash=[3, 3]).encode(x=x, y=y)
    bars = (
        alt.Chart()
        .mark_rule(strokeWidth=5, opacity=0.25, color="#4c6a92")
        .encode(x=x, y=alt.Y("bar_low:Q", title="came"), y2="bar_high:Q")
    )
    dots = alt.Chart().mark_circle(color="#1d3557", opacity=1, size=36).encode(x=x, y=y)
    counts = alt.Chart().mark_text(dy=-9, fontSize=8, color="#555").encode(x=x, y=y, text="n:Q")
    layers = alt.layer(line, bars, dots, counts, data=alt.Data(values=bins)).properties(width=150, height=150)
    _save(layers.facet(column=alt.Column("lead:N", sort=order, title=None)), file)


def draw_gains(rows: list[dict[str, Any]], targets: Sequence[str], file: Path) -> None:
    """Gains with their intervals, leads side by side; ``rows`` have target, lead, gain, low, high and verdict."""
    import altair as alt

    order = _by_number(r["lead"] for r in rows)
    y = alt.Y("target:N", sort=list(targets), title=None)
    colours = alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
    legend = alt.Legend(orient="bottom", labelLimit=300)
    color = alt.Color("verdict:N", title=None, scale=colours, legend=legend)
    zero = alt.Chart(alt.Data(values=[{"gain": 0}])).mark_rule(color="#999").encode(x="gain:Q")
    rules = alt.Chart().mark_rule().encode(x=alt.X("low:Q", title="nats a month"), x2="high:Q", y=y, color=color)
    dots = alt.Chart().mark_circle().encode(x=alt.X("gain:Q", title="nats a month"), y=y, color=color)
    chart = alt.layer(zero, rules, dots, data=alt.Data(values=rows)).properties(width=140, height=300)
    _save(chart.facet(column=alt.Column("lead:N", sort=order, title=None)), file)


def draw_ranks(rows: list[dict[str, Any]], targets: Sequence[str], file: Path) -> None:
    """Rank histograms, a target a row and a lead a column; ``rows`` have target, lead, cell, ratio (1 when flat)."""
    import altair as alt

    order = _by_number(r["lead"] for r in rows)
    bars = (
        alt.Chart()
        .mark_bar(color="#4c6a92", width=8)
        .encode(x=alt.X("cell:O", title="tenth of the distribution", axis=alt.Axis(labels=False, ticks=False)),
                y=alt.Y("ratio:Q", title="of an even share"))
    )  # fmt: skip
    even = alt.Chart(alt.Data(values=[{"ratio": 1}])).mark_rule(color="#999", strokeDash=[3, 3]).encode(y="ratio:Q")
    layers = alt.layer(bars, even, data=alt.Data(values=rows)).properties(width=110, height=70)
    chart = layers.facet(
        column=alt.Column("lead:N", sort=order, title=None),
        row=alt.Row("target:N", sort=list(targets), title=None, header=alt.Header(labelAngle=0, labelAlign="left")),
    )
    _save(chart, file)


def _by_number(leads: Iterable[str]) -> list[str]:
    """Names such as *lead 12* in the order of their numbers."""
    return sorted(set(leads), key=lambda text: int(text.split()[1]))


def _save(chart: Any, path: Path) -> None:
    import vl_convert

    path.write_text(vl_convert.vegalite_to_svg(chart.to_dict()), encoding="utf-8")
