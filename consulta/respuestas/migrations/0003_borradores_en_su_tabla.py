"""Drafts of answers move from the response they might become to a table of their own."""

from django.db import migrations

COMUNES = ("razon", "motivo_cambio")


def a_su_tabla(apps, schema_editor):
    Respuesta = apps.get_model("respuestas", "Respuesta")
    Borrador = apps.get_model("respuestas", "Borrador")
    Fila = apps.get_model("respuestas", "FilaDeBorrador")
    for vieja in Respuesta.objects.filter(versiones=None).order_by("pk"):
        datos = dict(vieja.borrador.get("datos") or {})
        aporte = vieja.borrador.get("aporte")
        if aporte and not Fila.objects.filter(institucion=vieja.institucion, aporte=aporte).exists():
            nuevo = Borrador.objects.create(
                consulta=vieja.consulta,
                institucion=vieja.institucion,
                editor=vieja.editor,
                creado_en=vieja.creada_en,
                modificado_en=vieja.modificada_en,
                **{campo: datos.pop(campo, "") for campo in COMUNES},
            )
            Fila.objects.create(
                borrador=nuevo, institucion=vieja.institucion, aporte_id=aporte, datos=datos
            )
        vieja.delete()


def de_vuelta(apps, schema_editor):
    Respuesta = apps.get_model("respuestas", "Respuesta")
    for fila in apps.get_model("respuestas", "FilaDeBorrador").objects.select_related("borrador"):
        borrador = fila.borrador
        Respuesta.objects.create(
            consulta=borrador.consulta,
            institucion=fila.institucion,
            editor=borrador.editor,
            creada_en=borrador.creado_en,
            modificada_en=borrador.modificado_en,
            borrador={
                "aporte": fila.aporte_id,
                "datos": {c: getattr(borrador, c) for c in COMUNES} | fila.datos,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("respuestas", "0002_lotes_conformidades_y_cola")]

    operations = [migrations.RunPython(a_su_tabla, de_vuelta, elidable=True)]
