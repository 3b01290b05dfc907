"""Notebooks in the real kernel: a good one passes, and every kind of fault is found."""

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from launcher import PATH, lab

NOTEBOOKS = Path(__file__).parent / "notebooks"

# What must be said of each faulty notebook.
FAULTY = {
    "compile-error": r"cell 3 .*incompatible types: java\.lang\.String cannot be converted to int",
    "exception": "cell 3 .*thrown on purpose",
    "thread": 'cell 2 .*Exception in thread "Thread-.*on another thread',
    "late-thread": 'Exception in thread "Thread-.*too late for its cell',
    "class-path": "cell 2 .*NoClassDefFoundError: ai/djl/Absent",
    "undefined": r"cell 3 .*undefined at the end of the notebook: method misspelled\(int\), variable unknown",
    "undefined-in-class": r"cell 2 .*undefined at the end of the notebook: method misspeled\(int\)",
    "timeout": "cell 2 .*took longer than the 6 s",
    "no-figure": "cell 2 .*no picture",
    "dead-kernel": "cell 2 .*the kernel died",
}


class Run(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="with space ")
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name)

    def run_lab(self, *words):
        return subprocess.run([sys.executable, PATH, *words], capture_output=True, text=True, encoding="utf-8")

    def saved(self, name):
        self.assertIn("<html", (self.folder / f"{name}.html").read_text(encoding="utf-8"))
        return json.loads((self.folder / f"{name}.ipynb").read_text(encoding="utf-8"))


class GoodNotebook(Run):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.folder / "a folder"
        cls.place.mkdir()
        notebook = shutil.copy(NOTEBOOKS / "good.ipynb", cls.place)
        cls.answer = cls.run_lab(cls, "run", notebook, "--out", str(cls.folder))

    def test_passes(self):
        self.assertEqual(0, self.answer.returncode, self.answer.stdout + self.answer.stderr)

    def test_prints_a_line_for_each_cell(self):
        self.assertRegex(self.answer.stdout, r'\[ 2/8\] System\.out\.println\("hello"\); +\d+\.\d s')

    def test_is_saved_with_its_outputs(self):
        cells = [c for c in self.saved("good")["cells"] if c["cell_type"] == "code"]
        self.assertEqual(list(range(1, 8)), [c["execution_count"] for c in cells])
        self.assertEqual(["hello\n", "world\n"], cells[0]["outputs"][0]["text"])
        self.assertEqual(1, len(cells[0]["outputs"]))
        self.assertEqual(["42"], cells[5]["outputs"][0]["data"]["text/plain"])

    def test_updates_leave_one_output(self):
        cells = [c for c in self.saved("good")["cells"] if c["cell_type"] == "code"]
        self.assertEqual(["display_data"], [o["output_type"] for o in cells[2]["outputs"]])
        self.assertIn("image/png", cells[2]["outputs"][0]["data"])
        self.assertEqual([], cells[3]["outputs"])

    def test_holds_no_trace_of_the_machine_or_the_run(self):
        text = (self.folder / "good.ipynb").read_text(encoding="utf-8")
        for trace in (str(lab.ROOT), "iopub", "getJShell", "BufferedImage@"):
            self.assertNotIn(trace, text)
        original = json.loads((NOTEBOOKS / "good.ipynb").read_text(encoding="utf-8"))
        self.assertEqual([c["id"] for c in original["cells"]], [c["id"] for c in self.saved("good")["cells"]])

    def test_leaves_nothing_beside_the_notebook(self):
        self.assertEqual(["good.ipynb"], os.listdir(self.place))


class FaultyNotebooks(Run):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.statuses, cls.faults = set(), {}
        slow = [name for name in FAULTY if name == "timeout"]  # all others get time enough for a busy machine
        for names, more in ((slow, ["--timeout", "6"]), ([name for name in FAULTY if name not in slow], [])):
            options = lab.parse(["run", *more, "--threads", "1", "--out", str(cls.folder)])
            notebooks = [NOTEBOOKS / f"{name}.ipynb" for name in names]
            with mock.patch.object(lab, "call", functools.partial(lab.call, stdout=subprocess.DEVNULL)):
                status, faults = lab.execute(notebooks, options, figures=True)
            cls.statuses.add(status)
            cls.faults.update({Path(path).stem: said for path, said in faults.items()})

    def test_status(self):
        self.assertEqual({1}, self.statuses)

    def test_each_fault_is_found_and_the_notebook_saved(self):
        for name, said in FAULTY.items():
            with self.subTest(name):
                self.assertEqual(1, len(self.faults[name]), self.faults[name])
                self.assertRegex(lab.COLOURS.sub("", self.faults[name][0]).replace("\n", " "), said)
                self.saved(name)

    def test_cells_after_the_failed_one_have_no_outputs(self):
        self.assertEqual([], self.saved("compile-error")["cells"][-1]["outputs"])


class OneFault(Run):
    def test_a_fault_alone_is_status_1_and_is_printed(self):
        answer = self.run_lab("run", str(NOTEBOOKS / "undefined.ipynb"), "--out", str(self.folder))
        self.assertEqual(1, answer.returncode)
        self.assertIn("FAILED: cell 3 of undefined.ipynb", answer.stdout)

    def test_no_such_notebook(self):
        answer = self.run_lab("run", "absent.ipynb")
        self.assertEqual(1, answer.returncode)
        self.assertIn("no notebook at", answer.stdout)

    @unittest.skipIf(os.name == "nt", "Ctrl-C is another thing on Windows")
    def test_an_interrupt_saves_too(self):
        process = subprocess.Popen(
            [sys.executable, PATH, "run", NOTEBOOKS / "timeout.ipynb", "--out", self.folder],
            stdout=subprocess.PIPE, text=True, start_new_session=True,
            # What a shell starts in the background ignores interrupts, and so would what these tests start.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        while "kernel ready" not in process.stdout.readline():
            self.assertIsNone(process.poll())
        time.sleep(2)
        os.killpg(process.pid, signal.SIGINT)
        printed, _ = process.communicate(timeout=60)
        self.assertEqual(130, process.returncode, printed)
        self.assertIn("FAILED: interrupted", printed)
        self.saved("timeout")


if __name__ == "__main__":
    unittest.main()
