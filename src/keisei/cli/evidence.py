"""``keisei evidence``: list, show, follow a phrase, review what was read, export and import."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from keisei.errors import InputError

if TYPE_CHECKING:
    from rich.table import Table

    from keisei.evidence import Evidence
    from keisei.evidence.conflicts import Told
    from keisei.evidence.listing import Group
    from keisei.evidence.store import Store

CaseOption = Annotated[Path | None, typer.Option("--case", help="A case's directory; default: Northeast Asia.")]
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="The store's file; default: KEISEI_STORE, else under ~/.local/share.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


class By(StrEnum):
    """Orders of the list."""

    date = "date"
    entity = "entity"
    source = "source"
    conflict = "conflict"


class ExportFormat(StrEnum):
    """Formats of an export."""

    csv = "csv"
    jsonl = "jsonl"


class ReviewKind(StrEnum):
    """What is reviewed."""

    event = "event"
    claim = "claim"
    quantity = "quantity"
    all = "all"


def _open(case: Path | None, store: Path | None) -> Store:
    import keisei
    from keisei.evidence.store import open_store

    opened = open_store(store)
    directory = case or Path(keisei.__file__).parent / "cases" / "northeast_asia"
    try:
        opened.sync_case(directory)
    except BaseException:
        opened.close()
        raise
    return opened


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _number(value: float | str | None) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:,.12g}"


def _value(record: Told) -> str:
    """The value with its range, as in ``3,000 [2,500–4,000]``, ``1,000 [≥ 1,000]`` or ``-4.1 ± 0.5``."""
    text = _number(record.value)
    sd = getattr(record, "sd", None)
    if record.low is not None and record.high is not None:
        text += f" [{_number(record.low)}–{_number(record.high)}]"
    elif record.low is not None:
        text += f" [≥ {_number(record.low)}]"
    elif record.high is not None:
        text += f" [≤ {_number(record.high)}]"
    elif sd is not None:
        text += f" ± {_number(sd)}"
    unit = getattr(record, "unit", "")
    return f"{text} {unit}".strip()


def _title(record: Told, in_japanese: bool) -> str:
    english, japanese = getattr(record, "title_en", ""), getattr(record, "title_ja", "")
    first, second = (japanese, english) if in_japanese else (english, japanese)
    return str(first or second or getattr(record, "maker", ""))


def _japanese(search: str | None) -> bool:
    """Whether titles are shown in Japanese: it is the user's language, or that of the text looked for."""
    return os.environ.get("LANG", "").startswith("ja") or bool(re.search("[ぁ-ヿ一-鿿ｦ-ﾝ]", search or ""))


def _table(records: Iterable[Told], title: str | None = None, *, in_japanese: bool = False) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from keisei.evidence.codec import id_of

    table = Table(title=escape(title) if title else None, title_justify="left", box=None, pad_edge=False)
    for heading in ("date", "site or series", "value", "certainty", "what", "sources", "id"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "date")
    for record in records:
        sure = getattr(record, "certainty", "") or getattr(record, "checked", "")
        cells = (
            record.date,
            record.target,
            _value(record),
            sure,
            _title(record, in_japanese),
            ", ".join(record.sources),
            id_of(record),
        )
        table.add_row(*(escape(cell) for cell in cells))
    return table


def _say(*things: object) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False, soft_wrap=False)
    for thing in things:
        console.print(thing)


def _heading(group: Group) -> str:
    if group.conflict is None:
        return f"{group.key}  {group.name}  ({len(group.records)})"
    voices = group.conflict.voices
    heard = "one origin told in several ways" if voices == 1 and len(group.records) > 1 else f"origins: {voices}"
    return f"{group.key}  {group.name}  ({heard})"


def _list(
    by: By, search: str | None, site: str, first: str | None, last: str | None, as_json: bool, store: Store
) -> None:
    from rich.markup import escape

    from keisei.cli.bounds import in_order, month
    from keisei.evidence import listing
    from keisei.evidence.codec import id_of
    from keisei.evidence.search import search as search_store

    if search is not None and not search.strip():
        raise InputError("--search is empty", mend="give a text, or leave the option out")
    in_order(first, last)
    evidence = store.evidence()
    if site:
        listing.check_site(evidence, site)
    records = listing.timeline(evidence, site=site, first=month(first), last=month(last))
    others: list[dict[str, str]] = []
    if search is not None:
        hits = search_store(store, search)
        wanted = {hit.id for hit in hits if hit.kind in ("fact", "measurement")}
        records = [record for record in records if id_of(record) in wanted]
        others = [
            {"kind": hit.kind, "id": hit.id, "found": hit.name, "text": hit.text}
            for hit in hits
            if hit.kind not in ("fact", "measurement")
        ]
    if by is By.date:
        if as_json:
            _print_json({"items": [listing.as_json(record, evidence) for record in records], "others": others})
            return
        _say(_table(records, in_japanese=_japanese(search)))
    else:
        order: dict[By, Callable[[Evidence, Sequence[Told]], list[Group]]] = {
            By.entity: listing.by_entity,
            By.source: listing.by_source,
            By.conflict: listing.by_conflict,
        }
        groups = order[by](evidence, records)
        if as_json:
            shown = [listing.group_as_json(group, evidence) for group in groups]
            _print_json({"groups": shown, "others": others})
            return
        for group in groups:
            _say(_table(group.records, _heading(group), in_japanese=_japanese(search)), "")
    for other in others:
        line = " ".join(other["text"].split())
        _say(escape(f"{other['kind']} {other['id']}: {line[:110]}{'…' if len(line) > 110 else ''}"))
    print(f"{len(records)} of {len(evidence.facts) + len(evidence.measurements)} records", file=sys.stderr)


def _show_line(name: str, value: Any) -> str:
    if isinstance(value, dict):
        value = ", ".join(f"{key}={part}" for key, part in value.items())
    elif isinstance(value, list):
        value = "; ".join(
            str(part) if not isinstance(part, dict) else _show_line("", part).strip(": ") for part in value
        )
    return f"{name}: {value}"


def register(app: typer.Typer) -> None:
    """Add ``evidence`` with its commands to the program."""
    evidence_app = typer.Typer(
        help="The evidence: what is known, from whom, how sure, and where sources disagree.", no_args_is_help=True
    )
    app.add_typer(evidence_app, name="evidence")

    @evidence_app.command("list")
    def list_(
        search: Annotated[str | None, typer.Option(help="Text to look for, Japanese or English, any length.")] = None,
        by: Annotated[By, typer.Option(help="The order.")] = By.date,
        site: Annotated[str, typer.Option(help="A site or series, SITE[INDEX], or its beginning (PRK.launch).")] = "",
        first: Annotated[str | None, typer.Option("--from", help="First month, YYYY-MM.")] = None,
        last: Annotated[str | None, typer.Option("--until", help="Last month, YYYY-MM.")] = None,
        as_json: JsonOption = False,
        case: CaseOption = None,
        store: StoreOption = None,
    ) -> None:
        """List facts and measurements by date, entity, source or conflict."""
        with _open(case, store) as opened:
            _list(by, search, site, first, last, as_json, opened)

    @evidence_app.command("show")
    def show(
        id: Annotated[
            str, typer.Argument(help="The id of a fact, measurement, source, entity, document or statement.")
        ],
        as_json: JsonOption = False,
        case: CaseOption = None,
        store: StoreOption = None,
    ) -> None:
        """Show one thing with its sources, their origins, who else tells it and who disagrees."""
        from keisei.evidence.lookup import look_up

        with _open(case, store) as opened:
            found = look_up(opened, id)
        if as_json:
            _print_json(found)
            return
        for name, value in found.items():
            if value not in ("", None, [], {}):
                print(_show_line(name, value))

    @evidence_app.command("phrase")
    def phrase(
        phrase: Annotated[str, typer.Argument(help="A phrase, such as 非核化 or denuclearisation.")],
        chart: Annotated[Path | None, typer.Option(help="Draw it over time into this .svg file.")] = None,
        as_json: JsonOption = False,
        case: CaseOption = None,
        store: StoreOption = None,
    ) -> None:
        """Follow a phrase through official texts: where it is named, negated, quoted or left out, and since when."""
        from dataclasses import asdict

        from keisei.evidence.phrase_chart import write_chart
        from keisei.evidence.phrases import phrase_table
        from keisei.evidence.readings import documents

        with _open(case, store) as opened:
            rows = phrase_table(opened.evidence(), documents(opened), phrase)
        if chart is not None:
            write_chart(rows, phrase, chart)
            print(f"chart written to {chart}", file=sys.stderr)
        if as_json:
            _print_json({"phrase": phrase, "rows": [{**asdict(row), "series": row.series} for row in rows]})
            return
        if not rows:
            print(f"no text in the store is known to hold or lack '{phrase}'", file=sys.stderr)
            return
        from rich.markup import escape
        from rich.table import Table

        table = Table(box=None, pad_edge=False)
        for heading in ("date", "issuer", "kind of text", "pair", "phrase", "change", "text", "sources"):
            table.add_column(heading, overflow="fold", no_wrap=heading == "date")
        for row in rows:
            cells = (row.date or "undated", row.issuer, row.kind, row.about, row.presence, row.change, row.title)
            table.add_row(*(escape(cell) for cell in (*cells, ", ".join(row.sources))))
        _say(table)

    @evidence_app.command("review")
    def review(
        kind: Annotated[ReviewKind | None, typer.Option(help="What to review; default: events and claims.")] = None,
        document: Annotated[str | None, typer.Option(help="Only this document, by its id's beginning.")] = None,
        case: CaseOption = None,
        store: StoreOption = None,
    ) -> None:
        """Judge what was read: a accept, e edit, r reject, u undo, n next, q quit. One key, or one line, a decision."""
        from keisei.evidence.readings import KINDS, documents
        from keisei.evidence.review import session

        chosen = {"event", "claim"} if kind is None else set(KINDS) if kind is ReviewKind.all else {kind.value}
        kinds = tuple(name for name in KINDS if name in chosen)
        key, line = _keyboard()
        with _open(case, store) as opened:
            if document is not None:
                named = [text.id for text in documents(opened) if text.id.startswith(document) or text.name == document]
                if len(named) != 1:
                    raise InputError(
                        f"{len(named)} documents are called '{document}'", mend="give a name or the beginning of an id"
                    )
                document = named[0]
            tally = session(opened, key=key, line=line, say=print, kinds=kinds, document=document)
        done = f"{tally.accepted} accepted, {tally.edited} edited, {tally.rejected} rejected, {tally.undone} undone"
        print(f"{done}; {tally.left} left")

    @evidence_app.command("export")
    def export(
        format: Annotated[ExportFormat, typer.Option(help="csv: records; jsonl: statements too.")] = ExportFormat.jsonl,
        out: Annotated[Path | None, typer.Option(help="The file; default: standard output.")] = None,
        case: CaseOption = None,
        store: StoreOption = None,
    ) -> None:
        """Export the evidence; what was exported can be imported unchanged."""
        from keisei.evidence.transfer import export_text

        with _open(case, store) as opened:
            text = export_text(opened, format.value)
        if out is None:
            sys.stdout.buffer.write(text.encode("utf-8"))
            return
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise InputError(f"it cannot be written ({error.strerror})", file=out, mend="name another file") from None
        print(f"written to {out}", file=sys.stderr)

    @evidence_app.command("import")
    def import_(
        file: Annotated[Path, typer.Argument(help="An export (.csv, .jsonl) or a read document (.json).")],
        replace: Annotated[bool, typer.Option("--replace", help="Replace your own records of the same id.")] = False,
        source: Annotated[str | None, typer.Option(help="The source of the store that a read document is.")] = None,
        as_json: JsonOption = False,
        case: CaseOption = None,
        store: StoreOption = None,
    ) -> None:
        """Take an export or a read document into the store; the same file twice adds nothing."""
        from keisei.evidence.transfer import import_file

        with _open(case, store) as opened:
            counts = import_file(opened, file, replace=replace, source=source)
        if as_json:
            _print_json({"added": counts.added, "standing": counts.standing})
        else:
            print(f"{counts.added} added, {counts.standing} stood already")


def _key() -> str:
    """One key from the terminal; what was typed ahead is kept, and Ctrl-C interrupts."""
    import termios
    import tty

    sys.stdout.flush()
    terminal = sys.stdin.fileno()
    settings = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        return os.read(terminal, 1).decode("ascii", "replace")
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, settings)


def _keyboard() -> tuple[Callable[[], str], Callable[[str], str]]:
    """How keys and lines are read: single keys on a terminal, lines otherwise."""
    if sys.stdin.isatty():
        return _key, input

    def line(_: str = "") -> str:
        return sys.stdin.readline().strip()

    return line, line


__all__ = ["register"]
