/// Amounts for people: `$12.50`, `EUR 12.50`, `¥1250`.
enum MoneyText {
    private static let wholeUnits: Set<String> = ["jpy"]

    static func write(_ amount: Int64, _ currency: String) -> String {
        let sign = ["usd": "$", "eur": "€", "gbp": "£", "jpy": "¥"][currency] ?? currency.uppercased() + " "
        guard !wholeUnits.contains(currency) else { return "\(sign)\(amount)" }
        let cents = amount % 100
        return "\(sign)\(amount / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}
