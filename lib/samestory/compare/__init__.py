"""Outlet beside outlet: views of the analysis tables, each row with the places it rests on."""

from samestory.compare.summary import findings

__all__ = ["findings"]
