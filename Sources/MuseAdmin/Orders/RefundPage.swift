import MuseShared

/// Choose what goes back, then see the figures and confirm.
struct RefundPage: Page {
    static let template = "orders/refund-page"

    struct Choice: Encodable, Sendable {
        let lineName: String
        let fieldId: String
        let fieldName: String
        let leftWords: String
        let isGone: Bool
        let most: Int64
        let quantityValue: String
    }

    /// A line with portions that can go back into a counted stock without money.
    struct Shelf: Encodable, Sendable {
        let shelfName: String
        let shelfId: String
        let shelfField: String
        let shelfMost: Int64
    }

    struct Hidden: Encodable, Sendable {
        let hiddenName: String
        let hiddenValue: String
    }

    struct Confirm: Encodable, Sendable {
        let confirmHeading: String
        let consequence: String
        let confirmLabel: String
        let hiddens: [Hidden]
        let changeHref: String
    }

    struct Content {
        let detail: OrderDetail
        let refunded: RefundStanding
        let form: RefundForm
        var plan: RefundOrder.Plan?
        var problem: Problem?
    }

    let title: String
    let staff: StaffFrame
    let problem: FormProblem?
    let heading: String
    let summary: String
    let orderHref: String
    let orderId: String
    let currency: String
    let isOpen: Bool
    let choices: [Choice]
    let amountValue: String
    let amountError: String?
    let reasonValue: String
    let reasonError: String?
    let isRestocking: Bool
    let confirm: Confirm?
    let hasShelves: Bool
    let shelves: [Shelf]

    init(_ content: Content, staff: StaffFrame) {
        let order = content.detail.order
        let form = content.form
        let money = Currency(code: order.derivation.currency) ?? .usd
        func text(_ minor: Int64) -> String { Money(minor: minor, currency: money).formatted }
        self.staff = staff
        problem = content.problem.map { FormProblem($0) }
        heading = order.number.map { "Refund order \($0)" } ?? "Refund"
        title = heading
        summary =
            content.refunded.refundableMinor > 0
            ? "\(text(content.refunded.refundableMinor)) of \(text(order.totals.totalMinor)) can still go back."
            : "Nothing is left that could go back."
        orderHref = Paths.order(order.id)
        orderId = order.id
        currency = money.code
        choices = content.detail.lines.map { line in
            let left = max(0, line.quantity - (content.refunded.quantities[line.id] ?? 0))
            return Choice(
                lineName: line.name, fieldId: "portion-\(line.id)", fieldName: RefundForm.portionField + line.id,
                leftWords: left == 0 ? "All refunded" : "\(left) of \(line.quantity) can go back", isGone: left == 0,
                most: left, quantityValue: form.quantities[line.id] ?? "0")
        }
        amountValue = form.amount
        amountError = content.problem?.message(of: "amount")
        reasonValue = form.reason
        reasonError = content.problem?.message(of: "reason")
        isRestocking = form.restocks
        confirm = content.plan.map { Self.confirm($0, form, orderHref: Paths.order(order.id), text: text) }
        let lines = order.paidAt == nil || confirm != nil ? [] : content.detail.lines.filter { $0.reservedStock > 0 }
        shelves = lines.map { line in
            Shelf(
                shelfName: line.name, shelfId: "shelf-\(line.id)", shelfField: RefundForm.portionField + line.id,
                shelfMost: line.reservedStock)
        }
        hasShelves = !shelves.isEmpty
        isOpen = content.refunded.refundableMinor > 0 && confirm == nil
    }

    private static func confirm(
        _ plan: RefundOrder.Plan, _ form: RefundForm, orderHref: String, text: (Int64) -> String
    ) -> Confirm {
        let portions = plan.portions.reduce(Int64(0)) { $0 + $1.quantity }
        let counted = "\(portions) \(portions == 1 ? "portion" : "portions")"
        let stock = form.restocks && portions > 0 ? ", put \(counted) back" : ""
        let words = RefundPartWords(currency: Currency(code: plan.currency) ?? .usd)
        let parts = plan.parts.map { " It is made of \(words($0))." } ?? ""
        var pairs = form.quantities.sorted { $0.key < $1.key }.map { (RefundForm.portionField + $0.key, $0.value) }
        pairs += [("amount", form.amount), ("reason", form.reason)]
        if form.restocks { pairs.append(("restock", "true")) }
        pairs = pairs.filter { !$0.1.isEmpty }
        let sent = pairs + [("idempotencyKey", form.idempotencyKey)]
        return Confirm(
            confirmHeading: "\(text(plan.amountMinor)) goes back to the card",
            consequence: (portions > 0 ? "For \(counted), with tax and discounts as they were paid." : "By amount.")
                + parts + " The guest gets an email. This can’t be undone.",
            confirmLabel: "Refund \(text(plan.amountMinor)) to the card\(stock)",
            hiddens: sent.map { Hidden(hiddenName: $0.0, hiddenValue: $0.1) },
            changeHref: "\(orderHref)/refund?" + FormText.encode(pairs))
    }
}
