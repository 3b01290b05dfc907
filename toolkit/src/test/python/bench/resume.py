"""`./lab bench resume`: trainings that are killed at random moments, and resumed to the bit.

Each kill is SIGKILL to a process that trains with checkpoints; a new process goes on to the end, and all networks, optimisers'
memory, moving averages and the history must be those of a training that nobody disturbed.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

from launcher import lab, started  # noqa: E402

KINDS = {
    "VAE": "a VAE",
    "GAN": "a GAN with batch normalisation",
    "AVERAGE": "a GAN with moving averages",
}
KILLS = 50
WHAT = f"kill -9 at {KILLS} random moments, each resumed to equality: " + ", ".join(KINDS.values())


class Resume:
    """Kills and resumes with one number of threads."""

    def __init__(self, command, environment, folder, seed=0):
        self.command, self.environment, self.folder = command, environment, Path(folder)
        self.random = random.Random(seed)
        self.undisturbed = {}

    def row(self, threads, kills):
        """What came of so many kills, of each kind of training in turn."""
        identical, torn = 0, 0
        for kill in range(kills):
            kind = list(KINDS)[kill % len(KINDS)]
            if kind not in self.undisturbed:
                self.undisturbed[kind] = self.finish(kind)
            steps, expected = self.undisturbed[kind]
            with tempfile.TemporaryDirectory(dir=self.folder, prefix="resume-") as folder:
                step = self.kill(kind, folder, steps)
                torn += any(file.name.endswith(".part") for file in Path(folder).iterdir())
                _, found = self.finish(kind, folder)
            identical += found == expected
            if found != expected:
                lab.say(f"  {KINDS[kind]}, killed after step {step}:\n    expected {expected}\n    found    {found}")
        lab.say(f"  {threads} thread{'s' if threads > 1 else ''}: {identical} of {kills} killed trainings resumed to the bit;"
                f" {torn} of them were killed while they wrote a checkpoint")
        return {"workload": "resume", "threads": threads, "kills": kills, "identical": identical, "killed_writing": torn}

    def process(self, kind, *more):
        return subprocess.Popen([*self.command, kind, *more], env=self.environment, text=True, encoding="utf-8",
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def kill(self, kind, folder, steps):
        """Kills at a random moment; returns the last step that was told."""
        target, delay = self.random.randrange(steps), self.random.uniform(0, 0.03)
        last, said = -1, []
        with self.process(kind, folder, "doomed") as process:
            for line in process.stdout:
                said.append(line)
                if line.startswith("step "):
                    last = int(line.split()[1])
                    if last >= target:
                        time.sleep(delay)
                        process.send_signal(signal.SIGKILL)
        if last < target:
            raise lab.Problem(f"{KINDS[kind]} ended before it was killed:\n" + "".join(said)[-3000:])
        return last

    def finish(self, kind, *folder):
        """Trains to the end, from a checkpoint where there is one; returns (steps, what came of it)."""
        with self.process(kind, *folder) as process:
            said = process.stdout.read()
        outcome = [line for line in said.splitlines() if line.startswith("outcome FINISHED ")]
        if process.returncode or not outcome:
            raise lab.Problem(f"{KINDS[kind]} did not end well:\n{said[-3000:]}")
        return int(outcome[0].split()[2]), outcome[0]


def compile_java(java, classes):
    """The one class that trains, against the toolkit's jars."""
    options = Namespace(gpu=False, engine="pytorch")
    source = lab.ROOT / "toolkit" / "src" / "test" / "java" / "latent4j" / "bench" / "KilledTraining.java"
    javac = [Path(java).with_name("javac"), "-d", classes, "-cp", class_path(options), source]
    done = subprocess.run([str(part) for part in javac], capture_output=True, text=True)
    if done.returncode:
        raise lab.Problem(f"{source.name} does not compile:\n{done.stderr}")


def class_path(options, *more):
    return os.pathsep.join(map(str, [*lab.class_path(options), *more]))


def resume(folder, threads, kills=KILLS):
    """Rows for each number of threads; the folder is for classes and checkpoints."""
    java, _, version = lab.find_java()
    classes = Path(folder) / "classes"
    compile_java(java, classes)
    rows = []
    for number in threads:
        options = Namespace(threads=number, threads_given=True, gpu=False, engine="pytorch")
        command = [str(java), *lab.java_flags(options, version), "-XX:TieredStopAtLevel=1", "-cp", class_path(options, classes),
                   "latent4j.bench.KilledTraining"]
        rows.append(Resume(command, {**os.environ, **lab.engine_environment(options)}, folder).row(number, kills))
    return rows


def main(options):
    lab.say(f"resume: {WHAT}")
    with tempfile.TemporaryDirectory(dir=lab.LAB, prefix="bench-") as folder:
        rows = resume(folder, [options.threads] if options.threads else [1, 2])
    if options.json:
        lab.write(options.json, json.dumps({"rows": rows}, indent=1) + "\n")
    return int(any(row["identical"] < row["kills"] for row in rows))


if __name__ == "__main__":
    started(main)
