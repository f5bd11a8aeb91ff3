"""The rules of participation, with what each forbids and how often it was applied."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from consulta.aportes.enums import Causa, Situacion
from consulta.aportes.models import Apelacion, Aporte, Reporte

EXPLICADAS: dict[Causa, tuple[str, str]] = {
    Causa.AMENAZA: (
        "Anuncia un daño a alguien o anima a otros a causarlo.",
        "«Sé dónde vive la alcaldesa y la vamos a esperar.»",
    ),
    Causa.ODIO: (
        "Insulta a una persona o desprecia a un grupo por lo que es. Criticar con dureza una idea, una "
        "política o a una autoridad por lo que hace sí está permitido.",
        "Tratar a alguien de «animal» por su nacionalidad.",
    ),
    Causa.DATOS: (
        "Da a conocer datos de alguien que no los hizo públicos: RUN, teléfono, domicilio, salud.",
        "El teléfono del vecino que presentó el reclamo.",
    ),
    Causa.PUBLICIDAD: (
        "Vende algo, o es texto puesto por un programa que no habla de la consulta. Que muchas personas "
        "envíen un mismo texto no es publicidad: eso se permite y se cuenta.",
        "«Créditos al instante, escriba a este número.»",
    ),
    Causa.SUPLANTACION: (
        "Firma como otra persona u organización para que parezca que ella lo dice.",
        "Firmar con el nombre de una dirigente sin serlo.",
    ),
    Causa.ILEGAL: (
        "Difunde lo que la ley prohíbe difundir, o copia una obra entera sin permiso.",
        "El capítulo completo de un libro a la venta.",
    ),
    Causa.AJENO: (
        "No tiene relación alguna con la consulta. Si la tiene aunque sea lejana, se queda y se responde.",
        "El resultado de un partido de fútbol.",
    ),
}


@dataclass(slots=True)
class Regla:
    """One cause of the public list."""

    causa: str
    nombre: str
    explica: str
    ejemplo: str
    removidos: int
    url: str


@dataclass(slots=True)
class Cuentas:
    """What moderation did so far, in public figures."""

    removidos: int
    sin_causa: int
    reportes: int
    reportes_abiertos: int
    apelaciones: int
    acogidas: int


def reglas() -> list[Regla]:
    """The list in its order, with how many stand removed for each; one query."""
    cuantos = dict(
        Aporte.objects.publicos()
        .filter(situacion=Situacion.REMOVIDO)
        .order_by()
        .values_list("causa")
        .annotate(Count("pk"))
    )
    pagina = reverse("paginas:reglas")
    return [
        Regla(
            causa.value, str(causa.label), explica, ejemplo, cuantos.get(causa.value, 0),
            f"{pagina}#{causa.value}",
        )
        for causa, (explica, ejemplo) in EXPLICADAS.items()
    ]  # fmt: skip


def cuentas() -> Cuentas:
    """Three queries."""
    removidos = Aporte.objects.publicos().filter(situacion=Situacion.REMOVIDO)
    return Cuentas(
        **removidos.aggregate(removidos=Count("pk"), sin_causa=Count("pk", filter=Q(causa=""))),
        **Reporte.objects.aggregate(
            reportes=Count("pk"), reportes_abiertos=Count("pk", filter=Q(estado="abierto"))
        ),
        **Apelacion.objects.aggregate(
            apelaciones=Count("pk"), acogidas=Count("pk", filter=Q(acogida=True))
        ),
    )


def tabla_de_reglas(filas: list[Regla]) -> dict[str, object]:
    """Inputs of components/tabla.html."""
    return {
        "titulo": "Aportes removidos, por causa",
        "columnas": [{"titulo": "Causa"}, {"titulo": "Removidos", "num": True}],
        "filas": [
            {
                "celdas": [
                    {"rotulo": "Causa", "texto": fila.nombre, "url": f"#{fila.causa}"},
                    {"rotulo": "Removidos", "texto": str(fila.removidos), "num": True},
                ]
            }
            for fila in filas
        ],
    }
