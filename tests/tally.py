"""Sums up what ctest ran.

Usage: tally.py RESULTS.xml   (of ctest --output-junit)

Prints a line a suite and, last and alone, "N passed, N failed" (with ", N skipped" where some
were), in test cases. A suite that died before it could count has failed once. Exit code: 1 if any
failed or nothing ran.
"""

import re
import sys
import xml.etree.ElementTree

CATCH_ALL_PASSED = re.compile(r"^All tests passed \(.* in (\d+) test cases?\)", re.M)
CATCH_SOME_FAILED = re.compile(r"^test cases: *(\d+).*?(\d+) failed", re.M)
UNITTEST = re.compile(r"^Ran (\d+) tests? in .*\n+(?:OK|FAILED)(?: \((.*)\))?", re.M)
PLAIN = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", re.M)
SKIPPED = re.compile(r"^ *skipped: ", re.M)  # a Catch2 test that lacks the data folder warns so


def counts_of(output):
    """(passed, failed, skipped) as a runner's closing lines tell."""
    passed = failed = skipped = 0
    for match in CATCH_ALL_PASSED.finditer(output):
        passed += int(match[1])
    for match in CATCH_SOME_FAILED.finditer(output):
        passed += int(match[1]) - int(match[2])
        failed += int(match[2])
    if passed + failed > 0:
        skipped = min(len(SKIPPED.findall(output)), passed)
        passed -= skipped
    for match in UNITTEST.finditer(output):
        told = dict(re.findall(r"(\w+)=(\d+)", match[2] or ""))
        bad = int(told.get("failures", 0)) + int(told.get("errors", 0))
        failed += bad
        skipped += int(told.get("skipped", 0))
        passed += max(0, int(match[1]) - bad - int(told.get("skipped", 0)))
    for match in PLAIN.finditer(output):
        passed += int(match[1])
        failed += int(match[2])
        skipped += int(match[3] or 0)
    return passed, failed, skipped


def counts_of_suite(case):
    passed, failed, skipped = counts_of(case.findtext("system-out") or "")
    if case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
        return passed, failed + 1, skipped  # its program is missing
    if case.find("failure") is not None and failed == 0:
        return passed, 1, skipped
    return (1, 0, 0) if passed + failed + skipped == 0 else (passed, failed, skipped)


def in_words(passed, failed, skipped):
    return f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    suites = xml.etree.ElementTree.parse(arguments[0]).getroot().findall("testcase")
    totals = [0, 0, 0]
    for case in sorted(suites, key=lambda case: case.get("name")):
        counts = counts_of_suite(case)
        totals = [total + count for total, count in zip(totals, counts)]
        print(f"  {case.get('name'):<22} {in_words(*counts)} ({float(case.get('time')):.1f} s)")
    print(in_words(*totals))
    return 1 if totals[1] > 0 or sum(totals) == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
