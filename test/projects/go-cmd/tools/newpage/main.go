// Newpage previews the pages while they are written.
package main

import (
	"log"
	"net/http"
)

func main() {
	log.Fatal(http.ListenAndServe("localhost:7777", http.FileServer(http.Dir("web"))))
}
