"""Sites, state, parameters and rows: how a model is written, and what can stand in its score."""

from keisei.model.definition import Model
from keisei.model.distributions import (
    Exponential,
    Hurdle,
    LogNormal,
    NegBin,
    Normal,
    Poisson,
    Uniform,
    tail_mass,
)
from keisei.model.parameters import Parameter, Parameters
from keisei.model.rows import Layout, abduct_after, layout
from keisei.model.sites import ModelError, Real, Site
from keisei.model.table import RecordInfo, SiteInfo, Table

__all__ = [
    "Exponential",
    "Hurdle",
    "Layout",
    "LogNormal",
    "Model",
    "ModelError",
    "NegBin",
    "Normal",
    "Parameter",
    "Parameters",
    "Poisson",
    "Real",
    "RecordInfo",
    "Site",
    "SiteInfo",
    "Table",
    "Uniform",
    "abduct_after",
    "layout",
    "tail_mass",
]
