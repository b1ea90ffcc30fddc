package main

import (
	"embed"
	"io/fs"
	"log"
	"net/http"
	"os"
)

//go:embed public
var public embed.FS

//go:embed greeting.txt
var greeting string

//go:embed changes.log
var changes string

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "3333"
	}
	files, err := fs.Sub(public, "public")
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("/", http.FileServer(http.FS(files)))
	http.HandleFunc("/greeting", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(greeting)) })
	http.HandleFunc("/changes", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(changes)) })
	log.Printf("listening on %s", port)
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
