/// Lets two photos be prepared at once, and a few more wait: the café's own pages need the rest of the machine.
actor DecodingSlots {
    private let slots: Int
    private let places: Int
    private var taken = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(slots: Int = 2, places: Int = 8) {
        self.slots = slots
        self.places = places
    }

    var waitingCount: Int { waiting.count }

    /// False, and no slot, when too many wait already.
    func enter() async -> Bool {
        if taken < slots {
            taken += 1
            return true
        }
        guard waiting.count < places else { return false }
        await withCheckedContinuation { waiting.append($0) }
        return true
    }

    /// The slot goes to whoever has waited longest, without being free in between.
    func leave() {
        if waiting.isEmpty {
            taken -= 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
