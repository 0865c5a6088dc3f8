"""Sources that disagree stand side by side, and passing a figure on does not make it two."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.example import write_case
from evidence.test_store import a_fact
from keisei.evidence import Evidence, Fact, Measurement, Source, load_evidence
from keisei.evidence.chains import count_origins, find_cycle, origins
from keisei.evidence.conflicts import conflicts, corroboration, disagreements


def figure(value: float, **changed: object) -> Measurement:
    cells: dict[str, object] = {
        "series": "s", "date": "2023", "value": value, "unit": "count", "maker": "A", "sources": ("a",),
        "checked": "opened",
    }  # fmt: skip
    return Measurement(**(cells | changed))  # type: ignore[arg-type]


def told_by(maker: str, value: float, date: str, certainty: str = "reported", **attributes: str) -> Fact:
    given = {"maker": maker, **attributes}
    return a_fact(f"{maker}-{date}", value=value, date=date, certainty=certainty, attributes=given)


def test_figures_beyond_each_others_ranges_stand_side_by_side(tmp_path: Path) -> None:
    found = conflicts(load_evidence(write_case(tmp_path)))
    assert [(c.target, c.kinds, len(c.records), c.voices) for c in found] == [("PRK.warheads", ("value",), 2, 2)]
    assert found[0].origins == (frozenset({"article"}), frozenset({"customs"}))


@pytest.mark.parametrize(
    ("a", "b", "kinds"),
    [
        (a_fact("a", value=1), a_fact("b", value=1), ()),
        (a_fact("a", value=1), a_fact("b", value=2), ("value",)),
        (a_fact("a", value=1), a_fact("b", value=2, date="2023-10"), ()),
        (a_fact("a", value="full"), a_fact("b", value="none"), ("value",)),
        (a_fact("a", value=1000, low=1000), a_fact("b", value=3000), ()),
        (a_fact("a", value=1000, low=1000), a_fact("b", value=900), ("value",)),
        (a_fact("a", value=9, high=10), a_fact("b", value=3), ()),
        (a_fact("a", value=9, high=10), a_fact("b", value=11), ("value",)),
        # a day of the month holds no more than the month
        (a_fact("a", value=1, date="2023-09-03", precision="day"), a_fact("b", value=3), ()),
        (a_fact("a", value=4, date="2023-09-03", precision="day"), a_fact("b", value=3), ("value",)),
        (a_fact("a"), a_fact("b", certainty="denied"), ("denied",)),
        (a_fact("a", certainty="denied"), a_fact("b", certainty="denied"), ()),
        (a_fact("a", certainty="contested"), a_fact("b"), ("contested",)),
        (
            a_fact("a", attributes={"event": "hanoi", "ended_by": "USA"}),
            a_fact("b", attributes={"event": "hanoi", "ended_by": "PRK"}),
            ("attribute",),
        ),
        (
            a_fact("a", attributes={"event": "launch"}),
            a_fact("b", attributes={"event": "launch"}, date="2024-01"),
            ("date",),
        ),
        (told_by("A", 12000, "2024-10"), told_by("B", 10900, "2024-11"), ("figures",)),
        (told_by("A", 12000, "2024-10"), told_by("A", 10900, "2024-11"), ()),
        (told_by("A", 12000, "2024-10"), told_by("B", 10900, "2026-11"), ()),
        (told_by("A", 12000, "2024-10", kind="sent"), told_by("B", 3000, "2024-11", kind="dead"), ()),
        (told_by("A", 1000, "2023-10", cumulative="yes"), told_by("B", 7000, "2024-02", cumulative="yes"), ()),
        (
            told_by("A", 7000, "2023-10", cumulative="yes"),
            told_by("B", 1000, "2024-02", cumulative="yes"),
            ("figures",),
        ),
        (told_by("A", 0, "2022-12", certainty="denied"), told_by("B", 1000, "2023-10"), ("denied",)),
        (figure(30, sd=5), figure(45, sd=5, maker="B"), ()),
        (figure(30, sd=5), figure(51, sd=5, maker="B"), ("value",)),
        (figure(30), figure(31, published="2025-01"), ("revised",)),
        (figure(30), figure(31, unit="percent"), ()),
        (figure(30), figure(3, date="2023-04"), ()),
    ],
)
def test_what_counts_as_a_disagreement(a: Fact | Measurement, b: Fact | Measurement, kinds: tuple[str, ...]) -> None:
    assert disagreements(a, b) == kinds
    assert disagreements(b, a) == kinds


def test_one_figure_passed_on_in_two_ways_has_one_voice() -> None:
    sources = {
        name: Source(id=name, title=name, type="article", trust="low", derives_from=parents)
        for name, parents in {"paper": (), "translation": ("paper",), "summary": ("translation",), "other": ()}.items()
    }
    told = [
        a_fact("a", value=10, sources=("paper",)),
        a_fact("b", value=10, sources=("translation",)),
        a_fact("c", value=12, sources=("summary",)),
    ]
    evidence = Evidence(sources=sources, facts=tuple(told))
    (conflict,) = conflicts(evidence)
    assert (len(conflict.records), conflict.voices) == (3, 1)
    assert corroboration(evidence, told[0]).voices == 1
    more = Evidence(sources=sources, facts=(*told, a_fact("d", value=10, sources=("other",))))
    assert corroboration(more, told[0]).voices == 2
    assert [fact.id for fact in corroboration(more, told[0]).records if isinstance(fact, Fact)] == ["a", "b", "d"]


def test_a_contested_fact_is_shown_even_when_it_stands_alone() -> None:
    (conflict,) = conflicts(Evidence(facts=(a_fact("a", certainty="contested"),)))
    assert conflict.kinds == ("contested",)


names = st.sampled_from("abcdefgh")
chains = st.dictionaries(names, st.lists(names, max_size=3), max_size=8)


@given(links=chains, claims=st.lists(st.lists(names, min_size=1, max_size=3), max_size=5))
def test_origins_never_grow_by_passing_on(links: dict[str, list[str]], claims: list[list[str]]) -> None:
    acyclic = {child: [p for p in parents if p > child] for child, parents in links.items()}
    assert find_cycle(acyclic) == ()
    count = count_origins(claims, acyclic)
    assert count <= len({tuple(sorted(origins(claim, acyclic))) for claim in claims})
    assert count == count_origins(reversed(claims), acyclic)
    for claim in claims:
        through = {**acyclic, "copy": claim}
        assert origins(["copy"], through) == origins(claim, acyclic)
        assert count_origins([*claims, ["copy"]], through) == count


@given(links=chains)
def test_a_circle_is_found_where_there_is_one(links: dict[str, list[str]]) -> None:
    def reaches(start: str, goal: str) -> bool:
        seen: set[str] = set()
        waiting = list(links.get(start, ()))
        while waiting:
            name = waiting.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                waiting.extend(links.get(name, ()))
        return False

    circle = find_cycle(links)
    assert bool(circle) == any(reaches(name, name) for name in links)
    if circle:
        assert circle[0] == circle[-1]
        assert all(b in links[a] for a, b in itertools.pairwise(circle))
