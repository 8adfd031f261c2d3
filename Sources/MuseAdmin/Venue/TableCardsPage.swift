import MuseShared

/// The cards that stand on the tables, several on a sheet.
struct TableCardsPage: Page {
    static let template = "venue/table-cards-page"
    static let holdsSecrets = true

    struct Card: Encodable, Sendable {
        let tableName: String
        let tableArea: String?
        let tableLink: String
        let codeSide: Int
        let codePath: String
    }

    let title = "Cards for the tables"
    let staff: StaffFrame
    let hasCards: Bool
    let cards: [Card]

    init(_ tables: [DiningTable], origin: Origin, staff: StaffFrame) {
        self.staff = staff
        cards = tables.compactMap { table in
            let link = origin.appending(Paths.tableLink(table.code))
            return QRCode(link).map {
                Card(
                    tableName: table.name, tableArea: table.area.isEmpty ? nil : table.area, tableLink: link,
                    codeSide: $0.side, codePath: $0.path)
            }
        }
        hasCards = !cards.isEmpty
    }
}
