// Package clock ticks.
package clock

import (
	"context"
	"time"
)

// Tick calls work every second until the context ends.
func Tick(ctx context.Context, work func(time.Time)) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case now := <-ticker.C:
			work(now)
		case <-ctx.Done():
			return
		}
	}
}
