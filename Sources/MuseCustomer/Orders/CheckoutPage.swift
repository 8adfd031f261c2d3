import HTTPTypes
import MuseShared

/// Checkout on one page: when, who, tip, pay, with the total and its parts in sight.
struct CheckoutPage: Page {
    static let template = "checkout/checkout-page"

    struct Contact: Encodable, Sendable {
        let nameValue: String
        let nameError: String?
        let emailValue: String
        let emailError: String?
        let phoneValue: String
        let phoneError: String?
    }

    struct Tip: Encodable, Sendable {
        struct Choice: Encodable, Sendable {
            let tipValue: String
            let percent: Int64
            let tipLabel: String
            let tipAmount: String?
            let isChecked: Bool
        }

        let tipChoices: [Choice]
        let isOther: Bool
        let tipAmountValue: String
        let amountMode: String
        let tipError: String?
    }

    let title = "Check out"
    let site: SiteFrame
    let problem: ItemPage.ProblemWords?
    let baseMinor: Int64
    let tipBaseMinor: Int64
    let currency: String
    let locale = "en-US"
    let currencyName: String
    /// What every amount is a multiple of.
    let stepMinor: Int64
    let idempotencyKey: String
    let expectedTotalMinor: Int64
    /// What it is made of, for the next press of the button.
    let seen: String
    /// Either the times of a pickup or the table.
    let pickup: CheckoutWhen?
    let table: CheckoutTable?
    let closedNotice: String?
    let contact: Contact
    let tip: Tip
    let promo: PromoField
    let orderNoteValue: String
    let lines: [LineWords]
    let gone: [CheckoutGone]
    let totals: TotalsTable
    let total: String
    let payVerb: String
    let payNote: String

    /// What the page is made from.
    struct Content {
        let form: CheckoutForm
        let quote: Quote
        /// What is in the cart and can't be ordered any more.
        var gone: [CheckoutGone] = []
        let venue: Venue
        let holdMinutes: Int
        /// What the queue, the hours and the slots allow this cart.
        let times: OrderTimes
        var problem: Problem?
        let now: Timestamp
    }

    init(_ content: Content, site: SiteFrame) {
        let form = content.form
        let derivation = content.quote.derivation
        let totals = derivation.totals
        let money = { (minor: Int64) in Money(minor: minor, currency: content.venue.currency).formatted }
        let errors = CheckoutErrors(content.problem)
        self.site = site
        problem = errors.summary
        tipBaseMinor = totals.tipBaseMinor
        baseMinor = totals.totalMinor - totals.tipMinor
        currency = derivation.currency
        currencyName = currency == "USD" ? "dollars" : currency
        stepMinor = content.venue.currency.stepMinor
        idempotencyKey = form.idempotencyKey
        // Without the tip: the script adds the one that is chosen, and without scripts the server does.
        expectedTotalMinor = baseMinor
        seen = SeenTotals(content.quote, code: form.promoCode).text
        let table = form.table
        pickup =
            table == nil
            ? CheckoutWhen(
                content.times, form: form, venue: content.venue, now: content.now, error: errors["slot"]) : nil
        self.table = table.map {
            CheckoutTable($0, times: content.times, now: content.now, zone: content.venue.timeZone)
        }
        closedNotice = GuestNotice(content.venue, now: content.now).words
        contact = Contact(
            nameValue: form.name, nameError: errors["name"], emailValue: form.email, emailError: errors["email"],
            phoneValue: form.phone, phoneError: errors["phone"])
        tip = Self.tip(content, error: errors["tip-amount"])
        promo = PromoField(form.promoCode, quote: content.quote, venue: content.venue)
        orderNoteValue = form.note
        lines = derivation.lineWords
        gone = content.gone
        self.totals = TotalsTable(derivation, detail: .cart)
        total = money(totals.totalMinor)
        payVerb = totals.totalMinor == 0 ? "Order for" : "Pay"
        payNote = Self.payNote(totals, content)
    }

    private static func payNote(_ totals: Derivation.Totals, _ content: Content) -> String {
        let minimum = Money(minor: content.venue.currency.minimumChargeMinor, currency: content.venue.currency)
        return switch totals.totalMinor {
        case 0: "Nothing is charged. The kitchen has your order at once."
        case ..<minimum.minor: Problem.tooSmallForCard(minimum)
        default: "You pay on Stripe’s page. We hold your order for \(content.holdMinutes) minutes."
        }
    }

    private static func tip(_ content: Content, error: String?) -> Tip {
        let form = content.form
        let currency = content.venue.currency
        let base = content.quote.derivation.totals.tipBaseMinor
        var percents = [0] + content.venue.tipPercents
        // Chosen when it was still offered: it stays theirs.
        if let chosen = Int64(form.tip), (1...100).contains(chosen), !percents.contains(chosen) {
            percents.append(chosen)
        }
        return Tip(
            tipChoices: percents.map { percent in
                let minor = MuseShared.Tip.percent(percent, of: base, in: currency)
                return Tip.Choice(
                    tipValue: String(percent), percent: percent, tipLabel: percent == 0 ? "None" : "\(percent) %",
                    tipAmount: percent == 0 ? nil : Money(minor: minor, currency: currency).formatted,
                    isChecked: form.tip == String(percent))
            },
            isOther: form.tip == "other", tipAmountValue: form.tipAmount, amountMode: currency.inputMode,
            tipError: error)
    }
}

/// A problem's field errors under the names of the form's inputs.
private struct CheckoutErrors {
    private var byInput: [(id: String, message: String)] = []
    let summary: ItemPage.ProblemWords?

    init(_ problem: Problem?) {
        guard let problem else {
            summary = nil
            return
        }
        for error in problem.errors where !byInput.contains(where: { $0.message == error.message }) {
            byInput.append((Self.input(error.field), error.message))
        }
        let heading =
            switch byInput.count {
            case 0: problem.title
            case 1: "One thing needs you"
            default: "\(byInput.count) things need you"
            }
        summary = ItemPage.ProblemWords(
            heading: problem.status == .unprocessableContent ? heading : problem.title,
            text: problem.errors.isEmpty || problem.slug == Problem.totalChangedSlug
                ? problem.detail : "Nothing was charged, and all you typed is still here.",
            hasFields: !byInput.isEmpty,
            fields: byInput.map { ItemPage.ProblemWords.Field(id: $0.id, message: $0.message) })
    }

    subscript(id: String) -> String? {
        byInput.first { $0.id == id }?.message
    }

    private static func input(_ field: String) -> String {
        switch field {
        case "contact.name": "name"
        case "contact.email": "email"
        case "contact.phone": "phone"
        case "tipMinor": "tip-amount"
        case "promoCode": "promo-code"
        case "note": "order-note"
        case "fulfilment.at": "slot"
        default: CheckoutGone.index(in: field).map(CheckoutGone.id) ?? (field.hasPrefix("lines") ? "main" : field)
        }
    }
}
