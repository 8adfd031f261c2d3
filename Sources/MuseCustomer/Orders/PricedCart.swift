import MuseShared

/// A cart held against the menu of this moment: what each line costs now, what is gone, what it all comes to.
struct PricedCart: Sendable {
    struct Line: Sendable {
        let index: Int
        let cartLine: Cart.Line
        /// Nil if the item is gone from the menu.
        let item: MenuItem?
        /// What the line costs now; nil if it can't be ordered as it is.
        let priced: Derivation.Line?
        /// Why it can't be ordered, in the guest's words.
        let problem: String?
        /// Not served at this hour, and from when it is.
        var servedFrom: Timestamp?
    }

    let lines: [Line]
    /// Of the lines that can be ordered; nil if there are none.
    let quote: Quote?

    var derivation: Derivation? { quote?.derivation }
    var isForLater: Bool { lines.contains { $0.servedFrom != nil } }
    var isOrderable: Bool { derivation != nil && lines.allSatisfy { $0.problem == nil } }

    /// What is known of a promo code, and the moment it is asked about.
    struct PromoQuestion {
        let candidate: PromoCandidate
        let now: Timestamp
    }

    /// - Parameters:
    ///   - fulfilment: what is served is judged at the time it is wanted, or now if none is given.
    ///   - ahead: the time is still to be chosen: what is served at any of those on offer can be ordered.
    init(
        _ cart: Cart, menu: PublishedMenu, fulfilment: OrderRequest.FulfilmentChoice = .init(type: .pickup),
        ahead: OrderAhead? = nil, promo: PromoQuestion? = nil
    ) {
        func derive(
            _ lines: [OrderRequest.Line], isTimeOpen: Bool, promo: PromoQuestion? = nil
        ) -> Result<Quote, QuoteOrder.Refusal> {
            Result { () throws(QuoteOrder.Refusal) in
                try QuoteOrder(menu: menu, isTimeOpen: isTimeOpen)(
                    OrderRequest(
                        lines: lines,
                        fulfilment: .init(type: fulfilment.type, at: fulfilment.at, table: fulfilment.table ?? "-")),
                    promo: promo?.candidate, now: promo?.now ?? Timestamp(milliseconds: 0))
            }
        }
        let requests = cart.requestLines
        lines = zip(cart.lines, requests).enumerated().map { index, pair in
            let (cartLine, request) = pair
            let item = menu.item(cartLine.itemID)
            switch derive([request], isTimeOpen: item.flatMap { ahead?.allows($0) } ?? false) {
            case .success(let quote):
                return Line(
                    index: index, cartLine: cartLine, item: item, priced: quote.derivation.lines.first, problem: nil,
                    servedFrom: item.flatMap { ahead?.servedFrom($0) })
            case .failure(let refusal):
                return Line(index: index, cartLine: cartLine, item: item, priced: nil, problem: refusal.firstMessage)
            }
        }
        let good = lines.filter { $0.problem == nil }.compactMap {
            requests.indices.contains($0.index) ? requests[$0.index] : nil
        }
        quote = good.isEmpty ? nil : try? derive(good, isTimeOpen: ahead != nil, promo: promo).get()
    }
}

extension QuoteOrder.Refusal {
    var problems: [CartProblem] {
        switch self {
        case .invalid(let problems), .unavailable(let problems): problems
        }
    }

    var firstMessage: String { problems.first?.message ?? "This can't be ordered as it is." }
}
