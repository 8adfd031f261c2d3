import MuseShared

/// Who is signed in, for `GET /api/me`.
struct StaffAnswer: Encodable {
    let email: String
    let name: String
    let role: StaffRole
    let permissions: [Permission]

    init(_ staff: StaffMember) {
        email = staff.email
        name = staff.name
        role = staff.role
        permissions = Permission.allCases.filter(staff.may)
    }
}
