from django.db import migrations, models


def marcar(apps, schema_editor):
    """Those published without a file were so on purpose, or nobody asked: their page says it."""
    apps.get_model("biblioteca", "DocumentoPage").objects.filter(archivo=None).update(
        sin_archivo=True
    )


class Migration(migrations.Migration):
    dependencies = [("biblioteca", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="documentopage",
            name="sin_archivo",
            field=models.BooleanField(
                default=False,
                help_text=(
                    "Márquelo solo si se sabe que el documento existe y el archivo no se encontró."
                ),
                verbose_name="no tenemos el archivo",
            ),
        ),
        migrations.RunPython(marcar, migrations.RunPython.noop),
    ]
