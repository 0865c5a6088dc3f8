"""Whose words go on without a source: bare offices, retold interviews, questions and answers, stretches between two."""

from __future__ import annotations

import pytest

from keisei.documents import read_text


def speakers(text: str) -> dict[str, str]:
    """The first characters of each claim with the name of its speaker."""
    reading = read_text(text, language="ja")
    names = {e.id: e.name_en for e in reading.entities}
    return {text[c.start : c.start + 6]: names.get(c.speaker, c.speaker) for c in reading.claims}


EXPERT = "東邦大学のトマス・ケラー教授は、同盟は長続きしないとみる。"


@pytest.mark.parametrize(
    ("text", "claim", "speaker"),
    [
        (EXPERT + "支援は来年には細る、と教授は言う。", "支援は来年に", "トマス・ケラー"),
        (EXPERT + "教授の試算では、支援は来年には半分に減る。", "支援は来年に", "トマス・ケラー"),
        (EXPERT + "次の冬までに合意ができることはないだろう、とも。", "次の冬までに", "トマス・ケラー"),
        ("アナ・ソリス氏は、停戦は続かないとみる。氏は、仲介役が足りないと言い切る。", "仲介役が足り", "アナ・ソリス"),
        ("アナ・ソリス氏は、会談は飾りにすぎないと冷ややかだ。", "会談は飾りに", "アナ・ソリス"),
        (
            "停戦は続くとの声もある。アナ・ソリス氏は慎重だ。兵が引かない限り撃ち合いは終わらないという。",
            "兵が引かない",
            "アナ・ソリス",
        ),
        ("アナ・ソリス所長自身、「誰も本気にしていないのだ」と断るのを忘れない。", "「誰も本気に", "アナ・ソリス"),
        (
            "米国は責任がないとあしらい、ロイ・ベック報道官も「根拠のない噂だ」と一蹴した。",
            "「根拠のない",
            "ロイ・ベック",
        ),
    ],
)
def test_who_was_named_before_speaks_on(text: str, claim: str, speaker: str) -> None:
    assert speakers(text)[claim] == speaker


def test_what_stands_between_two_sentences_of_one_scholar_is_his() -> None:
    text = EXPERT + "報復は限られたものになる。だが沈黙が続くとも思えない、と教授は付け加えた。"
    assert speakers(text)["報復は限られ"] == "トマス・ケラー"
    assert speakers(EXPERT + "\n報復は限られたものになる。")["報復は限られ"] == "AUTHOR"
    assert (
        speakers("狙いは鉱物なのだ。" + EXPERT + "国連に力はない。教授はそうみている。")["国連に力はな"]
        == "トマス・ケラー"
    )


RETOLD = """先日の紙面に、トマス・ケラー博士の長いインタビューが載った。まず要点を紹介し、そのあと感想を書く。
合意は長続きしない。支援が細れば、政権は行き詰まるだろう。
ここからは私見。
行き詰まるのはむしろ制裁のほうではないか。
"""


def test_a_retold_interview_is_the_guests_until_the_writers_own_words_begin() -> None:
    heard = speakers(RETOLD)
    assert heard["合意は長続き"] == heard["支援が細れば"] == "トマス・ケラー"
    assert heard["行き詰まるの"] == "AUTHOR"
    assert set(speakers(RETOLD.replace("ここからは私見。\n", "")).values()) == {"AUTHOR"}


def test_answers_belong_to_the_guest_and_questions_to_nobody_else() -> None:
    text = """選挙の行方を、アナ・ソリス教授に聞いた。
――勝つのはどちらでしょうか。
与党が勝つ可能性は低い。
――経済への影響はどうですか。
通貨は下落するだろう。
"""
    heard = speakers(text)
    assert heard["与党が勝つ可"] == heard["通貨は下落す"] == "アナ・ソリス"


LEAD = "Renato Cruz of De La Salle University argues that the deal has weakened the alliance. "


@pytest.mark.parametrize(
    ("text", "claim", "speaker"),
    [
        ("Nguyen Van Minh, who heads an institute, disagrees: the country must find markets.", "the country", "Nguyen Van Minh"),  # noqa: E501
        ("In the view of Raj Menon, a fellow in Delhi, the next round could come soon.", "In the view", "Raj Menon"),
        ("The outcome, in Cruz's telling, was settled long before the vote.", "The outcome", "Renato Cruz"),
        ('Asked whether sanctions work, Cruz shrugged: "They never have, and they never will."', '"They never', "Renato Cruz"),  # noqa: E501
        ("Cruz gives the reformists little chance.", "Cruz gives", "Renato Cruz"),
        ("Ana Solis, a former envoy, is more cautious. The patron still has leverage, and may use it.", "The patron", "Ana Solis"),  # noqa: E501
        ("President Paul Kagame wants the minerals, he said, and nobody will stop him.", "President P", "Renato Cruz"),
        ("According to a study by the Kiel Institute, aid will fall further.", "According t", "Kiel Institute for the World Economy"),  # noqa: E501
        ("To me it looked rather like a show of unity.", "To me it lo", "AUTHOR"),
    ],
)  # fmt: skip
def test_english_words_belong_to_whom_the_sentence_or_the_one_before_names(text: str, claim: str, speaker: str) -> None:
    whole = LEAD + text
    reading = read_text(whole, language="en")
    names = {e.id: e.name_en for e in reading.entities}
    heard = {whole[c.start : c.start + 11].strip(): names.get(c.speaker, c.speaker) for c in reading.claims}
    assert heard[claim] == speaker


@pytest.mark.parametrize(
    ("text", "claim", "speaker"),
    [
        (
            "国家情報長官室が3月に公表した年次評価は、平壌が計画を手放す可能性は低いとの判断を示した。同評価はさらに、装備の供与が均衡を変えかねないと警告する。",
            "さらに、装備",
            "Office of the Director of National Intelligence",
        ),
        ("李哲民氏は、部品は自前だと断言する。一方、申宗宇研究委員の見方は異なる。蓄積を軽く見るべきではないというのだ。", "蓄積を軽く見", "申宗宇"),  # noqa: E501
        ("東部大学の孫立軍副教授は「北京は影響力を保とうとしている」と解説する。", "「北京は影響", "孫立軍"),
        ("渡航した客は約200人にすぎない、と旅行会社ボストーク・ツアーは言う。", "渡航した客は", "ボストーク・ツアー"),
    ],
)  # fmt: skip
def test_papers_moods_and_companies_speak(text: str, claim: str, speaker: str) -> None:
    assert speakers(text)[claim] == speaker


def test_who_is_named_inside_a_quotation_does_not_say_it() -> None:
    text = 'Batbold Erdene, a former envoy, blames Washington. "Nobody wanted to give Trump a second Hanoi," he says.'
    reading = read_text(text, language="en")
    names = {e.id: e.name_en for e in reading.entities}
    assert names[reading.claims[-1].speaker] == "Batbold Erdene"
    assert "UNSC" not in {e.id for e in read_text("Russia's Security Council met.", language="en").entities}


@pytest.mark.parametrize(
    ("text", "claim", "speaker"),
    [
        ("元委員のエル・ホーガン氏は三つの要因を挙げる。第一に対立、第二に戦争、第三に監視疲れだ。", "第一に対立、", "エル・ホーガン"),  # noqa: E501
        ("サンナ・コスキ氏が勧めるのは、調達網と同じ枠で扱うことだ。", "調達網と同じ", "サンナ・コスキ"),
        ("団体代表の朴ウンギョン氏は2014年に川を渡った。締め付けは目に見えて強まったという。", "締め付けは目", "朴ウンギョン"),  # noqa: E501
        ("東部大学の姜東勲責任研究員は「条約は紙切れではない」と強調する。", "「条約は紙切", "姜東勲"),
    ],
)  # fmt: skip
def test_lists_clefts_and_lives_told(text: str, claim: str, speaker: str) -> None:
    assert speakers(text)[claim] == speaker


def test_two_who_speak_in_one_english_sentence() -> None:
    text = (
        "Andrei Sokolov, a local economist, holds that the bridge will change little; Maria Lebedeva of the Far Eastern "  # noqa: E501
        "Federal University, by contrast, expects truck traffic to triple. Cho Minsu argues that the factories now run on "  # noqa: E501
        "Russian tools. The author estimates that output doubled and will double again."
    )
    reading = read_text(text, language="en")
    names = {e.id: e.name_en for e in reading.entities}
    heard = [names.get(c.speaker, c.speaker) for c in reading.claims]
    assert heard == ["Andrei Sokolov", "Maria Lebedeva", "Cho Minsu", "Cho Minsu"]


@pytest.mark.parametrize(
    ("text", "claim", "speaker"),
    [
        ("アルチョム・ルキン教授は悲観論者ではない。彼の計算では、貨物は年100万トンを超える。", "貨物は年10", "アルチョム・ルキン"),  # noqa: E501
        ("アリソン・リーク氏の読みはこうだ。平壌は選挙の結果が出るまで動かない。", "平壌は選挙の", "アリソン・リーク"),
        ("工場に電気が要るのだろう、とエル・モス氏は推し量る。", "工場に電気が", "エル・モス"),
        ("地元の運送業者は、工事は10月に始まったのだと証言する。", "工事は10月", "運送業者"),
    ],
)  # fmt: skip
def test_pronouns_colons_any_verb_and_people_without_a_name(text: str, claim: str, speaker: str) -> None:
    assert speakers(text)[claim] == speaker


def test_so_says_and_any_cleft_and_any_adjective() -> None:
    text = "Beijing's patience is not infinite. So says Cheng Xiaohe of Renmin University, who knows the ministry well."
    reading = read_text(text, language="en")
    assert [c.speaker for c in reading.claims] == [e.id for e in reading.entities if e.name_en == "Cheng Xiaohe"]
    heard = speakers("高等経済学院のワシリー・カシン氏は、買い手がいなくなれば蜜月も終わると率直だ。")
    assert set(heard.values()) == {"ワシリー・カシン"}
    heard = speakers("ワシリー・カシン氏が重く見るのは、軍部に抵抗が根強く残る点だ。")
    assert set(heard.values()) == {"ワシリー・カシン"}


@pytest.mark.parametrize(
    ("text", "claim", "speaker"),
    [
        ("東部大学の朴志勲教授は、交流は協力の隠れ蓑だと受け止める。", "交流は協力の", "朴志勲"),
        ("朴志勲教授は過大評価を戒める。踊り手が来ても弾頭が来るわけではない、というのが持論だ。", "踊り手が来て", "朴志勲"),  # noqa: E501
        ("オリ・ハイ氏は「稼働すれば4発分が上乗せされる」と見積もった。もっとも、と氏は続ける。電力が足りればの話だ。", "電力が足りれ", "オリ・ハイ"),  # noqa: E501
        ("ある研究者は匿名を条件に、政府は雇用を優先していると打ち明けた。彼によると、入国も再開されている。", "入国も再開さ", "研究者"),  # noqa: E501
    ],
)  # fmt: skip
def test_what_a_scholar_goes_on_to_say(text: str, claim: str, speaker: str) -> None:
    assert speakers(text)[claim] == speaker
