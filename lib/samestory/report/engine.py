"""Running notebooks: in a forked child of this warm process where that is possible, in a Jupyter kernel where it is not."""

import ast
import contextlib
import importlib
import json
import keyword
import logging
import multiprocessing
import os
import pathlib
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping

import samestory
from samestory.errors import UserError
from samestory.report import shell
from samestory.report.jupyter import Engine, NBClientEngine, PapermillExecutionError, execute_notebook, nbformat, papermill_engines

FORK, KERNEL = "samestory", "kernel"
COLOUR_CODES = re.compile(r"\x1b\[[\d;]*m")
# What notebooks need besides this library, imported once in the parent.
WARM = "matplotlib.backends.backend_svg", "matplotlib_inline.backend_inline"


def can_fork() -> bool:
    """Can notebooks run in forked children? Not on Windows; nor on macOS, whose system libraries do not survive a fork."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def warm() -> None:
    """Import what the notebooks import, so that their forked processes need not; what fails, fails again there and is reported."""
    ours = (module.name for module in pkgutil.walk_packages(samestory.__path__, "samestory.") if not module.name.endswith("__main__"))
    for name in (*WARM, *ours):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def read(file: str | pathlib.Path) -> nbformat.NotebookNode:
    """Read a notebook, of whatever version of the format; one that cannot be read is a UserError."""
    try:
        nb = nbformat.read(file, as_version=4)
        declared(nb)
    except (OSError, UnicodeDecodeError, nbformat.reader.NotJSONError, nbformat.ValidationError, SyntaxError) as error:
        raise UserError(f"{file}: not a notebook that can be read ({' '.join(str(error).split())})") from error
    return nb


def declared(nb: nbformat.NotebookNode) -> set[str]:
    """Names of the parameters a notebook declares: those assigned in its cell tagged `parameters`; none if it has no such cell."""
    for cell in nb.cells:
        if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", []):
            return {
                target.id
                for node in ast.parse(cell.source).body
                if isinstance(node, ast.Assign | ast.AnnAssign)
                for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
                if isinstance(target, ast.Name)
            }
    return set()


def check_parameters(nb: nbformat.NotebookNode, parameters: Mapping[str, object]) -> None:
    """Refuse parameters the notebook does not declare: papermill writes their names into code as they are. Raises UserError."""
    known = declared(nb)
    for name in parameters:
        if name not in known or not name.isidentifier() or keyword.iskeyword(name):
            raise UserError(f"no parameter {name!r} in this notebook; it has {', '.join(sorted(known)) or 'none'}")


def run(source: str | pathlib.Path, out: str | pathlib.Path, parameters: Mapping[str, object], *, engine: str | None = None) -> str:
    """Run the notebook `source` by papermill and write it, with its outputs, to `out`; returns its traceback, empty if all went well.

    engine: `samestory` (forked), `kernel` (a Jupyter kernel), None for the first where it can be had. A parameter that the
    notebook does not declare is a UserError. It runs in its own folder, as in JupyterLab. A failed notebook is written too.
    """
    engine = engine or (FORK if can_fork() else KERNEL)
    nb = read(source)
    check_parameters(nb, parameters)
    try:
        with _quiet_papermill():
            execute_notebook(
                *(str(pathlib.Path(path).resolve()).replace("{", "{{").replace("}", "}}") for path in (source, out)),
                parameters=dict(parameters),
                engine_name=engine,
                kernel_name=None if "kernelspec" in nb.metadata else "python3",
                language=None if "language" in nb.metadata.get("kernelspec", {}) else "python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                cwd=str(pathlib.Path(source).resolve().parent),
            )
    except PapermillExecutionError as error:
        traceback = COLOUR_CODES.sub("", "\n".join(error.traceback))
        return f"cell {error.cell_index}: {error.ename}: {error.evalue}\n\n{traceback}"
    return ""


@contextlib.contextmanager
def _quiet_papermill() -> Iterator[None]:
    """Keep papermill's log of what it reads and writes out of the user's terminal; warnings pass."""
    logger = logging.getLogger("papermill")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


class ForkEngine(Engine):
    """papermill's engine `samestory`: a child forked from this process runs the cells and sends back each cell's outputs."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, execution_timeout=None, **kwargs):
        """Run the cells of `nb_man.nb` up to the first that fails; `execution_timeout` is in seconds a cell."""
        if not can_fork():
            return KernelEngine.execute_managed_notebook(nb_man, kernel_name, execution_timeout=execution_timeout, **kwargs)
        nb = nb_man.nb
        check_parameters(nb, nb.metadata.papermill.get("parameters") or {})
        sys.stdout.flush()
        sys.stderr.flush()
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe()
        cells = [(i, c.source, c.metadata.get("tags", [])) for i, c in enumerate(nb.cells) if c.cell_type == "code" and c.source.strip()]
        child = context.Process(target=shell.serve, args=(there, here, [cell[1] for cell in cells]))
        child.start()
        there.close()
        try:
            for index, _, tags in cells:
                cell = nb.cells[index]
                nb_man.cell_start(cell, index)
                try:
                    cell.execution_count, outputs = _receive(here, child, execution_timeout)
                    cell.outputs = [nbformat.from_dict(output) for output in outputs]
                    if any(o.output_type == "error" for o in cell.outputs) and "raises-exception" not in tags:
                        nb_man.cell_exception(cell, cell_index=index)
                        break
                finally:
                    nb_man.cell_complete(cell, cell_index=index)
                here.send_bytes(b"next")
        finally:
            here.close()
            child.join(5)
            if child.is_alive():  # it does not listen, or left threads behind
                child.kill()
                child.join()
        nb.metadata["language_info"] = {"name": "python", "version": sys.version.split()[0]}
        return nb


def _receive(connection, child, timeout: float | None) -> tuple[int | None, list[dict]]:
    """What the child says of a cell; an error output when it died or took too long."""
    try:
        if connection.poll(timeout):
            said = json.loads(connection.recv_bytes())
            return said["execution_count"], said["outputs"]
        child.kill()
        name, reason = "CellTimeoutError", f"the cell took more than {timeout} seconds"
    except (EOFError, ConnectionResetError):
        child.join(5)
        name, reason = "DeadKernelError", f"the process running the notebook ended (exit status {child.exitcode})"
    return None, [{"output_type": "error", "ename": name, "evalue": reason, "traceback": [f"{name}: {reason}"]}]


class KernelEngine(NBClientEngine):
    """papermill's engine `kernel`: a Jupyter kernel, as usual, but only parameters that the notebook declares."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **kwargs):
        """Run the notebook in a kernel of its own, by nbclient."""
        check_parameters(nb_man.nb, nb_man.nb.metadata.papermill.get("parameters") or {})
        return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)


papermill_engines.register(FORK, ForkEngine)
papermill_engines.register(KERNEL, KernelEngine)
