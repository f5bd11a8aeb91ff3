from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aportes", "0012_indices_de_moderacion")]

    operations = [migrations.RemoveField(model_name="recuento", name="ultimo_en")]
