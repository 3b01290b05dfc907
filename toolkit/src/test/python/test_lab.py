"""Tests of the launcher's parts, none of which starts a kernel."""

import argparse
import os
import stat
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from launcher import lab


def options(**changes):
    return argparse.Namespace(**{"threads": 3, "threads_given": False, "engine": "pytorch", "gpu": False, "smoke": False, "yes": False, **changes})


class Folder(unittest.TestCase):
    """A test with an empty folder, whose name has a space."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="with space ")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def replace(self, **values):
        for name, value in values.items():
            patch = mock.patch.object(lab, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def jar(self, name):
        with zipfile.ZipFile(self.folder / name, "w") as made:
            made.writestr("entry", "")

    def program(self, name, text):
        """A program that prints a text, to stand for another one."""
        file = self.folder / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\ncat <<'END' | tee /dev/stderr\n{text}\nEND\n")
        file.chmod(file.stat().st_mode | stat.S_IEXEC)
        return file


class Pins(unittest.TestCase):
    def test_the_files_pins(self):
        pins = lab.pins()
        self.assertRegex(pins["jjava"], r"^1\.0")
        self.assertLessEqual({"jupyterlab", "nbclient", "nbconvert"}, set(pins))
        self.assertFalse({"openjdk", "maven", "python", "pip"} & set(pins))

    def test_both_spellings(self):
        text = "name: x\ndependencies:\n  - maven\n  - a-b=1.2  # why\n  - pip:\n      - jjava==1.0a8\n"
        self.assertEqual({"a-b": "1.2", "jjava": "1.0a8"}, lab.pins(text))

    def test_errors_name_the_line(self):
        for text, said in {
            "dependencies:\n  - a>=1\n": "line 2: expected",
            "dependencies:\n  - a\n": "line 2: a has no version",
            "dependencies:\n  - a=1\n": "no pin of jjava",
            "dependencies:\n  - pip:\n      - jjava=1\n": "line 3",
        }.items():
            with self.subTest(text), self.assertRaisesRegex(lab.Problem, said):
                lab.pins(text)

    def test_versions_of_the_pom(self):
        versions = lab.pom_versions()
        self.assertRegex(versions["djl"], r"^\d+\.\d+")
        self.assertRegex(versions["latent4j"], r"^\d+\.\d+")
        self.assertEqual(f"torch=={versions['pytorch']}", lab.torch_pin())


@unittest.skipIf(os.name == "nt", "the programs that stand for java and mvn are shell scripts")
class Tools(Folder):
    def environment(self, **values):
        patch = mock.patch.dict(os.environ, values)
        patch.start()
        self.addCleanup(patch.stop)

    def problem(self, find):
        with self.assertRaises(lab.Problem) as caught:
            find()
        self.assertTrue(caught.exception.remedy)
        return str(caught.exception)

    def test_no_java(self):
        self.environment(JAVA_HOME=str(self.folder))
        self.assertRegex(self.problem(lab.find_java), "JDK of version 17 or later is needed.*nothing found")

    def test_old_java(self):
        self.program("java", "    java.home = /old\n    java.version = 11.0.2")
        self.environment(JAVA_HOME=str(self.folder))
        self.assertIn("has 11.0.2", self.problem(lab.find_java))

    def test_java_without_compiler(self):
        self.program("java", f"    java.home = {self.folder}\n    java.version = 17.0.1")
        self.environment(JAVA_HOME=str(self.folder))
        self.assertIn("without a compiler", self.problem(lab.find_java))

    def test_good_java(self):
        java = self.program("java", f"    java.home = {self.folder}\n    java.version = 21.0.1")
        self.program("javac", "")
        self.environment(JAVA_HOME=str(self.folder))
        self.assertEqual((str(java), self.folder, "21.0.1"), lab.find_java())

    def test_no_maven(self):
        with mock.patch.object(lab.shutil, "which", return_value=None):
            self.assertIn("mvn is not on the path", self.problem(lambda: lab.find_maven(self.folder)))

    def test_old_maven(self):
        old = self.program("mvn", "Apache Maven 3.6.3 (x)")
        with mock.patch.object(lab.shutil, "which", return_value=str(old)):
            self.assertIn("found 3.6.3", self.problem(lambda: lab.find_maven(self.folder)))

    def test_no_venv_module(self):
        with mock.patch.object(lab.importlib.util, "find_spec", return_value=None):
            self.assertIn("module venv is missing", self.problem(lab.check_python_modules))


class Making(Folder):
    def setUp(self):
        super().setUp()
        self.replace(LAB=self.folder, VENV=self.folder / "venv", LIB=self.folder, LOGS=self.folder / "log")

    def test_an_interrupted_environment_is_not_taken_for_good(self):
        lab.venv_python().parent.mkdir(parents=True)
        lab.venv_python().write_text("")
        self.assertFalse(lab.venv_is_ready())
        lab.write(lab.VENV / "complete", lab.venv_fingerprint())
        self.assertTrue(lab.venv_is_ready())

    def test_other_pins_make_the_environment_stale(self):
        lab.write(lab.VENV / "complete", lab.venv_fingerprint())
        with mock.patch.object(lab, "pins", return_value={"jjava": "9"}):
            self.assertFalse(lab.venv_is_ready())

    def test_a_missing_jar_makes_the_toolkit_stale(self):
        self.jar("a.jar")
        self.jar("b.jar")
        lab.write(lab.LAB / "toolkit.complete", lab.toolkit_fingerprint())
        self.assertTrue(lab.toolkit_is_ready(options()))
        (self.folder / "b.jar").unlink()
        self.assertFalse(lab.toolkit_is_ready(options()))

    def test_the_toolkit_is_built_anew_for_the_second_engine(self):
        self.replace(find_maven=lambda home: ("mvn", "3.9"))
        self.jar("a.jar")
        lab.write(lab.LAB / "toolkit.complete", lab.toolkit_fingerprint())
        self.assertFalse(lab.toolkit_is_ready(options(engine="mxnet")))
        self.replace(remove=lambda folder: None)
        self.assertIn("-Pmxnet", lab.toolkit_step("java", options(engine="mxnet")).commands[0])
        self.assertNotIn("-Pmxnet", lab.toolkit_step("java", options()).commands[0])
        self.jar("mxnet-native-mkl-1.jar")
        self.assertIn("-Pmxnet", lab.toolkit_step("java", options()).commands[0], "what is there is kept")
        lab.write(lab.LAB / "toolkit.complete", lab.toolkit_fingerprint())
        self.assertTrue(lab.toolkit_is_ready(options(engine="mxnet")))

    def test_a_failed_step_shows_the_end_of_its_output(self):
        failing = lab.Step("failing", [[sys.executable, "-c", "print('the reason'); exit(3)"]])
        with self.assertRaisesRegex(lab.Problem, "failing failed:\nthe reason"):
            lab.work([failing])

    def test_a_failure_stops_the_other_step(self):
        failing = lab.Step("failing", [[sys.executable, "-c", "exit(3)"]])
        endless = lab.Step("endless", [[sys.executable, "-c", "import time; time.sleep(60)"]])
        with self.assertRaises(lab.Problem):
            lab.work([endless, failing])
        self.assertIsNotNone(endless.process.poll())

    def test_files_are_written_whole_or_not_at_all(self):
        file = self.folder / "file"
        lab.write(file, "old")
        with self.assertRaises(UnicodeEncodeError):
            lab.write(file, "new" * 10_000 + "\ud800")
        self.assertEqual("old", lab.read(file))
        self.assertEqual(["file"], [f.name for f in self.folder.iterdir()])


class Kernel(Folder):
    def setUp(self):
        super().setUp()
        self.replace(LIB=self.folder)
        for name in ("api-1.jar", "pytorch-native-cpu-2.7.1-linux-x86_64.jar"):
            self.jar(name)

    def test_environment_on_the_cpu(self):
        environment = lab.kernel_environment(options(smoke=True))
        jars = environment["JJAVA_CLASSPATH"].split(os.pathsep)
        self.assertEqual(2, len(jars))
        self.assertTrue(all(os.path.isabs(jar) for jar in jars))
        self.assertEqual("cpu", environment["LATENT4J_DEVICE"])
        self.assertEqual("3", environment["LATENT4J_THREADS"])
        self.assertEqual("1", environment["LATENT4J_SMOKE"])
        self.assertEqual("true", environment["OPT_OUT_TRACKING"])
        self.assertNotIn("LATENT4J_SMOKE", lab.kernel_environment(options()))

    @unittest.skipIf(os.name == "nt", "Windows fetches its own library")
    def test_environment_on_the_gpu(self):
        environment = lab.kernel_environment(options(gpu=True))
        self.assertNotIn("pytorch-native-cpu", environment["JJAVA_CLASSPATH"])
        self.assertEqual("gpu", environment["LATENT4J_DEVICE"])
        self.assertEqual(str(lab.GPU / "torch" / "lib"), environment["PYTORCH_LIBRARY_PATH"])
        self.assertEqual("cu128", environment["PYTORCH_FLAVOR"])
        self.assertEqual(lab.pom_versions()["pytorch"], environment["PYTORCH_VERSION"])

    def test_command(self):
        command = lab.kernel_command(options(), "java", "17.0.1")
        self.assertIn("-Dai.djl.pytorch.num_threads=3", command)
        self.assertNotIn("--enable-native-access=ALL-UNNAMED", command)
        self.assertIn("--enable-native-access=ALL-UNNAMED", lab.kernel_command(options(), "java", "25"))

    @unittest.skipIf(os.name == "nt", "Windows fetches its own library")
    def test_command_on_the_gpu(self):
        """DJL finds no GPU unless JNA finds CUDA's runtime, where the wheel puts it."""
        self.replace(GPU=self.folder / "gpu")
        property = f"-Djna.library.path={self.folder / 'gpu/nvidia/cuda_runtime/lib'}"
        self.assertIn(property, lab.kernel_command(options(gpu=True), "java", "17.0.1"))
        self.assertNotIn("jna", " ".join(lab.kernel_command(options(), "java", "17.0.1")))

    def test_a_broken_jar_is_named(self):
        (self.folder / "broken.jar").write_text("no jar")
        with self.assertRaisesRegex(lab.Problem, "broken.jar is not a readable jar"):
            lab.class_path(options())

    def test_no_jar_at_all(self):
        self.replace(LIB=self.folder / "empty")
        with self.assertRaisesRegex(lab.Problem, "no jar in"):
            lab.class_path(options())


class Engine(Folder):
    def test_each_engine_has_its_own_class_path(self):
        self.replace(LIB=self.folder)
        for name in ("api-1.jar", "pytorch-engine-1.jar", "mxnet-engine-1.jar"):
            self.jar(name)
        names = lambda engine: [jar.name for jar in lab.class_path(options(engine=engine))]
        self.assertEqual(["api-1.jar", "pytorch-engine-1.jar"], names("pytorch"))
        self.assertEqual(["api-1.jar", "mxnet-engine-1.jar"], names("mxnet"))
        self.assertEqual("MXNet", lab.kernel_environment(options(engine="mxnet"))["LATENT4J_ENGINE"])
        self.assertEqual("PyTorch", lab.kernel_environment(options())["LATENT4J_ENGINE"])

    def refusal(self, machine, mac=False, **changes):
        self.replace(MAC=mac)
        with mock.patch.object(lab.platform, "machine", return_value=machine):
            with self.assertRaises(lab.Problem) as caught:
                lab.check_mxnet(options(engine="mxnet", **changes))
            lab.check_mxnet(options())
        return f"{caught.exception} {caught.exception.remedy}"

    def test_where_there_is_no_library(self):
        for said in (self.refusal("arm64", mac=True), self.refusal("aarch64")):
            self.assertRegex(said, "needs Linux or Windows on x86-64.*leave out --engine")

    def test_not_on_a_gpu(self):
        self.assertIn("leave out --gpu", self.refusal("x86_64", gpu=True))


class Gpu(Folder):
    def refusal(self, machine, mac=False, driver=None, smi=None):
        self.replace(
            MAC=mac, WINDOWS=False, cuda_driver=lambda: driver, nvidia_smi=lambda: smi, GPU=self.folder / "gpu"
        )
        with mock.patch.object(lab.platform, "machine", return_value=machine):
            with self.assertRaises(lab.Problem) as caught:
                lab.prepare_gpu(yes=False)
        return f"{caught.exception} {caught.exception.remedy}"

    def test_on_a_mac(self):
        self.assertRegex(self.refusal("arm64", mac=True), "needs Linux or Windows on x86-64.*leave out --gpu")

    def test_on_another_processor(self):
        self.assertIn("aarch64, for which DJL has no GPU library", self.refusal("aarch64"))

    def test_without_a_driver(self):
        said = self.refusal("x86_64")
        self.assertIn("looked for libcuda.so.1: not found, and for nvidia-smi: no GPU reported", said)
        self.assertIn("leave out --gpu", said)

    def test_the_download_is_announced_and_needs_a_yes(self):
        with mock.patch("builtins.print") as printed, mock.patch.object(lab.sys, "stdin") as stdin:
            stdin.isatty.return_value = False
            said = self.refusal("x86_64", driver="libcuda.so.1", smi="NVIDIA X")
        self.assertIn("--yes", said)
        self.assertIn("about 4 GB", printed.call_args_list[0].args[0])

    def test_with_a_yes_the_wheel_goes_to_its_own_folder(self):
        self.replace(MAC=False, WINDOWS=False, cuda_driver=lambda: "libcuda.so.1", GPU=self.folder / "gpu")
        steps = []
        with mock.patch.object(lab.platform, "machine", return_value="x86_64"), mock.patch.object(
            lab, "work", steps.extend
        ), mock.patch("builtins.print"):
            lab.prepare_gpu(yes=True)
            command = steps[0].commands[0]
            self.assertEqual(["--target", lab.GPU, lab.torch_pin()], command[-3:])
            steps.clear()
            lab.prepare_gpu(yes=False)
            self.assertEqual([], steps, "the second time there is nothing to do")


class JavaTests(Folder):
    """What Maven is started with."""

    def setUp(self):
        super().setUp()
        self.started = []
        self.replace(
            ROOT=self.folder, LAB=self.folder, GPU=self.folder / "gpu", WINDOWS=False,
            find_java=lambda: ("java", self.folder, "17.0.1"), find_maven=lambda home: ("mvn", "3.9"),
            check_gpu=lambda: None, prepare=lambda home, options: None, prepare_gpu=lambda yes: None,
            gpu_environment=dict, gpu_stamp=lambda: "stamp", venv_is_ready=lambda: True,
            toolkit_fingerprint=lambda: "", call=lambda *call, **more: self.started.append(call) or 0,
        )
        without = {k: v for k, v in os.environ.items() if k not in ("LATENT4J_PYTHON", "PYTHONPATH")}
        environment = mock.patch.dict(os.environ, without, clear=True)
        environment.start()
        self.addCleanup(environment.stop)

    def maven(self, **changes):
        lab.test_java(options(**{"full": False, **changes}))
        return self.started.pop()

    def test_the_gpu_is_found_in_tests_too(self):
        command, _ = self.maven(gpu=True)
        self.assertIn("-Dgpu", command)
        self.assertIn(f"-Djna.library.path={self.folder / 'gpu/nvidia/cuda_runtime/lib'}", command)
        self.assertNotIn("jna", " ".join(self.maven()[0]))

    def test_the_second_engine_has_its_own_run(self):
        self.replace(runs_mxnet=lambda: True)
        command, environment = self.maven()
        self.assertIn("-Pmxnet", command)
        self.assertNotIn("-Dskip.pytorch.tests", command)
        self.assertNotIn("LATENT4J_ENGINE", environment)
        self.assertIn("-Dskip.pytorch.tests", self.maven(engine="mxnet")[0])
        self.replace(runs_mxnet=lambda: False)
        self.assertNotIn("-Pmxnet", self.maven()[0])

    def test_python_has_torch_where_the_gpus_library_was_fetched(self):
        self.assertNotIn("LATENT4J_PYTHON", self.maven(full=True)[1])
        lab.write(self.folder / "gpu" / "complete", "stamp")
        self.assertNotIn("LATENT4J_PYTHON", self.maven()[1])
        environment = self.maven(full=True)[1]
        self.assertEqual(str(lab.venv_python()), environment["LATENT4J_PYTHON"])
        self.assertEqual(str(self.folder / "gpu"), environment["PYTHONPATH"])

    def test_a_python_that_the_reader_names_is_taken(self):
        lab.write(self.folder / "gpu" / "complete", "stamp")
        os.environ["LATENT4J_PYTHON"] = "mine"
        environment = self.maven(full=True)[1]
        self.assertEqual("mine", environment["LATENT4J_PYTHON"])
        self.assertNotIn("PYTHONPATH", environment)


class Machine(unittest.TestCase):
    def test_numbers_are_sensible(self):
        self.assertGreaterEqual(lab.physical_cores(), 1)
        self.assertLessEqual(lab.physical_cores(), os.cpu_count())
        self.assertGreater(lab.memory(), lab.GIB)

    def test_heap_is_a_quarter_between_bounds(self):
        for gib, heap in {1: 2, 8: 2, 16: 4, 24: 6, 64: 8}.items():
            with mock.patch.object(lab, "memory", return_value=gib * lab.GIB):
                self.assertEqual(heap, lab.heap_gib())


class Words(unittest.TestCase):
    def test_without_a_command_it_is_jupyterlab(self):
        self.assertEqual("jupyter", lab.parse([]).command)
        self.assertEqual(9999, lab.parse(["--port", "9999"]).port)
        self.assertEqual(2, lab.parse(["--threads", "2"]).threads)

    def test_tests_use_one_thread(self):
        self.assertEqual(1, lab.parse(["test"]).threads)
        self.assertEqual(lab.physical_cores(), lab.parse(["run"]).threads)

    def test_nonsense_is_refused(self):
        for words in (["run", "--threads", "0"], ["test", "jva"], ["fly"]):
            with self.subTest(words), mock.patch("sys.stderr"), self.assertRaises(SystemExit):
                lab.parse(words)


class Counting(Folder):
    def test_unittest(self):
        for report, status, expected in [
            ("Ran 3 tests in 1s\n\nOK\n", 0, "3 passed, 0 failed, 0 skipped"),
            ("Ran 5 tests in 1s\n\nFAILED (failures=1, errors=1, skipped=1)\n", 1, "2 passed, 2 failed, 1 skipped"),
            ("Traceback\n", 1, "0 passed, 1 failed, 0 skipped"),
        ]:
            self.assertEqual(expected, str(lab.python_count(report, status)))
        report = "FAIL: test_a (test_x.X.test_a)\n---\nRan 2 tests in 1s\n\nFAILED (failures=1)\n"
        self.assertEqual(("test_a (test_x.X.test_a)",), lab.python_count(report, 1).names)

    def test_surefire(self):
        for name, values in {"A": (4, 1, 0, 1), "B": (2, 0, 1, 0)}.items():
            tests, failures, errors, skipped = values
            (self.folder / f"TEST-{name}.xml").write_text(
                f'<testsuite tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}">'
                f'<testcase classname="{name}" name="good"/>'
                f'<testcase classname="{name}" name="bad"><{"failure" if failures else "error"}/></testcase></testsuite>'
            )
        count = lab.java_count(self.folder)
        self.assertEqual("3 passed, 2 failed, 1 skipped", str(count))
        self.assertEqual(("A.bad", "B.bad"), count.names)


class Tidying(unittest.TestCase):
    def test_paths_of_this_machine(self):
        text = f"{lab.ROOT}/data and {Path.home()}{os.sep}x"
        self.assertEqual(f"./data and ~{os.sep}x", lab.without_machine_paths(text))
        self.assertEqual(f"{lab.ROOT}-other/x", lab.without_machine_paths(f"{lab.ROOT}-other/x"))

    def test_signs(self):
        self.assertEqual([], lab.signs("all is well\nCaused by nothing"))
        self.assertEqual(
            ['Exception in thread "T" java.lang.Error: x'],
            lab.signs('before\nException in thread "T" java.lang.Error: x\n\tat A.b\n'),
        )
        self.assertEqual(1, len(lab.signs("java.util.ServiceConfigurationError: provider not found")))


if __name__ == "__main__":
    unittest.main()
