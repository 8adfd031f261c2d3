import MuseTestSupport
import Testing

@testable import MuseShared

/// 102,400 random carts, in chunks that run beside each other. A finding names its seed and place.
struct MoneyPropertyTests {
    static let chunks: [UInt64] = Array(1...64)
    static let cartsAChunk = 1600

    /// What a wrong computation does to carts of one seed: how many are found to be wrong.
    private static func findings(_ mutate: (Derivation, inout SeededGenerator) -> String?) throws -> Int {
        var found = 0
        for seed: UInt64 in 101...104 {
            var carts = RandomCarts(seed: seed)
            var random = SeededGenerator(seed: seed)
            for _ in 0..<200 {
                if mutate(try price(carts.next(), carts.menu), &random) != nil { found += 1 }
            }
        }
        return found
    }

    private static func price(_ cart: RandomCarts.Cart, _ menu: PublishedMenu) throws -> Derivation {
        try PriceCart(menu: menu)(
            cart.lines, fulfilment: cart.fulfilment, discounts: cart.discounts, tipMinor: cart.tipMinor)
    }

    @Test(arguments: chunks)
    func `a cart adds up to what Stripe is asked for, and refunds give exactly that back`(_ seed: UInt64) throws {
        var carts = RandomCarts(seed: seed)
        var random = SeededGenerator(seed: seed)
        for number in 0..<Self.cartsAChunk {
            let derivation = try Self.price(carts.next(), carts.menu)
            if let flaw = MoneyRules.flaw(derivation) { Issue.record("\(flaw): seed \(seed), cart \(number)") }
            let split = RefundSplit(derivation)
            let flaw = MoneyRules.refundFlaw(derivation, &random) { try? split($0, before: $1) }
            if let flaw { Issue.record("refund: \(flaw): seed \(seed), cart \(number)") }
            guard random.once(in: 4) else { continue }
            let withAmounts = random.once(in: 2)
            let history = MoneyRules.refundHistoryFlaw(derivation, &random, withAmounts: withAmounts) {
                try? split($0, before: $1)
            }
            if let history { Issue.record("refunds that fail: \(history): seed \(seed), cart \(number)") }
        }
    }

    @Test func `refunds that take what went back for the first portions are found`() throws {
        let found = try Self.findings { derivation, random in
            MoneyRules.refundHistoryFlaw(derivation, &random, withAmounts: false) { portions, before in
                var forgetful = before
                forgetful.worths = [:]
                return try? RefundSplit(derivation)(portions, before: forgetful)
            }
        }
        #expect(found > 20)
    }

    @Test(arguments: chunks.prefix(8))
    func `the form that goes over the wire asks for the total`(_ seed: UInt64) throws {
        var carts = RandomCarts(seed: seed)
        for number in 0..<400 {
            let derivation = try Self.price(carts.next(), carts.menu)
            let form = CheckoutSessionRequest(
                referenceID: "r", orderID: "o", currency: derivation.currency.lowercased(), email: "a@example.com",
                lines: CheckoutSessionRequest.lines(of: derivation), successURL: "s", cancelURL: "c",
                expiresAt: Timestamp(milliseconds: 0)
            ).form
            func sums(_ ending: String) -> [Int64] {
                form.filter { $0.0.hasPrefix("line_items[") && $0.0.hasSuffix(ending) }.compactMap { Int64($0.1) }
            }
            let asked = zip(sums("[unit_amount]"), sums("[quantity]")).reduce(Int64(0)) { $0 + $1.0 * $1.1 }
            if asked != derivation.totals.totalMinor { Issue.record("\(asked): seed \(seed), cart \(number)") }
        }
    }

    @Test func `tax that is rounded line by line is found`() throws {
        let found = try Self.findings { derivation, _ in
            MoneyRules.flaw(
                derivation.with { line in
                    let over = 1_000_000 + (line.isTaxInclusive ? line.taxRateMillionths : 0)
                    return
                        (try? (line.grossMinor - line.discountMinor).scaledHalfUp(
                            by: line.taxRateMillionths, over: over)) ?? 0
                })
        }
        #expect(found > 100)
    }

    @Test func `a unit of tax that is lost or won is found in every taxed cart`() throws {
        for unit: Int64 in [-1, 1] {
            let found = try Self.findings { derivation, _ in
                var isMoved = false
                return MoneyRules.flaw(
                    derivation.with { line in
                        defer { isMoved = isMoved || line.taxMinor > 0 }
                        return line.taxMinor > 0 && !isMoved ? line.taxMinor + unit : line.taxMinor
                    })
            }
            #expect(found > 500)
        }
    }

    @Test func `refunds that round each portion by itself are found`() throws {
        let found = try Self.findings { derivation, random in
            MoneyRules.refundFlaw(derivation, &random) { portions, before in
                Self.naiveSplit(derivation, portions, before)
            }
        }
        #expect(found > 100)
    }

    /// Each portion is an n-th of its line, rounded half up: what one would write first.
    private static func naiveSplit(
        _ derivation: Derivation, _ portions: [RefundSplit.Portion], _ before: RefundSplit.Before
    ) -> RefundSplit.Split? {
        guard let exact = try? RefundSplit(derivation)(portions, before: before) else { return nil }
        var sum = exact.tipMinor
        for portion in portions {
            let line = derivation.lines[portion.line]
            sum += (line.paidMinor + line.quantity / 2) / line.quantity * portion.quantity
        }
        return RefundSplit.Split(
            parts: exact.parts, tipMinor: exact.tipMinor, returnedBeforeMinor: 0, amountMinor: sum,
            money: exact.money)
    }
}

extension Derivation {
    /// The same with another tax on each line, and the sums left as they were.
    fileprivate func with(tax: (Line) -> Int64) -> Derivation {
        let lines = lines.map { line in
            Line(
                kind: line.kind, subjectId: line.subjectId, name: line.name, quantity: line.quantity,
                basePriceMinor: line.basePriceMinor, options: line.options, unitPriceMinor: line.unitPriceMinor,
                grossMinor: line.grossMinor, discountMinor: line.discountMinor, taxName: line.taxName,
                taxRateMillionths: line.taxRateMillionths, isTaxInclusive: line.isTaxInclusive, taxMinor: tax(line),
                note: line.note)
        }
        return Derivation(
            currency: currency, rounding: rounding, lines: lines, discounts: discounts, taxes: taxes, totals: totals)
    }
}
