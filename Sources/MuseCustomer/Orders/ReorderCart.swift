import MuseShared

/// Fills a cart with what somebody had before: what is still on the menu, at today's prices; and says what is not.
struct ReorderCart: Sendable {
    struct Outcome: Sendable {
        let cart: Cart
        let added: Int64
        /// What did not come along, in the guest's words: `Carrot cake (sold out)`.
        let missing: [String]
        /// What came along in another form: `Flat white without soy milk`.
        let changed: [String]
    }

    let menu: PublishedMenu
    /// Nil: all of it is wanted now.
    var ahead: OrderAhead?

    /// - Parameter cart: what is in it stays.
    func callAsFunction(_ lines: [OrderLine], into cart: Cart) -> Outcome {
        var cart = cart
        var added: Int64 = 0
        var missing: [String] = []
        var changed: [String] = []
        for line in lines where line.kind == .item {
            guard let again = again(line) else {
                missing.append("\(line.name) (\(reason(line)))")
                continue
            }
            do {
                try cart.add(again.cartLine)
            } catch {
                missing.append("\(line.name) (the cart is full)")
                continue
            }
            added += line.quantity
            if !again.without.isEmpty {
                changed.append("\(line.name) without \(again.without.joined(separator: " and "))")
            } else if again.unitMinor != line.unitPriceMinor {
                changed.append("\(line.name) costs \(menu.money(again.unitMinor).formatted) now")
            }
        }
        return Outcome(cart: cart, added: added, missing: missing, changed: changed)
    }

    private struct Again {
        let cartLine: Cart.Line
        let unitMinor: Int64
        let without: [String]
    }

    /// The line as it can be had today; nil if it can't.
    private func again(_ line: OrderLine) -> Again? {
        guard let item = menu.item(line.subjectID), canBeHad(item) else { return nil }
        let offered = Dictionary(
            item.modifierGroups.flatMap(\.options).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let (kept, gone) = line.options.reduce(into: ([Cart.Choice](), [String]())) { sorted, option in
            if let now = offered[option.id], now.available {
                sorted.0.append(Cart.Choice(id: option.id, quantity: min(option.quantity, now.maxQuantity)))
            } else {
                sorted.1.append(option.name.lowercased())
            }
        }
        var cart = Cart()
        // Told apart from today's by the cart, which says what it was: the price of then.
        cart.lines = [
            Cart.Line(
                itemID: item.id, quantity: min(line.quantity, OrderLimits.quantity), options: kept, note: line.note,
                seenUnitMinor: gone.isEmpty ? line.unitPriceMinor : 0)
        ]
        // A group that must be chosen from, or too little stock: the guest decides on the item's own page.
        guard let priced = PricedCart(cart, menu: menu, ahead: ahead).lines.first?.priced, let first = cart.lines.first
        else {
            return nil
        }
        let unit = priced.unitPriceMinor
        let shown = Cart.Line(
            itemID: first.itemID, quantity: first.quantity, options: kept, note: first.note,
            seenUnitMinor: gone.isEmpty ? line.unitPriceMinor : unit)
        return Again(cartLine: shown, unitMinor: unit, without: gone)
    }

    private func canBeHad(_ item: MenuItem) -> Bool { ahead?.allows(item) ?? item.available }

    private func reason(_ line: OrderLine) -> String {
        guard let item = menu.item(line.subjectID) else { return "no longer on the menu" }
        if canBeHad(item) { return "its choices have changed" }
        return item.notice == nil ? "not served now" : "sold out"
    }
}

extension ReorderCart.Outcome {
    /// What the guest reads above the cart.
    var flash: Flash {
        let count = added == 1 ? "1 item is" : "\(added) items are"
        let lack = missing.isEmpty ? "" : " Missing: \(missing.joined(separator: ", "))."
        let other = changed.isEmpty ? "" : " Changed: \(changed.joined(separator: ", "))."
        guard added > 0 else { return Flash(.warning, "Nothing of that order can be had now.\(lack)") }
        return Flash(missing.isEmpty ? .success : .warning, "\(count) in your cart again.\(lack)\(other)")
    }
}
