// Package pages renders the catalogue from templates that are read when the program starts.
package pages

import (
	"html/template"
	"net/http"

	"github.com/go-chi/chi/v5"
)

// Articles are all that the shop sells.
var Articles = []string{"a teapot", "a kettle"}

// New reads the templates, so a missing one shows at once.
func New() (http.Handler, error) {
	templates, err := template.ParseGlob("web/templates/*.html")
	if err != nil {
		return nil, err
	}
	router := chi.NewRouter()
	router.Get("/", func(w http.ResponseWriter, _ *http.Request) {
		_ = templates.ExecuteTemplate(w, "index.html", Articles)
	})
	router.Get("/health", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) })
	router.Handle("/static/*", http.StripPrefix("/static/", http.FileServer(http.Dir("./web/static"))))
	return router, nil
}
