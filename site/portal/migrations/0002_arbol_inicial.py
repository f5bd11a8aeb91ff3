"""The first pages: front page, indexes and texts, in place of Wagtail's welcome page."""

import json
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from portal.paginas_iniciales import PAGINAS, PORTADA

PASO = 4
BIENVENIDA = "Welcome to your new Wagtail site!"


def _crear(apps, etiqueta, *, padre, lugar, titulo, slug, **campos):
    """Append a live page below `padre` as its child number `lugar`: historical models have no tree."""
    modelo = apps.get_model(etiqueta)
    tipo, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=modelo._meta.app_label, model=modelo._meta.model_name
    )
    ahora = timezone.now()
    return modelo.objects.create(
        title=titulo,
        draft_title=titulo,
        slug=slug,
        path=f"{padre.path}{lugar:0{PASO}d}",
        depth=padre.depth + 1,
        numchild=0,
        url_path=f"{padre.url_path}{slug}/",
        content_type=tipo,
        live=True,
        first_published_at=ahora,
        last_published_at=ahora,
        locale=apps.get_model("wagtailcore.Locale").objects.order_by("pk").first(),
        translation_key=uuid.uuid4(),
        **campos,
    )


def _cuerpo(bloques):
    return json.dumps(
        [{"type": tipo, "value": valor, "id": str(uuid.uuid4())} for tipo, valor in bloques]
    )


def sembrar(apps, schema_editor):
    """Nothing happens where there is a front page already."""
    Page = apps.get_model("wagtailcore.Page")
    if apps.get_model("portal.InicioPage").objects.exists():
        return
    raiz = Page.objects.get(depth=1)
    Page.objects.filter(depth=2, title=BIENVENIDA, content_type__model="page").delete()
    hermanas = Page.objects.filter(depth=2).order_by("path")
    ultima = int(hermanas.last().path[PASO:]) if hermanas else 0
    portada = {k: v for k, v in PORTADA.items() if k != "title"}
    inicio = _crear(
        apps, "portal.InicioPage", padre=raiz, lugar=ultima + 1, titulo=PORTADA["title"],
        slug="home", **portada,
    )
    for lugar, pagina in enumerate(PAGINAS, start=1):
        campos = {"cuerpo": _cuerpo(pagina.cuerpo)} if pagina.cuerpo else {}
        _crear(
            apps, pagina.modelo, padre=inicio, lugar=lugar, titulo=pagina.titulo, slug=pagina.slug,
            resumen=pagina.resumen, **campos,
        )
    Page.objects.filter(pk=inicio.pk).update(numchild=len(PAGINAS))
    Page.objects.filter(pk=raiz.pk).update(numchild=Page.objects.filter(depth=2).count())
    direccion = urlsplit(settings.DIRECCION_BASE)
    apps.get_model("wagtailcore.Site").objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": direccion.hostname or "localhost",
            "port": direccion.port or (443 if direccion.scheme == "https" else 80),
            "site_name": settings.SITIO_NOMBRE,
            "root_page_id": inicio.pk,
        },
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("noticias", "0001_initial"),
        ("biblioteca", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(sembrar, migrations.RunPython.noop)]
