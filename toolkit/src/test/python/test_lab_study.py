"""Studies from files: run in processes, run again, and refused where they are malformed."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from launcher import PATH

STUDY = {
    "models": [{"call": "latent4j.model.vae.BetaVae.mlp", "arguments": {"latent": 2}}],
    "data": {"call": "latent4j.data.Datasets.digits", "arguments": {"train": 40, "test": 20, "seed": 0}},
    "vary": {"beta": [0.5, 4]},
    "trainer": {"epochs": 1, "batch": 20},
    "seeds": 1,
    "metrics": [{"type": "latent4j.metric.Likelihoods", "records": 10, "samples": 2}],
}


class Study(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="with space ")
        self.addCleanup(holder.cleanup)
        self.file = Path(holder.name, "small.json")

    def run_lab(self, study, *words):
        self.file.write_text(study if isinstance(study, str) else json.dumps(study), encoding="utf-8")
        answer = subprocess.run([sys.executable, PATH, "study", str(self.file), *words],
                                capture_output=True, text=True, encoding="utf-8")
        return answer.returncode, answer.stdout + answer.stderr

    def test_a_file_is_run_in_processes_and_what_is_there_stays(self):
        status, text = self.run_lab(STUDY, "--on", "processes:1")
        self.assertEqual(0, status, text)
        self.assertIn("2 runs, 2 to be made, processes:1", text)
        self.assertIn("all 2 runs are done", text)
        runs = (self.file.with_suffix("") / "runs.csv").read_text(encoding="utf-8").splitlines()
        self.assertEqual(3, len(runs))
        self.assertRegex(runs[1], "^0.5,0,finished,")
        status, text = self.run_lab(STUDY)
        self.assertEqual(0, status, text)
        self.assertIn("2 runs, 0 to be made, here", text)

    def test_a_malformed_file_is_one_line_and_nothing_is_written(self):
        for study, words, expected in (
            ({**STUDY, "seeds": "five"}, [], 'this is no study: seeds must be a whole number, got "five"'),
            ("{", [], "this is no study: it is not JSON"),
            (STUDY, ["--on", "the moon"], "a place is here, processes:N or spark://HOST:PORT"),
        ):
            status, text = self.run_lab(study, *words)
            self.assertEqual(2, status, text)
            self.assertIn(expected, text)
            self.assertEqual(1, len([line for line in text.splitlines() if not line.startswith("SLF4J")]), text)
            self.assertEqual([self.file], list(self.file.parent.iterdir()))


if __name__ == "__main__":
    unittest.main()
