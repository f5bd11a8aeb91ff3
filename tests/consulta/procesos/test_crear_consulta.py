"""A consultation from a file: created once, completed, refused with the line where it is wrong."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from comun.fechas import comienzo_del_dia
from comun.registro import Evento
from consulta.procesos.convocatoria import Fallas, leer
from consulta.procesos.models import Consulta, Etapa, Excepcion, Proceso, Tema
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, ProcesoFactory

pytestmark = pytest.mark.django_db
EJEMPLO = (Path(__file__).parents[3] / "docs/ejemplos/consulta.yaml").read_text()


@pytest.fixture(autouse=True)
def secretaria():
    return UserFactory(secretaria=True)


def crear(tmp_path, texto, **opciones):
    archivo, salida = tmp_path / "c.yaml", StringIO()
    archivo.write_bytes(texto if isinstance(texto, bytes) else texto.encode())
    try:
        call_command("crear_consulta", str(archivo), stdout=salida, **opciones)
    except CommandError as error:
        return f"{salida.getvalue()}{error} [{error.returncode}]"
    return salida.getvalue()


def test_the_example_creates_everything_through_the_flows(tmp_path, secretaria):
    dicho = crear(tmp_path, EJEMPLO)
    consulta = Consulta.objects.get(slug="propuestas-datos-abiertos")
    assert consulta.get_absolute_url() in dicho and "no la ve" in dicho
    assert (consulta.sigla, consulta.etapa.orden, consulta.publicada) == ("DAT", 2, False)
    assert (consulta.pide_postura, consulta.acepta_invitados) == (False, True)
    etapa = consulta.etapa
    assert etapa.fin == comienzo_del_dia(date(2030, 6, 1)), "the whole last day, of Chile"
    assert etapa.proceso.etapas.count() == 3 and consulta.asuntos.count() == 1
    verbos = set(Evento.objects.values_list("verbo", flat=True))
    assert {"crear_proceso", "crear_etapa", "crear_consulta", "crear_tema"} <= verbos


def test_again_changes_nothing_and_a_change_changes_only_that(tmp_path):
    crear(tmp_path, EJEMPLO)
    eventos = Evento.objects.count()
    dicho = crear(tmp_path, EJEMPLO)
    assert "se crea" not in dicho and "cambia  " not in dicho
    assert Evento.objects.count() == eventos
    dicho = crear(tmp_path, EJEMPLO.replace("Diga qué datos necesita", "Cuente qué datos necesita"))
    assert dicho.count("cambia  ") == 1 and Evento.objects.count() == eventos + 1
    assert Consulta.objects.get().resumen.startswith("Cuente") and Tema.objects.count() == 2


def test_a_rehearsal_says_it_all_and_writes_nothing(tmp_path):
    dicho = crear(tmp_path, EJEMPLO, previsualizar=True)
    assert "se crea" in dicho and "no se escribió nada" in dicho
    assert not Proceso.objects.exists() and not Evento.objects.exists()


def test_it_is_announced_where_asked_and_never_hidden_again(tmp_path):
    anunciada = EJEMPLO.replace("anunciar: no", "anunciar: sí")
    assert "se anuncia" in crear(tmp_path, anunciada)
    consulta = Consulta.objects.get()
    assert consulta.publicada and consulta.anunciada_en and not Excepcion.objects.exists()
    crear(tmp_path, EJEMPLO)
    assert Consulta.objects.get().publicada, "the file without it hides nothing"
    dicho = crear(
        tmp_path,
        anunciada.replace("fin: 2030-05-31\n  - tipo: pub", "fin: 2030-05-20\n  - tipo: pub"),
    )
    assert "línea 26, etapas[2].fin: El plazo anunciado solo puede alargarse." in dicho
    assert Etapa.objects.get(orden=2).fin.day == 1


def test_what_announcing_lacks_is_said_where_it_was_asked(tmp_path):
    texto = EJEMPLO.replace("anunciar: no", "anunciar: sí").replace(
        "  responder_antes_de: 2030-08-31\n", ""
    )
    dicho = crear(tmp_path, texto)
    assert "anunciar: Todavía no se puede anunciar. Falta «Responder antes de»" in dicho
    assert not Proceso.objects.exists()


def test_fewer_than_fourteen_days_need_a_reason_that_is_kept(tmp_path):
    pronto = timezone.localdate() + timedelta(days=5)
    texto = EJEMPLO.replace("anunciar: no", "anunciar: sí").replace(
        "    inicio: 2030-05-01", f"    inicio: {pronto}"
    )
    assert "razon_excepcion: Se anuncia con 14 días" in crear(tmp_path, texto)
    assert not Consulta.objects.exists()
    assert "se anuncia" in crear(tmp_path, f"{texto}razon_excepcion: Lo fija una ley.\n")
    assert Excepcion.objects.get().razon == "Lo fija una ley."


def test_an_existing_process_is_named_by_its_slug(tmp_path):
    proceso = ProcesoFactory(slug="hoja")
    texto = EJEMPLO[EJEMPLO.index("etapas:") :]
    assert "No hay un proceso «otra»" in crear(tmp_path, f"proceso: otra\n{texto}")
    crear(tmp_path, f"proceso: hoja\n{texto}")
    assert Consulta.objects.get().etapa.proceso == proceso


@pytest.mark.parametrize(
    ("de", "a", "dice"),
    [
        ("sigla: DAT", "sigla: dá-t", "línea 34, consulta.sigla: Use de 2 a 12 letras"),
        ("  sigla: DAT\n", "", "línea 32, consulta.sigla: Falta este dato."),
        ("  resumen: Diga", "  resumenn: Diga", "línea 36, consulta.resumenn: No existe esta clave"),
        ("fin: 2030-04-30\n  - tipo: rec", "fin: 2030-02-31\n  - tipo: rec", "línea 19, etapas[1].fin"),
        ("    fin: 2030-05-31", "    fin: 2030-04-01", "etapas[2].fin: La etapa debe"),
        ("tipo: sensibilizacion", "tipo: charla", "línea 15, etapas[1].tipo: Use uno de estos"),
        ("tipo: sensibilizacion", "tipo: recepcion", "consulta.etapa: Diga en qué etapa"),
        ("pide_postura: no", "pide_postura: quizás", "consulta.pide_postura: Escriba «sí» o «no»."),
        ("slug: propuestas-datos-abiertos", "slug: con espacio", "consulta.slug:"),
        ("titulo: Hoja de ruta de datos abiertos", f"titulo: {'x' * 201}", "línea 9, proceso.titulo:"),
        ("etapas:\n", "etapas: ninguna\notras:\n", "línea 14, etapas: Aquí va una lista"),
        ("titulo: Hoja", "titulo: Hoja: de", "línea 9: Aquí el archivo deja de ser YAML"),
        ("temas:\n", "temas: [[a]]\nx:\n", "temas[1]: Aquí va un solo texto."),
        ("  sigla: DAT", "  etapa: 9\n  sigla: DAT", "línea 34, consulta.etapa: El proceso no tiene"),
        ("  sigla: DAT", "  sigla: DAT\n  sigla: OTRA", "línea 35, consulta.sigla: Está dos veces."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_its_path(tmp_path, de, a, dice):
    assert de in EJEMPLO
    dicho = crear(tmp_path, EJEMPLO.replace(de, a, 1))
    assert dice in dicho, dicho
    assert "no se escribió nada. [1]" in dicho
    assert not Proceso.objects.exists()


@pytest.mark.parametrize(
    "crudo",
    [b"", b"# nada\n", b"\xff\xfe\x00", b"[" * 5000, b"hola", b"- a\n- b", b"a: *b", b"x" * 1_000_001,
     b"&a [*a]", b"proceso: !!python/object/apply:os.system ['id']\nconsulta: {}", b"? [a]\n: 1"],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_words(tmp_path, crudo):
    assert "[1]" in crear(tmp_path, crudo)
    with pytest.raises(Fallas):
        leer(crudo)


def test_every_fault_is_told_at_once(tmp_path):
    dicho = crear(tmp_path, EJEMPLO.replace("DAT", "d").replace("2030-08-31", "pronto"))
    assert "2 fallas" in dicho


def test_neither_another_ones_sigla_nor_another_process_is_taken(tmp_path, secretaria):
    ConsultaFactory(sigla="DAT")
    assert "consulta.sigla: Otra consulta ya usa esa sigla" in crear(tmp_path, EJEMPLO)
    ConsultaFactory(slug="propuestas-datos-abiertos")
    assert "consulta.slug: Otro proceso ya tiene" in crear(tmp_path, EJEMPLO)


def test_only_the_secretariat_may(tmp_path):
    persona = UserFactory()
    assert "secretaría técnica. [2]" in crear(tmp_path, EJEMPLO, por=persona.email)
    assert "[2]" in crear(tmp_path, EJEMPLO, por="nadie@example.cl")
    assert not Proceso.objects.exists()


def test_a_term_in_business_days_takes_the_place_of_a_fixed_day(tmp_path):
    plazo = "  plazo_habiles: 30\n  plazo_desde: recepcion\n"
    texto = EJEMPLO.replace("anunciar: no", "anunciar: sí").replace(
        "  responder_antes_de: 2030-08-31\n", plazo
    )
    assert "se anuncia" in crear(tmp_path, texto)
    consulta = Consulta.objects.get()
    assert (consulta.plazo_habiles, consulta.plazo_desde) == (30, "recepcion")
    assert consulta.responder_antes_de is None
    for mal in ("plazo_habiles: 0", "plazo_habiles: 251", "plazo_desde: nunca"):
        clave = mal.partition(":")[0]
        linea = next(x for x in plazo.splitlines() if clave in x)
        assert f"consulta.{clave}" in crear(tmp_path, texto.replace(linea, f"  {mal}"))


def test_how_long_before_a_deadline_one_is_warned_is_a_list(tmp_path):
    linea = "  avisos_de_plazo: [5, 2]\n"
    crear(tmp_path, EJEMPLO.replace(linea, "  avisos_de_plazo: [1, 10]\n"))
    assert Consulta.objects.get().avisos_de_plazo == [10, 1]
    assert "Consulta" in crear(tmp_path, EJEMPLO.replace(linea, ""))
    assert Consulta.objects.get().avisos_de_plazo == [10, 1]
    for mal in ("[0]", "[61]", "[1, 2, 3, 4, 5]", "[pronto]", "5"):
        assert "consulta.avisos_de_plazo" in crear(
            tmp_path, EJEMPLO.replace(linea, f"  avisos_de_plazo: {mal}\n")
        )
