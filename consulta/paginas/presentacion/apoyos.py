"""Supports beside the rows of a list: how many, and the button of whoever may give one."""

from collections.abc import Sequence

from consulta.aportes.models import Aporte, Apoyo
from consulta.paginas.presentacion.aportes import FilaAporte
from consulta.paginas.presentacion.direcciones import direccion, ingreso_y_vuelta
from consulta.paginas.presentacion.tarjetas import Lector


def poner_apoyos(filas: Sequence[FilaAporte], aportes: Sequence[Aporte], lector: Lector) -> None:
    """Say on each of `filas`, the rows of `aportes` in their order, what `lector` may do; one query for
    an account, none for anyone else."""
    cuenta = lector.cuenta
    dados: set[int] = set()
    if cuenta is not None:
        suyos = Apoyo.objects.filter(cuenta=cuenta, aporte__in=[a.pk for a in aportes])
        dados = set(suyos.values_list("aporte", flat=True))
    for fila, aporte in zip(filas, aportes, strict=True):
        fila.apoyado = aporte.pk in dados
        autoria = getattr(aporte, "autoria", None)
        if not lector.apoyable or not aporte.es_visible:
            continue
        if cuenta is None:
            fila.url_ingreso = ingreso_y_vuelta(lector.ruta, fila.folio)
        elif autoria is None or autoria.cuenta_id != cuenta.pk:
            fila.url_apoyar = direccion("apoyar", fila.folio)
