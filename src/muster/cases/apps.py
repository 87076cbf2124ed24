from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "muster.cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        from muster.cases import checks  # noqa: F401  registers them
