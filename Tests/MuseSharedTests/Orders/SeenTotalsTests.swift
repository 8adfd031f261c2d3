import MuseTestSupport
import Testing

@testable import MuseShared

struct SeenTotalsTests {
    private static let rate = TaxRate(name: "VAT", millionths: 100_000, isInclusive: false)
    private static let now = Timestamp(milliseconds: 1_000_000)

    private static func code(_ percent: Int64 = 10, isActive: Bool = true) -> PromoCandidate {
        var terms = PromoCode.Terms(code: "SPRING-1", reduction: .percent(millionths: percent * 10_000))
        terms.isActive = isActive
        let promo = PromoCode(id: "p", terms: terms, useCount: 0, revision: 1, createdAt: now, changedAt: now)
        return PromoCandidate(typed: "SPRING-1", promo: promo, usesByPerson: nil)
    }

    /// Two teas.
    private static func quote(
        price: Int64 = 400, rate: TaxRate = rate, quantity: Int64 = 2, code: PromoCandidate? = nil
    ) throws -> Quote {
        try QuoteOrder(menu: SmallMenu.of(priceMinor: price, rate: rate))(
            CheckoutCounter.request([CheckoutCounter.line("tea", quantity)]).order, promo: code, now: now)
    }

    /// What a guest saw, as it comes back from the browser.
    private static func seen(_ quote: Quote, code: String? = nil) throws -> SeenTotals {
        try #require(SeenTotals(text: SeenTotals(quote, code: code).text))
    }

    @Test func `it comes back from its text as it was`() throws {
        let quote = try Self.quote(code: Self.code())
        #expect(try Self.seen(quote, code: "spring-1") == SeenTotals(quote, code: "SPRING-1"))
    }

    @Test func `while nothing has changed there is no reason`() throws {
        #expect(
            try Self.seen(Self.quote(code: Self.code()), code: "SPRING-1").reasons(for: Self.quote(code: Self.code()))
                == [])
    }

    @Test func `another price is told with the old one, and nothing that follows from it`() throws {
        let seen = try Self.seen(Self.quote(code: Self.code()), code: "SPRING-1")
        #expect(try seen.reasons(for: Self.quote(price: 500, code: Self.code())) == ["Tea is now $5.00, not $4.00"])
    }

    @Test func `a code that has ended, changed or gone is told by its name`() throws {
        let seen = try Self.seen(Self.quote(code: Self.code()), code: "SPRING-1")
        #expect(try seen.reasons(for: Self.quote(code: Self.code(isActive: false))) == ["code SPRING-1 has ended"])
        #expect(
            try seen.reasons(for: Self.quote(code: Self.code(5))) == ["code SPRING-1 now takes off $0.40, not $0.80"])
        #expect(try seen.reasons(for: Self.quote()) == ["code SPRING-1 is no longer on the order"])
    }

    @Test func `a code that counts only now is told`() throws {
        let seen = try Self.seen(Self.quote(code: Self.code(isActive: false)), code: "spring-1")
        #expect(seen.hasRefused("Spring-1"))
        #expect(!seen.hasRefused("OTHER"))
        #expect(try seen.reasons(for: Self.quote(code: Self.code())) == ["code SPRING-1 takes off $0.80"])
    }

    @Test func `another tax rate is told by its name`() throws {
        let higher = TaxRate(name: "VAT", millionths: 120_000, isInclusive: false)
        #expect(try Self.seen(Self.quote()).reasons(for: Self.quote(rate: higher)) == ["VAT is now 12 %"])
        let none = TaxRate(name: "VAT", millionths: 0, isInclusive: false)
        #expect(try Self.seen(Self.quote()).reasons(for: Self.quote(rate: none)) == ["tax is now $0.00"])
    }

    @Test func `another cart is one, whatever it costs`() throws {
        let seen = try Self.seen(Self.quote())
        #expect(try seen.reasons(for: Self.quote(price: 800, quantity: 1)) == ["your cart has changed"])
    }

    @Test(arguments: [
        "", "-", "a.1-72500-0-0-y", "a.-1-72500-0-0-y-", "a.1-x-0-0-y-", "a-72500-0-0-y-",
        "a.1-72500-99999999999999999999-0-y-", String(repeating: "a", count: 3001),
    ])
    func `what is none of ours is nothing`(_ text: String) {
        #expect(SeenTotals(text: text) == nil)
    }

    @Test func `the sentence joins its reasons`() throws {
        let derivation = try Self.quote().derivation
        func sentence(_ reasons: [String]) -> String {
            TotalChange(derivation: derivation, expectedMinor: 800, reasons: reasons).sentence
        }
        #expect(sentence([]) == "It was $8.00 and is now $8.80.")
        #expect(sentence(["a", "b"]) == "It was $8.00 and is now $8.80, because a and b.")
        #expect(sentence(["a", "b", "c"]) == "It was $8.00 and is now $8.80, because a; b; and c.")
    }
}
