"""The contract and what belongs to it."""

from winback.contracts.models.amendment import Amendment
from winback.contracts.models.contract import Contract, ContractQuerySet
from winback.contracts.models.cooperation import ClientObligation
from winback.contracts.models.deadline import Deadline, DeadlineQuerySet
from winback.contracts.models.line import ServiceLine

__all__ = [
    "Amendment",
    "ClientObligation",
    "Contract",
    "ContractQuerySet",
    "Deadline",
    "DeadlineQuerySet",
    "ServiceLine",
]
