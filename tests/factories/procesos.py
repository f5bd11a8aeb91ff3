from datetime import timedelta

import factory

from consulta.procesos.enums import Regimen, TipoEtapa, TipoFragmento
from consulta.procesos.huellas import huella_de_fragmento, huella_de_version
from consulta.procesos.models import (
    Asunto,
    Consulta,
    Etapa,
    Fragmento,
    Proceso,
    Tema,
    VersionBorrador,
)
from tests.factories import AHORA


class TemaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tema
        django_get_or_create = ("slug",)

    nombre = factory.Sequence(lambda n: f"Tema {n}")
    slug = factory.Sequence(lambda n: f"tema-{n}")


class ProcesoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proceso

    class Params:
        historico = factory.Trait(regimen=Regimen.HISTORICO)

    titulo = factory.Sequence(lambda n: f"Proceso {n}")
    slug = factory.Sequence(lambda n: f"proceso-{n}")
    regimen = Regimen.VIGENTE


class EtapaFactory(factory.django.DjangoModelFactory):
    """A stage, open at AHORA unless a trait says otherwise."""

    class Meta:
        model = Etapa

    class Params:
        futura = factory.Trait(inicio=AHORA + timedelta(days=5), fin=AHORA + timedelta(days=35))
        cerrada = factory.Trait(inicio=AHORA - timedelta(days=40), fin=AHORA - timedelta(days=1))
        sin_fecha = factory.Trait(inicio=None, fin=None)

    proceso = factory.SubFactory(ProcesoFactory)
    tipo = TipoEtapa.CONSULTA_BORRADOR
    orden = factory.Sequence(lambda n: n + 1)
    inicio = AHORA - timedelta(days=10)
    fin = AHORA + timedelta(days=20)


class ConsultaFactory(factory.django.DjangoModelFactory):
    """An announced consultation of a draft, open at AHORA; `propuestas=True` receives proposals."""

    class Meta:
        model = Consulta

    class Params:
        propuestas = False
        futura = False
        cerrada = False
        historica = False

    etapa = factory.SubFactory(
        EtapaFactory,
        tipo=factory.LazyAttribute(
            lambda o: (
                TipoEtapa.RECEPCION if o.factory_parent.propuestas else TipoEtapa.CONSULTA_BORRADOR
            )
        ),
        futura=factory.SelfAttribute("..futura"),
        cerrada=factory.SelfAttribute("..cerrada"),
        proceso__historico=factory.SelfAttribute("...historica"),
    )
    titulo = factory.Sequence(lambda n: f"Consulta {n}")
    slug = factory.Sequence(lambda n: f"consulta-{n}")
    sigla = factory.Sequence(lambda n: f"T{n:03d}")
    resumen = "Qué se consulta."
    que_se_puede_cambiar = "El texto del borrador."
    que_no_se_puede_cambiar = "El número de compromisos."
    quien_decide = "La Mesa."
    responder_antes_de = (AHORA + timedelta(days=40)).date()
    publicada = True


class AsuntoFactory(factory.django.DjangoModelFactory):
    """A consultation as a whole."""

    class Meta:
        model = Asunto
        django_get_or_create = ("consulta", "fragmento")

    consulta = factory.SubFactory(ConsultaFactory)
    fragmento = None


def version_publicada(consulta: Consulta, textos: list[str], n: int = 1) -> VersionBorrador:
    """A published version whose paragraphs are `textos`, each with its Asunto."""
    version = VersionBorrador.objects.create(consulta=consulta, n=n, titulo=f"Versión {n}")
    fragmentos = Fragmento.objects.bulk_create(
        Fragmento(
            version=version,
            orden=i,
            tipo=TipoFragmento.PARRAFO,
            texto=texto,
            sha256=huella_de_fragmento(texto),
        )
        for i, texto in enumerate(textos, 1)
    )
    version.sha256 = huella_de_version(fragmentos)
    version.publicada_en = AHORA - timedelta(days=9)
    version.save()
    Asunto.objects.bulk_create(Asunto(consulta=consulta, fragmento=f) for f in fragmentos)
    return version
