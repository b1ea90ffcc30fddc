from pathlib import Path

from django.conf import settings
from django.http import HttpResponse

from mails.models import Mail
from mails.tasks import send as task


def index(request):
    reminded = Mail.objects.filter(address="reminder").exists()
    mails = Mail.objects.exclude(address="reminder")
    kept = len(list(Path(settings.MEDIA_ROOT).glob("mail-*.txt")))
    return HttpResponse(f"mails: {mails.count()}, sent: {mails.filter(sent=True).count()}, kept: {kept}, reminded: {reminded}")


def send(request):
    mail = Mail.objects.create(address=request.GET.get("to", "nobody"))
    task.delay(mail.pk)
    return HttpResponse("queued")
