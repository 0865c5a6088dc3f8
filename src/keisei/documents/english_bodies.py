"""Bodies of a state as English texts call them: pattern behind the state's name, code, and plain name."""

from __future__ import annotations

BODIES = (
    (
        r"(?:(?:(?:high-level|senior|trade|economic|military|party|government|parliamentary|cultural|diplomatic) )*delegation)",  # noqa: E501
        "DELEGATION",
        "delegation",
    ),
    (r"(?:[Ff]oreign [Mm]inistry|Ministry of Foreign Affairs)", "MFA", "Ministry of Foreign Affairs"),
    (
        r"(?:(?:National |national )?[Dd]efen[cs]e [Mm]inistry|Ministry of (?:National )?Defen[cs]e)",
        "MND",
        "Ministry of Defence",
    ),
    (r"(?:[Uu]nification [Mm]inistry|Ministry of Unification)", "UNIFICATION", "Ministry of Unification"),
    (r"(?:[Ff]inance [Mm]inistry|Ministry of Finance)", "TREASURY", "Ministry of Finance"),
    (r"(?:[Cc]ommerce [Mm]inistry|Ministry of Commerce)", "COMMERCE", "Ministry of Commerce"),
    (r"(?:[Jj]ustice [Mm]inistry|Ministry of (?:the )?Justice)", "JUSTICE", "Ministry of Justice"),
    (
        r"(?:(?:[Tt]rade|[Tt]rade and [Ii]ndustry) [Mm]inistry|Ministry of (?:the )?(?:Trade|Economy, Trade and Industry))",  # noqa: E501
        "TRADE",
        "Ministry of Trade",
    ),
    (r"(?:[Ee]nergy [Mm]inistry|Ministry of (?:the )?Energy)", "ENERGY", "Ministry of Energy"),
    (
        r"(?:(?:[Ii]nterior|[Hh]ome) [Mm]inistry|Ministry of (?:the )?(?:Interior|Home Affairs))",
        "INTERIOR",
        "Ministry of the Interior",
    ),
    (
        r"(?:(?:[Aa]griculture|[Ff]arm) [Mm]inistry|Ministry of (?:the )?Agriculture)",
        "AGRICULTURE",
        "Ministry of Agriculture",
    ),
    (r"(?:[Hh]ealth [Mm]inistry|Ministry of (?:the )?Health)", "HEALTH", "Ministry of Health"),
    (r"(?:[Ii]ndustry [Mm]inistry|Ministry of (?:the )?Industry)", "INDUSTRY", "Ministry of Industry"),
    (r"(?:[Ee]nvironment [Mm]inistry|Ministry of (?:the )?Environment)", "ENVIRONMENT", "Ministry of the Environment"),
    (r"(?:(?:[Ee]conomy|[Ee]conomic) [Mm]inistry|Ministry of (?:the )?Economy)", "ECONOMY", "Ministry of the Economy"),
    (r"(?:[Tt]ransport [Mm]inistry|Ministry of (?:the )?Transport)", "TRANSPORT", "Ministry of Transport"),
    (r"(?:[Ff]isheries [Mm]inistry|Ministry of (?:the )?Fisheries)", "FISHERIES", "Ministry of Fisheries"),
    (
        r"(?:[Pp]ublic [Ss]ecurity [Mm]inistry|Ministry of (?:the )?Public Security)",
        "PUBLIC_SECURITY",
        "Ministry of Public Security",
    ),
    (
        r"(?:[Ss]tate [Ss]ecurity [Mm]inistry|Ministry of (?:the )?State Security)",
        "STATE_SECURITY",
        "Ministry of State Security",
    ),
    (r"(?:[Ee]ducation [Mm]inistry|Ministry of (?:the )?Education)", "EDUCATION", "Ministry of Education"),
    (r"(?:(?:state-backed |state-sponsored )?hackers|(?:hacking|cyber) (?:groups?|units?))", "HACKERS", "hackers"),
    (r"(?:IT workers|information technology workers)", "IT_WORKERS", "IT workers"),
    (
        r"(?:construction troops|military engineers|combat engineers|special forces|special operations forces)",
        "SPECIAL_TROOPS",
        "troops",
    ),
    (r"(?:diplomats abroad)", "AGENCY", "agency"),
    (r"[Ee]mbassy", "EMBASSY", "embassy"),
    (r"[Cc]onsulate(?: [Gg]eneral)?", "CONSULATE", "consulate"),
    (r"[Cc]oast [Gg]uard", "COAST_GUARD", "coast guard"),
    (r"[Cc]entral [Bb]ank", "CENTRAL_BANK", "central bank"),
    (r"[Cc]ustoms(?: authorities| service| agency)?", "CUSTOMS", "customs"),
    (r"[Bb]order [Gg]uards?", "BORDER_GUARD", "border guard"),
    (r"[Ss]ecurity [Ff]orces", "SECURITY_FORCES", "security forces"),
    (r"(?:[Ss]upreme [Cc]ourt)", "SUPREME_COURT", "supreme court"),
    (r"(?:[Cc]onstitutional [Cc]ourt)", "CONSTITUTIONAL_COURT", "constitutional court"),
    (r"prosecutors", "PROSECUTORS", "prosecutors"),
    (r"police", "POLICE", "police"),
    (r"fishermen", "FISHERS", "fishermen"),
    (r"(?:exporters|importers|traders|investors|refiners|shipyards)", "TRADERS", "traders"),
    (r"(?:presidential office)", "PRESIDENTIAL_OFFICE", "presidential office"),
    (
        r"(?:(?:(?:military |main |defen[cs]e )?intelligence(?: agency| service| services)?|spy agency|spy service|spies|intelligence community))",  # noqa: E501
        "INTELLIGENCE",
        "intelligence service",
    ),
    (r"(?:armed forces|military|army|forces)", "ARMED_FORCES", "armed forces"),
    (r"(?:troops|soldiers)", "SOLDIERS", "soldiers"),
    (r"(?:navy|Navy)", "NAVY", "navy"),
    (r"(?:air force|Air Force)", "AIR_FORCE", "air force"),
    (r"(?:state(?:-run|-controlled)? (?:media|television|TV|news agency))", "STATE_MEDIA", "state media"),
    (r"(?:parliament|lawmakers)", "PARLIAMENT", "parliament"),
    (r"(?:scholars|academics|researchers|experts|analysts|think tanks?|strategists)", "SCHOLARS", "scholars"),
    (r"(?:businesses|businessmen|smugglers|buyers|suppliers|sailors|crews?)", "TRADERS", "traders"),
    (r"(?:engineers|technicians|advisers|advisors|instructors|specialists)", "SPECIALISTS", "specialists"),
    (r"(?:workers|laborers|labourers)", "WORKERS", "workers"),
    (r"(?:companies|firms)", "COMPANIES", "companies"),
    (r"(?:banks)", "BANKS", "banks"),
    (r"(?:Air(?:lines|ways)?)", "AIRLINE", "airline"),
)

__all__ = ["BODIES"]
