"""The evidence of a case in one frozen bundle, and what of it was known at an origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from keisei.evidence.chains import origins
from keisei.evidence.records import Coverage, Entity, Fact, Measurement, Source


@dataclass(frozen=True)
class Evidence:
    """Everything a case knows.

    Facts and measurements stand in the order of their files.
    """

    sources: Mapping[str, Source] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    def until(self, month: int) -> Evidence:
        """What was known at the end of ``month``.

        A fact counts when neither the last day its date may mean nor the day it was reported lies after that
        month; a measurement when it was published by then (:attr:`Measurement.known`); coverage ends there.
        """
        return replace(
            self,
            facts=tuple(fact for fact in self.facts if fact.known <= month),
            coverage=tuple(replace(c, last=min(c.last, month)) for c in self.coverage if c.first <= month),
            measurements=tuple(figure for figure in self.measurements if figure.known <= month),
        )

    @cached_property
    def links(self) -> dict[str, tuple[str, ...]]:
        """What each source derives from."""
        return {source.id: source.derives_from for source in self.sources.values()}

    def origins(self, record: Fact | Measurement | Coverage) -> frozenset[str]:
        """The sources at the beginning of the chains behind a record."""
        return self.origins_of(record.sources)

    def origins_of(self, ids: Iterable[str]) -> frozenset[str]:
        """The sources at the beginning of the chains that end in these sources."""
        return origins(ids, self.links)
