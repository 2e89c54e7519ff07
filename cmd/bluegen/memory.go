package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// By how many percent the heap may grow before a garbage collection: the first one, and every later one.
	firstGrowth, laterGrowth = 800, 200
	// soft is how much memory a run over a fleet keeps to, in bytes, as long as no more than a third of it is alive.
	soft = 32 << 20
)

// collectLate lets the heap grow to about 32 MiB before the first garbage collection, which one service never needs: without it
// collecting takes a third of the CPU of check. From then on, as in a run over a fleet, what is alive decides. Who has said something
// else by Go's own variables is heard.
func collectLate(said bool) {
	if said {
		return
	}
	debug.SetGCPercent(firstGrowth)
	runtime.AddCleanup(new([16]byte), collected, struct{}{})
}

// collected comes after each garbage collection: a fleet of thousands takes no more memory than one of a hundred, and whoever needs
// more gets it, for a limit below what is alive would collect all the time.
func collected(struct{}) {
	alive := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(alive)
	debug.SetGCPercent(laterGrowth)
	debug.SetMemoryLimit(max(soft, 3*int64(alive[0].Value.Uint64())))
	runtime.AddCleanup(new([16]byte), collected, struct{}{})
}
