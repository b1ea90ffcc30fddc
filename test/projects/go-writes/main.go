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
	text, _ := os.ReadFile("counts/visitors.txt")
	count, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	if err := os.WriteFile("counts/visitors.txt", []byte(strconv.Itoa(count+1)), 0o666); err != nil {
		return 0, err
	}
	if count == 0 {
		// The container's umask takes writing from others; the next start may be under another user id.
		return 1, os.Chmod("counts/visitors.txt", 0o666)
	}
	return count + 1, nil
}

func main() {
	if err := os.MkdirAll("counts", 0o777); err != nil {
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
