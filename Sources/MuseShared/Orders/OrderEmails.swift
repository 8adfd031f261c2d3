/// What an order's messages carry; the link to the order is added when they are sent.
struct OrderEmail: Sendable, Codable {
    let number: Int64?
    let name: String
    let venueName: String
    let venueAddress: String
    let venuePhone: String
    /// `about 2:45 PM`; empty when there is nothing to promise.
    let promised: String
    let receipt: OrderReceipt
}

/// The messages that an order's life sends.
enum OrderEmails {
    static func confirmed(
        _ order: Order, number: Int64, promisedAt: Timestamp, venue: Venue, id: String
    ) throws -> QueuedEmail {
        try email("order-confirmed", order, number: number, promisedAt: promisedAt, venue: venue, id: id)
    }

    static func ready(_ order: Order, venue: Venue, id: String) throws -> QueuedEmail {
        try email("order-ready", order, number: order.number, promisedAt: nil, venue: venue, id: id)
    }

    static func paidTooLate(_ order: Order, venue: Venue, id: String) throws -> QueuedEmail {
        try email("payment-returned", order, number: order.number, promisedAt: nil, venue: venue, id: id)
    }

    private static func email(
        _ template: String, _ order: Order, number: Int64?, promisedAt: Timestamp?, venue: Venue, id: String
    ) throws -> QueuedEmail {
        let data = OrderEmail(
            number: number, name: order.contact.name, venueName: venue.name,
            venueAddress: "\(venue.street), \(venue.city)", venuePhone: venue.phone,
            promised: promisedAt.map { "about \(venue.timeZone.clockTime($0))" } ?? "",
            receipt: OrderReceipt(order.derivation))
        // One message of a kind for each order: an undo and a second “ready” do not write twice.
        return QueuedEmail(
            id: id, template: template, to: order.contact.email, data: try JSONText.encode(data), orderID: order.id,
            idempotencyKey: "\(template):\(order.id)")
    }
}
