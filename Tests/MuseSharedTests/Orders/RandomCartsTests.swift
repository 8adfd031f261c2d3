import MuseTestSupport
import Testing

@testable import MuseShared

/// The random carts are only worth what is in them.
struct RandomCartsTests {
    /// 1,600 of them, priced once for all.
    private static let priced = Result {
        try (1...8).flatMap { (seed: UInt64) in
            var carts = RandomCarts(seed: seed)
            return try (0..<200).map { _ in
                let cart = carts.next()
                return try PriceCart(menu: carts.menu)(
                    cart.lines, fulfilment: cart.fulfilment, discounts: cart.discounts, tipMinor: cart.tipMinor)
            }
        }
    }

    private static let wanted: [(what: String, holds: @Sendable (Derivation) -> Bool)] = [
        ("a promo code alone", { $0.discounts.map(\.source) == [.promoCode] }),
        ("a code after a benefit", { $0.discounts.map(\.source) == [.memberBenefit, .promoCode] }),
        (
            "a code on some lines only",
            { derivation in
                derivation.discounts.contains { $0.source == .promoCode && $0.lineAmountsMinor.contains(0) }
            }
        ),
        ("a fixed amount off", { $0.discounts.contains { $0.percentMillionths == nil } }),
        ("a tip", { $0.totals.tipMinor > 0 }),
        (
            "a tip, tax and a code",
            {
                $0.totals.tipMinor > 0 && $0.totals.taxMinor > 0
                    && $0.discounts.contains { $0.source == .promoCode }
            }
        ),
        ("tax in the prices", { $0.totals.includedTaxMinor > 0 }),
        ("both kinds of tax", { $0.totals.includedTaxMinor > 0 && $0.totals.taxMinor > 0 }),
        ("three rates", { $0.taxes.count >= 3 }), ("yen", { $0.currency == "JPY" && $0.totals.totalMinor > 0 }),
        ("dinars", { $0.currency == "KWD" }), ("krónur", { $0.currency == "ISK" }),
        ("nothing to pay", { $0.totals.totalMinor == 0 }),
        (
            "a portion that does not divide",
            { derivation in
                derivation.lines.contains { $0.quantity > 1 && $0.discountMinor % $0.quantity != 0 }
            }
        ),
    ]

    @Test(arguments: wanted.indices)
    func `among 1,600 there are enough of each kind`(_ index: Int) throws {
        let wanted = Self.wanted[index]
        #expect(try Self.priced.get().filter(wanted.holds).count >= 10, "\(wanted.what)")
    }
}
