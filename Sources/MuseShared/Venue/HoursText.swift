/// Hours as staff type them: `07:00-14:00, 18:00-02:00`. A window that ends at or before its begin ends on the next day.
public enum HoursText {
    /// Nil if it is something else; none for an empty text, which is closed.
    public static func windows(_ text: String, weekday: Int) -> [OpeningHours]? {
        let parts = text.split(whereSeparator: { $0 == "," || $0 == ";" })
            .map { $0.filter { !$0.isWhitespace } }
            .filter { !$0.isEmpty }
        var windows: [OpeningHours] = []
        for part in parts {
            let ends = part.split(whereSeparator: { "-–—".contains($0) }).compactMap { minute(String($0)) }
            guard ends.count == 2 else { return nil }
            let closes = ends[1] <= ends[0] ? ends[1] + 1440 : ends[1]
            let window = OpeningHours(weekday: weekday, opens: ends[0], closes: closes)
            guard window.isPossible else { return nil }
            windows.append(window)
        }
        windows.sort { $0.opens < $1.opens }
        // Two windows at once are a slip of the finger.
        guard zip(windows, windows.dropFirst()).allSatisfy({ $0.closes <= $1.opens }) else { return nil }
        return windows
    }

    public static func text(_ windows: [OpeningHours]) -> String {
        // A day's own end is 24:00: `00:00-00:00` reads like closed.
        windows.map { "\(clock($0.opens))-\($0.closes == 1440 ? "24:00" : clock($0.closes))" }.joined(separator: ", ")
    }

    /// `7`, `7:30`, `07:30`, `24:00`.
    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
            let hour = Int(parts[0]), let minute = parts.count == 2 ? Int(parts[1]) : 0,
            (0...24).contains(hour), (0...59).contains(minute), hour < 24 || minute == 0
        else { return nil }
        return hour == 24 ? 1440 : hour * 60 + minute
    }

    private static func clock(_ minute: Int) -> String {
        let (hour, rest) = ((minute / 60) % 24, minute % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }
}
