import HTTPTypes
import MuseShared

extension CartProblem {
    var fieldError: FieldError { FieldError(field, message) }
}

extension QuoteOrder.Refusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .invalid(let problems): .invalid(problems.map(\.fieldError))
        case .unavailable(let problems): .soldOut(problems)
        }
    }
}

extension PlaceOrder.Refusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .invalid(let problems):
            return .invalid(problems.map(\.fieldError))
        case .unavailable(let problems):
            return .soldOut(problems)
        case .notThen(let refusal):
            return refusal.problem
        case .totalChanged(let derivation, let expected):
            let currency = Currency(code: derivation.currency) ?? .usd
            let money = { (minor: Int64) in Money(minor: minor, currency: currency).formatted }
            return Problem.conflict(
                "total-changed", title: "The total has changed",
                detail: "It was \(money(expected)) and is now \(money(derivation.totals.totalMinor)). Nothing was "
                    + "ordered; order again if it suits you."
            ).with("totals", derivation.totals).with("derivation", derivation).with("expectedTotalMinor", expected)
        case .promoRefused(let why, let sentence):
            return .promoRefused(why, sentence: sentence)
        case .keyUsedForAnotherOrder:
            return Problem(
                .unprocessableContent, "idempotency-key-reused", title: "This key belongs to another order",
                detail: "Send a new Idempotency-Key for a new order. The earlier order is unchanged.")
        case .tooSmallForCard(let minimum):
            return .invalid(
                "lines", "A card payment is at least \(minimum.formatted). Add something to the order.")
        case .paymentUnavailable:
            return Problem(
                .serviceUnavailable, "payment-unavailable", title: "The payment page can’t be reached",
                detail: "Nothing was charged and your order is kept. Try again in a moment."
            ).retry(after: 5)
        case .paymentRefused:
            return Problem(
                .badGateway, "payment-refused", title: "The payment page did not take this order",
                detail:
                    "Nothing was charged and nothing is held. Your cart is as it was; please tell us if it happens again."
            )
        case .failed(let error):
            return Problem.failure(of: error)
        }
    }
}

extension Problem {
    /// A code that nobody knows is a mistake in the request; anything else was right, or will be.
    static func promoRefused(_ why: PromoRefusal, sentence: String) -> Problem {
        if why == .unknown { return .invalid("promoCode", sentence) }
        var problem = Problem.conflict(
            "promo-code-refused", title: "The code does not count for this order",
            detail: "\(sentence) Nothing was ordered.")
        problem.errors = [FieldError("promoCode", sentence)]
        return problem.with("promo", PromoAnswer(why, code: "", message: sentence))
    }

    static func soldOut(_ problems: [CartProblem]) -> Problem {
        var problem = Problem.conflict(
            "not-available", title: "Something is no longer available",
            detail: "Nothing was ordered. " + problems.map(\.message).joined(separator: " "))
        problem.errors = problems.map(\.fieldError)
        return problem
    }
}
