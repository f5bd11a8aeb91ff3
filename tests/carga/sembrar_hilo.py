"""A thread of any size for `make bench-hilos`: one block through the bulk writer of the demo, and the rest
as copies of it made by PostgreSQL, so that a hundred thousand comments take seconds.
"""

import random
from datetime import timedelta
from typing import Any

BLOQUE = 1_000
RAICES = 0.5
"""Share of the replies that stand below the first root; the others stand below any, ever deeper."""


def poblar(total: int) -> Any:
    """A draft of one paragraph with `total` comments, half of them roots; returns its Asunto."""
    from django.db import connection
    from django.utils import timezone

    from comun import buscador
    from consulta.aportes.models import Aporte, Contador
    from consulta.aportes.recuentos import recontar
    from consulta.procesos.models import Asunto
    from tests.factories.procesos import ConsultaFactory, version_publicada

    ahora = timezone.now()
    consulta = ConsultaFactory(
        etapa__inicio=ahora - timedelta(days=9),
        etapa__fin=ahora + timedelta(days=9),
        etapa__proceso__slug=f"hilo-{total}",
        slug=f"hilo-{total}",
        sigla=f"H{total}",
        acepta_invitados=False,
    )
    version = version_publicada(consulta, [f"Un párrafo con {total} comentarios."])
    asunto = Asunto.objects.select_related("consulta").get(fragmento__version=version)
    piezas = _bloque(asunto, min(total, BLOQUE), ahora)
    buscador.proyectar_ids(Aporte, [p.aporte.pk for p in piezas])
    if total > BLOQUE:
        _copiar_bloque(asunto, total // BLOQUE - 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or the sums below would be planned for an empty table
    Contador.objects.update_or_create(consulta=consulta, defaults={"ultimo": total})
    recontar(consulta)
    return asunto


def _bloque(asunto: Any, cuantos: int, ahora: Any) -> list[Any]:
    from cuentas.models import Institucion, User
    from portal.demo.en_bloque import Pieza, escribir

    institucion = Institucion.objects.get_or_create(nombre="Oficina de Pruebas")[0]
    personas = list(User.objects.filter(email__startswith="hilo"))
    if not personas:
        personas = User.objects.bulk_create(
            User(email=f"hilo{i}@pruebas.example", nombre_publico=f"Persona {i}")
            for i in range(200)
        )
    chances = random.Random(asunto.pk)
    piezas: list[Any] = []
    for i in range(cuantos):
        padre = None
        if i % 2:
            anteriores = [piezas[0]] if chances.random() < RAICES else piezas[-40:]
            padre = chances.choice(anteriores).aporte
        pieza = Pieza.inventar(
            asunto=asunto, n=i + 1, padre=padre,
            en=ahora - timedelta(days=8) + timedelta(days=7) * (i / cuantos),
            titulo="", texto=f"Comentario {i} sobre datos abiertos y municipios. " * 3,
            tema=None, persona=chances.choice(personas), institucion=institucion, chances=chances,
        )  # fmt: skip
        if padre is None:
            pieza.aporte.tipo = "observacion"
        piezas.append(pieza)
    escribir(piezas)
    return piezas


def _copiar_bloque(asunto: Any, veces: int) -> None:
    """`veces` times the rows of a thread, a second apart, with their words, authors and searchable text.
    Those below the first root stay below it. Events are not copied: nothing measured reads them."""
    from django.db import connection

    from consulta.aportes.models import Aporte, AporteVersion, Autoria
    from search.models import Ficha

    suyos = f"SELECT id FROM {Aporte._meta.db_table} WHERE asunto_id = {asunto.pk}"
    primero, ultimo = _extremos(Aporte, f"asunto_id = {asunto.pk}")
    paso = ultimo - primero + 1
    otro = f"+ k * {paso}"
    de_arriba = f"CASE WHEN {{c}} = {primero} THEN {{c}} ELSE {{c}} {otro} END"
    luego = "+ k * interval '1 second'"
    _copiar(Aporte, f"asunto_id = {asunto.pk}", veces, {
        "id": f"id {otro}", "n": f"n + k * {BLOQUE}", "clave_idempotencia": "gen_random_uuid()",
        "padre_id": de_arriba.format(c="padre_id"), "raiz_id": de_arriba.format(c="raiz_id"),
        "enviado_en": f"enviado_en {luego}", "confirmado_en": f"confirmado_en {luego}",
    })  # fmt: skip
    donde = f"aporte_id IN ({suyos} AND id <= {ultimo})"
    desde, hasta = _extremos(AporteVersion, donde)
    _copiar(AporteVersion, donde, veces, {
        "id": f"id + k * {hasta - desde + 1}", "aporte_id": f"aporte_id {otro}",
        "en": f"en {luego}",
    })  # fmt: skip
    _copiar(Autoria, donde, veces, {
        "aporte_id": f"aporte_id {otro}",
        "codigo_hash": "md5(codigo_hash || k) || md5(k || codigo_hash)",
    })  # fmt: skip
    donde = f"fuente = 'aportes.aporte' AND objeto_id BETWEEN {primero} AND {ultimo}"
    desde, hasta = _extremos(Ficha, donde)
    ficha = f"+ k * {hasta - desde + 1}"
    _copiar(Ficha, donde, veces, {"id": f"id {ficha}", "objeto_id": f"objeto_id {otro}"})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_texto (rowid, tipo, fecha, vector) "
            f"SELECT rowid {ficha}, tipo, fecha, vector FROM search_texto, "
            f"generate_series(1, {veces}) k WHERE rowid BETWEEN {desde} AND {hasta}"
        )


def _extremos(modelo: Any, donde: str) -> tuple[int, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MIN(id), MAX(id) FROM {modelo._meta.db_table} WHERE {donde}")
        return cursor.fetchone()


def _copiar(modelo: Any, donde: str, veces: int, cambios: dict[str, str]) -> None:
    from django.db import connection

    tabla = modelo._meta.db_table
    columnas = [f.column for f in modelo._meta.concrete_fields]
    valores = ", ".join(cambios.get(c, c) for c in columnas)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {tabla} ({', '.join(columnas)}) SELECT {valores} "
            f"FROM {tabla}, generate_series(1, {veces}) k WHERE {donde}"
        )
        if "id" in columnas:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{tabla}', 'id'), MAX(id)) FROM {tabla}"
            )
