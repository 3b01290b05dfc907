"""The stop button: an interrupt in the real kernel ends a training and leaves a usable model."""

import os
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from jupyter_client import KernelManager
from launcher import lab

CELL = 120  # seconds that any of the cells may take
PREPARATION = """
import latent4j.data.*;
import latent4j.model.vae.*;
import latent4j.train.*;
import static latent4j.notebook.Notebook.*;
init();
var digits = Datasets.digits(3000, 500);
var vae = Vae.mlp(digits.shape(), 4);
Trainer.epochs(1).watchedBy().fit(vae, digits).state()
"""


class Kernel:
    """The real kernel, started by our kernelspec as Jupyter starts it."""

    def __init__(self, folder):
        options = lab.parse(["run", "--threads", "1"])
        java, version = lab.ready(options)
        lab.write_kernelspec(folder, options, java, version)
        with mock.patch.dict(os.environ, lab.jupyter_environment(folder)):
            self.manager = KernelManager(kernel_name="java")
            self.log = open(folder / "kernel.log", "wb")
            self.manager.start_kernel(stdout=self.log, stderr=self.log)
        self.client = self.manager.blocking_client()
        self.client.start_channels()

    def run(self, cell, meanwhile=lambda: None):
        """(the last expression's value or None, the error's text or "") of a cell."""
        number = self.client.execute(cell)
        meanwhile()
        value, error, until = None, "", time.monotonic() + CELL
        while time.monotonic() < until:
            message = self.client.get_iopub_msg(timeout=CELL)
            kind, content = message["msg_type"], message["content"]
            if message["parent_header"].get("msg_id") != number:
                continue
            if kind == "execute_result":
                value = content["data"]["text/plain"]
            elif kind == "error":
                error = "\n".join(content["traceback"])
            elif kind == "status" and content["execution_state"] == "idle":
                return value, lab.COLOURS.sub("", error)
        raise AssertionError(f"longer than {CELL} s: {cell}")

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.log.close()


class Stop(unittest.TestCase):
    def setUp(self):
        lab.LAB.mkdir(exist_ok=True)
        holder = tempfile.TemporaryDirectory(dir=lab.LAB, prefix="stop-", ignore_cleanup_errors=True)
        self.addCleanup(holder.cleanup)
        self.kernel = Kernel(Path(holder.name))
        self.addCleanup(self.kernel.close)
        self.kernel.client.wait_for_ready(timeout=CELL)

    def value(self, cell):
        value, error = self.kernel.run(cell)
        self.assertEqual("", error, cell)
        return value

    def interrupt_soon(self):
        time.sleep(3)
        self.kernel.manager.interrupt_kernel()

    def test_a_training_ends_and_the_model_can_be_used(self):
        self.assertEqual("FINISHED", self.value(PREPARATION))
        started = time.monotonic()
        self.kernel.run("var run = Trainer.epochs(5000).watchedBy().fit(vae, digits);", self.interrupt_soon)
        self.assertLess(time.monotonic() - started, 30, "the cell ends soon after the interrupt")
        # JJava ends the cell at once, while the training still ends its batch
        until = time.monotonic() + 10
        while self.value("run != null") != "true":
            self.assertLess(time.monotonic(), until, "the training goes on after the interrupt")
            time.sleep(0.5)
        self.assertEqual("INTERRUPTED", self.value("run.state()"))
        self.assertEqual("false", self.value("run.history().series().isEmpty()"))
        self.assertEqual("4", self.value("vae.draw(4, 1).size()"))
        self.assertEqual("FINISHED", self.value("Trainer.epochs(1).watchedBy().fit(vae, digits).state()"))


if __name__ == "__main__":
    unittest.main()
