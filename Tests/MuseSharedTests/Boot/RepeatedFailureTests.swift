import Testing

@testable import MuseShared

struct RepeatedFailureTests {
    /// Which of the failures, one every quarter of a second, are told.
    private func told(_ failures: [String], by failure: inout RepeatedFailure) -> [Int] {
        let start = ContinuousClock.now
        var told: [Int] = []
        for (index, text) in failures.enumerated() {
            if failure.isToBeTold(text, at: start.advanced(by: .milliseconds(index * 250))) { told.append(index) }
        }
        return told
    }

    @Test func `the same failure is told once, and again after ten minutes`() {
        var failure = RepeatedFailure()
        #expect(told(Array(repeating: "disk", count: 4801), by: &failure) == [0, 2400, 4800])
    }

    @Test func `another failure is told at once, and so is one that returns after its end`() {
        var failure = RepeatedFailure()
        let before = failure.end()
        #expect(told(["disk", "disk", "network", "network"], by: &failure) == [0, 2])
        let ended = failure.end()
        let again = failure.end()
        #expect(!before && ended && !again)
        #expect(told(["network"], by: &failure) == [0])
    }
}
