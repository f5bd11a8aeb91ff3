"""Database triggers: what was published or recorded cannot be changed, whoever writes.

Each room declares its `Gatillo`s; they are installed after every `migrate`, idempotently, because
Django's table rebuild on SQLite drops them silently. One condition serves both databases.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIJO = "intacto_"


@dataclass(frozen=True)
class Gatillo:
    """Forbid `operacion` (INSERT, UPDATE or DELETE) on `tabla` for the rows where `cuando` holds.

    `cuando` is an SQL condition over OLD and NEW, with `IS DISTINCT FROM` for comparisons that see
    NULL; it may hold subqueries. `mensaje` reaches whoever tried, as an IntegrityError.
    """

    nombre: str
    tabla: str
    operacion: str
    cuando: str
    mensaje: str

    @property
    def completo(self) -> str:
        return f"{PREFIJO}{self.nombre}"

    def sentencias(self, motor: str) -> list[str]:
        """SQL that installs it anew on `motor` («sqlite» or «postgresql»)."""
        if motor == "sqlite":
            condicion = self.cuando.replace("IS NOT DISTINCT FROM", "IS")
            condicion = condicion.replace("IS DISTINCT FROM", "IS NOT")
            return [
                f"DROP TRIGGER IF EXISTS {self.completo}",
                f"CREATE TRIGGER {self.completo} BEFORE {self.operacion} ON {self.tabla} "
                f"FOR EACH ROW WHEN {condicion} "
                f"BEGIN SELECT RAISE(ABORT, '{self.mensaje}'); END",
            ]
        devuelve = "OLD" if self.operacion == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.completo}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF {self.cuando} THEN RAISE EXCEPTION '{self.mensaje}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {devuelve}; END $$",
            f"DROP TRIGGER IF EXISTS {self.completo} ON {self.tabla}",
            f"CREATE TRIGGER {self.completo} BEFORE {self.operacion} ON {self.tabla} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.completo}()",
        ]

    def retirada(self, motor: str) -> str:
        """SQL that takes it away (tests flush their tables; nothing else may)."""
        donde = "" if motor == "sqlite" else f" ON {self.tabla}"
        return f"DROP TRIGGER IF EXISTS {self.completo}{donde}"


def declarados() -> list[Gatillo]:
    """Every trigger of every installed room (its AppConfig's `gatillos`)."""
    return [g for config in apps.get_app_configs() for g in getattr(config, "gatillos", ())]


def instalar(conexion: BaseDatabaseWrapper, gatillos: Iterable[Gatillo]) -> None:
    """Install `gatillos` on `conexion`. Safe to repeat; skips tables that do not exist yet."""
    tablas = set(conexion.introspection.table_names())
    with conexion.cursor() as cursor:
        for gatillo in gatillos:
            if gatillo.tabla in tablas:
                for sentencia in gatillo.sentencias(conexion.vendor):
                    cursor.execute(sentencia)


def retirar(conexion: BaseDatabaseWrapper, gatillos: Iterable[Gatillo]) -> None:
    """Take `gatillos` away from `conexion`."""
    tablas = set(conexion.introspection.table_names())
    with conexion.cursor() as cursor:
        for gatillo in gatillos:
            if gatillo.tabla in tablas:
                cursor.execute(gatillo.retirada(conexion.vendor))


def instalar_tras_migrar(using: str, **kwargs: object) -> None:
    """Receiver of `post_migrate`, connected once by `comun`."""
    instalar(connections[using], declarados())


def retirar_antes_de_migrar(using: str, plan: list[object], **kwargs: object) -> None:
    """Receiver of `pre_migrate`: on SQLite, take every trigger of ours away while tables change.

    A migration there builds a table anew, and a trigger of another table whose condition names it
    makes that fail. `post_migrate` installs them again. Without migrations to apply, nothing happens.
    """
    conexion = connections[using]
    if conexion.vendor != "sqlite" or not plan:
        return
    with conexion.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
            [f"{PREFIJO}%"],
        )
        for (nombre,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {conexion.ops.quote_name(nombre)}")
