"""Exchange: Nash bargaining over bundles of goods, and Nash-in-Nash over a network of links.

>>> from keisei.exchange import Link, Network, Terms, solve_network
>>> market = Network(("RUS", "PRK"), ("shells", "cash"), (Link("RUS", "PRK", (("shells", "PRK"), ("cash", "RUS"))),))
>>> terms = Terms(
...     value=((3.0, 1.0), (1.0, 1.0)), curvature=((0.0, 0.0), (1.0, 0.0)), cap=(10.0, 100.0), power=(0.5,)
... )
>>> bundle, report = solve_network(market, terms)
>>> [round(float(x), 4) for x in bundle]  # shells until 3 = 1 + x; cash splits the surplus of 2 USD evenly
[2.0, 5.0]
>>> bool(report.converged)
True
"""

from keisei.exchange.bargain import Deal, solve_link
from keisei.exchange.nash_in_nash import FixedPoint, Report, fixed_points, solve_network
from keisei.exchange.network import Flow, Link, Network, Terms, totals, utilities

__all__ = [
    "Deal",
    "FixedPoint",
    "Flow",
    "Link",
    "Network",
    "Report",
    "Terms",
    "fixed_points",
    "solve_link",
    "solve_network",
    "totals",
    "utilities",
]
