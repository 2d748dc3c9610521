"""What a nightly job leaves for those who watch it: log, metrics, units of systemd."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
import unittest

from tool import ROOT, TOOL, ToolTest, row, story, wirecopy

SYSTEMD = ROOT / "src/packaging/systemd"
LABEL = r'[a-z]+="(?:[^"\\\n]|\\.)*"'
SERIES = re.compile(rf"(wirecopy_[a-z_]+)\{{({LABEL}(?:,{LABEL})*)\}} ([0-9]+(?:\.[0-9]+)?)")


def parsed(text):
    """Values by name and labels, of text in the format of Prometheus; every line has to be one that it allows."""
    values, helped, typed = {}, set(), set()
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name = line.split(" ", 3)[2]
            assert name not in helped and line.split(" ", 3)[3].endswith("."), line
            helped.add(name)
        elif line.startswith("# TYPE "):
            name, kind = line.split(" ")[2:]
            assert name in helped and name not in typed and kind == "gauge", line
            typed.add(name)
        else:
            match = SERIES.fullmatch(line)
            assert match and match[1] == name and match[1] in typed, line
            labels = frozenset(re.findall(r'([a-z]+)="((?:[^"\\]|\\.)*)"', match[2]))
            assert (match[1], labels) not in values, line
            values[match[1], labels] = float(match[3])
    assert text.endswith("\n")
    return values


class NightlyTest(ToolTest):
    def setUp(self):
        super().setUp()
        self.index, self.metrics, self.log = (self.folder / n for n in ("index", "night.prom", "night.log"))
        self.night = self.file("rows.jsonl", self.articles() + "{broken\n" + row("0a", story(0), source="Herald"))
        wirecopy("index", "create", self.index)

    def run_night(self, verb, *arguments, code=0, json_log=True, **options):
        done = wirecopy("index", verb, self.index, *arguments, "--metrics-file", self.metrics, "--log", self.log,
                        "--log-format", "json" if json_log else "plain", **options)
        self.assert_code(done, code)
        return done

    def values(self, verb="add"):
        """Values of a verb by name, or by name and what the last label says."""
        values = {}
        for (name, labels), value in parsed(self.metrics.read_text()).items():
            labels = dict(labels)
            self.assertEqual(labels.pop("index"), str(self.index.resolve()))
            if labels.pop("verb", verb) == verb:
                values[(name[9:], *labels.values()) if labels else name[9:]] = value
        return values

    def logged(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def test_metrics_tell_all_counts_of_a_night(self):
        began = time.time()
        self.run_night("add", self.night)
        values = self.values()
        for name in ("last_success_timestamp_seconds", "last_run_timestamp_seconds"):
            self.assertTrue(began - 1 <= values[name] <= time.time() + 1)
        self.assertTrue(0 < values["last_run_duration_seconds"] < 120)
        counts = {result: values["rows", result] for result in ("read", "kept", "dropped", "rejected", "repeated")}
        self.assertEqual(counts, {"read": 32, "kept": 10, "dropped": 20, "rejected": 1, "repeated": 1})
        events = {k[1]: v for k, v in values.items() if k[0] == "cluster_events"}
        self.assertEqual(events, {"new": 10, "grew": 0, "shrank": 0, "merged_into": 0, "split_from": 0, "retired": 0})
        self.assertEqual([values[n] for n in ("last_run_exit_code", "weak_members", "capped_fingerprints", "articles",
                                              "generation")], [0, 0, 0, 30, 1])

    def test_a_failed_night_keeps_the_last_success_and_the_counts(self):
        self.run_night("add", self.night)
        before = self.values()
        self.run_night("add", self.folder / "missing.jsonl", code=1)
        after = self.values()
        self.assertEqual(after.pop("last_run_exit_code"), 1)
        self.assertGreaterEqual(after.pop("last_run_timestamp_seconds"), before["last_run_timestamp_seconds"])
        after.pop("last_run_duration_seconds")
        self.assertEqual(after, {k: v for k, v in before.items() if k in after})
        self.run_night("add", self.night, "--max-bad", 0, code=3)
        self.assertEqual(self.values()["last_run_exit_code"], 3)
        self.assertEqual(self.values()["last_success_timestamp_seconds"], before["last_success_timestamp_seconds"])

    def test_an_index_that_never_had_a_good_night_says_so(self):
        self.run_night("add", self.folder / "missing.jsonl", code=1)
        values = self.values()
        self.assertEqual((values["last_success_timestamp_seconds"], values["last_run_exit_code"]), (0, 1))
        self.assertNotIn("articles", values)

    def test_verbs_share_a_metrics_file(self):
        self.run_night("add", self.night)
        self.run_night("remove", "0b", "nobody")
        self.run_night("expire", "--before", "2024-05-02")
        self.assertEqual(self.values("remove")["cluster_events", "shrank"], 1)
        self.assertEqual(self.values("expire")["cluster_events", "retired"], 10)
        self.assertEqual((self.values()["rows", "read"], self.values()["articles"]), (32, 10))

    def test_promtool_agrees(self):
        promtool = shutil.which("promtool")
        if promtool is None:
            self.skipTest("promtool is not installed (Debian: prometheus)")
        self.index = self.folder / 'an "index"\\\n'
        wirecopy("index", "create", self.index)
        self.run_night("add", self.night)
        parsed(self.metrics.read_text())
        done = subprocess.run([promtool, "check", "metrics"], input=self.metrics.read_bytes(), capture_output=True)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, b""))

    def test_a_file_that_holds_no_metrics_is_not_replaced(self):
        self.metrics.write_text("precious\n")
        done = self.run_night("add", self.night, code=1)
        self.assertIn(b"is no metrics file", done.stderr)
        self.assertEqual(self.metrics.read_text(), "precious\n")
        self.assertEqual(json.loads(wirecopy("index", "stats", self.index, "--json").stdout)["generation"], 0)

    def test_a_place_that_cannot_be_written_fails_before_the_night(self):
        for flag in ("--metrics-file", "--log"):
            done = wirecopy("index", "add", self.index, self.night, flag, self.folder / "no/such/folder")
            self.assert_code(done, 1)
            self.assertIn(b"folder", done.stderr)
        done = wirecopy("index", "add", self.index, self.night, "--log-format", "xml")
        self.assert_code(done, 2)
        self.assertIn(b"plain or json", done.stderr)
        self.assertEqual(json.loads(wirecopy("index", "stats", self.index, "--json").stdout)["generation"], 0)

    def test_the_log_has_a_line_for_each_run(self):
        self.run_night("add", self.night)
        self.run_night("add", self.night)
        self.run_night("remove", "0a", "nobody")
        self.run_night("add", self.folder / "miss\x1b[31m\ning", code=1)
        lines = self.logged()
        self.assertEqual([(r["verb"], r["exit"]) for r in lines], [("add", 0), ("add", 0), ("remove", 0), ("add", 1)])
        for line in lines:
            self.assertRegex(line["start"] + line["end"], r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ){2}$")
            self.assertLessEqual(line["start"], line["end"])
        self.assertEqual(lines[1]["rows"], {"read": 32, "kept": 0, "dropped": 0, "rejected": 1, "repeated": 31})
        self.assertEqual((lines[1]["generation"], lines[2]["gone"], lines[2]["unknown"]), (1, 1, 1))
        self.assertIsNone(lines[0]["error"])
        self.assertIn("\\u{1b}[31m", lines[3]["error"])

    def test_the_plain_log_is_for_people_and_holds_neither_control_characters_nor_text(self):
        self.run_night("add", self.night, json_log=False)
        self.run_night("add", self.folder / "miss\x1b[31m\ning", json_log=False, code=1)
        text = self.log.read_text()
        first, second = text.splitlines()
        self.assertRegex(first, r"^\S+Z add \S+/index: exit 0 at \S+Z, after [0-9.]+ s: 32 in, 20 copies, 1 rejected, "
                                r"1 known already, 10 new clusters; generation 1 holds 30 articles$")
        self.assertRegex(second, "exit 1 at .*: there is no file")
        self.assertNotIn("\x1b", text)
        self.assertFalse(any(word in text for word in story(0).split()))

    def test_a_night_that_is_stopped_or_locked_out_is_told(self):
        writer = subprocess.Popen([TOOL, "index", "add", str(self.index), "-", "--quiet", "--metrics-file",
                                   str(self.metrics), "--log", str(self.log), "--log-format", "json"],
                                  stdin=subprocess.PIPE)
        while not ((self.index / "LOCK").exists() and (self.index / "LOCK").read_bytes().strip()):
            time.sleep(0.05)
        self.run_night("add", self.night, code=75)
        self.assertEqual(self.values()["last_run_exit_code"], 75)
        writer.send_signal(signal.SIGTERM)
        writer.communicate(timeout=60)
        self.assertEqual(self.values()["last_run_exit_code"], 128 + signal.SIGTERM)
        self.assertEqual([r["exit"] for r in self.logged()], [75, 128 + signal.SIGTERM])
        self.assertIn(str(writer.pid), self.logged()[0]["error"])

    def test_systemd_accepts_the_units(self):
        if shutil.which("systemd-analyze") is None:
            self.skipTest("systemd-analyze is not installed (Debian: systemd)")
        units = [str(SYSTEMD / f"wirecopy-night.{kind}") for kind in ("service", "timer")]
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_the_service_runs_a_night_with_the_variables_of_its_example(self):
        service = (SYSTEMD / "wirecopy-night.service").read_text().replace("\\\n", "")
        self.assertIn("User=wirecopy\n", service)
        shell = re.search(r"^ExecStart=/bin/sh -c '(.*)'$", service, re.M)[1].replace("%%", "%")
        settings = dict(line.split("=", 1) for line in (SYSTEMD / "night.env").read_text().splitlines()
                        if line and not line.startswith("#"))
        here = str(self.folder)
        for name, value in settings.items():
            settings[name] = value.replace("/var/lib/wirecopy", here).replace("/var/log/wirecopy", here)
        wirecopy("index", "create", settings["WIRECOPY_INDEX"])
        self.file("incoming/night.jsonl", self.articles())
        (self.folder / "metrics").mkdir()
        (self.folder / "bin").mkdir()
        (self.folder / "bin/wirecopy").symlink_to(os.path.abspath(TOOL))
        settings["PATH"] = f"{here}/bin:/usr/bin:/bin"
        done = subprocess.run(["/bin/sh", "-c", shell], env=settings, capture_output=True)
        self.assert_code(done, 0)
        self.assertEqual(len(list(self.folder.glob("found/*/changes.jsonl"))), 1)
        self.assertEqual(json.loads((self.folder / "night.jsonl").read_text())["articles"], 30)
        self.assertIn("wirecopy_articles", (self.folder / "metrics/night.prom").read_text())


if __name__ == "__main__":
    unittest.main(verbosity=1)
