import Testing

@testable import MuseShared

struct BackoffTests {
    @Test func `waits grow up to the longest and lie between a quarter and the whole`() {
        let least = Backoff(first: 1_000, factor: 4, longest: 60_000, chance: { 0 })
        let most = Backoff(first: 1_000, factor: 4, longest: 60_000, chance: { 1 })
        #expect((1...5).map { least.milliseconds(after: $0) } == [250, 1_000, 4_000, 15_000, 15_000])
        #expect((1...5).map { most.milliseconds(after: $0) } == [1_000, 4_000, 16_000, 60_000, 60_000])
    }

    @Test func `no number of failures leaves the range`() {
        let wait = Backoff(first: 1, factor: .max, longest: .max, chance: { 0 })
        #expect(wait.milliseconds(after: .max) == .max / 4)
        #expect(wait.milliseconds(after: 0) == 0)
    }
}
