// Visitors counts who came, in a file beside itself.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
)

var mutex sync.Mutex

func next() (int, error) {
	mutex.Lock()
	defer mutex.Unlock()
	text, err := os.ReadFile("counts/visitors.txt")
	if err != nil && !os.IsNotExist(err) {
		return 0, err
	}
	count, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	// As databases do: for this user alone.
	if err := os.WriteFile("counts/visitors.txt", []byte(strconv.Itoa(count+1)), 0o600); err != nil {
		return 0, err
	}
	return count + 1, nil
}

func main() {
	if err := os.MkdirAll("counts", 0o755); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		count, err := next()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, "visitor number", count)
	})
	log.Fatal(http.ListenAndServe(":8060", nil))
}
