import MuseShared

/// What the checkout form sent, kept as typed.
struct CheckoutForm: Sendable {
    var name = ""
    var email = ""
    var phone = ""
    var note = ""
    /// A pickup time and not as soon as possible.
    var isLater = false
    var slot: Timestamp?
    /// Where the guest sits, by the table's link.
    var table: DiningTable?
    /// Percent of the amount before tax, or `other`.
    var tip = "0"
    var tipAmount = ""
    var promoCode = ""
    /// Made when the page was shown, so that a second press of the button is the same order.
    var idempotencyKey: String
    /// The total on the guest's screen, without the tip.
    var seenTotalMinor: Int64?
    /// What it was made of, to tell why it is another one now.
    var seen: SeenTotals?

    init(idempotencyKey: String, cart: Cart = Cart()) {
        promoCode = cart.promoCode
        tip = cart.tip.isEmpty ? "0" : cart.tip
        tipAmount = cart.tipAmount
        self.idempotencyKey = idempotencyKey
    }

    /// The cart with the code and the tip that were typed: they stay with it.
    func kept(in cart: Cart) -> Cart {
        var cart = cart
        cart.setPromoCode(promoCode)
        cart.setTip(tip, amount: tipAmount)
        return cart
    }

    init(_ fields: FormFields) {
        name = fields.first("name") ?? ""
        email = fields.first("email") ?? ""
        phone = fields.first("phone") ?? ""
        note = fields.first("note") ?? ""
        slot = fields.first("slot").flatMap(Timestamp.init(rfc3339:))
        // Scripts send no time that is not asked for; without them the one that was picked is meant.
        isLater = fields.first("at") == "later" || slot != nil
        tip = fields.first("tip") ?? "0"
        tipAmount = fields.first("tipAmount") ?? ""
        promoCode = fields.first("promoCode") ?? ""
        // A key that is not one of ours could be everybody's: such a form is an order of its own.
        let key = fields.first("idempotencyKey") ?? ""
        idempotencyKey = IDSource.isPlausible(key) ? key : IDSource.live.next()
        seenTotalMinor = fields.first("expectedTotalMinor").flatMap { Int64($0) }
        seen = fields.first("seen").flatMap(SeenTotals.init(text:))
    }

    /// The tip in minor units on an amount before tax; nil if what was typed is no amount.
    func tipMinor(on base: Int64, currency: Currency) -> Int64? {
        if tip == "other" {
            return tipAmount.isEmpty ? 0 : Money(decimal: tipAmount, currency: currency)?.minor
        }
        // Also one that staff have taken off the buttons since: the guest was offered it.
        guard let percent = Int64(tip), (0...100).contains(percent) else { return nil }
        return Tip.percent(percent, of: base, in: currency)
    }

    var fulfilment: OrderRequest.FulfilmentChoice {
        if let table { return .init(type: .dineIn, table: table.name) }
        return .init(type: .pickup, at: isLater ? slot : nil)
    }

    /// “Later” without a time: never taken for as soon as possible.
    var lacksTime: Bool { table == nil && isLater && slot == nil }

    func request(lines: [OrderRequest.Line], tipMinor: Int64) -> OrderRequest {
        var request = OrderRequest(
            lines: lines, fulfilment: fulfilment,
            contact: .init(name: name, email: email, phone: phone.isEmpty ? nil : phone), tipMinor: tipMinor)
        request.promoCode = promoCode.isEmpty ? nil : promoCode
        request.note = note.isEmpty ? nil : note
        request.seen = seen?.text
        return request
    }
}
