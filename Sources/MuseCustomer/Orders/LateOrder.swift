import MuseShared

/// What the page of an order offers whose payment came too late: what is gone and what is like it, the next free time,
/// and the same again in one press.
struct LateOrder: Encodable, Sendable {
    struct Gone: Encodable, Sendable {
        let goneWords: String
        let hasSimilar: Bool
        let similar: [Similar]
    }

    struct Similar: Encodable, Sendable {
        let similarHref: String
        let similarName: String
        let similarPrice: String
    }

    let hasGone: Bool
    let gone: [Gone]
    let timeWords: String?
    let againAction: String
    let againToken: String

    init(_ alternatives: Alternatives, orderID: String, token: String, venue: Venue) {
        gone = alternatives.gone.map { gone in
            Gone(
                goneWords: gone.similar.isEmpty ? "\(gone.name) is gone." : "\(gone.name) is gone. Like it:",
                hasSimilar: !gone.similar.isEmpty,
                similar: gone.similar.map { item in
                    Similar(
                        similarHref: Paths.item(item.id), similarName: item.name,
                        similarPrice: Money(minor: item.priceMinor, currency: venue.currency).formatted)
                })
        }
        hasGone = !gone.isEmpty
        if alternatives.isTimeGone {
            timeWords =
                alternatives.nextTime.map { "The next free time is \(venue.timeZone.dayAndTime($0))." }
                ?? "No other time is free today."
        } else {
            // What was lacking a moment ago has come back, or it was the promo code alone.
            timeWords = alternatives.gone.isEmpty ? Alternatives.allThere : nil
        }
        againAction = Paths.reorder(orderID)
        againToken = token
    }
}
