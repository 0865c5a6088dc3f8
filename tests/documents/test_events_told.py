"""Who tells of an act and who does it; acts told by likeness, by a headline, by words of anger, by participles."""

from __future__ import annotations

import pytest
from readings import found

NO_ACT = [
    # relief that is only spoken of, a doer that only tells, a noun spelt like a verb, an open question
    ("制裁緩和の見通しは立たない。米国は動かない。", "ja", "CONCEDE"),
    ("沈黙は黙認ではない。中国は動かない。", "ja", "CONCEDE"),
    ("Whitcombe sees a bargain with Russia.", "en", "CONSULT"),
    ("How far Russian help lies behind this progress is disputed.", "en", "REJECT"),
]


@pytest.mark.parametrize(("text", "language", "plover"), NO_ACT)
def test_what_is_only_spoken_of_is_no_act(text: str, language: str, plover: str) -> None:
    assert plover not in [e.plover for e in found(text, language)]


def test_who_announces_troops_need_not_send_them() -> None:
    events = found("ロシアのショイグ安全保障会議書記は、工兵1000人の追加派遣を発表した。")
    assert [e.sources for e in events if e.plover == "AID"] == [()]


def test_a_headline_tells_an_act_and_a_heading_does_not() -> None:
    body = "\n\n北朝鮮とロシアは隣国だ。両国の歩みは長い。"
    assert any(e.end <= 20 for e in found("北朝鮮、弾道ミサイルを発射" + body))
    assert not any(e.end <= 20 for e in found("ロシアへの接近" + body))


def test_a_day_is_carried_to_an_act_in_the_continuative() -> None:
    events = found("韓国は5月2日、証拠を公開した。ロシアは関与を否定したものの、日本は動いた。")
    assert [e.date for e in events if e.plover == "REJECT"] == ["2025-05-02"] or [
        (e.date or "")[:7] for e in events if e.plover == "REJECT"
    ] == ["2025-05"]
