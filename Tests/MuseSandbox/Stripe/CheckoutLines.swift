/// The `line_items` of a new session: at most 100, one currency, a total that Stripe can charge.
struct CheckoutLines {
    let parameters: StripeParameters

    init(_ parameters: StripeParameters) { self.parameters = parameters }

    /// Smallest charge by currency, in its smallest unit, from Stripe's table of minimum charge amounts.
    private static let minimums: [String: Int64] = [
        "usd": 50, "eur": 50, "gbp": 30, "cad": 50, "aud": 50, "nzd": 50, "chf": 50, "jpy": 50, "sek": 300,
        "nok": 300, "dkk": 250, "mxn": 1000, "pln": 200, "czk": 1500, "hkd": 400, "sgd": 50, "brl": 50, "inr": 50,
    ]
    private static let maximum: Int64 = 99_999_999

    func read() throws(StripeError) -> (lines: [CheckoutSession.Line], currency: String, total: Int64) {
        let items = parameters.children("line_items")
        guard !items.isEmpty else { throw .missing("line_items") }
        guard items.count <= 100 else {
            throw .invalid("You can specify at most 100 line items.", "line_items")
        }
        var lines: [CheckoutSession.Line] = []
        var currency: String?
        var total: Int64 = 0
        for item in items {
            let (line, itsCurrency) = try read(item)
            if let currency, currency != itsCurrency {
                throw .invalid(
                    "All line items must have the same currency, but found \(currency) and \(itsCurrency).",
                    "line_items")
            }
            currency = itsCurrency
            let (sum, overflow) = total.addingReportingOverflow(line.total)
            guard !overflow else { throw tooLarge }
            total = sum
            lines.append(line)
        }
        let money = currency ?? ""
        try refuse(total, outsideLimitsOf: money)
        return (lines, money, total)
    }

    private var tooLarge: StripeError {
        .invalid(
            "The Checkout Session's total amount must be at most 99999999.", "line_items", code: "amount_too_large")
    }

    private func refuse(_ total: Int64, outsideLimitsOf currency: String) throws(StripeError) {
        guard total <= Self.maximum else { throw tooLarge }
        let least = Self.minimums[currency] ?? 0
        // A free session is legal: it completes as no_payment_required.
        guard total == 0 || total >= least else {
            throw .invalid(
                "The Checkout Session's total amount due must add up to at least \(least) \(currency)",
                "line_items", code: "amount_too_small")
        }
    }

    private func read(_ item: StripeParameters) throws(StripeError) -> (CheckoutSession.Line, String) {
        if let price = try item.text("price") {
            throw .noSuch("price", price, param: item.place("price"), status: 400)
        }
        guard let price = item.child("price_data") else { throw .missing(item.place("price_data")) }
        let currency = try price.requiredText("currency").lowercased()
        guard Self.minimums[currency] != nil else {
            throw .invalid("Invalid currency: \(currency).", price.place("currency"))
        }
        if let product = try price.text("product") {
            throw .noSuch("product", product, param: price.place("product"), status: 400)
        }
        guard let product = price.child("product_data") else { throw .missing(price.place("product_data")) }
        guard let unit = try price.integer("unit_amount") else { throw .missing(price.place("unit_amount")) }
        guard let quantity = try item.integer("quantity", atLeast: 1) else {
            throw .missing(item.place("quantity"))
        }
        let (total, overflow) = unit.multipliedReportingOverflow(by: quantity)
        guard !overflow, quantity <= 999_999 else { throw tooLarge }
        _ = try product.metadata()
        let line = CheckoutSession.Line(
            name: try product.requiredText("name"), description: try product.text("description"),
            unitAmount: unit, quantity: quantity, total: total,
            taxBehavior: try price.choice("tax_behavior", ["exclusive", "inclusive", "unspecified"]) ?? "unspecified")
        return (line, currency)
    }
}
