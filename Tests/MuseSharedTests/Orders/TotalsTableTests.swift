import MuseTestSupport
import Testing

@testable import MuseShared

struct TotalsTableTests {
    private static func line(_ item: MenuItem, _ quantity: Int64, _ options: [Derivation.Option] = []) -> ResolvedLine {
        ResolvedLine(item: item, quantity: quantity, options: options, note: "")
    }

    /// Two teas at $4.00 with a shot at $0.90 each, and one biscuit at $2.00.
    private static func derivation(
        isInclusive: Bool = false, discounts: [CartDiscount] = [], tip: Int64 = 0
    ) throws -> Derivation {
        let rate = TaxRate(name: "VAT", millionths: 100_000, isInclusive: isInclusive)
        let shot = Derivation.Option(id: "shot", group: "Extras", name: "Shot", quantity: 1, priceMinor: 90)
        return try PriceCart(menu: SmallMenu.of(rate: rate))(
            [line(SmallMenu.item(400), 2, [shot]), line(SmallMenu.item(200, id: "biscuit"), 1)], fulfilment: .pickup,
            discounts: discounts, tipMinor: tip)
    }

    private static func ten(only items: Set<String>? = nil) -> CartDiscount {
        CartDiscount(source: .promoCode, name: "TEN", reduction: .percent(millionths: 100_000), itemIDs: items)
    }

    @Test func `every line, its options, the code, the tax and the tip have their row`() throws {
        let table = TotalsTable(try Self.derivation(discounts: [Self.ten()], tip: 150), detail: .full)
        #expect(table.rows.map(\.label) == ["2 × Tea", "Shot", "Tea", "Code TEN", "VAT", "Tip"])
        #expect(table.rows.map(\.amount) == ["$8.00", "$1.80", "$2.00", "−$1.18", "$1.06", "$1.50"])
        #expect(
            table.rows.map(\.explanation) == ["$4.00 each", "$0.90 each", nil, "10 % of $11.80", "10 % of $10.62", nil])
        #expect(table.total == "$13.18")
        #expect(table.rows.filter(\.isGroupStart).map(\.label) == ["Code TEN"])
    }

    @Test func `a code for some things names them`() throws {
        let table = TotalsTable(try Self.derivation(discounts: [Self.ten(only: ["biscuit"])]), detail: .sums)
        #expect(table.rows.first { $0.isMinus }?.explanation == "10 % of $2.00: Tea")
    }

    @Test func `tax in the prices is shown as a part of them`() throws {
        let table = TotalsTable(try Self.derivation(isInclusive: true), detail: .sums)
        #expect(table.rows.map(\.label) == ["Subtotal", "Of which VAT"])
        #expect(table.rows.last?.explanation == "10 %, in $11.80")
        #expect(table.total == "$11.80")
    }

    @Test func `only a cart has a row for a tip that nobody gives`() throws {
        let derivation = try Self.derivation()
        #expect(TotalsTable(derivation, detail: .cart).rows.last?.isHidden == true)
        #expect(!TotalsTable(derivation, detail: .sums).rows.contains { $0.isTip })
    }
}
