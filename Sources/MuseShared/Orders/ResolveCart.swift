/// A cart line whose item and options have been found on the menu and checked against its rules.
struct ResolvedLine: Sendable {
    let item: MenuItem
    let quantity: Int64
    let options: [Derivation.Option]
    let note: String
}

/// Finds every line of a cart on the menu: item, options, required groups, counts, what is sold out.
struct ResolveCart: Sendable {
    let menu: PublishedMenu
    /// When the order is wanted, which is what decides whether something is served; nil is now.
    var at: Timestamp?
    /// The time is not chosen yet: what is served at other hours is found, and what is sold out is not.
    var isTimeOpen = false

    func callAsFunction(_ lines: [OrderRequest.Line]) throws(CartProblems) -> [ResolvedLine] {
        guard !lines.isEmpty else {
            throw CartProblems(problems: [.invalid("lines", "The cart is empty.")])
        }
        guard lines.count <= OrderLimits.lines else {
            throw CartProblems(problems: [
                .invalid("lines", "An order has at most \(OrderLimits.lines) lines; this one has \(lines.count).")
            ])
        }
        var problems: [CartProblem] = []
        var resolved: [ResolvedLine] = []
        for (index, line) in lines.enumerated() {
            do throws(CartProblems) {
                resolved.append(try resolve(line, field: "lines[\(index)]"))
            } catch {
                problems += error.problems
            }
        }
        problems += stockProblems(resolved)
        guard problems.isEmpty else { throw CartProblems(problems: problems) }
        return resolved
    }

    private func resolve(_ line: OrderRequest.Line, field: String) throws(CartProblems) -> ResolvedLine {
        switch line.kind {
        case .ticket:
            throw CartProblems(problems: [
                .invalid("\(field).ticketTypeId", "There is no ticket of this type on sale.")
            ])
        case .membership:
            throw CartProblems(problems: [.invalid("\(field).planId", "There is no membership plan of this name.")])
        case .item:
            return try resolveItem(line, field: field)
        }
    }

    private func resolveItem(_ line: OrderRequest.Line, field: String) throws(CartProblems) -> ResolvedLine {
        var problems: [CartProblem] = []
        let quantity = line.quantity ?? 1
        if !(1...OrderLimits.quantity).contains(quantity) {
            problems.append(.invalid("\(field).quantity", "Choose between 1 and \(OrderLimits.quantity)."))
        }
        guard let id = line.itemId else {
            throw CartProblems(problems: problems + [.invalid("\(field).itemId", "The line names no item.")])
        }
        guard let item = menu.item(id) else {
            throw CartProblems(
                problems: problems + [
                    .conflict("\(field).itemId", "This is no longer on the menu. Remove it to go on.")
                ])
        }
        if !item.isAvailable(at: at), !(isTimeOpen && obstacle(to: item) == .notServed) {
            problems.append(.conflict("\(field).itemId", unavailableSentence(item)))
        }
        let choices = ChosenOptions(item: item, field: field, at: at)
        let options = choices.resolve(line.options ?? [], problems: &problems)
        guard problems.isEmpty else { throw CartProblems(problems: problems) }
        return ResolvedLine(item: item, quantity: quantity, options: options, note: line.note ?? "")
    }

    private func obstacle(to item: MenuItem) -> ItemServing.Obstacle? {
        at.map { item.serving.obstacle(at: $0) } ?? (item.notice == nil ? .notServed : .soldOut)
    }

    private func unavailableSentence(_ item: MenuItem) -> String {
        guard obstacle(to: item) == .notServed, let hours = item.servedWords else {
            return "\(item.name) is sold out. Remove it to go on."
        }
        let when = at == nil ? "not served now" : "not served at that time"
        return "\(item.name) is \(when): \(hours.prefix(1).lowercased() + hours.dropFirst()). Remove it to go on."
    }

    /// Demand is summed over the whole cart: one item in five lines can't pass its stock.
    private func stockProblems(_ lines: [ResolvedLine]) -> [CartProblem] {
        var demand: [String: Int64] = [:]
        for line in lines { demand[line.item.id, default: 0] += line.quantity }
        return lines.enumerated().compactMap { index, line in
            guard let stock = line.item.kitchen.stockCount, let wanted = demand.removeValue(forKey: line.item.id),
                wanted > stock
            else { return nil }
            return .conflict("lines[\(index)].quantity", Self.stockSentence(line.item.name, left: stock))
        }
    }

    static func stockSentence(_ name: String, left: Int64) -> String {
        left == 0 ? "\(name) is sold out. Remove it to go on." : "Only \(left) of \(name) left. Choose fewer to go on."
    }
}

/// The options of one line, held against the item's modifier groups.
private struct ChosenOptions {
    let item: MenuItem
    let field: String
    let at: Timestamp?

    func resolve(_ choices: [OrderRequest.Choice], problems: inout [CartProblem]) -> [Derivation.Option] {
        var quantities: [String: Int64] = [:]
        for choice in choices {
            let quantity = choice.quantity ?? 1
            guard (1...OrderLimits.quantity).contains(quantity) else {
                problems.append(.invalid("\(field).options", "An option is chosen at least once."))
                continue
            }
            quantities[choice.id, default: 0] += quantity
        }
        let found = item.modifierGroups.flatMap { group in
            resolve(group, quantities: &quantities, problems: &problems)
        }
        if !quantities.isEmpty {
            problems.append(.invalid("\(field).options", "\(item.name) has no such option."))
        }
        return found
    }

    private func resolve(
        _ group: ModifierGroup, quantities: inout [String: Int64], problems: inout [CartProblem]
    ) -> [Derivation.Option] {
        var chosen: [Derivation.Option] = []
        for option in group.options {
            guard let quantity = quantities.removeValue(forKey: option.id) else { continue }
            if !option.isAvailable(at: at) {
                problems.append(.conflict("\(field).options", "\(option.name) is sold out. Choose another."))
            }
            if quantity > option.maxQuantity {
                problems.append(.invalid("\(field).options", "\(option.name): at most \(option.maxQuantity)."))
            }
            chosen.append(
                Derivation.Option(
                    id: option.id, group: group.name, name: option.name, quantity: quantity,
                    priceMinor: option.priceMinor))
        }
        let count = chosen.reduce(into: Int64(0)) { $0 = $0.addedClamped(to: $1.quantity) }
        if count < group.min {
            problems.append(.invalid("\(field).options", "\(item.name): choose \(group.min) of \(group.name)."))
        }
        if count > group.max {
            problems.append(.invalid("\(field).options", "\(item.name): at most \(group.max) of \(group.name)."))
        }
        return chosen
    }
}
