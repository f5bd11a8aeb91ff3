"""How processes, consultations and the paragraphs of a draft read in the archive."""

from collections.abc import Sequence

from django.db.models import Exists, Min, OuterRef

from comun.buscador import DatosFicha, Fuente, Tipo, declarar_sin_ficha, registrar
from consulta.procesos.models import Asunto, Consulta, Etapa, Fragmento, Proceso, VersionBorrador
from consulta.procesos.querysets import FragmentoQuerySet


def fichas_de_procesos(ids: Sequence[int]) -> dict[int, DatosFicha]:
    """Every process is public."""
    procesos = Proceso.objects.filter(pk__in=ids).annotate(comienzo=Min("etapas__inicio"))
    return {
        p.pk: DatosFicha(
            tipo=Tipo.PROCESO,
            titulo=p.titulo,
            direccion=p.get_absolute_url(),
            texto=p.resumen,
            fecha=p.comienzo,
        )
        for p in procesos
    }


def fichas_de_consultas(ids: Sequence[int]) -> dict[int, DatosFicha]:
    """Those announced."""
    consultas = Consulta.objects.publicadas().filter(pk__in=ids).con_contexto()
    return {
        c.pk: DatosFicha(
            tipo=Tipo.CONSULTA,
            titulo=c.titulo,
            direccion=c.get_absolute_url(),
            texto="\n\n".join(
                filter(
                    None,
                    [
                        c.resumen, c.que_se_puede_cambiar, c.que_no_se_puede_cambiar,
                        c.quien_decide,
                    ],
                )
            ),
            claves=(c.sigla, c.etapa.proceso.titulo, c.etapa.nombre),
            contexto=c.etapa.proceso.titulo,
            fecha=c.etapa.inicio,
        )
        for c in consultas
    }  # fmt: skip


def fragmentos_en_archivo() -> FragmentoQuerySet:
    """Those of the newest published version of each announced consultation."""
    posteriores = VersionBorrador.objects.publicadas().filter(
        consulta=OuterRef("version__consulta"), n__gt=OuterRef("version__n")
    )
    return Fragmento.objects.publicos().exclude(Exists(posteriores))


def fichas_de_fragmentos(ids: Sequence[int]) -> dict[int, DatosFicha]:
    """A paragraph is found in its newest version only: the older ones hang from it."""
    fragmentos = fragmentos_en_archivo().filter(pk__in=ids).select_related("version__consulta")
    return {
        f.pk: DatosFicha(
            tipo=Tipo.FRAGMENTO,
            titulo=f"Borrador, versión {f.version.n}, párrafo {f.orden}",
            contexto=f.version.consulta.titulo,
            direccion=f.get_absolute_url(),
            texto=f.texto,
            fecha=f.version.publicada_en,
        )
        for f in fragmentos
    }


def registrar_fichas() -> None:
    """Called at start-up."""
    registrar(
        Fuente(
            modelo=Proceso,
            fichas=fichas_de_procesos,
            publicos=lambda: Proceso.objects.values_list("pk", flat=True),
            depende_de={
                Etapa: lambda ids: Proceso.objects.filter(etapas__in=ids).values_list(
                    "pk", flat=True
                )
            },
            al_guardar=(Proceso,),
        )
    )
    registrar(
        Fuente(
            modelo=Consulta,
            fichas=fichas_de_consultas,
            publicos=lambda: Consulta.objects.publicadas().values_list("pk", flat=True),
            depende_de={
                Proceso: lambda ids: Consulta.objects.filter(etapa__proceso__in=ids).values_list(
                    "pk", flat=True
                ),
                Etapa: lambda ids: Consulta.objects.filter(etapa__in=ids).values_list(
                    "pk", flat=True
                ),
            },
            al_guardar=(Consulta, Etapa),
        )
    )
    registrar(
        Fuente(
            modelo=Fragmento,
            fichas=fichas_de_fragmentos,
            publicos=lambda: fragmentos_en_archivo().values_list("pk", flat=True),
            depende_de={
                Consulta: lambda ids: Fragmento.objects.filter(
                    version__consulta__in=ids, version__publicada_en__isnull=False
                ).values_list("pk", flat=True),
                VersionBorrador: lambda ids: Fragmento.objects.filter(
                    version__consulta__versiones__in=ids
                ).values_list("pk", flat=True),
            },
        )
    )
    declarar_sin_ficha(VersionBorrador, "se encuentra por sus párrafos")
    declarar_sin_ficha(Asunto, "es la consulta o el párrafo de que se habla")
