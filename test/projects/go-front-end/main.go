package main

import (
	"embed"
	"io/fs"
	"log"
	"net/http"
	"os"
)

//go:embed public/*
var public embed.FS

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8085"
	}
	files, err := fs.Sub(public, "public")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	http.Handle("/", http.FileServer(http.FS(files)))
	log.Printf("listening on %s", port)
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
