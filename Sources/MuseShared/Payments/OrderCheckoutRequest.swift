/// Turns an order into what Stripe is asked to charge, the same each time, so that a repeated call is the same call.
extension CheckoutSessionRequest {
    /// Stripe ends a session between 30 minutes and 24 hours after it was made
    /// (docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at); one more for the journey.
    private static let leastSeconds: Int64 = 31 * 60

    init(order: Order, session: CheckoutRepository.Session, links: OrderLinks) {
        let hold = order.holdExpiresAt.map { ($0.milliseconds - order.placedAt.milliseconds) / 1000 } ?? 0
        self.init(
            referenceID: session.id, orderID: order.id, currency: order.derivation.currency.lowercased(),
            email: order.contact.email, lines: Self.lines(of: order.derivation),
            successURL: links.url(for: order.id) + "&from=checkout", cancelURL: links.url(for: order.id),
            expiresAt: session.createdAt.adding(seconds: max(hold, Self.leastSeconds)))
    }

    /// Stripe takes at most this many (docs.stripe.com/api/checkout/sessions/create#create_checkout_session-line_items).
    static let mostLines = 100

    static func lines(of derivation: Derivation) -> [Line] {
        var lines = derivation.lines.map { line($0, currency: Currency(code: derivation.currency) ?? .usd) }
        let taxes = derivation.taxes.filter { !$0.isInclusive && $0.taxMinor > 0 }
        if lines.count + taxes.count < mostLines {
            lines += taxes.map { Line(name: $0.name, description: "", unitAmountMinor: $0.taxMinor, quantity: 1) }
        } else {
            lines.append(
                Line(name: "Taxes", description: "", unitAmountMinor: derivation.totals.taxMinor, quantity: 1))
        }
        if derivation.totals.tipMinor > 0 {
            lines.append(
                Line(name: "Tip", description: "", unitAmountMinor: derivation.totals.tipMinor, quantity: 1))
        }
        return lines
    }

    /// A discount rarely divides by the quantity, so a discounted line is charged as one.
    private static func line(_ line: Derivation.Line, currency: Currency) -> Line {
        let options = line.options.map { $0.quantity > 1 ? "\($0.quantity) × \($0.name)" : $0.name }
        let description = options.joined(separator: ", ")
        guard line.discountMinor > 0 else {
            return Line(
                name: line.name, description: description, unitAmountMinor: line.unitPriceMinor,
                quantity: line.quantity)
        }
        return Line(
            name: "\(line.quantity) × \(line.name)",
            description: (options + [Money(minor: -line.discountMinor, currency: currency).formatted + " discount"])
                .joined(separator: ", "),
            unitAmountMinor: line.grossMinor - line.discountMinor, quantity: 1)
    }
}
