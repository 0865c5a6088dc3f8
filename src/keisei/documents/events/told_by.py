"""Who reports what a predicate tells."""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.events.owners import Ids
from keisei.documents.events.roles import Frame, is_actor

_REPORT_VERB = re.compile(
    r"明らかに[しす]|(?:発表|公表|報告|示唆|分析|強調|指摘|主張|認定|断定|説明|警告|釈明|弁明|予測|予想|推計|推定|推算|試算|特定|断言|明言|証言|回答|論評)[しす]|"
    r"非難[しす]|批判[しす]|糾弾[しす]|報じ|伝え|見積も[っり]|結論[づ付]け|(?<=と)記[しす]|述べ|語[っりる]|話[しす](?!合)|明か[しす]|説[いく]|評[しす]|付け加え|言い切|言[っう](?!及)|みて|訴え|漏ら[しす]|スクープ"
)


def speaker(context: Context, frame: Frame, start: int, end: int) -> Ids:
    """Who reports, where the predicate stands in a reported clause: the は/が-marked actor of the reporting verb."""
    text, line = context.text, frame.line
    verb = _REPORT_VERB.search(text, start, line.end)
    if not verb:
        said = [a for a in frame.arguments if a.role == "said"]
        return said[-1].mention.ids if said else ()
    between = [
        a for a in frame.arguments
        if end <= a.mention.start < verb.start() and a.role in ("ga", "wa") and is_actor(context, a.mention)
    ]  # fmt: skip
    if between:
        return between[-1].mention.ids
    first = [a for a in frame.arguments if a.mention.end <= start and a.role == "wa" and is_actor(context, a.mention)]
    first = first or [
        a for a in frame.arguments if a.mention.end <= start and a.role == "ga" and is_actor(context, a.mention)
    ]
    return first[0].mention.ids if first else ()


__all__ = ["speaker"]
