from django.db import models


class Mail(models.Model):
    address = models.CharField(max_length=100)
    sent = models.BooleanField(default=False)
