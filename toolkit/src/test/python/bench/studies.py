"""`./lab bench studies [speed] [convolutions] [kills] [sampling]`: studies on this machine's cluster, as the README states them.

speed: 24 runs with two workers against one process. convolutions: the same with networks that compute more on less memory.
kills: the driver, a worker and an executor killed at random moments, ten times in all. sampling: a million digits to Parquet,
with the memory of all processes over time. Results go to data/results/studies/spark/; a part whose results are there stays
as it is in the page.
"""

import csv
import io
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

from launcher import lab, started  # noqa: E402

PARTS = ["speed", "convolutions", "kills", "sampling"]
PORT = 7477
WORKERS = 2
KILLS = 10
IMAGES = 1_000_000
MORE = 4_000_000  # of which memory must not grow any more
HEAP = "512m"  # of Java in an executor, all of it touched at the start: what grows afterwards is no heap that fills for the first time
FIRST = 20_000  # rows that are drawn once more, in one process
OUT = lab.RESULTS / "studies" / "spark"
READERS = lab.ROOT / "toolkit" / "spark" / "src" / "test" / "java" / "latent4j" / "spark"


class Bench:
    """What the parts have in common: a folder, Java, and a cluster."""

    def __init__(self, folder, small=False):
        self.folder, self.small = Path(folder), small
        lab.CLUSTER = self.folder / "cluster"  # not that of the reader
        self.options = lab.parse(["cluster", "start", "--port", str(PORT), "--workers", str(WORKERS)])
        self.options.threads, self.options.threads_given = 1, True
        java, self.version = lab.prepare_spark(self.options)
        self.java = str(java)
        self.classes = lab.compiled(self.options, java, "bench")
        self.master = f"spark://127.0.0.1:{PORT}"
        self.environment = {**os.environ, **lab.engine_environment(self.options)}

    def __enter__(self):
        lab.start_cluster(self.options)
        return self

    def __exit__(self, *_):
        lab.stop_cluster(self.options)

    def start(self, main, *arguments, properties=(), **more):
        path = os.pathsep.join(map(str, [self.classes, *lab.class_path(self.options)]))
        command = [self.java, *lab.java_flags(self.options, self.version), *properties, "-cp", path, main, *map(str, arguments)]
        return subprocess.Popen(command, env={**self.environment, **more.pop("environment", {})}, text=True, encoding="utf-8",
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)

    def run(self, main, *arguments, **more):
        process = self.start(main, *arguments, **more)
        said = process.communicate()[0]
        if process.returncode:
            raise lab.Problem(f"{main} {' '.join(map(str, arguments))} ended with status {process.returncode}:\n{said[-3000:]}")
        return said

    def studies(self, *arguments):
        return self.run("latent4j.bench.Studies", *arguments)

    def results(self, study, folder):
        """{run: (state, seconds, fingerprint)}"""
        lines = [line.split() for line in self.studies("print", study, folder).splitlines() if line.startswith("result ")]
        return {name: (state, float(seconds), fingerprint) for _, name, state, seconds, fingerprint in lines}


# ---------------------------------------------------------------- speed


def speed(bench, size="speed"):
    """One process against two workers; both with the time of their start."""
    study = bench.folder / f"{size}.json"
    bench.studies("write", "small" if bench.small else size, study)
    took, found, added = {}, {}, ""
    for place in ("here", bench.master):
        folder = bench.folder / f"{size}-{place.partition(':')[0]}"
        started = time.monotonic()
        said = bench.studies("run", study, folder, place)
        took[place] = time.monotonic() - started
        found[place] = bench.results(study, folder)
        added = re.search(r"Spark added ([\d.]+) s a run \(median\), ([\d.]+) s at most", said) or added
        lab.say(f"  {place}: {len(found[place])} runs in {took[place]:.1f} s")
    here, there = found["here"], found[bench.master]
    same = sum(there.get(name, (0, 0, 0))[2] == result[2] for name, result in here.items())
    alone, together = (statistics.mean(seconds for _, seconds, _ in results.values()) for results in (here, there))
    return {
        "runs": len(here), "workers": WORKERS, "one process, s": round(took["here"], 1),
        "cluster, s": round(took[bench.master], 1), "ratio": round(took["here"] / took[bench.master], 2),
        "added by Spark a run (median), s": float(added[1]), "added by Spark a run (most), s": float(added[2]),
        "a run, s (one process)": round(alone, 2), "a run, s (cluster)": round(together, 2),
        "the ratio if nothing had to start": round(WORKERS * alone / together, 2), "identical results": same,
    }


def convolutions(bench):
    return speed(bench, "convolutions")


# ---------------------------------------------------------------- kills


def kills(bench):
    """The same study undisturbed and with kills, each at a random moment after some more results."""
    study = bench.folder / "kills.json"
    bench.studies("write", "small" if bench.small else "kills", study)
    calm, folder = bench.folder / "undisturbed", bench.folder / "killed"
    bench.studies("run", study, calm, "here")
    expected = bench.results(study, calm)
    lab.say(f"  undisturbed: {len(expected)} runs")
    chance = random.Random(8)
    kinds = (["driver", "worker", "executor"] * KILLS)[:KILLS if not bench.small else 3]
    chance.shuffle(kinds)
    killed, starts, process = [], 0, None
    until = time.monotonic() + 3600
    try:
        while time.monotonic() < until:
            if process is None or process.poll() is not None:
                if process is not None and process.returncode == 0:
                    break
                starts += 1
                with open(bench.folder / "kills.log", "a", encoding="utf-8") as log:
                    log.write(process.stdout.read() if process else "")
                process = bench.start("latent4j.bench.Studies", "run", study, folder, bench.master)
            done = len(list(folder.glob("runs/*.zip")))
            if kinds and done >= len(killed) * len(expected) // (len(kinds) + len(killed) + 1) and executors(bench):
                time.sleep(chance.uniform(0, 6))
                if kill(bench, kinds[0], process):
                    killed.append(kinds.pop(0))
                    lab.say(f"  killed {killed[-1]} with {done} results there")
            time.sleep(0.2)
    finally:
        if process and process.poll() is None:
            process.kill()
    found = bench.results(study, folder)
    files = [file.name for file in (folder / "runs").iterdir()]
    return {
        "runs": len(expected), "kills": len(killed), "drivers": killed.count("driver"), "workers": killed.count("worker"),
        "executors": killed.count("executor"), "starts of the study": starts, "results": len(found),
        "files of results": len(files), "left over": sum(not name.endswith(".zip") for name in files),
        "identical results": sum(found.get(name, (0, 0, 0))[2] == result[2] for name, result in expected.items()),
    }


def executors(bench):
    workers = [pid for name, pid in lab.cluster_members().items() if name.startswith("worker")]
    return [pid for worker in workers for pid in children(worker, "ExecutorBackend")]


def driver(process):
    return next(iter(children(process.pid, "SparkSubmit")), None)


def children(parent, what):
    """Those whose command line says what they are; Java's own helpers are children too."""
    shown = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in shown.splitlines()]
    return [int(row[0]) for row in rows if len(row) == 3 and int(row[1]) == parent and what in row[2]]


def kill(bench, kind, process):
    """SIGKILL; whether there was something to kill. A worker is started again, as whoever keeps a cluster does."""
    if kind == "driver":
        pid = driver(process)
    elif kind == "executor":
        pid = next(iter(executors(bench)), None)
    else:
        pid = lab.cluster_members().get("worker-1")
    if pid is None:
        return False
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    if kind == "worker":
        time.sleep(1)
        lab.start_member("worker-1", lab.worker_words(1, bench.master, bench.options), lab.cluster_environment(bench.java))
    return True


# ---------------------------------------------------------------- sampling


def sampling(bench):
    """Draws over two executors while the memory of all processes is looked at, then some rows again in one process, and many more."""
    model, out, again, more = (bench.folder / name for name in ("model.zip", "digits", "again", "more"))
    number, first = (2 * FIRST, FIRST // 2) if bench.small else (IMAGES, FIRST)
    bench.studies("model", model, "small" if bench.small else "full")
    took, memory = drawn(bench, model, out, number)
    bench.run("latent4j.study.SparkSubmit", "local[1]", "latent4j.spark.Draw", model, again, first, 3, "images")
    there, here = digest(bench, out, first), digest(bench, again, first)
    size = sum(file.stat().st_size for file in out.iterdir())
    lab.say(f"  {there[0]} rows in {took:.0f} s")
    longer = 4 * number if bench.small else MORE
    took_longer, memory = drawn(bench, model, more, longer)
    shutil.rmtree(more)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["seconds", "files begun", *(f"executor {i + 1}, MiB" for i in range(WORKERS)), "driver, MiB"])
    writer.writerows(memory)
    lab.write(OUT / "memory.csv" if not bench.small else bench.folder / "memory.csv", table.getvalue())
    names = {2: "executor 1", 3: "executor 2", 4: "driver"}
    half = len(memory) // 2
    return {
        "images": number, "rows": int(there[0]), "different ids": int(there[1]), "executors": len(memory[0]) - 3,
        "Java's heap in an executor": HEAP,
        "seconds": round(took, 1), "images a second": round(number / took), "Parquet, MB": round(size / 1e6),
        f"first {first} rows as in one process": there[2] == here[2],
        "images of a longer run": longer, "its seconds": round(took_longer, 1),
        **{f"{name} {when}, MiB": row[column] for column, name in names.items()
           for when, row in (("at a quarter", memory[half // 2]), ("at half", memory[half]), ("at three quarters", memory[half + half // 2]),
                             ("at the end", memory[-1]))},
        **{f"{name} grows in the {which} half, MiB a minute": slope(rows, column) for column, name in names.items()
           for which, rows in (("first", memory[:half]), ("second", memory[half:]))},
    }


def drawn(bench, model, out, number):
    """(seconds, the resident memory of executors and driver over time)"""
    started = time.monotonic()
    process = bench.start("latent4j.study.SparkSubmit", bench.master, "latent4j.spark.Draw", model, out, number, 3, "images",
                          properties=[f"-Dspark.executor.memory={HEAP}",
                                      f"-Dspark.executor.extraJavaOptions=-Xms{HEAP} -XX:+AlwaysPreTouch"])
    rows, most = [], 0
    while process.poll() is None:
        memory = [resident(pid) for pid in sorted(executors(bench))]
        most = max(most, len(memory))
        if len(memory) == WORKERS:
            # not glob, which breaks off where a folder goes while it looks
            files = sum(name.endswith(".parquet") for _, _, names in os.walk(out.with_name(f".{out.name}.part")) for name in names)
            rows.append([round(time.monotonic() - started, 1), files, *memory, resident(driver(process))])
        time.sleep(0.5 if bench.small else 2)
    took = time.monotonic() - started
    if process.returncode:
        raise lab.Problem(process.stdout.read()[-3000:])
    rows = [row for row in rows if all(row[2:])]  # at the very end they go one after the other
    if not rows:
        raise lab.Problem(f"{most} executors were seen at work, expected {WORKERS}.")
    return took, rows


def slope(rows, column):
    """By how much a column grows in a minute: least squares."""
    if len(rows) < 2:
        return 0.0
    return round(60 * statistics.linear_regression([row[0] for row in rows], [row[column] for row in rows]).slope, 1)


def resident(pid):
    """Resident memory, MiB."""
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True).stdout
    return int(shown or 0) // 1024


def digest(bench, folder, first):
    """(rows, different ids, a digest of the first ones)"""
    said = read_rows(bench, "RowDigest", folder, first)
    return re.search(r"^rows (\S+) (\S+) (\S+)$", said, re.M).groups()


def read_rows(bench, reader, *arguments):
    """What one of the readers of Parquet beside the tests says."""
    classes, jar = bench.folder / "readers", bench.folder / "readers.jar"
    if not jar.exists():
        javac = [Path(bench.java).with_name("javac"), "-nowarn", "-d", classes, "-cp", lab.SPARK_HOME / "jars" / "*",
                 *READERS.glob("Row*.java")]
        subprocess.run([str(part) for part in javac], check=True, capture_output=True)
        shutil.make_archive(str(classes), "zip", classes)
        classes.with_suffix(".zip").rename(jar)
    return bench.run("latent4j.study.SparkSubmit", "local[2]", f"latent4j.spark.{reader}", *arguments,
                     environment={"LATENT4J_JARS": str(jar)})


# ---------------------------------------------------------------- the page

WORDS = {
    "speed": "24 runs (β-VAEs: latent 2 and 8, β 0.5, 1 and 4, four seeds) in one process, and on a master with two workers of one"
    " core; both with the start of all processes. «Added by Spark» is a task's time without the run's own. On one"
    " machine two runs at once slow each other; the ratio if nothing had to start is twice that of a run's seconds. These"
    " networks are linear layers, whose weights and what Adam remembers go through the memory that both cores share.",
    "convolutions": "The same with convolutional networks, which compute more on fewer weights.",
    "kills": "24 runs while the driver, a worker and an executor are killed (`kill -9`) at random moments; after the driver's death the"
    " study is started again, as a dead worker is. Compared with the same study in one process that nobody disturbed.",
    "sampling": "A saved VAE draws digits over two executors to Parquet, a byte a value. A run draws four times as many, with"
    " Java's heap touched at the start; the resident memory of its processes every two seconds is in [memory.csv](memory.csv), and"
    " here its slope in both halves.",
}


def write_page(found):
    for part, row in found.items():
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["what", "value"])
        writer.writerows(row.items())
        lab.write(OUT / f"{part}.csv", table.getvalue())
    lines = ["# Studies on Spark", "", "Made by `./lab bench studies` on a cluster of this machine's own (`./lab cluster start`),"
             " Spark 4 in standalone mode on loopback.", ""]
    for part in PARTS:
        file = OUT / f"{part}.csv"
        if file.is_file():
            rows = list(csv.reader(io.StringIO(lab.read(file))))[1:]
            lines += [f"## {part.capitalize()}", "", WORDS[part], "", "| | |", "|---|---|",
                      *(f"| {name} | {value} |" for name, value in rows), ""]
    lab.write(OUT / "README.md", "\n".join(lines))


def main(options):
    parts = options.names[1:] or PARTS
    if wrong := [part for part in parts if part not in PARTS]:
        raise lab.Problem(f"no part '{wrong[0]}' of studies; there are {', '.join(PARTS)}.")
    small = bool(os.environ.get("LATENT4J_SMOKE"))
    found = {}
    lab.LAB.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=lab.LAB, prefix="studies-", ignore_cleanup_errors=True) as folder:
        with Bench(folder, small) as bench:
            for part in parts:
                lab.say(f"studies: {part}")
                load = {"load of the machine before": round(os.getloadavg()[0], 2)} if hasattr(os, "getloadavg") else {}
                found[part] = {**globals()[part](bench), **load}
                for name, value in found[part].items():
                    lab.say(f"  {name}: {value}")
                if not small:
                    write_page({part: found[part]})
    return int(not all(is_good(part, row) for part, row in found.items()))


def is_good(part, row):
    """Whether what was promised is there; speed is for the reader to judge, on a machine with other work."""
    if part == "sampling":
        return row["rows"] == row["different ids"] == row["images"] and all(v for k, v in row.items() if k.startswith("first"))
    return row["identical results"] == row["runs"] and row.get("results", row["runs"]) == row["runs"]


if __name__ == "__main__":
    started(main)
