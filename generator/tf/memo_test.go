package tf

import (
	"sync"
	"testing"
)

// TestMemo: a value is made once however many ask for it at once, stays as long as somebody asks for it now and then, and what nobody asks
// for is forgotten.
func TestMemo(t *testing.T) {
	t.Parallel()
	var m memo[int, *int]
	made := 0
	get := func(key int) *int {
		return m.get(key, func() *int { made++; return &key })
	}
	var group sync.WaitGroup
	values := make([]*int, 20)
	for i := range values {
		group.Go(func() { values[i] = get(-1) })
	}
	group.Wait()
	for _, v := range values {
		if v != values[0] || made != 1 {
			t.Fatalf("made %d times", made)
		}
	}
	for i := range 10 * mostYoung {
		get(i)
		if i%100 == 0 && get(-1) != values[0] {
			t.Fatalf("forgotten after %d others, though it was asked for", i)
		}
	}
	if kept := len(m.young) + len(m.old); kept > 2*mostYoung {
		t.Errorf("%d values are kept", kept)
	}
	if before := made; get(0) == nil || made != before+1 {
		t.Error("what nobody asked for is remembered")
	}
}
