"""How Elasticsearch reads Spanish: folded vowels, plural and light stems, ñ as a letter of its own.

Why, in docs/decisions/0011-elasticsearch-is-fed-from-the-rows.md.
"""

from typing import Any

from comun.palabras import VACIAS

AL_INDEXAR: dict[str, Any] = {"analyzer": "es_indice"}
AL_BUSCAR: dict[str, Any] = {
    "search_analyzer": "es_consulta",
    "search_quote_analyzer": "es_frase",
}

_VOCALES = [
    f"{con}=>{sin}"
    for sin, acentuadas in {
        "a": "áàâäÁÀÂÄ",
        "e": "éèêëÉÈÊË",
        "i": "íìîïÍÌÎÏ",
        "o": "óòôöÓÒÔÖ",
        "u": "úùûüÚÙÛÜ",
    }.items()
    for con in acentuadas
]


def _analizador(*filtros: str) -> dict[str, Any]:
    return {
        "type": "custom",
        "char_filter": ["es_vocales"],
        "tokenizer": "standard",
        "filter": ["lowercase", *filtros],
    }


AJUSTES: dict[str, Any] = {
    "settings": {
        "number_of_shards": 1,
        "analysis": {
            "char_filter": {"es_vocales": {"type": "mapping", "mappings": _VOCALES}},
            "filter": {
                "es_plural": {"type": "stemmer", "language": "spanish_plural"},
                "es_suave": {"type": "stemmer", "language": "light_spanish"},
                "es_vacias": {"type": "stop", "stopwords": sorted(VACIAS)},
                "es_enie": {"type": "asciifolding", "preserve_original": True},
                "es_comienzos": {"type": "edge_ngram", "min_gram": 2, "max_gram": 20},
            },
            "analyzer": {
                # «ano» finds «año» because the index holds both; «año» finds only itself.
                "es_indice": _analizador("es_plural", "es_suave", "es_enie", "remove_duplicates"),
                "es_consulta": _analizador("es_vacias", "es_plural", "es_suave"),
                # Phrases keep their small words: «sin fines de lucro».
                "es_frase": _analizador("es_plural", "es_suave"),
                "es_prefijo": _analizador("asciifolding", "es_comienzos"),
                "es_prefijo_consulta": _analizador("asciifolding"),
                "default": _analizador("es_plural", "es_suave", "es_enie", "remove_duplicates"),
                "default_search": _analizador("es_vacias", "es_plural", "es_suave"),
            },
        },
    }
}
