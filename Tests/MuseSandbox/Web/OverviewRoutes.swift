import Hummingbird

/// `GET /`: what happened lately, for a developer.
struct OverviewRoutes: Sendable {
    let ledger: StripeLedger
    let mailbox: Mailbox
    let pages: PageRenderer
    let webhookURL: String

    func add(to router: Router<SandboxContext>) {
        router.get("") { _, _ in
            let page = ledger.peek { state in
                OverviewPage(
                    title: "Sandbox", webhookURL: webhookURL, mailCount: mailbox.count,
                    sessions: state.sessions.newest().prefix(50).map(OverviewPage.SessionRow.init),
                    events: state.events.newest().prefix(100).map(OverviewPage.EventRow.init))
            }
            return try pages.page("overview", page)
        }
    }
}

struct OverviewPage: Sendable {
    struct SessionRow: Sendable {
        let id: String
        let path: String
        let at: String
        let total: String
        let state: String
        let email: String
        let isOpen: Bool

        init(_ session: CheckoutSession) {
            id = session.id
            path = "/checkout/\(session.id)"
            at = WallTime.utc(session.created)
            total = MoneyText.write(session.total, session.currency)
            state = "\(session.status.rawValue), \(session.paymentStatus.rawValue)"
            email = session.payer?.email ?? session.terms.customerEmail ?? ""
            isOpen = session.status == .open
        }
    }

    struct EventRow: Sendable {
        let id: String
        let type: String
        let at: String
        let delivery: String
        let attempts: String

        init(_ event: StripeEvent) {
            id = event.id
            type = event.type
            at = WallTime.utc(event.created)
            delivery = event.delivery.rawValue
            attempts = event.attempts.map { $0.status.map(String.init) ?? $0.note ?? "no answer" }
                .joined(separator: ", ")
        }
    }

    let title: String
    let webhookURL: String
    let mailCount: Int
    let sessions: [SessionRow]
    let events: [EventRow]
}
