"""`./lab bench resume`: trainings that are killed at random moments, and resumed to the bit.

Each kill is SIGKILL to a process that trains with checkpoints; a new process goes on to the end, and all networks, optimisers'
memory, moving averages and the history must be those of a training that nobody disturbed.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

from launcher import lab  # noqa: E402

KINDS = {
    "VAE": "a VAE",
    "GAN": "a GAN with batch normalisation",
    "AVERAGE": "a GAN with moving averages",
}
KILLS = 50


class Resume:
    """A workload of the bench: what is counted are the kills after which not a bit was lost."""

    what = f"kill -9 at {KILLS} random moments, each resumed to equality: " + ", ".join(KINDS.values())

    def __init__(self, kills=KILLS, seed=0):
        self.kills, self.random = kills, random.Random(seed)

    def run(self, name, bench):
        """`bench` says how many threads, with what Java, and where the compiled classes of latent4j.bench are."""
        lab.say(f"\n{name}: {self.what}")
        return [self.row(name, bench, threads) for threads in bench.threads]

    def row(self, name, bench, threads):
        self.command, self.environment = start(bench.java, bench.java_version, bench.classes, threads)
        whole = {kind: self.finish(kind) for kind in KINDS}
        identical, torn = 0, 0
        for kill in range(self.kills):
            kind = list(KINDS)[kill % len(KINDS)]
            with tempfile.TemporaryDirectory(dir=lab.LAB, prefix="resume-") as folder:
                step = self.kill(kind, folder, whole[kind][0])
                torn += any(file.name.endswith(".part") for file in Path(folder).iterdir())
                _, outcome = self.finish(kind, folder)
            if outcome == whole[kind][1]:
                identical += 1
            else:
                lab.say(f"  {KINDS[kind]}, killed after step {step}:\n    expected {whole[kind][1]}\n    found    {outcome}")
        lab.say(f"  {threads} threads: {identical} of {self.kills} killed trainings resumed to the bit;"
                f" {torn} of them were killed while they wrote a checkpoint")
        if identical < self.kills:
            raise lab.Problem(f"{self.kills - identical} of {self.kills} killed trainings were not resumed to the bit.")
        return {"workload": name, "threads": threads, "kills": self.kills, "identical": identical, "killed_writing": torn}

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


def start(java, version, classes, threads):
    """(command, environment): a JVM of ours with the bench's classes."""
    options = lab.argparse.Namespace(threads=threads, gpu=False)
    class_path = os.pathsep.join(map(str, [*lab.class_path(), classes]))
    command = [str(java), *lab.java_flags(options, version), "-XX:TieredStopAtLevel=1", "-cp", class_path,
               "latent4j.bench.KilledTraining"]
    return command, {**os.environ, **lab.engine_environment(options)}
