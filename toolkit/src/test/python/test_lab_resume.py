"""`./lab bench resume` at its smallest: one kill of each kind of training."""

import sys
import tempfile
import unittest

from launcher import lab

sys.path.append(str(lab.RESUME.parent))
import resume  # noqa: E402


class Resume(unittest.TestCase):
    def test_killed_trainings_are_resumed_to_the_bit(self):
        with tempfile.TemporaryDirectory(prefix="with space ") as folder:
            rows = resume.resume(folder, [1], kills=len(resume.KINDS))
        self.assertEqual(
            {"workload": "resume", "threads": 1, "kills": 3, "identical": 3},
            {name: rows[0][name] for name in ("workload", "threads", "kills", "identical")},
        )


if __name__ == "__main__":
    unittest.main()
