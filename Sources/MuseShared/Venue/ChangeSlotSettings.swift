/// Sets how far pickup times stand apart, the least time an order takes, and what a station can do.
///
/// Slots that are promised stay promised: a smaller capacity only keeps new orders out.
public struct ChangeSlotSettings: Sendable {
    public enum Change: Sendable {
        case minutes(prep: Int64, slot: Int64)
        case station(String, OrderingRules.Station)
    }

    public struct Request: Sendable {
        public let change: Change
        public let staffID: String

        public init(change: Change, staffID: String) {
            self.change = change
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case prepMinutes, slotMinutes, stationName, hands, slotSeconds
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) {
        try Self.check(request.change)
        do {
            try await database.write { transaction in
                let venue = try VenueRepository.venue(in: transaction)
                var difference = Difference()
                var subject = "venue"
                switch request.change {
                case .minutes(let prep, let slot):
                    difference.note("prepMinutes", from: .number(venue.prepMinutes), to: .number(prep))
                    difference.note("slotMinutes", from: .number(venue.ordering.slotMinutes), to: .number(slot))
                    try OrderingRulesRepository.setMinutes(prep: prep, slot: slot, in: transaction)
                case .station(let name, let station):
                    let before = venue.ordering.station(name)
                    subject = name
                    difference.note("hands", from: .number(before.hands), to: .number(station.hands))
                    difference.note("slotSeconds", from: .number(before.slotSeconds), to: .number(station.slotSeconds))
                    try OrderingRulesRepository.save(station, named: name, in: transaction)
                }
                try VenueLog.record(
                    "venue.slots_changed", of: subject, difference, by: request.staffID, id: ids.next(),
                    in: transaction)
            }
        } catch {
            throw .failed(error)
        }
    }

    private static func check(_ change: Change) throws(Refusal) {
        switch change {
        case .minutes(let prep, let slot):
            guard (0...240).contains(prep) else { throw .prepMinutes }
            guard (5...120).contains(slot) else { throw .slotMinutes }
        case .station(let name, let station):
            guard (1...40).contains(name.count) else { throw .stationName }
            guard (1...50).contains(station.hands) else { throw .hands }
            guard (0...86_400).contains(station.slotSeconds) else { throw .slotSeconds }
        }
    }
}

extension ChangeSlotSettings.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .prepMinutes: .invalid("prepMinutes", "Choose between 0 and 240 minutes.")
        case .slotMinutes: .invalid("slotMinutes", "Choose between 5 and 120 minutes.")
        case .stationName: .invalid("station", "There is no such station.")
        case .hands: .invalid("hands", "Between 1 and 50 people can work at a station.")
        case .slotSeconds: .invalid("slotSeconds", "Choose between 0 and 86400 seconds.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
