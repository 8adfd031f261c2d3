import Hummingbird
import MuseShared

/// Tells a guest's open page what becomes of its order: an event `order` at first, and whenever a word of it is new.
///
/// While the kitchen has the order, the queue in memory knows whether anything is: a place that moves is told to every
/// page without another look into the database, however many are open.
struct FollowOrder: Sendable {
    let counter: GuestCounter

    func callAsFunction(_ first: OrderDetail, _ events: EventSink) async throws {
        let id = first.order.id
        let changes = counter.changes.changes(of: [.orders])
        var shown = try view(of: first)
        try await tell(shown, events)
        for await _ in changes {
            let place = try counter.queue.current().place(of: id)
            var fresh = try view(of: shown.detail)
            if !Self.isUnchanged(shown.detail, place) {
                guard let detail = try counter.orders.detail(id) else { return }
                fresh = try view(of: detail)
            }
            guard fresh.revision != shown.revision || LiveWords(fresh) != LiveWords(shown) else { continue }
            shown = fresh
            try await tell(fresh, events)
        }
    }

    /// As the kitchen has it now.
    func view(of detail: OrderDetail) throws -> OrderView {
        OrderView(
            detail: detail, venue: try counter.venue(), token: "", payURL: nil, isInPayment: false,
            now: counter.now(), place: try counter.queue.current().place(of: detail.order.id))
    }

    private func tell(_ view: OrderView, _ events: EventSink) async throws {
        try await events.send(event: "order", data: OrderAnswer(view))
    }

    /// Outside the kitchen the queue knows nothing, and the order itself is asked.
    private static func isUnchanged(_ detail: OrderDetail, _ place: OrderQueue.Place?) -> Bool {
        guard let place else { return false }
        return place.changedAt == detail.order.changedAt && place.events == detail.events.count
    }
}

/// How long it takes and who is before: what changes on an order's page without anything happening to the order.
struct LiveWords: Equatable, Sendable {
    let state: String
    let detail: String?

    /// Nil unless the kitchen has the order.
    init?(_ view: OrderView) {
        guard view.place != nil else { return nil }
        let words = OrderWords(view)
        state = words.state
        detail = words.detail
    }
}
