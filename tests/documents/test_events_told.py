"""Who tells of an act and who does it; acts told by likeness, by a headline, by words of anger, by participles."""

from __future__ import annotations

import pytest

from keisei.documents import read_text
from keisei.documents.records import Event


def found(text: str, language: str = "ja") -> list[Event]:
    return read_text(text, published="2025-06-01", language=language).events


def coded(text: str, language: str = "ja") -> list[tuple[str, str, set[str], set[str]]]:
    return [(e.plover, e.instrument, set(e.sources), set(e.targets)) for e in found(text, language)]


JAPANESE = [
    # whoever speaks right before the words says them
    ("韓国軍は証拠を示したが、ロシア大統領府のペスコフ報道官は「作り話だ」と取り合わなかった。",
     "REJECT", "denial", {"PESKOV_DMITRY"}, set()),
    ("フィリピンは中国海警局の船が放水したと非難した。", "ACCUSE", "statement", {"PHL"}, {"CHN_COAST_GUARD"}),
    # words of anger and a charge answered with a charge
    ("チャドの大統領がいる。ウクライナのゼレンスキー大統領は「ドイツは傍観している」と不満をぶちまけた。",
     "ACCUSE", "statement", {"ZELENSKY_VOLODYMYR"}, {"DEU"}),
    ("ロシアは米国の制裁こそ緊張の原因だと反論した。", "ACCUSE", "statement", {"RUS"}, set()),
    # forces, bases, offices, bodies
    ("石破茂首相は7日、退陣を表明した。", "RETREAT", "statement", {"ISHIBA_SHIGERU"}, set()),
    ("ポーランド軍の部隊がリトアニアの国境を越えた。", "ASSAULT", "war", {"POL_ARMED_FORCES"}, {"LTU"}),
    # likeness to the act before, a headline
    ("北朝鮮はロシアに武器を送った。イランもこれにならった。", "AID", "arms_transfer", {"IRN"}, {"RUS"}),
]  # fmt: skip

ENGLISH = [
    ("The two leaders spoke. Signed by Barack Obama and Dmitry Medvedev in Prague, it caps the arsenals.",
     "AGREE", "treaty", {"OBAMA_BARACK", "MEDVEDEV_DMITRY"}, {"OBAMA_BARACK", "MEDVEDEV_DMITRY"}),
    ("Vladimir Putin suspended Russia's participation.", "REJECT", "treaty", {"PUTIN_VLADIMIR"}, set()),
    ("At a parade in Pyongyang, North Korea unveiled a new missile.", "MOBILIZE", "parade", {"PRK"}, set()),
    ("China and Canada agreed a truce on tariffs.", "AGREE", "trade", {"CHN", "CAN"}, {"CHN", "CAN"}),
]  # fmt: skip

NO_ACT = [
    # relief that is only spoken of, a doer that only tells, a noun spelt like a verb, an open question
    ("制裁緩和の見通しは立たない。米国は動かない。", "ja", "CONCEDE"),
    ("沈黙は黙認ではない。中国は動かない。", "ja", "CONCEDE"),
    ("Whitcombe sees a bargain with Russia.", "en", "CONSULT"),
    ("How far Russian help lies behind this progress is disputed.", "en", "REJECT"),
]


@pytest.mark.parametrize(("text", "plover", "instrument", "sources", "targets"), JAPANESE)
def test_a_japanese_act_is_told_this_way(
    text: str, plover: str, instrument: str, sources: set[str], targets: set[str]
) -> None:
    assert (plover, instrument, sources, targets) in coded(text)


@pytest.mark.parametrize(("text", "plover", "instrument", "sources", "targets"), ENGLISH)
def test_an_english_act_is_told_this_way(
    text: str, plover: str, instrument: str, sources: set[str], targets: set[str]
) -> None:
    assert (plover, instrument, sources, targets) in coded(text, "en")


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
