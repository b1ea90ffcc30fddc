from django.shortcuts import render


def window(request):
    return render(request, "shop/window.html")
