"""Numbers that may wait for a parameter: payoffs as sums of named features times named parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from keisei.errors import InputError

Number = int | float | str | Fraction


def exact(value: Number) -> Fraction:
    """A number as the fraction its decimal text means: 0.1 becomes 1/10, "2/5" becomes 2/5.

    Raises:
        InputError: when it is not a finite number.
    """
    try:
        return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise InputError(f"'{value}' is not a finite number") from None


@dataclass(frozen=True)
class Linear:
    """constant + Σ coefficient · parameter · feature; a missing feature stands for 1.

    Args:
        constant: what does not wait for anything.
        terms: triples (parameter or "", feature or "", coefficient).
    """

    constant: Fraction = Fraction(0)
    terms: tuple[tuple[str, str, Fraction], ...] = ()

    def __add__(self, other: Linear | Number) -> Linear:
        other = linear(other)
        merged: dict[tuple[str, str], Fraction] = {}
        for name, item, weight in (*self.terms, *other.terms):
            merged[name, item] = merged.get((name, item), Fraction(0)) + weight
        kept = tuple((*key, weight) for key, weight in merged.items() if weight)
        return Linear(self.constant + other.constant, kept)

    __radd__ = __add__

    def __neg__(self) -> Linear:
        return self * -1

    def __sub__(self, other: Linear | Number) -> Linear:
        return self + -linear(other)

    def __rsub__(self, other: Linear | Number) -> Linear:
        return linear(other) - self

    def __mul__(self, other: Linear | Number) -> Linear:
        other = linear(other)
        if not other.terms:
            return Linear(self.constant * other.constant, tuple((p, f, w * other.constant) for p, f, w in self.terms))
        if not self.terms:
            return other * self.constant
        if self.constant or other.constant or len(self.terms) > 1 or len(other.terms) > 1:
            raise InputError(
                "a payoff is a sum of products of one parameter and one feature",
                mend="write each product as parameter(..) * feature(..)",
            )
        (p, f, w), (q, g, v) = self.terms[0], other.terms[0]
        if (p and q) or (f and g):
            raise InputError("a payoff must be linear in parameters and in features", mend="name the product")
        return Linear(Fraction(0), ((p or q, f or g, w * v),))

    __rmul__ = __mul__

    def __truediv__(self, other: Number) -> Linear:
        return self * (1 / exact(other))

    def value(self, parameters: Mapping[str, Any], features: Mapping[str, Any]) -> Any:
        """The number or array it means, given arrays of one batch shape (or scalars) for every name."""
        total: Any = float(self.constant)
        for name, item, weight in self.terms:
            for key, table, kind in ((name, parameters, "parameter"), (item, features, "feature")):
                if key and key not in table:
                    raise InputError(f"the payoffs use the {kind} '{key}', which was not given")
            product: Any = float(weight)
            product = product * parameters[name] if name else product
            total = total + (product * features[item] if item else product)
        return total

    def __str__(self) -> str:
        parts = ["*".join(x for x in ("" if w == 1 and (p or f) else str(w), p, f) if x) for p, f, w in self.terms]
        if self.constant or not parts:
            parts.append(str(self.constant))
        return " + ".join(parts).replace("+ -", "- ")


def linear(value: Linear | Number) -> Linear:
    """A number as a constant payoff; what is linear already stays."""
    return value if isinstance(value, Linear) else Linear(exact(value))


def parameter(name: str) -> Linear:
    """A payoff that is one named parameter."""
    return Linear(Fraction(0), ((name, "", Fraction(1)),))


def feature(name: str) -> Linear:
    """A payoff that is one named feature of the situation."""
    return Linear(Fraction(0), (("", name, Fraction(1)),))
