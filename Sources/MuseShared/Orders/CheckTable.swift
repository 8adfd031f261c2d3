/// Whether an order at a table names one of the venue's. A venue that keeps no list of tables takes any short name.
struct CheckTable: Sendable {
    private let tables: DiningTableRepository

    init(database: Database) {
        tables = DiningTableRepository(database: database)
    }

    func callAsFunction(_ choice: OrderRequest.FulfilmentChoice?) throws -> [CartProblem] {
        guard let choice, choice.type == .dineIn, let name = choice.table, !name.isEmpty else { return [] }
        guard try tables.isUnknown(name) else { return [] }
        return [.invalid("fulfilment.table", "There is no table \(name) here. The number is on the card.")]
    }
}
