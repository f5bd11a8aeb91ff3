"""Count what the threads hold already."""

from django.db import migrations
from django.db.models import Count, Max, Q


def contar(apps, schema_editor):
    Aporte = apps.get_model("aportes", "Aporte")
    Recuento = apps.get_model("aportes", "Recuento")
    confirmados = Aporte.objects.filter(confirmado_en__isnull=False).order_by()
    por_asunto = confirmados.values("asunto").annotate(
        total=Count("pk"), raices=Count("pk", filter=Q(raiz=None)), ultimo=Max("enviado_en")
    )
    Recuento.objects.bulk_create(
        Recuento(asunto_id=f["asunto"], total=f["total"], raices=f["raices"], ultimo_en=f["ultimo"])
        for f in por_asunto
    )
    por_raiz = confirmados.exclude(raiz=None).values_list("raiz").annotate(Count("pk"))
    for raiz, replicas in por_raiz.iterator(chunk_size=2000):
        Aporte.objects.filter(pk=raiz).update(replicas_n=replicas)


class Migration(migrations.Migration):
    dependencies = [("aportes", "0002_hilos_y_orden")]

    operations = [migrations.RunPython(contar, migrations.RunPython.noop, elidable=True)]
