"""Questions and their expressions, probabilities, baselines, verification, the ledger of forecasts."""
