import Foundation

/// An amount in whole minor units of a currency; never a fraction, never a `Double`.
public struct Money: Sendable, Hashable {
    public let minor: Int64
    public let currency: Currency

    public init(minor: Int64, currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    /// As the venue writes it: `$9.50`, `¥950`, `KWD 1.250`, `−$1.20`.
    public var formatted: String {
        (minor < 0 ? "−" : "") + Self.symbol(of: currency) + digits(grouping: true)
    }

    /// A plain decimal for a form field: `9.50`.
    public var decimal: String {
        (minor < 0 ? "-" : "") + digits(grouping: false)
    }

    private func digits(grouping: Bool) -> String {
        let scale = UInt64(currency.minorPerMajor)
        let (whole, fraction) = minor.magnitude.quotientAndRemainder(dividingBy: scale)
        let head = grouping ? Self.grouped(whole) : String(whole)
        guard currency.shownDigits > 0 else { return head }
        let tail = String(fraction)
        return head + "." + String(repeating: "0", count: currency.exponent - tail.count) + tail
    }

    /// Whether an amount of this currency can be charged: a multiple of its step.
    var isOnStep: Bool { minor % currency.stepMinor == 0 }

    /// Reads what a person types: `9.5`, `9.50`, `$9.50`, `9,50`, `12`. Nil if it is not an amount of this currency that
    /// can be charged.
    public init?(decimal text: String, currency: Currency) {
        let plain = text.trimmingCharacters(in: .whitespaces)
            .replacing(Self.symbol(of: currency), with: "")
            .replacing(",", with: ".")
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let head = parts.first, !head.isEmpty || parts.count == 2,
            head.utf8.count <= 12, head.utf8.allSatisfy({ (48...57).contains($0) }),
            let whole = head.isEmpty ? 0 : Int64(head)
        else { return nil }
        let tail = parts.count == 2 ? parts[1] : ""
        guard tail.utf8.count <= currency.shownDigits, tail.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        let padded = tail + String(repeating: "0", count: currency.exponent - tail.utf8.count)
        guard let fraction = padded.isEmpty ? 0 : Int64(padded) else { return nil }
        // At most twelve digits before the point and three behind it: far from the edge of 64 bits.
        self.init(minor: whole * currency.minorPerMajor + fraction, currency: currency)
        guard isOnStep else { return nil }
    }

    private static func grouped(_ value: UInt64) -> String {
        var digits = Array(String(value))
        var position = digits.count - 3
        while position > 0 {
            digits.insert(",", at: position)
            position -= 3
        }
        return String(digits)
    }

    private static func symbol(of currency: Currency) -> String {
        switch currency.code {
        case "USD": "$"
        case "EUR": "€"
        case "GBP": "£"
        case "JPY": "¥"
        default: currency.code + " "
        }
    }
}

/// An amount or count left the range that 64 bits hold.
public struct ArithmeticOverflow: Error {}

extension Int64 {
    /// The exact sum, or ``ArithmeticOverflow``: guests choose these numbers.
    func plus(_ other: Int64) throws(ArithmeticOverflow) -> Int64 {
        let (result, overflow) = addingReportingOverflow(other)
        if overflow { throw ArithmeticOverflow() }
        return result
    }

    func minus(_ other: Int64) throws(ArithmeticOverflow) -> Int64 {
        let (result, overflow) = subtractingReportingOverflow(other)
        if overflow { throw ArithmeticOverflow() }
        return result
    }

    func times(_ other: Int64) throws(ArithmeticOverflow) -> Int64 {
        let (result, overflow) = multipliedReportingOverflow(by: other)
        if overflow { throw ArithmeticOverflow() }
        return result
    }
}
