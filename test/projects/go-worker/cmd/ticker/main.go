// Ticker serves nobody: it prints a line a second until it is stopped.
package main

import (
	"context"
	"fmt"
	"os/signal"
	"syscall"
	"time"

	"example.com/clock"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	fmt.Println("the ticker has begun")
	clock.Tick(ctx, func(now time.Time) { fmt.Println("tick at", now.UTC().Format(time.TimeOnly)) })
}
