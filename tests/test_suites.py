"""How the total of `make test` is counted."""

from pathlib import Path

from tests.suites import contar

INFORME = """<testsuites><testsuite>
  <testcase name="a"/>
  <testcase name="b"><failure message="x"/></testcase>
  <testcase name="c"><error message="x"/></testcase>
  <testcase name="d"><skipped message="solo en PostgreSQL"/></testcase>
  <testcase name="e"><skipped message="Falta una parte: falta chromium"/></testcase>
</testsuite></testsuites>"""


def test_a_missing_part_counts_as_failed_and_another_skip_does_not(tmp_path: Path) -> None:
    informe = tmp_path / "informe.xml"
    informe.write_text(INFORME)
    assert contar(informe) == (1, 3, 1)
