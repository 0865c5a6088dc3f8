"""The machine under the ensemble: compile cache, one XLA thread a block, number of threads."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

# one block is one task; threads work on blocks, so XLA itself must not spread a block over cores
_FLAGS = ("--xla_cpu_multi_thread_eigen=false", "intra_op_parallelism_threads=1")


def cache_dir() -> Path:
    """Where compiled code and finished parts of runs are kept: ``KEISEI_CACHE`` or the user's cache folder."""
    root = os.environ.get("KEISEI_CACHE")
    return Path(root) if root else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "keisei"


@cache
def prepare() -> None:
    """Set JAX up once: CPU flags (before its backend starts) and the persistent compile cache."""
    flags = os.environ.get("XLA_FLAGS", "")
    os.environ["XLA_FLAGS"] = " ".join([flags, *(f for f in _FLAGS if f.split("=")[0] not in flags)]).strip()
    import jax

    folder = cache_dir() / "xla"
    folder.mkdir(parents=True, exist_ok=True)
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.5)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)


def threads() -> int:
    """How many blocks are worked on at a time: ``KEISEI_THREADS`` or the cores this process may use."""
    given = os.environ.get("KEISEI_THREADS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:
        return max(1, os.cpu_count() or 1)


def block(processor: int, members: int) -> int:
    """How many members are worked on at a time: ``processor`` where that is one, or half of the members if fewer.

    So that a thousand members keep two cores at work; under 256 a block costs nearly what 256 cost. An accelerator
    takes all of them, up to 2**18, filled up to a power of two: there a small block is all launches.
    """
    import jax

    if jax.default_backend() == "cpu":
        return min(processor, max(256, 1 << ((members + 1) // 2 - 1).bit_length()))
    return min(1 << 18, 1 << max(8, (members - 1).bit_length()))


def describe() -> dict[str, str]:
    """What the bits of a run depend on."""
    import platform

    import jax
    import jaxlib

    return {
        "jax": jax.__version__,
        "jaxlib": jaxlib.__version__,
        "backend": jax.default_backend(),
        "machine": platform.machine(),
    }
