import MuseShared

/// The field for a promo code: what was typed, and what it does or exactly why not.
struct PromoField: Encodable, Sendable {
    let codeValue: String
    let codeError: String?
    let codeWords: String?

    init(_ typed: String, quote: Quote?, venue: Venue) {
        codeValue = typed
        let code = PromoCode.normalized(typed)
        switch quote?.promo {
        case .refused(let why):
            codeError = why.sentence(code: code, currency: venue.currency, zone: venue.timeZone)
            codeWords = nil
        case .counts(let promo):
            codeError = nil
            codeWords = quote.map {
                PromoWords.counts(promo, takesOff: $0.promoDiscountMinor, currency: venue.currency)
            }
        case nil:
            (codeError, codeWords) = (nil, nil)
        }
    }
}

/// What a code that counts does, in the guest's words.
enum PromoWords {
    /// `WELCOME takes off $1.24, 10 %.`
    static func counts(_ promo: PromoCode, takesOff minor: Int64, currency: Currency) -> String {
        let amount = Money(minor: minor, currency: currency).formatted
        let percent = promo.terms.percentMillionths.map { ", \(Percent(millionths: $0).words)" } ?? ""
        return "\(promo.terms.code) takes off \(amount)\(percent)."
    }
}

/// What became of a promo code, for a program.
struct PromoAnswer: Encodable, Sendable {
    let code: String
    let counts: Bool
    let amountMinor: Int64?
    let percentMillionths: Int64?
    /// `unknown`, `notYet`, `over`, `usedUp`, `usedByYou`, `minimumNotMet` or `notForThese`.
    let reason: String?
    let message: String
    let startsAt: Timestamp?
    let minimumMinor: Int64?
    let shortByMinor: Int64?

    init(_ promo: PromoCode, takesOff minor: Int64, currency: Currency) {
        code = promo.terms.code
        counts = true
        amountMinor = minor
        percentMillionths = promo.terms.percentMillionths
        message = PromoWords.counts(promo, takesOff: minor, currency: currency)
        (reason, startsAt, minimumMinor, shortByMinor) = (nil, nil, nil, nil)
    }

    init(_ refusal: PromoRefusal, code: String, message: String) {
        self.code = code
        self.message = message
        counts = false
        reason = refusal.reason
        (amountMinor, percentMillionths) = (nil, nil)
        if case .notYet(let start) = refusal { startsAt = start } else { startsAt = nil }
        if case .minimumNotMet(let minimum, let short) = refusal {
            (minimumMinor, shortByMinor) = (minimum, short)
        } else {
            (minimumMinor, shortByMinor) = (nil, nil)
        }
    }

    /// Nil when no code was given.
    init?(_ quote: Quote, typed: String?, venue: Venue) {
        let code = PromoCode.normalized(typed ?? "")
        switch quote.promo {
        case .counts(let promo):
            self.init(promo, takesOff: quote.promoDiscountMinor, currency: venue.currency)
        case .refused(let why):
            let message = why.sentence(code: code, currency: venue.currency, zone: venue.timeZone)
            self.init(why, code: code, message: message)
        case nil: return nil
        }
    }
}
