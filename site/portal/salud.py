"""Health of the parts, for whoever operates the portal."""

from django.db import connection
from django.http import HttpRequest, JsonResponse


def salud(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"estado": "ok"})
