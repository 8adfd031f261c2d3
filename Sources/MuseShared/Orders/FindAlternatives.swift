/// Looks up what can be had instead of an order whose payment came after it was let go.
public struct FindAlternatives: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// Nil unless the order is one of those: cancelled, and never taken as paid.
    public func callAsFunction(_ detail: OrderDetail) throws -> Alternatives? {
        guard detail.order.status == .cancelled, detail.order.paidAt == nil else { return nil }
        return try database.read { try Self.find(detail, in: $0) }
    }

    /// The menu is read and not taken from a cache, whose counts are those of when something last ran out.
    static func find(_ detail: OrderDetail, in transaction: Transaction) throws -> Alternatives {
        let menu = try MenuRepository.published(in: transaction)
        let order = detail.order
        var slots: [PickupSlots.Slot] = []
        if order.wantedAt != nil {
            slots = try ScheduleOrder.slots(
                for: KitchenQueueRepository.work(of: order.id, in: transaction), in: transaction)
        }
        return Alternatives(detail.lines, wantedAt: order.wantedAt, menu: menu, slots: slots)
    }
}
