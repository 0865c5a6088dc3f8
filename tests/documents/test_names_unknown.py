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
        ("慶南平和国際戦略研究所の李教授は話す。", "慶南平和国際戦略研究所", "organisation"),
        ("豪キャンベラ東方大学のジェーン・スミス教授は話す。", "キャンベラ東方大学", "organisation"),
        ("豪シドニーで述べた。", "豪", "state"),
        ("バイデン米大統領が述べた。", "米", "state"),
        ("北朝鮮の特殊部隊約500人が着いた。", "北朝鮮の特殊部隊", "organisation"),
        ("中国外務省の報道官は述べた。", "中国外務省の報道官", "person"),
        ("ベトナムの首相が訪れた。", "ベトナムの首相", "person"),
        ("習近平(シー・チンピン)国家主席が出席した。", "シー・チンピン", "person"),
        ("国家情報院(国情院)は発表した。", "国情院", "organisation"),
        ("金日成広場で開かれた。", "金日成広場", "place"),
        ("北朝鮮は新型の固体燃料ICBMを公開した。", "固体燃料ICBM", "weapon"),
        ("米軍の戦略爆撃機B1Bが飛来した。", "B1B", "weapon"),
        ("日本の排他的経済水域(EEZ)に落ちた。", "日本の排他的経済水域(EEZ)", "place"),
        ("平壌近郊から発射した。", "平壌近郊", "place"),
        ("1961年に両国は友好協力相互援助条約を結んだ。61年条約は続く。", "61年条約", "agreement"),
        ("【北京共同】中国は反対した。", "共同", "organisation"),
    ],
)
def test_a_japanese_name_is_read_with_its_kind(text: str, form: str, kind: str) -> None:
    assert surfaces(text).get(form) == kind


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("軍事条約を結ぶ。", "軍事条約"),
        ("文化大臣が来た。", "文化"),
        ("スティムソン・センターは発表した。", "スティムソン"),
        ("高官が述べた。", "高"),
        ("センター長は答えた。", "センター"),
        ("国内の有名大学で学んだ。", "有名大学"),
        ("データセンターを狙った。", "データセンター"),
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
        ("Iran shipped Fateh-110 ballistic missiles.", "Fateh-110 ballistic missiles", "weapon"),
        ("SEOUL, March 3 (Harbour News) - South Korea agreed.", "Harbour News", "organisation"),
        ("SEOUL, March 3 (Harbour News) - South Korea agreed.", "SEOUL", "place"),
        ("A Ukrainian military spokesman said so.", "Ukrainian military spokesman", "person"),
        ("China denied it; its foreign ministry called it false.", "foreign ministry", "organisation"),
        ("Three Western diplomats agreed.", "Western diplomats", "person"),
        ("The two signed a mutual defence pact.", "mutual defence pact", "agreement"),
        ("The Biden administration agreed.", "Biden administration", "organisation"),
        ("North Korea fired a missile. The North said it was a drill.", "The North", "state"),
    ],
)
def test_an_english_name_is_read_with_its_kind(text: str, form: str, kind: str) -> None:
    assert surfaces(text, "en").get(form) == kind
