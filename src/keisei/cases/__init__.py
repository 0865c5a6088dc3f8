"""Cases: data first, and a model. The bundled one is ``northeast_asia``; a user's own may live anywhere."""

from keisei.cases.load import Case, load_case

__all__ = ["Case", "load_case"]
