import MuseShared

/// Where an order is now, for whoever moves orders without seeing their guests and payments.
struct MovedAnswer: Encodable {
    let id: String
    let number: Int64?
    let status: OrderStatus

    init(_ order: Order) {
        id = order.id
        number = order.number
        status = order.status
    }
}

/// One order with all that staff may know of it.
struct StaffOrderAnswer: Encodable {
    struct Line: Encodable {
        let id: String
        let kind: OrderRequest.Kind
        let subjectId: String
        let name: String
        let quantity: Int64
        let unitPriceMinor: Int64
        let options: [Derivation.Option]
        let note: String
        let station: String
        let grossMinor: Int64
        let discountMinor: Int64
        let taxMinor: Int64
    }

    struct Happening: Encodable {
        let at: Timestamp
        let kind: String
        let actor: OrderEvent.Actor
        let staff: String?
    }

    struct Refund: Encodable {
        struct Parts: Encodable {
            let grossMinor: Int64
            let discountMinor: Int64
            let taxMinor: Int64
            let includedTaxMinor: Int64
            let tipMinor: Int64
        }

        let id: String
        let amountMinor: Int64
        /// What the amount is made of; null while that is not known.
        let parts: Parts?
        let reason: String
        let state: String
        let createdAt: Timestamp
    }

    struct Payment: Encodable {
        let state: String
        let stripeId: String?
        let amountMinor: Int64
    }

    let id: String
    let number: Int64?
    let status: OrderStatus
    let businessDate: String?
    let fulfilment: OrderRequest.FulfilmentChoice?
    let contact: OrderRequest.Contact
    let note: String
    let lines: [Line]
    let totals: Derivation.Totals
    let derivation: Derivation
    let refunds: [Refund]
    let payment: Payment?
    let timeline: [Happening]
    /// Where it can be moved from here.
    let moves: [OrderStatus]
    let placedAt: Timestamp
    let paidAt: Timestamp?
    let promisedAt: Timestamp?
    let changedAt: Timestamp

    init(_ detail: OrderDetail, session: CheckoutRepository.Session?) {
        let order = detail.order
        id = order.id
        number = order.number
        status = order.status
        businessDate = order.businessDate
        fulfilment = order.fulfilment.map {
            OrderRequest.FulfilmentChoice(type: $0, at: order.wantedAt, table: order.table)
        }
        contact = order.contact
        note = order.note
        lines = detail.lines.map(Line.init)
        totals = order.totals
        derivation = order.derivation
        refunds = detail.refunds.map {
            Refund(
                id: $0.id, amountMinor: $0.amountMinor, parts: $0.parts.map(Refund.Parts.init), reason: $0.reason,
                state: $0.state, createdAt: $0.createdAt)
        }
        payment = session.map {
            Payment(state: $0.state.rawValue, stripeId: $0.stripeID, amountMinor: $0.amountMinor)
        }
        timeline = detail.events.map { Happening(at: $0.at, kind: $0.kind, actor: $0.actor, staff: $0.staffName) }
        moves = MoveOrder.moves(from: order.status)
        placedAt = order.placedAt
        paidAt = order.paidAt
        promisedAt = order.promisedAt
        changedAt = order.changedAt
    }
}

extension StaffOrderAnswer.Refund.Parts {
    init(_ parts: RefundParts) {
        self.init(
            grossMinor: parts.grossMinor, discountMinor: parts.discountMinor, taxMinor: parts.taxMinor,
            includedTaxMinor: parts.includedTaxMinor, tipMinor: parts.tipMinor)
    }
}

extension StaffOrderAnswer.Line {
    init(_ line: OrderLine) {
        self.init(
            id: line.id, kind: line.kind, subjectId: line.subjectID, name: line.name, quantity: line.quantity,
            unitPriceMinor: line.unitPriceMinor, options: line.options, note: line.note, station: line.station,
            grossMinor: line.grossMinor, discountMinor: line.discountMinor, taxMinor: line.taxMinor)
    }
}
