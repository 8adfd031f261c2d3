/// Exactly why a promo code does nothing for an order.
public enum PromoRefusal: Error, Sendable, Equatable {
    case unknown
    case notYet(from: Timestamp)
    /// Its time has passed, or staff have ended it.
    case over
    case usedUp
    /// This person has used it as often as one may.
    case usedByYou(times: Int64)
    case minimumNotMet(minimumMinor: Int64, shortByMinor: Int64)
    /// It is for other things than those in the cart: their names.
    case notForThese(names: [String])

    /// Stable, for programs.
    public var reason: String {
        switch self {
        case .unknown: "unknown"
        case .notYet: "notYet"
        case .over: "over"
        case .usedUp: "usedUp"
        case .usedByYou: "usedByYou"
        case .minimumNotMet: "minimumNotMet"
        case .notForThese: "notForThese"
        }
    }

    /// For the guest: what is so, and what would help.
    public func sentence(code: String, currency: Currency, zone: VenueZone) -> String {
        switch self {
        case .unknown:
            return "We don’t know the code \(code). Check how it is written, or go on without."
        case .notYet(let start):
            return "\(code) counts from \(zone.dayAndTime(start))."
        case .over:
            return "\(code) has ended."
        case .usedUp:
            return "\(code) is used up: somebody else had the last one."
        case .usedByYou(let times):
            let often = times == 1 ? "once" : "\(times) times"
            return "You have used \(code) already. It counts \(often) for each person."
        case .minimumNotMet(let minimum, let short):
            let words = { Money(minor: $0, currency: currency).formatted }
            return "\(code) counts from \(words(minimum)). \(words(short)) more and it does."
        case .notForThese(let names):
            let list = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and more" : "")
            return names.isEmpty
                ? "\(code) is for other things than those in your cart."
                : "\(code) is for \(list), and none is in your cart."
        }
    }
}
