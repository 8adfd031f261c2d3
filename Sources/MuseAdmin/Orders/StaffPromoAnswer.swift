import MuseShared

/// A promo code as staff see it, for a program.
struct StaffPromoAnswer: Encodable {
    struct Use: Encodable {
        let orderId: String
        let orderNumber: Int64?
        let status: OrderStatus
        let discountMinor: Int64
        let claimedAt: Timestamp
        /// When it was given back, because the order was not paid.
        let releasedAt: Timestamp?

        init(_ use: PromoUseRepository.Use) {
            orderId = use.orderID
            orderNumber = use.orderNumber
            status = use.status
            discountMinor = use.discountMinor
            claimedAt = use.claimedAt
            releasedAt = use.releasedAt
        }
    }

    let id: String
    let code: String
    let note: String
    let percentMillionths: Int64?
    let amountMinor: Int64?
    let startsAt: Timestamp?
    let endsAt: Timestamp?
    let minimumSubtotalMinor: Int64
    let maxUses: Int64?
    let maxUsesPerPerson: Int64?
    let categoryIds: [String]
    let itemIds: [String]
    let isActive: Bool
    let useCount: Int64
    /// To be sent back with a change, so that two editors don't overwrite each other.
    let revision: Int64
    /// The newest; absent in lists.
    let uses: [Use]?

    init(_ promo: PromoCode, uses: [PromoUseRepository.Use]? = nil) {
        let terms = promo.terms
        id = promo.id
        code = terms.code
        note = terms.note
        percentMillionths = terms.percentMillionths
        amountMinor = terms.amountMinor
        startsAt = terms.startsAt
        endsAt = terms.endsAt
        minimumSubtotalMinor = terms.minimumSubtotalMinor
        maxUses = terms.maxUses
        maxUsesPerPerson = terms.maxUsesPerPerson
        categoryIds = terms.categoryIDs
        itemIds = terms.itemIDs
        isActive = terms.isActive
        useCount = promo.useCount
        revision = promo.revision
        self.uses = uses.map { $0.map(Use.init) }
    }
}
