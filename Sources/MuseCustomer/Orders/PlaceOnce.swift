import Hummingbird
import MuseShared

/// Makes one cart one order, however often its guest goes back from the payment page and presses the button again.
///
/// The order that this browser was sent to pay is paid if it is still the same; if anything about it is different, it is
/// let go first, so that nothing is held twice and nobody can pay both.
struct PlaceOnce: Sendable {
    let counter: GuestCounter

    enum Outcome {
        /// The key is to find it again by.
        case placed(PlaceOrder.Placement, key: String)
        /// What this browser was sent to pay has been paid meanwhile: nothing new was placed.
        case paidAlready(WaitingOrder)
    }

    func callAsFunction(
        _ order: OrderRequest, _ form: CheckoutForm, _ context: some WebContext
    ) async throws(PlaceOrder.Refusal) -> Outcome {
        guard let waiting = try waiting(context) else {
            let first = try await place(order, key: form.idempotencyKey)
            guard case .placed(let placement, _) = first, placement.order.paidAt == nil,
                [.expired, .cancelled].contains(placement.order.status)
            else { return first }
            // The same form once more, after its time to pay was up: it is an order of its own.
            return try await place(order, key: placement.order.id)
        }
        do throws(PlaceOrder.Refusal) {
            return try await place(order, key: waiting.key)
        } catch {
            guard case .keyUsedForAnotherOrder = error else { throw error }
        }
        guard try await letGo(waiting) else { return .paidAlready(waiting) }
        do throws(PlaceOrder.Refusal) {
            return try await place(order, key: form.idempotencyKey)
        } catch {
            guard case .keyUsedForAnotherOrder = error else { throw error }
            // The form is that order's own, shown again by the browser: the new one goes by the order that it follows.
            return try await place(order, key: waiting.order.id)
        }
    }

    private func place(_ order: OrderRequest, key: String) async throws(PlaceOrder.Refusal) -> Outcome {
        .placed(try await counter.placeOrder(.init(order: order, idempotencyKey: "form:\(key)")), key: key)
    }

    private func waiting(_ context: some WebContext) throws(PlaceOrder.Refusal) -> WaitingOrder? {
        do {
            return try WaitingOrder.found(by: context, counter).flatMap { $0.isPayable(counter.now()) ? $0 : nil }
        } catch {
            throw .failed(error)
        }
    }

    /// False if it has been paid meanwhile.
    private func letGo(_ waiting: WaitingOrder) async throws(PlaceOrder.Refusal) -> Bool {
        do {
            try await counter.letGo(orderID: waiting.order.id)
            return true
        } catch {
            switch error {
            case .inPayment: return false
            case .paymentUnavailable: throw .paymentUnavailable
            case .failed(let error): throw .failed(error)
            }
        }
    }
}

extension PlaceOrder.Refusal {
    /// For somebody who has pressed a button and knows of no keys.
    var formProblem: Problem {
        guard case .keyUsedForAnotherOrder = self else { return problem }
        return .conflict(
            "ordered-already", title: "You have ordered with this page before",
            detail: "That order is kept as it was. Look this one over and press the button again to order it too.")
    }
}
