import MuseShared

/// What a refund is asked for with: by a program as JSON, by a person as the fields of the form.
struct RefundForm: Sendable {
    struct Body: Decodable {
        struct Line: Decodable {
            let lineId: String
            let quantity: Int64
        }

        let lines: [Line]?
        let amountMinor: Int64?
        let reason: String?
        let restock: Bool?
    }

    /// The field of a line is this and the line's id.
    static let portionField = "portion."

    var quantities: [String: String] = [:]
    var amount = ""
    var reason = ""
    var restocks = false
    var idempotencyKey = IDSource.live.next()

    init() {}

    init(_ fields: FormFields) {
        for pair in fields.pairs where pair.name.hasPrefix(Self.portionField) {
            quantities[String(pair.name.dropFirst(Self.portionField.count))] = pair.value
        }
        amount = fields.first("amount") ?? ""
        reason = fields.first("reason") ?? ""
        restocks = fields.first("restock") == "true"
        if let key = fields.first("idempotencyKey"), IDSource.isPlausible(key) { idempotencyKey = key }
    }

    /// - Throws: 422 with each field that is wrong.
    func request(for order: Order) throws -> RefundOrder.Request {
        var errors: [FieldError] = []
        var portions: [RefundOrder.Portion] = []
        for (line, text) in quantities.sorted(by: { $0.key < $1.key }) where !text.isEmpty && text != "0" {
            guard let quantity = Int64(text), (1...1000).contains(quantity) else {
                errors.append(FieldError(Self.portionField + line, "Enter how many portions, as a number."))
                continue
            }
            portions.append(.init(lineID: line, quantity: quantity))
        }
        let currency = Currency(code: order.derivation.currency) ?? .usd
        let money = amount.isEmpty ? nil : Money(decimal: amount, currency: currency)
        if !amount.isEmpty, money == nil { errors.append(FieldError("amount", "Enter an amount like 4.50.")) }
        if !amount.isEmpty, !portions.isEmpty {
            errors.append(FieldError("amount", "Choose portions or an amount, not both."))
        }
        if amount.isEmpty, portions.isEmpty, errors.isEmpty {
            errors.append(FieldError("amount", "Choose portions, or enter an amount."))
        }
        let why = try Self.reason(reason, errors: &errors)
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        return RefundOrder.Request(
            orderID: order.id, scope: money.map { .amount(minor: $0.minor) } ?? .portions(portions), reason: why,
            restocks: restocks)
    }

    static func request(_ body: Body, orderID: String) throws -> RefundOrder.Request {
        var errors: [FieldError] = []
        let scope: RefundOrder.Scope
        switch (body.lines, body.amountMinor) {
        case (let lines?, nil):
            scope = .portions(lines.map { .init(lineID: $0.lineId, quantity: $0.quantity) })
        case (nil, let minor?):
            scope = .amount(minor: minor)
        default:
            errors.append(FieldError("lines", "Send lines or amountMinor, one of them."))
            scope = .portions([])
        }
        let why = try reason(body.reason ?? "", errors: &errors)
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        return RefundOrder.Request(orderID: orderID, scope: scope, reason: why, restocks: body.restock ?? false)
    }

    private static func reason(_ text: String, errors: inout [FieldError]) throws -> String {
        let clean = try PlainText.clean(text, field: "reason", maximum: 200)
        if clean.isEmpty { errors.append(FieldError("reason", "Say why: the guest reads it too.")) }
        return clean
    }
}
