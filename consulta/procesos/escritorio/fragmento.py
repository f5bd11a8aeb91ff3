"""One fragment of an unpublished version: its words, its kind, where to cut it, where it comes from."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from comun.errores import DatoInvalido, ErrorDeDominio
from comun.modeladmin import denegar
from consulta.procesos.emparejar import candidatas
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.escritorio.cortes import cortes_de
from consulta.procesos.escritorio.revision import lugar
from consulta.procesos.flows import revisar
from consulta.procesos.flows.correspondencias import trozos_de
from consulta.procesos.huellas import marca_de_fragmento
from consulta.procesos.models import Fragmento, VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos
from cuentas.models import User

_ENTERO = re.compile(r"\A-?[0-9]{1,9}\Z")


@require_http_methods(["GET", "HEAD", "POST"])
def fragmento(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything one may correct of it. `accion` says which form was sent; what was typed stays."""
    if not puede_gestionar_procesos(request.user):  # type: ignore[arg-type]
        return denegar(request)
    fila = Fragmento.objects.select_related("version__consulta").filter(pk=pk).first()
    if fila is None and request.method == "POST":
        return _perdido(request)
    if fila is None:
        fila = get_object_or_404(Fragmento, pk=pk)
    volver = reverse("revisar_version", args=[fila.version_id]) + lugar(request)
    if fila.version.publicada_en is not None:
        messages.warning(request, _("Esta versión ya está publicada: su texto no cambia."))
        return HttpResponseRedirect(volver)
    error: ErrorDeDominio | None = None
    if request.method == "POST":
        accion = ACCIONES.get(request.POST.get("accion", ""))
        try:
            if accion is None:
                raise DatoInvalido(_("Elija qué hacer con el fragmento."))
            aviso = accion(fila, request.user, request.POST)  # type: ignore[arg-type]
        except ErrorDeDominio as fallo:
            error = fallo
        else:
            messages.success(request, aviso)
            return HttpResponseRedirect(f"{volver}#f{fila.pk}")
    contexto = _contexto(fila, request.POST if error else None) | {
        "volver": f"{volver}#f{fila.pk}", "lugar": lugar(request), "error": error,
        "accion": request.POST.get("accion", ""),
    }  # fmt: skip
    return TemplateResponse(
        request, "modeladmin/procesos/fragmento.html", contexto, status=422 if error else 200
    )


def _perdido(request: HttpRequest) -> HttpResponse:
    """Somebody joined or removed it meanwhile: what was typed is shown, to be copied."""
    contexto = {"texto": request.POST.get("texto", "")}
    return TemplateResponse(request, "modeladmin/procesos/perdido.html", contexto, status=409)


def _contexto(fila: Fragmento, escrito: QueryDict | None) -> dict[str, Any]:
    version = fila.version
    anterior = version.anterior()
    vecinos = version.fragmentos.filter(orden__in=[fila.orden - 1, fila.orden + 1]).order_by(
        "orden"
    )
    suyas = list(fila.anteriores.select_related("de", "por").order_by("de__orden"))
    elegidos = {s.de_id for s in suyas}
    if escrito is not None and escrito.get("accion") == "corresponder":
        elegidos = {int(v) for v in escrito.getlist("anterior") if _ENTERO.match(v)}
    escritos = escrito or QueryDict()
    return {
        "f": fila,
        "version": version,
        "anterior": anterior,
        "previo": next((v for v in vecinos if v.orden < fila.orden), None),
        "siguiente": next((v for v in vecinos if v.orden > fila.orden), None),
        "suyas": suyas,
        "opciones": _opciones(fila, anterior, elegidos, {s.de_id: s.seguridad for s in suyas}),
        "cortes": cortes_de(fila.texto),
        "tipos": TipoFragmento.choices,
        "niveles": range(1, 7),
        "marca": marca_de_fragmento(fila, (s.de_id for s in suyas)),
        "texto": escritos.get("texto", fila.texto),
        "tipo": escritos.get("tipo") or fila.tipo,
        "nivel": str(escritos.get("nivel") or fila.nivel or 1),
        "numero": escritos.get("numero", ""),
    }


def _opciones(
    fila: Fragmento,
    anterior: VersionBorrador | None,
    elegidos: set[int],
    seguridades: dict[int, int],
) -> list[dict[str, Any]]:
    """Where it comes from now, and the older fragments that read most like it."""
    if anterior is None:
        return []
    viejos = list(anterior.fragmentos.order_by("orden"))
    (trozo,) = trozos_de([fila])
    parecidos = {viejos[i].pk: parecido for i, parecido in candidatas(trozos_de(viejos), trozo)}
    muestra = [v for v in viejos if v.pk in elegidos or v.pk in seguridades or v.pk in parecidos]
    muestra.sort(key=lambda v: (v.pk not in elegidos, -parecidos.get(v.pk, 0), v.orden))
    return [
        {"f": v, "elegido": v.pk in elegidos, "parecido": parecidos.get(v.pk),
         "seguridad": seguridades.get(v.pk)}
        for v in muestra
    ]  # fmt: skip


def _guardar(fila: Fragmento, por: User, datos: QueryDict) -> str:
    revisar.cambiar_fragmento(
        fragmento=fila, por=por, texto=datos.get("texto"), tipo=datos.get("tipo"),
        nivel=_entero(datos, "nivel", 0), marca=datos.get("marca", ""),
    )  # fmt: skip
    return _("Fragmento corregido.")


def _dividir(fila: Fragmento, por: User, datos: QueryDict) -> str:
    revisar.dividir_fragmento(
        fragmento=fila, por=por, corte=_entero(datos, "corte", -1), marca=datos.get("marca", "")
    )
    return _("El fragmento quedó dividido en dos.")


def _unir(fila: Fragmento, por: User, datos: QueryDict) -> str:
    revisar.unir_fragmento(fragmento=fila, por=por, marca=datos.get("marca", ""))
    return _("Los dos fragmentos ahora son uno.")


def _quitar(fila: Fragmento, por: User, datos: QueryDict) -> str:
    revisar.quitar_fragmento(fragmento=fila, por=por, marca=datos.get("marca", ""))
    return _("Fragmento quitado. Puede deshacerlo.")


def _corresponder(fila: Fragmento, por: User, datos: QueryDict) -> str:
    previa = fila.version.anterior()
    if previa is None:
        raise DatoInvalido(_("Es la primera versión: no hay otra de donde venga."))
    pks = [int(v) for v in datos.getlist("anterior") if _ENTERO.match(v)]
    elegidos = {f.pk: f for f in previa.fragmentos.filter(pk__in=pks)}
    for parte in re.split(r"[,;\s]+", datos.get("numero", "").strip()):
        if not parte:
            continue
        otro = previa.fragmentos.filter(orden=int(parte)).first() if _ENTERO.match(parte) else None
        if otro is None:
            raise DatoInvalido(
                _("La versión anterior no tiene un fragmento «%(n)s».") % {"n": parte[:20]},
                campo="numero",
            )
        elegidos[otro.pk] = otro
    revisar.corresponder(
        fragmento=fila, anteriores=elegidos.values(), por=por, marca=datos.get("marca", "")
    )
    return _("Quedó dicho de dónde viene este fragmento.")


def _confirmar(fila: Fragmento, por: User, datos: QueryDict) -> str:
    anteriores = [c.de for c in fila.anteriores.select_related("de")]
    revisar.corresponder(
        fragmento=fila, anteriores=anteriores, por=por, marca=datos.get("marca", "")
    )
    return _("Correspondencia confirmada.")


ACCIONES: dict[str, Callable[[Fragmento, User, QueryDict], str]] = {
    "guardar": _guardar,
    "dividir": _dividir,
    "unir": _unir,
    "quitar": _quitar,
    "corresponder": _corresponder,
    "confirmar": _confirmar,
}


def _entero(datos: QueryDict, campo: str, si_no: int) -> int:
    valor = datos.get(campo, "")
    return int(valor) if _ENTERO.match(valor) else si_no
