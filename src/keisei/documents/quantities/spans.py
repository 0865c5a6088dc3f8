"""What a quantity reader gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QuantitySpan:
    """A number with a unit or a counted thing.

    Attributes:
        start, end: code points in the text given; `quote` is `text[start:end]`.
        value: the number; the middle of a range; None where the words give only bounds (数十人).
        low, high: bounds, only where the words give them (以上, 未満, a range).
        unit: "USD", "JPY", … for money; "percent", "percentage point", "times" (倍), "count", "rank"; "year", "month",
            "week", "day", "hour", "minute", "second"; "km", "m", "tonne", … for measures.
        approximate: whether the words say so (約, ほど, 以上, about).
        of: what is counted, as far as the words next to it say; None else.
        date: the date value of the sentence nearest before it; None else.
        rule: id of the rule that read it; "+converted" for an amount in brackets that restates the one before.
    """

    start: int
    end: int
    quote: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    approximate: bool
    of: str | None
    date: str | None
    rule: str
