from cuentas.admin import EventoAdmin, InstitucionAdmin

InstitucionAdmin().register_with_wagtail()
EventoAdmin().register_with_wagtail()
