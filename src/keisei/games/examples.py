"""Games of the kinds this room is for: used in the docs, the tests and the benchmarks."""

from __future__ import annotations

from keisei.games.build import Tree, chance, decision, end, game
from keisei.games.game import Game
from keisei.games.linear import exact


def crisis_signalling(resolved: str = "2/5") -> Game:
    """A challenger of hidden resolve, a target that concedes or resists, a last choice to stand firm or back down."""

    def side(kind: str, backing_down: str, war: str, target_war: str) -> Tree:
        return decision(
            "A",
            f"{kind}: challenge?",
            {
                "stay": end({}, f"status quo ({kind})"),
                "challenge": decision(
                    "B",
                    "resist?",
                    {
                        "concede": end({"A": 1, "B": -1}, f"concession ({kind})"),
                        "resist": decision(
                            "A",
                            f"{kind}: stand firm?",
                            {
                                "back down": end({"A": backing_down, "B": "1/2"}, f"backing down ({kind})"),
                                "stand firm": end({"A": war, "B": target_war}, f"war ({kind})"),
                            },
                        ),
                    },
                ),
            },
        )

    share = exact(resolved)
    return game(
        "Crisis signalling",
        ["A", "B"],
        chance(
            {
                "resolved": (share, side("resolved", "-1", "-1/5", "-3/2")),
                "bluffing": (1 - share, side("bluffing", "-1/2", "-3/2", "-4/5")),
            },
            "resolve",
        ),
    )


def negotiation() -> Game:
    """Ten information sets: three offers to a state of hidden type, which accepts, refuses or counters."""

    def reply(offer: str, size: float, kind: str, need: float) -> Tree:
        after = decision(
            "USA",
            f"counter to {offer}",
            {
                "grant": end({"PRK": size + 1.0 - need, "USA": 1.6 - 1.2 * size}),
                "refuse": end({"PRK": -0.3 * need, "USA": -0.4}),
            },
        )
        return decision(
            "PRK",
            f"{kind} type, {offer}",
            {
                "accept": end({"PRK": size - 0.5 * need, "USA": 1.8 - size}),
                "refuse": end({"PRK": 0.2 * need, "USA": 0.0}),
                "counter": after,
            },
        )

    def side(kind: str, need: float) -> Tree:
        offers = {"none": 0.0, "small": 0.7, "big": 1.6}
        return decision("USA", "offer", {name: reply(name, size, kind, need) for name, size in offers.items()})

    return game(
        "Negotiation with a hidden type",
        ["USA", "PRK"],
        chance({"eager": (0.45, side("eager", 0.4)), "wary": (0.55, side("wary", 1.5))}, "type"),
    )


def two_vetoes() -> Game:
    """A proposer and two members with a veto who vote without seeing each other's vote."""

    def vote(draft: str, severity: float) -> Tree:
        def result(first: bool, second: bool) -> Tree:
            if first and second:
                return end({"P": 1.2 * severity, "V": 0.6 - 0.8 * severity, "W": 0.9 - severity})
            return end({"P": -0.2, "V": -0.3 * first, "W": -0.4 * second})

        def third(first: bool) -> Tree:
            return decision("W", f"W on {draft}", {"agree": result(first, True), "veto": result(first, False)})

        return decision("V", f"V on {draft}", {"agree": third(True), "veto": third(False)})

    return game(
        "Two vetoes",
        ["P", "V", "W"],
        decision("P", "draft", {"mild": vote("mild", 0.5), "severe": vote("severe", 1.1), "none": end({})}),
    )
