import MuseShared

/// What `POST …/sold-out` sends: how long something is gone, in a word or as a time.
struct SoldOutBody: Decodable {
    let wish: Wish
    /// `17:30`, with `until` saying `time`: the next time that the venue's clock shows it.
    let time: String?
    /// A form can't send DELETE: it says false here.
    let soldOut: Bool?
    let returnTo: String?

    enum Wish: Equatable {
        case word(String)
        case until(Timestamp)
    }

    private enum CodingKeys: CodingKey { case until, time, soldOut, returnTo }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        time = try container.decodeIfPresent(String.self, forKey: .time)
        soldOut = try container.decodeIfPresent(Bool.self, forKey: .soldOut)
        returnTo = try container.decodeIfPresent(String.self, forKey: .returnTo)
        guard container.contains(.until) else {
            wish = .word(ReadSoldOutWish.nextOpening)
            return
        }
        let text = try container.decodeIfPresent(String.self, forKey: .until) ?? ReadSoldOutWish.whenSaid
        if ReadSoldOutWish.words.contains(text) {
            wish = .word(text)
        } else {
            wish = .until(try container.decode(Timestamp.self, forKey: .until))
        }
    }
}

/// Turns the words of a form or a program into a wish.
struct ReadSoldOutWish: Sendable {
    let zone: VenueZone
    let now: Timestamp

    static let nextOpening = "next-opening"
    static let inAnHour = "hour"
    static let whenSaid = "said"
    static let atTime = "time"
    static let words: Set = [nextOpening, inAnHour, whenSaid, atTime]

    /// - Throws: 422 for a time that can't be read.
    func callAsFunction(_ body: SoldOutBody?) throws(Problem) -> MarkSoldOut.Wish {
        guard let body else { return .soldOut(.nextOpening) }
        if body.soldOut == false { return .backOnMenu }
        switch body.wish {
        case .until(let time): return .soldOut(.at(time))
        case .word(Self.inAnHour): return .soldOut(.inAnHour)
        case .word(Self.whenSaid): return .soldOut(.whenSaid)
        case .word(Self.atTime): return .soldOut(.at(try time(body.time ?? "")))
        case .word: return .soldOut(.nextOpening)
        }
    }

    private func time(_ text: String) throws(Problem) -> Timestamp {
        guard let minute = ClockText.minute(text) else { throw .invalid("until", "Write a time like 17:30.") }
        let today = zone.day(of: now)
        let moment = zone.moment(on: today, minute: minute)
        return moment > now ? moment : zone.moment(on: today.adding(days: 1), minute: minute)
    }
}

/// Times of a day as `<input type="time">` writes them.
enum ClockText {
    /// Minutes after midnight; nil if it is no time. `24:00` is the end of the day.
    static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.count <= 3, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }

    static func text(_ minute: Int) -> String {
        let rest = minute % 1440
        return [rest / 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
