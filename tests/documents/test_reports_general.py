"""What reports write in the clipped and the polite style, who acts in what they tell, and names in their heads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import found

from keisei.documents import read_text
from keisei.documents.certainty import modality, plain
from keisei.documents.output import proposition


def forms(text: str, language: str = "ja") -> dict[str, str]:
    reading = read_text(text, language=language)
    kind = {e.id: e.type for e in reading.entities}
    return {form: kind[ident] for ident, found_forms in reading.surfaces.items() for form in found_forms}


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        (
            "By Jane Porter in Ulsan, South Korea\n\nSEOUL, South Korea — Trucks left.",
            "Jane Porter",
            "person",
        ),
        ("By Jane Porter in Ulsan, South Korea\n\nSEOUL, South Korea — Trucks left.", "SEOUL", "place"),
        ("The Harbor Times, May 3, 2024\n\nSouth Korea protested.", "The Harbor Times", "organisation"),
        ("A senior intelligence official said that Russia had paid.", "senior intelligence official", "person"),
        ("Analysts and diplomats say that China holds back.", "Analysts and diplomats", "organisation"),
        ("A 2016 resolution bars North Korea from it.", "2016 resolution", "document"),
        ("Trains cross the Old Harbor Bridge into Russia.", "Old Harbor Bridge", "place"),
        ("Workers from North Korea built it.", "North Korea", "state"),
        ("China met a Russian military delegation.", "Russian military delegation", "organisation"),
        ("中国は対北朝鮮制裁決議に賛成した。", "対北朝鮮制裁決議", "document"),
        ("中国は対北朝鮮制裁決議に賛成した。", "対北朝鮮", "state"),
        ("ロシアの新しい指導部は沈黙した。", "ロシアの新しい指導部", "organisation"),
        ("北朝鮮は万里鏡3号を打ち上げた。", "万里鏡3号", "weapon"),
    ],
)
def test_a_name_is_read_in_the_head_and_by_what_it_is(text: str, form: str, kind: str) -> None:
    language = "en" if text[0].isascii() else "ja"
    assert forms(text, language).get(form) == kind


def test_an_honorific_makes_a_longer_form_of_the_name() -> None:
    text = "Anna Novak, a professor in Prague, said that China hesitates. Ms. Novak argues that Russia must pay."
    assert "Ms. Novak" in forms(text, "en")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("ロシア外務省のザハロワ報道官は、制裁は効果を失ったと主張。", "ZAKHAROVA_MARIA"),
        ("日本の防衛省は、落下物は確認されていないとしている。", "JPN_MND"),
    ],
)
def test_a_report_may_end_in_its_noun_or_in_what_is_given_out(text: str, speaker: str) -> None:
    assert [c.speaker for c in read_text(text).claims] == [speaker]


def test_what_is_asked_beside_reported_words_is_advice() -> None:
    text = "ロシアのネベンジャ国連大使は、措置は「時代遅れで有害だ」として撤廃を訴えた。"
    assert "advice" in [c.kind for c in read_text(text).claims]


@pytest.mark.parametrize(
    ("polite", "strength"),
    [
        ("将校は教官になるはずです。", "likely"),
        ("対話は遠のくでしょう。", "likely"),
        ("実験に踏み切るかもしれません。", "possible"),
        ("経験こそが報酬なのではないでしょうか。", "likely"),
        ("譲歩する可能性は低いです。", "unlikely"),
        ("条約は蘇ったかに見えます。", "likely"),
    ],
)
def test_the_polite_style_is_as_certain_as_the_plain_one(polite: str, strength: str) -> None:
    assert modality(polite)[0] == strength == modality(plain(polite))[0]


@given(st.text(alphabet="北朝鮮ロシアはがをだろうですますたる。ないませんでし", max_size=60))
@settings(max_examples=100, deadline=None)
def test_the_plain_style_stays_as_it_is(words: str) -> None:
    assert plain(plain(plain(words))) == plain(plain(words))


def test_what_only_tells_is_no_claim_in_either_style() -> None:
    for text in ("ロシアのラブロフ外相は14日、北京を訪問。", "まず経緯を整理しておきます。中国は動きました。"):
        assert read_text(text, published="2025-05-20").claims == ()


def test_english_words_belong_to_the_body_behind_its_state_and_to_the_pronoun() -> None:
    told = read_text(
        "Russia has shipped oil to North Korea well above the ceiling, according to South Korea's National Intelligence"
        " Service.",
        language="en",
    )
    assert {c.speaker for c in told.claims} == {"NIS"}
    text = (
        'Mao Ning, a spokeswoman, said that "the charge is false." She accused Japan of bias and urged Seoul to talk.'
    )
    urged = [c for c in read_text(text, language="en").claims if c.kind == "advice"]
    assert {c.speaker for c in urged} == {"MAO_NING"}


def test_an_english_claim_has_its_words_for_a_proposition_and_a_japanese_one_none() -> None:
    english = read_text('"Beijing will never abandon its ally," said Anna Novak, a professor in Prague.', language="en")
    assert [proposition(english, c) for c in english.claims] == ["Beijing will never abandon its ally"]
    japanese = read_text("金教授は、中国は動かないだろうと指摘する。")
    assert [proposition(japanese, c) for c in japanese.claims] == [None]


def test_the_most_named_state_stands_first() -> None:
    reading = read_text("ロシアと北朝鮮。北朝鮮は動いた。北朝鮮は黙った。中国は見た。ロシアも黙った。")
    assert [e.id for e in reading.entities if e.type == "state"] == ["PRK", "RUS", "CHN"]


ACTS = [
    ("北朝鮮の兵士が、ロシア空軍の輸送機でハバロフスクへ移送された。", "ja", "AID", ("PRK",)),
    ("中国は制裁決議に賛成した。北朝鮮は反発した。", "ja", "SANCTION", ("CHN",)),
    ("石破茂首相は、中国に抗議したと明らかにした。", "ja", "PROTEST", ("JPN",)),
    ("スターリンは地上軍を送ることは避けた。", "ja", "REJECT", ("STALIN_JOSEPH",)),
    ("Moscow has never acknowledged the losses.", "en", "REJECT", ("RUS",)),
    ("Russia accused Japan of spying and vowed to retaliate.", "en", "THREATEN", ("RUS",)),
    ("The deployment of North Korean soldiers to Kursk went on.", "en", "AID", ("PRK",)),
]


@pytest.mark.parametrize(("text", "language", "plover", "sources"), ACTS)
def test_who_does_it(text: str, language: str, plover: str, sources: tuple[str, ...]) -> None:
    assert sources in [e.sources for e in found(text, language) if e.plover == plover]


@pytest.mark.parametrize(
    "text",
    [
        "中国に北朝鮮を突き放す選択肢はない。",
        "ロシアの報道官は、北朝鮮への技術支援の有無について話した。",
        "制裁は北朝鮮に打撃を与えた。",
    ],
)
def test_what_the_words_behind_deny_is_no_act(text: str) -> None:
    assert not [e for e in found(text) if e.plover in ("AID", "REJECT")]


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("王氏は13日に会談した。今年後半の訪問も話した。王氏は同日、帰った。", "同日", "2025-05-13"),
        ("10月には外相の訪問も取り沙汰されている。", "10月", "2025-10"),
        ("中国の大使は12日の会見で論評を控えた。", "12日", "2025-05-12"),
        ("2024年6月の条約は、1961年の条約を思わせる。同年秋、北朝鮮は兵を送った。", "同年秋", "2024-09/2024-11"),
        ("1~3月の貿易は5億ドルで、前年同期比25%増。", "前年同期", "2024-01/2024-03"),
    ],
)
def test_a_date_is_counted_from_the_right_day(text: str, quote: str, value: str) -> None:
    dates = {d.quote: d.value for d in read_text(text, published="2025-05-17").dates}
    assert dates.get(quote) == value


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("Trade was about a quarter below the level of China's best year.", "about a quarter", 25, "percent"),
        ("中国とロシアなど4カ国間で往来が続いた。", "4カ国", 4, "count"),
    ],
)
def test_a_share_below_and_states_between_them_are_quantities(text: str, quote: str, value: float, unit: str) -> None:
    language = "en" if text[0].isascii() else "ja"
    found_here = [(q.quote, q.value, q.unit) for q in read_text(text, language=language).quantities]
    assert (quote, value, unit) in found_here


def test_a_journey_told_with_its_agent_reads_without_a_known_goal() -> None:
    """A goal that is no actor of the clause was once looked up as one."""
    for text in (
        "Pyongyang was visited by Russia.",
        "A visit to Wonsan by Sergei Lavrov followed.",
        "Visited in Wonsan by Kim Jong Un, Russia agreed.",
    ):
        assert all(text[e.start : e.end] for e in read_text(text, language="en").events)
