"""From text to entities, dates, quantities, events and claims, each with the characters it stands on."""
