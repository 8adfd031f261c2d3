import Testing

@testable import MuseCustomer
@testable import MuseShared

struct PromiseWordsTests {
    private func words(_ seconds: Int64) -> String {
        let now = Timestamp(milliseconds: 1_795_453_200_000)
        return PromiseWords(promised: now.adding(seconds: seconds), now: now).sentence { _ in "6:00 PM" }
    }

    @Test(arguments: [
        (4 * 3600, "ready about 6:00 PM"), (3600, "about 60 min"), (23 * 60, "about 25 min"), (601, "about 15 min"),
        (600, "about 10 min"), (361, "about 7 min"), (1, "about 1 min"), (0, "nearly there"), (-179, "nearly there"),
        (-180, "it takes a little longer than we said"),
    ]) func `the promise is said in steps that do not jitter`(seconds: Int64, sentence: String) {
        #expect(words(seconds) == sentence)
    }

    @Test func `what has not been begun is not nearly there`() {
        let now = Timestamp(milliseconds: 1_795_453_200_000)
        let words = PromiseWords(promised: now, now: now, isBegun: false).sentence { _ in "6:00 PM" }
        #expect(words == "it takes a little longer than we said")
    }

    @Test func `without a promise nothing is invented`() {
        #expect(PromiseWords(promised: nil, now: Timestamp(milliseconds: 0)).sentence { _ in "" } == "we are on it")
    }
}
