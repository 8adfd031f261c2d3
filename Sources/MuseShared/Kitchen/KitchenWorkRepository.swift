/// What of an order's lines is done. Tickets and memberships are lines too, but no work for the kitchen.
struct KitchenWorkRepository {
    let orderID: String
    let transaction: Transaction

    func lines() throws -> [OrderLine] {
        let all = try OrderRepository.lines(of: [orderID], in: transaction)[orderID] ?? []
        return all.filter { $0.kind == .item }
    }

    func setDone(_ quantity: Int64, ofLine id: String) throws {
        try transaction.execute(
            "UPDATE order_lines SET done_quantity = \(quantity) WHERE id = \(id) AND order_id = \(orderID)")
    }

    /// Tells every reader that the order is another one now, without moving it.
    func touch() throws {
        try transaction.execute("UPDATE orders SET changed_at_ms = \(transaction.now) WHERE id = \(orderID)")
    }

    /// Opens every line again; what each of them was is the answer.
    func reopen() throws -> [String: Int64] {
        var before: [String: Int64] = [:]
        for line in try lines() where line.doneQuantity > 0 {
            before[line.id] = line.doneQuantity
            try setDone(0, ofLine: line.id)
        }
        return before
    }
}
