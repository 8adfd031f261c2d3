/// What did not become true in time.
struct NeverHappened: Error, CustomStringConvertible {
    let description: String
}

/// The first answer that is not nil, asked every few milliseconds until the deadline.
@discardableResult
func eventually<Value: Sendable>(
    _ what: String, within limit: Duration = .seconds(10), _ ask: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try await ask() { return value }
        guard ContinuousClock.now < deadline else { throw NeverHappened(description: "\(what): not within \(limit)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Runs `count` pieces of work, at most `width` at once, and returns their results by number.
func inParallel<Value: Sendable>(
    _ count: Int, width: Int = 16, _ work: @escaping @Sendable (Int) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
        var results: [Int: Value] = [:]
        var next = 0
        while next < min(width, count) {
            let number = next
            group.addTask { (number, try await work(number)) }
            next += 1
        }
        while let (number, value) = try await group.next() {
            results[number] = value
            guard next < count else { continue }
            let following = next
            group.addTask { (following, try await work(following)) }
            next += 1
        }
        return results.sorted { $0.key < $1.key }.map(\.value)
    }
}
