"""Whose words a sentence gives: sources in it, those who spoke before, summaries and their authors."""

from __future__ import annotations

import pytest

from keisei.documents import read_text


def voices(text: str, language: str = "ja") -> list[str]:
    """The speaker of each claim, by the name that the text gives."""
    reading = read_text(text, language=language)
    names = {e.id: e.name_en for e in reading.entities}
    return [names.get(c.speaker, c.speaker) for c in reading.claims]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("元分析官レオナルド・フィンチ氏は、核放棄はもはや望めないと説く。", "レオナルド・フィンチ"),
        (
            "大陸政策研究センターのエリック・モーガン上級研究員は、合意は長続きしないと踏んでいる。",
            "エリック・モーガン",
        ),
        ("韓国国防研究院の尹相哲研究委員は、兵站が持たないと読む。", "尹相哲"),
        ("北方経済研究院の金泰勲院長の見立てでは、貿易は来年も伸びる。", "金泰勲"),
        ("元司令官のカーティス・ブラント氏に言わせれば、抑止は崩れていない。", "カーティス・ブラント"),
        ("アレン・ブルックス氏の分析によれば、工場は夜間も稼働している。", "アレン・ブルックス"),
        ("同盟は強まる一方だ、とトマス・ケラー教授は指摘する。", "トマス・ケラー"),
        (
            "合意は紙くずになった、というのが東方研究所のアンナ・ノヴァク研究員の見方だ。",
            "アンナ・ノヴァク",
        ),
        ("国連の専門家パネルは、石油の密輸が続いていると結論づけた。", "UN Panel of Experts on North Korea"),
        ("モンゴルの情報機関は、往来が倍増すると見ているらしい。", "Mongolia: intelligence service"),
        ("英王立防衛安全保障研究所の推計では、供給は月30万発に達する。", "Royal United Services Institute"),
        ("ある欧州外交官は「われわれは蚊帳の外だ」と漏らした。", "欧州外交官"),
    ],
)
def test_a_source_in_the_sentence_speaks(text: str, speaker: str) -> None:
    assert voices(text) == [speaker]


@pytest.mark.parametrize(
    "before",
    [
        "ジョセフ・ハリントン元国務次官補はもっと手厳しい。",
        "ジョセフ・ハリントン元国務次官補の評価は低い。",
        "ジョセフ・ハリントン元国務次官補もその一人だ。",
        "ジョセフ・ハリントン元国務次官補は、合意は終わったと言い切る。",
    ],
)
def test_a_quotation_alone_belongs_to_whom_the_sentence_before_is_about(before: str) -> None:
    assert voices(before + "「これは外交ではない。時間稼ぎである」")[-2:] == ["ジョセフ・ハリントン"] * 2


def test_that_is_what_he_says_names_the_speaker_of_the_quotation_before() -> None:
    assert voices("「同盟は強まる一方だ」。そう語るのは、東邦大学のトマス・ケラー教授だ。") == ["トマス・ケラー"]


@pytest.mark.parametrize("ending", ["戻るという。", "戻るとのことだ。", "戻るはずだという。"])
def test_hearsay_carries_on_the_words_of_who_spoke_in_the_paragraph(ending: str) -> None:
    assert (
        voices("マリア・ロペス研究員は、停戦は近いと話す。そうなれば、議論は振り出しに" + ending)[-1]
        == "マリア・ロペス"
    )


def test_hearsay_in_a_new_paragraph_is_no_longer_theirs() -> None:
    text = "マリア・ロペス研究員は、停戦は近いと話す。\n"
    text += "街は静かだった。港も静かだった。駅も静かだった。\n列車はもう来ないという。"
    assert voices(text)[-1] == "AUTHOR"


def test_behind_a_contrast_the_second_party_speaks() -> None:
    text = "中国外務省は制裁を違法だと批判したが、米国務省の報道官は、抜け穴を塞ぐ措置にすぎないと反論した。"
    assert voices(text)[-1] == "US State Department: spokesperson (not named)"


def test_what_a_ruler_is_said_to_think_is_the_writers_judgement() -> None:
    assert voices("プーチン大統領は、時間は味方だと考えている。") == ["AUTHOR"]


SUMMARY = (
    "港の灯は消えたか\n\nヘレン・アシュトン(コーラル海事研究所上級研究員)\n『マリン・レビュー』誌2025年3月4日掲載論文の要約(編集部)\n\n"
    "荷の量は半分になったようだ。アシュトンは、港は年内に閉じると警告する。再開には十年を要する可能性が高い。\n\n"
    "地元の見方は違うようだ。\n\n"
    "同論文は段階的な再建を提案する。まず岸壁を直す。次に関税を下げる。\n"
)


def test_in_a_summary_the_author_speaks_only_where_the_text_gives_her_the_words() -> None:
    assert voices(SUMMARY)[:4] == ["AUTHOR", "ヘレン・アシュトン", "ヘレン・アシュトン", "AUTHOR"]


def test_the_steps_behind_a_proposal_are_the_proposers_advice() -> None:
    steps = [c for c in read_text(SUMMARY).claims if c.rule == "C-step"]
    assert [(c.kind, c.speaker) for c in steps] == [("advice", "ASHUTON_HEREN")] * 2


@pytest.mark.parametrize(
    "text", ["李在明大統領は、対話の再開を呼びかけた。", "李在明大統領は、軍の即時撤退を求めている。"]
)
def test_what_an_office_asks_of_others_is_advice(text: str) -> None:
    assert [(c.speaker, c.kind) for c in read_text(text).claims] == [("LEE_JAE_MYUNG", "advice")]


@pytest.mark.parametrize(
    ("text", "kind", "strength"),
    [
        ("日本は備えを急ぐのが望ましい。", "advice", "certain"),
        ("米国は窓口を開いてほしい。", "advice", "certain"),
        ("停戦を監視する仕組みが急務だ。", "advice", "certain"),
        ("仮に停戦が成っても、供給網は解体されまい。", "conditional_forecast", "likely"),
        ("議会が予算を止めれば、合意は続かない可能性が高い。", "conditional_forecast", "likely"),
        ("金正恩氏が対話に戻るとすれば、その時だ。", "conditional_forecast", "certain"),
        ("安保理が採択できるかは微妙だろう。", "forecast", "possible"),
        ("北朝鮮が協議に応じることは、もはやない。", "forecast", "certain"),
        ("ロシアは何を待っているのだろう。", "assessment", "possible"),
        ("ショイグ書記は、工兵6000人が派遣されると自ら明かした。", "forecast", "certain"),
    ],
)
def test_kind_and_strength_of_steps_conditions_and_questions(text: str, kind: str, strength: str) -> None:
    claim = read_text(text, language="ja").claims[0]
    assert (claim.kind, claim.modality) == (kind, strength)


def test_a_question_asserts_nothing() -> None:
    assert read_text("では、米国と北朝鮮は何を交換するのか。", language="ja").claims == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The deal is dead, according to Miles Garrick, a fellow at the Aldgate Institute.", "Miles Garrick"),
        ("Miles Garrick, a former envoy, thinks sanctions have become theatre.", "Miles Garrick"),
        ("For Yuna Seo of Hanbit University, sanctions have become theatre.", "Yuna Seo"),
        ("Sanctions have become theatre, argues Yuna Seo of Hanbit University.", "Yuna Seo"),
        ("Experts at the Stimson Center believe the reactor is running again.", "Stimson Center"),
        ("South Korea's spy agency assesses that Pyongyang has sent troops.", "South Korea: intelligence service"),
        (
            "The Defence Intelligence Agency's assessment is that the North could test a warhead.",
            "Defence Intelligence Agency",
        ),
        ("The United States, Britain and France said Iran had shipped missiles to Russia.", "United States"),
        ("Guterres urged Pyongyang to return to talks.", "Antonio Guterres"),
    ],
)
def test_an_english_source_speaks(text: str, speaker: str) -> None:
    assert voices(text, "en") == [speaker]


def test_a_quotation_over_two_sentences_has_one_speaker() -> None:
    text = 'Miles Garrick, a former envoy, was blunt. "This is not diplomacy at all. It is theatre, no more."'
    assert voices(text, "en") == ["Miles Garrick"] * 2


@pytest.mark.parametrize("lead", ["Should Beijing cut", "Were Beijing to cut", "If Beijing cuts"])
def test_an_inverted_condition_is_a_condition(lead: str) -> None:
    claim = read_text(f"{lead} the oil, Pyongyang would have weeks, not months.", language="en").claims[0]
    assert (claim.kind, claim.modality) == ("conditional_forecast", "likely")
