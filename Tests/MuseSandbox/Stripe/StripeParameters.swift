import Foundation

/// Typed reading of one level of a request's parameters; every refusal names the parameter as Stripe does.
struct StripeParameters: Sendable {
    let node: FormTree
    var path = ""

    func place(_ name: String) -> String { path.isEmpty ? name : "\(path)[\(name)]" }

    func text(_ name: String, atMost limit: Int = 5000) throws(StripeError) -> String? {
        guard case .value(let text)? = node[name] else { return nil }
        guard !text.isEmpty else {
            throw .invalid(
                "You passed an empty string for '\(place(name))'. We assume empty values are an attempt to unset a "
                    + "parameter; however '\(place(name))' cannot be unset. You should remove '\(place(name))' from "
                    + "your request or supply a non-empty value.",
                place(name), code: "parameter_invalid_empty")
        }
        guard text.count <= limit else {
            throw .invalid(
                "Invalid string: \(text.prefix(20))...; must be at most \(limit) characters", place(name),
                code: "parameter_invalid_string")
        }
        return text
    }

    func requiredText(_ name: String, atMost limit: Int = 5000) throws(StripeError) -> String {
        guard let text = try text(name, atMost: limit) else { throw .missing(place(name)) }
        return text
    }

    func integer(_ name: String, atLeast least: Int64 = 0) throws(StripeError) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let value = Int64(text) else {
            throw .invalid("Invalid integer: \(text)", place(name), code: "parameter_invalid_integer")
        }
        guard value >= least else {
            let message =
                least == 0
                ? "Invalid non-negative integer" : "This value must be greater than or equal to \(least)."
            throw .invalid(message, place(name), code: "parameter_invalid_integer")
        }
        return value
    }

    func choice(_ name: String, _ known: [String]) throws(StripeError) -> String? {
        guard let text = try text(name) else { return nil }
        guard known.contains(text) else {
            throw .invalid("Invalid \(name): must be one of \(known.joined(separator: ", "))", place(name))
        }
        return text
    }

    func flag(_ name: String) throws(StripeError) -> Bool? {
        guard let text = try choice(name, ["true", "false"]) else { return nil }
        return text == "true"
    }

    func url(_ name: String) throws(StripeError) -> String? {
        guard let text = try text(name) else { return nil }
        // The placeholder is not URL syntax; Stripe replaces it before anybody parses the address.
        let plain = text.replacing("{CHECKOUT_SESSION_ID}", with: "cs_test")
        guard let parsed = URL(string: plain), ["http", "https"].contains(parsed.scheme ?? ""), parsed.host() != nil
        else { throw .invalid("Not a valid URL", place(name), code: "url_invalid") }
        return text
    }

    func child(_ name: String) -> StripeParameters? {
        node[name].map { StripeParameters(node: $0, path: place(name)) }
    }

    func children(_ name: String) -> [StripeParameters] {
        (node[name]?.elements ?? []).map { .init(node: $0.node, path: "\(place(name))[\($0.index)]") }
    }

    func values(_ name: String) -> [String] {
        (node[name]?.elements ?? []).compactMap { if case .value(let text) = $0.node { text } else { nil } }
    }

    /// Metadata: at most 50 keys of 40 characters with values of 500.
    func metadata(_ name: String = "metadata") throws(StripeError) -> [String: String] {
        guard case .branch(let children)? = node[name] else { return [:] }
        guard children.count <= 50 else {
            throw .invalid("You can specify up to 50 keys of metadata.", place(name))
        }
        var found: [String: String] = [:]
        for (key, child) in children {
            guard case .value(let text) = child, !text.isEmpty else { continue }
            guard key.count <= 40 else {
                throw .invalid("Metadata keys can be at most 40 characters long.", place(name))
            }
            guard text.count <= 500 else {
                throw .invalid(
                    "Metadata values can have up to 500 characters, but you passed in a value that is "
                        + "\(text.count) characters. Invalid value: \(text.prefix(10))...",
                    "\(place(name))[\(key)]")
            }
            found[key] = text
        }
        return found
    }
}
