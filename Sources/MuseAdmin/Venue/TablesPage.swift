import MuseShared

/// The tables with their links, and a card of each to print.
struct TablesPage: Page {
    static let template = "venue/tables-page"
    /// It shows the tables' links.
    static let holdsSecrets = true

    struct Row: Encodable, Sendable {
        let tableId: String
        let tableName: String
        let tableArea: String?
        let tableLink: String
    }

    let title = "Tables"
    let staff: StaffFrame
    let problem: FormProblem?
    let hasTables: Bool
    let tables: [Row]
    let nameValue: String
    let nameError: String?
    let areaValue: String

    init(_ tables: [DiningTable], origin: Origin, typed: FormFields?, problem: Problem?, staff: StaffFrame) {
        self.staff = staff
        self.problem = problem.map { FormProblem($0) }
        self.tables = tables.map {
            Row(
                tableId: $0.id, tableName: $0.name, tableArea: $0.area.isEmpty ? nil : $0.area,
                tableLink: origin.appending(Paths.tableLink($0.code)))
        }
        hasTables = !tables.isEmpty
        nameValue = typed?.first("name") ?? ""
        nameError = problem?.errors.first { $0.field == "name" }?.message
        areaValue = typed?.first("area") ?? ""
    }
}
