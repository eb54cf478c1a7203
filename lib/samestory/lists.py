"""The word lists that come with the suite: CSV files in `data/`, one entry a row, each with its source."""

import functools
import importlib.resources

import pandas as pd


@functools.cache
def read_list(name: str) -> pd.DataFrame:
    """Read `data/NAME.csv`: all columns as strings, empty cells as empty strings, no row left out."""
    with importlib.resources.files("samestory").joinpath("data", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return pd.read_csv(file, dtype=str, keep_default_na=False)
