"""The closing line of tests/run counts what the runners say, and never calls a crash a success."""

import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import tally  # noqa: E402


def counts(*suites):
    """(passed, failed, skipped) over suites of (elements inside the test case, its output)."""
    totals = [0, 0, 0]
    for inside, output in suites:
        case = tally.xml.etree.ElementTree.fromstring(
            f'<testcase status="run">{inside}<system-out>{output}</system-out></testcase>')
        totals = [total + count for total, count in zip(totals, tally.counts_of_suite(case))]
    return tuple(totals)


ONE_PASSED = "All tests passed (1 assertion in 1 test case)\n"
FAILURE = '<failure message=""/>'


class TallyTest(unittest.TestCase):
    def test_counts_test_cases_of_catch(self):
        said = "All tests passed (12 assertions in 3 test cases)\n"
        self.assertEqual(counts(("", said)), (3, 0, 0))
        self.assertEqual(counts(("", ONE_PASSED)), (1, 0, 0))
        said = "test cases:   9 |   7 passed | 2 failed\nassertions: 5129 | 5127 passed | 2 failed\n"
        self.assertEqual(counts((FAILURE, said)), (7, 2, 0))
        self.assertEqual(counts((FAILURE, "test cases: 1 | 1 failed\n")), (0, 1, 0))

    def test_counts_what_was_skipped_for_want_of_data(self):
        said = "warning:\n  skipped: no shared data\n\n" + ONE_PASSED
        self.assertEqual(counts(("", said)), (0, 0, 1))

    def test_counts_tests_of_unittest(self):
        self.assertEqual(counts(("", "Ran 5 tests in 0.1s\n\nOK\n")), (5, 0, 0))
        self.assertEqual(counts(("", "Ran 5 tests in 0.1s\n\nOK (skipped=2)\n")), (3, 0, 2))
        said = "Ran 5 tests in 0.1s\n\nFAILED (failures=1, errors=1, skipped=1)\n"
        self.assertEqual(counts((FAILURE, said)), (2, 2, 1))

    def test_counts_plain_closing_lines(self):
        said = ("", "3 passed, 0 failed\n"), ("", "1 passed, 0 failed, 4 skipped\n")
        self.assertEqual(counts(*said), (4, 0, 4))

    def test_a_suite_that_died_has_failed(self):
        self.assertEqual(counts((FAILURE, "Segmentation fault")), (0, 1, 0))
        self.assertEqual(counts((FAILURE, ONE_PASSED)), (1, 1, 0))
        self.assertEqual(counts(('<skipped message=""/>', "")), (0, 1, 0))

    def test_a_silent_suite_is_one_test(self):
        self.assertEqual(counts(("", "")), (1, 0, 0))

    def test_nothing_run_is_no_success(self):
        with tempfile.NamedTemporaryFile("w", suffix=".xml") as results:
            results.write("<testsuite/>")
            results.flush()
            with contextlib.redirect_stdout(io.StringIO()):
                self.assertEqual(tally.main([results.name]), 1)


if __name__ == "__main__":
    unittest.main()
