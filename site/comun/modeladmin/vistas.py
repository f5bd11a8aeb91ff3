"""List, form and page of one kind of thing, over modeladmin's own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_modeladmin.views import IndexView, InspectView, InstanceSpecificView, ModelFormView

from comun.errores import ErrorDeDominio
from comun.modeladmin.permisos import denegar
from comun.planillas import filas_csv


def anotar_error(form: forms.BaseForm, error: ErrorDeDominio) -> None:
    """Put a domain error beside the field it names, or at the head of the form."""
    form.add_error(error.campo if error.campo in form.fields else None, error.mensaje)


class Custodia:
    """A view that answers 403 to whoever its admin does not let in: Wagtail would send them home."""

    def permitido(self, usuario: Any) -> bool:
        return self.check_action_permitted(usuario)  # type: ignore[attr-defined]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.permitido(request.user):
            return denegar(request)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ListaView(Custodia, IndexView):
    """The list. Only declared filters reach the database: modeladmin would take any lookup at all."""

    FORMATS = ("csv",)

    def permitido(self, usuario: Any) -> bool:
        return self.permission_helper.user_can_list(usuario)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        nombres = {f.parameter_name for f in self.model_admin.list_filter}
        nombres |= {self.ORDER_VAR, self.SEARCH_VAR, self.PAGE_VAR, self.EXPORT_VAR}
        pedido = request.GET.copy()
        for nombre in list(pedido):
            if nombre not in nombres:
                del pedido[nombre]
            else:
                pedido[nombre] = str(pedido[nombre]).replace("\x00", "")
        request.GET = pedido  # type: ignore[assignment]
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self.index_url)

    @property
    def url_base(self) -> str:
        """This list with its filters and order, ready for one more parameter."""
        return f"?{self.params.urlencode()}&" if self.params else "?"

    @property
    def url_csv(self) -> str:
        """What is filtered now, also when the filters are those of a first visit."""
        elegidos = {f.parameter_name: f.value() for f in self.filter_specs}
        return f"?{urlencode(elegidos | self.params.dict() | {self.EXPORT_VAR: 'csv'})}"

    @property
    def url_todo(self) -> str:
        """The list with every filter at «todos»."""
        return f"?{urlencode({f.parameter_name: '' for f in self.filter_specs})}"

    def get_queryset(self, request: HttpRequest | None = None) -> models.QuerySet:
        if not hasattr(self, "_filas"):
            self._filas = super().get_queryset(request)
        return self._filas

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto = super().get_context_data(**kwargs)
        paginas = contexto["paginator"].get_elided_page_range(contexto["page_obj"].number)
        return contexto | {"elided_page_range": paginas}

    def get_heading(self, queryset: models.QuerySet, field: str) -> str:
        """As the list calls it: modeladmin would give each word a capital."""
        return capfirst(str(label_for_field(field, self.model, model_admin=self.model_admin)))

    def stream_csv(self, queryset: models.QuerySet) -> Iterable[bytes]:
        encabezado = [self.get_heading(queryset, campo) for campo in self.list_export]
        filas = (list(self.to_row_dict(o).values()) for o in queryset.iterator(chunk_size=500))
        return filas_csv(encabezado, filas)


class FormularioView(Custodia, ModelFormView):
    """Create or change through the flow; what is wrong appears beside its field, nothing typed is lost."""

    def get_edit_handler(self) -> None:
        return None

    def get_form_class(self) -> type[forms.ModelForm]:
        return self.model_admin.formulario

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super(ModelFormView, self).get_form_kwargs()
        return kwargs | {"instance": self.get_instance()}

    def get_context_data(
        self, form: forms.ModelForm | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        form = form or self.get_form()
        contexto = {"form": form, "media": form.media + self.media, **kwargs}
        return super(ModelFormView, self).get_context_data(**contexto)

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        try:
            with transaction.atomic():
                guardado = self.guardar(por=self.request.user, **form.cleaned_data)
        except ErrorDeDominio as error:
            anotar_error(form, error)
            return self.form_invalid(form)
        except IntegrityError:
            form.add_error(None, _("Alguien guardó lo mismo mientras usted escribía: revíselo."))
            return self.form_invalid(form)
        messages.success(self.request, _("Se guardó «%(cual)s».") % {"cual": guardado})
        return HttpResponseRedirect(self.model_admin.tras_guardar(guardado))

    def get_error_message(self) -> str:
        return _("No se guardó: hay algo que corregir más abajo.")


class CrearView(FormularioView):
    page_title = "Agregar"

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_create(user)

    def get_initial(self) -> dict[str, Any]:
        """What the address proposes: «?proceso=3» comes chosen in the form."""
        campos = self.get_form_class()._meta.fields or ()
        pedido = {n: self.request.GET[n] for n in campos if n in self.request.GET}
        return super().get_initial() | {n: v.replace("\x00", "") for n, v in pedido.items()}

    def guardar(self, **datos: Any) -> models.Model:
        return self.model_admin.flujo_crear(**datos)

    def get_page_subtitle(self) -> str:
        return self.verbose_name

    def get_template_names(self) -> Any:
        return self.model_admin.get_create_template()


class EditarView(FormularioView, InstanceSpecificView):
    page_title = "Editar"

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_edit_obj(user, self.instance)

    def guardar(self, **datos: Any) -> models.Model:
        return self.model_admin.flujo_editar(objeto=self.instance, **datos)

    def get_template_names(self) -> Any:
        return self.model_admin.get_edit_template()


class VerView(Custodia, InspectView):
    page_title = "Ver"

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        valor = getattr(self.instance, field_name)
        if isinstance(valor, datetime):
            return date_format(localtime(valor), "DATETIME_FORMAT")
        return super().get_field_display_value(field_name, field)
