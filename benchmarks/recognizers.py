"""How much of the Recognizers-Text specifications for Japanese we read, by category.

    python benchmarks/recognizers.py SPECS [--wrong CATEGORY]

SPECS is a folder of the JSON files of Recognizers-Text (Specs/*/Japanese, named like DateTime.DateParser.json). A case
passes when the number of results is right and every one stands at the same characters with the same resolution (TIMEX
and both resolutions for dates, periods and durations; value, and unit where there is one, for numbers). A field the
case leaves out is not compared.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from keisei.documents.dates.recognizers import Recognised, parse_date, parse_duration
from keisei.documents.dates.recognizers_model import recognise_dates
from keisei.documents.dates.recognizers_range import parse_period
from keisei.documents.quantities.recognizers import (
    recognise_age,
    recognise_currency,
    recognise_dimension,
    recognise_number,
    recognise_ordinal,
    recognise_percent,
)
from keisei.errors import InputError

Case = dict[str, Any]
PLAIN = {"startDate": "start", "endDate": "end", "date": "value", "duration": "value"}


def reference(case: Case) -> datetime.date:
    """The day a case is asked on; the specifications' own default where it says none."""
    said = (case.get("Context") or {}).get("ReferenceDateTime")
    return datetime.date.fromisoformat(said[:10]) if said else datetime.date(2016, 11, 7)


def same_resolution(expected: Any, got: Recognised) -> bool:
    """TIMEX and both resolutions, as far as the case gives them."""
    if not isinstance(expected, dict):
        return True
    timex = expected.get("Timex")
    if timex is not None and timex != got.timex:
        return False
    for side, ours in (("FutureResolution", got.future), ("PastResolution", got.past)):
        wanted = expected.get(side)
        if wanted is not None and dict(wanted) != ours:
            return False
    return True


def dates(case: Case, reader: Callable[[str, datetime.date], list[Recognised]]) -> bool:
    """A case of a date, period, duration parser or of the extractor."""
    got = reader(case["Input"], reference(case))
    wanted = case["Results"]
    return len(got) == len(wanted) and all(
        w["Start"] == g.start and w["Length"] == g.end - g.start and same_resolution(w.get("Value"), g)
        for w, g in zip(wanted, got, strict=True)
    )


def model(case: Case) -> bool:
    """A case of the whole date model: type, place and the list of values of each result."""
    got = recognise_dates(case["Input"], reference(case))
    wanted = case["Results"]
    if len(got) != len(wanted):
        return False
    for w, g in zip(wanted, got, strict=True):
        if w["TypeName"] != f"datetimeV2.{g.type}" or w["Start"] != g.start or w["End"] != g.end - 1:
            return False
        values = []
        for side in (g.past, g.future):
            named = {PLAIN.get(k, k): v for k, v in side.items()}
            opened: dict[str, str] = {"Mod": g.mod} if g.mod else {}
            if g.source:
                opened["sourceEntity"] = g.source
            values.append({"timex": g.timex, "type": g.type, **opened, **named})
        if values[0] == values[1]:
            values.pop()
        if w["Resolution"]["values"] != values:
            return False
    return True


def numbers(case: Case, reader: Callable[[str], list[Any]]) -> bool:
    """A case of a number model: place, value, and unit where there is one."""
    got = reader(case["Input"])
    wanted = case["Results"]
    if len(got) != len(wanted):
        return False
    for w, g in zip(wanted, got, strict=True):
        if w["Start"] != g.start or w["End"] != g.end - 1:
            return False
        resolution = w.get("Resolution") or {}
        if not case.get("IgnoreResolution") and resolution.get("value") != g.value:
            return False
        if "unit" in resolution and resolution["unit"] != g.unit:
            return False
        if resolution.get("isoCurrency") and resolution["isoCurrency"] != g.iso:
            return False
    return True


CATEGORIES: dict[str, Callable[[Case], bool]] = {
    "DateTime.DateParser": lambda c: dates(c, parse_date),
    "DateTime.DateExtractor": lambda c: dates(c, parse_date),
    "DateTime.DatePeriodParser": lambda c: dates(c, parse_period),
    "DateTime.DurationParser": lambda c: dates(c, parse_duration),
    "DateTime.DateTimeModel": model,
    "Number.NumberModel": lambda c: numbers(c, recognise_number),
    "Number.OrdinalModel": lambda c: numbers(c, recognise_ordinal),
    "Number.PercentModel": lambda c: numbers(c, recognise_percent),
    "NumberWithUnit.CurrencyModel": lambda c: numbers(c, recognise_currency),
    "NumberWithUnit.AgeModel": lambda c: numbers(c, recognise_age),
    "NumberWithUnit.DimensionModel": lambda c: numbers(c, recognise_dimension),
}


def main() -> None:
    """Print the share passed by category, or the cases of one category that fail."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("specs", type=Path)
    parser.add_argument("--wrong", metavar="CATEGORY", help="print the failing cases of a category")
    args = parser.parse_args()
    if not args.specs.is_dir():
        raise InputError("no such folder", file=args.specs, mend="give the folder of the specification files")
    print(f"{'category':32}{'passed':>8}{'of':>6}{'share':>8}")
    for name, passes in CATEGORIES.items():
        path = args.specs / f"{name}.json"
        if not path.exists():
            continue
        cases = json.loads(path.read_text(encoding="utf-8-sig"))
        wrong = [case for case in cases if not passes(case)]
        print(f"{name:32}{len(cases) - len(wrong):>8}{len(cases):>6}{1 - len(wrong) / len(cases):>8.3f}")
        if args.wrong and args.wrong in name:
            for case in wrong:
                print("  ", case["Input"], "@", reference(case), json.dumps(case["Results"], ensure_ascii=False)[:300])


if __name__ == "__main__":
    try:
        main()
    except InputError as error:
        sys.exit(str(error))
