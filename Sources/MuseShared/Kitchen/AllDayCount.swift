/// How many of one item are still to be made, over all open orders: what the kitchen calls “all day”.
public struct AllDayCount: Sendable, Equatable {
    public struct Choice: Sendable, Equatable {
        public let name: String
        public let count: Int64
    }

    public let name: String
    public let count: Int64
    /// The options that these are wanted with, the most frequent first.
    public let choices: [Choice]

    /// What is left of every open line, the most wanted item first.
    /// - Parameter station: only its lines; nil is all of them.
    public static func counts(of tickets: [BoardRepository.Ticket], station: String?) -> [AllDayCount] {
        var items: [String: (name: String, count: Int64, choices: [String: Int64])] = [:]
        for ticket in tickets where ticket.order.status != .ready {
            for line in ticket.kitchenLines(of: station) where line.openQuantity > 0 {
                var item = items[line.subjectID] ?? (line.name, 0, [:])
                item.count = item.count.addedClamped(to: line.openQuantity)
                for option in line.options {
                    let wanted = line.openQuantity.multipliedClamped(by: option.quantity)
                    item.choices[option.name] = (item.choices[option.name] ?? 0).addedClamped(to: wanted)
                }
                items[line.subjectID] = item
            }
        }
        return items.values.map { item in
            let choices = item.choices.map { Choice(name: $0.key, count: $0.value) }
            return AllDayCount(
                name: item.name, count: item.count,
                choices: choices.sorted { ($1.count, $0.name) < ($0.count, $1.name) })
        }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }
}

extension BoardRepository.Ticket {
    /// The lines that a kitchen makes; of one station, if it is named.
    public func kitchenLines(of station: String?) -> [OrderLine] {
        lines.filter { $0.kind == .item && (station == nil || $0.station == station) }
    }
}

extension OrderLine {
    /// How many are still to be made.
    public var openQuantity: Int64 { quantity - doneQuantity }
}
