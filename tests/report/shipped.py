"""Small documents of earlier runs, on invented states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from keisei.report.claims import ClaimsView, read_claims
from keisei.report.labels import Labels
from keisei.report.view import Text
from keisei.report.voices import VoicesView, read_voices

LABELS = Labels(
    parameters={"slope": Text("steepness of the slope", "坂の傾き")},
    options={"road=0": Text("the old road", "旧道"), "road=1": Text("the new road", "新道")},
    units={"tonnes": Text("tonnes", "トン"), "probability": Text("probability", "確率")},
    topics={"the pass": Text("The pass", "峠")},
    people={"Ann": Text("Ann Other", "アン")},
    sources={"gazette": Text("Gazette 2025", "官報2025")},
)


def fork(option: float, p: float, verdict: str, flips: bool) -> dict[str, Any]:
    """A claim's verdict under one option of a switch."""
    return {
        "switch": "road", "option": option, "p_prior": 0.4, "p_posterior": p, "verdict": verdict, "flips": flips
    }  # fmt: skip


def claim(name: str = "K1", **changes: object) -> dict[str, Any]:
    """One row of ``keisei claims --json``."""
    return {
        "id": name, "claim": "Rain <cuts> the harvest.", "claim_ja": "雨は収穫を減らす。", "sources": ["gazette"],
        "against": [], "says": "The harvest fails when it rains (gazette).",
        "says_ja": "雨が降れば収穫は失敗する(gazette)。", "strength": "likely", "experiment": "twin",
        "setup": "It rains, against a dry year.", "setup_ja": "雨の年と乾いた年の比較。", "origin": "2025-09",
        "unit": "tonnes", "estimate": -30.0, "q05": -50.0, "q95": -12.0, "prior_estimate": -8.0, "prior_q05": -40.0,
        "prior_q95": 20.0, "p_prior": 0.4, "p_posterior": 0.9, "verdict": "supports",
        "why": "the evidence moved the odds by 13.5, and the effect is of interesting size", "smallest": 10.0,
        "comparison": "<", "reference": 0.0, "reason": "", "limits": "Hail is left out.", "limits_ja": "雹は含まない。",
        "hinges": [{"parameter": "slope", "index": 0.6, "half": 0.2, "correlation": -0.8, "chance": 0.3}],
        "options": [],
        "forks": [fork(0.0, 0.5, "undecided", True), fork(1.0, 0.9, "supports", False)],
        **changes,
    }  # fmt: skip


def unanswered(name: str = "K9") -> dict[str, Any]:
    """A claim on which nothing was measured."""
    nothing = dict.fromkeys(
        ("estimate", "q05", "q95", "prior_estimate", "prior_q05", "prior_q95", "p_prior", "p_posterior")
    )
    return claim(
        name, **nothing, verdict="cannot answer", reason="No law of hail.", reason_ja="雹の法則がない。", hinges=[],
        forks=[], setup="", setup_ja="", limits="", limits_ja="",
    )  # fmt: skip


def voice(name: str = "ann", wording: tuple[float, float] = (0.2, 0.45), **changes: object) -> dict[str, Any]:
    """One row of ``keisei voices --json``; ``about`` and ``resolution`` go into the voice itself."""
    said = {
        "id": name, "speaker": "Ann", "document": "gazette", "says_en": "The pass may close.",
        "says_ja": "峠は閉じるかもしれない。", "wording": "may",
        "term": {"id": "unlikely", "low": wording[0], "high": wording[1]},
        "about": "the pass", "asked": "2024-03", "expression": "any(snow) within 2024-04..2024-12",
        "resolution": "Yes if it closes.", "resolution_ja": "閉鎖されれば成立。",
    }  # fmt: skip
    said |= {k: changes.pop(k) for k in tuple(changes) if k in said}
    return {
        "voice": said, "probability": 0.3, "low": 0.25, "high": 0.35, "mc_error": 0.02, "effective_draws": 20.0,
        "vintage": "2023-12", "happened": None, "by": "", "brier": None, "brier_low": None, "brier_high": None,
        "brier_model": None, **changes,
    }  # fmt: skip


def claims_view(folder: Path, *rows: dict[str, Any], **settings: object) -> ClaimsView:
    head = {"made": "2026-02-03", "version": "0.1.0+abc", "origin": "2025-09", "members": 512, "seed": 7, **settings}
    return read_claims(write(folder, {**head, "claims": rows}), LABELS, {"other": "another thing; symmetric (K1)"})


def voices_view(folder: Path, *rows: dict[str, Any]) -> VoicesView:
    return read_voices(write(folder, {"made": "2026-02-03", "members": 64, "voices": rows}), LABELS)


def write(folder: Path, document: object) -> Path:
    path = folder / "results.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
