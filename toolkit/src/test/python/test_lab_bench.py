"""Tests of the benchmark's statistics and table, and that both of its sides do the same work."""

import argparse
import contextlib
import io
import json
import math
import os
import random
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from launcher import lab

sys.path.insert(0, str(Path(__file__).resolve().parent / "bench"))

import bench  # noqa: E402
import report  # noqa: E402


class Statistics(unittest.TestCase):
    def test_the_median(self):
        self.assertEqual(3, report.median([5, 1, 3]))
        self.assertEqual(2.5, report.median([4, 1, 2, 3]))

    def test_the_interval_is_of_the_order_alone(self):
        # Of 10 values the 2nd and the 9th: beyond them lies the median with probability 2·(1 + 10)/1024 = 2.1 %;
        # beyond the 3rd and the 8th with 2·(1 + 10 + 45)/1024 = 10.9 %.
        self.assertEqual([2, 9], report.interval([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]))
        self.assertEqual([1, 600], report.interval([3, 1, 2, 600, 5, 4]))

    def test_too_few_values_have_no_interval(self):
        self.assertIsNone(report.interval([1, 2, 3, 4, 5]))
        self.assertIsNone(report.interval([1]))

    def test_the_interval_covers_the_median_as_often_as_it_says(self):
        draw, missed, times = random.Random(7), 0, 4000
        for _ in range(times):
            low, high = report.interval([draw.expovariate(1) for _ in range(12)])
            missed += not low <= math.log(2) <= high
        self.assertLess(missed / times, 0.05)
        self.assertGreater(missed / times, 0.025)  # 3.9 % for 12 values: no wider than it need be

    def test_one_more_block_is_no_growth_and_a_leak_is(self):
        steps = range(0, 810, 10)
        self.assertEqual([7] * 8, report.growth([(x, 100 + 7 * x) for x in steps]))
        block = report.growth([(x, 100 + (5000 if x > 333 else 0)) for x in steps])
        self.assertEqual([0, 0, 0, 50, 0, 0, 0, 0], block)


class Rows(unittest.TestCase):
    def test_ratios_are_taken_round_by_round(self):
        # The machine was half as fast in the second round: no ratio sees it.
        made = report.row("w", 2, "steps/s", {
            "ours": [12, 6, 12], "peer": [10, 5, 10], "peer_fused": [6, 3, 6], "floor": [24, 12, 24]})
        self.assertEqual(("w", 2, "steps/s", 3), tuple(made[n] for n in ("workload", "threads", "unit", "rounds")))
        self.assertEqual((12, 10, 6), (made["ours"], made["peer"], made["peer_fused"]))
        self.assertAlmostEqual(1.2, made["ratio"])
        self.assertAlmostEqual(2, made["ratio_fused"])
        self.assertAlmostEqual(0.5, made["floor_share"])

    def test_above_one_means_better_also_where_less_is_better(self):
        made = report.row("start", 1, "s", {"ours": [2, 2], "peer": [3, 3]}, better="lower")
        self.assertAlmostEqual(1.5, made["ratio"])
        self.assertIsNone(made["ratio_fused"])

    def test_growth_has_no_ratio(self):
        made = report.row("memory", 1, "bytes/step", {"ours": [3.0], "peer": [5.0]}, better="neither")
        self.assertEqual((3, 5, None, None), tuple(made[n] for n in ("ours", "peer", "ratio", "floor_share")))

    def test_numbers_have_three_digits(self):
        for value, said in {1234.5: "1,234", 156.4: "156", 15.64: "15.6", 1.2345: "1.23", 0.0123: "0.0123",
                            0.0: "0", None: "–", -15.64: "-15.6"}.items():
            self.assertEqual(said, report.number(value))

    def test_newer_rows_take_the_place_of_older_ones(self):
        rows = [{"workload": "a", "threads": 1, "ours": 1}, {"workload": "b", "threads": 1, "ours": 2}]
        newer = [{"workload": "a", "threads": 1, "ours": 9}, {"workload": "a", "threads": 2, "ours": 8}]
        self.assertEqual([9, 2, 8], [made["ours"] for made in report.merge(rows, newer)])


class Turns(unittest.TestCase):
    class Side:
        def __init__(self, name, asked):
            self.name, self.asked = name, asked

        def rate(self, seconds):
            self.asked.append(self.name)
            return seconds

    def test_every_round_begins_with_another_side(self):
        asked = []
        rates = bench.take_turns({name: self.Side(name, asked) for name in "abc"}, 3, 1.5)
        self.assertEqual("abc", "".join(asked[:3]))  # which does not count
        self.assertEqual("abc" "bca" "cab", "".join(asked[3:]))
        self.assertEqual([1.5] * 3, rates["a"])

    def cores(self, rates):
        """A machine that gives these rates, one after the other."""
        side = mock.Mock()
        side.rate.side_effect = rates
        return bench.Cores(side)

    def test_a_turn_is_repeated_until_the_machine_was_whole_before_and_after(self):
        turns = iter("abc")
        # Whole, then half after the first turn; half before the second, waited for; whole on both sides of it.
        cores = self.cores([100, 55, 56, 99, 98])
        with mock.patch.object(bench.time, "sleep") as sleep:
            self.assertEqual("b", cores.undisturbed(lambda: next(turns)))
        self.assertEqual((1, 0), (sleep.call_count, cores.disturbed))

    def test_a_machine_that_stays_disturbed_is_measured_and_said(self):
        cores = self.cores([100] + [50] * 100)
        cores.whole()
        clock = iter(range(1000))
        with mock.patch.object(bench.time, "sleep"), mock.patch.object(bench.time, "perf_counter", lambda: next(clock)):
            self.assertEqual("turn", cores.undisturbed(lambda: "turn"))
        self.assertEqual(1, cores.disturbed)

    def test_a_validation_is_spread_over_its_epoch(self):
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder, "side.py")
            script.write_text("print('{\"validation_seconds\": 3, \"steps_per_epoch\": 100}', flush=True)\n"
                              "input(); print('epoch 1 of 2'); print('{\"steps\": 10, \"seconds\": 0.7}')\n")
            side = bench.Side("it", [sys.executable, script], dict(os.environ)).warm()
            self.addCleanup(side.stop)
            self.assertAlmostEqual(1 / (0.07 + 0.03), side.rate(1))

    def test_a_side_that_dies_is_quoted(self):
        side = bench.Side("it", [sys.executable, "-c", "raise SystemExit('no memory')"], dict(os.environ))
        self.addCleanup(side.stop)
        with self.assertRaisesRegex(lab.Problem, "it ended with status 1:\nno memory"):
            side.warm()


class Readme(unittest.TestCase):
    def test_its_table_is_what_the_results_give(self):
        readme = lab.read(lab.ROOT / "README.md")
        rows = report.read(bench.RESULTS)["rows"]
        self.assertGreater(len(rows), 0)
        self.assertEqual(report.with_table(readme, rows), readme, "run ./lab bench --readme")

    def test_the_results_say_what_they_must(self):
        for made in report.read(bench.RESULTS)["rows"]:
            self.assertLessEqual(
                {"workload", "threads", "unit", "ours", "peer", "peer_fused", "ratio", "ratio_fused", "floor_share", "cpu",
                 "versions", "date"}, set(made))

    def test_only_what_is_between_the_markers_changes(self):
        text = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
        rows = [report.row("w", 1, "steps/s", {"ours": [3.0] * 6, "peer": [2.0] * 6})]
        made = report.with_table(text, rows)
        self.assertTrue(made.startswith(f"before\n{report.BEGIN}\n|") and made.endswith(f"{report.END}\nafter\n"), made)
        self.assertIn("| `w`, steps/s | 1 | 3.00 | 2.00 | – | 1.50 [1.50, 1.50] | – | – |", made)
        self.assertEqual(made, report.with_table(made, rows))

    def test_missing_markers_are_said(self):
        with self.assertRaisesRegex(ValueError, "expected the markers"):
            report.with_table("nothing", [])


class Commands(unittest.TestCase):
    def options(self, *words):
        return argparse.Namespace(**{**vars(lab.parse(["bench", *words])), "function": None})

    def test_threads_are_those_asked_for_or_several(self):
        self.assertIsNone(self.options().threads)
        self.assertEqual(3, self.options("--threads", "3").threads)

    def test_the_list_names_every_workload(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.assertEqual(0, bench.main(self.options("--list")))
        listed = [line.split()[0] for line in out.getvalue().splitlines()]
        self.assertEqual([*bench.WORKLOADS, "resume", "studies"], listed)
        self.assertLessEqual(
            {"vae-mlp", "vae-conv", "gan-ring", "dcgan", "wgan-gp", "sampling", "start", "memory-vae-mlp", "memory-kernel"}, set(listed))

    def test_an_unknown_workload_is_refused_with_those_there_are(self):
        with self.assertRaises(lab.Problem) as caught:
            bench.main(self.options("vae-mpl"))
        self.assertIn("vae-mpl", str(caught.exception))
        self.assertIn("vae-mlp", caught.exception.remedy)

    def test_a_gpu_is_refused(self):
        with self.assertRaisesRegex(lab.Problem, "on the CPU"):
            bench.main(self.options("vae-mlp", "--gpu"))

    def test_a_python_without_the_peer_is_refused(self):
        with mock.patch.dict(os.environ, {"LATENT4J_PYTHON": sys.executable}):
            with self.assertRaisesRegex(lab.Problem, "The peer is PyTorch"):
                bench.peer_python(False)


@unittest.skipUnless(os.environ.get("LATENT4J_PYTHON"), "LATENT4J_PYTHON names no Python that has PyTorch")
class SameWork(unittest.TestCase):
    def test_both_sides_compute_the_same(self):
        made = bench.Bench(argparse.Namespace(threads=1, yes=False, rounds=1, seconds=1.0))
        made.data_cell = lambda training: (
            "var data = Datasets.digits(800, 10);" if training.data == "images" else "var data = Datasets.ring();")
        trainings = {n: w for n, w in bench.WORKLOADS.items() if isinstance(w, bench.Training)}
        self.assertEqual(5, len(trainings))
        for name, training in trainings.items():
            with self.subTest(name):
                self.assertIn("the same losses", training.same_work(name, made))


if __name__ == "__main__":
    unittest.main()
