package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHello(t *testing.T) {
	recorder := httptest.NewRecorder()
	hello(recorder, nil)
	if !strings.Contains(recorder.Body.String(), "greeter") {
		t.Fatal(recorder.Body.String())
	}
}
