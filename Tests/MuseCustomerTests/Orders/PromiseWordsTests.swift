import Testing

@testable import MuseCustomer
@testable import MuseShared

struct PromiseWordsTests {
    private let now = Timestamp(milliseconds: 1_795_453_200_000)

    private func words(_ minutes: Int64?, promisedIn: Int64 = 0, isBegun: Bool = true) -> PromiseWords {
        PromiseWords(
            promised: now.adding(seconds: promisedIn), minutes: minutes, now: now, isBegun: isBegun)
    }

    private func clock(_ time: Timestamp) -> String {
        "+\((time.milliseconds - now.milliseconds) / 60_000)"
    }

    @Test(arguments: [(Int64(60), "about 60 min"), (25, "about 25 min"), (2, "about 2 min"), (1, "nearly there")])
    func `what the queue says is said, whatever was promised`(minutes: Int64, sentence: String) {
        #expect(words(minutes).sentence(clock) == sentence)
        #expect(words(minutes, promisedIn: 7200).sentence(clock) == sentence)
    }

    @Test func `hours away is a time of day, in steps of five minutes or as it was chosen`() {
        #expect(words(121).sentence(clock) == "ready about +120")
        #expect(words(123, promisedIn: 122 * 60).sentence(clock) == "ready about +122")
    }

    @Test func `what has not been begun is not nearly there`() {
        #expect(words(1, isBegun: false).sentence(clock) == "about 1 min")
    }

    @Test func `past what was said, the last minute is not said for ever`() {
        #expect(words(1, promisedIn: -179).sentence(clock) == "nearly there")
        #expect(words(1, promisedIn: -180).sentence(clock) == "it takes a little longer than we said")
        #expect(words(1, promisedIn: -180, isBegun: false).sentence(clock) == "it takes a little longer than we said")
        #expect(words(4, promisedIn: -600).sentence(clock) == "about 4 min")
    }

    @Test(arguments: [
        (Int64(12), Int64(720), "We said +12."), (20, 720, "We said +12."),
        (25, 720, "It takes longer than the +12 we said."),
        (5, -60, "It takes longer than the +-1 we said."), (1, 600, "We said +10."),
    ]) func `what was said is no promise any more once the queue is longer`(
        minutes: Int64, promisedIn: Int64, sentence: String
    ) {
        #expect(words(minutes, promisedIn: promisedIn).said(clock) == sentence)
    }

    @Test func `without a place or a promise nothing is invented`() {
        #expect(words(nil).sentence(clock) == "we are on it")
        #expect(PromiseWords(promised: nil, minutes: 3, now: now).said(clock) == nil)
    }
}
