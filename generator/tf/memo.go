package tf

import "sync"

// memo remembers what was made, and forgets what nobody asks for any more: documents of a shape come again with every service, those
// with a service's own values never. It has two generations. What is asked for moves to the young one; when that is full, the old one
// is dropped. Safe for concurrent use; the zero value is ready.
type memo[K comparable, V any] struct {
	mu         sync.Mutex
	young, old map[K]func() V
}

// mostYoung is how many values a generation holds: many times what the modules of one configuration are.
const mostYoung = 256

// get returns the value of a key, made once as long as it is remembered; who else asks for it meanwhile waits.
func (m *memo[K, V]) get(key K, made func() V) V { return m.lookup(key, made)() }

func (m *memo[K, V]) lookup(key K, made func() V) func() V {
	m.mu.Lock()
	defer m.mu.Unlock()
	if once, ok := m.young[key]; ok {
		return once
	}
	once, ok := m.old[key]
	if !ok {
		once = sync.OnceValue(made)
	}
	if m.young == nil || len(m.young) >= mostYoung {
		m.young, m.old = make(map[K]func() V), m.young
	}
	m.young[key] = once
	return once
}
