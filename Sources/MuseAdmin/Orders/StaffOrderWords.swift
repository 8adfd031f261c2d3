import MuseShared

/// Says what the staff's page of one order says.
struct StaffOrderWords {
    let content: StaffOrderPage.Content

    init(_ content: StaffOrderPage.Content) {
        self.content = content
    }

    private var order: Order { content.detail.order }
    private var zone: VenueZone { content.venue.timeZone }
    var currency: Currency { Currency(code: order.derivation.currency) ?? .usd }
    private var total: String { text(order.totals.totalMinor) }

    private func text(_ minor: Int64) -> String {
        Money(minor: minor, currency: currency).formatted
    }

    var name: String { order.number.map { "Order \($0)" } ?? "Order not paid" }

    /// `Pickup, promised for 2:38 PM. Paid 8 min ago.`
    var summary: String {
        let kind = StaffWords.kind(order)
        let promised = order.promisedAt.map { ", promised for \(zone.timeOrDay($0, readOn: content.now))" } ?? ""
        let paid = order.paidAt.map {
            " Paid \(StaffWords.minutes(content.now.milliseconds - $0.milliseconds)) ago."
        }
        let placed = " Placed \(zone.dayAndTime(order.placedAt))."
        return kind.prefix(1).uppercased() + kind.dropFirst() + promised + "." + (paid ?? placed)
    }

    private var allowed: [OrderStatus] {
        content.staff.may(.moveOrders) ? MoveOrder.moves(from: order.status) : []
    }

    var moves: [StaffOrderPage.Move] {
        allowed.filter { $0 != .cancelled && !StaffWords.isBack($0, from: order.status) }
            .map { StaffOrderPage.Move(moveStatus: $0.rawValue, moveLabel: StaffWords.move(to: $0)) }
    }

    var backs: [StaffOrderPage.Move] {
        allowed.filter { StaffWords.isBack($0, from: order.status) }.map {
            StaffOrderPage.Move(
                moveStatus: $0.rawValue, moveLabel: "Back to \(StaffWords.state($0).lowercased())")
        }
    }

    /// What will happen, in figures, before anyone taps.
    var cancel: StaffOrderPage.Cancel? {
        guard allowed.contains(.cancelled), content.staff.may(.cancelOrders) else { return nil }
        let left = content.refundableMinor
        let money = left > 0 ? "\(text(left)) goes back to the card it came from. " : ""
        return StaffOrderPage.Cancel(
            consequence: money + disputeWords + "What was counted goes back into stock. This can’t be undone.",
            cancelLabel: left > 0 ? "Cancel and refund \(text(left))" : "Cancel \(name.lowercased())")
    }

    /// Why less goes back than one would think.
    private var disputeWords: String {
        let held = content.detail.disputes.filter(\.holdsMoney)
        let sum = held.reduce(Int64(0)) { $0.addingReportingOverflow($1.amountMinor).partialValue }
        guard sum > 0 else { return "" }
        return held.contains(where: \.isOpen)
            ? "The bank holds \(text(sum)) in a dispute: if we win it, that goes back to the guest by itself. "
            : "The bank has taken back \(text(sum)) after a dispute. "
    }

    private var refunded: Int64 { content.detail.returnedMinor }

    var payment: [StaffOrderPage.Fact] {
        var facts = [
            StaffOrderPage.Fact(fact: "State", value: paymentState), StaffOrderPage.Fact(fact: "Amount", value: total),
        ]
        if let id = content.session?.stripeID {
            facts.append(StaffOrderPage.Fact(fact: "Stripe session", value: id))
        }
        facts.append(StaffOrderPage.Fact(fact: "Refunded", value: refunded == 0 ? "nothing" : text(refunded)))
        return facts + content.detail.refunds.map(fact) + content.detail.disputes.map(fact)
    }

    /// What a failed refund left with us, for those who can do something about it.
    var owed: StaffOrderPage.Owed? {
        let open = content.detail.refunds.filter { $0.state == "failed" && !$0.isHandled }
        guard !open.isEmpty, content.staff.may(.refundOrders) else { return nil }
        let sum = open.reduce(Int64(0)) { $0.addingReportingOverflow($1.amountMinor).partialValue }
        let why = open.compactMap(\.failure).last.map { " Stripe says: \($0)" } ?? ""
        return StaffOrderPage.Owed(
            owedWords: "A refund of \(text(sum)) failed.\(why)", noteError: content.problem?.message(of: "note"))
    }

    private func fact(_ refund: OrderRefund) -> StaffOrderPage.Fact {
        let value =
            switch refund.state {
            case "failed": "Failed: \(refund.failure ?? "Stripe gave no reason")"
            case "succeeded": refund.isFromStripe ? "Refunded at Stripe" : "Done"
            default: "On its way"
            }
        let parts = refund.parts.map { ": " + RefundPartWords(currency: currency)($0) } ?? ""
        let isCounted = refund.state != "failed"
        return StaffOrderPage.Fact(
            fact: "Refund of \(text(refund.amountMinor))", value: isCounted ? value + parts : value)
    }

    private func fact(_ dispute: OrderDispute) -> StaffOrderPage.Fact {
        let value =
            switch dispute.status {
            case "won": "Won, the money is back"
            case "lost": "Lost"
            default: dispute.answerBy.map { "Answer at Stripe by \(zone.dayAndTime($0))" } ?? "With the bank"
            }
        return StaffOrderPage.Fact(fact: "Disputed: \(text(dispute.amountMinor))", value: value)
    }

    var refundHref: String? {
        content.staff.may(.refundOrders) && content.refundableMinor > 0
            ? Paths.refund(order.id) : nil
    }

    private var paymentState: String {
        if let paid = order.paidAt { return "Paid at \(zone.clockTimeWithSeconds(paid))" }
        switch order.status {
        case .awaitingPayment:
            return order.holdExpiresAt.map { "Waiting, held until \(zone.clockTime($0))" } ?? "Waiting"
        default: return "Not paid"
        }
    }

    var timeline: [StaffOrderPage.Happening] {
        content.detail.events.map { event in
            StaffOrderPage.Happening(
                time: zone.clockTimeWithSeconds(event.at), what: StaffWords.happening(event, total: total),
                who: StaffWords.actor(event))
        }
    }

    var message: StaffOrderPage.Message? {
        guard content.staff.may(.messageCustomers) else { return nil }
        let subject = order.number.map { "About your order \($0)" } ?? "About your order"
        return StaffOrderPage.Message(
            isOpen: content.message != nil, subjectValue: content.message?.subject ?? subject,
            textValue: content.message?.text ?? "", subjectError: content.problem?.message(of: "subject"),
            textError: content.problem?.message(of: "text"))
    }
}
