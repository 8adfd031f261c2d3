import Testing

@testable import MuseShared

struct StaffRoleTests {
    @Test func `the kitchen sees the board, and neither prices nor people`() {
        #expect(StaffRole.kitchen.permissions == [.viewBoard, .moveOrders, .markSoldOut, .pauseOrdering])
    }

    @Test func `only an owner manages the staff`() {
        #expect(StaffRole.allCases.filter { $0.permissions.contains(.manageStaff) } == [.owner])
    }

    @Test func `money and prices are for owners and managers`() {
        for permission in [
            Permission.cancelOrders, .refundOrders, .editMenu, .managePromoCodes, .viewReports, .viewAudit,
        ] {
            #expect(StaffRole.allCases.filter { $0.permissions.contains(permission) } == [.owner, .manager])
        }
    }
}
