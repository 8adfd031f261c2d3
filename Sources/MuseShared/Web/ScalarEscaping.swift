import Mustache

/// Escapes text for HTML by Unicode scalars.
///
/// The engine's own escaper goes by characters as people see them: a quote that is followed by a combining mark is one
/// such character, passes unescaped, and ends the attribute it stands in.
struct ScalarEscaping: MustacheContentType {
    static let pragma = "{{% CONTENT_TYPE: HTML}}"

    /// Takes the place of the engine's escaper for every template parsed afterwards.
    static let isRegistered: Bool = {
        MustacheContentTypes.register(ScalarEscaping(), named: "HTML")
        return true
    }()

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: Self.isSpecial) else { return text }
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == 0x3c || byte == 0x3e || byte == 0x26 || byte == 0x22 || byte == 0x27
    }
}
