"""The words and the values of the proposals received before they were kept."""

from django.db import migrations
from django.db.models import F

LOTE = 200


def anotar(apps, schema_editor):
    from consulta.aportes.enums import mascara_de_valores
    from consulta.aportes.semejanza.semejantes import pesos_de

    version = apps.get_model("aportes", "AporteVersion")
    palabra = apps.get_model("aportes", "Palabra")
    aporte = apps.get_model("aportes", "Aporte")
    vigentes = version.objects.filter(aporte__tipo="propuesta", n=F("aporte__version"))
    nuevas = []
    for fila in vigentes.select_related("aporte").iterator(chunk_size=LOTE):
        campos = fila.campos or {}
        mascara = mascara_de_valores(campos.get("valores") or [])
        aporte.objects.filter(pk=fila.aporte_id).update(valores=mascara)
        pesos = pesos_de(fila.titulo or "", str(campos.get("problema") or ""))
        nuevas += [
            palabra(consulta_id=fila.aporte.consulta_id, aporte_id=fila.aporte_id, raiz=r, peso=p)
            for r, p in pesos.items()
        ]
        if len(nuevas) > 5000:
            palabra.objects.bulk_create(nuevas)
            nuevas = []
    palabra.objects.bulk_create(nuevas)


def olvidar(apps, schema_editor):
    apps.get_model("aportes", "Palabra").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("aportes", "0004_propuestas")]
    operations = [migrations.RunPython(anotar, olvidar, elidable=True)]
