/// Somebody who works here.
public struct StaffMember: Sendable, Equatable {
    public let id: String
    /// Lowercase.
    public let email: String
    public let name: String
    public let role: StaffRole

    public func may(_ permission: Permission) -> Bool {
        role.permissions.contains(permission)
    }
}

/// A signed-in browser.
public struct StaffSession: Sendable {
    public let staff: StaffMember
    /// What the database knows the session by.
    let tokenHash: String
    let lastSeenAt: Timestamp
}
