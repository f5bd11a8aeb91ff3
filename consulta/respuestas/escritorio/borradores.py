"""«En redacción»: the drafts an institution is writing."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from comun.modeladmin import denegar
from consulta.aportes.models import Aporte
from consulta.respuestas.models import Borrador, FilaDeBorrador, Lote
from consulta.respuestas.permissions import instituciones_de
from cuentas.models import User
from cuentas.roles import Rol


def borradores(request: HttpRequest) -> HttpResponse:
    """«En redacción»: what the institution is writing, the latest first, who and when."""
    usuario = cast(User, request.user)
    filas = borradores_de(usuario)
    if filas is None:
        return denegar(request)
    lote = request.GET.get("lote", "")
    if lote.isascii() and lote.isdigit() and len(lote) < 19:
        filas = filas.filter(lote=lote)
    total = filas.count()
    pagina = Paginator(filas, 50).get_page(request.GET.get("p"))
    contexto = {
        "pagina": pagina,
        "total": total,
        "filas": _con_primera(list(pagina)),
        "paginas": pagina.paginator.get_elided_page_range(pagina.number),
        "lote": Lote.objects.filter(pk=lote).first() if lote.isdigit() and len(lote) < 19 else None,
    }
    return TemplateResponse(request, "respuestas/borradores.html", contexto)


def borradores_de(usuario: User) -> Any:
    """The drafts `usuario` may write on, the latest first; None when they write for nobody."""
    filas = Borrador.objects.select_related("editor", "lote", "institucion", "consulta")
    if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        return filas.order_by("-modificado_en", "-pk")
    suyas = instituciones_de(usuario)
    if not suyas:
        return None
    return filas.filter(institucion__in=suyas).order_by("-modificado_en", "-pk")


def _con_primera(borradores: list[Borrador]) -> list[dict[str, Any]]:
    """Each draft with its first contribution and how many it covers; two queries."""
    cuentas = {
        f["borrador"]: f
        for f in FilaDeBorrador.objects.filter(borrador__in=borradores)
        .values("borrador")
        .annotate(n=Count("pk"), primero=Min("aporte"))
        .order_by()
    }
    aportes = Aporte.objects.select_related("consulta").in_bulk(
        [f["primero"] for f in cuentas.values()]
    )
    filas = []
    for borrador in borradores:
        cuenta = cuentas.get(borrador.pk)
        if cuenta is None:
            continue
        aporte = aportes[cuenta["primero"]]
        sola = cuenta["n"] == 1 and borrador.lote_id is None and borrador.rama_id is None
        ruta = (
            reverse("responder_aporte", args=[aporte.pk])
            if sola and borrador.respuesta_id is None
            else reverse("borrador_de_respuesta", args=[borrador.pk])
        )
        filas.append({"borrador": borrador, "aporte": aporte, "n": cuenta["n"], "url": ruta})
    return filas
