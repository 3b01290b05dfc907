"""A reader's way: JupyterLab in a browser, the quickstart opened, all cells run, the pictures there.

The browser is any Chromium or Chrome of this machine, driven by its own debugging protocol.
Where there is none the test is skipped, and fails where CI=true.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import websocket

ROOT = Path(__file__).resolve().parents[4]
OUT = ROOT / ".lab" / "out"
BROWSERS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]
QUICKSTART = ROOT / "notebooks" / "quickstart.ipynb"
STANDBY = Path(__file__).parent / "notebooks" / "good.ipynb"  # as long as there is no quickstart
PATIENCE = 300  # seconds for all cells


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, found, seconds):
    """The first true answer of found(); a failure that says what was waited for."""
    until = time.monotonic() + seconds
    while not (answer := found()):
        if time.monotonic() > until:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(0.3)
    return answer


class Browser:
    """One page of a headless browser."""

    def __init__(self, program, folder):
        self.port = free_port()
        flags = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={folder}", f"--remote-debugging-port={self.port}",
            "--remote-allow-origins=*", "--window-size=1400,1000", "about:blank",
        ]
        self.process = subprocess.Popen(
            [program, *flags], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        page = wait_for("the browser", self.find_page, 60)
        self.socket = websocket.create_connection(page, timeout=60)
        self.number = 0

    def find_page(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/json", timeout=5) as answer:
                pages = [p for p in json.load(answer) if p["type"] == "page"]
                return pages[0]["webSocketDebuggerUrl"] if pages else None
        except OSError:
            return None

    def do(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.number:
                if "error" in message:
                    raise AssertionError(f"{method}: {message['error']}")
                return message["result"]

    def ask(self, expression):
        """The value of a JavaScript expression in the page."""
        answer = self.do("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def click(self, what, find):
        """Clicks with the mouse in the middle of the element that the JavaScript expression finds."""
        middle = f"(e => {{ if (!e) return null; const r = e.getBoundingClientRect();" \
            f" return r.width ? [r.x + r.width / 2, r.y + r.height / 2] : null; }})({find})"
        x, y = wait_for(what, lambda: self.ask(middle), 60)
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.do("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def screenshot(self, file):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(self.do("Page.captureScreenshot", format="png")["data"]))

    def close(self):
        try:
            self.do("Browser.close")
            self.process.wait(10)
        except Exception:
            self.process.kill()
            self.process.wait()


class Server:
    """JupyterLab as `./lab` starts it, on a copy of the notebook, which the browser will save."""

    def __init__(self, notebook, folder):
        self.copy = folder / notebook.name
        shutil.copy(notebook, self.copy)
        self.port, self.token = free_port(), os.urandom(16).hex()
        self.log = open(ROOT / ".lab" / "log" / "jupyterlab.log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "lab", "jupyter", "--no-browser", "--threads", "1",
             "--folder", folder, "--port", str(self.port)],
            env={**os.environ, "JUPYTER_TOKEN": self.token, "LATENT4J_SMOKE": "1"},
            stdout=self.log, stderr=subprocess.STDOUT,
        )
        wait_for("JupyterLab", self.answers, 90)

    def answers(self):
        if self.process.poll() is not None:
            self.log.seek(0)
            raise AssertionError("JupyterLab ended:\n" + self.log.read())
        try:
            with urllib.request.urlopen(self.url("api/status"), timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def kernel_states(self):
        with urllib.request.urlopen(self.url("api/kernels"), timeout=5) as answer:
            return [kernel["execution_state"] for kernel in json.load(answer)]

    def url(self, path):
        return f"http://127.0.0.1:{self.port}/{path}?token={self.token}"

    def close(self):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()


def code_cells(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [c for c in cells if c["cell_type"] == "code" and "".join(c["source"]).strip()]


def has_picture(cell):
    return any(
        mime.startswith("image/") or mime == "text/html" and "<img" in "".join(data)
        for output in cell["outputs"]
        for mime, data in output.get("data", {}).items()
    )


class QuickstartInTheBrowser(unittest.TestCase):
    def setUp(self):
        program = next(filter(None, map(shutil.which, BROWSERS)), None)
        if not program:
            missing = "no browser: looked for " + ", ".join(BROWSERS)
            if os.environ.get("CI") == "true":
                self.fail(missing)
            self.skipTest(f"SKIPPED, {missing}")
        self.notebook = QUICKSTART if QUICKSTART.exists() else STANDBY
        # below .lab/x/y, so that the notebook's ../data and the like do not lead out of .lab
        (ROOT / ".lab" / "browser").mkdir(parents=True, exist_ok=True)
        holder = tempfile.TemporaryDirectory(dir=ROOT / ".lab" / "browser", ignore_cleanup_errors=True)
        self.addCleanup(holder.cleanup)
        folder = Path(holder.name)
        (folder / "notebooks").mkdir()
        self.server = Server(self.notebook, folder / "notebooks")
        self.addCleanup(self.server.close)
        self.browser = Browser(program, folder / "profile")
        self.addCleanup(self.browser.close)
        self.addCleanup(self.take_picture)

    def take_picture(self):
        """The whole notebook in one picture, also after a failure."""
        height = self.browser.ask("document.querySelector('.jp-WindowedPanel-viewport')?.scrollHeight") or 800
        self.browser.do(
            "Emulation.setDeviceMetricsOverride", width=1400, height=min(12000, int(height) + 250),
            deviceScaleFactor=1, mobile=False,
        )
        time.sleep(1)
        # the last cell is in view; back to the first one, and time to draw what JupyterLab had taken away
        self.browser.ask("document.querySelector('.jp-WindowedPanel-outer')?.scrollTo(0, 0)")
        time.sleep(2)
        self.browser.screenshot(OUT / f"{self.notebook.stem}-browser.png")

    def test_all_cells_run_and_the_pictures_are_there(self):
        self.open_notebook()
        self.run_all_cells()
        wait_for("the end of all cells", self.all_cells_are_done, PATIENCE)
        self.assertEqual(0, self.count('[data-mime-type="application/vnd.jupyter.error"]'), "cells that failed")
        self.save()
        pictures = sum(map(has_picture, code_cells(self.server.copy)))
        self.assertGreater(pictures, 0)
        wait_for(f"{pictures} pictures", lambda: self.drawn_pictures() >= pictures, 30)

    def open_notebook(self):
        self.browser.do("Page.enable")
        self.browser.do("Page.navigate", url=self.server.url(f"lab/tree/{self.server.copy.name}"))
        wait_for("the notebook", lambda: self.count(".jp-Notebook .jp-CodeCell") > 0, 90)
        wait_for("the kernel", self.kernel_is_idle, 60)

    def run_all_cells(self):
        label = "[...document.querySelectorAll('.lm-MenuBar-itemLabel')].find(e => e.textContent == 'Run')"
        self.browser.click("the menu Run", label)
        self.browser.click("Run All Cells", "document.querySelector('.lm-Menu-item[data-command=\"runmenu:run-all\"]')")

    def save(self):
        before = self.server.copy.stat().st_mtime_ns
        for kind in ("keyDown", "keyUp"):
            self.browser.do("Input.dispatchKeyEvent", type=kind, modifiers=2, key="s", code="KeyS",
                            windowsVirtualKeyCode=83)
        wait_for("the saved notebook", lambda: self.server.copy.stat().st_mtime_ns > before, 30)
        self.assertTrue(all(c["execution_count"] for c in code_cells(self.server.copy)))

    def count(self, selector):
        return self.browser.ask(f"document.querySelectorAll({json.dumps(selector)}).length")

    def kernel_is_idle(self):
        """To the server and to the page, which says so even before it knows the kernel."""
        shown = self.count('.jp-Notebook-ExecutionIndicator[data-status="idle"]') > 0
        return shown and self.server.kernel_states() == ["idle"]

    def all_cells_are_done(self):
        dialog = self.browser.ask("document.querySelector('.jp-Dialog')?.textContent")
        self.assertIsNone(dialog, "a dialog is open")
        prompts = self.browser.ask(
            "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(e => e.textContent)"
        )
        executed = [p for p in prompts if any(c.isdigit() for c in p)]
        return len(executed) >= len(code_cells(self.notebook)) and self.kernel_is_idle()

    def drawn_pictures(self):
        return self.browser.ask(
            "[...document.querySelectorAll('.jp-OutputArea img')].filter(e => e.naturalWidth > 0).length"
        )


if __name__ == "__main__":
    unittest.main()
