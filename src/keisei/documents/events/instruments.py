"""Instruments by the thing that an act is done to, where the predicate alone leaves them open.

What is refused may be a resolution (a veto, a vote), a letter, a pact; what is let be may be trade or a measure of the
Council. The thing stands in the clause before the predicate.
"""

from __future__ import annotations

import re

_PERMANENT = {"RUS", "CHN", "USA", "GBR", "FRA", "SUN"}
_DRAFT = re.compile(r"(?:決議|声明|制裁|任期延長)案[^。]{0,12}$|任期[^。]{0,10}延長[^。]{0,16}$")
_VOTED = re.compile(r"(?:決議|議案|法案|動議)[^。]{0,12}(?:反対|棄権|賛成)[ぁ-ん]*$")
_THINGS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "REJECT": (
        ("other", re.compile(r"(?:書簡|親書|電話|贈り物|握手|入国|寄港|入港|着陸)[^。、]{0,12}$")),
        ("treaty", re.compile(r"(?:条約|協定|合意|覚書)[^。、]{0,12}$")),
        ("technology_transfer", re.compile(r"技術[^。、]{0,10}$")),
        ("troop_deployment", re.compile(r"(?:派兵|出兵|地上軍|派遣)[^。、]{0,14}$")),
    ),
    "CONCEDE": (
        (
            "sanction_resolution",
            re.compile(r"(?:制裁|安保理[^。、]{0,8}措置|分野別[^。、]{0,8}措置|決議違反|禁輸)[^。、]{0,12}$"),
        ),
        ("trade", re.compile(r"(?:輸出|輸入|貿易|取引|石炭|水産物|原油|石油|関税)[^。、]{0,12}$")),
        ("missile_test", re.compile(r"(?:発射|実験|試射)[^。、]{0,12}$")),
    ),
}
_OPEN = {"REJECT": ("statement", "other"), "CONCEDE": ("other",)}
_FALSE = re.compile(
    r"(?:フェイク|デマ|偽情報|でっち上げ|捏造|虚偽|作り話|噂|うそ|嘘|事実無根|根拠の?ない)[^。、]{0,8}$"
)
_CALL = re.compile(r"電話|通話|受話器")


def by_object(plover: str, instrument: str, window: str, word: str, sources: tuple[str, ...]) -> str:
    """The instrument of an act, read from the words before its predicate.

    Args:
        plover: the type of the act.
        instrument: what the rule gives; kept where the words say nothing more.
        window: the clause up to the predicate.
        word: the predicate itself.
        sources: who acts.
    """
    if plover == "SANCTION" and set(sources) & {"UNSC", "UN"}:
        return "sanction_resolution"
    if plover == "CONSULT" and instrument in ("meeting", "summit") and _CALL.search(word):
        return "other"
    if instrument not in _OPEN.get(plover, ()):
        return instrument
    if plover == "REJECT":
        if _DRAFT.search(window) and set(sources) & _PERMANENT:
            return "veto"
        if _VOTED.search(window + word):
            return "vote"
        if _FALSE.search(window):
            return "denial"
    return next((name for name, pattern in _THINGS[plover] if pattern.search(window)), instrument)


__all__ = ["by_object"]
