"""`./lab bench`: this toolkit beside PyTorch from Python, in one run, taking turns on one machine.

Started by the launcher with one argument, the options as JSON.
"""

import datetime
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from dataclasses import dataclass
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import report  # noqa: E402
import resume  # noqa: E402
from launcher import lab, started  # noqa: E402

RESULTS = lab.ROOT / "data" / "results" / "bench.json"
README = lab.ROOT / "README.md"
FOLDER = lab.LAB / "bench"
THREADS = (1, 2)
SAME_STEPS = 6  # of WGAN-GP, two move the generator


# ---------------------------------------------------------------- a process that takes turns


class Side:
    """A program that works when told to, and waits on its standard input else."""

    def __init__(self, name, command, environment):
        self.name = name
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [str(part) for part in command], env=environment, cwd=lab.ROOT, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)

    def answer(self):
        """The next line of JSON; other lines are the training's own."""
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
            self.log.write(line)
        self.process.wait()
        self.log.seek(0)
        raise lab.Problem(f"{self.name} ended with status {self.process.returncode}:\n{self.log.read().strip()[-3000:]}")

    def warm(self):
        """Waits until it has warmed up."""
        self.facts = self.answer()
        return self

    def rate(self, seconds):
        """Steps a second over one round. The time of a validation is spread over its epoch's steps."""
        self.process.stdin.write(f"go {seconds}\n")
        self.process.stdin.flush()
        done = self.answer()
        per_step = done["seconds"] / done["steps"]
        if "validation_seconds" in self.facts:
            per_step += self.facts["validation_seconds"] / self.facts["steps_per_epoch"]
        return 1 / per_step

    def stop(self):
        """Ends it: between two rounds the end of its input is its end."""
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()


class Cores:
    """Whether the machine gives all that it can, by a program that only computes. In a virtual machine two cores are at
    times two threads of one, for seconds, and a neighbour may want the other half of ours: what runs then is slower by up
    to a half, whichever side it is."""

    PROBE = 0.05  # seconds
    SHARE = 0.75  # of the most that was seen: it has just woken, and half a core is 0.55
    PATIENCE = 20  # seconds for one turn

    def __init__(self, side):
        self.side, self.most, self.disturbed = side, 0, 0

    def whole(self):
        rate = self.side.rate(self.PROBE)
        self.most = max(self.most, rate)
        return rate >= self.SHARE * self.most

    def undisturbed(self, turn):
        """The turn's result, repeated until the machine was whole before and after it, or patience ends."""
        begun = time.perf_counter()
        while True:
            before = self.whole()
            while not before and time.perf_counter() - begun < self.PATIENCE:
                time.sleep(0.2)
                before = self.whole()
            found = turn()
            if before and self.whole():
                return found
            if time.perf_counter() - begun >= self.PATIENCE:
                self.disturbed += 1
                return found


def take_turns(sides, rounds, seconds, cores=None):
    """The rates of all sides, round by round; each round begins with another side. A first one does not count: a new
    training's first step is one that is compiled."""
    for side in sides.values():
        side.rate(0.01)
    rates = {name: [] for name in sides}
    order = list(sides)
    for _ in range(rounds):
        for name in order:
            turn = partial(sides[name].rate, seconds)
            rates[name].append(cores.undisturbed(turn) if cores else turn())
        order.append(order.pop(0))
    return rates


# ---------------------------------------------------------------- how programs are started


@dataclass(frozen=True)
class Python:
    command: list
    environment: dict


class Bench:
    """What is measured with: the options, our JVM, the peer's Python."""

    def __init__(self, options):
        self.options = options
        self.threads = [options.threads] if options.threads else list(THREADS)
        self.java, _, self.java_version = lab.find_java()
        self.python = peer_python(options.yes)
        self.classes = lab.compiled(kernel_options(1), self.java, "bench")
        self.images = "mnist" if has_mnist() else "digits"

    def ours(self, main, threads, *arguments, flags=()):
        """A JVM started as the kernel of a notebook is."""
        options = kernel_options(threads)
        class_path = os.pathsep.join(map(str, [*lab.class_path(options), self.classes]))
        flags = [*lab.java_flags(options, self.java_version), *flags]
        environment = {**os.environ, **lab.engine_environment(options)}
        return Side("ours", [self.java, *flags, "-cp", class_path, f"latent4j.bench.{main}", *arguments], environment)

    def peer(self, script, *arguments):
        return Side(script, [*self.python.command, HERE / script, *arguments], self.python.environment)

    def data_cell(self, training):
        return f"var data = Datasets.{self.images if training.data == 'images' else training.data}();"

    def data_file(self, training):
        return FOLDER / f"{training.data}.f32"

    def take_turns(self, sides, threads):
        """The sides' rates, and how many of their turns count although they were disturbed."""
        with Stopping() as probe:
            probe["cores"] = self.peer("cores.py", threads).warm()
            cores = Cores(probe["cores"])
            rates = take_turns(sides, self.options.rounds, self.options.seconds, cores)
        return rates, cores.disturbed

    def row(self, workload, threads, unit, rates, **more):
        made = {**report.row(workload, threads, unit, rates, more.pop("better", "higher")), **more, **self.machine()}
        lab.say(report.line(made))
        return made

    def machine(self):
        """What a row must say of where and when it was measured."""
        model = re.search(r"^model name\s*: (.*)$", lab.read("/proc/cpuinfo"), re.M)
        return {
            "cpu": model[1] if model else platform.processor() or platform.machine(),
            "cores": lab.physical_cores(),
            "versions": {"java": self.java_version,
                         **{name: lab.pom_versions()[name] for name in ("latent4j", "djl", "pytorch")}},
            "date": datetime.date.today().isoformat(),
        }


def kernel_options(threads):
    """The options of a kernel that `./lab run --threads N` starts, or the launcher without a number of threads."""
    return Namespace(
        threads=threads or lab.physical_cores(), threads_given=threads is not None, gpu=False, engine="pytorch", smoke=False)


class Stopping:
    """Sides by name, all ended at the end."""

    def __enter__(self):
        self.sides = {}
        return self.sides

    def __exit__(self, *_):
        for side in self.sides.values():
            side.stop()


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
    named = [Path(os.environ["LATENT4J_DATA"])] if os.environ.get("LATENT4J_DATA") else []
    folders = [*(folder / "mnist" for folder in named), *named, lab.ROOT / "data" / "mnist"]
    return any(any(folder.glob("train-images*")) for folder in folders)


# ---------------------------------------------------------------- the workloads


@dataclass(frozen=True)
class Training:
    """Steps a second of a training: the cell that a notebook would have, beside the peer's and the floor's loop."""

    what: str
    model: str
    batch: int
    data: str = "images"
    cycle: int = 1  # a round is a multiple of so many steps
    memory_steps: int = 1000  # over how many steps memory is measured

    @property
    def call(self):
        return f"Trainer.epochs(1000).batch({self.batch}).fit({self.model}, data);"

    def run(self, name, bench):
        lab.say(f"  {bench.data_cell(self)}\n  {self.call}")
        for number, threads in enumerate(bench.threads):
            with Stopping() as sides:
                data = bench.data_file(self)
                sides["ours"] = bench.ours(
                    "Rounds", threads, bench.data_cell(self), self.call, self.batch, self.cycle, data).warm()
                peer = ["peer.py", name, "--threads", threads, "--data", data]
                sides["peer"] = bench.peer(*peer).warm()
                sides["peer_fused"] = bench.peer(*peer, "--fused").warm()
                sides["floor"] = bench.peer("floor.py", name, "--threads", threads).warm()
                self.compare_sizes(sides)
                facts = sides["ours"].facts
                if not number:
                    lab.say(f"  {facts['records']}; {self.same_work(name, bench)}")
                rates, disturbed = bench.take_turns(sides, threads)
                yield bench.row(
                    name, threads, "steps/s", rates, disturbed=disturbed, call=self.call, records=facts["records"],
                    parameters=facts["parameters"], validation_seconds=facts["validation_seconds"],
                    steps_per_epoch=facts["steps_per_epoch"])

    def compare_sizes(self, sides):
        counts = {name: side.facts["parameters"] for name, side in sides.items() if "parameters" in side.facts}
        if len(set(counts.values())) > 1:
            raise lab.Problem(f"the sides train different networks; their numbers of parameters: {counts}")

    def same_work(self, name, bench):
        """Both sides' first steps from the same weights, records and noise, or a Problem where they differ."""
        with tempfile.TemporaryDirectory() as folder, Stopping() as sides:
            sides["ours"] = bench.ours("SameWork", 1, bench.data_cell(self), self.call, self.batch, SAME_STEPS, folder)
            ours = sides["ours"].answer()
            sides["peer"] = bench.peer("same_work.py", name, folder)
            peer = sides["peer"].answer()
        apart = max(abs(a - b) / abs(b) for a, b in zip(ours["losses"], peer["losses"], strict=True))
        if apart > 5e-3 or peer["apart"] > 0.05:
            raise lab.Problem(f"the sides do not do the same work: losses {ours['losses']} and {peer['losses']},"
                              f" weights {peer['apart']:.1%} of their way apart")
        return (f"from the same weights, records and noise {SAME_STEPS} steps of both sides give the same losses"
                f" (within {apart:.0e}) and weights (within {peer['apart']:.1g} of their way)")


@dataclass(frozen=True)
class Sampling:
    """Images a second from a decoder or generator."""

    what: str
    training: str
    images = 1000

    def run(self, name, bench):
        training = WORKLOADS[self.training]
        prepare = [bench.data_cell(training), f"data.train().size(); var model = {training.model};",
                   f"Trainer.epochs(1).batch({training.batch}).watchedBy().fit(model, data.train().head(1280));"]
        call = f"model.draw({self.images}, 7)"
        lab.say(f"  {call}")
        for threads in bench.threads:
            with Stopping() as sides:
                sides["ours"] = bench.ours("Repeat", threads, *prepare, call).warm()
                sides["peer"] = bench.peer("peer.py", self.training, "--threads", threads, "--sample", self.images).warm()
                rates, disturbed = bench.take_turns(sides, threads)
            rates = {side: [rate * self.images for rate in found] for side, found in rates.items()}
            yield bench.row(name, threads, "images/s", rates, disturbed=disturbed, call=call)


@dataclass(frozen=True)
class Start:
    """Seconds from the start of a process to the end of its first training step."""

    what: str
    training: str = "vae-mlp"

    def run(self, name, bench):
        training = WORKLOADS[self.training]
        lab.say(f"  {bench.data_cell(training)}\n  {training.call}")
        file = bench.data_file(training)
        if not file.exists():
            with Stopping() as sides:  # which also writes the peer's records
                sides["ours"] = bench.ours("Rounds", 1, bench.data_cell(training), training.call, training.batch, 1, file).warm()
        for threads in bench.threads:
            peer = ["peer.py", self.training, "--threads", threads, "--data", file, "--first-step"]
            starts = {
                "ours": lambda: bench.ours("FirstStep", threads, bench.images),
                "peer": lambda: bench.peer(*peer),
                "peer_fused": lambda: bench.peer(*peer, "--fused"),
            }
            yield bench.row(name, threads, "s", self.seconds(starts, bench.options.rounds), better="lower")

    def seconds(self, starts, rounds):
        found = {name: [] for name in starts}
        for number in range(rounds + 1):
            for name, start in starts.items():
                begun = time.perf_counter()
                side = start()
                side.answer()
                passed = time.perf_counter() - begun
                side.stop()
                if number:  # the first reads the files from the disk
                    found[name].append(passed)
        return found


class Cell:
    """A cell's round trip in a notebook's kernel, beside Python's own kernel."""

    what = "seconds of a round trip of the cell 1 + 1 in the Java kernel; beside it Python's kernel, without PyTorch"

    def run(self, name, bench):
        yield bench.row(name, 1, "s", round_trips(bench), better="lower")


def round_trips(bench):
    """Seconds of each round trip, in both kernels in turn."""
    from jupyter_client.manager import KernelManager

    found = {"ours": [], "peer": []}
    with kernel(bench) as ours:
        python = KernelManager(kernel_name="python3")
        python.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        clients = {"ours": ours.client(), "peer": python.client()}
        try:
            for client in clients.values():
                client.start_channels()
                client.wait_for_ready(timeout=120)
                for _ in range(20):
                    execute(client, "1 + 1")
            for _ in range(10 * bench.options.rounds):
                for side, client in clients.items():
                    begun = time.perf_counter()
                    execute(client, "1 + 1")
                    found[side].append(time.perf_counter() - begun)
        finally:
            for client in clients.values():
                client.stop_channels()
            python.shutdown_kernel(now=True)
    return found


def execute(client, code, timeout=None):
    """Runs a cell to its end; what it printed goes nowhere."""
    reply = client.execute_interactive(code, timeout=timeout, output_hook=lambda _: None)
    if reply["content"]["status"] != "ok":
        raise lab.Problem(f"the cell failed: {code}\n{reply['content']}")


class kernel:
    """The kernel that `lab run` starts, alive inside `with`."""

    def __init__(self, bench, threads=1, flags=()):
        self.bench, self.threads, self.flags = bench, threads, list(flags)

    def __enter__(self):
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import KernelManager

        self.folder = tempfile.TemporaryDirectory(dir=lab.LAB, prefix="bench-", ignore_cleanup_errors=True)
        options = kernel_options(self.threads)
        folder = Path(self.folder.name)
        lab.write_kernelspec(folder, options, self.bench.java, self.bench.java_version)
        specs = KernelSpecManager(kernel_dirs=[str(folder / "kernels")], ensure_native_kernel=False)
        self.manager = KernelManager(kernel_name="java", kernel_spec_manager=specs)
        self.manager.kernel_spec.argv[1:1] = self.flags
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return self.manager

    def __exit__(self, *_):
        self.manager.shutdown_kernel(now=True)
        self.folder.cleanup()


class Busy:
    """Speed while one core is kept busy by other work, as a share of the quiet speed, with the default threads."""

    what = "speed of vae-mlp with one core kept busy by other work, as a share of the quiet speed; default threads"
    training = "vae-mlp"

    def run(self, name, bench):
        training, threads = WORKLOADS[self.training], bench.options.threads or lab.physical_cores()
        lab.say(f"  {training.call}")
        data = bench.data_file(training)
        with Stopping() as sides:
            sides["ours"] = bench.ours(
                "Rounds", bench.options.threads, bench.data_cell(training), training.call, training.batch, 1, data).warm()
            sides["peer"] = bench.peer("peer.py", self.training, "--threads", threads, "--data", data).warm()
            shares = {side: [] for side in sides}
            for _ in range(bench.options.rounds):
                quiet = take_turns(sides, 1, bench.options.seconds)
                with busy_core():
                    busy = take_turns(sides, 1, bench.options.seconds)
                for side in sides:
                    shares[side].append(busy[side][0] / quiet[side][0])
        yield bench.row(name, threads, "of the quiet speed", shares)


class busy_core:
    """A process that computes without end, inside `with`."""

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, "-c", "while True: pass"])

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


# As in the memory test: what grows then is not Java's heap, nor the second compiler's memory. MNIST as float32 has room in it.
FIXED_HEAP = [
    "-Xms1200m", "-Xmx1200m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]


@dataclass(frozen=True)
class Memory:
    """By how many bytes a step the resident memory of a training grows: the median of eight stretches."""

    training: str
    beside: bool = False  # whether PyTorch is measured too: it takes twice as long as ours, and once shows what is usual
    what = "growth of resident memory in bytes a step"

    def run(self, name, bench):
        training = WORKLOADS[self.training]
        lab.say(f"  {training.call}")
        one_pool_of_memory()
        file, steps = bench.data_file(training), training.memory_steps
        with Stopping() as sides:
            sides["ours"] = bench.ours(
                "MemoryGrowth", 1, bench.data_cell(training), training.call, training.batch, steps, file,
                flags=FIXED_HEAP)
            ours = sides["ours"].answer()
        found = {"ours": ours}
        for side, fused in (("peer", []), ("peer_fused", ["--fused"])) if self.beside else ():
            with Stopping() as sides:
                sides[side] = bench.peer(
                    "peer.py", self.training, "--threads", 1, "--data", file, "--memory", steps, *fused)
                found[side] = sides[side].answer()
        yield bench.row(
            name, 1, "bytes/step", {side: report.growth(facts["points"]) for side, facts in found.items()}, better="neither",
            steps=steps, resident_mib={side: mebibytes(facts["points"]) for side, facts in found.items()})


class KernelMemory:
    """The same in a notebook's kernel, over many epochs."""

    what = "growth of resident memory in bytes a step, for 50 epochs of vae-mlp in a notebook's kernel"

    def run(self, name, bench):
        training = WORKLOADS["vae-mlp"]
        one_pool_of_memory()
        epochs, steps = 50, 468 * 50
        with kernel(bench, flags=FIXED_HEAP) as manager:
            client = manager.client()
            client.start_channels()
            client.wait_for_ready(timeout=120)
            imports = ["data", "model", "model.gan", "model.vae", "nn", "train"]
            execute(client, "".join(f"import latent4j.{package}.*;\n" for package in imports)
                    + "import static latent4j.notebook.Notebook.*;\ninit();")
            execute(client, bench.data_cell(training))
            with Resident(manager.provisioner.pid) as resident:
                execute(client, training.call.replace("1000", str(epochs)))
            client.stop_channels()
        seconds, _ = resident.points[-1]
        warm = [(moment / seconds * steps, size) for moment, size in resident.points if moment > seconds / 5]
        yield bench.row(name, 1, "bytes/step", {"ours": report.growth(warm)}, better="neither", steps=steps,
                        resident_mib={"ours": mebibytes(warm)})


def mebibytes(points):
    """The first and the last."""
    return [round(points[i][1] / 2**20, 1) for i in (0, -1)]


def one_pool_of_memory():
    """In this process' children: a pool for each thread settles one after the other, by megabytes."""
    os.environ["MALLOC_ARENA_MAX"] = "1"


class Resident:
    """The resident memory of a process over time, inside `with`."""

    def __init__(self, pid):
        self.file = Path(f"/proc/{pid}/statm")

    def __enter__(self):
        import threading

        self.points, self.ended, self.begun = [], threading.Event(), time.perf_counter()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def watch(self):
        while not self.ended.wait(0.2):
            self.points.append((time.perf_counter() - self.begun, 4096 * int(self.file.read_text().split()[1])))

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()


WORKLOADS = {
    "vae-mlp": Training("VAE 784-400-20, batch 128", "Vae.mlp(data.shape(), 20)", 128, memory_steps=15_000),
    "vae-conv": Training("VAE with convolutions 1-32-64, dense 256, latent 20, mirrored, batch 128",
                         "Vae.convolutional(data.shape(), 20)", 128, memory_steps=2_000),
    "gan-ring": Training("GAN on a ring of 8 Gaussians, G 2-400×4-2 with batch norm, D 2-200×3-1, batch 100",
                         "Gan.mixture(data.shape(), 2)", 100, data="ring", memory_steps=15_000),
    "dcgan": Training("DCGAN 28×28, G 64-6272-64-1, D 64-128-1, batch 64",
                      "Gan.convolutional(data.shape(), 64)", 64),
    "wgan-gp": Training("WGAN-GP 28×28, the same with 5 critic steps; a step is one of the critic, batch 64",
                        "WassersteinGradientPenalty.convolutional(data.shape(), 64)", 64, cycle=5),
    "sampling": Sampling("images a second from the DCGAN's generator", "dcgan"),
    "sampling-vae": Sampling("images a second from the decoder of vae-mlp", "vae-mlp"),
    "start": Start("seconds from the start of the process to the end of the first step of vae-mlp"),
    "cell": Cell(),
    "busy": Busy(),
    "memory-vae-mlp": Memory("vae-mlp", beside=True),
    **{f"memory-{training}": Memory(training) for training in ("vae-conv", "gan-ring", "dcgan", "wgan-gp")},
    "memory-kernel": KernelMemory(),
}


def main(options):
    if options.list:
        for name, workload in WORKLOADS.items():
            lab.say(f"{name:15} {workload.what}")
        lab.say(f"{'resume':15} only when it is named: {resume.WHAT}")
        lab.say(f"{'studies':15} only when it is named: studies on this machine's Spark: speed, kills, sampling")
        return 0
    if options.readme:
        lab.write(README, report.with_table(lab.read(README), report.read(RESULTS)["rows"]))
        return 0
    unknown = [name for name in options.names if name not in WORKLOADS]
    if unknown:
        raise lab.Problem(f"no workload '{unknown[0]}'.", f"there are {', '.join(WORKLOADS)}")
    if options.gpu or options.engine != "pytorch":
        raise lab.Problem("The benchmark compares PyTorch with PyTorch on the CPU.", "leave out --gpu and --engine")
    bench = Bench(options)
    for name in options.names or WORKLOADS:
        lab.say(f"\n{name}: {WORKLOADS[name].what}")
        for made in WORKLOADS[name].run(name, bench):
            if options.json:  # row by row, so that what was measured stays when the rest is broken off
                path = Path(options.json)
                lab.write(path, json.dumps({"rows": report.merge(report.read(path)["rows"], [made])}, indent=1) + "\n")
    lab.say("\n" + report.FOOTNOTE)
    return 0


if __name__ == "__main__":
    started(main)
