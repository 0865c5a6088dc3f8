"""The one chart layer: Vega-Lite through Altair to static SVG, so that a page needs no script and prints well.

Charts carry numbers, years and names of codes only; words stand in the page around them, in its language. Colours are
Okabe and Ito's, told apart by most colour-blind readers, and no meaning rests on colour alone. The strip of a
probability stands in the rows of a table by the hundred, five shapes each, and is written as SVG directly.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from keisei import months
from keisei.report.view import HealthMonth, Plume

MODEL, DARK, BASE, LATER, GREY = "#0072b2", "#1f2933", "#b35a00", "#9a3c8f", "#8a94a0"
BAND_50, BAND_90 = "#8fbfe0", "#d3e5f3"
FONTS = (
    "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', 'Hiragino Sans', 'Hiragino Kaku Gothic ProN', "
    "'Yu Gothic UI', 'Yu Gothic', Meiryo, 'Noto Sans JP', 'Noto Sans CJK JP', 'Noto Sans', sans-serif"
)
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_PLACES = re.compile(r'\s(?:d="[^"]*"|transform="translate\([^"]*")')  # a label must keep its digits
_PROLOG = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", re.IGNORECASE)
_ACTIVE = re.compile(
    r"<script\b.*?</script\s*>|<foreignObject\b.*?</foreignObject\s*>|\son\w+\s*=\s*(\"[^\"]*\"|'[^']*')|"
    r"\s(?:xlink:)?href\s*=\s*(?:\"\s*javascript:[^\"]*\"|'\s*javascript:[^']*')",
    re.IGNORECASE | re.DOTALL,
)


def inline_svg(svg: str, label: str = "") -> str:
    """An SVG document as an element of a page: no prolog, no script, scaled to its column, named for screen readers.

    This is also how drawings made elsewhere (game trees) enter a page.
    """
    body = _ACTIVE.sub("", _PROLOG.sub("", svg)).strip()
    size = re.match(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"', body)
    if size and "viewBox" not in body[: body.find(">")]:
        body = body.replace("<svg", f'<svg viewBox="0 0 {size[1]} {size[2]}"', 1)
    role = f'role="img" aria-label="{_escaped(label)}"' if label else 'role="img" aria-hidden="true"'
    return body.replace("<svg", f"<svg {role}", 1)


@dataclass(frozen=True)
class Drawing:
    """A chart and its data by name; Altair copies data that stand within a chart many times over."""

    chart: Any
    data: Mapping[str, Sequence[Mapping[str, Any]]]


def svg(drawing: Drawing, label: str = "") -> str:
    """A chart as an element of a page."""
    import vl_convert

    styled = (
        drawing.chart.configure(font=FONTS, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=DARK, titleColor=DARK, gridColor="#e6e9ed", domainColor="#b8c0c8", tickColor="#b8c0c8",
            labelFontSize=11, titleFontSize=11, titleFontWeight="normal",
        )
    )  # fmt: skip
    spec = styled.to_dict(validate=False) | {"datasets": {name: list(rows) for name, rows in drawing.data.items()}}
    return inline_svg(rounded(vl_convert.vegalite_to_svg(spec)), label)


def rounded(drawn: str) -> str:
    """The SVG of a chart with its places to a tenth of a pixel, which halves it; labels keep their digits."""
    return _PLACES.sub(lambda m: _NUMBER.sub(lambda n: f"{float(n[0]):.1f}".removesuffix(".0"), m[0]), drawn)


def warm() -> None:
    """Start the converter; it takes about a second, which may pass while a model runs."""
    import altair as alt

    chart = alt.Chart(alt.NamedData(name="one")).mark_point().encode(x="x:Q", y="y:Q")
    svg(Drawing(chart, {"one": [{"x": 0, "y": 0}]}))


def _date(month: float) -> str:
    whole = int(month)
    return f"{months.year(whole):04d}-{months.of_year(whole):02d}-{15 if month == whole else 1:02d}"


def _rounded(x: float) -> float:
    return float(f"{x:.4g}")


def _time(alt: Any, name: str = "t:T", domain: tuple[int, int] | None = None) -> Any:
    scale = alt.Scale(domain=[_date(domain[0]), _date(domain[1])]) if domain else alt.Undefined
    return alt.X(
        name,
        title=None,
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 2}, labelOverlap="greedy", grid=False),
        scale=scale,
    )


def fan(plume: Plume, *, width: int = 500, height: int = 190, domain: tuple[float, float] | None = None) -> Drawing:
    """A quantile fan: 90 % and 50 % bands and the median, figures as dots, the outlook before as a dashed line.

    Filled dots weighed members, hollow ones did not, diamonds became known after the origin. A vertical line stands at
    the origin, ticks at the foot mark ``plume.marks``. ``domain`` fixes the vertical axis, for charts to be compared.
    """
    import altair as alt

    columns = zip(plume.months, plume.q05, plume.q25, plume.q50, plume.q75, plume.q95, strict=True)
    rows = [
        {"t": _date(m), "a": _rounded(a), "b": _rounded(b), "c": _rounded(c), "d": _rounded(d), "e": _rounded(e)}
        for m, a, b, c, d, e in columns
    ]
    span = (plume.months[0], plume.months[-1])
    vertical = alt.Scale(domain=list(domain), clamp=True) if domain else alt.Scale(zero=False, nice=True)
    y_axis = alt.Axis(tickCount=5, grid=True, format=",.4~r")
    data: dict[str, Sequence[Mapping[str, Any]]] = {"fan": rows, "origin": [{"t": _date(plume.origin)}]}
    base = alt.Chart(alt.NamedData(name="fan")).encode(x=_time(alt, domain=span))
    y = alt.Y("a:Q", title=None, scale=vertical, axis=y_axis)
    layers = [
        base.mark_area(color=BAND_90).encode(y=y, y2="e:Q"),
        base.mark_area(color=BAND_50).encode(y=alt.Y("b:Q", scale=vertical), y2="d:Q"),
        base.mark_line(color=MODEL, strokeWidth=1.8).encode(y=alt.Y("c:Q", scale=vertical)),
    ]
    if plume.before_months:
        data["before"] = [
            {"t": _date(m), "c": _rounded(v)}
            for m, v in zip(plume.before_months, plume.before_median, strict=True)
            if m <= span[1]
        ]
        layers.append(
            alt.Chart(alt.NamedData(name="before"))
            .mark_line(color=DARK, strokeWidth=1.1, strokeDash=[4, 3])
            .encode(x="t:T", y=alt.Y("c:Q", scale=vertical))
        )
    layers.append(alt.Chart(alt.NamedData(name="origin")).mark_rule(color=DARK, strokeWidth=0.8).encode(x="t:T"))
    points = _points(plume)
    if points:
        data["dots"] = points
        layers += _dots(alt, vertical)
    if plume.marks:
        data["marks"] = [{"t": _date(m)} for m in plume.marks]
        layers.append(
            alt.Chart(alt.NamedData(name="marks"))
            .mark_tick(color=DARK, thickness=1.6, height=9, orient="vertical")
            .encode(x="t:T", y=alt.value(height - 5))
        )
    return Drawing(alt.layer(*layers).properties(width=width, height=height), data)


def _points(plume: Plume) -> list[dict[str, Any]]:
    return [
        {
            "t": _date((d.first + d.last) // 2), "from": _date(d.first), "to": _date(d.last), "v": _rounded(d.value),
            "low": _rounded(d.value if d.low is None else d.low),
            "high": _rounded(d.value if d.high is None else d.high),
            "kind": "later" if d.later else "used" if d.weighs else "shown",
        }
        for d in plume.dots
        if plume.months[0] <= d.last and d.first <= plume.months[-1]
    ]  # fmt: skip


def _dots(alt: Any, vertical: Any) -> list[Any]:
    kinds = ["used", "shown", "later"]
    base = alt.Chart(alt.NamedData(name="dots")).encode(x="t:T")
    fill = alt.Scale(domain=kinds, range=[DARK, "#ffffff", "#ffffff"])
    line = alt.Scale(domain=kinds, range=[DARK, "#5b6670", LATER])
    shape = alt.Scale(domain=kinds, range=["circle", "circle", "diamond"])
    colour = alt.Color("kind:N", scale=line, legend=None)
    value = alt.Y("v:Q", scale=vertical)
    return [
        base.mark_rule(strokeWidth=0.9, opacity=0.7).encode(
            y=alt.Y("low:Q", scale=vertical), y2="high:Q", color=colour
        ),
        base.mark_point(size=24, strokeWidth=1.2, opacity=1).encode(
            y=value,
            stroke=alt.Stroke("kind:N", scale=line, legend=None),
            fill=alt.Fill("kind:N", scale=fill, legend=None),
            shape=alt.Shape("kind:N", scale=shape, legend=None),
        ),
    ]


def health(rows: Sequence[HealthMonth], *, width: int = 1040) -> Drawing:
    """Effective sample (above) and surprise of the costliest row (below, nats) by month."""
    import altair as alt

    data = [{"t": _date(h.month), "ess": round(h.ess, 4), "nats": round(-h.row_logp, 3)} for h in rows]
    x = _time(alt, domain=(rows[0].month, rows[-1].month))
    base = alt.Chart(alt.NamedData(name="months")).encode(x=x)
    top = base.mark_area(color=BAND_50, line={"color": MODEL, "strokeWidth": 1}).encode(
        y=alt.Y("ess:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=3))
    )
    foot = base.mark_bar(color=DARK, width=1.6).encode(y=alt.Y("nats:Q", title=None, axis=alt.Axis(tickCount=4)))
    both = alt.vconcat(top.properties(width=width, height=90), foot.properties(width=width, height=90), spacing=14)
    return Drawing(both, {"months": data})


def reliability(bins: Sequence[Mapping[str, Any]], *, size: int = 240) -> Drawing:
    """Reliability diagram: observed share against forecast, with bars that hold 90 % of reliable worlds."""
    import altair as alt

    data = alt.NamedData(name="bins")
    unit = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format="%", tickCount=5)
    x, y = (
        alt.X("forecast:Q", title=None, scale=unit, axis=axis),
        alt.Y("observed:Q", title=None, scale=unit, axis=axis),
    )
    diagonal = (
        alt.Chart(alt.NamedData(name="diagonal"))
        .mark_line(color=GREY, strokeDash=[3, 3], strokeWidth=1)
        .encode(x=x, y=y)
    )
    bars = (
        alt.Chart(data)
        .mark_rule(color=BAND_50, strokeWidth=7)
        .encode(x=x, y=alt.Y("bar_low:Q", scale=unit), y2="bar_high:Q")
    )
    points = (
        alt.Chart(data)
        .mark_point(color=MODEL, filled=True, opacity=1)
        .encode(x=x, y=y, size=alt.Size("n:Q", legend=None, scale=alt.Scale(range=[20, 160])))
    )
    ends = [{"forecast": 0, "observed": 0}, {"forecast": 1, "observed": 1}]
    chart = alt.layer(bars, diagonal, points).properties(width=size, height=size)
    return Drawing(chart, {"bins": [dict(b) for b in bins], "diagonal": ends})


def strip(
    value: float,
    low: float,
    high: float,
    *,
    before: float | None = None,
    base: tuple[float, float, float] | None = None,
    width: int = 200,
) -> str:
    """A probability on a line from 0 to 1, as SVG.

    Disc: now, with its 95 % interval as a thick line. Ring: the outlook before, an arrow's shaft joining the two.
    Amber: base rate as a notch in its 90 % interval. All arguments in [0, 1]; ``base`` is (rate, low, high).
    """
    height, pad = 22, 7

    def x(p: float) -> str:
        return f"{pad + min(max(p, 0.0), 1.0) * (width - 2 * pad):.1f}"

    shapes = [
        f'<path d="M{x(0)} 11H{x(1)}" stroke="#c9d0d6" stroke-width="1"/>',
        f'<path d="M{x(0)} 8v6M{x(0.5)} 9v4M{x(1)} 8v6" stroke="#c9d0d6" stroke-width="1"/>',
    ]
    if base is not None:
        rate, base_low, base_high = base
        shapes.append(
            f'<path d="M{x(base_low)} 18.5H{x(base_high)}" stroke="{BASE}" stroke-width="2.4" opacity=".45"/>'
        )
        shapes.append(f'<path d="M{x(rate)} 15.5v6" stroke="{BASE}" stroke-width="2.2"/>')
    if before is not None:
        shapes.append(f'<path d="M{x(before)} 9.5H{x(value)}" stroke="{MODEL}" stroke-width="1.4"/>')
        shapes.append(f'<circle cx="{x(before)}" cy="9.5" r="3.6" fill="#fff" stroke="{DARK}" stroke-width="1.3"/>')
    shapes.append(f'<path d="M{x(low)} 9.5H{x(high)}" stroke="{MODEL}" stroke-width="4" opacity=".35"/>')
    shapes.append(f'<circle cx="{x(value)}" cy="9.5" r="4.4" fill="{MODEL}"/>')
    return _strip(shapes, width, height)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def effect(
    low: float, middle: float, high: float, *, before: tuple[float, float, float] | None = None, width: int = 240
) -> str:
    """An effect with its interval, in smallest sizes of interest beyond the reference, as SVG.

    Right of the grey band it speaks for the claim, left of it against it; within it the effect is too small to be of
    interest. The axis is linear near zero and logarithmic beyond, and ends at 30 sizes. ``before`` (thin, amber): the
    same before the evidence.
    """
    height, pad = 20, 6

    def x(v: float) -> str:
        size = min(math.log1p(abs(v)) / math.log1p(30.0), 1.0)
        return f"{width / 2 + math.copysign(size, v) * (width / 2 - pad):.1f}"

    shapes = [
        f'<path d="M{x(-1)} 1H{x(1)}V19H{x(-1)}Z" fill="#eef0f3"/>',
        f'<path d="M{x(-30)} 10H{x(30)}" stroke="#c9d0d6" stroke-width="1"/>',
        f'<path d="M{x(0)} 2v16" stroke="{GREY}" stroke-width="1"/>',
    ]
    if before is not None:
        shapes.append(f'<path d="M{x(before[0])} 14.5H{x(before[2])}" stroke="{BASE}" stroke-width="2" opacity=".45"/>')
        shapes.append(f'<path d="M{x(before[1])} 12v5" stroke="{BASE}" stroke-width="2"/>')
    shapes.append(f'<path d="M{x(low)} 8H{x(high)}" stroke="{MODEL}" stroke-width="4" opacity=".35"/>')
    shapes.append(f'<circle cx="{x(middle)}" cy="8" r="4.2" fill="{MODEL}"/>')
    return _strip(shapes, width, height)


def wording(
    low: float,
    high: float,
    *,
    model: tuple[float, float, float] | None = None,
    happened: bool | None = None,
    width: int = 200,
) -> str:
    """The range of a wording (amber bar) on a line from 0 to 1, the model's probability and interval, what came true.

    A square at an end marks what happened.
    """
    height, pad = 24, 8

    def x(p: float) -> float:
        return pad + min(max(p, 0.0), 1.0) * (width - 2 * pad)

    shapes = [
        f'<path d="M{x(0):.1f} 12H{x(1):.1f}" stroke="#c9d0d6" stroke-width="1"/>',
        f'<path d="M{x(0):.1f} 9v6M{x(0.5):.1f} 10v4M{x(1):.1f} 9v6" stroke="#c9d0d6" stroke-width="1"/>',
        f'<path d="M{x(low):.1f} 17H{x(high):.1f}" stroke="{BASE}" stroke-width="5" opacity=".6"/>',
    ]
    if model is not None:
        shapes.append(
            f'<path d="M{x(model[0]):.1f} 8H{x(model[2]):.1f}" stroke="{MODEL}" stroke-width="4" opacity=".35"/>'
        )
        shapes.append(f'<circle cx="{x(model[1]):.1f}" cy="8" r="4.2" fill="{MODEL}"/>')
    if happened is not None:
        shapes.append(
            f'<path d="M{x(float(happened)) - 4:.1f} 8h8v8h-8Z" fill="none" stroke="{DARK}" stroke-width="1.4"/>'
        )
    return _strip(shapes, width, height)


def _strip(shapes: Sequence[str], width: int, height: int) -> str:
    return (
        f'<svg class="strip" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f"{''.join(shapes)}</svg>"
    )
