"""How the total of `make test` is counted."""

from pathlib import Path

from tests.suites import contar, correr_juntos

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


def test_targets_side_by_side_are_told_whole_and_in_the_order_they_are_named(capfd) -> None:
    hechos = correr_juntos("ayuda no-hay-tal-objetivo|ayuda")
    assert [(h.objetivo, h.pasaron, h.fallaron) for h in hechos] == [
        ("ayuda", 1, 0),
        ("no-hay-tal-objetivo", 0, 1),
        ("ayuda", 1, 0),
    ]
    assert capfd.readouterr().out.count("== make ayuda\n  make ayuda") == 2
