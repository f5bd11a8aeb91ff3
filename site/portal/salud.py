"""Health of the parts, for whoever operates the portal."""

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse


def salud(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"estado": "sin base de datos"}, status=503)
    return JsonResponse({"estado": "ok"})
