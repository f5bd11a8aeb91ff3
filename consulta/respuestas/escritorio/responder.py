"""The officials' pages: answer one contribution, hand it over."""

from typing import Any, cast

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from comun.errores import Conflicto, DatoInvalido, ErrorDeDominio
from comun.fechas import dia_de
from comun.modeladmin import anotar_error, denegar
from consulta.aportes.models import Aporte, Punto
from consulta.respuestas.consejos import consejos_de, dicho_de, repetida_en
from consulta.respuestas.expediente import aporte_del_libro, expediente, respuestas_parecidas
from consulta.respuestas.flows.borrador import (
    CAMPOS_DE_BORRADOR,
    borrador_de,
    es_de_varios,
    guardar_borrador,
    sello_de_borrador,
)
from consulta.respuestas.flows.coberturas import LineaDePunto, TextoCorregido
from consulta.respuestas.flows.lineas import Dicho, leer_lineas
from consulta.respuestas.flows.responder import Publicacion, responder_aporte
from consulta.respuestas.forms.responder import ResponderForm, datos_de
from consulta.respuestas.lugares import Lugar, buscar_lugares, cambio_de
from consulta.respuestas.models import Borrador, Cobertura, RespuestaVersion
from consulta.respuestas.permissions import instituciones_de, puede_responder, responde_por
from consulta.respuestas.presencias import latir, lugar_de_aporte, otros_en
from consulta.respuestas.revisiones import revision_para
from cuentas.models import Institucion, User
from cuentas.roles import Rol
from cuentas.suplencias import titulares_de

LISTA = "participacion_aportes_modeladmin_index"
VER = "participacion_aportes_modeladmin_inspect"


def institucion_de(usuario: User, aporte: Aporte, vigente: Cobertura | None) -> Institucion | None:
    """For whom `usuario` would answer: the one that answered, their own, or the one in charge."""
    if vigente is not None:
        return vigente.version.respuesta.institucion
    if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        return aporte.institucion or usuario.institucion
    if aporte.institucion_id != usuario.institucion_id and responde_por(
        usuario, aporte.institucion_id
    ):
        return aporte.institucion  # in the place of somebody who works there
    return usuario.institucion


def siguiente_pendiente(usuario: User, aporte: Aporte) -> Aporte | None:
    """The next one they may answer: first theirs (and of whom they stand in for), then what their institution
    has and nobody in it, what a colleague has, what nobody has; of each, those of the same consultation
    before others, due first. What has an answer sealed, which waits for approvals or its batch, is not
    theirs to answer now. Eight queries at most, each by an index."""
    esperan = Cobertura.objects.presentadas().filter(aporte=OuterRef("pk"))
    filas = Aporte.objects.publicos().pendientes().exclude(pk=aporte.pk).exclude(Exists(esperan))
    filas = filas.exclude(autoria__cuenta=usuario).select_related("consulta")
    filas = filas.order_by("vence_el", "enviado_en", "pk")
    suyas = instituciones_de(usuario)
    mios = [usuario.pk, *(t.pk for t in titulares_de(usuario, dia_de(timezone.now())))]
    cargos = [
        Q(responsable__in=mios, institucion__in=suyas),
        Q(institucion__in=suyas, responsable=None),
        Q(institucion__in=suyas),
        Q(institucion=None),
    ]
    if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        cargos = [Q(responsable__in=mios), Q()]
    for cargo in cargos:
        de_cargo = filas.filter(cargo)
        hallado = de_cargo.de_consulta(aporte.consulta).first() or de_cargo.first()
        if hallado is not None:
            return hallado
    return None


class ResponderView(View):
    """Write, keep, preview and publish the answer to one contribution, or its correction."""

    template_name = "respuestas/responder.html"
    releido: Aporte | None = None
    """The contribution with its newest words, once the official was told that they changed."""

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> Any:
        self.usuario = cast(User, request.user)
        self.aporte = aporte_del_libro(pk)
        self.vigente = Cobertura.objects.vigentes_de([self.aporte]).get(self.aporte.pk)
        self.institucion = institucion_de(self.usuario, self.aporte, self.vigente)
        # The secretariat without an institution in sight chooses one in the form.
        como = self.institucion or Institucion()
        elige = self.usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        if not elige and self.institucion is None:
            return denegar(request, _("Su cuenta aún no tiene institución: pídala a secretaría."))
        if not puede_responder(self.usuario, self.aporte, como):
            return denegar(
                request, _("Este aporte está a cargo de otra institución, o es un aporte suyo.")
            )
        if not self.aporte.es_visible or not self.aporte.exige_respuesta:
            messages.warning(request, _("Este aporte ya no espera respuesta."))
            return HttpResponseRedirect(reverse(VER, args=[pk]))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def puntos(self) -> list[Punto]:
        return list(self.aporte.puntos.order_by("n"))

    @cached_property
    def base(self) -> Cobertura | None:
        """The published answer one starts from, with `?base=<id>`; of the same consultation."""
        escrito = self.request.POST.get("usada") or self.request.GET.get("base", "")
        if self.vigente is not None or not (
            escrito.isascii() and escrito.isdigit() and len(escrito) < 19
        ):
            return None
        filas = Cobertura.objects.publicadas().con_respuesta().select_related("aporte__consulta")
        return filas.filter(pk=escrito, aporte__consulta=self.aporte.consulta_id).first()

    @property
    def se_puede_sumar(self) -> bool:
        """Whether the answer one starts from is the same institution's: then it may join it."""
        base, institucion = self.base, self.institucion
        return (
            base is not None
            and institucion is not None
            and base.version.respuesta.institucion_id == institucion.pk
        )

    @property
    def lugar(self) -> str:
        return lugar_de_aporte(self.aporte.pk, self.institucion.pk if self.institucion else 0)

    @cached_property
    def hallados(self) -> list[Lugar]:
        texto = self.request.POST.get("q_lugar", "").replace("\x00", "").strip()[:120]
        return buscar_lugares(self.aporte.consulta, texto) if texto else []

    @property
    def borrador(self) -> Any:
        return borrador_de(self.aporte, self.institucion) if self.institucion else None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        borrador = self.borrador
        if borrador is not None and es_de_varios(borrador):
            messages.info(request, _("Este aporte está en una respuesta para varios."))
            return HttpResponseRedirect(reverse("borrador_de_respuesta", args=[borrador.pk]))
        latir(lugar=self.lugar, por=self.usuario)
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse(
                {"editan": otros_en(self.lugar, self.usuario), "pase": get_token(request)}
            )
        copia = self.vigente or self.base
        inicial: dict[str, Any] = datos_de(copia) if copia is not None else {}
        if self.base is not None:
            inicial |= {"linea": "", "usada": self.base.pk}
        inicial |= {"institucion": self.institucion} | (
            {k: v for k, v in borrador.datos_de(self.aporte).items() if v} if borrador else {}
        )
        inicial["base"] = self.vigente.version_id if self.vigente is not None else 0
        inicial["visto"] = sello_de_borrador(borrador)
        inicial["version_leida"] = self.aporte.version
        return self.mostrar(self.formulario(initial=inicial), borrador=borrador)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.formulario(data=request.POST)
        accion = request.POST.get("accion")
        latir(lugar=self.lugar, por=self.usuario)
        if request.headers.get("X-Requested-With") == "fetch":
            return self.guardar_en_silencio(form)
        try:
            if accion == "guardar":
                return self.guardar(form)
            if accion == "buscar":
                return self.mostrar(form)
            if not form.is_valid():
                return self.mostrar(form)
            if accion == "ver":
                return self.mostrar(form, ensayo=self.ensayar(form))
            publicacion = self.publicar(form)
        except ErrorDeDominio as error:
            form.errors  # noqa: B018 - add_error needs a validated form
            if not form.anotar_en_punto(error):
                anotar_error(form, error)
            form.exigir_motivo()
            if isinstance(error, TextoCorregido):
                self.aporte = self.releido = aporte_del_libro(self.aporte.pk)
            return self.mostrar(form)
        return self.despedir(publicacion)

    def formulario(self, **kwargs: Any) -> ResponderForm:
        dicho = kwargs.get("initial", {}).get("puntos")
        form = ResponderForm(
            aporte=self.aporte, usuario=self.usuario, vigente=self.vigente, puntos=self.puntos,
            hallados=self.hallados, de_puntos=dicho, **kwargs,
        )  # fmt: skip
        if not self.se_puede_sumar:
            del form.fields["sumar"]
        return form

    def publicar(self, form: ResponderForm) -> Publicacion:
        datos = form.cleaned_data
        sumar = self.base is not None and datos.get("sumar")
        return responder_aporte(
            aporte=self.aporte,
            resultado=datos["resultado"],
            destino=form.destino_elegido,
            razon=datos["razon"],
            linea=datos["linea"],
            motivo_cambio=datos.get("motivo_cambio", ""),
            solo_redaccion=datos.get("solo_redaccion", False),
            institucion=datos.get("institucion") or cast(Institucion, self.institucion),
            base=datos["base"] or 0,
            version_leida=datos["version_leida"],
            puntos=self.lineas_de_puntos(form),
            sumar_a=self.base.version.respuesta if self.base is not None and sumar else None,
            por=self.usuario,
        )

    def lineas_de_puntos(self, form: ResponderForm) -> tuple[LineaDePunto, ...]:
        """What was said of each point, the rest as of the whole. Raises DatoInvalido."""
        if not self.puntos:
            return ()
        datos = {c: self.request.POST.get(c, "") for c in CAMPOS_DE_BORRADOR}
        dicho = Dicho(self.aporte, datos | {"puntos": form.dicho_de_puntos()})
        leidas = leer_lineas([dicho], {})
        for reparo in leidas.reparos:
            raise DatoInvalido(reparo.texto, campo=reparo.campo)
        return leidas.lineas[0].puntos

    def ensayar(self, form: ResponderForm) -> Cobertura:
        """Publish and take it back: the preview is exactly what would come out, and so are its errors."""
        with transaction.atomic():
            version: RespuestaVersion = self.publicar(form).version
            cobertura = Cobertura.objects.con_respuesta().get(
                version=version, aporte=self.aporte, punto=None
            )
            Cobertura.objects.all().poner_puntos([cobertura])
            transaction.set_rollback(True)
        return cobertura

    def guardar(self, form: ResponderForm) -> HttpResponse:
        if self.guardado(form) is None:
            return self.mostrar(form)
        messages.success(self.request, _("Borrador guardado. Nadie fuera de su institución lo ve."))
        return HttpResponseRedirect(self.request.path)

    def guardado(self, form: ResponderForm) -> Borrador | None:
        """Keep what was typed, complete or not; None while no institution was chosen."""
        form.is_valid()
        institucion = form.cleaned_data.get("institucion") or self.institucion
        if institucion is None:
            return None
        datos: dict[str, Any] = {c: self.request.POST.get(c, "") for c in CAMPOS_DE_BORRADOR}
        if self.puntos:
            datos["puntos"] = form.dicho_de_puntos()
        return guardar_borrador(
            aporte=self.aporte,
            institucion=institucion,
            datos=datos,
            por=self.usuario,
            visto=self.request.POST.get("visto", ""),
            version_leida=form.cleaned_data.get("version_leida"),
        )

    def guardar_en_silencio(self, form: ResponderForm) -> JsonResponse:
        """The page saved itself: what it says then. 409 and 422 keep what was typed where it is."""
        editan = otros_en(self.lugar, self.usuario)
        try:
            borrador = self.guardado(form)
        except ErrorDeDominio as error:
            estado = 409 if isinstance(error, Conflicto) else 422
            return JsonResponse({"error": error.mensaje, "editan": editan}, status=estado)
        return JsonResponse(dicho_de(borrador, self.aporte.consulta, self.request.POST, editan))

    def mostrar(
        self, form: ResponderForm, borrador: Any = None, ensayo: Cobertura | None = None
    ) -> HttpResponse:
        borrador = borrador or self.borrador
        if form.is_bound:
            # Saving again after a warning replaces what the warning spoke of.
            escrito = self.request.POST.copy()
            escrito["visto"] = sello_de_borrador(borrador)
            if self.releido is not None:
                escrito["version_leida"] = str(self.releido.version)
            form.data = escrito
        contexto = expediente(self.aporte) | {
            "form": form,
            "media": form.media,
            "vigente": self.vigente,
            "institucion": self.institucion,
            "borrador": borrador,
            "ensayo": ensayo,
            "parecidas": respuestas_parecidas(self.aporte),
            "base": self.base,
            "otros": otros_en(self.lugar, self.usuario),
            "q_lugar": self.request.POST.get("q_lugar", "")[:120],
            "lugares": self.hallados if self.request.POST.get("q_lugar") else None,
            "cambio": self.cambio(form),
            "consejos": consejos_de(str(form["razon"].value() or "")),
            # The published answer repeats itself: only what was typed is compared.
            "repetida": repetida_en(self.aporte.consulta, str(form["razon"].value() or ""))
            if form.is_bound
            else "",
            "lista": reverse(LISTA),
            "revision": revision_para(self.aporte, self.usuario),
        }
        # Looking for a place is no attempt to publish: what is missing is not told yet.
        busca = self.request.POST.get("accion") == "buscar"
        if busca:
            form.is_valid()
            form.errors.clear()
        estado = 422 if form.is_bound and form.errors else 200
        return TemplateResponse(self.request, self.template_name, contexto, status=estado)

    def cambio(self, form: ResponderForm) -> Any:
        """How the chosen paragraph changed, word by word; nothing while none is chosen."""
        elegido = str(form["fragmento"].value() or "")
        if not (elegido.isascii() and elegido.isdigit() and len(elegido) < 19):
            return None
        campo: Any = form.fields["fragmento"]
        fragmento = campo.queryset.filter(pk=elegido).first()
        return cambio_de(fragmento) if fragmento is not None else None

    def despedir(self, publicacion: Publicacion) -> HttpResponse:
        siguiente = siguiente_pendiente(self.usuario, self.aporte)
        botones = [messages.button(self.aporte.get_absolute_url(), _("Ver en el sitio"))]
        if siguiente is not None:
            ruta = reverse("responder_aporte", args=[siguiente.pk])
            botones.append(messages.button(ruta, _("Responder el siguiente: ") + siguiente.folio))
        if not publicacion.nueva:
            texto = _("Esta respuesta a {} ya estaba publicada: no se publicó dos veces.")
        elif publicacion.version.publicada_en is None:
            texto = _("Respuesta a {} sellada: se publicará cuando tenga la conformidad del foro.")
        elif self.vigente is not None:
            texto = _("Corrección de la respuesta a {} publicada. Le avisamos a quien lo escribió.")
        else:
            texto = _("Respuesta a {} publicada. Le avisamos por correo a quien lo escribió.")
        messages.success(self.request, format_html(texto, self.aporte.folio), buttons=botones)
        return HttpResponseRedirect(reverse(VER, args=[self.aporte.pk]))
