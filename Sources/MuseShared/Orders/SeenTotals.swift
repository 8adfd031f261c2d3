import Crypto
import Foundation

/// The figures that a guest was shown, as a short text that comes back with the order: if the total has moved since, they
/// tell why.
///
/// It decides nothing. Every price is computed anew, and who makes one up only reads wrong reasons.
public struct SeenTotals: Sendable, Equatable {
    private struct Line: Sendable, Equatable {
        /// What was chosen and how often, not what it cost.
        let key: String
        let unitMinor: Int64
    }

    private let lines: [Line]
    private let ratesMillionths: [Int64]
    /// What the promo code took off.
    private let promoMinor: Int64
    /// The code that was typed; empty without one.
    private let code: String
    private let isRefused: Bool
    /// What a tip in percent was shown on.
    public let tipBaseMinor: Int64

    public init(_ quote: Quote, code typed: String?) {
        lines = quote.derivation.lines.map { Line(key: Self.key($0), unitMinor: $0.unitPriceMinor) }
        ratesMillionths = quote.derivation.taxes.map(\.rateMillionths)
        promoMinor = quote.promoDiscountMinor
        tipBaseMinor = quote.derivation.totals.tipBaseMinor
        code = PromoCode.normalized(typed ?? "")
        if case .refused = quote.promo { isRefused = true } else { isRefused = false }
    }

    /// Whether the guest was told that this code does nothing, and shown a total without it.
    public func hasRefused(_ typed: String?) -> Bool {
        isRefused && !code.isEmpty && code == PromoCode.normalized(typed ?? "")
    }

    private static func key(_ line: Derivation.Line) -> String {
        let options = line.options.map { "\($0.id)*\($0.quantity)" }
        let text = ([line.subjectId, String(line.quantity)] + options).joined(separator: "|")
        return String(SHA256.hash(data: Data(text.utf8)).hexadecimal.prefix(8))
    }
}

/// As it travels: `key.unit_key.unit-rate_rate-promo-tipBase-y|n-CODE`.
extension SeenTotals {
    private static let longest = 3000

    public var text: String {
        let lines = lines.map { "\($0.key).\($0.unitMinor)" }.joined(separator: "_")
        let rates = ratesMillionths.map { String($0) }.joined(separator: "_")
        return [lines, rates, String(promoMinor), String(tipBaseMinor), isRefused ? "n" : "y", code]
            .joined(separator: "-")
    }

    /// Nil unless it looks like one of ours: it comes back from a browser.
    public init?(text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        let parts = text.split(separator: "-", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, let promo = Self.amount(parts[2]), let base = Self.amount(parts[3]) else { return nil }
        let lines = parts[0].split(separator: "_").map(Self.line)
        let rates = parts[1].split(separator: "_").map(Self.amount)
        guard lines.count <= OrderLimits.lines, !lines.contains(nil), !rates.contains(nil) else { return nil }
        self.lines = lines.compactMap(\.self)
        ratesMillionths = rates.compactMap(\.self)
        (promoMinor, tipBaseMinor, isRefused) = (promo, base, parts[4] == "n")
        code = String(parts[5].prefix(OrderLimits.promoCodeLength))
    }

    private static func line(_ text: Substring) -> Line? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let unit = amount(parts[1]) else { return nil }
        return Line(key: String(parts[0]), unitMinor: unit)
    }

    private static func amount(_ text: Substring) -> Int64? {
        Int64(text).flatMap { (0...OrderLimits.totalMinor).contains($0) ? $0 : nil }
    }
}

extension SeenTotals {
    /// Each reason why the total is another one now, as half a sentence: `Latte is now $5.00, not $4.80`.
    public func reasons(for now: Quote) -> [String] {
        let currency = Currency(code: now.derivation.currency) ?? .usd
        let money = { (minor: Int64) in Money(minor: minor, currency: currency).formatted }
        guard now.derivation.lines.map(Self.key) == lines.map(\.key) else { return ["your cart has changed"] }
        var reasons: [String] = []
        for (line, seen) in zip(now.derivation.lines, lines) where line.unitPriceMinor != seen.unitMinor {
            let reason = "\(line.name) is now \(money(line.unitPriceMinor)), not \(money(seen.unitMinor))"
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        if let reason = promoReason(now, money, isPriceSame: reasons.isEmpty) { reasons.append(reason) }
        return reasons + taxReasons(now.derivation, money)
    }

    private func promoReason(_ now: Quote, _ money: (Int64) -> String, isPriceSame: Bool) -> String? {
        let minor = now.promoDiscountMinor
        if minor > 0 {
            let name = now.usedPromo?.terms.code ?? code
            if promoMinor == 0 || name != code { return "code \(name) takes off \(money(minor))" }
            // At other prices it takes off something else: those are the reason.
            return isPriceSame && minor != promoMinor
                ? "code \(name) now takes off \(money(minor)), not \(money(promoMinor))" : nil
        }
        guard promoMinor > 0 else { return nil }
        guard case .refused(let why) = now.promo else { return "code \(code) is no longer on the order" }
        return why.reason(code: code, money)
    }

    private func taxReasons(_ now: Derivation, _ money: (Int64) -> String) -> [String] {
        let new = now.taxes.filter { !ratesMillionths.contains($0.rateMillionths) }
        if new.isEmpty, now.taxes.count < ratesMillionths.count { return ["tax is now \(money(now.totals.taxMinor))"] }
        return new.map { "\($0.name) is now \(Percent(millionths: $0.rateMillionths).words)" }
    }
}

extension PromoRefusal {
    /// Why a code that counted no longer does, as half a sentence.
    func reason(code: String, _ money: (Int64) -> String) -> String {
        switch self {
        case .over: "code \(code) has ended"
        case .usedUp: "code \(code) is used up"
        case .usedByYou: "you have used code \(code) already"
        case .minimumNotMet(let minimum, _): "code \(code) counts from \(money(minimum))"
        case .notForThese: "code \(code) is for other things"
        case .notYet: "code \(code) does not count yet"
        case .unknown: "there is no code \(code)"
        }
    }
}

/// A total that is not the one that the guest was shown.
public struct TotalChange: Sendable {
    public let derivation: Derivation
    public let expectedMinor: Int64
    /// As half sentences; empty if nobody said what the guest saw.
    public var reasons: [String]

    public init(derivation: Derivation, expectedMinor: Int64, reasons: [String]) {
        self.derivation = derivation
        self.expectedMinor = expectedMinor
        self.reasons = reasons
    }

    /// `It was $5.15 and is now $5.36, because Latte is now $5.00, not $4.80.`
    public var sentence: String {
        let currency = Currency(code: derivation.currency) ?? .usd
        let money = { (minor: Int64) in Money(minor: minor, currency: currency).formatted }
        let because = reasons.isEmpty ? "" : ", because " + Self.list(reasons)
        return "It was \(money(expectedMinor)) and is now \(money(derivation.totals.totalMinor))\(because)."
    }

    /// `a`, `a and b`, `a; b; and c`: the reasons have commas of their own.
    private static func list(_ reasons: [String]) -> String {
        guard let last = reasons.last, reasons.count > 1 else { return reasons.first ?? "" }
        let head = reasons.dropLast()
        return reasons.count == 2 ? "\(head[0]) and \(last)" : head.joined(separator: "; ") + "; and " + last
    }
}
