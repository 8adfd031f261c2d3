/// One thing that somebody of the staff may see or do. Routes ask for these, never for a role.
public enum Permission: String, Sendable, Codable, CaseIterable {
    /// The live board with what is open now.
    case viewBoard
    /// Move an order along or back.
    case moveOrders
    /// Cancel an order, which gives its money back.
    case cancelOrders
    /// Every order with its guest and its payments.
    case viewOrders
    case refundOrders
    case messageCustomers
    /// The menu with its prices.
    case viewMenu
    /// Take an item or option off the menu for a while.
    case markSoldOut
    /// Names, descriptions and prices.
    case editMenu
    /// Stop ordering for a while, or add minutes to every promise.
    case pauseOrdering
    /// Opening hours, pickup times, stations and tables.
    case manageVenue
    /// Promo codes: what they take off, when, and how often.
    case managePromoCodes
    case checkIn
    case viewReports
    /// Who did what, and the cache versions behind it.
    case viewAudit
    case manageStaff
}
