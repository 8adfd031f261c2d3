import MuseShared

/// All promo codes, with what they do and how often they were used.
struct PromoCodesPage: Page {
    static let template = "promos/promo-codes-page"

    struct Code: Encodable, Sendable {
        let codeId: String
        let href: String
        let code: String
        let note: String?
        let takesOff: String
        let useWords: String
        let stateWord: String
        let tone: String
        let isActive: Bool
    }

    let title = "Codes"
    let staff: StaffFrame
    let hasCodes: Bool
    let codes: [Code]

    init(_ promos: [PromoCode], venue: Venue, now: Timestamp, staff: StaffFrame) {
        self.staff = staff
        codes = promos.map { promo in
            let words = PromoWords(promo: promo, venue: venue)
            let (state, tone) = words.state(at: now)
            return Code(
                codeId: promo.id, href: Paths.promoCode(promo.id), code: promo.terms.code,
                note: promo.terms.note.isEmpty ? nil : promo.terms.note, takesOff: words.takesOff,
                useWords: words.uses, stateWord: state, tone: tone, isActive: promo.terms.isActive)
        }
        hasCodes = !codes.isEmpty
    }
}

/// What a promo code does, in words for staff.
struct PromoWords {
    let promo: PromoCode
    let venue: Venue

    var takesOff: String {
        switch promo.terms.reduction {
        case .percent(let millionths): Percent(millionths: millionths).words
        case .fixed(let minor): Money(minor: minor, currency: venue.currency).formatted
        }
    }

    /// `3 of 100`, `3`.
    var uses: String {
        promo.terms.maxUses.map { "\(promo.useCount) of \($0)" } ?? "\(promo.useCount)"
    }

    func state(at now: Timestamp) -> (word: String, tone: String) {
        let terms = promo.terms
        if !terms.isActive { return ("Ended", "soft") }
        if let end = terms.endsAt, now >= end { return ("Over", "soft") }
        if let start = terms.startsAt, now < start {
            return ("From \(venue.timeZone.dayAndTime(start))", "warning")
        }
        if let most = terms.maxUses, promo.useCount >= most { return ("Used up", "soft") }
        return ("Counts now", "positive")
    }
}
