"""Names outside North-East Asia, bodies named behind their kind, hands of a text, words that only look like names."""

from __future__ import annotations

import pytest
from readings import forms


@pytest.mark.parametrize(
    ("text", "surface", "ident"),
    [
        ("マリとタイの首相が会った。", "マリ", "MLI"),
        ("タイは調停を断った。", "タイ", "THA"),
        ("カガメ大統領は否定した。", "カガメ", "KAGAME_PAUL"),
        ("ルト大統領は兵を送る。", "ルト大統領", "RUTO_WILLIAM"),
        ("アラブ首長国連邦(UAE)も動いた。", "アラブ首長国連邦(UAE)", "ARE"),
        ("西アフリカ諸国経済共同体(ECOWAS)は介入を見送った。", "ECOWAS", "ECOWAS"),
        ("豪シドニーで会談した。", "豪", "AUS"),
        ("対ロ制裁が緩む。", "対ロ制裁", "RUS_SANCTIONS"),
        ("国連の全加盟国に求めた。", "加盟国", "UN_MEMBERS"),
        ("核・ミサイル技術を渡した。", "核・ミサイル", "NUCLEAR_MISSILES"),
        ("1994年の米朝枠組み合意は崩れた。", "枠組み合意", "AGREED_FRAMEWORK"),
        ("トランプ氏の親書を拒んだ。", "親書", "TRUMP_DONALD_SHINSHO"),
    ],
)
def test_a_name_is_read_as_its_entity(text: str, surface: str, ident: str) -> None:
    assert ident in forms(text).get(surface, set())


@pytest.mark.parametrize(
    ("text", "surface", "ident"),
    [
        ("大使館ルートを通じて抗議した。", "ルート", "RUTO_WILLIAM"),
        ("馬のサドルを直した。", "サドル", "SADR_MUQTADA"),
        ("パスを受け取った。", "パス", "PERTH"),
        ("マリ・ルブラン氏は笑った。", "マリ", "MLI"),
        ("弾道ミサイル技術を渡した。", "弾道ミサイル", "BALLISTIC_MISSILE"),
    ],
)
def test_a_word_that_only_looks_like_it_is_not(text: str, surface: str, ident: str) -> None:
    assert ident not in forms(text).get(surface, set())


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("準軍事組織「東部救援隊(TKT)」は退いた。", "TKT", "東部救援隊"),
        ("調査会社モラティーナの見通しでは、物価は下がる。", "モラティーナ", "モラティーナ"),
        ("月刊『潮路』2025年7月号に載った。", "潮路", "月刊『潮路』"),
        ("国の南部では反政府勢力「3月の風」が町を奪った。", "3月の風", "3月の風"),
        ("西方諮問院の金明哲副院長によると、貿易は減った。", "金明哲", "金明哲副院長"),
        ("中国の張軍国連大使(当時)は反対した。", "張軍", "張軍国連大使(当時)"),
        ("コズロフ天然資源相が明かした。", "コズロフ", "コズロフ天然資源相"),
    ],
)
def test_a_body_or_person_has_its_short_and_long_form(text: str, short: str, long: str) -> None:
    found = forms(text)
    assert found.get(short, {1}) & found.get(long, {2})


def test_hands_in_the_first_lines_are_people() -> None:
    text = "制裁の現在地\n研究員 相馬圭一\n訳=片桐悠子\n\n制裁は緩みつつある。執筆者の見方は変わらない。\n"
    found = forms(text)
    assert found["相馬圭一"] == found["執筆者"]
    assert "片桐悠子" in found


def test_english_names_of_the_rest_of_the_world() -> None:
    text = "Petro Ivanenko met President Gustavo Petro in Bogotá. Later Petro spoke of the Sahel and ECOWAS."
    found = forms(text, "en")
    assert "PETRO_GUSTAVO" in found["Petro"]
    assert (found["Sahel"], found["ECOWAS"]) == ({"SAHEL"}, {"ECOWAS"})
    assert "PETRO_GUSTAVO" not in forms("Petro Ivanenko spoke.", "en").get("Petro", set())
