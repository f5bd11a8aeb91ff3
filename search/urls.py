"""Address of the search page."""

from django.urls import path

from search.views import pagina

app_name = "search"
urlpatterns = [path("buscar/", pagina, name="buscar")]
