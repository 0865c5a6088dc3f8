"""``keisei read``: documents become entities, dates, quantities, events and claims."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from keisei.errors import InputError


def _day(published: str | None) -> str | None:
    if published is None:
        return None
    try:
        return datetime.date.fromisoformat(published).isoformat()
    except ValueError:
        raise InputError(f"'{published}' is no date", mend="write --published YYYY-MM-DD") from None


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def register(app: typer.Typer) -> None:
    """Add ``read`` to the program."""

    @app.command("read")
    def read(
        files: Annotated[list[str], typer.Argument(help="Texts or HTML pages; - for standard input.")],
        published: Annotated[
            str | None, typer.Option(help="Date of publication, YYYY-MM-DD, where the text has none.")
        ] = None,
        json_dir: Annotated[
            Path | None, typer.Option("--json", help="Write one JSON file a document into this folder.")
        ] = None,
        store: Annotated[
            str | None, typer.Option(help="The evidence store to propose into, unless --json is given.")
        ] = None,
        html: Annotated[Path | None, typer.Option(help="Write a page with coloured spans, events and claims.")] = None,
    ) -> None:
        """Read documents: entities, dates, quantities, events and claims, each with its characters in the text."""
        from keisei.documents import batch, intake
        from keisei.documents.read import read_text

        day = _day(published)
        if json_dir is not None:
            if json_dir.exists() and not json_dir.is_dir():
                raise InputError("it is a file, not a folder", file=json_dir, mend="give --json a folder")
            done = batch.read_files(files, json_dir, published=day, say=_say)
            _say(f"{len(done.read)} read, {len(done.skipped)} already read, {len(done.refused)} refused → {json_dir}")
        if html is not None:
            from keisei.documents.reader import page

            readings = []
            for path in files:
                source = intake.from_path(path)
                readings.append(read_text(source.text, name=source.name, published=day))
            html.parent.mkdir(parents=True, exist_ok=True)
            html.write_text(page(readings), encoding="utf-8", errors="replace")
            _say(f"page written to {html}")
        if json_dir is None:
            from typing import Any

            from keisei.evidence import import_reading, open_store

            added = 0
            with open_store(store) as opened:

                def keep(_name: str, found: dict[str, Any], source: intake.Source) -> None:
                    nonlocal added
                    added += import_reading(opened, found, text=source.original).added

                done = batch.read_each(files, keep, published=day, say=_say)
                _say(
                    f"{len(done.read)} read, {len(done.refused)} refused, {added} new statements proposed in {opened.path}"  # noqa: E501
                )


__all__ = ["register"]
