from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("respuestas", "0008_puntos_avances_y_avisos")]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="vencia_el",
            field=models.DateField(blank=True, null=True, verbose_name="vencía"),
        ),
    ]
