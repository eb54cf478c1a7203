"""An IPython shell in a forked child: runs a notebook's cells one by one and keeps their outputs as a notebook keeps them."""

import base64
import contextlib
import importlib
import io
import json
import logging
import numbers
import os
import sys
import tempfile

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets import CBool, Instance
from traitlets.config import Config


def serve(connection, other_end, sources: list[str]) -> None:
    """In the forked child: run the cells one by one in an IPython shell, until told to stop by the closing of the connection."""
    other_end.close()
    sys.argv = ["ipykernel_launcher.py"]
    sys.path.insert(0, "")
    # As in a fresh kernel: no handlers of the parent's log, no terminal to read from.
    for logger in (logging.root, *logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
    logging.getLogger("samestory").setLevel(logging.NOTSET)
    sys.stdin = open(os.devnull)  # noqa: SIM115 - as long as the process lives
    InteractiveShell.clear_instance()
    with tempfile.TemporaryDirectory() as folder:
        shell = CaptureShell.instance(
            config=Config(HistoryManager={"enabled": False}),
            ipython_dir=folder,
            profile_dir=ProfileDir.create_profile_dir(os.path.join(folder, "profile")),
        )
        if "matplotlib" in sys.modules:
            sys.modules["matplotlib"].use("module://matplotlib_inline.backend_inline")
            importlib.import_module("matplotlib_inline.backend_inline")._enable_matplotlib_integration()
        else:
            os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        with contextlib.redirect_stdout(Stream(shell, "stdout")), contextlib.redirect_stderr(Stream(shell, "stderr")):
            for source in sources:
                connection.send_bytes(json.dumps(shell.run(source), default=_plain).encode())
                try:
                    connection.recv_bytes()
                except EOFError:
                    return


def _plain(value):
    """What JSON does not know, as Jupyter writes it: bytes in base64, numbers of other libraries as numbers."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    return str(value)


class Stream(io.TextIOBase):
    """Standard output or standard error of a cell: writing to it makes stream outputs, in order with the others."""

    def __init__(self, shell: "CaptureShell", name: str):
        self.shell, self._name = shell, name

    @property
    def name(self) -> str:
        return f"<{self._name}>"

    @property
    def encoding(self) -> str:
        return "UTF-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self.shell.add_stream(self._name, text)
        return len(text)


class CapturePublisher(DisplayPublisher):
    """Takes what `display()` shows as display_data outputs, with updates by display_id."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **kwargs):
        self._validate_data(data, metadata)
        key = (transient or {}).get("display_id")
        if update:
            self.shell.update_displays(key, data, metadata or {})
        else:
            self.shell.add({"output_type": "display_data", "data": data, "metadata": metadata or {}}, key)

    def clear_output(self, wait=False):
        self.shell.clear(wait)


class CaptureHook(DisplayHook):
    """Takes the value of a cell's last expression as an execute_result output."""

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        count = self.prompt_count
        self.shell.add({"output_type": "execute_result", "data": dict(format_dict), "metadata": md_dict or {}, "execution_count": count})

    def finish_displayhook(self):
        self._is_active = False


class CaptureShell(InteractiveShell):
    """IPython's shell with the outputs of a cell kept as a notebook keeps them; modelled on ipykernel's shell and execnb's.

    What goes past Python's own streams (a C library writing to descriptor 1) is not caught and appears in the terminal.
    """

    displayhook_class = CaptureHook
    display_pub_class = CapturePublisher
    autoindent = CBool(False)
    display_page = CBool(True)
    outputs = Instance(list, ())
    by_key = Instance(dict, ())

    def run(self, source: str) -> dict:
        """Run one cell; its `execution_count` and its `outputs`."""
        self.outputs, self.pending_clear = [], False
        result = self.run_cell(source, store_history=True)
        for error in (result.error_before_exec, result.error_in_exec):
            if isinstance(error, SystemExit | KeyboardInterrupt) and not any(o["output_type"] == "error" for o in self.outputs):
                self._showtraceback(type(error), error, [f"{type(error).__name__}: {error}"])
        return {"execution_count": result.execution_count, "outputs": self.outputs}

    def add(self, output: dict, key: str | None = None) -> None:
        self._clear_if_pending()
        self.outputs.append(output)
        if key is not None:
            self.by_key.setdefault(key, []).append(output)

    def add_stream(self, name: str, text: str) -> None:
        if not text:
            return
        self._clear_if_pending()
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})

    def update_displays(self, key: str | None, data: dict, metadata: dict) -> None:
        for output in self.by_key.get(key, []):
            output.update(data=data, metadata=metadata)

    def clear(self, wait: bool) -> None:
        self.pending_clear = wait
        if not wait:
            self.outputs.clear()

    def _clear_if_pending(self) -> None:
        if self.pending_clear:
            self.outputs.clear()
            self.pending_clear = False

    def _showtraceback(self, etype, evalue, stb):
        self.add({"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)})

    def enable_gui(self, gui=None):
        pass

    def init_io(self):
        pass
