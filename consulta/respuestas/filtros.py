"""Filters of the officials' list."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from comun.fechas import dia_de
from comun.filtros import Filtro
from comun.regiones import Region
from consulta.aportes.enums import TipoAporte
from consulta.procesos.models import Consulta, Tema
from consulta.respuestas.estados import Estado, estado_q
from cuentas.models import Institucion
from cuentas.roles import Rol


def es_solo_oficial(usuario: Any) -> bool:
    """Whether their day is the queue of one institution."""
    return usuario.institucion_id is not None and usuario.roles.isdisjoint(
        {Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR}
    )


class FiltroEstado(Filtro):
    """State; an official's list opens on what is pending."""

    title = "estado"
    parameter_name = "estado"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return Estado.choices

    def valor_por_omision(self) -> str:
        return Estado.PENDIENTE if es_solo_oficial(self.request.user) else ""

    def queryset(self, request: Any, queryset: Any) -> Any:
        hoy = dia_de(timezone.now())
        return queryset.filter(estado_q(self.value(), hoy)) if self.value() else queryset


class FiltroCargo(Filtro):
    """In whose hands; an official's list opens on what their institution was given to answer.

    What nobody was given waits one choice away: the secretariat hands it over.
    """

    title = "a cargo de"
    parameter_name = "a_cargo"
    todos = "Cualquiera"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        propias = [
            ("institucion", "Mi institución"),
            ("posibles", "Mi institución o nadie"),
        ]
        comunes = [("mios", "Míos"), ("sin_asignar", "Sin asignar")]
        return [*(propias if request.user.institucion_id else []), *comunes]

    def valor_por_omision(self) -> str:
        return "institucion" if es_solo_oficial(self.request.user) else ""

    def queryset(self, request: Any, queryset: Any) -> Any:
        suya = Q(institucion=request.user.institucion_id)
        nadie = Q(institucion=None)
        condiciones = {
            "posibles": suya | nadie,
            "institucion": suya,
            "mios": Q(responsable=request.user),
            "sin_asignar": nadie,
        }
        return queryset.filter(condiciones[self.value()]) if self.value() else queryset


class FiltroDeCampo(Filtro):
    """Rows whose field `parameter_name` has the chosen value."""

    def queryset(self, request: Any, queryset: Any) -> Any:
        valor = self.value()
        return queryset.filter(**{str(self.parameter_name): valor}) if valor else queryset


class FiltroConsulta(FiltroDeCampo):
    title = "consulta"
    parameter_name = "consulta"
    todos = "Todas"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return list(Consulta.objects.order_by("-pk").values_list("pk", "titulo"))


class FiltroInstitucion(FiltroDeCampo):
    title = "institución"
    parameter_name = "institucion"
    todos = "Todas"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        # An official's own is in «a cargo de»: twice would let the two contradict each other.
        if es_solo_oficial(request.user):
            return []
        return list(Institucion.objects.values_list("pk", "nombre"))


class FiltroTema(FiltroDeCampo):
    title = "tema"
    parameter_name = "tema"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return list(Tema.objects.values_list("pk", "nombre"))


class FiltroTipo(FiltroDeCampo):
    title = "tipo"
    parameter_name = "tipo"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return TipoAporte.choices


class FiltroRegion(FiltroDeCampo):
    title = "región"
    parameter_name = "region"
    todos = "Todas"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return Region.choices
