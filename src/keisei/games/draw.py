"""A game as text and as a drawing (SVG, no library needed)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from keisei.games.game import CHANCE, Game
from keisei.games.linear import Linear

# one colour a player, told apart also by those who see few colours (Okabe & Ito)
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")


def _payoff(value: Linear) -> str:
    if value.terms:
        return str(value)
    number = value.constant
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.4g}"


def _shares(game: Game, infoset: int, probabilities: Sequence[Sequence[float]] | None) -> Sequence[float] | None:
    if probabilities is not None:
        return probabilities[infoset]
    return [float(p) for p in game.infosets[infoset].probabilities or ()] or None


def format_tree(game: Game, probabilities: Sequence[Sequence[float]] | None = None) -> str:
    """The tree as lines of text, with the probabilities of the actions when they are given."""
    lines = [game.title]

    def show(index: int, head: str, tail: str) -> None:
        node = game.nodes[index]
        if node.infoset is None:
            position = game.terminal_index[index]
            paid = ", ".join(
                f"{p} {_payoff(u)}" for p, u in zip(game.players, game.linear_payoffs[position], strict=True)
            )
            lines.append(f"{head}{game.terminal_names[position]}: {paid}")
            return
        infoset = game.infosets[node.infoset]
        who = "chance" if infoset.player == CHANCE else game.players[infoset.player]
        lines.append(f"{head}[{who}: {game.names[node.infoset]}]")
        shares = _shares(game, node.infoset, probabilities)
        for k, child in enumerate(game.children[index]):
            last = k + 1 == len(infoset.actions)
            chance = f" ({shares[k]:.3f})" if shares else ""
            show(
                child,
                f"{tail}{'└' if last else '├'}─ {infoset.actions[k]}{chance} → ",
                tail + ("   " if last else "│  "),
            )

    show(0, "", "")
    return "\n".join(lines) + "\n"


def draw_svg(
    game: Game, probabilities: Sequence[Sequence[float]] | None = None, *, column: int = 190, row: int = 46
) -> str:
    """The tree from left to right as an SVG document; dashed lines join the nodes of an information set.

    Args:
        game: the game.
        probabilities: for each information set its actions' probabilities; lines are as thick as they are likely.
        column: width of one move in pixels.
        row: height of one end in pixels.
    """
    depth = [len(path) for path in game.paths]
    height: dict[int, float] = {}

    def settle(index: int) -> float:
        children = game.children[index]
        height[index] = (
            sum(map(settle, children)) / len(children) if children else 30.0 + row * (0.5 + game.terminal_index[index])
        )
        return height[index]

    settle(0)
    left = 30
    width = left + column * max(depth) + 330
    total = 50 + row * len(game.terminals)

    def place(index: int) -> tuple[float, float]:
        return left + column * depth[index], height[index]

    def colour(player: int) -> str:
        return "#555555" if player == CHANCE else _COLOURS[player % len(_COLOURS)]

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total}" width="{width}" height="{total}" '
        'font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(game.title)}</title>",
        f'<rect width="{width}" height="{total}" fill="white"/>',
        f'<text x="{left}" y="18" font-size="14" font-weight="bold">{escape(game.title)}</text>',
    ]
    for index, node in enumerate(game.nodes):
        if node.infoset is None:
            continue
        infoset = game.infosets[node.infoset]
        x, y = place(index)
        shares = _shares(game, node.infoset, probabilities)
        for k, child in enumerate(game.children[index]):
            u, v = place(child)
            share = shares[k] if shares else None
            thick = 1.2 if share is None else 0.6 + 3.4 * share
            label = infoset.actions[k] + ("" if share is None else f" {share:.2f}")
            parts.append(
                f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{u:.1f}" y2="{v:.1f}" stroke="{colour(infoset.player)}" '
                f'stroke-width="{thick:.2f}"/>'
            )
            parts.append(
                f'<text x="{x + 0.62 * (u - x):.1f}" y="{y + 0.62 * (v - y) - 4:.1f}" text-anchor="middle" '
                f'paint-order="stroke" stroke="white" stroke-width="3">{escape(label)}</text>'
            )
    for i, members in enumerate(game.members):
        spots = sorted((place(m) for m in members), key=lambda p: p[1])
        for (x, y), (u, v) in pairwise(spots):
            if game.infosets[i].player != CHANCE:
                parts.append(
                    f'<path d="M {x:.1f} {y:.1f} Q {min(x, u) - 18:.1f} {(y + v) / 2:.1f} {u:.1f} {v:.1f}" fill="none" '
                    f'stroke="{colour(game.infosets[i].player)}" stroke-dasharray="4 4"/>'
                )
    for index, node in enumerate(game.nodes):
        x, y = place(index)
        if node.infoset is None:
            position = game.terminal_index[index]
            paid = ", ".join(_payoff(u) for u in game.linear_payoffs[position])
            parts.append(
                f'<text x="{x + 6:.1f}" y="{y + 4:.1f}">{escape(game.terminal_names[position])} '
                f'<tspan fill="#555555">({escape(paid)})</tspan></text>'
            )
            continue
        infoset = game.infosets[node.infoset]
        who = "chance" if infoset.player == CHANCE else game.players[infoset.player]
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour(infoset.player)}">'
            f"<title>{escape(who)}: {escape(game.names[node.infoset])}</title></circle>"
        )
        parts.append(
            f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle" fill="{colour(infoset.player)}" '
            f'paint-order="stroke" stroke="white" stroke-width="3">{escape(who)}</text>'
        )
    parts.append("</svg>")
    return "\n".join(parts) + "\n"
