/// Seconds of work by station: what an order asks of the kitchen.
public struct KitchenWork: Sendable, Equatable {
    public let seconds: [String: Int64]

    public init(seconds: [String: Int64] = [:]) {
        self.seconds = seconds.filter { $0.value > 0 }
    }

    /// Summed over the whole cart first: five lines of one station are one demand.
    init(_ lines: [ResolvedLine]) {
        var sum: [String: Int64] = [:]
        for line in lines {
            let work = line.item.kitchen.prepSeconds.multipliedClamped(by: line.quantity)
            sum[line.item.kitchen.station, default: 0] = sum[line.item.kitchen.station, default: 0]
                .addedClamped(to: work)
        }
        self.init(seconds: sum)
    }

    /// In a fixed order, so that claims are always taken in the same one.
    var byStation: [(station: String, seconds: Int64)] {
        seconds.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
