"""The page of one response for many: write the shared text and each row, seal or publish."""

from collections.abc import Container
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from comun.errores import Conflicto, DatoInvalido, ErrorDeDominio
from comun.modeladmin import denegar
from consulta.aportes.campanas import lo_propio_de
from consulta.aportes.models import Aporte, Punto
from consulta.respuestas.consejos import consejos_de, dicho_de, repetida_en
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.borrador import sello_de_borrador
from consulta.respuestas.flows.lineas import Reparo, numero
from consulta.respuestas.flows.lotes import poner_en_lote
from consulta.respuestas.flows.varios import (
    FilasConReparos,
    descartar_borrador,
    guardar_varios,
    quitar_de_borrador,
    responder_borrador,
    sellar_borrador,
)
from consulta.respuestas.forms.varios import (
    IGUAL_QUE_ARRIBA,
    ComunForm,
    ElegirLoteForm,
    forms_de_filas,
)
from consulta.respuestas.lugares import buscar_lugares
from consulta.respuestas.models import Borrador, Cobertura, FilaDeBorrador
from consulta.respuestas.permissions import puede_redactar
from consulta.respuestas.presencias import latir, lugar_de_borrador, otros_en
from consulta.respuestas.referencias import a_referencias, con_referencias
from cuentas.models import User

POR_PAGINA = 25
RESULTADOS = {r.value: str(r.label) for r in Resultado}
DE_FILA = ("resultado", "linea", "destino", "referencia", "porque_nada")


class BorradorView(View):
    """One draft with its rows, a page at a time. Whatever button is pressed, the page is kept first."""

    template_name = "respuestas/borrador.html"
    guardado = False

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> Any:
        self.usuario = cast(User, request.user)
        borradores = Borrador.objects.select_related(
            "consulta", "institucion", "lote", "editor", "respuesta", "rama__consulta"
        )
        self.borrador = get_object_or_404(borradores, pk=pk)
        if not puede_redactar(self.usuario, self.borrador.institucion):
            return denegar(request, _("Este borrador es de otra institución."))
        self.lugar = lugar_de_borrador(pk)
        return super().dispatch(request, *args, **kwargs)

    def pagina(self, numero: Any) -> Page:
        filas = self.borrador.filas.select_related("aporte__consulta").order_by("aporte__n")
        return Paginator(filas, POR_PAGINA).get_page(numero)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        latir(lugar=self.lugar, por=self.usuario)
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"editan": self.otros(), "pase": get_token(request)})
        return self.mostrar(self.pagina(request.GET.get("p")))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        latir(lugar=self.lugar, por=self.usuario)
        pagina = self.pagina(request.POST.get("pagina"))
        accion = request.POST.get("accion", "guardar")
        en_silencio = request.headers.get("X-Requested-With") == "fetch"
        try:
            if accion == "descartar":
                descartar_borrador(borrador=self.borrador, por=self.usuario)
                messages.success(request, _("Borrador descartado: los aportes siguen pendientes."))
                return HttpResponseRedirect(reverse("borradores_de_respuestas"))
            self.guardar(pagina)
            if en_silencio:
                return self.dicho_en_json(request)
            return self.seguir(accion, pagina)
        except ErrorDeDominio as error:
            if en_silencio:
                estado = 409 if isinstance(error, Conflicto) else 422
                dicho = {"error": error.mensaje, "editan": self.otros()}
                if self.guardado:  # the rest was: the next saving goes on from it
                    dicho["visto"] = sello_de_borrador(self.borrador)
                return JsonResponse(dicho, status=estado)
            return self.mostrar(pagina, error=error)

    def guardar(self, pagina: Page) -> None:
        """Keep what this page has. A row with a reference that names no place keeps all but that."""
        partes = {
            str(f.aporte_id): {
                c: self.request.POST.get(f"fila-{f.aporte_id}-{c}", "") for c in DE_FILA
            }
            for f in pagina
            if f"fila-{f.aporte_id}-resultado" in self.request.POST
        }
        comunes = {c: self.request.POST.get(c, "") for c in DE_FILA if c != "linea"}
        leidas, faltan = con_referencias(self.borrador.consulta, {"": comunes, **partes})
        self.borrador = guardar_varios(
            borrador=self.borrador,
            razon=self.request.POST.get("razon", ""),
            motivo_cambio=self.request.POST.get("motivo_cambio", self.borrador.motivo_cambio),
            solo_redaccion=self.request.POST.get("solo_redaccion") == "on",
            comunes=leidas.pop(""),
            filas={int(pk): datos for pk, datos in leidas.items()},
            leidas={
                int(pk): n
                for pk in partes
                if (n := numero(self.request.POST.get(f"fila-{pk}-version_leida"))) and n < 32_768
            },
            por=self.usuario,
            visto=self.request.POST.get("visto", ""),
        )
        self.guardado = True
        for clave, escrita in faltan.items():
            raise DatoInvalido(
                _("«%(r)s» no es un párrafo, compromiso o actividad que exista.") % {"r": escrita},
                campo=f"fila-{clave}-referencia" if clave else "referencia",
            )

    def seguir(self, accion: str, pagina: Page) -> HttpResponse:
        """What the button asked for. The rows of `pagina` were read before they were kept: what shows
        the page again reads them anew, or it would show, and send back, what they said before."""
        if accion.startswith("ir-"):
            return self.volver(accion.removeprefix("ir-"))
        if accion.startswith("quitar-") and accion[7:].isdigit():
            queda = quitar_de_borrador(
                borrador=self.borrador, aportes=[int(accion[7:])], por=self.usuario
            )
            messages.success(self.request, _("Quitado: vuelve a la cola."))
            if queda is None:
                return HttpResponseRedirect(reverse("borradores_de_respuestas"))
            return self.volver(pagina.number)
        if accion == "lote":
            form = ElegirLoteForm(self.request.POST, borrador=self.borrador, usuario=self.usuario)
            if form.is_valid():
                poner_en_lote(
                    lote=form.cleaned_data["lote"], borradores=[self.borrador], por=self.usuario
                )
            return self.volver(pagina.number)
        if accion == "ver":
            ensayo = self.ensayar()
            return self.mostrar(self.pagina(pagina.number), ensayo=ensayo)
        if accion == "buscar":
            return self.mostrar(self.pagina(pagina.number))
        if accion in ("publicar", "sellar"):
            return self.terminar(accion)
        messages.success(self.request, _("Borrador guardado. Nadie fuera de su institución lo ve."))
        return self.volver(pagina.number)

    def terminar(self, accion: str) -> HttpResponse:
        hacer = sellar_borrador if accion == "sellar" else responder_borrador
        version = hacer(borrador=self.borrador, por=self.usuario)
        n = version.coberturas.filter(punto=None).count()
        if version.publicada_en is not None:
            texto = _("Publicada: %(n)s aportes respondidos. Avisamos a quienes los escribieron.")
        elif version.lote_id:
            texto = _("Sellada en el lote, con %(n)s aportes. Se publica con él.")
        else:
            texto = _("Sellada, con %(n)s aportes. Espera sus conformidades.")
        messages.success(self.request, texto % {"n": n})
        if version.lote_id:
            return HttpResponseRedirect(reverse("lote_de_respuestas", args=[version.lote_id]))
        return HttpResponseRedirect(reverse("borradores_de_respuestas"))

    def ensayar(self) -> Cobertura | None:
        """Seal it and take it back: the preview is exactly what would come out, and so are its errors."""
        with transaction.atomic():
            version = sellar_borrador(borrador=self.borrador, por=self.usuario)
            version.publicada_en = timezone.now()
            cobertura = (
                Cobertura.objects.con_respuesta()
                .filter(version=version, punto=None)
                .order_by("aporte__n")
                .first()
            )
            if cobertura is not None:
                cobertura.puntos_dichos = list(Cobertura.objects.puntos_de([cobertura]))
                cobertura.version.publicada_en = timezone.now()
            transaction.set_rollback(True)
        return cobertura

    def dicho_en_json(self, request: HttpRequest) -> JsonResponse:
        """What the page says by itself after it saved itself."""
        return JsonResponse(
            dicho_de(self.borrador, self.borrador.consulta, request.POST, self.otros())
        )

    def otros(self) -> list[str]:
        return otros_en(self.lugar, self.usuario)

    def volver(self, pagina: Any) -> HttpResponse:
        ruta = reverse("borrador_de_respuesta", args=[self.borrador.pk])
        return HttpResponseRedirect(f"{ruta}?p={pagina}")

    def mostrar(
        self,
        pagina: Page,
        error: ErrorDeDominio | None = None,
        ensayo: Cobertura | None = None,
    ) -> HttpResponse:
        escrito = self.request.POST.copy() if error is not None else None
        actual = Borrador.objects.filter(pk=self.borrador.pk).first() or self.borrador
        if escrito is not None:
            # Saving again after a warning replaces what the warning spoke of.
            escrito["visto"] = sello_de_borrador(actual)
            form = ComunForm(escrito, borrador=self.borrador)
        else:
            inicial = a_referencias(self.borrador.consulta_id, [dict(actual.datos)])[0] | {
                "razon": actual.razon,
                "motivo_cambio": actual.motivo_cambio,
                "solo_redaccion": actual.solo_redaccion,
                "visto": sello_de_borrador(actual),
            }
            form = ComunForm(initial=inicial, borrador=self.borrador)
        filas = forms_de_filas(list(pagina), escrito)
        reparos = list(error.reparos) if isinstance(error, FilasConReparos) else []
        if error is not None and not reparos:
            _anotar(form, filas, error)
        por_fila = {r.aporte.pk: r.texto for r in reparos}
        textos = Aporte.objects.con_texto().in_bulk([f.aporte_id for f, _form in filas])
        propios = lo_propio_de(textos)
        puntos = _puntos_dichos([f for f, _form in filas])
        busqueda = self.request.POST.get("q_lugar", "").strip()[:120]
        contexto = {
            "borrador": actual,
            "form": form,
            "filas": [
                {"fila": f, "form": fila, "aporte": textos[f.aporte_id],
                 "reparo": por_fila.get(f.aporte_id, ""), "propio": propios.get(f.aporte_id),
                 "corregido": f.version_leida not in (None, textos[f.aporte_id].version),
                 "puntos": puntos.get(f.aporte_id, [])}
                for f, fila in filas
            ],
            "pagina": pagina,
            "paginas": pagina.paginator.get_elided_page_range(pagina.number),
            "reparos": _por_texto(reparos[:50], textos),
            "mas_reparos": max(len(reparos) - 50, 0),
            "error": error.mensaje if error is not None else "",
            "ensayo": ensayo,
            "otros": self.otros(),
            "lote_form": ElegirLoteForm(
                initial={"lote": actual.lote_id}, borrador=self.borrador, usuario=self.usuario
            ),
            "consejos": consejos_de(actual.razon, str(actual.datos.get("resultado", ""))),
            "repetida": repetida_en(self.borrador.consulta, actual.razon),
            "q_lugar": busqueda,
            "lugares": buscar_lugares(self.borrador.consulta, busqueda) if busqueda else None,
            "espera": bool(self.borrador.consulta.conformidades),
        }  # fmt: skip
        estado = 200
        if error is not None:
            estado = 409 if isinstance(error, Conflicto) else 422
        return TemplateResponse(self.request, self.template_name, contexto, status=estado)


def _puntos_dichos(filas: list[FilaDeBorrador]) -> dict[int, list[tuple[int, str]]]:
    """The outcome that a draft says of each point by itself (number, words), by contribution; one query,
    none where no row does. The page shows them: where they are written is a spreadsheet or the API."""
    dichos = {
        int(pk): str(suyo.get("resultado") or "")
        for fila in filas
        for pk, suyo in (fila.datos.get("puntos") or {}).items()
    }
    por_aporte: dict[int, list[tuple[int, str]]] = {}
    for punto in Punto.objects.filter(pk__in=dichos).order_by("n") if dichos else ():
        resultado = RESULTADOS.get(dichos[punto.pk], str(IGUAL_QUE_ARRIBA[1]))
        por_aporte.setdefault(punto.aporte_id, []).append((punto.n, resultado))
    return por_aporte


def _anotar(form: ComunForm, filas: list[Any], error: ErrorDeDominio) -> None:
    """Put an error beside its field, of the whole or of a row; else at the head."""
    campo = error.campo or ""
    if campo.startswith("fila-"):
        for fila, suyo in filas:
            prefijo = f"fila-{fila.aporte_id}-"
            if campo.startswith(prefijo):
                suyo.is_valid()
                nombre = campo.removeprefix(prefijo)
                suyo.add_error(nombre if nombre in suyo.fields else None, error.mensaje)
                return
    form.is_valid()
    form.add_error(campo if campo in form.fields else None, error.mensaje)


def _por_texto(
    reparos: list[Reparo], a_la_vista: Container[int]
) -> list[tuple[str, list[tuple[Aporte, bool]]]]:
    """Each objection once, with the contributions it is of and whether this page has their rows."""
    juntos: dict[str, list[tuple[Aporte, bool]]] = {}
    for reparo in reparos:
        juntos.setdefault(reparo.texto, []).append((reparo.aporte, reparo.aporte.pk in a_la_vista))
    return list(juntos.items())
