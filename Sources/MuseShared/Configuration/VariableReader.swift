import Configuration
import Foundation

/// Reads variables one by one and gathers what is wrong with them instead of stopping at the first.
final class VariableReader {
    let environment: MuseConfiguration.Environment
    private(set) var complaints: [ConfigurationError.Complaint] = []
    private let source: ConfigReader

    init(_ source: ConfigReader) {
        self.source = source
        environment = .development
    }

    init(_ source: ConfigReader, environment: MuseConfiguration.Environment) {
        self.source = source
        self.environment = environment
    }

    func complain(_ variable: String, _ sentence: String) {
        complaints.append(.init(variable: variable, sentence: sentence))
    }

    /// The value without surrounding quotes, as systemd would pass it; nil when it is unset or blank.
    func optional(_ variable: String) -> String? {
        let key = ConfigKey(variable.lowercased().split(separator: "_").map(String.init))
        guard let text = source.string(forKey: key, isSecret: true) else { return nil }
        var value = text.trimmingCharacters(in: .whitespaces)
        for quote in ["\"", "'"] where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            value = String(value.dropFirst().dropLast())
        }
        return value.isEmpty ? nil : value
    }

    /// `development` stands in outside production; in production the variable is required.
    func text(_ variable: String, development: String) -> String {
        if let value = optional(variable) { return value }
        if environment == .production { complain(variable, "must be set in production") }
        return development
    }

    func secret(_ variable: String, development: String) -> Secret {
        Secret(text(variable, development: development))
    }

    func list(_ variable: String) -> [String]? {
        optional(variable)?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    func integer(_ variable: String, default fallback: Int, in range: ClosedRange<Int>) -> Int {
        guard let value = optional(variable) else { return fallback }
        guard let number = Int(value), range.contains(number) else {
            complain(variable, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return fallback
        }
        return number
    }

    /// An origin of ours or of a service we call; https in production.
    func origin(_ variable: String, default fallback: Origin, requiredInProduction: Bool = true) -> Origin {
        guard let value = optional(variable) else {
            if requiredInProduction, environment == .production { complain(variable, "must be set in production") }
            return fallback
        }
        guard let origin = Origin(value) else {
            complain(variable, "must be http(s)://host[:port] without a path")
            return fallback
        }
        if environment == .production, !origin.isSecure { complain(variable, "must be an https address in production") }
        return origin
    }

    /// An address that may have a path, such as an issuer.
    func address(_ variable: String, development: String, production: String) -> String {
        guard let value = optional(variable) else { return environment == .production ? production : development }
        let isSecure = value.hasPrefix("https://")
        if !isSecure, !value.hasPrefix("http://") { complain(variable, "must be an http(s) address") }
        if !isSecure, environment == .production { complain(variable, "must be an https address in production") }
        return value
    }
}
