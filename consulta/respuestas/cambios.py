"""What one version of an answer changes in the one before, for one contribution."""

from dataclasses import dataclass

from comun.diferencias import Cambio, Operacion, comparar_palabras
from consulta.respuestas.models import Cobertura


@dataclass(frozen=True, slots=True)
class CambioDeRespuesta:
    """From one coverage to a later one of the same contribution. A pair is (before, after), in words;
    None where it stayed. Texts are empty where they stayed."""

    razon: tuple[Cambio, ...] = ()
    linea: tuple[Cambio, ...] = ()
    resultado: tuple[str, str] | None = None
    destino: tuple[str, str] | None = None
    motivo: str = ""
    solo_redaccion: bool = False

    @property
    def hay(self) -> bool:
        return bool(self.razon or self.linea or self.resultado or self.destino)

    @property
    def frase(self) -> str:
        """«Cambian el resultado y la razón», or that nothing does."""
        partes = [
            nombre
            for nombre, cambia in (
                ("el resultado", self.resultado),
                ("dónde quedó", self.destino),
                ("la razón", self.razon),
                ("las palabras dirigidas a quien lo escribió", self.linea),
            )
            if cambia
        ]
        if not partes:
            return "No cambia lo que se le responde."
        if len(partes) == 1:
            return f"Cambia {partes[0]}."
        return f"Cambian {', '.join(partes[:-1])} y {partes[-1]}."


def cambio_entre(antes: Cobertura, ahora: Cobertura) -> CambioDeRespuesta:
    """Both come with version and destination (`con_respuesta`)."""
    de, a = antes.destino, ahora.destino
    mismo_destino = (de.fragmento_id, de.compromiso_id, de.evento_id, de.porque_nada) == (
        a.fragmento_id, a.compromiso_id, a.evento_id, a.porque_nada,
    )  # fmt: skip
    return CambioDeRespuesta(
        razon=_palabras(antes.version.razon, ahora.version.razon),
        linea=_palabras(antes.linea, ahora.linea),
        resultado=None
        if antes.resultado == ahora.resultado
        else (antes.get_resultado_display(), ahora.get_resultado_display()),
        destino=None if mismo_destino else (de.texto, a.texto),
        motivo=ahora.version.motivo_cambio,
        solo_redaccion=ahora.version.solo_redaccion,
    )


def anterior_de(cobertura: Cobertura) -> Cobertura | None:
    """What was said of the same contribution before: the latest published, or what was sealed by the
    same institution and left without effect later than that. With `con_respuesta`; one query."""
    version = cobertura.version
    previas = (
        Cobertura.objects.filter(
            aporte=cobertura.aporte_id,
            punto=None,
            version__sellada_en__isnull=False,
            version__lt=cobertura.version_id,
            version__respuesta__institucion=version.respuesta.institucion_id,
        )
        .con_respuesta()
        .order_by("-version")
    )
    for previa in previas:
        if previa.version.publicada_en is not None or previa.version.sin_efecto_en is not None:
            return previa
    return None


def _palabras(antes: str, ahora: str) -> tuple[Cambio, ...]:
    if antes == ahora:
        return ()
    cambios = comparar_palabras(antes, ahora)
    return tuple(cambios) if any(c.operacion != Operacion.IGUAL for c in cambios) else ()
