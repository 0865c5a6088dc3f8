"""Names that stand in no lexicon are told by what stands beside them."""

from __future__ import annotations

import pytest

from keisei.documents import read_text


def surfaces(text: str, language: str = "ja") -> dict[str, str]:
    reading = read_text(text, language=language)
    kind = {e.id: e.type for e in reading.entities}
    return {form: kind[ident] for ident, forms in reading.surfaces.items() for form in forms}


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("習近平(シーチンピン)国家主席が出席した。", "習近平(シーチンピン)国家主席", "person"),
        ("習近平（シーチンピン）国家主席が出席した。", "習近平（シーチンピン）国家主席", "person"),
        ("中国外務省の邱文達(チウウェンダー)副報道局長は述べた。", "邱文達(チウウェンダー)副報道局長", "person"),
        ("復旦大学の沈丁立教授は指摘した。", "沈丁立教授", "person"),
        ("慶應義塾大学の礒﨑敦仁教授は話す。", "礒﨑敦仁", "person"),
        ("ドイツのヴァーデフール外相が会見した。", "ヴァーデフール外相", "person"),
        ("ジョン・デルーリーは、制裁は効かないとみる。", "ジョン・デルーリー", "person"),
        ("北朝鮮は火星21型を公開した。", "火星21型", "weapon"),
        ("ロシアはTu-95爆撃機を飛ばした。", "Tu-95爆撃機", "weapon"),
        ("日中平和友好条約が結ばれた。", "日中平和友好条約", "agreement"),
        ("安保理は決議2397号を採択した。", "決議2397号", "document"),
        ("国際刑事裁判所（ICC）が決めた。", "ICC", "organisation"),
    ],
)
def test_a_japanese_name_is_read_with_its_kind(text: str, form: str, kind: str) -> None:
    assert surfaces(text).get(form) == kind


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("平和条約を結ぶ。", "平和条約"),
        ("文化大臣が来た。", "文化"),
        ("スティムソン・センターは発表した。", "スティムソン"),
        ("高官が述べた。", "高"),
        ("センター長は答えた。", "センター"),
    ],
)
def test_a_common_word_is_no_name(text: str, form: str) -> None:
    assert surfaces(text).get(form) not in ("person", "agreement")


def test_a_surname_alone_is_the_person_named_in_full_before() -> None:
    reading = read_text("慶應義塾大学の礒﨑敦仁教授は「続く」と話す。礒﨑氏は懐疑的だ。")
    people = [e.id for e in reading.entities if e.type == "person"]
    assert len(people) == 1
    assert "礒﨑氏" in reading.surfaces[people[0]]


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("Russian forces received shells.", "Russian forces", "organisation"),
        ("South Korea's Defense Ministry said so.", "South Korea's Defense Ministry", "organisation"),
        ("A report by the Nordic Institute of Arms Control (NIAC) appeared.", "NIAC", "organisation"),
        ('"It holds," said Jenny Mill, director of a programme.', "Jenny Mill", "person"),
        ("Former U.S. negotiator Joseph Stone argued that it failed.", "Joseph Stone", "person"),
        ("Lt. Gen. Kyrylo Budanov spoke.", "Lt. Gen. Kyrylo Budanov", "person"),
        ("North Korea showed the Hwasong-21 missile.", "Hwasong-21", "weapon"),
    ],
)
def test_an_english_name_is_read_with_its_kind(text: str, form: str, kind: str) -> None:
    assert surfaces(text, "en").get(form) == kind
