"""Small read documents for tests, in the format of ``keisei read``."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

TEXT = (
    "2023年9月13日、プーチン大統領と金正恩総書記がロシア極東で会談した。米国によると、北朝鮮は10月、"
    "コンテナ1,000個以上をロシアに送った。首脳会談は年内に再び開かれる見込みだ。中国の役割は大きくなるだろう。"
)
ENTITIES = [
    {"id": "PRK", "type": "state", "name_en": "North Korea", "surfaces": ["北朝鮮"], "role": None, "country": "PRK"},
    {"id": "RUS", "type": "state", "name_en": "Russia", "surfaces": ["ロシア"], "role": None, "country": "RUS"},
    {"id": "USA", "type": "state", "name_en": "United States", "surfaces": ["米国"], "role": None, "country": "USA"},
    {"id": "KIM_JONG_UN", "type": "person", "name_en": "Kim Jong Un", "surfaces": ["金正恩総書記"], "country": "PRK"},
    {"id": "PUTIN_VLADIMIR", "type": "person", "name_en": "Putin", "surfaces": ["プーチン大統領"], "country": "RUS"},
]
HANDS = [
    {"publisher": "Foreign Review", "author": "A. Panda", "date": "2023-11-15", "role": "original"},
    {"publisher": "a blog", "author": "翻訳者", "date": "2023-11-20", "role": "translation"},
]


def span(quote: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote)}


def event(quote: str, text: str = TEXT, **changed: Any) -> dict[str, Any]:
    both = ["PUTIN_VLADIMIR", "KIM_JONG_UN"]
    return {
        "id": "e", **span(quote, text), "date": "2023-09-13", "precision": "day", "sources": both, "targets": both,
        "plover": "CONSULT", "instrument": "summit", "status": "occurred", "place": None, "attributed_to": None,
        "quantities": [],
    } | changed  # fmt: skip


def reading(**changed: Any) -> dict[str, Any]:
    """A document with a summit, a shipment, a planned summit, a figure and a claim."""
    containers = {
        **span("コンテナ1,000個以上"), "value": 1000, "low": 1000, "high": None, "unit": "count", "approximate": True,
        "of": "containers of ammunition", "date": "2023-10",
    }  # fmt: skip
    return deepcopy({
        "doc": "one", "published": "2023-11-20", "provenance": HANDS, "entities": ENTITIES, "dates": [],
        "quantities": [containers],
        "events": [
            event("2023年9月13日、プーチン大統領と金正恩総書記がロシア極東で会談した"),
            event(
                "北朝鮮は10月、コンテナ1,000個以上をロシアに送った", date="2023-10", precision="month", sources=["PRK"],
                targets=["RUS"], plover="AID", instrument="arms_transfer", status="reported", attributed_to="USA",
                quantities=[0],
            ),
            event("首脳会談は年内に再び開かれる見込みだ", date="2023-11/2023-12", status="planned"),
        ],
        "claims": [
            {
                **span("中国の役割は大きくなるだろう"), "speaker": "AUTHOR", "kind": "forecast", "modality": "likely",
                "proposition": "China's role will grow.", "condition": None, "about": ["CHN"],
            }
        ],
    } | changed)  # fmt: skip
