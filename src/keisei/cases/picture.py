"""A picture of which site reads which stock: a matrix, grouped by law, as SVG without a plotting library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from keisei.cases.anatomy import Law

_STEP, _LEFT, _TOP, _GAP = 12, 250, 190, 8
_SHADES = ("#3b6ea5", "#b5651d")


def reads_picture(reads: Mapping[str, Sequence[str]], laws: tuple[Law, ...]) -> str:
    """Rows are sites, columns stocks of last month, a mark is a direct dependency (``reads``); both in groups by law.

    A mark is darker in the law's own block. Sites that read no stock are left out and counted.
    """
    columns: dict[str, float] = {}
    x = float(_LEFT)
    heads: list[tuple[str, float, float]] = []
    for law in laws:
        start = x
        for name, _ in law.stocks:
            columns[f"state:{name}"] = x
            x += _STEP
        heads.append((law.name, start, x))
        x += _GAP
    width = x + 10
    marks: list[str] = []
    texts: list[str] = []
    bands: list[str] = []
    y, silent = float(_TOP), 0
    for number, law in enumerate(laws):
        own = {f"state:{name}" for name, _ in law.stocks}
        start = y
        for site in law.sites:
            read = [r for r in reads.get(site.target, ()) if r in columns]
            if not read:
                silent += 1
                continue
            texts.append(_text(_LEFT - 6, y + _STEP - 3, site.target, "end"))
            for r in read:
                shade = _SHADES[0] if r in own else _SHADES[1]
                marks.append(
                    f'<rect x="{columns[r] + 1:g}" y="{y + 1:g}" width="{_STEP - 2}" height="{_STEP - 2}" '
                    f'fill="{shade}">'
                    f"<title>{escape(site.target)} reads {escape(r.removeprefix('state:'))}</title></rect>"
                )
            y += _STEP
        if y > start:
            if number % 2 == 0:
                bands.append(f'<rect x="0" y="{start:g}" width="{width:g}" height="{y - start:g}" fill="#f2f4f7"/>')
            texts.append(_text(8, start + _STEP - 3, law.name, "start", bold=True))
            y += _GAP
    for name, start, end in heads:
        bands.append(
            f'<rect x="{start:g}" y="{_TOP - 4}" width="{end - start:g}" height="{y - _TOP:g}" fill="#00000008"/>'
        )
        texts.append(_text(start, 58, name, "start", bold=True, turn=-35))
    for target, at in columns.items():
        leaf = target.rpartition(".")[2]
        texts.append(_text(at + _STEP - 3, _TOP - 8, leaf, "start", turn=-90))
    height = y + 30
    texts.append(_text(8, 16, "Rows: sites. Columns: stocks at the end of last month, by law.", "start"))
    texts.append(_text(8, 30, "Blue: a stock of the law's own. Brown: of another law.", "start"))
    texts.append(_text(8, y + 14, f"{silent} sites read no stock and are left out.", "start"))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="sans-serif" font-size="9" fill="#222222">'
    )
    ground = f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
    return "\n".join([head, ground, *bands, *marks, *texts, "</svg>", ""])


def _text(x: float, y: float, words: str, anchor: str, bold: bool = False, turn: int = 0) -> str:
    weight = ' font-weight="bold"' if bold else ""
    turned = f' transform="rotate({turn} {x:g} {y:g})"' if turn else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{weight}{turned}>{escape(words)}</text>'
