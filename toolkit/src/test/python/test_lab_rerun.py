"""Saved runs: repeated in a JVM of their own, compared, and refused where they cannot be."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from launcher import PATH, lab

TRAINING = """
import java.nio.file.Path;
import latent4j.data.*;
import latent4j.model.vae.*;
import latent4j.train.*;

class Make {
    record Mine(latent4j.nn.Net encoder, latent4j.nn.Net decoder, latent4j.loss.Likelihood likelihood)
            implements latent4j.model.VariationalAutoencoder {}

    public static void main(String[] folder) {
        var digits = Datasets.digits(200, 40);
        var trainer = Trainer.epochs(2).batch(20).seed(5).watchedBy();
        var vae = Vae.small(digits.shape());
        trainer.fit(vae, digits).save(Path.of(folder[0], "run.json"));
        trainer.fit(BetaVae.of(vae, 2), digits).save(Path.of(folder[0], "other.json"));
        trainer.fit(new Mine(vae.encoder(), vae.decoder(), vae.likelihood()), digits)
                .save(Path.of(folder[0], "cell.json"));
    }
}
"""


class Rerun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="with space ")
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name)
        source = cls.folder / "Make.java"
        source.write_text(TRAINING)
        java, _, _ = lab.find_java()
        environment = {**os.environ, "LATENT4J_THREADS": "1", "OMP_NUM_THREADS": "1", "OPT_OUT_TRACKING": "true"}
        class_path = os.pathsep.join(map(str, lab.class_path(argparse.Namespace(gpu=False, engine="pytorch"))))
        subprocess.run([java, "-cp", class_path, source, cls.folder], env=environment, check=True)

    def run_lab(self, *words):
        words = [str(word) for word in words]
        answer = subprocess.run([sys.executable, PATH, *words], capture_output=True, text=True, encoding="utf-8")
        return answer.returncode, answer.stdout + answer.stderr

    def test_a_run_is_repeated_with_its_own_number_of_threads(self):
        status, text = self.run_lab("rerun", self.folder / "run.json")
        self.assertRegex(text, r"identical: 6 series and all weights after 20 steps")
        self.assertEqual(0, status)

    def test_with_other_threads_the_spread_decides(self):
        status, text = self.run_lab("rerun", "--threads", "2", self.folder / "run.json")
        self.assertRegex(text, "identical: |agrees within the spread of the seeds")
        self.assertEqual(0, status, text)

    def test_a_difference_is_status_1(self):
        text = (self.folder / "run.json").read_text(encoding="utf-8")
        changed = self.folder / "changed.json"
        changed.write_text(re.sub(r'"weights": "\w{4}', '"weights": "none', text), encoding="utf-8")
        status, said = self.run_lab("rerun", changed)
        self.assertIn("first difference: weights at the end: none", said)
        self.assertEqual(1, status)

    def test_the_diff_of_two_runs(self):
        status, text = self.run_lab("diff", self.folder / "run.json", self.folder / "other.json")
        self.assertIn("model.beta: none and 2.0", text)
        self.assertIn("model.type: latent4j.model.vae.Vae and latent4j.model.vae.BetaVae", text)
        self.assertIn("negative ELBO on training data", text)
        self.assertEqual(1, status)
        status, text = self.run_lab("diff", self.folder / "run.json", self.folder / "run.json")
        self.assertEqual((0, "identical"), (status, text.strip()))

    def test_what_cannot_be_repeated_is_refused_with_the_way_out(self):
        status, text = self.run_lab("rerun", self.folder / "cell.json")
        self.assertIn(f"cannot repeat {self.folder / 'cell.json'} here: unknown Model", text)
        self.assertIn(".repeat(model, data)", text)
        self.assertEqual(2, status)

    def test_files_that_are_no_runs_are_named(self):
        newer = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))
        newer["latent4j run format"] = 99
        for name, content, said in [
            ("newer.json", json.dumps(newer), "use a newer version of the toolkit"),
            ("damaged.json", json.dumps(newer)[:1000], "not JSON or damaged"),
            ("list.json", "[]", "is no run"),
            ("other-thing.json", "{}", "describes no run"),
        ]:
            with self.subTest(name):
                (self.folder / name).write_text(content, encoding="utf-8")
                status, text = self.run_lab("rerun", self.folder / name)
                self.assertIn(said, text)
                self.assertIn(name, text)
                self.assertNotEqual(0, status)
                self.assertNotIn("Traceback", text)
        self.assertIn("there is no file", self.run_lab("rerun", self.folder / "gone.json")[1])


if __name__ == "__main__":
    unittest.main()
