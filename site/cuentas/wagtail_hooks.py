from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages

from comun.auditoria import registrar
from cuentas.admin import EventoAdmin, InstitucionAdmin
from cuentas.admin_representaciones import RepresentacionAdmin, resolver
from cuentas.escritorio_suplencias import suplencias, terminar
from cuentas.models import User

InstitucionAdmin().register_with_wagtail()
RepresentacionAdmin().register_with_wagtail()
EventoAdmin().register_with_wagtail()


@hooks.register("before_bulk_action")
def cuentas_de_una_en_una(
    request: HttpRequest, action_type: str, objects: Sequence[Any], accion: Any
) -> HttpResponse | None:
    """Roles are given account by account, where the institution is asked for and the event written."""
    if not any(isinstance(objeto, User) for objeto in objects):
        return None
    messages.error(request, "Las cuentas se cambian de a una: abra la que quiera cambiar.")
    return redirect("wagtailusers_users:index")


def se_puede_borrar(cuenta: User) -> bool:
    """Whether nothing that stands speaks of it. It is tried and undone: triggers have a say too."""
    try:
        with transaction.atomic():
            User.objects.get(pk=cuenta.pk).delete()
            transaction.set_rollback(True)
    except IntegrityError:  # ProtectedError is one
        return False
    return True


@hooks.register("before_delete_user")
def anotar_borrado(request: HttpRequest, user: User) -> HttpResponse | None:
    """The event, before: afterwards the row has no id, which is what the trail speaks of."""
    if request.method != "POST":
        return None
    if not se_puede_borrar(user):
        messages.error(
            request,
            "Con esta cuenta se respondió o se decidió en el foro, y eso no se reescribe: desactívela.",
        )
        return redirect("wagtailusers_users:edit", user.pk)
    registrar(verbo="borrar_cuenta", objeto=user, por=request.user, ahora=timezone.now())
    return None


@hooks.register("register_admin_urls")
def urls_de_representaciones() -> list[URLPattern]:
    return [
        path(
            "participacion/representaciones/<int:pk>/resolver/",
            resolver,
            name="resolver_representacion",
        ),
        path("participacion/suplencias/", suplencias, name="suplencias"),
        path("participacion/suplencias/<int:pk>/terminar/", terminar, name="terminar_suplencia"),
    ]
