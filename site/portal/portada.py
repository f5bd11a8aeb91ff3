"""What the front page shows, found at each visit in a constant number of queries."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.text import Truncator

from comun.fechas import cuanto_queda, dia_de, ultimo_dia
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import Balance
from consulta.procesos.models import Consulta
from consulta.respuestas.models import Cobertura
from noticias.models import EventoPage, NoticiaPage

ACTIVIDADES = 8
CONSULTAS = 4
RESPUESTAS = 3
NOTICIAS = 3
TITULO = 90
RAZON = 180


def portada(*, ahora: datetime) -> dict[str, Any]:
    """Everything the front page lists, at `ahora`."""
    balance = balance_general(hoy=dia_de(ahora))
    return {
        "actividades": actividades_destacadas(ahora=ahora),
        "consultas": consultas_abiertas(ahora=ahora),
        "balance": balance,
        "fuera": balance.retirados + balance.removidos,
        "respuestas": ultimas_respuestas(),
        "noticias": [_tarjeta_de_noticia(n) for n in ultimas_noticias()],
    }


def actividades_destacadas(*, ahora: datetime) -> list[dict[str, Any]]:
    """Cards of the featured activities that are not over at `ahora`: at its end one leaves by itself."""
    eventos = EventoPage.objects.publicos().destacados().vigentes().proximos(ahora)
    return [_tarjeta_de_evento(e, ahora) for e in eventos.para_tarjetas()[:ACTIVIDADES]]


def consultas_abiertas(*, ahora: datetime) -> list[dict[str, Any]]:
    """Consultations open at `ahora`, the one that closes first on top, with the time that is left."""
    abiertas = Consulta.objects.abiertas(ahora).con_contexto().order_by("etapa__fin", "pk")
    return [
        {
            "titulo": c.titulo,
            "resumen": c.resumen,
            "url": c.get_absolute_url(),
            "proceso": c.etapa.proceso.titulo,
            "es_demostracion": c.etapa.proceso.es_demostracion,
            "queda": cuanto_queda(c.etapa.fin, ahora),
            "pie": f"Hasta el {date_format(ultimo_dia(c.etapa.fin), 'MONTH_DAY_FORMAT')}",
        }
        for c in abiertas[:CONSULTAS]
    ]


def balance_general(*, hoy: date) -> Balance:
    """The ledger's sums over every announced consultation."""
    return Aporte.objects.publicos().balance(hoy)


def ultimas_respuestas() -> list[dict[str, Any]]:
    """What became of the contributions answered last: one line each, the answers of one text once."""
    ultimas = (
        Cobertura.objects.publicadas()
        .filter(aporte__consulta__publicada=True, aporte__situacion="vigente")
        .values("version")
        .annotate(ultima=Max("pk"))
        .order_by("-version__publicada_en", "-version")
        .values_list("ultima", flat=True)[:RESPUESTAS]
    )
    ids = list(ultimas)
    coberturas = (
        Cobertura.objects.filter(pk__in=ids)
        .con_respuesta()
        .select_related("aporte__consulta", "version__respuesta__institucion")
    )
    por_id = {c.pk: c for c in coberturas}
    textos = {
        a.pk: a.contenido
        for a in Aporte.objects.filter(pk__in=[c.aporte_id for c in por_id.values()]).con_texto()
    }
    return [_fila_de_respuesta(por_id[pk], textos[por_id[pk].aporte_id]) for pk in ids]


def ultimas_noticias() -> list[NoticiaPage]:
    """The latest news."""
    return list(NoticiaPage.objects.publicas().recientes().para_tarjetas()[:NOTICIAS])


def _breve(texto: str, largo: int) -> str:
    return str(Truncator(" ".join(texto.split())).chars(largo, truncate="…"))


def _tarjeta_de_evento(evento: EventoPage, ahora: datetime) -> dict[str, Any]:
    return {
        "titulo": evento.title,
        "url": evento.url,
        "tipo": evento.get_tipo_display(),
        "fecha": evento.inicio,
        "hora": True,
        "lugar": evento.donde,
        "resumen": evento.resumen,
        "imagen": evento.imagen_de_tarjeta,
        "insignia": "abierta" if evento.inicio <= ahora else "",
        "insignia_texto": "En curso",
    }


def _tarjeta_de_noticia(noticia: NoticiaPage) -> dict[str, Any]:
    return {
        "titulo": noticia.title,
        "url": noticia.url,
        "tipo": noticia.unidad,
        "fecha": noticia.fecha,
        "resumen": noticia.resumen,
        "imagen": noticia.imagen_de_tarjeta,
    }


def _fila_de_respuesta(cobertura: Cobertura, contenido: Any) -> dict[str, Any]:
    aporte, version = cobertura.aporte, cobertura.version
    return {
        "titulo": _breve(contenido.titulo or contenido.texto or aporte.folio, TITULO),
        "folio": aporte.folio,
        "url": aporte.get_absolute_url(),
        "resultado": cobertura.resultado,
        "resultado_texto": cobertura.get_resultado_display(),
        "institucion": version.respuesta.institucion.nombre,
        "razon": _breve(version.razon, RAZON),
        "fecha": version.publicada_en,
    }
