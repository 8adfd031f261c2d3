/// What somebody is employed as. What a role may do is its ``Permission``s, nothing else.
public enum StaffRole: String, Sendable, Codable, CaseIterable {
    case owner, manager, staff, kitchen, door

    /// The whole policy, on one page.
    public var permissions: Set<Permission> {
        switch self {
        case .owner: Set(Permission.allCases)
        case .manager: Set(Permission.allCases).subtracting([.manageStaff])
        case .staff:
            [
                .viewBoard, .moveOrders, .viewOrders, .messageCustomers, .viewMenu, .markSoldOut, .pauseOrdering,
                .checkIn,
            ]
        case .kitchen: [.viewBoard, .moveOrders, .markSoldOut, .pauseOrdering]
        case .door: [.checkIn]
        }
    }
}
