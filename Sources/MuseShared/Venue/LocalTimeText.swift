/// Local clock time as browsers' `datetime-local` fields write it: `2026-11-27T18:30`.
extension VenueZone {
    public func localText(_ time: Timestamp) -> String {
        let minute = parts(of: time).minute
        let pair = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
        return "\(day(of: time).text)T\(pair(minute / 60)):\(pair(minute % 60))"
    }

    /// Nil for any other writing; seconds are left out.
    public func moment(localText text: String) -> Timestamp? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = CalendarDay(text: String(parts[0])) else { return nil }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(clock.count), clock.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(clock[0]),
            let minute = Int(clock[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        return moment(on: day, minute: hour * 60 + minute)
    }
}
