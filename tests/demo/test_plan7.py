"""The invented process shows every state one may meet, through rows that the flows wrote."""

import re
from collections import Counter
from io import StringIO

from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import call_command
from django.db.models import Count, F
from django.test import Client
from django_tasks_db.models import DBTaskResult

from biblioteca.models import DocumentoPage
from comun.regiones import Region
from comun.registro import Aviso, Evento
from consulta.aportes.enums import Canal, ClaseGrupo, Situacion, TipoAporte
from consulta.aportes.models import Adjunto, Aporte, AporteVersion, Grupo, Punto
from consulta.procesos.enums import EstadoEtapa
from consulta.procesos.models import (
    Asunto,
    Consulta,
    Correspondencia,
    Proceso,
    Tema,
    VersionBorrador,
)
from consulta.respuestas.enums import Resultado
from consulta.respuestas.models import Cobertura, Conformidad, Destino, RespuestaVersion
from consulta.respuestas.pendientes import esperan_a
from consulta.seguimiento.models import Plan
from cuentas.models import User
from cuentas.roles import Rol
from foro.models import Mandato
from noticias.models import EventoPage, NoticiaPage
from portal.demo import carga, guion
from portal.demo.cuentas import CUENTAS
from portal.demo.lectura import leer
from portal.demo.proceso import Escenario

CAMPANA = 12


def _textos() -> list[str]:
    return list(AporteVersion.objects.values_list("texto", flat=True))


def test_loading_says_each_step(demo) -> None:
    assert len(demo.dicho) >= 6


def test_loading_twice_changes_nothing(demo) -> None:
    antes = (Aporte.objects.count(), User.objects.count(), NoticiaPage.objects.count())
    salida = StringIO()
    call_command("cargar_demo", stdout=salida)
    assert "ya está cargada" in salida.getvalue()
    assert antes == (Aporte.objects.count(), User.objects.count(), NoticiaPage.objects.count())


def test_loading_if_missing_is_silent_the_second_time(demo) -> None:
    salida = StringIO()
    call_command("cargar_demo", "--si-falta", stdout=salida)
    assert salida.getvalue() == ""


def test_the_same_day_gives_the_same_script(demo) -> None:
    escenario = _escenario()
    primera, segunda = (
        [
            (d.clave, d.en)
            for raiz in guion.escribir(demo.calendario, escenario)
            for d in raiz.rama()
        ]
        for _ in range(2)
    )
    assert primera == segunda
    solos = Aporte.objects.exclude(canal__in=[Canal.OFICIO, Canal.MESA])
    # What `conversacion`, `vidas` and `cerrada` add has tests of its own.
    solos = solos.exclude(consulta__sigla__in=("CNV", "SDA")).filter(organizacion=None)
    solos = solos.exclude(autoria__cuenta=None)
    loaded = sorted(solos.values_list("enviado_en", flat=True))
    assert loaded == sorted(en for _, en in primera)


def _escenario() -> Escenario:
    """The scene as it was loaded, found again in the database."""
    escenario = Escenario(
        consultas={c.sigla: c for c in Consulta.objects.con_contexto()},
        temas={t.slug: t for t in Tema.objects.all()},
    )
    asuntos = Asunto.objects.exclude(fragmento=None).select_related(
        "consulta__etapa", "fragmento__version"
    )
    por_lugar = {(a.consulta.sigla, a.fragmento.version.n, a.fragmento.orden): a for a in asuntos}
    fragmentos = leer("borrador")["fragmentos"]
    for n in (1, 2):
        de_esta = [f for f in fragmentos if f.get("desde", 1) <= n <= f.get("hasta", 2)]
        for orden, f in enumerate(de_esta, start=1):
            escenario.borrador[n, f["clave"]] = por_lugar["P7B", n, orden]
    for orden, f in enumerate(leer("hoja_de_ruta")["fragmentos"], start=1):
        escenario.hoja[f["clave"]] = por_lugar["HRD", 3, orden]
    return escenario


def test_the_ledger_balances(demo) -> None:
    call_command("comprobar_libro", stdout=StringIO())


def test_nothing_is_dated_after_the_loading(demo) -> None:
    assert not Aporte.objects.filter(enviado_en__gte=demo.ahora).exists()
    assert not RespuestaVersion.objects.filter(publicada_en__gte=demo.ahora).exists()
    # Pages are published by Wagtail, which dates its own log when it writes it.
    hechos = Evento.objects.exclude(verbo__endswith="_pagina")
    assert not hechos.filter(en__gte=demo.ahora).exists()


def test_folios_follow_the_dates(demo) -> None:
    for consulta in Consulta.objects.all():
        fechas = list(
            consulta.aportes.confirmados().order_by("n").values_list("enviado_en", flat=True)
        )
        assert fechas == sorted(fechas)


def test_stages_lie_before_now_and_after(demo) -> None:
    etapas = Proceso.objects.get(slug="plan-7-demostracion").etapas.all()
    estados = Counter(e.estado(demo.ahora) for e in etapas)
    assert estados[EstadoEtapa.CERRADA] >= 2
    assert estados[EstadoEtapa.ABIERTA] == 2
    assert estados[EstadoEtapa.FUTURA] >= 2
    assert estados[EstadoEtapa.SIN_FECHA] == 1


def test_every_state_of_an_answer_is_there(demo) -> None:
    assert set(Cobertura.objects.values_list("resultado", flat=True)) == set(Resultado)
    hoy = demo.calendario.hoy
    balance = Aporte.objects.publicos().balance(hoy)
    assert balance.cuadra
    assert min(
        balance.pendientes, balance.vencidos, balance.respondidos,
        balance.retirados, balance.removidos,
    ) > 0  # fmt: skip
    pendientes = Aporte.objects.pendientes()
    assert pendientes.filter(institucion=None).exists()
    assert pendientes.exclude(institucion=None).filter(responsable=None).exists()
    assert pendientes.exclude(responsable=None).exists()
    assert RespuestaVersion.objects.filter(n=2).exists()


def test_every_kind_of_destination_is_there(demo) -> None:
    destinos = Destino.objects.all()
    assert destinos.filter(fragmento__version__n=2).exists()
    assert destinos.exclude(compromiso=None).exists()
    assert destinos.exclude(evento=None).exists()
    assert destinos.exclude(porque_nada="").exists()


def test_answers_to_a_closed_call_point_to_the_second_version(demo) -> None:
    llegaron = Destino.objects.filter(cobertura__aporte__consulta__sigla="P7A")
    assert llegaron.filter(fragmento__version__consulta__sigla="P7B").exists()


def test_reasons_are_not_repeated(demo) -> None:
    # The closed consultation repeats one on purpose: the ledger counts it as a copied text.
    versiones = RespuestaVersion.objects.exclude(respuesta__consulta__sigla="SDA")
    razones = list(versiones.values_list("razon", flat=True))
    assert len(razones) == len(set(razones)) >= 40


def test_threads_go_six_levels_deep(demo) -> None:
    padres = dict(Aporte.objects.values_list("pk", "padre"))

    def hondura(pk: int) -> int:
        padre = padres[pk]
        return 0 if padre is None else 1 + hondura(padre)

    assert max(map(hondura, padres)) >= 5
    assert Aporte.objects.exclude(en_nombre_de=None).count() >= 5


def test_every_region_and_theme_is_represented(demo) -> None:
    assert set(Aporte.objects.values_list("region", flat=True)) >= set(Region.values)
    sin = Tema.objects.annotate(n=Count("aporte")).filter(n__lt=4)
    assert not sin.exists()


def test_no_text_is_sent_twice_but_one_campaign(demo) -> None:
    veces = Counter(_textos())
    assert [n for n in veces.values() if n > 1] == [CAMPANA]


def test_there_is_a_rich_bank_of_texts(demo) -> None:
    assert Aporte.objects.filter(tipo=TipoAporte.PROPUESTA).count() >= 80
    assert Aporte.objects.exclude(tipo=TipoAporte.PROPUESTA).count() >= 150
    largos = [len(t) for t in _textos()]
    assert min(largos) < 60
    assert max(largos) > 280
    assert any("\n" in t for t in _textos())


def test_public_texts_carry_no_address_nor_run(demo) -> None:
    publicos = _textos()
    for campos in AporteVersion.objects.values_list("campos", flat=True):
        publicos += [str(v) for v in (campos or {}).values()]
    publicos += RespuestaVersion.objects.values_list("razon", flat=True)
    publicos += Aporte.objects.values_list("autoria__nombre_publico", flat=True)
    for texto in publicos:
        assert "@" not in texto
        assert not re.search(r"\b\d{1,2}\.?\d{3}\.?\d{3}-[\dkK]\b", texto)


def test_no_mail_leaves_and_none_waits(demo) -> None:
    assert Aviso.objects.exists()
    assert not Aviso.objects.filter(enviado_en=None).exists()
    assert not DBTaskResult.objects.filter(task_path__endswith="enviar_aviso").exists()
    assert mail.outbox == []


def test_each_account_signs_in_with_its_role(demo) -> None:
    assert {c.rol for c in CUENTAS} == set(Rol)
    for datos in CUENTAS:
        cuenta = authenticate(username=datos.email, password=datos.clave)
        assert cuenta is not None
        assert cuenta.tiene_rol(datos.rol)
        assert EmailAddress.objects.get(user=cuenta).verified
        assert bool(cuenta.institucion) == bool(datos.institucion)


def test_the_participants_have_contributions_of_their_own(demo) -> None:
    for datos in CUENTAS:
        if datos.rol is Rol.PARTICIPANTE and not datos.email.startswith("foro."):
            assert Aporte.objects.filter(autoria__cuenta__email=datos.email).exists()


def test_removed_and_withdrawn_leave_their_reason(demo) -> None:
    quitados = Aporte.objects.exclude(situacion=Situacion.VIGENTE)
    assert not quitados.filter(motivo="").exists()
    assert quitados.count() >= 6


def test_the_roadmap_of_no_plan_has_three_versions_with_matches(demo) -> None:
    aristas = Correspondencia.objects.filter(a__version__consulta__sigla="HRD")
    tipos = set(aristas.filter(a__version__n=2).values_list("tipo", flat=True))
    assert tipos == {"igual", "cambia", "divide", "une", "mueve"}
    assert aristas.filter(a__version__n=3).count() >= 8
    assert not Plan.objects.filter(proceso__etapas__consultas__sigla="HRD").exists()


def test_both_versions_of_the_draft_are_sealed(demo) -> None:
    versiones = VersionBorrador.objects.publicadas().filter(consulta__sigla="P7B")
    assert [v.n for v in versiones] == [1, 2]
    assert versiones.get(n=2).fragmentos.count() >= 60
    tipos = set(versiones.get(n=2).fragmentos.values_list("tipo", flat=True))
    assert tipos == {"titulo", "parrafo", "lista", "tabla", "compromiso"}


def test_the_pages_are_many_and_marked(demo) -> None:
    for modelo, minimo in ((NoticiaPage, 8), (EventoPage, 8), (DocumentoPage, 8)):
        assert modelo.objects.live().count() >= minimo
        assert not modelo.objects.filter(es_demostracion=False).exists()
    assert EventoPage.objects.pasados(demo.ahora).exists()
    assert EventoPage.objects.filter(inicio__lte=demo.ahora, fin__gt=demo.ahora).exists()
    assert EventoPage.objects.proximos(demo.ahora).destacados().count() >= 3


def test_the_files_of_the_library_are_what_they_say(demo) -> None:
    for documento in DocumentoPage.objects.select_related("archivo"):
        with documento.archivo.file.open("rb") as archivo:
            contenido = archivo.read()
        assert contenido
        assert documento.archivo.sha256
        assert contenido.startswith(b"%PDF-") == (documento.formato == "PDF")


def test_a_draft_fragment_is_never_answered_before_it_was_published(demo) -> None:
    antes = Destino.objects.filter(
        fragmento__isnull=False,
        cobertura__version__publicada_en__lt=F("fragmento__version__publicada_en"),
    )
    assert not antes.exists()


def test_the_public_pages_of_the_demo_open(demo) -> None:
    cliente = Client()
    rutas = ["/", "/procesos/plan-5/", "/procesos/plan-7-demostracion/", "/planes/5/", "/planes/7/"]
    rutas += [c.get_absolute_url() for c in Consulta.objects.all()]
    rutas += ["/consultas/borrador-plan-7/borrador/v2/", "/noticias/", "/agenda/", "/biblioteca/"]
    quitado = Aporte.objects.exclude(situacion=Situacion.VIGENTE).select_related("consulta")[0]
    rutas.append(quitado.get_absolute_url())
    for ruta in rutas:
        assert cliente.get(ruta).status_code == 200, ruta
    assert "Datos de demostración" in cliente.get("/planes/7/").content.decode()
    assert "Datos de demostración" not in cliente.get("/planes/5/").content.decode()


def test_it_knows_that_it_is_loaded(demo) -> None:
    assert carga.cargada()


def test_proposals_come_with_files_by_letter_from_a_workshop_merged_and_divided(demo) -> None:
    assert set(Adjunto.objects.values_list("tipo_mime", flat=True)) >= {
        "application/pdf",
        "image/png",
    }
    assert Adjunto.objects.filter(nombre__endswith=".docx").exists()
    assert Aporte.objects.get(canal=Canal.OFICIO).referencia == "Oficio 214"
    assert Aporte.objects.filter(canal=Canal.MESA).count() == 1
    assert Grupo.objects.get(clase=ClaseGrupo.FUSION).miembros.count() == 3
    assert Punto.objects.count() == 2


def test_the_forum_has_answers_in_every_state_before_it(demo) -> None:
    de_foro = RespuestaVersion.objects.filter(respuesta__consulta__sigla="HRD")
    assert de_foro.publicadas().count() == 8
    assert de_foro.presentadas().count() == 3
    assert Conformidad.objects.filter(sentido="con_disenso").count() == 1
    assert Conformidad.objects.filter(sentido="pide_cambios").count() == 1
    civil = Mandato.objects.get(cuenta__email="foro.civil@demo.example")
    assert esperan_a([civil], civil.cuenta).count() == 2


def test_one_consultation_is_closed_and_one_counts_business_days(demo) -> None:
    cerrada = Consulta.objects.get(sigla="SDA")
    assert cerrada.respondida_en == cerrada.cierre.en < demo.ahora
    assert (cerrada.cierre.recibidos, cerrada.cierre.respondidos, cerrada.cierre.retirados) == (
        9,
        8,
        1,
    )
    texto = Client().get(f"/consultas/{cerrada.slug}/cierre/").content.decode()
    assert "8 de 8 respondidos" in texto and "corregidas después del cierre: 1" in texto
    libro = Client().get(f"/consultas/{cerrada.slug}/libro/").content.decode()
    assert "Texto idéntico en 25\xa0% de las respuestas" in libro
    joven = Client().get("/consultas/convocatoria-joven-plan-7/").content.decode()
    assert "en 30 días hábiles desde el cierre" in joven


def test_the_ledger_of_the_plan_shows_every_cut(demo) -> None:
    texto = Client().get("/libro/").content.decode()
    for corte in ("consulta", "institucion", "tema", "region", "tipo_autor", "resultado", "mes"):
        assert f'<section class="corte" id="{corte}"' in texto
    assert "vencidos · mediana" in texto
