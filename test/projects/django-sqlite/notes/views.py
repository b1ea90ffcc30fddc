from django.http import HttpResponse

from notes.models import Note


def index(request):
    Note.objects.create(text="seen")
    return HttpResponse(f"notes on the board: {Note.objects.count()}\n")
