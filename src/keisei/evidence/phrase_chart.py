"""A chart of a phrase over time: one line a series of texts, one mark a text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from keisei.errors import InputError
from keisei.evidence.dates import parse_date
from keisei.evidence.phrases import PRESENCES, PhraseRow

# Okabe and Ito's colours, told apart by most colour-blind readers; the shape says the same a second time
_COLOURS = ("#0072b2", "#cc79a7", "#e69f00", "#56b4e9", "#d55e00", "#999999", "#cccccc")
_SHAPES = ("circle", "diamond", "triangle-down", "triangle-up", "cross", "square", "circle")

_FONTS = "Noto Sans, Noto Sans CJK JP, Hiragino Sans, Yu Gothic, Meiryo, sans-serif"


def write_chart(rows: Sequence[PhraseRow], phrase: str, file: Path) -> None:
    """Write the chart as SVG.

    Raises:
        InputError: the file is not .svg or cannot be written, or no row has a date.
    """
    if file.suffix.lower() != ".svg":
        raise InputError("a chart is written as SVG", file=file, mend="name a file that ends in .svg")
    dated = [row for row in rows if row.date]
    if not dated:
        raise InputError(f"no dated text is known for '{phrase}'", mend="read texts, or look for another phrase")

    import altair as alt

    values = [
        {
            "date": parse_date(row.date).first.isoformat(),
            "series": row.series,
            "presence": row.presence if row.presence in PRESENCES else "not coded",
            "change": row.change if row.change in ("dropped", "returned") else "",
        }
        for row in dated
    ]
    order = list(dict.fromkeys(value["series"] for value in sorted(values, key=lambda value: value["date"])))
    found = [presence for presence in PRESENCES if any(value["presence"] == presence for value in values)]
    places = [PRESENCES.index(presence) for presence in found]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("date:T", title=None, axis=alt.Axis(format="%Y", grid=True, gridColor="#eeeeee")),
        y=alt.Y("series:N", sort=order, title=None, axis=alt.Axis(labelLimit=320, grid=True, gridColor="#f4f4f4")),
    )
    marks = base.mark_point(size=110, filled=True, opacity=0.9, strokeWidth=1.5).encode(
        color=alt.Color(
            "presence:N", title="phrase", scale=alt.Scale(domain=found, range=[_COLOURS[place] for place in places])
        ),
        shape=alt.Shape(
            "presence:N", title="phrase", scale=alt.Scale(domain=found, range=[_SHAPES[place] for place in places])
        ),
    )
    changes = base.mark_text(dy=-12, fontSize=10, color="#444444").encode(text="change:N")
    chart = (marks + changes).properties(
        width=640, height={"step": 26}, title=alt.TitleParams(f"“{phrase}” in official texts", anchor="start")
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        chart.configure(font=_FONTS).configure_view(stroke=None).save(str(file), format="svg")
    except OSError as error:
        raise InputError(f"it cannot be written ({error.strerror})", file=file, mend="name another file") from None
