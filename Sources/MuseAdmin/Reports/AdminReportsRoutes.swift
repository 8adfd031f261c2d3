import Hummingbird
import MuseShared

/// How the day goes and whether the money is right.
struct AdminReportsRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/", use: home)
        staff.get("/api/reports/money", use: money)
        staff.post("/api/reports/money/check", use: check)
    }

    /// The dashboard for those who may see reports, for others the first page that their role may see.
    private func home(_ request: Request, _ context: StaffContext) throws -> Response {
        guard context.staff.may(.viewReports) else {
            guard let first = desk.frame(context).links.first else {
                throw Problem.forbidden("There is no page for the role \(context.staff.role.rawValue) yet.")
            }
            return .redirect(to: first.href, context)
        }
        let venue = try desk.venue()
        let now = desk.now()
        let weekAgo = now.adding(seconds: -7 * 86_400)
        let content = DashboardPage.Content(
            health: try desk.reconciliation.health(),
            today: try desk.dayFigures.figures(of: venue.timeZone.businessDate(of: now)),
            // The same weekday, and not more of that day than has passed today.
            before: try desk.dayFigures.figures(
                of: venue.timeZone.businessDate(of: weekAgo), paidBy: weekAgo),
            money: try desk.dayMoney.money(
                in: venue.timeZone.businessDay(until: now), day: venue.timeZone.businessDate(of: now)),
            salesBefore: try desk.dayMoney.sales(
                in: venue.timeZone.businessDay(until: weekAgo), day: venue.timeZone.businessDate(of: weekAgo)),
            failedRefunds: try desk.failedRefunds.orders(),
            open: Int64(try desk.board.open().count), lowStock: try desk.stock.lowStock(),
            disputes: try desk.disputes.open(), venue: venue, now: now)
        return try desk.renderer.html(DashboardPage(content, staff: desk.frame(context)), context)
    }

    private struct MoneyAnswer: Encodable {
        struct Difference: Encodable {
            let stripeId: String
            let kind: String
            let orderId: String?
            let stripeMinor: Int64
            let ledgerMinor: Int64
        }

        struct Day: Encodable {
            let businessDate: String
            let grossMinor: Int64
            let discountMinor: Int64
            let taxMinor: Int64
            let includedTaxMinor: Int64
            let tipMinor: Int64
            let chargedMinor: Int64
            let refundedMinor: Int64
            let refundedTaxMinor: Int64
            let refundedTipMinor: Int64
            let disputedMinor: Int64
            let wonMinor: Int64
            let netMinor: Int64

            init(_ money: DayMoney, of date: String) {
                businessDate = date
                grossMinor = money.sales.grossMinor
                discountMinor = money.sales.discountMinor
                taxMinor = money.sales.taxMinor
                includedTaxMinor = money.sales.includedTaxMinor
                tipMinor = money.sales.tipMinor
                chargedMinor = money.chargedMinor
                refundedMinor = money.refundedMinor
                refundedTaxMinor = money.refundedTaxMinor
                refundedTipMinor = money.refundedTipMinor
                disputedMinor = money.disputedMinor
                wonMinor = money.wonMinor
                netMinor = money.netMinor
            }
        }

        /// The business day so far.
        let today: Day
        /// Orders with a refund that failed and was not made good.
        let failedRefunds: Int64
        let differences: [Difference]
        let checkedAt: Timestamp?
        let isStale: Bool
        let compared: Int64
        let repairedTotal: Int64
        let failure: String?
    }

    private func money(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewReports)
        let health = try desk.reconciliation.health()
        let (zone, now) = (try desk.venue().timeZone, desk.now())
        let today = zone.businessDate(of: now)
        return try .json(
            MoneyAnswer(
                today: .init(
                    try desk.dayMoney.money(in: zone.businessDay(until: now), day: today), of: today),
                failedRefunds: try desk.failedRefunds.orders(),
                differences: health.differences.map {
                    .init(
                        stripeId: $0.stripeID, kind: $0.kind, orderId: $0.orderID, stripeMinor: $0.stripeMinor,
                        ledgerMinor: $0.ledgerMinor)
                },
                checkedAt: health.checkedAt, isStale: health.isStale(at: desk.now()), compared: health.compared,
                repairedTotal: health.repairedTotal, failure: health.failure))
    }

    private func check(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.viewReports)
        try await desk.reconciliation.askNow()
        guard context.web.wantsPage else { return Response(status: .accepted) }
        return .redirect(
            to: Paths.today, flash: Flash(.notice, "The ledger is being compared with Stripe."), context)
    }
}
