"""Chains of transmission: a figure quoted through three hands has one origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def find_cycle(links: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A circle in "derives from", as the ids along it with the first repeated at the end, or ``()``.

    >>> find_cycle({"a": ["b"], "b": ["a"]})
    ('a', 'b', 'a')
    """
    done: set[str] = set()
    for start in links:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.discard(name)
                done.add(name)
                continue
            if name in on_path:
                return (*path[path.index(name) :], name)
            if name in done or name not in links:
                continue
            path.append(name)
            on_path.add(name)
            stack.append((name, True))
            stack.extend((parent, False) for parent in links[name])
    return ()


def origins(ids: Iterable[str], links: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The sources at the beginning of the chains that end in ``ids``; an unknown id is its own origin.

    >>> sorted(origins(["blog", "paper"], {"blog": ["paper"], "paper": []}))
    ['paper']
    """
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(ids)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        parents = tuple(links.get(name, ()))
        if parents:
            waiting.extend(parents)
        else:
            found.add(name)
    return frozenset(found)


def count_origins(claims: Iterable[Iterable[str]], links: Mapping[str, Iterable[str]]) -> int:
    """How many independent origins stand behind some statements, each given by its source ids.

    Statements that share any origin are one voice: a summary of two articles adds nothing to either of them.
    """
    groups: list[frozenset[str]] = []
    for ids in claims:
        merged = origins(ids, links)
        apart = []
        for group in groups:
            if group & merged:
                merged |= group
            else:
                apart.append(group)
        groups = [*apart, merged]
    return len([group for group in groups if group])
