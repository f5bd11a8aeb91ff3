"""Receiving a message of contact, and telling whoever attends it."""

from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from comun.auditoria import registrar
from comun.avisos import Correo, avisar, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.errores import DatoInvalido, SinPermiso
from comun.puerta import pasar
from comun.registro import Aviso
from comun.textos import limpiar, limpiar_linea
from comun.trampa import FormularioAbierto
from cuentas.models import User
from portal.models import ContactoPage, MensajeDeContacto

MENSAJE_MAXIMO = 4000
RAZON = "contacto"


@transaction.atomic
def recibir_mensaje(
    *,
    nombre: str,
    correo: str,
    asunto: str,
    mensaje: str,
    clave: UUID,
    pagina: ContactoPage | None,
    ahora: datetime | None = None,
) -> MensajeDeContacto:
    """Keep a message and enqueue its notice; the same message with the same `clave` is kept once.

    Raises DatoInvalido when, once cleaned, it says nothing.
    """
    ahora = ahora or timezone.now()
    texto = limpiar(mensaje)
    if not texto:
        raise DatoInvalido(str(_("Escriba su mensaje.")), campo="mensaje")
    dicho = {
        "nombre": limpiar_linea(nombre),
        "correo": correo,
        "asunto": limpiar_linea(asunto),
        "mensaje": texto,
    }
    recibido, nuevo = MensajeDeContacto.objects.get_or_create(
        # Whoever goes back and writes something else sends it with the key of the former.
        clave=uuid5(clave, "\n".join(dicho.values())),
        defaults={**dicho, "recibido_en": ahora, "pagina": pagina},
    )
    if nuevo and pagina is not None and pagina.correo_destino:
        avisar(destino=f"pagina:{pagina.pk}", razon=RAZON, objeto=recibido, ahora=ahora)
    return recibido


@transaction.atomic
def marcar_atendido(
    *, mensaje: MensajeDeContacto, por: User, ahora: datetime | None = None
) -> MensajeDeContacto:
    """Say that somebody took care of it. Safe to repeat. Raises SinPermiso."""
    if not por.has_perm("portal.change_mensajedecontacto"):
        raise SinPermiso(str(_("No puede atender mensajes de contacto.")))
    if mensaje.atendido_en is None:
        mensaje.atendido_en = ahora or timezone.now()
        mensaje.save(update_fields=["atendido_en"])
        registrar(verbo="atender_mensaje", objeto=mensaje, por=por, ahora=mensaje.atendido_en)
    return mensaje


def redactar(aviso: Aviso) -> Correo | None:
    """The mail that tells of a message. It does not repeat it: the text stays in the administration."""
    recibido = (
        MensajeDeContacto.objects.select_related("pagina")
        .filter(pk=aviso.objeto.rpartition(":")[2])
        .first()
    )
    if recibido is None or recibido.pagina is None:
        return None
    return Correo(
        para=recibido.pagina.correo_destino,
        asunto=str(_("Nuevo mensaje de contacto")),
        plantilla="contacto",
        contexto={
            "mensaje": recibido,
            "enlace": direccion_absoluta(f"/admin/mensajes-de-contacto/inspect/{recibido.pk}/"),
        },
    )


registrar_razon(RAZON, redactar, clase=Clase.SITIO)


class ContactoForm(FormularioAbierto):
    """What a visitor fills."""

    nombre = forms.CharField(
        label=_("Nombre"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    correo = forms.EmailField(
        label=_("Correo electrónico"),
        max_length=254,
        help_text=_("Para responderle. No se publica."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    asunto = forms.CharField(label=_("Asunto"), max_length=160)
    mensaje = forms.CharField(
        label=_("Mensaje"),
        max_length=MENSAJE_MAXIMO,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Este formulario es para dudas sobre el sitio. Para que su opinión reciba una respuesta "
            "fundada, envíela en una consulta abierta."
        ),
    )
    clave = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_clave(self) -> UUID:
        """The key of this sending. One that was lost or spoilt is no reason to refuse a message."""
        try:
            return UUID(self.cleaned_data["clave"])
        except ValueError:
            return uuid4()

    def clean(self) -> dict[str, object]:
        """Field by field, as kept: what is only control characters or spaces is empty."""
        datos = super().clean() or {}
        for campo in ("nombre", "asunto"):
            if campo in datos and not limpiar_linea(datos[campo]):
                self.add_error(campo, _("Escriba algo aquí."))
        if "mensaje" in datos and not limpiar(datos["mensaje"]):
            self.add_error("mensaje", _("Escriba su mensaje."))
        return datos

    def recibir(self, *, pagina: ContactoPage, desde: str) -> MensajeDeContacto:
        """Keep the message; `desde` is the address it came from. Raises what `pasar` does."""
        pasar("contacto", desde=desde, prueba=self.prueba)
        return recibir_mensaje(pagina=pagina, **self.cleaned_data)


class AtenderForm(WagtailAdminModelForm):
    """In the administration: whether the message was attended."""

    atendido = forms.BooleanField(
        label=_("Ya se respondió o se derivó"), help_text=_("Queda registrado quién lo marcó.")
    )

    class Meta:
        model = MensajeDeContacto
        fields: list[str] = []

    def save(self, commit: bool = True) -> MensajeDeContacto:
        return marcar_atendido(mensaje=self.instance, por=self.for_user)
