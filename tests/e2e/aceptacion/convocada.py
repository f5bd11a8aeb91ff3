"""A consultation of one walk alone: open for a moment, answered with the forum's approval, and closed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from tests.e2e.sitio import Sitio

ABIERTA = timedelta(seconds=40)
"""Long enough to write to it; the rest of the walk outlasts it, since only then may it close."""

CONSULTA = """\
proceso:
  slug: recorrido-{modo}
  titulo: Recorrido ({modo})
  resumen: Un proceso de prueba.
etapas:
  - tipo: recepcion
    titulo: Recepción
    descripcion: Lo que dure el recorrido.
    prevista_inicio: {inicio}
    prevista_fin: {fin}
    inicio: {inicio}
    fin: {fin}
consulta:
  slug: recorrido-{modo}
  sigla: {sigla}
  titulo: Bancas para los paraderos ({modo})
  resumen: Dónde hacen falta y cómo deberían ser.
  que_se_puede_cambiar: El lugar y la forma de cada banca.
  que_no_se_puede_cambiar: El presupuesto del año.
  quien_decide: El servicio que las instala.
  plazo_habiles: 20
  plazo_desde: recepcion
  conformidades: [gobierno, sociedad_civil]
temas: [Paraderos]
anunciar: sí
razon_excepcion: Es una prueba.
"""


@dataclass(frozen=True)
class Convocada:
    """Where it is, and until when it receives."""

    slug: str
    titulo: str
    fin: datetime

    def esperar_el_cierre(self, pagina: Page) -> None:
        """Let the window of the consultation end, where the walk was faster than it."""
        falta = (self.fin - datetime.now(UTC)).total_seconds()
        pagina.wait_for_timeout(max(0.0, falta) * 1000)


def convocar(sitio: Sitio, modo: str, sigla: str) -> Convocada:
    """Create it and announce it by the command that an administrator would use."""
    ahora = datetime.now(UTC)
    inicio, fin = ahora - timedelta(hours=1), ahora + ABIERTA
    archivo = sitio.var / f"recorrido-{modo}.yaml"
    archivo.write_text(
        CONSULTA.format(
            modo=modo, sigla=sigla,
            inicio=inicio.isoformat(timespec="seconds"), fin=fin.isoformat(timespec="seconds"),
        ),
        encoding="utf-8",
    )  # fmt: skip
    hecho = sitio.manage("crear_consulta", str(archivo))
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    return Convocada(f"recorrido-{modo}", f"Bancas para los paraderos ({modo})", fin)
