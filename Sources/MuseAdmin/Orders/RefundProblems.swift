import HTTPTypes
import MuseShared

extension RefundOrder.Refusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .unknownOrder: .notFound
        case .nothingLeft:
            .conflict(
                "nothing-left", title: "There is nothing left to refund.",
                detail: "Everything that was paid has gone back, is on its way, or is held by a dispute.")
        case .nothingChosen:
            .invalid("lines", "Choose at least one portion, or an amount above zero.")
        case .badReason: .invalid("reason", "Say why, in at most 200 characters.")
        case .unknownLine: .invalid("lines", "This line is not part of the order.")
        case .moreThanLeft(let name, let left):
            Problem.conflict(
                "already-refunded", title: "This was refunded meanwhile.",
                detail: left == 0
                    ? "All of \(name) has gone back already. Nothing was refunded now."
                    : "Of \(name) only \(left) can still go back. Nothing was refunded now."
            ).with("left", left)
        case .moreThanRefundable(let left, let code):
            Problem.conflict(
                "more-than-refundable", title: "That is more than can still go back.",
                detail: "\(Money(minor: left, currency: Currency(code: code) ?? .usd).formatted) is left. "
                    + "Nothing was refunded now."
            ).with("refundableMinor", left)
        case .keyUsedForAnotherBody:
            Problem(
                .unprocessableContent, "idempotency-key-reused", title: "This key was used for another refund.",
                detail: "Use a new Idempotency-Key for each refund.")
        case .refusedByStripe(let words):
            .conflict(
                "refused-by-stripe", title: "Stripe refused this refund.",
                detail: "Stripe says: \(words) No money moved, and it can be refunded again.")
        case .failed(let error): .failure(of: error)
        }
    }
}
