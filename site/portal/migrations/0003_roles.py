"""The roles, as Wagtail groups, and what each may do in the administration (docs/roles/).

Permissions are created here by name when Django has not done it yet: it does so after all migrations.
"""

from django.db import migrations

PAGINAS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
IMAGENES = ["add_image", "change_image", "choose_image"]
DOCUMENTOS = ["add_document", "change_document", "choose_document"]
COLECCIONES = ["add_collection", "change_collection", "delete_collection"]
TODO = ("add", "change", "delete", "view")
ESCRIBIR = ("add", "change", "view")
ATENDER = ("change", "view")
LEER = ("view",)

PROCESO = [
    "procesos.tema", "procesos.proceso", "procesos.etapa", "procesos.consulta",
    "procesos.versionborrador", "procesos.fragmento",
]
PLANES = ["seguimiento.plan", "seguimiento.compromiso"]
RESPUESTAS = ["respuestas.respuesta", "respuestas.respuestaversion"]
REDIRECCIONES = ["wagtailredirects.redirect"]
CONTACTO = ["portal.mensajedecontacto"]
INSTITUCIONES = ["cuentas.institucion"]
AUDITORIA = ["comun.evento", "comun.redaccion", "comun.aviso"]
GOBIERNO = [
    "cuentas.user", "auth.group", "wagtailcore.site", "wagtailcore.workflow", "wagtailcore.task",
    "wagtailsearchpromotions.query", "wagtailsearchpromotions.searchpromotion",
]

# Per role: (verbs, models) pairs, and whether it edits pages, images and documents.
ROLES = {
    "participante": ([], False),
    "editor": ([(TODO, REDIRECCIONES)], True),
    "oficial": (
        [
            (LEER, PROCESO + PLANES + INSTITUCIONES),
            (ATENDER, ["aportes.aporte"]),
            (ESCRIBIR, RESPUESTAS),
        ],
        False,
    ),
    "secretaria_tecnica": (
        [
            (ESCRIBIR, PROCESO + PLANES + INSTITUCIONES + RESPUESTAS),
            (ATENDER, ["aportes.aporte", *CONTACTO]),
            (TODO, REDIRECCIONES),
            (LEER, AUDITORIA),
        ],
        True,
    ),
    "moderador": (
        [(LEER, PROCESO + RESPUESTAS + PLANES), (ATENDER, ["aportes.aporte"])],
        False,
    ),
    "administrador": (
        [
            (
                TODO,
                PROCESO + PLANES + INSTITUCIONES + RESPUESTAS + REDIRECCIONES + GOBIERNO
                + ["aportes.aporte"],
            ),
            (ATENDER, CONTACTO),
            (LEER, AUDITORIA),
        ],
        True,
    ),
}  # fmt: skip
DE_WAGTAIL = ("Moderators", "Editors")


def _permiso(apps, etiqueta, codigo):
    app, modelo = etiqueta.split(".")
    tipo, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app, model=modelo
    )
    permiso, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=tipo, codename=codigo, defaults={"name": f"Can {codigo.replace('_', ' ')}"}
    )
    return permiso


def repartir(apps, schema_editor):
    """Safe to repeat: it adds what is missing and takes nothing from a role that exists."""
    Group = apps.get_model("auth.Group")
    EnPaginas = apps.get_model("wagtailcore.GroupPagePermission")
    EnColecciones = apps.get_model("wagtailcore.GroupCollectionPermission")
    inicio = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    coleccion = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for nombre, (pares, edita) in ROLES.items():
        grupo, _ = Group.objects.get_or_create(name=nombre)
        permisos = [
            _permiso(apps, etiqueta, f"{verbo}_{etiqueta.split('.')[1]}")
            for verbos, etiquetas in pares
            for etiqueta in etiquetas
            for verbo in verbos
        ]
        if pares:
            permisos.append(_permiso(apps, "wagtailadmin.admin", "access_admin"))
        grupo.permissions.add(*permisos)
        de_paginas = (PAGINAS if edita else []) + (
            ["bulk_delete_page"] if nombre == "administrador" else []
        )
        for codigo in de_paginas:
            EnPaginas.objects.get_or_create(
                group=grupo, page=inicio, permission=_permiso(apps, "wagtailcore.page", codigo)
            )
        de_colecciones = [("wagtailimages.image", c) for c in IMAGENES] + [
            ("wagtaildocs.document", c) for c in DOCUMENTOS
        ]
        if nombre == "administrador":
            de_colecciones += [("wagtailcore.collection", c) for c in COLECCIONES]
        for etiqueta, codigo in de_colecciones if edita else []:
            EnColecciones.objects.get_or_create(
                group=grupo, collection=coleccion, permission=_permiso(apps, etiqueta, codigo)
            )
    _traducir_flujo_de_revision(apps)
    Group.objects.filter(name__in=DE_WAGTAIL, user=None).delete()


def _traducir_flujo_de_revision(apps):
    """Wagtail's own review, «Moderators approval», becomes that of the secretariat."""
    revisores = apps.get_model("auth.Group").objects.filter(
        name__in=["secretaria_tecnica", "administrador"]
    )
    Tarea = apps.get_model("wagtailcore.GroupApprovalTask")
    for tarea in Tarea.objects.filter(name="Moderators approval"):
        tarea.name = "Revisión de la secretaría técnica"
        tarea.save()
        tarea.groups.set(revisores)
    apps.get_model("wagtailcore.Workflow").objects.filter(name="Moderators approval").update(
        name="Revisión de la secretaría técnica"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_arbol_inicial"),
        ("cuentas", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]
    operations = [migrations.RunPython(repartir, migrations.RunPython.noop)]
