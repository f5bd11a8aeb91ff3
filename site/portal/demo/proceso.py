"""The invented process: stages around today, consultations, draft versions, commitments."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from consulta.procesos.enums import Regimen, TipoFragmento
from consulta.procesos.flows.anunciar import anunciar_consulta
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.correspondencias import proponer
from consulta.procesos.flows.plazos import prorrogar_etapa
from consulta.procesos.flows.redactar import preparar_version
from consulta.procesos.flows.revisar import corresponder
from consulta.procesos.huellas import huella_de_fragmento
from consulta.procesos.models import (
    Asunto,
    Consulta,
    Correspondencia,
    Etapa,
    Fragmento,
    Proceso,
    Tema,
    VersionBorrador,
)
from consulta.seguimiento.models import Compromiso, Plan
from cuentas.models import User
from cuentas.roles import Rol
from portal.demo import foro
from portal.demo.calendario import Calendario
from portal.demo.elenco import Elenco
from portal.demo.lectura import Nodo, leer

NUMERO = 7
SLUG = "plan-7-demostracion"
PRIMERA_VERSION = -42
"""Day on which version 1 of the draft is published."""
SEGUNDA_VERSION = -12
ANTES, DESPUES = 1, 2
HOJA = 3
"""Version of the roadmap that was consulted; two drafts of it came before."""


@dataclass
class Escenario:
    """Where the demo happens. Keys are those of the data files."""

    consultas: dict[str, Consulta] = field(default_factory=dict)
    temas: dict[str, Tema] = field(default_factory=dict)
    compromisos: dict[int, Compromiso] = field(default_factory=dict)
    borrador: dict[tuple[int, str], Asunto] = field(default_factory=dict)
    hoja: dict[str, Asunto] = field(default_factory=dict)

    def general(self, sigla: str) -> Asunto:
        """The consultation as a whole, to which proposals speak."""
        return Asunto.objects.get_or_create(consulta=self.consultas[sigla], fragmento=None)[0]


def montar(calendario: Calendario, elenco: Elenco) -> Escenario:
    """Create the two processes and what they consist of; the drafts are published by their flow."""
    datos = leer("plan7")
    escenario = Escenario()
    for clave, tema in datos["temas"].items():
        escenario.temas[clave], _ = Tema.objects.get_or_create(
            slug=clave, defaults={"nombre": tema["nombre"]}
        )
    etapas: dict[str, Etapa] = {}
    procesos = {}
    secretaria = elenco.por_rol[Rol.SECRETARIA]
    for proceso in datos["procesos"]:
        procesos[proceso["slug"]] = _proceso(proceso, calendario, etapas, secretaria)
    for sigla, consulta in datos["consultas"].items():
        escenario.consultas[sigla] = _consulta(sigla, consulta, calendario, etapas, secretaria)
    _plan(datos, procesos[SLUG], calendario, elenco, escenario)
    _borrador(escenario, calendario, secretaria)
    return escenario


def _proceso(datos: Nodo, calendario: Calendario, etapas: dict[str, Etapa], por: User) -> Proceso:
    proceso = Proceso.objects.create(
        regimen=Regimen.DEMOSTRACION,
        **{campo: datos[campo] for campo in ("titulo", "slug", "resumen", "nota_fuente")},
    )
    for orden, etapa in enumerate(datos["etapas"], start=1):
        prevista_inicio, prevista_fin = _ventana(etapa["previsto"], calendario)
        inicio, fin = _ventana(etapa["real"], calendario)
        fila = Etapa.objects.create(
            proceso=proceso,
            orden=orden,
            tipo=etapa["tipo"],
            titulo=etapa["titulo"],
            descripcion=etapa["descripcion"],
            prevista_inicio=prevista_inicio,
            prevista_fin=prevista_fin,
            inicio=inicio,
            fin=prevista_fin if "prorroga" in etapa else fin,
            cifras=etapa.get("cifras", {}),
        )
        if "prorroga" in etapa:
            prorrogar_etapa(
                etapa=fila,
                fin=fin,
                razon=etapa["prorroga"]["razon"],
                por=por,
                ahora=calendario.a_las(etapa["prorroga"]["dia"], "10:00"),
            )
        etapas[etapa.get("clave", f"{proceso.slug}:{orden}")] = fila
    return proceso


def _ventana(tramo: list[int] | None, calendario: Calendario) -> tuple[Any, Any]:
    if tramo is None:
        return None, None
    return calendario.comienzo(tramo[0]), calendario.comienzo(tramo[1] + 1)


def _consulta(
    sigla: str, datos: Nodo, calendario: Calendario, etapas: dict[str, Etapa], por: User
) -> Consulta:
    aparte = ("etapa", "responder_en", "anunciada", "excepcion")
    textos = {k: v for k, v in datos.items() if k not in aparte}
    consulta = Consulta.objects.create(
        sigla=sigla,
        etapa=etapas[datos["etapa"]],
        responder_antes_de=calendario.dia(datos["responder_en"]),
        conformidades=foro.PIDE if sigla == foro.SIGLA else [],
        **textos,
    )
    Asunto.objects.create(consulta=consulta)
    return anunciar_consulta(
        consulta=consulta,
        por=por,
        razon_excepcion=datos.get("excepcion", ""),
        ahora=calendario.a_las(datos["anunciada"], "09:30"),
    )


def _plan(
    datos: Nodo, proceso: Proceso, calendario: Calendario, elenco: Elenco, escenario: Escenario
) -> None:
    plan = Plan.objects.create(
        numero=NUMERO,
        proceso=proceso,
        desde=calendario.hoy.year + 1,
        hasta=calendario.hoy.year + 4,
        **datos["plan"],
    )
    for c in datos["compromisos"]:
        campos = {k: v for k, v in c.items() if k not in ("n", "institucion")}
        escenario.compromisos[c["n"]] = Compromiso.objects.create(
            plan=plan,
            numero=c["n"],
            institucion=elenco.instituciones[c["institucion"]],
            **campos,
        )


def _borrador(escenario: Escenario, calendario: Calendario, por: User) -> None:
    datos = leer("borrador")
    for n, dia in ((ANTES, PRIMERA_VERSION), (DESPUES, SEGUNDA_VERSION)):
        textos = [
            {**f, "texto": f.get("antes", f["texto"]) if n == ANTES else f["texto"]}
            for f in datos["fragmentos"]
            if f.get("desde", ANTES) <= n <= f.get("hasta", DESPUES)
        ]
        asuntos = _version(
            escenario.consultas["P7B"], n, datos["titulo"], textos, calendario, dia, por
        )
        escenario.borrador |= {(n, clave): asunto for clave, asunto in asuntos.items()}
    hoja = leer("hoja_de_ruta")
    for previa in hoja["anteriores"]:
        ahora = calendario.a_las(previa["dia"], "09:00")
        publicar_version(
            version=preparar_version(
                consulta=escenario.consultas["HRD"], texto=previa["texto"],
                titulo=previa["titulo"], por=por, ahora=ahora,
            ),
            por=por,
            ahora=ahora,
        )  # fmt: skip
    escenario.hoja = _version(
        escenario.consultas["HRD"],
        HOJA,
        hoja["titulo"],
        hoja["fragmentos"],
        calendario,
        -36,
        por,
    )


def _version(
    consulta: Consulta,
    n: int,
    titulo: str,
    textos: list[Nodo],
    calendario: Calendario,
    dia: int,
    por: User,
) -> dict[str, Asunto]:
    version = VersionBorrador.objects.create(consulta=consulta, n=n, titulo=titulo)
    Fragmento.objects.bulk_create(
        Fragmento(
            version=version,
            orden=orden,
            tipo=TipoFragmento(f["tipo"]),
            nivel=f.get("nivel", 0),
            texto=f["texto"],
            sha256=huella_de_fragmento(f["texto"]),
        )
        for orden, f in enumerate(textos, start=1)
    )
    ahora = calendario.a_las(dia, "09:00")
    _revisar(version, textos, por, ahora)
    publicar_version(version=version, por=por, ahora=ahora)
    asuntos = Asunto.objects.filter(fragmento__version=version).select_related(
        "consulta__etapa__proceso", "fragmento"
    )
    por_orden = {a.fragmento.orden: a for a in asuntos if a.fragmento}
    return {f["clave"]: por_orden[orden] for orden, f in enumerate(textos, start=1)}


def _revisar(version: VersionBorrador, textos: list[Nodo], por: User, ahora: datetime) -> None:
    """What a person corrected of the machine's matches: a paragraph comes from its text «antes», or
    from nowhere."""
    anterior = version.anterior()
    corregidos = [(i, f) for i, f in enumerate(textos, start=1) if f.get("revisado")]
    if anterior is None or not corregidos:
        return
    Correspondencia.objects.bulk_create(proponer(version))
    viejos = {f.texto: f for f in anterior.fragmentos.all()}
    for orden, f in corregidos:
        corresponder(
            fragmento=version.fragmentos.get(orden=orden),
            anteriores=[viejos[f["antes"]]] if "antes" in f else [],
            por=por,
            ahora=ahora,
        )
