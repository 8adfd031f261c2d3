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
        case .totalChanged(let change):
            return .totalChanged(change)
        case .promoRefused(let why, let sentence, let without):
            return .promoRefused(why, sentence: sentence, without: without)
        case .keyUsedForAnotherOrder:
            return Problem(
                .unprocessableContent, "idempotency-key-reused", title: "This key belongs to another order",
                detail: "Send a new Idempotency-Key for a new order. The earlier order is unchanged.")
        case .tooSmallForCard(let minimum):
            return .invalid("lines", Problem.tooSmallForCard(minimum))
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
    static func promoRefused(_ why: PromoRefusal, sentence: String, without: Derivation? = nil) -> Problem {
        if why == .unknown { return .invalid("promoCode", sentence) }
        let rest = without.map {
            let currency = Currency(code: $0.currency) ?? .usd
            return " Without it the order is \(Money(minor: $0.totals.totalMinor, currency: currency).formatted)."
        }
        var problem = Problem.conflict(
            "promo-code-refused", title: "The code does not count for this order",
            detail: "\(sentence)\(rest ?? "") Nothing was ordered.")
        problem.errors = [FieldError("promoCode", sentence)]
        problem = problem.with("promo", PromoAnswer(why, code: "", message: sentence)).with("reasons", [sentence])
        return without.map { problem.with("totals", $0.totals).with("derivation", $0) } ?? problem
    }

    static func tooSmallForCard(_ minimum: Money) -> String {
        "A card payment is at least \(minimum.formatted). Add something to the order."
    }

    static let totalChangedSlug = "total-changed"

    /// As the checkout's page says it.
    static func checkoutTotal(_ change: TotalChange) -> Problem {
        var problem = totalChanged(change)
        problem.detail = change.sentence + " Nothing was charged, and all you typed is still here."
        return problem
    }

    static func totalChanged(_ change: TotalChange) -> Problem {
        Problem.conflict(
            totalChangedSlug, title: "The total has changed",
            detail: change.sentence + " Nothing was ordered; order again if it suits you."
        ).with("totals", change.derivation.totals).with("derivation", change.derivation)
            .with("expectedTotalMinor", change.expectedMinor).with("reasons", change.reasons)
    }

    static func soldOut(_ problems: [CartProblem]) -> Problem {
        var problem = Problem.conflict(
            "not-available", title: "Something is no longer available",
            detail: "Nothing was ordered. " + problems.map(\.message).joined(separator: " "))
        problem.errors = problems.map(\.fieldError)
        return problem
    }
}
