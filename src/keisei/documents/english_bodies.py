"""Bodies of a state as English texts call them: pattern behind the state's name, code, and plain name."""

from __future__ import annotations

# a ministry before its word (Foreign Ministry) or behind it (Ministry of Foreign Affairs): both, code, what it is for
_MINISTRIES = (
    ("[Ff]oreign", "Foreign Affairs", "MFA", "Foreign Affairs"),
    ("(?:National |national )?[Dd]efen[cs]e", "(?:National )?Defen[cs]e", "MND", "Defence"),
    ("[Uu]nification", "Unification", "UNIFICATION", "Unification"),
    ("[Ff]inance", "Finance", "TREASURY", "Finance"),
    ("[Cc]ommerce", "Commerce", "COMMERCE", "Commerce"),
    ("[Jj]ustice", "Justice", "JUSTICE", "Justice"),
    ("(?:[Tt]rade|[Tt]rade and [Ii]ndustry)", "(?:Trade|Economy, Trade and Industry)", "TRADE", "Trade"),
    ("[Ee]nergy", "Energy", "ENERGY", "Energy"),
    ("(?:[Ii]nterior|[Hh]ome)", "(?:Interior|Home Affairs)", "INTERIOR", "the Interior"),
    ("(?:[Aa]griculture|[Ff]arm)", "Agriculture", "AGRICULTURE", "Agriculture"),
    ("[Hh]ealth", "Health", "HEALTH", "Health"),
    ("[Ii]ndustry", "Industry", "INDUSTRY", "Industry"),
    ("[Ee]nvironment", "Environment", "ENVIRONMENT", "the Environment"),
    ("(?:[Ee]conomy|[Ee]conomic)", "Economy", "ECONOMY", "the Economy"),
    ("[Tt]ransport", "Transport", "TRANSPORT", "Transport"),
    ("[Ff]isheries", "Fisheries", "FISHERIES", "Fisheries"),
    ("[Pp]ublic [Ss]ecurity", "Public Security", "PUBLIC_SECURITY", "Public Security"),
    ("[Ss]tate [Ss]ecurity", "State Security", "STATE_SECURITY", "State Security"),
    ("[Ee]ducation", "Education", "EDUCATION", "Education"),
)

BODIES = (
    (
        r"(?:(?:(?:high-level|senior|trade|economic|military|party|government|parliamentary|cultural|diplomatic) )*delegation)",  # noqa: E501
        "DELEGATION",
        "delegation",
    ),
    *(
        (rf"(?:{before} [Mm]inistry|Ministry of (?:the )?{behind})", code, f"Ministry of {label}")
        for before, behind, code, label in _MINISTRIES
    ),
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
