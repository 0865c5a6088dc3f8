"""What a case's laws are made of, read from their code: which law makes which site and record, and what each reads.

Nothing is compiled: sites come from the traced table (`Model.table`), their law from the names that the law's source
passes to ``site`` and ``play``.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from keisei.cases.load import Case
from keisei.errors import InputError
from keisei.model.table import RecordInfo, SiteInfo

_KINDS = {"choice", "count", "event", "draw", "value", "measure"}


@dataclass(frozen=True)
class Law:
    """One law module.

    Attributes:
        name: of the module and of its group of stocks. doc: its docstring. steps: docstring of its ``month``.
        start: docstring of its ``initial``. stocks: (name, unit). sites, records: in the order of the month.
        parameters: those its code reads.
    """

    name: str
    doc: str
    steps: str
    start: str
    stocks: tuple[tuple[str, str], ...]
    sites: tuple[SiteInfo, ...]
    records: tuple[RecordInfo, ...]
    parameters: tuple[str, ...]

    @property
    def title(self) -> str:
        """First line of the docstring."""
        return self.doc.splitlines()[0].rstrip(".")

    def part(self, heading: str) -> str:
        """The text under ``Law:``, ``Source:`` or ``Unproven:`` in the docstring; empty where there is none."""
        found = re.search(rf"^{heading}:\s*(.*?)(?=^[A-Z][a-z]+:|\Z)", self.doc, re.M | re.S)
        return " ".join(found[1].split()) if found else ""


def laws_of(case: Case) -> tuple[Law, ...]:
    """The laws of a case in the order in which its month applies them.

    Raises:
        InputError: a site or record that no law, or more than one, makes.
    """
    folder = case.folder / "laws"
    names = [n for n in _order(case.folder / "model.py") if (folder / f"{n}.py").is_file()]
    trees = {n: ast.parse((folder / f"{n}.py").read_text(encoding="utf-8")) for n in names}
    table = case.model.table
    site_of = _owners({n: _named(t, _KINDS) for n, t in trees.items()}, [s.name for s in table.sites], folder)
    record_of = _owners({n: _named(t, {"record"}) for n, t in trees.items()}, [r.name for r in table.records], folder)
    stocks: dict[str, list[tuple[str, str]]] = {}
    for name, unit in case.model.stocks:
        stocks.setdefault(name.partition(".")[0], []).append((name, unit))
    known = set(case.parameters.names)
    out = []
    for name, tree in trees.items():
        functions = {f.name: f for f in tree.body if isinstance(f, ast.FunctionDef)}
        docs = {k: inspect.cleandoc(ast.get_docstring(f) or "") for k, f in functions.items()}
        out.append(
            Law(
                name, inspect.cleandoc(ast.get_docstring(tree) or name), docs.get("month", ""), docs.get("initial", ""),
                tuple(stocks.get(name, ())), tuple(s for s in table.sites if site_of[s.name] == name),
                tuple(r for r in table.records if record_of[r.name] == name), tuple(sorted(_read(tree) & known)),
            )
        )  # fmt: skip
    return tuple(out)


def _order(path: Path) -> list[str]:
    """Modules whose ``month`` the model's ``month`` calls, in order."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    month = next((f for f in tree.body if isinstance(f, ast.FunctionDef) and f.name == "month"), None)
    calls = [
        (node.lineno, node.col_offset, node.func.value.id)
        for node in ast.walk(month or tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "month"
        and isinstance(node.func.value, ast.Name)
    ]
    return list(dict.fromkeys(name for _, _, name in sorted(calls)))


def _named(tree: ast.AST, methods: set[str]) -> list[re.Pattern[str]]:
    """Patterns of the names passed to ``site.METHOD`` (and of the sites that a game makes)."""
    out = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        f, first, suffix = node.func, node.args[0], ""
        if isinstance(f, ast.Name) and f.id == "play" and "choice" in methods and len(node.args) > 1:
            first, suffix = node.args[1], "/.+"
        elif (
            not (isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name) and f.value.id == "site")
            or f.attr not in methods
        ):
            continue  # fmt: skip
        if isinstance(first, ast.Constant):
            out.append(re.compile(re.escape(str(first.value)) + suffix))
        elif isinstance(first, ast.JoinedStr):
            parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[^/]+" for v in first.values]
            out.append(re.compile("".join(parts) + suffix))
    return out


def _owners(patterns: dict[str, list[re.Pattern[str]]], names: list[str], folder: Path) -> dict[str, str]:
    out = {}
    for name in names:
        found = [law for law, ps in patterns.items() if any(p.fullmatch(name) for p in ps)]
        if len(found) != 1:
            raise InputError(
                f"'{name}' is made by {' and '.join(found) or 'no law that month calls'}", file=folder,
                mend="let one law make it, under a name written at the call",
            )  # fmt: skip
        out[name] = found[0]
    return out


def _read(tree: ast.AST) -> set[str]:
    """Attributes of ``p``."""
    return {
        n.attr
        for n in ast.walk(tree)
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == "p"
    }


def reading(case: Case, laws: tuple[Law, ...]) -> Counter[tuple[str, str]]:
    """(reading law, read law) → how many (site or stock, stock or site) pairs stand between them."""
    home = {s.target: law.name for law in laws for s in law.sites}
    home |= {f"state:{name}": law.name for law in laws for name, _ in law.stocks}
    out: Counter[tuple[str, str]] = Counter()
    for reader, reads in case.model.reads.items():
        out.update((home[reader], home[x]) for x in reads if x in home and x != reader and reader in home)
    return out


def model_doc(case: Case) -> str:
    """What the model says of its month."""
    return inspect.getdoc(case.model.month) or ""
