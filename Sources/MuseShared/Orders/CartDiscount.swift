/// Something that lowers the price of some lines: a member's benefit, then a promo code.
struct CartDiscount: Sendable, Equatable {
    let source: Derivation.Discount.Source
    let name: String
    let reduction: PromoCode.Reduction
    /// The items it is for; nil is all of them.
    let itemIDs: Set<String>?

    func isFor(_ itemID: String) -> Bool { itemIDs?.contains(itemID) ?? true }

    /// What is taken off lines that together cost `base`: never more than that.
    func amount(on base: Int64, step: Int64) throws(ArithmeticOverflow) -> Int64 {
        switch reduction {
        case .percent(let millionths):
            min(base, try base.scaledHalfUp(by: millionths, over: 1_000_000, step: step))
        case .fixed(let minor):
            min(base, minor - minor % step)
        }
    }
}
