/// Looks up what can be had instead of an order whose payment came after it was let go.
public struct FindAlternatives: Sendable {
    private let database: Database
    private let menu: @Sendable () throws -> PublishedMenu

    public init(database: Database, menu: @escaping @Sendable () throws -> PublishedMenu) {
        self.database = database
        self.menu = menu
    }

    /// Nil unless the order is one of those: cancelled, and never taken as paid.
    public func callAsFunction(_ detail: OrderDetail) throws -> Alternatives? {
        guard detail.order.status == .cancelled, detail.order.paidAt == nil else { return nil }
        let menu = try menu()
        return try database.read { try Self.find(detail, menu: menu, in: $0) }
    }

    static func find(_ detail: OrderDetail, menu: PublishedMenu, in transaction: Transaction) throws -> Alternatives {
        let order = detail.order
        var slots: [PickupSlots.Slot] = []
        if order.wantedAt != nil {
            slots = try ScheduleOrder.slots(
                for: KitchenQueueRepository.work(of: order.id, in: transaction), in: transaction)
        }
        return Alternatives(detail.lines, wantedAt: order.wantedAt, menu: menu, slots: slots)
    }
}
