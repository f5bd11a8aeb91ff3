"""Errors of the domain: what a flow raises and a form, the admin or the API tells a person."""


class ErrorDeDominio(Exception):
    """A rule was not kept. `mensaje` is plain Spanish and says what to do; `campo` may name a field."""

    def __init__(self, mensaje: str, *, campo: str | None = None) -> None:
        super().__init__(mensaje)
        self.mensaje = mensaje
        self.campo = campo


class SinPermiso(ErrorDeDominio):
    """The person may not do this."""


class FueraDePlazo(ErrorDeDominio):
    """The window is not open at this instant (INV-04)."""


class DatoInvalido(ErrorDeDominio):
    """What was sent cannot be accepted as it is."""


class Conflicto(ErrorDeDominio):
    """The thing changed meanwhile, or its state does not allow this."""


class DemasiadosIntentos(ErrorDeDominio):
    """A limit was reached. `reintentar_en` is how many seconds to wait; what was typed is not lost."""

    def __init__(self, mensaje: str, *, reintentar_en: int) -> None:
        super().__init__(mensaje)
        self.reintentar_en = reintentar_en
