import MuseShared

/// The day at a glance: is the money right, and how does it go.
struct DashboardPage: Page {
    static let template = "reports/dashboard-page"

    struct Drift: Encodable, Sendable {
        let driftTone: String
        let driftWords: String
        let driftDetail: String
        let isWrong: Bool
        let whatToDo: String
    }

    struct Row: Encodable, Sendable {
        let rowHref: String?
        let rowName: String
        let rowKind: String
        let atStripe: String
        let inLedger: String
        let rowStripeId: String
    }

    struct Tile: Encodable, Sendable {
        let tileLabel: String
        let tileValue: String
        let tileNote: String
        /// Where more about it stands.
        let tileHref: String?
        /// Somebody should look at it.
        let isPressing: Bool

        init(_ label: String, _ value: String, note: String, href: String? = nil, isPressing: Bool = false) {
            tileLabel = label
            tileValue = value
            tileNote = note
            tileHref = href
            self.isPressing = isPressing
        }
    }

    struct Content {
        let health: ReconciliationRepository.Health
        let today: DayFigures
        let before: DayFigures
        let money: DayMoney
        /// What was sold by this time a week ago.
        let salesBefore: DayMoney.Sales
        /// Orders with a refund that failed and was not made good.
        let failedRefunds: Int64
        let open: Int64
        let lowStock: [StockLevel]
        let disputes: [OpenDispute]
        let venue: Venue
        let now: Timestamp
    }

    let title = "Today"
    let staff: StaffFrame
    let drift: Drift
    let hasRows: Bool
    let rows: [Row]
    let tiles: [Tile]
    let money: [DayMoneyRows.Row]

    init(_ content: Content, staff: StaffFrame) {
        self.staff = staff
        let currency = content.venue.currency
        func text(_ minor: Int64) -> String { Money(minor: minor, currency: currency).formatted }
        drift = Self.drift(content)
        rows = content.health.differences.map { difference in
            Row(
                rowHref: difference.orderID.map(Paths.order),
                rowName: difference.orderNumber.map { "Order \($0)" } ?? "Order not numbered", rowKind: difference.kind,
                atStripe: text(difference.stripeMinor), inLedger: text(difference.ledgerMinor),
                rowStripeId: difference.stripeID)
        }
        hasRows = !rows.isEmpty
        money = DayMoneyRows(content.money, currency: currency).rows
        tiles =
            Self.day(content, text) + [
                DashboardTiles.failedRefunds(content), DashboardTiles.lowStock(content),
                DashboardTiles.disputes(content),
            ]
    }

    private static func day(_ content: Content, _ text: (Int64) -> String) -> [Tile] {
        let (today, before) = (content.today, content.before)
        return [
            Tile("Orders today", String(today.orders), note: "\(before.orders) by this time a week ago"),
            Tile(
                "Gross sales today", text(content.money.sales.grossMinor),
                note: "\(text(content.salesBefore.grossMinor)) by this time a week ago"),
            Tile(
                "Average ticket", today.averageMinor.map(text) ?? "–",
                note: before.averageMinor.map { "\(text($0)) a week ago" } ?? "No orders a week ago"),
            Tile("Open orders", String(content.open), note: "Received, being made or ready", href: Paths.board),
        ]
    }

    private static func drift(_ content: Content) -> Drift {
        let health = content.health
        let count = health.differences.count
        let isStale = health.isStale(at: content.now)
        let age = health.checkedAt.map { checked in
            "checked \(Self.age(content.now.milliseconds - checked.milliseconds)) ago"
        }
        let whatToDo: String
        if count > 0 {
            whatToDo =
                "Open each order below and hold it against Stripe’s dashboard. Refund nothing by hand until both agree."
        } else if isStale {
            whatToDo =
                "The comparison is late: is the customer service running, and does Stripe answer? Guests can go on ordering."
        } else {
            whatToDo = ""
        }
        return Drift(
            driftTone: count > 0 || isStale ? "danger" : "positive", driftWords: "Money drift: \(count)",
            driftDetail: (age ?? "never checked yet")
                + (health.failure == nil ? "" : ", Stripe did not answer the last time")
                + ". \(health.compared) payments, refunds and disputes compared, \(health.repairedTotal) repaired so far.",
            isWrong: count > 0 || isStale, whatToDo: whatToDo)
    }

    private static func age(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds) / 1000
        if seconds < 120 { return "\(seconds) s" }
        return seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }
}
