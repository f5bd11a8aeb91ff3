"""`make ensayo-lote`: a batch of many answers is published on SQLite while people write.

In a database of its own, in a temporary folder: LOTE answers are drafted and sealed, then published in
one transaction while ESCRITORES threads send contributions as fast as they can. It says how long
people waited, and fails unless nothing of theirs is lost, everything came out once, and the sums hold.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

LOTE = int(os.environ.get("LOTE", "300"))
ESCRITORES = int(os.environ.get("ESCRITORES", "4"))
DICE = {"resultado": "no_incorporada", "destino": "nada", "porque_nada": "La norma ya lo regula."}


def preparar(oficial: Any) -> Any:
    """A batch with one draft for each of `LOTE` contributions."""
    from consulta.respuestas.flows.lotes import crear_lote
    from consulta.respuestas.flows.varios import reunir_borrador
    from tests.factories.aportes import aporte
    from tests.factories.procesos import AsuntoFactory

    asunto = AsuntoFactory()
    lote = crear_lote(
        nombre="Ensayo", consulta=asunto.consulta, institucion=oficial.institucion, por=oficial
    )
    for _ in range(LOTE):
        reunir_borrador(
            aportes=[aporte(asunto=asunto).pk], consulta=asunto.consulta,
            institucion=oficial.institucion, por=oficial, razon="La ley vigente no lo permite.",
            comunes=DICE, lote=lote,
        )  # fmt: skip
    return lote, asunto


class Escritor(threading.Thread):
    """Sends one contribution after another until told to stop; keeps how long each took, in seconds."""

    def __init__(self, asunto: Any, persona: Any, basta: threading.Event) -> None:
        super().__init__(daemon=True)
        self.asunto, self.persona, self.basta = asunto, persona, basta
        self.esperas: list[float] = []
        self.fallas: list[Exception] = []

    def run(self) -> None:
        from django.db import connections

        from tests.factories.aportes import aporte

        while not self.basta.is_set():
            comienzo = time.perf_counter()
            try:
                aporte(asunto=self.asunto, por=self.persona)
            except Exception as error:
                self.fallas.append(error)
            self.esperas.append(time.perf_counter() - comienzo)
        connections.close_all()


def ensayar() -> int:
    from consulta.aportes.models import Aporte
    from consulta.respuestas.flows.lotes import publicar_lote, sellar_lote
    from consulta.respuestas.libro import comprobar_sumas, sumas
    from consulta.respuestas.models import RespuestaVersion
    from tests.factories.cuentas import UserFactory

    oficial = UserFactory(oficial=True)
    lote, asunto = _contado(f"preparar {LOTE} borradores", lambda: preparar(oficial))
    _contado(f"sellar {LOTE}", lambda: sellar_lote(lote=lote, por=oficial))
    basta = threading.Event()
    gente = [Escritor(asunto, UserFactory(), basta) for _ in range(ESCRITORES)]
    for uno in gente:
        uno.start()
    while min(len(uno.esperas) for uno in gente) < 3:
        time.sleep(0.01)
    antes = sum(len(uno.esperas) for uno in gente)
    hecho = _contado(
        f"publicar {LOTE} mientras {ESCRITORES} escriben",
        lambda: publicar_lote(lote=lote, por=oficial),
    )
    durante = sum(len(uno.esperas) for uno in gente) - antes
    basta.set()
    for uno in gente:
        uno.join(timeout=60)
    esperas = sorted(espera for uno in gente for espera in uno.esperas)
    fallas = [falla for uno in gente for falla in uno.fallas]
    print(
        f"escritos {len(esperas)}, de ellos {durante} mientras se publicaba; "
        f"p50 {statistics.median(esperas) * 1000:.0f} ms, "
        f"p95 {esperas[int(len(esperas) * 0.95)] * 1000:.0f} ms, "
        f"el que más esperó {esperas[-1] * 1000:.0f} ms; fallas {len(fallas)}"
    )
    faltas = [f"{falla!r}" for falla in fallas[:3]]
    if len(hecho.versiones) != LOTE or RespuestaVersion.objects.publicadas().count() != LOTE:
        faltas.append("no salieron todas, o alguna dos veces")
    if Aporte.objects.count() != LOTE + len(esperas) - len(fallas):
        faltas.append("se perdió un aporte")
    if comprobar_sumas(sumas()).hallazgos:
        faltas.append("las sumas no cuadran")
    print("Todo cuadra." if not faltas else f"MAL: {'; '.join(faltas)}")
    return 1 if faltas else 0


def _contado(nombre: str, hacer: Any) -> Any:
    comienzo = time.perf_counter()
    hecho = hacer()
    print(f"{nombre}: {time.perf_counter() - comienzo:.2f} s", flush=True)
    return hecho


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    os.environ["LIMITES"] = "enviar=1000000"
    with tempfile.TemporaryDirectory(prefix="portal-ensayo-") as carpeta:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(carpeta) / 'ensayo.sqlite3'}"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        try:
            return ensayar()
        finally:
            connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
