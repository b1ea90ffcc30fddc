from django.http import HttpResponse


def shelf(request):
    return HttpResponse("Three books are on the shelf.\n", content_type="text/plain")
