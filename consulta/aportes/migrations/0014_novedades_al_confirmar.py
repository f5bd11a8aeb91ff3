from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("aportes", "0013_sin_ultimo_aporte")]

    operations = [
        migrations.RemoveIndex(model_name="aporte", name="aporte_novedades"),
        migrations.AddIndex(
            model_name="aporte",
            index=models.Index(
                fields=["asunto", "confirmado_en", "id"],
                condition=Q(confirmado_en__isnull=False),
                name="aporte_novedades",
            ),
        ),
        migrations.AddIndex(
            model_name="aporte",
            index=models.Index(
                fields=["raiz", "confirmado_en", "id"],
                condition=Q(raiz__isnull=False, confirmado_en__isnull=False),
                name="aporte_novedades_de_hilo",
            ),
        ),
    ]
