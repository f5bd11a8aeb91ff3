"""From a row of the spreadsheet to what `ingresar_aportes` enters, or to what is wrong with it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comun.errores import DatoInvalido, FueraDePlazo
from comun.regiones import Region
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, Canal, Postura, TipoAporte, TipoAutor, Valor
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.entradas import Entrada, Ingreso, recibido_en, revisar_entrada
from consulta.aportes.importacion.planilla import Fila, Planilla
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Consulta, Tema

TIPOS = (TipoAporte.PROPUESTA, TipoAporte.OBSERVACION, TipoAporte.REPLICA)


@dataclass
class Lector:
    """Judges rows one after the other; remembers the ids it saw, so that replies find their parent."""

    planilla: Planilla
    consulta: Consulta
    ahora: datetime
    vistos: set[str] = field(default_factory=set)

    @cached_property
    def temas(self) -> dict[str, Tema]:
        temas = list(Tema.objects.all())
        return {t.slug: t for t in temas} | {slugify(t.nombre): t for t in temas}

    @cached_property
    def asuntos(self) -> dict[str, Asunto]:
        """What one may speak of, by the order of the fragment in the newest version of the draft."""
        version = self.consulta.versiones.publicadas().order_by("-n").first()
        if version is None:
            return {}
        filas: QuerySet[Asunto] = Asunto.objects.filter(fragmento__version=version)
        return {str(a.fragmento.orden): a for a in filas.select_related("fragmento") if a.fragmento}

    @property
    def tipo_usual(self) -> TipoAporte:
        return TipoAporte.PROPUESTA if self.consulta.recibe_propuestas else TipoAporte.OBSERVACION

    def clave_de(self, id_de_fila: str) -> UUID:
        """The key of a row: the same id in the same consultation is the same contribution for ever."""
        return uuid5(NAMESPACE_URL, f"importar:{self.consulta.slug}:{id_de_fila}")

    def leer(self, fila: Fila) -> Entrada:
        """Raises DatoInvalido naming the column."""
        if fila.sobran:
            raise DatoInvalido(
                _("Tiene %(n)s celdas de más: revise las comillas.") % {"n": fila.sobran}
            )
        propia = fila["id"].strip()
        if propia in self.vistos:
            raise DatoInvalido(_("El id %(id)s ya está en otra fila.") % {"id": propia}, campo="id")
        padre = fila["padre"].strip()
        tipo = self._tipo(fila["tipo"], padre)
        if padre and padre not in self.vistos and not self._ya_esta(padre):
            raise DatoInvalido(
                _("Responde a %(id)s, que no está en una fila anterior.") % {"id": padre},
                campo="padre",
            )
        entrada = Entrada(
            clave=self.clave_de(propia or f"{self.planilla.sha256}:{fila.n}"),
            tipo=tipo,
            contenido=self._contenido(fila, tipo),
            ingreso=self._ingreso(fila),
            asunto=None if padre else self._asunto(fila["fragmento"].strip()),
            padre=self.clave_de(padre) if padre else None,
        )
        revisar_entrada(entrada, self.consulta)
        try:
            recibido_en(self.consulta, tipo, entrada.ingreso.recibido, self.ahora)
        except FueraDePlazo as error:
            raise DatoInvalido(error.mensaje, campo="recibido") from error
        if propia:
            self.vistos.add(propia)
        return entrada

    def _ya_esta(self, id_de_fila: str) -> bool:
        return Aporte.objects.filter(clave_idempotencia=self.clave_de(id_de_fila)).exists()

    def _tipo(self, escrito: str, padre: str) -> TipoAporte:
        if not escrito.strip():
            return TipoAporte.REPLICA if padre else self.tipo_usual
        valor = slugify(escrito)
        elegido = next(
            (t for t in TIPOS if valor in (t.value, slugify(str(t.label)), f"{t.value}s")), None
        )
        if valor in ("comentario", "comentarios"):
            elegido = TipoAporte.OBSERVACION
        if elegido is None:
            raise DatoInvalido(_("Use propuesta, observacion o replica."), campo="tipo")
        return elegido

    def _contenido(self, fila: Fila, tipo: TipoAporte) -> Contenido:
        campos: dict[str, object] = {nombre: fila[nombre] for nombre in CAMPOS_DE_PROPUESTA}
        campos["valores"] = [_opcion(v, Valor, "valores") for v in _partes(fila["valores"])]
        return Contenido(
            texto=fila["texto"],
            titulo=fila["titulo"],
            campos=campos if tipo is TipoAporte.PROPUESTA else {},
            tema=self._tema(fila["tema"]),
            region=_region(fila["region"]),
            tipo_autor=_opcion(fila["tipo_autor"], TipoAutor, "tipo_autor"),
            postura=_opcion(fila["postura"], Postura, "postura"),
            firma=fila["firma"],
            organizacion=fila["organizacion"],
        )

    def _tema(self, escrito: str) -> Tema | None:
        if not escrito.strip():
            return None
        tema = self.temas.get(slugify(escrito))
        if tema is None:
            raise DatoInvalido(
                _("No existe el tema «%(t)s».") % {"t": escrito.strip()[:60]}, campo="tema"
            )
        return tema

    def _asunto(self, orden: str) -> Asunto | None:
        if not orden:
            return None
        asunto = self.asuntos.get(orden)
        if asunto is None:
            raise DatoInvalido(
                _("El borrador publicado no tiene el párrafo %(o)s.") % {"o": orden[:20]},
                campo="fragmento",
            )
        return asunto

    def _ingreso(self, fila: Fila) -> Ingreso:
        canal = Canal(_opcion(fila["canal"], Canal, "canal") or Canal.PAPEL)
        correo = fila["correo"].strip()
        return Ingreso(canal, self._recibido(fila["recibido"]), fila["referencia"], correo)

    def _recibido(self, escrito: str) -> date:
        """«2026-11-21» or «21-11-2026»; empty is today."""
        texto = escrito.strip()
        hoy = timezone.localtime(self.ahora).date()
        if not texto:
            return hoy
        partes = texto.replace("/", "-").split(" ")[0].split("T")[0].split("-")
        if len(partes) == 3 and len(partes[2]) == 4:
            partes.reverse()
        try:
            dia = parse_date("-".join(partes))
        except ValueError:
            dia = None
        if dia is None:
            raise DatoInvalido(
                _("Escriba la fecha como 2026-11-21 o 21-11-2026."), campo="recibido"
            )
        if dia > hoy:
            raise DatoInvalido(_("La fecha no puede ser futura."), campo="recibido")
        return dia


def _partes(escrito: str) -> list[str]:
    return [p for p in escrito.replace("|", ",").replace(";", ",").split(",") if p.strip()]


def _opcion(escrito: str, lista: type, campo: str) -> str:
    """The value of a choice, by value or by name; empty for none. Raises DatoInvalido."""
    buscado = slugify(escrito)
    if not buscado:
        return ""
    for valor, nombre in lista.choices:  # type: ignore[attr-defined]
        if buscado in (slugify(valor), slugify(str(nombre))):
            return str(valor)
    posibles = ", ".join(lista.values)  # type: ignore[attr-defined]
    raise DatoInvalido(
        _("«%(e)s» no es una opción: use %(p)s.") % {"e": escrito.strip()[:40], "p": posibles},
        campo=campo,
    )


def _region(escrito: str) -> str:
    codigo = escrito.strip().zfill(2)
    return codigo if codigo in Region.values else _opcion(escrito, Region, "region")
