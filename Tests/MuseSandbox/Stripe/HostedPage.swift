import Hummingbird

/// What the hosted payment page shows.
struct HostedPage: Sendable {
    struct Line: Sendable {
        let name: String
        let description: String?
        let quantity: Int64
        let isMany: Bool
        let each: String
        let total: String
    }

    let title: String
    let path: String
    let total: String
    let lines: [Line]
    /// The address that the merchant gave, which the guest can't change.
    let email: String?
    let isOpen: Bool
    let isDelayed: Bool
    let isFree: Bool
    let status: String
    let message: String?
    let leave: String?
    let back: String?

    init(_ session: CheckoutSession, payment: PaymentIntent?, message: String? = nil) {
        title = "Pay Muse & Co"
        path = "/checkout/\(session.id)"
        total = MoneyText.write(session.total, session.currency)
        lines = session.lines.map { line in
            Line(
                name: line.name, description: line.description, quantity: line.quantity, isMany: line.quantity > 1,
                each: MoneyText.write(line.unitAmount, session.currency),
                total: MoneyText.write(line.total, session.currency))
        }
        email = session.payer?.email ?? session.terms.customerEmail
        isOpen = session.status == .open
        isDelayed = payment?.status == .processing
        isFree = session.total == 0
        let words: [CheckoutSession.Status: String] = [
            .open: "Waiting for payment", .complete: "Complete", .expired: "This page has expired",
        ]
        status = words[session.status] ?? ""
        self.message = message
        leave = isOpen ? session.links.cancel : nil
        back = session.status == .complete ? session.successURL : nil
    }
}
