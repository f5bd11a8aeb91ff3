"""Where Wagtail sends whoever may not enter the back office."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


def acceso_a_administracion(request: HttpRequest) -> HttpResponse:
    """To sign in, keeping where they were going; a 403 when they are signed in without such a role.

    Straight to sign-in, an account that is already in would come back for ever.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    destino = request.GET.get("next", "/admin/")
    return redirect_to_login(destino, login_url=settings.WAGTAIL_FRONTEND_LOGIN_URL)
