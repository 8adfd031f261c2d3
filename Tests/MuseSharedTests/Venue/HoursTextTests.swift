import Testing

@testable import MuseShared

struct HoursTextTests {
    @Test(arguments: [
        ("", ""), ("7-14", "07:00-14:00"), ("07:00 – 22:00", "07:00-22:00"), ("18:00-02:00", "18:00-02:00"),
        ("18:00-22:00, 07:00-14:00", "07:00-14:00, 18:00-22:00"), ("0-24", "00:00-24:00"),
    ])
    func `hours are read as people write them`(typed: String, shown: String) throws {
        let windows = try #require(HoursText.windows(typed, weekday: 5))
        #expect(HoursText.text(windows) == shown)
    }

    @Test(arguments: ["7", "7-", "25-26", "7:60-8", "a-b", "07:00-12:00, 11:00-13:00", "1-2-3"])
    func `what is no window is refused`(typed: String) {
        #expect(HoursText.windows(typed, weekday: 1) == nil)
    }
}
