"""`./lab bench`: this toolkit beside PyTorch from Python, in one run, taking turns on one machine.

Started by the launcher with the Python of .lab/venv and one argument, the options as JSON.
"""

import datetime
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import report  # noqa: E402
from launcher import lab  # noqa: E402

JAVA_SOURCES = lab.ROOT / "toolkit" / "src" / "test" / "java" / "latent4j" / "bench"
FOLDER = lab.LAB / "bench"
THREADS = (1, 2)


# ---------------------------------------------------------------- the workloads


@dataclass(frozen=True)
class Training:
    """A training, as the cell that a notebook would have."""

    what: str
    data: str  # "images" or "ring"
    call: str
    batch: int
    cycle: int = 1  # a round is a multiple of so many steps

    def run(self, name, bench):
        lab.say(f"\n{name}: {self.what}\n  {self.call}")
        return [bench.row(name, self, threads) for threads in bench.threads]


WORKLOADS = {
    "vae-mlp": Training(
        "VAE 784-400-20, batch 128", "images",
        "Trainer.epochs(1000).batch(128).fit(Vae.mlp(data.shape(), 20), data);", 128),
    "vae-conv": Training(
        "VAE with convolutions 1-32-64, dense 256, latent 20, mirrored, batch 128", "images",
        "Trainer.epochs(1000).batch(128).fit(Vae.convolutional(data.shape(), 20), data);", 128),
    "gan-ring": Training(
        "GAN on a ring of 8 Gaussians, G 2-400×4-2 with batch norm, D 2-200×3-1, batch 100", "ring",
        "Trainer.epochs(1000).batch(100).fit(Gan.mixture(data.shape(), 2), data);", 100),
    "dcgan": Training(
        "DCGAN 28×28, G 64-6272-64-1, D 64-128-1, batch 64", "images",
        "Trainer.epochs(1000).batch(64).fit(Gan.convolutional(data.shape(), 64), data);", 64),
    "wgan-gp": Training(
        "WGAN-GP 28×28, the same with 5 critic steps; a step is one of the critic, batch 64", "images",
        "Trainer.epochs(1000).batch(64).fit(WassersteinGradientPenalty.convolutional(data.shape(), 64), data);", 64, 5),
}


# ---------------------------------------------------------------- two sides that take turns


class Side:
    """A process that trains when told to, and waits on its standard input else."""

    def __init__(self, name, command, environment):
        self.name = name
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [str(part) for part in command], env=environment, cwd=lab.ROOT, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)
        self.facts = self.answer()  # when it is warm

    def answer(self):
        """The next line of JSON; other lines are the training's own."""
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
            self.log.write(line)
        self.process.wait()
        self.log.seek(0)
        raise lab.Problem(f"{self.name} ended with status {self.process.returncode}:\n{self.log.read().strip()[-3000:]}")

    def round(self, seconds):
        self.process.stdin.write(f"go {seconds}\n")
        self.process.stdin.flush()
        return self.answer()

    def speed(self, seconds):
        """Steps a second over one round. The time of a validation is spread over its epoch's steps."""
        done = self.round(seconds)
        per_step = done["seconds"] / done["steps"]
        if "validation_seconds" in self.facts:
            per_step += self.facts["validation_seconds"] / self.facts["steps_per_epoch"]
        return 1 / per_step

    def stop(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()


class Bench:
    """The machine's side of it: how programs are started, and rounds."""

    def __init__(self, options):
        self.threads = [options.threads] if options.threads else list(THREADS)
        self.seconds, self.rounds = options.seconds, options.rounds
        self.java, _, self.java_version = lab.find_java()
        self.python = peer_python(options.yes)
        self.classes = compile_java(self.java)
        self.cells = {
            "images": f"var data = Datasets.{'mnist' if has_mnist() else 'digits'}();",
            "ring": "var data = Datasets.ring();",
        }

    def ours(self, workload, threads):
        """As the kernel of a notebook is started."""
        options = Namespace(threads=threads, gpu=False)
        class_path = os.pathsep.join(map(str, [*lab.class_path(), self.classes]))
        command = [self.java, *lab.java_flags(options, self.java_version), "-cp", class_path, "latent4j.bench.Rounds",
                   self.cells[workload.data], workload.call, workload.batch, workload.cycle, self.data_file(workload)]
        return Side("ours", command, {**os.environ, **lab.engine_environment(options)})

    def peer(self, name, workload, threads, *fused):
        return self.in_python("PyTorch", "peer.py", name, "--threads", threads, "--data", self.data_file(workload), *fused)

    def floor(self, name, threads):
        return self.in_python("the floor", "floor.py", name, "--threads", threads)

    def in_python(self, side, *command):
        return Side(side, [*self.python.command, HERE / command[0], *command[1:]], self.python.environment)

    def data_file(self, workload):
        return FOLDER / f"{workload.data}.f32"

    def row(self, name, workload, threads):
        sides = {}
        try:
            sides["ours"] = self.ours(workload, threads)
            sides["peer"] = self.peer(name, workload, threads)
            sides["peer_fused"] = self.peer(name, workload, threads, "--fused")
            sides["floor"] = self.floor(name, threads)
            self.check_same_work(sides)
            speeds = self.take_turns(sides)
            facts = sides["ours"].facts
        finally:
            for side in sides.values():
                side.stop()
        made = report.row(name, threads, "steps/s", speeds, records=facts["records"], call=workload.call,
                          parameters=facts["parameters"], validation_seconds=facts["validation_seconds"], **machine())
        lab.say(report.line(made))
        return made

    def check_same_work(self, sides):
        counts = {name: side.facts["parameters"] for name, side in sides.items() if "parameters" in side.facts}
        if len(set(counts.values())) > 1:
            raise lab.Problem(f"the sides train different networks; their parameters: {counts}")

    def take_turns(self, sides):
        """Rounds of all sides in turn; each round begins with another one."""
        speeds = {name: [] for name in sides}
        order = list(sides)
        for _ in range(self.rounds):
            for name in order:
                speeds[name].append(sides[name].speed(self.seconds))
            order.append(order.pop(0))
        return speeds


# ---------------------------------------------------------------- what is needed


@dataclass(frozen=True)
class Python:
    command: list
    environment: dict


def peer_python(yes):
    """A Python that has the peer: the one that LATENT4J_PYTHON names, or our own with PyTorch in .lab/."""
    named = os.environ.get("LATENT4J_PYTHON")
    if not named:
        lab.prepare_torch(yes, "The benchmark compares with", "name a Python that has it in LATENT4J_PYTHON")
    python = Python([named or str(lab.venv_python()), "-B"],
                    {**os.environ, **({} if named else lab.torch_environment())})
    found = subprocess.run([*python.command, "-c", "import torch; print(torch.__version__)"],
                           env=python.environment, capture_output=True, text=True)
    expected = lab.pom_versions()["pytorch"]
    if found.stdout.strip().partition("+")[0] != expected:
        raise lab.Problem(
            f"The peer is PyTorch {expected} from Python; {python.command[0]} has {found.stdout.strip() or 'none'}.",
            f"unset LATENT4J_PYTHON, or let it name a Python with torch=={expected}")
    return python


def has_mnist():
    folders = [Path(os.environ[name]) for name in ("LATENT4J_DATA",) if os.environ.get(name)]
    folders = [f / "mnist" for f in folders] + folders + [lab.ROOT / "data" / "mnist"]
    return any(any(folder.glob("train-images*")) for folder in folders)


def compile_java(java):
    """The bench's few Java classes, against the toolkit's jars."""
    classes = FOLDER / "classes"
    lab.remove(classes)
    javac = Path(java).with_name("javac")
    class_path = os.pathsep.join(map(str, lab.class_path()))
    done = subprocess.run([str(javac), "-d", str(classes), "-cp", class_path, *map(str, sorted(JAVA_SOURCES.glob("*.java")))],
                          capture_output=True, text=True)
    if done.returncode:
        raise lab.Problem(f"the bench's Java classes do not compile:\n{done.stderr}")
    return classes


def machine():
    """What a row must say of where and when it was measured."""
    model = re.search(r"^model name\s*: (.*)$", lab.read("/proc/cpuinfo"), re.M)
    return {
        "cpu": model[1] if model else platform.processor() or platform.machine(),
        "cores": lab.physical_cores(),
        "versions": {name: lab.pom_versions()[name] for name in ("latent4j", "djl", "pytorch")},
        "date": datetime.date.today().isoformat(),
    }


def main(options):
    if options.list:
        for name, workload in WORKLOADS.items():
            lab.say(f"{name:10} {workload.what}")
        return 0
    unknown = [name for name in options.names if name not in WORKLOADS]
    if unknown:
        raise lab.Problem(f"no workload '{unknown[0]}'.", f"there are {', '.join(WORKLOADS)}")
    bench = Bench(options)
    rows = []
    for name in options.names or WORKLOADS:
        rows += WORKLOADS[name].run(name, bench)
        if options.json:
            path = Path(options.json)
            lab.write(path, json.dumps({"rows": report.merge(report.read(path)["rows"], rows)}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Namespace(**json.loads(sys.argv[1]))))
    except lab.Problem as problem:
        lab.tell(problem)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
