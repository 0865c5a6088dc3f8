"""Who and what a text names by a description, and names that stand without their other half."""

from __future__ import annotations

import pytest
from readings import forms


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("倉庫では北朝鮮の溶接工たちが働いていた。", "北朝鮮の溶接工たち", "溶接工"),
        ("国際原子力機関(IAEA)の査察官は戻っていない。", "国際原子力機関(IAEA)の査察官", "査察官"),
        ("ロシアの軍事顧問が港に着いた。", "ロシアの軍事顧問", "軍事顧問"),
        ("グダニスクの造船所を視察した。", "グダニスクの造船所", "造船所"),
        ("寧辺の5メガワット原子炉が動いた。", "寧辺の5メガワット原子炉", "5メガワット原子炉"),
        ("国連がまとめた年次報告書によると、密輸は続く。報告書は船名を挙げた。", "年次報告書", "報告書"),
        ("両国は「法的拘束力のある覚書」を交わした。", "「法的拘束力のある覚書」", "覚書"),
        ("石炭と繊維の禁輸は緩んだ。", "石炭と繊維の禁輸", "禁輸"),
        ("EUは対ロ制裁第15弾を決めた。", "対ロ制裁第15弾", "第15弾"),
        ("フランスの核燃料大手オラノが鉱区を得た。", "フランスの核燃料大手オラノ", "オラノ"),
        ("ロシア国営ガスプロムは供給を絞った。", "ロシア国営ガスプロム", "ガスプロム"),
        ("林明哲(リン・ミンジョー)教授は懐疑的だ。", "林明哲(リン・ミンジョー)教授", "リン・ミンジョー"),
    ],
)
def test_the_long_and_the_short_form_of_a_description_are_one(text: str, long: str, short: str) -> None:
    found = forms(text)
    assert found.get(long, {1}) & found.get(short, {2})


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ワルシャワ中央駅で待つ。", "ワルシャワ中央駅"),
        ("西シベリアの産地から運ぶ。", "西シベリア"),
        ("欧州の外交官たちは驚いた。", "欧州の外交官たち"),
        ("李在明大統領は3段階論を示した。", "3段階論"),
        ("アラブガ製の無人機が飛んだ。", "アラブガ製の無人機"),
        ("砲弾とロケット弾を渡した。", "砲弾とロケット弾"),
        ("2022年に結んだ第1次契約の倍だ。", "第1次契約"),
        ("米国は二次制裁をためらった。", "二次制裁"),
        ("議会では北朝鮮人権法の延長が審議された。", "北朝鮮人権法"),
    ],
)
def test_what_is_described_has_a_form(text: str, form: str) -> None:
    assert form in forms(text)


def test_the_family_name_of_someone_named_in_full_may_stand_alone() -> None:
    found = forms("コーネリアス・ブラックソーン上級研究員は慎重だ。ブラックソーンは別の見方も示す。")
    assert found["ブラックソーン"] == found["コーネリアス・ブラックソーン"]


def test_a_family_name_that_stands_only_before_an_office_is_no_form_of_its_own() -> None:
    found = forms("コーネリアス・ブラックソーン氏は慎重だ。ブラックソーン氏は別の見方も示す。")
    assert "ブラックソーン氏" in found
    assert "ブラックソーン" not in found


def test_what_stands_only_inside_a_longer_name_is_none_of_its_own() -> None:
    assert "ミサイル" not in forms("韓国軍は固体燃料ミサイルの発射を捉えた。")
    assert "シベリア" not in forms("ガスプロムは天然ガスパイプライン「シベリアの力2」を語った。")


@pytest.mark.parametrize(
    ("text", "form", "state"),
    [
        ("米議会は反発した。", "米", "USA"),
        ("米軍は撤収した。", "米", "USA"),
        ("金正恩氏は対米対話に戻らない。", "対米", "USA"),
        ("燃料の対ロ依存は深い。", "対ロ", "RUS"),
        ("1961年のソ朝条約は失効した。", "ソ朝", "SUN"),
        ("北朝鮮と韓国は動いた。北朝鮮は沈黙し、南の戦車が国境を守り、北の砲弾が町を焼く。", "南", "KOR"),
        ("平壌はワシントンからの書簡を拒んだ。", "ワシントン", "USA"),
        ("モンゴルは平壌とは長く国交を保つ。", "平壌", "PRK"),
        ("北京への配慮がにじむ。", "北京", "CHN"),
        ("EUは結束する。ブリュッセルは手をこまねいていない。", "ブリュッセル", "EU"),
    ],
)
def test_a_state_is_read_in_its_character_its_capital_and_its_treaties(text: str, form: str, state: str) -> None:
    assert state in forms(text)[form]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("代表団は北京に着いた。", "北京"),
        ("ウランバートルが開催地に選ばれた。", "ウランバートル"),
        ("会議はソウルで開かれる。", "ソウル"),
    ],
)
def test_a_capital_where_something_happens_is_a_place(text: str, form: str) -> None:
    assert not forms(text)[form] & {"CHN", "MNG", "KOR"}


def test_a_body_named_again_without_its_state_is_the_same_body() -> None:
    found = forms("米議会の抵抗は強い。両国が合意しても、議会が予算を止めれば続かない。")
    assert found["議会"] == found["米議会"]


def test_the_translator_of_a_prefaced_article_is_meant_by_the_word() -> None:
    text = (
        "【翻訳】氷の回廊\n\n訳者まえがき\n\n 北の海の話だ。見過ごせないと訳者は考える。(森田文乃、2025年3月2日)\n\n"
        "氷の回廊(The Ice Corridor)\n\nアラン・ブリスベーン(オークリッジ極地研究所研究員)\n"
        "『ノーザン・クォータリー』誌、2025年2月20日\n\n 氷は退いた。航路は短くなった。\n"
    )
    found = forms(text)
    assert found["訳者"] == found["森田文乃"]
    assert found["氷の回廊"] == found["The Ice Corridor"]
