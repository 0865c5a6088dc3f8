"""Where a text comes from and when it was published: found or asked for, never guessed."""

from __future__ import annotations

from keisei.documents.structure import analyse, clean_name

BODY = "北朝鮮は2023年9月13日に会談を行った。関係は深まっている。\n" * 4


def test_a_date_of_publication_is_found_in_the_texts_own_marks() -> None:
    assert analyse("題名\n\n2025.09.10 Wed posted at 18:35 JST\n\n" + BODY).published == "2025-09-10"
    assert analyse("題名\n\n公開日：2025年9月10日\n\n" + BODY).published == "2025-09-10"
    assert analyse("Title\n\nSeptember 10, 2025\n\nNorth Korea met.").published == "2025-09-10"


def test_a_dateline_bears_the_date_of_publication() -> None:
    assert analyse("【ソウル=共同】2024年10月31日 20時05分\n\n北朝鮮は31日、発射した。\n").published == "2024-10-31"
    assert analyse("MOSCOW, Jan. 17, 2025 (Reuters) - Russia signed it on Friday.\n").published == "2025-01-17"


def test_without_one_it_is_null_with_a_reason_and_the_latest_date_as_a_floor() -> None:
    found = analyse(BODY)
    assert found.published is None
    assert found.published_reason
    assert found.not_before == "2023-09-13"


def test_the_users_date_wins() -> None:
    assert analyse("2025.09.10\n\n" + BODY, published="2025-09-11").published == "2025-09-11"


def test_a_reprint_takes_author_and_date_of_the_original() -> None:
    found = analyse(
        BODY
        + "\n編集部より:この記事は長谷川良氏のブログ「ウィーン便り」2024年3月26日の記事を転載させていただきました。"
    )
    assert (found.kind, found.published, found.chain[0].author) == ("reprint", "2024-03-26", "長谷川良")
    assert [h.role for h in found.chain] == ["original", "republication"]


def test_a_summary_speaks_for_the_author_it_sums_up() -> None:
    found = analyse(
        "フォーリン・アフェアーズ誌で、アンドレイ・ランコフ教授が論じている。要旨は次の通り。\n\n"
        + BODY
        + "\n＊＊＊\n\nこの論文は興味深い。\n"
    )
    assert found.kind == "summary"
    voices = [r.speaker for r in found.regions if r.kind == "body"]
    assert voices[1] == "アンドレイ・ランコフ"
    assert voices[-1] == "AUTHOR"


def test_a_foreign_agencys_slug_in_a_japanese_text_marks_a_translation() -> None:
    found = analyse("題名\n\nソウル(CNN) " + BODY)
    assert (found.kind, found.chain[0].publisher, found.chain[1].role) == ("translation", "CNN", "translation")


def test_what_follows_the_end_is_navigation() -> None:
    found = analyse(BODY * 3 + "\n(終わり)\n\n関連する本を買う\n")
    assert [r.kind for r in found.regions][-1] == "navigation"


def test_offices_in_a_byline_are_no_part_of_the_name() -> None:
    assert clean_name("一般財団法人霞山会 主任研究員 堀田幸裕") == "堀田幸裕"
    assert clean_name("山田太郎記者") == "山田太郎"
