import MuseShared

/// Tiles that ask for something when they are not at zero.
enum DashboardTiles {
    private static let mostNamed = 3

    /// Orders whose guests wait for money that a refund did not bring.
    static func failedRefunds(_ content: DashboardPage.Content) -> DashboardPage.Tile {
        let count = content.failedRefunds
        return DashboardPage.Tile(
            "Refunds that need you", String(count),
            note: count == 0 ? "Every refund went through" : "Guests wait for this money", href: Paths.failedRefunds,
            isPressing: count > 0)
    }

    /// `Tomato soup 0, Croissant 2 and 4 more`
    static func lowStock(_ content: DashboardPage.Content) -> DashboardPage.Tile {
        let low = content.lowStock
        let named = low.prefix(mostNamed).map { "\($0.name) \($0.count)" }.joined(separator: ", ")
        let rest = low.count - mostNamed
        return DashboardPage.Tile(
            "Low stock", String(low.count),
            note: low.isEmpty ? "Nothing is at its low mark" : rest > 0 ? "\(named) and \(rest) more" : named,
            href: Paths.stock, isPressing: !low.isEmpty)
    }

    /// The one whose answer is due first is a tap away.
    static func disputes(_ content: DashboardPage.Content) -> DashboardPage.Tile {
        guard let first = content.disputes.first else {
            return DashboardPage.Tile("Open disputes", "0", note: "No bank asks about a payment")
        }
        let sum = content.disputes.reduce(Int64(0)) { $0.addingReportingOverflow($1.amountMinor).partialValue }
        let money = Money(minor: sum, currency: content.venue.currency).formatted
        let due = first.answerBy.map { ", answer by \(content.venue.timeZone.dayAndTime($0))" } ?? ""
        return DashboardPage.Tile(
            "Open disputes", String(content.disputes.count), note: money + due, href: Paths.order(first.orderID),
            isPressing: true)
    }
}
