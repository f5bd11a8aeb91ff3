from consulta.seguimiento.admin import CompromisoAdmin, PlanAdmin

PlanAdmin().register_with_wagtail()
CompromisoAdmin().register_with_wagtail()
