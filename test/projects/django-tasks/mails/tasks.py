from pathlib import Path

from celery import shared_task
from django.conf import settings

from mails.models import Mail


@shared_task
def send(pk):
    Path(settings.MEDIA_ROOT, f"mail-{pk}.txt").write_text("sent")
    Mail.objects.filter(pk=pk).update(sent=True)


@shared_task
def remind():
    Mail.objects.get_or_create(address="reminder", defaults={"sent": True})
