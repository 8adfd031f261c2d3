import MuseTestSupport
import Testing

@testable import MuseShared

struct PriceCartTests {
    private func quote(_ request: PlaceOrder.Request) async throws -> Derivation {
        let cafe = try await TemporaryDatabase.cafe()
        return try QuoteOrder(menu: try MenuRepository(database: cafe.database).published())(request.order)
    }

    @Test func `base and options make the unit price and tax goes on top`() async throws {
        var line = CheckoutCounter.flatWhite(2)
        line.options?.append(.init(id: CafeFixture.shot, quantity: 2))
        let derivation = try await quote(CheckoutCounter.request([line], tip: 100))
        // $4.00, oat milk $0.80, two shots at $0.90.
        #expect(derivation.lines.first?.unitPriceMinor == 660)
        #expect(derivation.totals.subtotalMinor == 1320)
        // 7.25 % of 13.20 is 0.957.
        #expect(derivation.totals.taxMinor == 96)
        #expect(derivation.totals.totalMinor == 1320 + 96 + 100)
    }

    @Test func `a table is taxed by its own rate`() async throws {
        let derivation = try await quote(
            CheckoutCounter.request([CheckoutCounter.line(CafeFixture.croissant)], fulfilment: .dineIn))
        #expect(derivation.taxes.map(\.name) == ["Meals tax"])
        // 8.25 % of 3.25 is 0.268.
        #expect(derivation.totals.taxMinor == 27)
    }

    @Test func `tax is rounded once and its shares add up`() async throws {
        let lines = (0..<7).map { _ in CheckoutCounter.line(CafeFixture.croissant) }
        let derivation = try await quote(CheckoutCounter.request(lines))
        // 7.25 % of 22.75 is 1.649; seven times the rounded 0.24 would be 1.68.
        #expect(derivation.totals.taxMinor == 165)
        #expect(derivation.lines.map(\.taxMinor).reduce(0, +) == 165)
    }

    @Test(arguments: [Int64.max, Int64.max / 2, Int64.max / 100 + 1])
    func `amounts that leave 64 bits are refused and trap nothing`(_ price: Int64) throws {
        for isInclusive in [false, true] {
            let rate = TaxRate(name: "VAT", millionths: 1_000_000, isInclusive: isInclusive)
            let quote = QuoteOrder(menu: SmallMenu.of(priceMinor: price, rate: rate))
            for tip in [0, OrderLimits.tip(in: .usd).minor] {
                let request = CheckoutCounter.request(
                    [CheckoutCounter.line("tea", 100), CheckoutCounter.line("tea", 100)], tip: tip)
                #expect(throws: QuoteOrder.Refusal.self) { try quote(request.order) }
            }
        }
    }

    @Test func `inclusive tax is shown and not added`() throws {
        let rate = TaxRate(name: "VAT", millionths: 200_000, isInclusive: true)
        let menu = SmallMenu.of(rate: rate)
        let derivation = try QuoteOrder(menu: menu)(CheckoutCounter.request([CheckoutCounter.line("tea", 3)]).order)
        #expect(derivation.totals.totalMinor == 1200)
        #expect(derivation.totals.includedTaxMinor == 200)
        #expect(derivation.totals.taxMinor == 0)
    }
}
