/// When something that is sold out shall come back by itself.
public enum SoldOutReturn: Sendable, Equatable {
    /// When the venue opens for its next business day: what is out at lunch is not back for dinner, and what is missing
    /// before the doors open is missing that day. Until somebody says so if no opening is known.
    case nextOpening
    case inAnHour
    /// Until somebody says so.
    case whenSaid
    case at(Timestamp)

    public func moment(now: Timestamp, schedule: Schedule) -> Timestamp? {
        switch self {
        case .nextOpening: schedule.nextOpening(after: schedule.zone.endOfBusinessDay(at: now).adding(milliseconds: -1))
        case .inAnHour: now.adding(seconds: 3600)
        case .whenSaid: nil
        case .at(let time): time
        }
    }
}
