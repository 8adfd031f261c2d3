import MuseShared

/// The cart: what was chosen, what it costs now, what to change.
struct CartPage: Page {
    static let template = "cart/cart-page"

    struct Line: Encodable, Sendable {
        let index: Int
        let identity: String
        let lineName: String
        let href: String?
        let quantity: Int64
        let maxQuantity: Int64
        let amount: String
        let was: String?
        let unitPrice: String?
        let hasOptions: Bool
        let options: [LineWords.Option]
        let lineNote: String?
        let lineNotice: String?
        /// `Served from 5:00 PM. Choose the time when you check out.`
        let aheadWords: String?
        let isGone: Bool
        let back: Back?
    }

    /// How the same line is added again after it was removed.
    struct Back: Encodable, Sendable {
        let itemId: String
        let optionIds: String
        let noteAgain: String
    }

    struct Notice: Encodable, Sendable {
        let heading: String
        let text: String
    }

    let title = "Cart"
    let site: SiteFrame
    let hasLines: Bool
    let lines: [Line]
    let notice: Notice?
    let totals: TotalsTable?
    let taxNote: String?
    let promo: PromoField?
    let canCheckout: Bool
    let whyNot: String?

    /// - Parameter isApart: there is no time at which all of it is served.
    init(
        _ cart: PricedCart, menu: PublishedMenu, later: ServedLater, isApart: Bool = false, site: SiteFrame,
        promo: PromoField? = nil
    ) {
        self.site = site
        lines = cart.lines.map { Self.line($0, menu: menu, later: later) }
        hasLines = !lines.isEmpty
        self.promo = hasLines ? promo : nil
        let changed = lines.filter { $0.lineNotice != nil }.count
        notice =
            changed == 0
            ? nil
            : Notice(
                heading: changed == 1
                    ? "One thing changed since you chose it" : "\(changed) things changed since you chose them",
                text: "Nothing is ordered until you say so.")
        totals = cart.derivation.map { TotalsTable($0, detail: .cart) }
        taxNote = "A tip can be added in the next step."
        canCheckout = cart.isOrderable && !isApart
        whyNot = canCheckout ? nil : isApart ? Self.apart : "Change or remove what can’t be ordered to go on."
    }

    private static let apart =
        "There is no time at which all of this is served. Remove what is for another time and order it by itself."

    private static func line(_ line: PricedCart.Line, menu: PublishedMenu, later: ServedLater) -> Line {
        let words = line.priced.map { LineWords($0, currency: menu.currency) }
        let seen = line.cartLine.seenUnitMinor
        let now = line.priced?.unitPriceMinor
        let hasMoved = now.map { $0 != seen } ?? false
        let notice =
            line.problem
            ?? (hasMoved ? "It was \(menu.money(seen).formatted) each when you chose it." : nil)
        return Line(
            index: line.index, identity: line.cartLine.identity, lineName: line.item?.name ?? "No longer on the menu",
            href: line.item.map { Paths.item($0.id) }, quantity: line.cartLine.quantity,
            maxQuantity: OrderLimits.quantity, amount: words?.amount ?? "",
            was: hasMoved
                ? menu.money(seen.multipliedReportingOverflow(by: line.cartLine.quantity).partialValue).formatted : nil,
            unitPrice: line.cartLine.quantity > 1 ? now.map { menu.money($0).formatted } : nil,
            hasOptions: words?.hasOptions ?? false, options: words?.options ?? [],
            lineNote: line.cartLine.note.isEmpty ? nil : line.cartLine.note, lineNotice: notice,
            aheadWords: line.servedFrom.map { "\(later.from($0)). Choose a time when you check out." },
            isGone: line.item.map { !$0.available && line.servedFrom == nil } ?? true,
            back: line.item.map { _ in Back(line.cartLine) })
    }
}

extension CartPage.Back {
    init(_ line: Cart.Line) {
        self.init(
            itemId: line.itemID, optionIds: line.options.map(\.id).joined(separator: ","), noteAgain: line.note)
    }
}

extension SiteFrame.Cart {
    /// Nil while there is nothing in the cart.
    ///
    /// - Parameter fulfilment: at a table another tax may be due.
    init?(_ cart: Cart, menu: PublishedMenu, fulfilment: OrderRequest.FulfilmentChoice = .init(type: .pickup)) {
        guard !cart.isEmpty else { return nil }
        let priced = PricedCart(cart, menu: menu, fulfilment: fulfilment, ahead: .anyTime)
        let count = cart.count
        self.init(
            count: String(count), countWords: count == 1 ? "1 item" : "\(count) items",
            total: menu.money(priced.derivation?.totals.totalMinor ?? 0).formatted)
    }
}
