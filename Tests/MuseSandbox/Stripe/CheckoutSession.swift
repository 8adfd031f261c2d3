/// A Checkout Session in payment mode. Times are seconds since 1970, amounts the currency's smallest unit.
struct CheckoutSession: Sendable {
    enum Status: String, Sendable { case open, complete, expired }
    enum PaymentStatus: String, Sendable {
        case paid, unpaid
        case noPaymentRequired = "no_payment_required"
    }

    struct Line: Sendable {
        let id = StripeID.make("li_1", 23)
        let price = StripeID.make("price_1", 23)
        let product = StripeID.make("prod_", 14)
        let name: String
        let description: String?
        let unitAmount: Int64
        let quantity: Int64
        let total: Int64
        let taxBehavior: String
    }

    /// What the guest typed on the hosted page.
    struct Payer: Sendable {
        var email: String
        var name: String?
    }

    let id = StripeID.make("cs_test_a1", 56)
    let created: Int64
    let expiresAt: Int64
    let lines: [Line]
    let currency: String
    let total: Int64
    let links: Links
    let terms: Terms
    var status = Status.open
    var paymentStatus = PaymentStatus.unpaid
    var payer: Payer?
    var paymentIntent: String?

    /// Where the hosted page is and where it sends the guest.
    struct Links: Sendable {
        let page: String
        let success: String
        let cancel: String?
    }

    /// What the caller attached to the payment.
    struct Terms: Sendable {
        let customerEmail: String?
        let clientReference: String?
        let metadata: [String: String]
        let paymentMetadata: [String: String]
        let paymentDescription: String?
        let locale: String?
        let submitType: String?
    }

    var url: String { "\(links.page)/checkout/\(id)" }
    var successURL: String { links.success.replacing("{CHECKOUT_SESSION_ID}", with: id) }
}
