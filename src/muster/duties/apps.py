from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "muster.duties"
    verbose_name = "Standing duties"

    def ready(self) -> None:
        from muster.duties import checks  # noqa: F401  registers them
