"""The full-text table of the database in use: FTS5 on SQLite, tsvector with GIN on PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models

CREAR = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_texto USING fts5("
        "titulo, claves, texto, variantes, "
        "tokenize = 'unicode61 remove_diacritics 0')"
    ],
    "postgresql": [
        "CREATE TABLE search_texto (rowid bigint PRIMARY KEY "
        "REFERENCES search_ficha (id) DEFERRABLE INITIALLY DEFERRED, "
        "tipo varchar(20) NOT NULL, fecha timestamptz NULL, vector tsvector NOT NULL)",
        # Out of line and as it is: counting and sorting then read a narrow table.
        "ALTER TABLE search_texto ALTER COLUMN vector SET STORAGE EXTERNAL",
        "ALTER TABLE search_texto SET (toast_tuple_target = 128)",
        "CREATE INDEX search_texto_vector ON search_texto USING gin (vector)",
    ],
}


def crear(apps, schema_editor):
    for sentencia in CREAR[schema_editor.connection.vendor]:
        schema_editor.execute(sentencia)


def borrar(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_texto")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_ficha")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(crear, borrar)],
            state_operations=[
                migrations.CreateModel(
                    name="TextoFicha",
                    fields=[
                        (
                            "ficha",
                            models.OneToOneField(
                                db_column="rowid",
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="search.ficha",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "texto de ficha", "verbose_name_plural": "textos de ficha",
                        "db_table": "search_texto",
                    },
                ),
            ],
        ),
    ]
