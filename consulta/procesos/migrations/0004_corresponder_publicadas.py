from django.db import migrations

from comun.gatillos import Gatillo, retirar
from consulta.procesos.emparejar import emparejar
from consulta.procesos.trozos import Trozo

EN_BLOQUE = 500
SELLO = Gatillo("correspondencia_i", "procesos_correspondencia", "INSERT", "", "")
"""Only its name and its table are needed, to take it away; it comes back after migrating."""


def corresponder(apps, schema_editor):
    """Match each published version that has no matches with the one published before it.

    Versions that were published before matches were kept have none: without them nothing can be
    compared, and no quote followed. Publishing always leaves them since.
    """
    VersionBorrador = apps.get_model("procesos", "VersionBorrador")
    Correspondencia = apps.get_model("procesos", "Correspondencia")
    publicadas = VersionBorrador.objects.filter(publicada_en__isnull=False)
    anterior = None
    retirado = False
    for version in publicadas.order_by("consulta_id", "n"):
        previa, anterior = anterior, version
        if previa is None or previa.consulta_id != version.consulta_id:
            continue
        fragmentos = list(version.fragmentos.order_by("orden"))
        tiene = Correspondencia.objects.filter(a__version=version).exists()
        if tiene or any(f.revisado for f in fragmentos):
            continue
        if not retirado:
            retirar(schema_editor.connection, [SELLO])
            retirado = True
        viejos = list(previa.fragmentos.order_by("orden"))
        enlaces = emparejar(_trozos(viejos), _trozos(fragmentos))
        Correspondencia.objects.bulk_create(
            [
                Correspondencia(
                    de=viejos[e.de], a=fragmentos[e.a], tipo=e.tipo, seguridad=e.seguridad
                )
                for e in enlaces
            ],
            batch_size=EN_BLOQUE,
        )


def _trozos(fragmentos):
    return [Trozo(f.tipo, f.texto, f.nivel) for f in fragmentos]


class Migration(migrations.Migration):
    dependencies = [("procesos", "0003_revision_de_versiones")]

    # What it writes is what publishing would have: there is nothing to take back.
    operations = [migrations.RunPython(corresponder, migrations.RunPython.noop)]
