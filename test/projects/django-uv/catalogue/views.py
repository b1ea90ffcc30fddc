from django.http import HttpResponse


def home(request):
    return HttpResponse("Darjeeling, first flush: sold out.\n", content_type="text/plain")


def ping(request):
    return HttpResponse("pong\n", content_type="text/plain")
