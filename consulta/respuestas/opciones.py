"""What the filters of the queue offer, by name: (value, words). Seven queries, whatever there is."""

from typing import Any

from comun.regiones import Region
from consulta.aportes.enums import Canal, ClaseGrupo, TipoAporte, TipoAutor
from consulta.aportes.models import Grupo
from consulta.procesos.models import Consulta, Tema
from consulta.respuestas.filtros import (
    A_CARGO,
    DIAS,
    ORDENES,
    PREGUNTAS,
    FiltrosDeCola,
    es_solo_oficial,
)
from cuentas.models import Institucion, User
from cuentas.roles import Rol

CAMPANAS = 200
"""Shared texts offered, the latest first."""

Opciones = list[tuple[str, str]]


def oficiales(usuario: User) -> Any:
    """Whom contributions may be handed to: of their institution, or anybody for who sees them all."""
    cuentas = User.objects.filter(
        is_active=True, institucion__isnull=False, groups__name__in=[Rol.OFICIAL, Rol.SECRETARIA]
    )
    if es_solo_oficial(usuario):
        cuentas = cuentas.filter(institucion=usuario.institucion_id)
    return cuentas.select_related("institucion").distinct().order_by("institucion", "email")


def opciones_de(filtros: FiltrosDeCola) -> dict[str, Opciones]:
    """Every choice of every filter that is a list, by the filter's name."""
    usuario = filtros.usuario
    campanas = Grupo.objects.filter(clase=ClaseGrupo.CAMPANA, deshecho_en=None)
    fijas: dict[str, Any] = {
        "a_cargo": A_CARGO.items(),
        "quien": [(c.pk, c.nombre_interno) for c in oficiales(usuario)],
        "consulta": Consulta.objects.order_by("-pk").values_list("pk", "titulo"),
        "institucion": Institucion.objects.filter(
            tipo__in=[
                Institucion.Tipo.EJECUTIVO,
                Institucion.Tipo.LEGISLATIVO,
                Institucion.Tipo.JUDICIAL,
                Institucion.Tipo.AUTONOMO,
            ]
        ).values_list("pk", "nombre"),
        "tema": Tema.objects.values_list("pk", "nombre"),
        "tipo": TipoAporte.choices,
        "region": Region.choices,
        "tipo_autor": TipoAutor.choices,
        "canal": Canal.choices,
        "campana": campanas.values_list("pk", "titulo")[:CAMPANAS],
        "preguntas": PREGUNTAS.items(),
        "orden": [(clave, texto) for clave, (texto, _campos) in ORDENES.items()],
    }
    return {n: [(str(v), str(t)) for v, t in pares] for n, pares in fijas.items()}


TITULOS = {
    "q": "Texto",
    "a_cargo": "A cargo de",
    "quien": "Persona",
    "consulta": "Consulta",
    "institucion": "Institución",
    "tema": "Tema",
    "tipo": "Tipo",
    "region": "Región",
    "tipo_autor": "Participa como",
    "canal": "Llegó por",
    "campana": "Texto compartido",
    "preguntas": "Preguntas",
    "estado": "Estado",
    "orden": "Orden",
}


def fichas_de_filtros(
    filtros: FiltrosDeCola, opciones: dict[str, Opciones], estados: dict[str, str]
) -> list[dict[str, str]]:
    """Each chosen filter as a chip: its words, and the address of the list without it."""
    fichas = []
    for nombre, valor in filtros.valores.items():
        if nombre in ("dias", "orden"):
            continue
        textos = estados if nombre == "estado" else dict(opciones.get(nombre, []))
        texto = f"«{valor}»" if nombre == "q" else textos.get(valor, "ya no existe")
        if nombre == "estado" and filtros["estado"] == "por_vencer":
            texto = f"{texto} en {filtros.dias} días"
        fichas.append(
            {
                "titulo": TITULOS[nombre],
                "texto": texto,
                "sin": f"?{filtros.cadena(**{nombre: ''})}",
            }
        )
    return fichas


DIAS_OFRECIDOS = sorted({1, 2, 3, 5, DIAS, 10, 15, 30})
