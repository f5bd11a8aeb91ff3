"""News, agenda, library and front page of the demo, published as an editor would."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils.html import escape
from wagtail.models import Page

from biblioteca.models import BibliotecaIndexPage, DocumentoPage
from comun.archivos import Archivo, Imagen
from comun.paginas import PaginaBase
from consulta.aportes.models import Aporte
from consulta.respuestas.models import Cobertura
from cuentas.models import User
from noticias.models import AgendaPage, EventoPage, NoticiaPage, NoticiasIndexPage
from portal.demo.archivos import pdf, tabla_csv, texto_plano
from portal.demo.calendario import Calendario
from portal.demo.imagenes import ILUSTRACIONES, dibujar
from portal.demo.lectura import Nodo, leer
from portal.models import InicioPage

PORTADA = "circulos"
Bloques = list[dict[str, Any]]


def ilustraciones() -> dict[str, bytes]:
    """Every illustration, drawn. Takes a second or two: do it before opening the transaction."""
    return {nombre: dibujar(nombre) for nombre in ILUSTRACIONES}


def guardar_imagenes(dibujadas: dict[str, bytes], por: User) -> dict[str, Imagen]:
    """As images of the CMS. They say nothing, so their alternative text is empty."""
    imagenes = {}
    for nombre, contenido in dibujadas.items():
        imagenes[nombre] = Imagen.objects.create(
            title=f"Ilustración de demostración: {nombre}",
            file=ContentFile(contenido, name=f"demo-{nombre}.png"),
            credito="Ilustración generada por el sitio",
            uploaded_by_user=por,
        )
    return imagenes


def cargar_agenda(
    calendario: Calendario, imagenes: dict[str, Imagen], por: User
) -> dict[str, EventoPage]:
    """Activities past, of today and to come, by slug: answers point to some of them."""
    padre = AgendaPage.objects.get()
    eventos = {}
    for datos in leer("paginas")["agenda"]:
        inicio = calendario.a_las(datos["dia"], datos["hora"])
        evento = EventoPage(
            **_comunes(datos, imagenes),
            inicio=inicio,
            fin=inicio + timedelta(minutes=round(datos["dura"] * 60)),
            tipo=datos["tipo"],
            acceso=datos.get("acceso", "abierta"),
            region=datos["region"],
            lugar=datos.get("lugar", ""),
            enlace=datos.get("enlace", ""),
            inscripcion=datos.get("inscripcion", ""),
            organiza=datos["organiza"],
            destacado=datos["destacado"],
            suspendido_motivo=datos.get("suspendido", ""),
            cuerpo=_bloques([{"p": datos["texto"]}]),
        )
        anunciado = calendario.a_las(min(datos["dia"] - 16, -1), "11:00")
        _publicar(padre, evento, por, anunciado)
        eventos[datos["slug"]] = evento
    return eventos


def cargar_noticias(calendario: Calendario, imagenes: dict[str, Imagen], por: User) -> int:
    """The news; returns how many."""
    padre = NoticiasIndexPage.objects.get()
    noticias = leer("paginas")["noticias"]
    for datos in sorted(noticias, key=lambda n: n["dia"]):
        noticia = NoticiaPage(
            **_comunes(datos, imagenes),
            fecha=calendario.dia(datos["dia"]),
            unidad=datos["unidad"],
            cuerpo=_bloques(datos["cuerpo"]),
        )
        noticia.etiquetas.add(*datos["etiquetas"])
        _publicar(padre, noticia, por, calendario.a_las(datos["dia"], "10:00"))
    return len(noticias)


def cargar_biblioteca(calendario: Calendario, imagenes: dict[str, Imagen], por: User) -> int:
    """The documents, each with its file; returns how many. Goes last: one of them lists the answers."""
    padre = BibliotecaIndexPage.objects.get()
    documentos = leer("paginas")["biblioteca"]
    for datos in sorted(documentos, key=lambda d: d["dia"]):
        archivo = Archivo.objects.create(
            title=datos["titulo"],
            file=ContentFile(_contenido(datos), name=f"{datos['slug']}.{datos['formato']}"),
            uploaded_by_user=por,
        )
        documento = DocumentoPage(
            **_comunes(datos, imagenes),
            tipo=datos["tipo"],
            fecha=calendario.dia(datos["dia"]),
            fuente=datos["fuente"],
            plan_numero=datos.get("plan"),
            archivo=archivo,
            licencia=datos.get("licencia", "cc-by-4.0"),
            retirado_motivo=datos.get("retirado", ""),
        )
        _publicar(padre, documento, por, calendario.a_las(datos["dia"], "12:00"))
    return len(documentos)


def vestir_portada(imagenes: dict[str, Imagen], por: User) -> None:
    """Give the front page an image and a closing text, unless an editor gave it one."""
    portada = InicioPage.objects.get()
    datos = leer("paginas")["portada"]
    if not portada.cuerpo:
        portada.cuerpo = _bloques(datos["cuerpo"])
    portada.imagen = portada.imagen or imagenes[PORTADA]
    portada.antetitulo = portada.antetitulo or datos["antetitulo"]
    portada.es_demostracion = True
    portada.save_revision(user=por).publish(user=por)


def _comunes(datos: Nodo, imagenes: dict[str, Imagen]) -> dict[str, Any]:
    return {
        "title": datos["titulo"],
        "slug": datos["slug"],
        "resumen": datos["resumen"],
        "imagen": imagenes.get(datos.get("imagen", "")),
        "es_demostracion": True,
    }


def _publicar(padre: Page, pagina: PaginaBase, por: User, cuando: datetime) -> None:
    pagina.owner = por
    padre.add_child(instance=pagina)
    pagina.save_revision(user=por).publish(user=por)
    Page.objects.filter(pk=pagina.pk).update(first_published_at=cuando, last_published_at=cuando)
    pagina.refresh_from_db()


def _bloques(partes: list[Nodo]) -> str:
    """The body in the raw form of a StreamField."""
    bloques: Bloques = []
    for parte in partes:
        (clase, valor), *_ = parte.items()
        tipo, contenido = _bloque(clase, valor)
        bloques.append({"type": tipo, "value": contenido, "id": str(uuid.uuid4())})
    return json.dumps(bloques)


def _bloque(clase: str, valor: Any) -> tuple[str, Any]:
    if clase == "p":
        return "parrafo", f"<p>{escape(valor)}</p>"
    if clase == "lista":
        return "parrafo", f"<ul>{''.join(f'<li>{escape(v)}</li>' for v in valor)}</ul>"
    if clase == "t":
        return "titulo", {"texto": valor, "nivel": "h2"}
    if clase == "llamada":
        return "llamada", {"pagina": None, **valor}
    return clase, valor


def _contenido(datos: Nodo) -> bytes:
    if datos["formato"] == "csv":
        return tabla_csv(datos.get("tabla") or _respondidas())
    if datos["formato"] == "txt":
        return texto_plano(datos["titulo"], datos["parrafos"])
    return pdf(datos["titulo"], datos["parrafos"])


def _respondidas() -> list[list[str]]:
    """The proposals of the first call with the outcome of their current answer."""
    aportes = Aporte.objects.propuestas().filter(consulta__sigla="P7A").order_by("n").con_texto()
    vigentes = Cobertura.objects.vigentes_de(aportes)
    filas = [["folio", "tema", "region", "resultado", "respondida"]]
    for aporte in aportes:
        cobertura = vigentes.get(aporte.pk)
        dia = aporte.respondido_en.date().isoformat() if aporte.respondido_en else ""
        resultado = cobertura.resultado if cobertura else ""
        tema = aporte.tema.nombre if aporte.tema else ""
        filas.append([aporte.folio, tema, aporte.region, resultado, dia])
    return filas
