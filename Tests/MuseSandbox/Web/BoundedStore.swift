/// Elements by id in the order they came; the oldest are forgotten beyond `limit`.
struct BoundedStore<Element: Sendable>: Sendable {
    private var slots: [String: (sequence: Int, element: Element)] = [:]
    private var ids: [String] = []
    private var forgotten = 0
    private let limit: Int

    init(limit: Int) { self.limit = max(1, limit) }

    var count: Int { slots.count }

    subscript(id: String) -> Element? { slots[id]?.element }

    mutating func add(_ element: Element, id: String) {
        slots[id] = (ids.count, element)
        ids.append(id)
        while slots.count > limit, forgotten < ids.count {
            slots[ids[forgotten]] = nil
            forgotten += 1
        }
        if forgotten > limit { compact() }
    }

    mutating func update(_ id: String, _ change: (inout Element) -> Void) {
        guard var slot = slots[id] else { return }
        slots[id] = nil
        change(&slot.element)
        slots[id] = slot
    }

    mutating func remove(_ id: String) { slots[id] = nil }

    mutating func removeAll() {
        slots = [:]
        ids = []
        forgotten = 0
    }

    /// Newest first. `older` starts after that id, exclusively; an unknown id gives nothing.
    func newest(olderThan older: String? = nil) -> some Sequence<Element> {
        var end = ids.count
        if let older { end = slots[older]?.sequence ?? 0 }
        let first = min(forgotten, end)
        return ids[first..<end].reversed().lazy.compactMap { slots[$0]?.element }
    }

    /// Oldest first. `newer` starts after that id, exclusively; an unknown id gives nothing.
    func oldest(newerThan newer: String) -> some Sequence<Element> {
        let start = slots[newer].map { $0.sequence + 1 } ?? ids.count
        return ids[min(start, ids.count)...].lazy.compactMap { slots[$0]?.element }
    }

    private mutating func compact() {
        ids.removeFirst(forgotten)
        for id in ids { slots[id]?.sequence -= forgotten }
        forgotten = 0
    }
}
