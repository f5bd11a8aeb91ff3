"""The archive in Elasticsearch: Wagtail's backend with Spanish analysis, one kind of row, versions.

Setting `WAGTAILSEARCH_BACKENDS["archivo"]` names this module. It updates nothing by itself
(`AUTO_UPDATE: False`): search/sincronia.py sends what the rows of `Ficha` say is still to be sent.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.crypto import get_random_string
from elasticsearch.helpers import streaming_bulk
from wagtail.search.backends import elasticsearch9 as wagtail_elastico

from search.analisis import AJUSTES
from search.models import Ficha

ESPERA_DE_ENVIO = 30
"""Seconds that one bulk request may take. Nobody waits for it but the clock."""
TAMANO_DE_ENVIO = 8 * 1024 * 1024

_AL_DIA = {200, 201, 409}
_OLVIDADA = {200, 404, 409}


class Mapeo(wagtail_elastico.Elasticsearch9Mapping):
    # Upstream indexes these folded and looks them up unfolded: «sesión» would find nothing.
    edgengram_analyzer_config = {"analyzer": "es_prefijo", "search_analyzer": "es_prefijo_consulta"}


class IndiceArchivo(wagtail_elastico.Elasticsearch9Index):
    """An index or an alias of it. Other models that Wagtail would put here are left out."""

    @property
    def de_escritura(self) -> str:
        """The alias that is written to; it exists before the one that is read, which is complete."""
        return f"{self.name}_escritura"

    def nuevo(self) -> "IndiceArchivo":
        """A new, empty index that nobody reads yet."""
        indice = type(self)(self.backend, f"{self.name}_{get_random_string(8).lower()}")
        indice.put()
        self.es.indices.put_mapping(index=indice.name, **self.mapping_class(Ficha).get_mapping())
        return indice

    def alias(self, alias: str) -> list[str]:
        """Names of the indices behind `alias`."""
        if not self.es.indices.exists_alias(name=alias):
            return []
        return list(self.es.indices.get_alias(name=alias))

    def apuntar(self, destino: str, *alias: str) -> None:
        """Make every one of `alias` stand for `destino` alone, in one step."""
        acciones: list[dict[str, Any]] = []
        for nombre in alias:
            acciones += [
                {"remove": {"index": viejo, "alias": nombre}}
                for viejo in self.alias(nombre)
                if viejo != destino
            ]
            acciones.append({"add": {"index": destino, "alias": nombre}})
        self.es.indices.update_aliases(actions=acciones)

    def enviar(self, fichas: Iterable[Ficha], *, destino: str, es_alias: bool) -> dict[int, str]:
        """Send rows as they are; returns the errors, by row. An older version never wins.

        Raises what the client raises when the engine does not answer; then nothing is known.
        """
        cliente = self.es.options(request_timeout=ESPERA_DE_ENVIO)
        errores: dict[int, str] = {}
        for _bien, dicho in streaming_bulk(
            cliente,
            map(self._accion, fichas),
            index=destino,
            require_alias=es_alias,
            raise_on_error=False,
            max_chunk_bytes=TAMANO_DE_ENVIO,
        ):
            operacion, datos = next(iter(dicho.items()))
            estado = datos.get("status", 500)
            if estado not in (_OLVIDADA if operacion == "delete" else _AL_DIA):
                errores[int(datos["_id"])] = str(datos.get("error", estado))
        return errores

    def _accion(self, ficha: Ficha) -> dict[str, Any]:
        comun: dict[str, Any] = {
            "_id": str(ficha.pk),
            "_version": ficha.version,
            "_version_type": "external_gte",
        }
        if not ficha.publica:
            return comun | {"_op_type": "delete"}
        return comun | {"_source": self.mapping_class(Ficha).get_document(ficha)}

    def add_item(self, item: Model) -> None:
        self.add_items(type(item), [item])

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        """What Wagtail's own commands call; rows alone, and only those that are public."""
        if model is Ficha:
            fichas = [f for f in items if isinstance(f, Ficha) and f.publica]
            self.enviar(fichas, destino=self.name, es_alias=False)


class ElasticsearchArchivo(wagtail_elastico.Elasticsearch9SearchBackend):
    mapping_class = Mapeo
    index_class = IndiceArchivo
    settings = AJUSTES

    @property
    def indice(self) -> IndiceArchivo:
        """The alias that searches read."""
        indice: IndiceArchivo = self.get_index_for_model(Ficha)
        return indice


SearchBackend = ElasticsearchArchivo
