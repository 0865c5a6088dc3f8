"""The Python of a case, loaded and called so that its own errors are told like those of any other file."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from keisei.errors import InputError, KeiseiError
from keisei.evidence.tables import complaint

_BUNDLED = Path(__file__).parent


@contextmanager
def told(folder: Path, parameters: Iterable[str] = ()) -> Iterator[None]:
    """Turn an exception that passed through the case's own code into one sentence with file and line.

    Others pass unchanged: they are not the user's.

    Raises:
        InputError: what the code raised, at the last of its lines.
    """
    try:
        yield
    except KeiseiError:
        raise
    except Exception as error:
        if isinstance(error, AttributeError) and type(error.obj).__name__ == "Params":
            near = difflib.get_close_matches(error.name or "", list(parameters), n=3)
            raise complaint(
                f"there is no parameter '{error.name}', which the model reads", file=folder / "parameters.yaml",
                mend=f"did you mean it by {', '.join(near)}?" if near else "add it",
            ) from None  # fmt: skip
        file, line = _place(error, folder)
        if file is None:
            raise
        said = " ".join(str(error).split())
        raise complaint(
            f"{type(error).__name__} ({said})" if said else type(error).__name__, file=file, line=line,
            mend="correct the code there",
        ) from error  # fmt: skip


def _place(error: Exception, folder: Path) -> tuple[str | None, int | None]:
    if isinstance(error, SyntaxError):
        return error.filename, error.lineno
    home = folder.resolve()
    own = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).resolve().is_relative_to(home)]
    return (own[-1].filename, own[-1].lineno) if own else (None, None)


def function(folder: Path, module: str, name: str, *, needed: bool = True) -> Any:
    """A function of a module of a case: of the package where the case is bundled, else from its folder.

    Raises:
        InputError: the file is absent or does not run, or has no such function (where it is not needed: None).
    """
    path = folder / f"{module}.py"
    if not path.is_file():
        raise InputError("the file is absent", file=path, mend=f"a case needs a {module}.py")
    with told(folder):
        found = getattr(_module(folder, path), name, None)
    if found is None and not needed:
        return None
    if not callable(found):
        raise InputError(f"it has no function '{name}'", file=path, mend="see docs/cases.md for what it must hold")
    return found


def _module(folder: Path, path: Path) -> ModuleType:
    if folder.parent == _BUNDLED:
        return importlib.import_module(f"keisei.cases.{folder.name}.{path.stem}")
    full = f"keisei_case_{folder.resolve().name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(full, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[full] = module
    spec.loader.exec_module(module)
    return module
