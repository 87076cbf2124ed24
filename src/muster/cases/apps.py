from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "muster.cases"
    verbose_name = "Cases"
