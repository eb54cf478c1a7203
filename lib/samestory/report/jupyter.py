"""The one place where Jupyter's libraries are imported, so that it can be done at a third of the cost."""

import contextlib
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def without_iri_checks() -> Iterator[None]:
    """Let jsonschema be imported without `rfc3987_syntax`, an optional checker of IRIs that compiles a grammar for 1-2 CPU seconds.

    nbformat brings jsonschema and checks no IRI; jsonschema leaves the checker out when its import fails, and None makes it fail.
    """
    name = "rfc3987_syntax"
    absent = name not in sys.modules
    if absent:
        sys.modules[name] = None
    try:
        yield
    finally:
        if absent:
            del sys.modules[name]


with without_iri_checks():
    import nbformat
    from nbconvert.exporters.templateexporter import TemplateExporter
    from papermill.engines import Engine, NBClientEngine, papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook

__all__ = ["Engine", "NBClientEngine", "PapermillExecutionError", "TemplateExporter", "execute_notebook", "nbformat", "papermill_engines"]
