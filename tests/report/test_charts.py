"""The charts: static, safe, and true to their numbers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keisei.report import charts, words
from keisei.report.view import HealthMonth

from .synthetic import ORIGIN, plume

unit = st.floats(0, 1)


@pytest.fixture(scope="module")
def fan() -> str:
    return charts.svg(charts.fan(plume()), 'Grain & "salt"')


def test_a_fan_is_an_image_without_script_that_names_itself(fan: str) -> None:
    root = ElementTree.fromstring(fan)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == 'Grain & "salt"'
    assert "viewBox" in root.attrib
    assert "<script" not in fan


def test_a_fan_shows_used_unused_and_later_figures_apart(fan: str) -> None:
    assert len(re.findall(r'aria-roledescription="point"', fan)) == 3
    assert charts.LATER in fan


def test_a_fan_draws_two_bands_and_the_outlook_before(fan: str) -> None:
    assert charts.BAND_90 in fan
    assert charts.BAND_50 in fan
    assert "stroke-dasharray" in fan


def test_health_and_reliability_are_drawn() -> None:
    rows = [HealthMonth(ORIGIN + i, 0.5, -1.0, "talks", -2.0, 64) for i in range(4)]
    bins = [{"n": 5, "forecast": 0.2, "observed": 0.4, "bar_low": 0.0, "bar_high": 0.6}]
    assert charts.svg(charts.health(rows)).startswith("<svg")
    assert charts.svg(charts.reliability(bins)).startswith("<svg")


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<SCRIPT x='1'>alert(1)</SCRIPT>",
        '<g onload="alert(1)"/>',
        "<g onclick='alert(1)'/>",
        '<a href="javascript:alert(1)"/>',
        "<foreignObject><b>alert(1)</b></foreignObject>",
    ],
)
def test_a_drawing_made_elsewhere_brings_no_code(bad: str) -> None:
    drawn = charts.inline_svg(f'<?xml version="1.0"?><svg width="10" height="5"><path d="M0.123456 1"/>{bad}</svg>')
    assert "alert" not in drawn
    assert "<?xml" not in drawn
    assert 'viewBox="0 0 10 5"' in drawn
    assert "M0.123456 1" in drawn


@given(value=unit, low=unit, high=unit, before=st.none() | unit, base=st.none() | st.tuples(unit, unit, unit))
def test_a_strip_places_probabilities_in_order_within_its_width(
    value: float, low: float, high: float, before: float | None, base: tuple[float, float, float] | None
) -> None:
    drawn = charts.strip(value, low, high, before=before, base=base)
    ElementTree.fromstring(drawn)
    discs = [float(x) for x in re.findall(r'cx="([-\d.]+)"', drawn)]
    assert all(7 <= x <= 193 for x in discs)
    assert abs(discs[-1] - (7 + value * 186)) <= 0.06


sizes = st.floats(-1e9, 1e9)


@given(sizes, sizes, sizes)
def test_an_effect_lies_within_the_chart_right_of_the_band_only_where_it_is_of_interest(
    a: float, b: float, c: float
) -> None:
    low, middle, high = sorted((a, b, c))
    drawn = charts.effect(low, middle, high, before=(low, middle, high), width=240)
    found = [float(x) for x in re.findall(r"[MH](-?[\d.]+)", drawn)]
    assert all(0 <= x <= 240 for x in found)
    disc = re.search(r'circle cx="([\d.]+)"', drawn)
    band = re.search(r'<path d="M([\d.]+) 1H([\d.]+)V', drawn)
    assert disc is not None
    assert band is not None
    at, left, right = float(disc[1]), float(band[1]), float(band[2])
    if middle > 1.05:
        assert at > right
    elif middle < -1.05:
        assert at < left
    elif abs(middle) < 0.95:
        assert left < at < right


@given(unit, unit, unit, st.sampled_from([None, True, False]))
def test_a_wording_and_the_model_lie_on_one_line(low: float, high: float, p: float, happened: bool | None) -> None:
    low, high = sorted((low, high))
    drawn = charts.wording(low, high, model=(p, p, p), happened=happened, width=200)
    ElementTree.fromstring(drawn)
    disc = re.search(r'circle cx="([\d.]+)"', drawn)
    assert disc is not None
    assert 8 <= float(disc[1]) <= 192
    assert ("8h8v8h-8Z" in drawn) == (happened is not None)
    if happened is not None:
        assert f"M{4 + 184 * happened:.1f} 8h8" in drawn


@given(st.floats(0, 1))
def test_a_percent_never_claims_certainty_that_is_not_there(p: float) -> None:
    shown = words.percent(p)
    assert (shown == "0%") == (p == 0)
    assert (shown == "100%") == (p == 1)


@given(st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-3))
def test_a_number_is_read_back_to_three_digits(x: float) -> None:
    back = float(words.number(x).replace(",", "").replace("−", "-"))
    assert back == pytest.approx(x, rel=0.006, abs=6e-5)


def test_places_are_rounded_and_labels_are_not() -> None:
    drawn = charts.rounded('<svg><g transform="scale(0.15)"><path d="M1.2345 6"/><text>1.15</text></g></svg>')
    assert "M1.2 6" in drawn
    assert ">1.15<" in drawn
    assert "scale(0.15)" in drawn
