"""Which records a report draws, in which unit, and which figures of the evidence are the same quantity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from keisei.report.view import Text

Shape = Literal["level", "year", "total"]
NO_NOTE = Text("")


@dataclass(frozen=True)
class Stock:
    """A record as it is drawn.

    Attributes:
        record: name of the record; an event's variables are added up.
        shape: ``level`` as recorded; ``year`` the sum of the last twelve months; ``total`` the sum since the beginning.
        scale: factor from the record's unit to the unit drawn.
        series: series → factor from its unit to the unit drawn, ``SERIES`` (any index) or ``SERIES[INDEX]``.
        facts: (site, attributes, factor) of facts that report the same quantity.
    """

    record: str
    title: Text
    unit: Text
    shape: Shape = "level"
    scale: float = 1.0
    series: Mapping[str, float] = field(default_factory=dict)
    facts: tuple[str, Mapping[str, str], float] | None = None
    note: Text = NO_NOTE


# What the records mean is said here once; a model that does not record one is drawn without it.
STOCKS = (
    Stock(
        "PRK.warheads",
        Text("North Korean warheads", "北朝鮮の核弾頭数"),
        Text("warheads", "発"),
        series={"PRK.warheads": 1.0},
        note=Text(
            "Makers count different things: assembled warheads, or what the material would allow (hollow, not used).",
            "推計元により数え方が異なる(組み立て済みの弾頭か、保有物質で可能な数か)。白抜きは計算に使っていない。",
        ),
    ),
    Stock(
        "PRK.launch.ballistic",
        Text("Ballistic launch days in the last twelve months", "過去12か月の弾道ミサイル発射日数"),
        Text("days by class", "日(種別ごと)"),
        shape="year",
        note=Text(
            "The past is as observed where a class is covered, else drawn; each class counts its own days.",
            "記録が網羅されている種別の過去は観測値、そうでない種別は生成値。種別ごとに日数を数える。",
        ),
    ),
    Stock(
        "arms.rounds",
        Text("Artillery rounds sent to Russia, total", "対ロ砲弾供与(累計)"),
        Text("million rounds", "百万発"),
        shape="total",
        scale=1e-6,
        facts=("arms.shipment", {"measure": "rounds", "cumulative": "yes"}, 1e-6),
    ),
    Stock(
        "arms.revenue",
        Text("Earnings from arms and services to Russia, total", "対ロ武器取引の収入(累計)"),
        Text("billion USD", "十億米ドル"),
        shape="total",
        scale=1e-9,
        facts=("arms.shipment", {"measure": "usd", "cumulative": "yes"}, 1e-9),
    ),
    Stock(
        "PRK.trade.CHN",
        Text("Trade with China over twelve months", "対中貿易額(12か月)"),
        Text("billion USD", "十億米ドル"),
        shape="year",
        scale=1e-3,
        series={"PRK.trade.CHN": 1e-3},
    ),
    Stock(
        "PRK.gdp_growth",
        Text("Growth of the North Korean economy", "北朝鮮の経済成長率"),
        Text("percent a year", "%/年"),
        series={"PRK.gdp_growth": 1.0},
    ),
    Stock(
        "enforcement.CHN",
        Text("China's enforcement of the sanctions", "中国の制裁履行"),
        Text("1 = China in 2018", "2018年の中国 = 1"),
        note=Text(
            "Latent: seen only through trade. 2018 is 1 by definition.",
            "潜在変数:貿易を通じてのみ見える。2018年は定義により1。",
        ),
    ),
    Stock(
        "KOR.support_nuclear",
        Text("South Korean support for own nuclear arms", "韓国の独自核武装への支持"),
        Text("percent", "%"),
        series={"KOR.support_nuclear": 1.0},
        note=Text(
            "Pollsters ask differently; each has a bias of its own.",
            "調査機関ごとに質問が異なり、それぞれ偏りを持つ。",
        ),
    ),
    Stock(
        "rivalry",
        Text("US–China rivalry", "米中対立"),
        Text("distance of UN ideal points", "国連投票の理想点距離"),
        series={"ideal_distance[USA-CHN]": 1.0},
    ),
    Stock(
        "UNSC.ladder",
        Text("Severity of the Council's measures", "安保理制裁の厳しさ"),
        Text("0 none, 1 all of 2017", "0 = なし、1 = 2017年の全措置"),
    ),
)  # fmt: skip

PAIRS = tuple(
    Stock(f"cooperation.{pair}", Text(en, ja), Text("standard deviations", "標準偏差"))
    for pair, en, ja in (
        ("PRK-RUS", "North Korea – Russia", "北朝鮮・ロシア"),
        ("PRK-CHN", "North Korea – China", "北朝鮮・中国"),
        ("CHN-RUS", "China – Russia", "中国・ロシア"),
    )
)

# Sums over the beginning of the run cannot be formed from a past that was cut off; twelve months can.
SPAN = 12
