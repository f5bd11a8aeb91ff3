"""Telling the secretariat that a sector cannot approve what waits for it: by the clock, not every day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from comun.auditoria import nombre_de
from comun.avisos import Correo, avisar_a, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.fechas import dia_de
from comun.registro import Aviso
from consulta.procesos.models import Consulta
from consulta.respuestas.correos.conformidad import folios_de
from consulta.respuestas.models import ConflictoDeInteres, RespuestaVersion
from consulta.respuestas.recordatorios import CADA_DIAS
from consulta.respuestas.sectores_sin_quien import sectores_sin_quien
from cuentas.models import User
from cuentas.roles import Rol

RAZON = "sector_impedido"
A_LA_VISTA = 10
"""Answers a mail names; of more it tells how many."""


def avisar_sectores_sin_quien(ahora: datetime) -> int:
    """Tell the secretariat of each consultation with an answer that a whole sector is barred from: once,
    again when something new brings another one, and every `CADA_DIAS` days. Returns how many notices."""
    por_consulta: dict[int, list[RespuestaVersion]] = defaultdict(list)
    for version in _que_esperan():
        por_consulta[version.respuesta.consulta_id].append(version)
    dichos = 0
    for versiones in por_consulta.values():
        impedidas = sectores_sin_quien(versiones, dia_de(ahora))
        consulta = versiones[0].respuesta.consulta
        if impedidas and _toca(consulta, [v for v in versiones if v.pk in impedidas], ahora):
            mesa = User.objects.filter(is_active=True, groups__name=Rol.SECRETARIA)
            dichos += len(
                avisar_a(
                    destinos=[f"cuenta:{pk}" for pk in mesa.values_list("pk", flat=True)],
                    razon=RAZON,
                    objeto=consulta,
                    version=int(ahora.timestamp()) // 60,
                    ahora=ahora,
                )
            )
    return dichos


def _que_esperan(consulta: Consulta | None = None) -> list[RespuestaVersion]:
    filas = RespuestaVersion.objects.presentadas().exclude(respuesta__consulta__conformidades=[])
    if consulta is not None:
        filas = filas.filter(respuesta__consulta=consulta)
    juntas = filas.select_related("respuesta__consulta", "respuesta__institucion")
    return list(juntas.order_by("sellada_en", "pk"))


def _toca(consulta: Consulta, impedidas: list[RespuestaVersion], ahora: datetime) -> bool:
    previos = Aviso.objects.filter(razon=RAZON, objeto=nombre_de(consulta))
    ultimo = previos.order_by("-creado_en").values_list("creado_en", flat=True).first()
    if ultimo is None or ahora - ultimo >= timedelta(days=CADA_DIAS):
        return True
    nuevas = any(v.sellada_en and v.sellada_en > ultimo for v in impedidas)
    declarados = ConflictoDeInteres.objects.filter(consulta=consulta, en__gt=ultimo)
    return nuevas or declarados.exists()


def impedido(aviso: Aviso) -> Correo | None:
    """To the secretariat: which answers, which sector, who is barred and why; nothing once it is mended."""
    cuenta = User.objects.filter(pk=aviso.destino.partition(":")[2], is_active=True).first()
    consulta = Consulta.objects.filter(pk=aviso.objeto.partition(":")[2]).first()
    if cuenta is None or consulta is None:
        return None
    versiones = _que_esperan(consulta)
    impedidas = sectores_sin_quien(versiones, dia_de(aviso.creado_en))
    if not impedidas:
        return None
    suyas = [v for v in versiones if v.pk in impedidas]
    folios = folios_de([v.pk for v in suyas[:A_LA_VISTA]])
    renglones = [
        f"• Respuesta a {folios[v.pk]}, de {v.respuesta.institucion}. "
        + " ".join(f"{s.frase}." for s in impedidas[v.pk])
        for v in suyas[:A_LA_VISTA]
    ]
    if len(suyas) > A_LA_VISTA:
        renglones.append(f"• … y {len(suyas) - A_LA_VISTA} más.")
    return Correo(
        para=cuenta.email,
        asunto=_titulo(len(suyas)),
        plantilla="orden",
        contexto={
            "titulo": _titulo(len(suyas)),
            "parrafos": [
                f"Consulta: {consulta}.",
                "\n".join(renglones),
                "Qué hacer: nombre en el foro a otra persona de ese sector, o pida a quienes responden "
                "que dejen sin efecto la respuesta y la escriban otra vez. Mientras tanto no se publica.",
            ],
            "url": direccion_absoluta(reverse("participacion_foro_modeladmin_index")),
            "boton": "Ver los mandatos del foro",
            "porque": "Le escribimos porque usted integra la secretaría técnica.",
        },
    )


def _titulo(n: int) -> str:
    if n == 1:
        return "Una respuesta espera a un sector que no puede aprobarla"
    return f"{n} respuestas esperan a un sector que no puede aprobarlas"


def _linea(consulta: Any, destinos: Sequence[str], version: int) -> dict[str, Any]:
    texto = f"Un sector del foro no puede aprobar respuestas de «{consulta}»"[:120]
    return dict.fromkeys(destinos, (texto, reverse("participacion_foro_modeladmin_index")))


def registrar_avisos_de_sectores() -> None:
    """Called once at start-up."""
    registrar_razon(RAZON, impedido, clase=Clase.ENCARGOS, linea=_linea)
