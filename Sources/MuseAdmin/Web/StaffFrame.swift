import MuseShared

/// What every page of the staff site shows around its content.
struct StaffFrame: Encodable, Sendable {
    struct Link: Encodable, Sendable {
        let href: String
        let label: String
        let isCurrent: Bool
    }

    let name: String
    let email: String
    let role: String
    let links: [Link]

    init(_ staff: StaffMember, path: String) {
        name = staff.name
        email = staff.email
        role = staff.role.rawValue
        let places: [(href: String, label: String, permission: Permission)] = [
            (Paths.today, "Today", .viewReports),
            (Paths.board, "Board", .viewBoard), (Paths.orders, "Orders", .viewOrders), (Paths.menu, "Menu", .viewMenu),
            (Paths.soldOutBoard, "86", .markSoldOut),
            (Paths.promoCodes, "Codes", .managePromoCodes),
            (Paths.venue, "Hours", .manageVenue),
        ]
        links = places.filter { staff.may($0.permission) }.map { place in
            Link(
                href: place.href, label: place.label,
                isCurrent: place.href == Paths.today ? path == place.href : path.hasPrefix(place.href))
        }
    }
}

/// What is wrong with a form, above it: what happened, and a link to each field.
struct FormProblem: Encodable, Sendable {
    struct Field: Encodable, Sendable {
        let id: String
        let message: String
    }

    let heading: String
    let text: String?
    let hasFields: Bool
    let fields: [Field]

    /// - Parameter ids: the element of each field; a field that is not there links to itself.
    init(_ problem: Problem, ids: [String: String] = [:]) {
        heading = problem.title
        text = problem.errors.isEmpty ? problem.detail : "Nothing was saved, and all you typed is still here."
        fields = problem.errors.map { Field(id: ids[$0.field] ?? $0.field, message: $0.message) }
        hasFields = !fields.isEmpty
    }
}
