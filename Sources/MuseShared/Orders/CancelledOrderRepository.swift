/// What follows when staff cancel an order: stock and time are free again, the money goes back, the guest is told.
struct CancelledOrderRepository: Sendable {
    let ids: IDSource

    /// In the write that cancels.
    func settle(_ order: Order, staffID: String, in transaction: Transaction) throws {
        try StockRepository.release(orderID: order.id, in: transaction)
        try SlotClaimRepository.release(orderID: order.id, in: transaction)
        // A paid order has had its code; one that was never paid gives it back.
        if order.paidAt == nil { try PromoUseRepository.release(orderID: order.id, in: transaction) }
        let owed = try RefundRepository.refundable(orderID: order.id, in: transaction)
        try log(order, refundedMinor: owed?.minor ?? 0, staffID: staffID, in: transaction)
        guard let owed else { return try tellGuest(order, in: transaction) }
        // Its letter says that the order is cancelled, too.
        try RefundRepository(ids: ids).queue(
            RefundRepository.Draft(
                orderID: order.id, amountMinor: owed.minor, reason: "cancelled", paymentIntent: owed.paymentIntent,
                staffID: staffID),
            in: transaction)
    }

    private func log(
        _ order: Order, refundedMinor: Int64, staffID: String, in transaction: Transaction
    ) throws {
        var difference = Difference()
        difference.note("status", from: .text(order.status.rawValue), to: .text(OrderStatus.cancelled.rawValue))
        difference.note("refundedMinor", from: .number(0), to: .number(refundedMinor))
        try ActionLogRepository.record(
            .init(
                id: ids.next(), staffID: staffID, action: "order.cancelled", subjectID: order.id,
                difference: difference),
            in: transaction)
    }

    private func tellGuest(_ order: Order, in transaction: Transaction) throws {
        guard let detail = try OrderRepository.detail(order.id, in: transaction) else { return }
        let email = OrderCancelledEmail(detail, venue: try VenueRepository.venue(in: transaction))
        try EmailRepository.queue(email.queued(for: order, id: ids.next()), in: transaction)
    }
}
