from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("respuestas", "0003_borradores_en_su_tabla")]

    operations = [
        migrations.RemoveField(
            model_name='respuesta',
            name='borrador',
        ),
        migrations.RemoveField(
            model_name='respuesta',
            name='editor',
        ),
    ]
