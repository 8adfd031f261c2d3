/// What a guest can have instead of an order that came too late: like things, and the next time that is free.
public struct Alternatives: Sendable {
    public struct Gone: Sendable {
        public let name: String
        /// Of the same category, to be had now, the nearest in price first.
        public let similar: [MenuItem]
    }

    public let gone: [Gone]
    /// Nil if the order was for no time, or if no time is free.
    public let nextTime: Timestamp?
    /// It was for a time, and that one can't be had any more.
    public let isTimeGone: Bool

    static let mostSimilar = 3
    public static let allThere = "All of it can be had now, at today’s prices."

    init(_ lines: [OrderLine], wantedAt: Timestamp?, menu: PublishedMenu, slots: [PickupSlots.Slot]) {
        var demand: [String: Int64] = [:]
        for line in lines where line.kind == .item {
            demand[line.subjectID] = line.quantity.addedClamped(to: demand[line.subjectID] ?? 0)
        }
        var seen: Set<String> = []
        gone = lines.compactMap { line in
            guard let wanted = demand[line.subjectID], seen.insert(line.subjectID).inserted,
                !Self.has(wanted, of: line.subjectID, menu)
            else { return nil }
            return Gone(name: line.name, similar: Self.similar(to: line, menu))
        }
        isTimeGone = wantedAt.map { wanted in !slots.contains { $0.at == wanted && !$0.isFull } } ?? false
        nextTime = isTimeGone ? slots.first { !$0.isFull }?.at : nil
    }

    private static func has(_ quantity: Int64, of id: String, _ menu: PublishedMenu) -> Bool {
        guard let item = menu.item(id), item.available else { return false }
        return item.kitchen.stockCount.map { $0 >= quantity } ?? true
    }

    private static func similar(to line: OrderLine, _ menu: PublishedMenu) -> [MenuItem] {
        let category = menu.menu.categories.first { $0.items.contains { $0.id == line.subjectID } }
        func distance(_ item: MenuItem) -> UInt64 { item.priceMinor.addedClamped(to: -line.unitPriceMinor).magnitude }
        return Array(
            (category?.items ?? []).filter { $0.id != line.subjectID && $0.available }
                .sorted { (distance($0), $0.id) < (distance($1), $1.id) }.prefix(mostSimilar))
    }

    /// For a letter, which is read later: no prices and no links.
    func sentences(_ venue: Venue) -> [String] {
        var sentences = gone.map { gone in
            let names = gone.similar.map(\.name)
            guard let last = names.last else { return "\(gone.name) is gone." }
            let others = names.dropLast().joined(separator: ", ")
            return "\(gone.name) is gone. Like it: \(others.isEmpty ? last : "\(others) and \(last)")."
        }
        if isTimeGone {
            sentences.append(
                nextTime.map { "Your time is gone. The next free one is \(venue.timeZone.dayAndTime($0))." }
                    ?? "Your time is gone, and no other one is free today.")
        }
        return sentences.isEmpty ? [Self.allThere] : sentences
    }
}
