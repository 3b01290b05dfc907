"""Studies, samples and scores on a real cluster of this machine: master, two workers, and what happens when parts of it die."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from launcher import PATH, lab

sys.path[:0] = [str(Path(__file__).resolve().parent / "bench")]

import studies  # noqa: E402


@unittest.skipUnless(lab.has_spark(), "Spark is not installed: ./lab cluster start fetches it")
class Spark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(dir=lab.LAB, prefix="spark-", ignore_cleanup_errors=True)
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name)
        cls.bench = studies.Bench(cls.folder, small=True)
        cls.enterClassContext(cls.bench) if hasattr(cls, "enterClassContext") else cls.enter()
        cls.model = cls.folder / "saved.zip"
        cls.bench.studies("model", cls.model, "small")

    @classmethod
    def enter(cls):
        cls.bench.__enter__()
        cls.addClassCleanup(cls.bench.__exit__, None, None, None)

    def run_lab(self, *words, **environment):
        words = [str(word) for word in words]
        answer = subprocess.run([sys.executable, PATH, *words], capture_output=True, text=True, encoding="utf-8",
                                env={**os.environ, **environment})
        return answer.returncode, answer.stdout + answer.stderr

    def assert_refused(self, said, *words):
        status, text = self.run_lab(*words)
        self.assertEqual(2, status, text)
        self.assertIn(said, text)
        self.assertNotIn("\tat ", text, "no page of stack traces")

    def test_a_study_is_that_of_one_process_also_when_parts_die(self):
        row = studies.kills(self.bench)
        self.assertEqual((6, 6, 6, 0), (row["identical results"], row["results"], row["files of results"], row["left over"]))

    def test_samples_are_the_same_on_two_executors_and_in_one_process(self):
        row = studies.sampling(self.bench)
        self.assertEqual((row["images"], row["images"]), (row["rows"], row["different ids"]))
        self.assertTrue(row["first 10000 rows as in one process"])

    def cluster(self, *words):
        """What lab says when it does something on the cluster."""
        status, text = self.run_lab(*words, "--on", self.bench.master)
        self.assertEqual(0, status, text)
        return text

    def rows(self, parquet):
        """(the schema, all rows)"""
        said = studies.read_rows(self.bench, "RowText", parquet).splitlines()
        return (next(line[7:] for line in said if line.startswith("schema ")),
                [json.loads(line[4:]) for line in said if line.startswith("row ")])

    def test_records_are_scored_and_encoded(self):
        drawn, scores, codes = self.folder / "drawn", self.folder / "scores", self.folder / "codes"
        self.cluster("sample", self.model, 600, drawn)
        text = self.cluster("score", self.model, drawn, scores)
        self.assertRegex(text, r"600 records in .*: log p\(x\) at least \(ELBO\) -\d+\.\d+ nats on average")
        self.assert_refused("exists: name another", "score", self.model, drawn, scores, "--on", self.bench.master)
        self.assertIn("600 codes in", self.cluster("score", self.model, drawn, codes, "--by", "codes"))
        schema, rows = self.rows(codes)
        self.assertEqual("struct<id:bigint,code:array<float>>", schema)
        self.assertEqual((list(range(600)), {16}), (sorted(row["id"] for row in rows), {len(row["code"]) for row in rows}))

    def test_folders_of_images_are_scored_and_become_training_data(self):
        images, better, data = self.folder / "images", self.folder / "better", self.folder / "images.data"
        self.bench.studies("images", images)
        text = self.cluster("score", self.model, images, better, "--by", "likelihood:20")
        self.assertRegex(text, r"60 records in .*: log p\(x\) \(20 codes\) -\d+\.\d+ nats on average")
        schema, rows = self.rows(better)
        self.assertEqual("struct<path:string,class:string,log p(x):double>", schema)
        self.assertEqual((60, set("0123456789")), (len(rows), {row["class"] for row in rows}))
        self.assertTrue(all(row["log p(x)"] < 0 and f"/{row['class']}/" in row["path"] for row in rows))
        text = self.cluster("records", images, data, "--shape", "1x20x16")
        self.assertIn("48 to train on, 12 held out, of shape (1, 20, 16), 10 classes", text)
        self.assertIn("same true", self.bench.studies("same", data, images))
        self.assert_refused("exists", "records", images, data, "--shape", "1x20x16", "--on", self.bench.master)
        nothing = self.folder / "nothing"
        self.assert_refused("there is no folder", "records", nothing, self.folder / "no.data", "--shape", "1x2x2")
        nothing.mkdir()
        self.assert_refused("found neither", "records", nothing, self.folder / "no.data", "--shape", "1x2x2")

    def test_a_study_learns_from_parquet_at_any_place_and_its_tables_are_parquet(self):
        drawn, data, file = self.folder / "learnt", self.folder / "learnt.data", self.folder / "learnt.json"
        self.cluster("sample", self.model, 300, drawn)
        self.assertIn("270 to train on, 30 held out", self.cluster("records", drawn, data, "--shape", "1x28x28", "--held-out", "0.1"))
        self.bench.studies("write", "small", file)
        study = json.loads(file.read_text())
        study["data"] = {"call": "latent4j.data.Datasets.saved", "arguments": {"file": str(data)}}
        study["vary"] = {"latent": [2], "beta": {"logUniform": [0.5, 4]}}
        study["random"] = {"n": 2, "seed": 1}
        file.write_text(json.dumps(study))
        here, there = self.folder / "learnt-here", self.folder / "learnt-there"
        status, text = self.run_lab("study", file, "--folder", here, "--parquet")
        self.assertEqual(0, status, text)
        self.cluster("study", file, "--folder", there)
        found = self.bench.results(here / "study.json", here)
        self.assertEqual(2, len(found))
        self.assertEqual([result[2] for result in found.values()],
                         [result[2] for result in self.bench.results(here / "study.json", there).values()])
        schema, rows = self.rows(here / "runs.parquet")
        self.assertTrue(schema.startswith("struct<latent:double,beta:double,seed:bigint,state:string,"), schema)
        with open(here / "runs.csv", encoding="utf-8") as table:
            self.assertEqual([row["run"] for row in csv.DictReader(table)], [row["run"] for row in rows])
        self.assertEqual(2, len(self.rows(here / "means.parquet")[1]))

    def test_what_is_not_there_or_wrong_is_said_in_a_line(self):
        study = self.folder / "study.json"
        self.bench.studies("write", "small", study)
        out = self.folder / "nowhere"
        self.assert_refused("no Spark master at spark://127.0.0.1:1", "study", study, "--on", "spark://127.0.0.1:1",
                            "--folder", out)
        damaged = self.folder / "damaged.json"
        damaged.write_text(study.read_text()[:100])
        self.assert_refused("damaged.json", "study", damaged, "--on", self.bench.master, "--folder", out)
        self.assert_refused("cannot load", "sample", study, 10, out, "--on", self.bench.master)
        self.assertEqual([], list(out.glob("runs/*")), "nothing is half-written")

    def test_executors_with_another_toolkit_are_refused(self):
        other = self.folder / "other.jar"
        toolkit = next(lab.LIB.glob("latent4j-toolkit-*.jar"))
        other.write_bytes(toolkit.read_bytes())
        with zipfile.ZipFile(other, "a") as jar:
            jar.writestr("something", "else")
        out = self.folder / "other"
        self.assert_refused("has another toolkit than the driver", "sample", self.model, 10, out, "--on", self.bench.master,
                            "--conf", f"spark.executor.extraClassPath={other}")
        self.assertFalse(out.exists())

    def test_executors_without_the_toolkit_are_refused(self):
        """As when somebody calls spark-submit by hand and forgets --jars: the driver finds its classes, executors do not."""
        out = self.folder / "without"
        names = ("latent4j-toolkit-", "api-", "basicdataset-", "pytorch-", "jna-")
        jars = os.pathsep.join(str(jar) for jar in lab.LIB.glob("*.jar") if jar.name.startswith(names))
        command = [lab.SPARK_HOME / "bin" / "spark-submit", "--master", self.bench.master, "--conf", "spark.driver.host=127.0.0.1",
                   "--driver-class-path", jars, "--class", "latent4j.spark.Draw", lab.SPARK_JAR, self.model, out, 10, 0,
                   "images"]
        answer = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                                env={**os.environ, "SPARK_HOME": str(lab.SPARK_HOME), "SPARK_LOCAL_IP": "127.0.0.1"})
        self.assertEqual(2, answer.returncode, answer.stderr[-2000:])
        self.assertIn("error: the executors do not have the toolkit", answer.stdout)
        self.assertFalse(out.exists())


class Launcher(unittest.TestCase):
    """What needs no Spark."""

    def test_a_cluster_that_does_not_run_is_said(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(lab, "CLUSTER", Path(folder)):
            with self.assertRaisesRegex(lab.Problem, "no cluster of ours runs"):
                lab.on_spark(lab.parse(["study", "x.json", "--on", "cluster"]))
            self.assertEqual({}, lab.cluster_members())

    def test_another_process_is_not_taken_for_ours(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(lab, "CLUSTER", Path(folder)):
            lab.write(Path(folder) / "worker-1.pid", str(os.getpid()))
            self.assertEqual({}, lab.cluster_members())

    def test_the_size_of_the_download_is_told_before_it(self):
        with tempfile.TemporaryDirectory() as folder, \
                mock.patch.multiple(lab, SPARK=Path(folder), SPARK_HOME=Path(folder) / "python" / "pyspark"), \
                mock.patch.object(lab, "venv_is_ready", return_value=True), mock.patch.object(lab, "ready"), \
                mock.patch.object(lab, "work") as work, mock.patch.object(lab, "say") as say:
            self.assertFalse(lab.has_spark())
            lab.prepare_spark(lab.parse(["cluster", "start"]))
            self.assertRegex(say.call_args_list[0].args[0], r"pyspark==[\d.]+ from PyPI, \d+ MB to download")
            step = work.call_args.args[0][0]
            self.assertIn(f"pyspark=={lab.pom_versions()['spark']}", step.commands[0])
            self.assertTrue(lab.has_spark())

    def test_a_shape_is_checked(self):
        self.assertEqual("3x64x48", lab.parse(["records", "images", "out", "--shape", "3x64x48"]).shape)
        with self.assertRaises(SystemExit), mock.patch("sys.stderr"):
            lab.parse(["records", "images", "out", "--shape", "3x0x48"])

    def test_settings_of_spark_are_checked(self):
        self.assertEqual(["spark.executor.memory=4g"],
                         lab.parse(["study", "x.json", "--conf", "spark.executor.memory=4g"]).conf)
        with self.assertRaises(SystemExit), mock.patch("sys.stderr"):
            lab.parse(["study", "x.json", "--conf", "executor.memory=4g"])


if __name__ == "__main__":
    unittest.main()
