package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	_ "github.com/lib/pq"
	"github.com/redis/go-redis/v9"
)

// Each visit is a row in PostgreSQL and a count in Redis.
func visit(ctx context.Context, db *sql.DB, counts *redis.Client) (map[string]int64, error) {
	if _, err := db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS visits (at timestamptz NOT NULL DEFAULT now())"); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO visits DEFAULT VALUES"); err != nil {
		return nil, err
	}
	var visits int64
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM visits").Scan(&visits); err != nil {
		return nil, err
	}
	counted, err := counts.Incr(ctx, "visits").Result()
	return map[string]int64{"visits": visits, "counted": counted}, err
}

func main() {
	greeting := os.Getenv("GREETING")
	if greeting == "" {
		log.Fatal("GREETING is not set")
	}
	db, err := sql.Open("postgres", os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	options, err := redis.ParseURL(os.Getenv("REDIS_URL"))
	if err != nil {
		log.Fatal(err)
	}
	counts := redis.NewClient(options)

	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(greeting)) })
	http.HandleFunc("/visits", func(w http.ResponseWriter, r *http.Request) {
		answer, err := visit(r.Context(), db, counts)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		json.NewEncoder(w).Encode(answer)
	})

	server := &http.Server{Addr: ":8080", ReadHeaderTimeout: 5 * time.Second}
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer cancel()
	go func() {
		<-stop.Done()
		server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
}
