"""How the mail that brings an answer reads."""

from collections.abc import Sequence

from django.urls import reverse

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.aportes.correos.aportes import aporte_de, correo_del_autor
from consulta.aportes.models import Aporte, Punto
from consulta.respuestas.cambios import cambio_entre
from consulta.respuestas.decisiones import decisiones_de
from consulta.respuestas.models import Cobertura, Respuesta, Revision
from consulta.respuestas.ramas import frase_de_rama
from consulta.respuestas.revisiones import conviene_otra_persona
from cuentas.models import User


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
    revisa = Revision.objects.filter(aporte=aporte, resuelta_por=version).exists()
    titulo = (
        "Revisamos la respuesta" if revisa else _titulo(antes is not None, version.solo_redaccion)
    )
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
            "url_opinar": direccion_absoluta(reverse("paginas:opinion", args=[aporte.folio])),
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
    """The line on the site of each author whose contribution it answers; one query for a first
    version. A later one may be the first answer of a contribution that joined."""
    hecho = "Corrigieron la respuesta"
    if version > 1 and respuesta.versiones.filter(n=version, solo_redaccion=True).exists():
        hecho = "Mejoraron la redacción de la respuesta"
    ids = [int(destino.removeprefix("aporte:")) for destino in destinos]
    revisados = (
        set(
            Revision.objects.filter(
                aporte__in=ids, resuelta_por__respuesta=respuesta, resuelta_por__n=version
            ).values_list("aporte", flat=True)
        )
        if version > 1
        else set()
    )
    previas = Cobertura.objects.publicadas().filter(
        version__respuesta=respuesta, version__n__lt=version, aporte__in=ids
    )
    ya_tenian = set(previas.values_list("aporte", flat=True)) if version > 1 else set()

    def dicho(pk: int) -> str:
        if pk in revisados:
            return "Revisaron la respuesta"
        return hecho if pk in ya_tenian else "Respondieron"

    return {
        f"aporte:{a.pk}": (f"{dicho(a.pk)} a su aporte {a.folio}", a.get_absolute_url())
        for a in Aporte.objects.select_related("consulta").filter(pk__in=ids)
    }


def revision_pedida(aviso: Aviso) -> Correo | None:
    """To an official: what the author asks to have looked at again, until when, and who should do it.
    Nothing once it was answered, or the contribution is gone."""
    revision = (
        Revision.objects.select_related("aporte__consulta", "version__respuesta")
        .filter(pk=int(aviso.objeto.rpartition(":")[2]), resuelta_en=None)
        .first()
    )
    quien = User.objects.filter(pk=aviso.cuenta or 0, is_active=True).first()
    if revision is None or quien is None or not revision.aporte.es_visible:
        return None
    return Correo(
        para=quien.email,
        asunto=f"Piden revisar la respuesta a {revision.aporte.folio}",
        plantilla="revision_pedida",
        contexto={
            "aporte": revision.aporte,
            "revision": revision,
            "otra_persona": conviene_otra_persona(revision, quien),
            "url": direccion_absoluta(reverse("responder_aporte", args=[revision.aporte_id])),
            "url_aporte": direccion_absoluta(revision.aporte.get_absolute_url()),
        },
    )


def lineas_de_revision(
    revision: Revision, destinos: Sequence[str], version: int
) -> dict[str, tuple[str, str]]:
    """The line on the site of each official: it leads to where one answers."""
    texto = f"Piden revisar la respuesta a {revision.aporte.folio}"
    return dict.fromkeys(destinos, (texto, reverse("responder_aporte", args=[revision.aporte_id])))


def registrar_correos() -> None:
    """Called once at start-up."""
    registrar_razon(
        "revision_pedida", revision_pedida, clase=Clase.ENCARGOS, linea=lineas_de_revision
    )
    registrar_razon("respuesta", respuesta, clase=Clase.RESPUESTAS, linea=lineas_de_respuesta)
