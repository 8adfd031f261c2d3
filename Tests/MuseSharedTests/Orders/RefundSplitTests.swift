import MuseTestSupport
import Testing

@testable import MuseShared

struct RefundSplitTests {
    private typealias Portion = RefundSplit.Portion

    /// Three teas at $3.33 with 10 % off ($9.99 − $1.00), 7.25 % tax ($0.65), and a tip of $2.00: $11.64.
    private static func derivation(_ quantities: [Int64] = [3], isInclusive: Bool = false) throws -> Derivation {
        let rate = TaxRate(name: "Tax", millionths: 72_500, isInclusive: isInclusive)
        let menu = SmallMenu.of(priceMinor: 333, rate: rate)
        let lines = quantities.map { ResolvedLine(item: SmallMenu.item(333), quantity: $0, options: [], note: "") }
        let discount = CartDiscount(
            source: .promoCode, name: "TEN", reduction: .percent(millionths: 100_000), itemIDs: nil)
        return try PriceCart(menu: menu)(lines, fulfilment: .pickup, discounts: [discount], tipMinor: 200)
    }

    @Test func `a portion brings its part of discount and tax, and the last one what rounding left`() throws {
        let split = RefundSplit(try Self.derivation())
        var before = RefundSplit.Before()
        var amounts: [Int64] = []
        for _ in 0..<3 {
            let step = try split([Portion(line: 0, quantity: 1)], before: before)
            amounts.append(step.amountMinor)
            before = .init(
                quantities: [0: Int64(amounts.count)], tipMinor: before.tipMinor + step.tipMinor,
                amountMinor: before.amountMinor + step.amountMinor)
        }
        // $3.33 − $0.33 + $0.21, then − $0.33 + $0.22, then − $0.34 + $0.22 and the tip.
        #expect(amounts == [321, 322, 521])
        #expect(before.amountMinor == 1164)
    }

    @Test func `when the first refund fails the last portion takes its cents too`() throws {
        // Three espressi at $3.20, 5 ¢ off, tax: $10.24. The portions are 342, 341 and 341.
        let rate = TaxRate(name: "Tax", millionths: 72_500, isInclusive: false)
        let five = CartDiscount(source: .promoCode, name: "FIVE", reduction: .fixed(minor: 5), itemIDs: nil)
        let derivation = try PriceCart(menu: SmallMenu.of(priceMinor: 320, rate: rate))(
            [ResolvedLine(item: SmallMenu.item(320), quantity: 3, options: [], note: "")], fulfilment: .pickup,
            discounts: [five], tipMinor: 0)
        let split = RefundSplit(derivation)
        func before(_ steps: [RefundSplit.Split]) -> RefundSplit.Before {
            var before = RefundSplit.Before(
                quantities: [0: Int64(steps.count)], amountMinor: steps.reduce(0) { $0 + $1.amountMinor })
            let worths = steps.flatMap(\.parts).map(\.worth)
            before.worths[0] = .init(
                discountMinor: worths.reduce(0) { $0 + $1.discountMinor },
                taxMinor: worths.reduce(0) { $0 + $1.taxMinor })
            return before
        }
        var steps: [RefundSplit.Split] = []
        for _ in 0..<2 { steps.append(try split([Portion(line: 0, quantity: 1)], before: before(steps))) }
        #expect(steps[0].amountMinor == 342)
        steps.removeFirst()
        for _ in 0..<2 { steps.append(try split([Portion(line: 0, quantity: 1)], before: before(steps))) }
        #expect(steps.reduce(0) { $0 + $1.amountMinor } == 1024)
    }

    @Test func `an amount is made of everything in proportion, and the last refund of what is left`() throws {
        let derivation = try Self.derivation()
        let split = RefundSplit(derivation)
        let half = try #require(try split.money(ofAmount: 582, before: .init()))
        // Half of $9.99 − $1.00 + $0.65 + $2.00.
        #expect([half.amountMinor, half.discountMinor, half.taxMinor, half.tipMinor] == [582, 50, 32, 100])
        var before = RefundSplit.Before(amountMinor: 582)
        before.parts = half
        let rest = try #require(try split([Portion(line: 0, quantity: 3)], before: before).money)
        #expect(half.combined(with: rest) == RefundParts(derivation))
    }

    @Test func `the tip stays while anything of the order stays`() throws {
        let split = RefundSplit(try Self.derivation([2, 1]))
        #expect(try split([Portion(line: 0, quantity: 2)]).tipMinor == 0)
        #expect(try split([Portion(line: 0, quantity: 2), Portion(line: 1, quantity: 1)]).tipMinor == 200)
    }

    @Test func `a tip is given back early, or kept, when somebody says so`() throws {
        let split = RefundSplit(try Self.derivation([2]))
        #expect(try split([], tip: .amount(150)).amountMinor == 150)
        let kept = try split([Portion(line: 0, quantity: 2)], tip: .amount(0))
        #expect(kept.amountMinor == split.total - 200)
        let rest = try split([Portion(line: 0, quantity: 2)], before: .init(tipMinor: 150, amountMinor: 150))
        #expect(rest.tipMinor == 50)
        #expect(rest.amountMinor == split.total - 150)
    }

    @Test func `a plain amount that went back before does not go back again`() throws {
        let split = RefundSplit(try Self.derivation())
        let all = try split([Portion(line: 0, quantity: 3)], before: .init(amountMinor: 500))
        #expect(all.amountMinor == 664)
        #expect(all.returnedBeforeMinor == 500)
        let nothing = try split([Portion(line: 0, quantity: 3)], before: .init(amountMinor: 1164))
        #expect(nothing.amountMinor == 0)
    }

    @Test func `included tax is told and not added`() throws {
        let derivation = try Self.derivation([1], isInclusive: true)
        let all = try RefundSplit(derivation)([Portion(line: 0, quantity: 1)])
        #expect(all.parts.map(\.includedTaxMinor) == [derivation.totals.includedTaxMinor])
        #expect(all.parts.map(\.taxMinor) == [0])
        #expect(all.amountMinor == derivation.totals.totalMinor)
    }

    @Test func `the rest of an order is all that did not go back yet`() throws {
        let split = RefundSplit(try Self.derivation([2, 3]))
        let first = try split([Portion(line: 1, quantity: 2)])
        let rest = try split.rest(before: .init(quantities: [1: 2], amountMinor: first.amountMinor))
        #expect(first.amountMinor + rest.amountMinor == split.total)
        #expect(rest.parts.map(\.quantity) == [2, 1])
        #expect(rest.tipMinor == 200)
    }

    @Test func `the same line named twice counts once with both quantities`() throws {
        let split = RefundSplit(try Self.derivation())
        let twice = try split([Portion(line: 0, quantity: 1), Portion(line: 0, quantity: 2)])
        #expect(twice == (try split([Portion(line: 0, quantity: 3)])))
    }

    @Test func `what is not there can't go back`() throws {
        let split = RefundSplit(try Self.derivation())
        #expect(throws: RefundSplit.Refusal.unknownLine(1)) { try split([Portion(line: 1, quantity: 1)]) }
        #expect(throws: RefundSplit.Refusal.unknownLine(-1)) { try split([Portion(line: -1, quantity: 1)]) }
        #expect(throws: RefundSplit.Refusal.quantityNotPositive(line: 0)) { try split([Portion(line: 0, quantity: 0)]) }
        #expect(throws: RefundSplit.Refusal.moreThanLeft(line: 0, left: 1)) {
            try split([Portion(line: 0, quantity: 2)], before: .init(quantities: [0: 2]))
        }
        #expect(throws: RefundSplit.Refusal.moreTipThanLeft(leftMinor: 200)) { try split([], tip: .amount(201)) }
    }

    @Test func `numbers at the edge of 64 bits are refused, not a crash`() throws {
        let split = RefundSplit(try Self.derivation())
        let edges = [Int64.min, -1, 0, 1, Int64.max]
        for quantity in edges {
            for before in edges {
                let history = RefundSplit.Before(quantities: [0: before], tipMinor: before, amountMinor: before)
                for portions in [
                    [Portion(line: 0, quantity: quantity)],
                    [.init(line: 0, quantity: 1), .init(line: 0, quantity: quantity)],
                ] {
                    let step = try? split(portions, before: history)
                    #expect((step?.amountMinor ?? 0) >= 0)
                    _ = try? split.rest(before: history)
                    _ = try? split(portions, tip: .amount(quantity), before: history)
                }
            }
        }
    }
}

extension RefundSplit {
    fileprivate var total: Int64 { (try? rest().amountMinor) ?? -1 }
}
