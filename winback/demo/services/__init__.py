"""Loading the shipped catalogues and building the demo."""

from winback.demo.services.build import Built, build_demo, is_empty
from winback.demo.services.mass import DOMAIN as LOAD_DOMAIN
from winback.demo.services.mass import Filled, fill
from winback.demo.services.people import PASSWORD, SignIn, sign_ins
from winback.demo.services.reference import Loaded, load_reference

__all__ = [
    "LOAD_DOMAIN",
    "PASSWORD",
    "Built",
    "Filled",
    "Loaded",
    "SignIn",
    "build_demo",
    "fill",
    "is_empty",
    "load_reference",
    "sign_ins",
]
