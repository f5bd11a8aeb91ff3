"""What happens to pages, in the audit trail beside everything else.

Wagtail keeps a log of its own for every way a page comes out or goes: what it writes there, with its
person and its time, is written here in the same transaction.
"""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import PageLogEntry

from comun.auditoria import registrar
from comun.paginas import Retirable

VERBOS = {
    "wagtail.publish": "publicar_pagina",
    "wagtail.publish.schedule": "programar_pagina",
    "wagtail.unpublish": "despublicar_pagina",
    "wagtail.delete": "borrar_pagina",
    "wagtail.move": "mover_pagina",
}


def anotar_pagina(
    sender: type[PageLogEntry], instance: PageLogEntry, created: bool, **kwargs: Any
) -> None:
    """Receiver of the log: a withdrawal is the publication of a page that says why it is gone."""
    verbo = VERBOS.get(instance.action)
    if verbo is None or not created:
        return
    pagina = instance.page.specific
    if verbo == "publicar_pagina" and isinstance(pagina, Retirable) and pagina.esta_retirada:
        verbo = "retirar_pagina"
    registrar(
        verbo=verbo,
        objeto=pagina,
        por=instance.user,
        ahora=instance.timestamp,
        despues={"titulo": instance.label},
    )


def seguir_paginas() -> None:
    """Called once at start-up."""
    post_save.connect(anotar_pagina, sender=PageLogEntry, dispatch_uid="portal.bitacora")
