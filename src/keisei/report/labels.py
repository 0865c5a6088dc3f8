"""Names of a case's sites, records and parameters for readers, in both languages: ``labels.yaml`` of the case.

A case without that file, or a name that is not in it, is shown by its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from keisei.errors import InputError
from keisei.report.view import Text

FILE = "labels.yaml"
GROUPS = ("sites", "events", "parameters", "options", "units", "topics", "people", "sources", "targets", "mechanisms")


@dataclass(frozen=True)
class Labels:
    """Names by group.

    Attributes:
        sites: what stands at a site, a noun. events: what happens, a clause, by record variable.
        parameters: what a parameter is. options: ``PARAMETER=VALUE`` of a switch. units: of effects.
        topics, people: what voices speak about, and who they are. sources: short names of documents.
        targets: what is verified. mechanisms: ``LAW/MECHANISM`` of the ablations.
    """

    sites: Mapping[str, Text] = field(default_factory=dict)
    events: Mapping[str, Text] = field(default_factory=dict)
    parameters: Mapping[str, Text] = field(default_factory=dict)
    options: Mapping[str, Text] = field(default_factory=dict)
    units: Mapping[str, Text] = field(default_factory=dict)
    topics: Mapping[str, Text] = field(default_factory=dict)
    people: Mapping[str, Text] = field(default_factory=dict)
    sources: Mapping[str, Text] = field(default_factory=dict)
    targets: Mapping[str, Text] = field(default_factory=dict)
    mechanisms: Mapping[str, Text] = field(default_factory=dict)


def named(group: Mapping[str, Text], key: str) -> Text:
    """The label of a name, or the name."""
    return group.get(key, Text(key))


def load_labels(folder: Path) -> Labels:
    """The labels of a case; none where it has no such file.

    Raises:
        InputError: the file is not groups of ``NAME: [English, Japanese]``.
    """
    path = folder / FILE
    if not path.is_file():
        return Labels()
    mend = f"write groups ({', '.join(GROUPS)}) of NAME: [English, Japanese]"
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        found = {
            group: {str(name): Text(str(pair[0]), str(pair[1])) for name, pair in (entries or {}).items()}
            for group, entries in document.items()
        }
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError("it is not YAML", file=path, line=mark.line + 1 if mark else None, mend=mend) from None
    except (AttributeError, IndexError, TypeError, KeyError):
        raise InputError("an entry is not a pair of texts", file=path, mend=mend) from None
    strange = sorted(set(found) - set(GROUPS))
    if strange:
        raise InputError(f"'{strange[0]}' is no group", file=path, mend=mend)
    return Labels(**found)
