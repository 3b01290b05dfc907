"""`./lab gallery` at toy size: trains what is not there, keeps what is, and refuses unknown names."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from launcher import PATH


class Gallery(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="with space ")
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name) / "gallery"

    def run_lab(self, *words):
        words = [str(word) for word in words]
        answer = subprocess.run(
            [sys.executable, PATH, "gallery", "--smoke", "--out", self.folder, *words],
            capture_output=True, text=True, encoding="utf-8")
        return answer.returncode, answer.stdout + answer.stderr

    def test_what_is_there_stays(self):
        status, text = self.run_lab("Vae", "ConditionalGan")
        self.assertEqual(0, status, text)
        self.assertIn("2 models", text)
        made = {path.name for path in self.folder.iterdir()}
        pictures = {f"{name}.{kind}" for name in ("Vae", "ConditionalGan") for kind in ("png", "json")}
        self.assertEqual({*pictures, "gallery.png"}, made)
        (self.folder / "Vae.json").unlink()  # as an interrupted training leaves it
        before = (self.folder / "ConditionalGan.png").stat().st_mtime_ns
        status, text = self.run_lab("Vae", "ConditionalGan")
        self.assertEqual(0, status, text)
        self.assertRegex(text, r"(?m)^Vae ")
        self.assertNotRegex(text, r"(?m)^ConditionalGan ")
        self.assertEqual(before, (self.folder / "ConditionalGan.png").stat().st_mtime_ns)
        self.assertTrue((self.folder / "Vae.json").is_file())

    def test_an_unknown_model_is_refused(self):
        status, text = self.run_lab("Vea")
        self.assertEqual(2, status)
        self.assertIn("asked for [Vea]", text)
        self.assertIn("BetaVae", text)


if __name__ == "__main__":
    unittest.main()
