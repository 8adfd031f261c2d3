import Testing

@testable import MuseShared

struct MoneyTests {
    @Test(arguments: [(0, "$0.00"), (5, "$0.05"), (950, "$9.50"), (123_456_789, "$1,234,567.89"), (-120, "−$1.20")])
    func `dollars are written with two digits`(minor: Int64, text: String) {
        #expect(Money(minor: minor, currency: .usd).formatted == text)
    }

    @Test func `a currency without minor units has no point`() throws {
        let yen = try #require(Currency(code: "jpy"))
        #expect(Money(minor: 1950, currency: yen).formatted == "¥1,950")
        #expect(Money(decimal: "1950", currency: yen)?.minor == 1950)
        #expect(Money(decimal: "19.5", currency: yen) == nil)
    }

    @Test(arguments: [
        ("9.5", 950), ("9.50", 950), ("$9.50", 950), ("9,50", 950), ("12", 1200), (".5", 50), (" 4.00 ", 400),
    ])
    func `an amount is read as people type it`(text: String, minor: Int64) {
        #expect(Money(decimal: text, currency: .usd)?.minor == minor)
    }

    @Test(arguments: ["", ".", "-1", "1.234", "1e5", "nine", "1.2.3", "9999999999999999999"])
    func `what is not an amount is refused`(text: String) {
        #expect(Money(decimal: text, currency: .usd)?.minor == (text == "." ? 0 : nil))
    }

    @Test func `an allocation adds up to the unit whatever the weights`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let weights = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                Int64.random(in: 0...5000, using: &generator)
            }
            let amount = Int64.random(in: 0...100_000, using: &generator)
            let shares = try Allocation.split(amount, by: weights)
            #expect(shares.reduce(0, +) == amount)
            #expect(shares.allSatisfy { $0 >= 0 })
        }
    }

    @Test func `an allocation of the largest amounts throws instead of overflowing`() {
        #expect(throws: ArithmeticOverflow.self) { try Allocation.split(.max, by: [.max, .max]) }
    }
}
