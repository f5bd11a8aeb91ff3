"""How the notices of a thread read: something new in what one follows, a reply to one's own words."""

from collections.abc import Sequence

from comun.avisos import Correo, direccion_absoluta
from comun.registro import Aviso
from consulta.aportes.models import Aporte, Seguimiento
from consulta.procesos.models import Asunto

Linea = dict[str, tuple[str, str]]


def novedad(aviso: Aviso) -> Correo | None:
    """Something new in a thread they follow. Nothing when they left it meanwhile."""
    etiqueta, _, pk = aviso.objeto.partition(":")
    filas = Seguimiento.objects.filter(
        cuenta=int(aviso.destino.partition(":")[2]), cuenta__is_active=True
    )
    if etiqueta == Aporte._meta.label_lower:
        filas = filas.filter(raiz=int(pk))
    else:
        filas = filas.filter(asunto=int(pk), raiz=None)
    seguimiento = filas.select_related(
        "cuenta", "raiz__consulta", "asunto__consulta", "asunto__fragmento__version__consulta"
    ).first()
    if seguimiento is None:
        return None
    que, ruta = _lo_seguido(seguimiento.raiz or seguimiento.asunto)
    return Correo(
        para=seguimiento.cuenta.email,
        asunto=f"Hay novedades en {que}",
        plantilla="seguimiento",
        contexto={
            "titulo": f"Hay novedades en {que}",
            "consulta": seguimiento.asunto.consulta,
            "url": direccion_absoluta(ruta),
            "porque": f"Le escribimos porque usted sigue {que}.",
            "salida": "Le avisamos una vez, hasta que vuelva a leerla. Para no recibir más, elija "
            "«Dejar de seguir» en esa página.",
        },
    )


def linea_de_novedad(seguido: Aporte | Asunto, destinos: Sequence[str], version: int) -> Linea:
    """Its line on the site."""
    que, ruta = _lo_seguido(seguido)
    return dict.fromkeys(destinos, (f"Hay novedades en {que}", ruta))


def respondieron(aviso: Aviso) -> Correo | None:
    """Somebody replied to one's own contribution."""
    pk = aviso.destino.removeprefix("aporte:")
    aporte = Aporte.objects.con_texto().select_related("autoria__cuenta").filter(pk=pk).first()
    autoria = getattr(aporte, "autoria", None)
    if aporte is None or autoria is None or not aporte.es_visible:
        return None
    para = autoria.cuenta.email if autoria.cuenta else autoria.correo
    if not para:
        return None
    texto, ruta = _replica(aporte)
    return Correo(
        para=para,
        asunto=texto,
        plantilla="seguimiento",
        contexto={
            "titulo": texto,
            "consulta": aporte.consulta,
            "url": direccion_absoluta(ruta),
            "porque": "Le escribimos porque usted envió este aporte.",
            "salida": "Le avisamos una vez, hasta que vuelva a leer la conversación.",
        },
    )


def linea_de_replica(aporte: Aporte, destinos: Sequence[str], version: int) -> Linea:
    """Its line on the site."""
    return dict.fromkeys(destinos, _replica(aporte))


def _replica(aporte: Aporte) -> tuple[str, str]:
    return f"Comentaron su aporte {aporte.folio}", f"{aporte.get_absolute_url()}#hilo"


def _lo_seguido(seguido: Aporte | Asunto) -> tuple[str, str]:
    """What it is called, and where it is read."""
    if isinstance(seguido, Aporte):
        return f"la conversación del aporte {seguido.folio}", f"{seguido.get_absolute_url()}#hilo"
    if seguido.fragmento is not None:
        ruta = f"{seguido.get_absolute_url()}#hilo"
        return f"el párrafo {seguido.fragmento.orden} del borrador", ruta
    return f"la consulta «{seguido.consulta.titulo}»", seguido.get_absolute_url()
