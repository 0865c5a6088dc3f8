"""Names come under one id whatever the spelling, and abbreviations only where the context allows."""

from __future__ import annotations

import pytest

from keisei.documents import read_text


def ids(text: str, language: str = "ja") -> dict[str, set[str]]:
    reading = read_text(text, language=language)
    out: dict[str, set[str]] = {}
    for ident, forms in reading.surfaces.items():
        for form in forms:
            out.setdefault(form, set()).add(ident)
    return out


@pytest.mark.parametrize(
    ("text", "form", "entity"),
    [
        ("プーティン大統領が来た。", "プーティン大統領", "PUTIN_VLADIMIR"),
        ("プーティン大統領が来た。", "プーティン", "PUTIN_VLADIMIR"),
        ("ウラジーミル・プーチン氏は語った。", "ウラジーミル・プーチン氏", "PUTIN_VLADIMIR"),
        ("ヴェトナムの首都ハノイ。", "ヴェトナム", "VNM"),
        ("ボストーチヌィー宇宙基地で会談した。", "ボストーチヌィー宇宙基地", "VOSTOCHNY"),
        ("北朝鮮の金正恩総書記が訪れた。", "金正恩総書記", "KIM_JONG_UN"),
        ("トランプ米大統領(当時)が会った。", "トランプ米大統領(当時)", "TRUMP_DONALD"),
        ("王毅・共産党政治局員兼外相が会談した。", "王毅・共産党政治局員兼外相", "WANG_YI"),
        ("ジョー・バイデン政権は拒んだ。", "ジョー・バイデン政権", "BIDEN_ADMIN"),
        ("ロシア国営メディアは報じた。", "ロシア国営メディア", "RUS_STATE_MEDIA"),
        ("中国外務省は発表した。", "中国外務省", "CHN_MFA"),
        ("国際刑事裁判所(ICC)が決めた。", "ICC", "ICC"),
        ("スミソニアンのジェームズ・ブラウン教授は述べた。", "ジェームズ・ブラウン教授", "BURAUN_JEMUZU"),
    ],
)
def test_a_form_is_read_as_its_entity(text: str, form: str, entity: str) -> None:
    assert entity in ids(text).get(form, set())


@pytest.mark.parametrize(
    ("text", "compound", "states"),
    [
        ("米朝首脳会談が開かれた。", "米朝", {"USA", "PRK"}),
        ("中ロ朝の関係は深まった。", "中ロ朝", {"CHN", "RUS", "PRK"}),
        ("日米韓は協議した。", "日米韓", {"JPN", "USA", "KOR"}),
        ("露朝間の取引。", "露朝", {"RUS", "PRK"}),
    ],
)
def test_a_compound_belongs_to_each_of_its_states(text: str, compound: str, states: set[str]) -> None:
    assert ids(text)[compound] == states


@pytest.mark.parametrize(
    "text",
    [
        "日中は暑い。",
        "北米の市場は広い。",
        "中南米を訪れた。",
        "早朝に出発した。",
        "英語と独語を話す。",
        "米を食べる。",
        "北の空を見た。",
    ],
)
def test_words_that_only_look_like_abbreviations_name_no_state(text: str) -> None:
    assert [e.id for e in read_text(text, language="ja").entities if e.type == "state"] == []


def test_north_is_north_korea_only_beside_it() -> None:
    assert ids("北朝鮮は拒んだ。北朝鮮の外相が来た。北は非核化交渉を放棄した。")["北"] == {"PRK"}
    assert "北" not in ids("ロシアの北は寒い。")


def test_a_family_name_is_read_as_the_person_named_in_full() -> None:
    found = ids("金与正氏が談話を出した。金氏は米国を批判した。")
    assert found["金氏"] == {"KIM_YO_JONG"}
    found = ids("金正恩総書記が来た。金総書記は帰った。")
    assert found["金総書記"] == {"KIM_JONG_UN"}


def test_a_capital_is_the_government_only_where_it_acts() -> None:
    assert ids("平壌は要求を拒否した。")["平壌"] == {"PRK"}
    assert ids("代表団は平壌空港に着いた。")["平壌"] == {"PYONGYANG"}


def test_a_new_name_is_proposed_under_a_stable_id() -> None:
    reading = read_text("元駐韓大使の堀田幸裕氏は、朝ロの接近は続くと指摘する。")
    person = next(e for e in reading.entities if e.type == "person")
    assert (person.id, person.proposed) == ("HOTTA_YUKIHIRO", True)


def test_english_names_are_case_sensitive_and_titled() -> None:
    found = ids("Russian President Vladimir Putin told us that the US must act. Putin left.", "en")
    assert "PUTIN_VLADIMIR" in found["President Vladimir Putin"]
    assert found["Putin"] == {"PUTIN_VLADIMIR"}
    assert "us" not in found
