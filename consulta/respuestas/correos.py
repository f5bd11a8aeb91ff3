"""How the mail that brings an answer reads."""

from collections.abc import Sequence

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.aportes.correos import aporte_de, correo_del_autor
from consulta.aportes.models import Aporte, Punto
from consulta.respuestas.cambios import cambio_entre
from consulta.respuestas.decisiones import decisiones_de
from consulta.respuestas.models import Cobertura, Respuesta
from consulta.respuestas.ramas import frase_de_rama


def respuesta(aviso: Aviso) -> Correo | None:
    """The answer to one contribution, as it was published in the version the notice names."""
    aporte = aporte_de(aviso)
    if aporte is None:
        return None
    cobertura = (
        Cobertura.objects.publicadas()
        .con_respuesta()
        .filter(
            aporte=aporte,
            version__n=aviso.version,
            version__respuesta_id=aviso.objeto.partition(":")[2],
        )
        .first()
    )
    para = correo_del_autor(aporte)
    if cobertura is None or not para:
        return None
    version = cobertura.version
    antes = _antes(cobertura) if version.n > 1 else None
    titulo = _titulo(antes is not None, version.solo_redaccion)
    return Correo(
        para=para,
        asunto=f"{titulo} a su aporte {aporte.folio}",
        plantilla="redaccion" if antes is not None and version.solo_redaccion else "respuesta",
        contexto={
            "titulo": f"{titulo} a su aporte {aporte.folio}",
            "aporte": aporte,
            "cambio": cambio_entre(antes, cobertura) if antes is not None else None,
            "antes": antes,
            "decisiones": decisiones_de([version.pk]).get(version.pk, []),
            "cobertura": cobertura,
            "version": cobertura.version,
            "institucion": cobertura.version.respuesta.institucion,
            "url": direccion_absoluta(aporte.get_absolute_url()),
            "puntos": [_punto(p, p.punto) for p in cobertura.puntos_dichos if p.punto],
            "rama": frase_de_rama(cobertura.version),
            "url_destino": direccion_absoluta(cobertura.destino.url)
            if cobertura.destino.url
            else "",
        },
    )


def _antes(cobertura: Cobertura) -> Cobertura | None:
    """What was published of the same contribution right before."""
    previas = Cobertura.objects.publicadas().con_respuesta().filter(aporte=cobertura.aporte_id)
    return previas.filter(version__lt=cobertura.version_id).order_by("-version").first()


def _titulo(corrige: bool, solo_redaccion: bool) -> str:
    if not corrige:
        return "Respondimos"
    return "Mejoramos la redacción de la respuesta" if solo_redaccion else "Corregimos la respuesta"


def _punto(dicho: Cobertura, punto: Punto) -> dict[str, object]:
    return {
        "n": punto.n,
        "titulo": punto.titulo,
        "resultado": dicho.get_resultado_display(),
        "linea": dicho.linea,
        "destino": dicho.destino.texto,
        "url": direccion_absoluta(dicho.destino.url) if dicho.destino.url else "",
    }


def lineas_de_respuesta(
    respuesta: Respuesta, destinos: Sequence[str], version: int
) -> dict[str, tuple[str, str]]:
    """The line on the site of each author whose contribution it answers; one query."""
    hecho = "Respondieron"
    if version > 1:
        redaccion = respuesta.versiones.filter(n=version, solo_redaccion=True).exists()
        hecho = (
            "Mejoraron la redacción de la respuesta" if redaccion else "Corrigieron la respuesta"
        )
    ids = [destino.removeprefix("aporte:") for destino in destinos]
    return {
        f"aporte:{a.pk}": (f"{hecho} a su aporte {a.folio}", a.get_absolute_url())
        for a in Aporte.objects.select_related("consulta").filter(pk__in=ids)
    }


def registrar_correos() -> None:
    """Called once at start-up."""
    registrar_razon("respuesta", respuesta, clase=Clase.RESPUESTAS, linea=lineas_de_respuesta)
